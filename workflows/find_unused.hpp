// Declarations that nothing uses.
#pragma once

#include "dsl/diagnostic.hpp"
#include "dsl/syntax.hpp"

namespace cauce::workflows {

/// Warns of parameters, tables, sources, calendars, holidays, ladders and roles that nothing in the policy
/// names. Only for a policy without errors: where one is, what would use them may be what is broken.
void find_unused(const dsl::SyntaxTree& tree, dsl::Diagnostics& diagnostics);

}  // namespace cauce::workflows
