// An expected expression, asked; and what is said where it does not hold.
#pragma once

#include <string>
#include <vector>

#include "workflows/policy.hpp"
#include "workflows/test_result.hpp"

namespace cauce::workflows {

/// Nothing if `expression` is true; else one failure for each of its parts joined by `y` that is not, with
/// both sides of a comparison and how they came about.
std::vector<FailedExpectation> expect_true(const rules::Expression& expression, const rules::Facts& facts,
                                           const rules::EvaluationContext& context);

/// What an evaluation lacked: `falta: mdm, ipm`, and its faults.
void note_missing(const std::vector<std::string>& missing, std::vector<std::string>& notes);

/// The trace of one expression.
std::vector<rules::TraceStep> trace_of(const rules::Expression& expression, const rules::Facts& facts,
                                       const rules::EvaluationContext& context);

}  // namespace cauce::workflows
