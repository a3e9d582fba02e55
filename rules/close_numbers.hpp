// Numbers that are rounded to be read, and yet must be told apart: `54.997` beside `55`, not `55` twice.
#pragma once

#include <vector>

#include "rules/value.hpp"

namespace cauce::rules {

/// The decimals to which numbers are rounded in prose: `at_least`, and as many more as it takes for those
/// that differ to differ still.
int decimals_to_tell_apart(const std::vector<Decimal>& numbers, int at_least);

}  // namespace cauce::rules
