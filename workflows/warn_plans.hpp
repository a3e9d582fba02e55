// What is surely not meant in a plan that is otherwise right.
#pragma once

#include "dsl/diagnostic.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

/// Warns of weights that do not add up to 100, of roles that nobody can hold for a plan's entity, and of
/// actions that another always goes before.
void warn_about_plans(const Policy& policy, dsl::Diagnostics& diagnostics);

}  // namespace cauce::workflows
