// Quotas and minimums that cannot agree, whatever the data (language.md, 2.6).
#pragma once

#include "dsl/diagnostic.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {

void check_quotas(const Ruleset& rules, dsl::Diagnostics& diagnostics);

}  // namespace cauce::rules
