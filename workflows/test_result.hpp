// What came of a test of the policy.
#pragma once

#include <string>
#include <vector>

#include "dsl/source.hpp"
#include "rules/expression.hpp"

namespace cauce::workflows {

/// An expectation that did not hold, or a step that could not be taken.
struct FailedExpectation {
  dsl::Span span;                            ///< what the author wrote
  std::string message;                       ///< lower case, no final stop: `esperado 59.2, fue 57`
  std::vector<std::string> notes = {};       ///< reasons, what is missing, who could
  std::vector<rules::TraceStep> trace = {};  ///< how the rule came to its answer
};

enum class TestStatus : std::uint8_t { passed, failed, not_applicable };

/// Of one `prueba` or `escenario`.
struct TestResult {
  std::string name;  ///< its title
  dsl::Span span;    ///< of the title
  TestStatus status = TestStatus::passed;
  std::vector<FailedExpectation> failures = {};
  std::string why_not_applicable = {};
};

}  // namespace cauce::workflows
