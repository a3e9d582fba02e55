// Which parts of a policy its tests reach, to people and to other programs.
#pragma once

#include "dsl/source.hpp"
#include "engine/cli/json_output.hpp"
#include "workflows/coverage.hpp"

namespace cauce::engine::cli {

/// How much of each declaration is reached, and every part that is not, with its place and words.
void print_coverage(const workflows::Coverage& coverage, const dsl::Sources& sources, Session& session);
/// The files with a mark before each line on which such a part begins: `✓`, or `✗` if one is not reached.
void print_listing(const workflows::Coverage& coverage, const dsl::Sources& sources, Session& session);
/// `{"reached","total","groups":[…],"unreached":[…]}`
Json coverage_to_json(const workflows::Coverage& coverage, const dsl::Sources& sources);

}  // namespace cauce::engine::cli
