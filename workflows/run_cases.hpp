// `casos { … }`: each row an entity, and what is expected of it.
#pragma once

#include "workflows/targeting_trial.hpp"

namespace cauce::workflows {

/// What fails in a table of cases. `given` is what `dado` says of every row; a column says it better.
std::vector<FailedExpectation> run_cases(const dsl::Cases& cases, const GivenValues& given,
                                         const TrialSetting& setting);

}  // namespace cauce::workflows
