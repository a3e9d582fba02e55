// Decimals as whole numbers of units of a power of ten, where 64 bits hold them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "rules/decimal.hpp"

namespace cauce::rules {

/// The most units that are counted: so two of them can be added, and any can be negated, in 64 bits.
inline constexpr std::int64_t most_units = 1'000'000'000'000'000'000;

/// How many decimals a number is written with (none for a whole one); nothing if its digits fill more than 64
/// bits.
std::optional<int> decimals_of(Decimal value);
/// The number as units of 10^-decimals; nothing if it is not a whole number of them, or too many.
std::optional<std::int64_t> to_units(Decimal value, int decimals);
Decimal from_units(std::int64_t units, int decimals);
/// As Decimal::to_string tells it: `0.3`, `-12`.
std::string units_to_string(std::int64_t units, int decimals);

/// `units` times 10^places; nothing if those are too many.
std::optional<std::int64_t> times_power_of_ten(std::int64_t units, int places);

}  // namespace cauce::rules
