// With data at hand: the texts that a focalización compares with a field, or names a quota for, and that no
// entity of the data has in it.
#pragma once

#include "dsl/diagnostic.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {

/// Adds a warning for each. Fields of which the data have nothing are not looked into.
void warn_of_absent_values(const Ruleset& rules, const Territory& territory, dsl::Diagnostics& diagnostics);

}  // namespace cauce::rules
