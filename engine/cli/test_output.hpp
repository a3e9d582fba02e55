// What tests of a policy have to say, to people and to other programs.
#pragma once

#include <string>
#include <vector>

#include "dsl/source.hpp"
#include "engine/cli/json_output.hpp"
#include "rules/ruleset.hpp"
#include "workflows/test_result.hpp"

namespace cauce::engine::cli {

/// A line a test, and under those that fail what was expected, what was, and why.
void print_tests(const std::vector<workflows::TestResult>& results, const rules::Ruleset& rules,
                 const dsl::Sources& sources, Session& session);
/// `9 pruebas pasan, 1 falla, 1 no aplica`
std::string test_summary(const std::vector<workflows::TestResult>& results);
/// `{"tests":[…],"passed":N,"failed":N}`
Json tests_to_json(const std::vector<workflows::TestResult>& results, const dsl::Sources& sources);

}  // namespace cauce::engine::cli
