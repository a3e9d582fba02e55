// Decimals as whole numbers of units of a power of ten, where 64 bits hold them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/decimal.hpp"

namespace cauce::rules {

/// The most units that are counted: so two of them can be added, and any can be negated, in 64 bits.
inline constexpr std::int64_t most_units = 1'000'000'000'000'000'000;

/// A number as whole units of 10^-decimals.
struct Scaled {
  std::int64_t units = 0;
  int decimals = 0;
};
/// With as many decimals as it is written with; nothing if its digits fill more than 64 bits.
std::optional<Scaled> to_scaled(Decimal value);
/// The number that a few digits write, perhaps with a minus before them and `mark` before the decimals, with
/// no more decimals than it needs; nothing for all other texts, of which Decimal::parse may still make a
/// number.
std::optional<Scaled> parse_scaled(std::string_view text, std::optional<char> mark);
/// Nothing where 64 bits do not hold both in the finer units.
std::optional<std::strong_ordering> compare(Scaled a, Scaled b);

/// How many decimals a number is written with (none for a whole one); nothing if its digits fill more than 64
/// bits.
std::optional<int> decimals_of(Decimal value);
/// The number as units of 10^-decimals; nothing if it is not a whole number of them, or too many.
std::optional<std::int64_t> to_units(Decimal value, int decimals);
Decimal from_units(std::int64_t units, int decimals);
/// As Decimal::to_string tells it: `0.3`, `-12`.
std::string units_to_string(std::int64_t units, int decimals);
/// The same at the end of a text.
void append_units(std::string& text, std::int64_t units, int decimals);

/// `units` times 10^places; nothing if those are too many.
std::optional<std::int64_t> times_power_of_ten(std::int64_t units, int places);

}  // namespace cauce::rules
