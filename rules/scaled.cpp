#include "rules/scaled.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <type_traits>

namespace cauce::rules {
namespace {

// Decimals are in the binary encoding of IEEE 754-2008: sign, exponent, and a coefficient of 113 bits.
constexpr std::uint64_t sign_bit = 0x8000'0000'0000'0000;
constexpr int exponent_shift = 49;
constexpr std::uint64_t coefficient_mask = (std::uint64_t{1} << exponent_shift) - 1;
constexpr std::uint64_t exponent_mask = 0x3FFF;
constexpr int exponent_bias = 6176;

using Words = std::array<std::uint64_t, 2>;  // the low one first
static_assert(sizeof(Words) == sizeof(Decimal) && std::is_trivially_copyable_v<Decimal>);

struct Parts {
  std::int64_t coefficient;  ///< with its sign
  int exponent;
};

std::optional<Parts> parts_of(Decimal value) {
  const auto words = std::bit_cast<Words>(value);
  const std::uint64_t high = words[1];
  if ((high & coefficient_mask) != 0 || words[0] > static_cast<std::uint64_t>(most_units))
    return std::nullopt;
  const auto coefficient = static_cast<std::int64_t>(words[0]);
  if (coefficient == 0) return Parts{0, 0};
  const int exponent = static_cast<int>((high >> exponent_shift) & exponent_mask) - exponent_bias;
  return Parts{(high & sign_bit) != 0 ? -coefficient : coefficient, exponent};
}

}  // namespace

std::optional<std::int64_t> times_power_of_ten(std::int64_t units, int places) {
  for (; places > 0 && units != 0; --places) {
    if (units > most_units / 10 || units < -most_units / 10) return std::nullopt;
    units *= 10;
  }
  return units;
}

std::optional<Scaled> to_scaled(Decimal value) {
  const auto decimals = decimals_of(value);
  const auto units = decimals ? to_units(value, *decimals) : std::nullopt;
  return units ? std::optional(Scaled{*units, *decimals}) : std::nullopt;
}

std::optional<Scaled> parse_scaled(std::string_view text, std::optional<char> mark) {
  constexpr std::size_t most_digits = 18;  // the greatest number of so many is below most_units
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > most_digits) return std::nullopt;
  std::int64_t units = 0;
  std::size_t place_of_mark = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') {
      units = units * 10 + (text[i] - '0');
    } else if (text[i] == mark && place_of_mark == text.size() && i > 0 && i + 1 < text.size()) {
      place_of_mark = i;
    } else {
      return std::nullopt;
    }
  }
  int decimals = static_cast<int>(text.size() - std::min(place_of_mark + 1, text.size()));
  for (; decimals > 0 && units % 10 == 0; --decimals)
    units /= 10;
  return Scaled{negative ? -units : units, decimals};
}

std::optional<std::strong_ordering> compare(Scaled a, Scaled b) {
  const int decimals = std::max(a.decimals, b.decimals);
  const auto left = times_power_of_ten(a.units, decimals - a.decimals);
  const auto right = times_power_of_ten(b.units, decimals - b.decimals);
  return left && right ? std::optional(*left <=> *right) : std::nullopt;
}

std::optional<int> decimals_of(Decimal value) {
  const auto parts = parts_of(value);
  if (!parts) return std::nullopt;
  return parts->exponent < 0 ? -parts->exponent : 0;
}

std::optional<std::int64_t> to_units(Decimal value, int decimals) {
  const auto parts = parts_of(value);
  if (!parts || parts->exponent < -decimals) return std::nullopt;
  return times_power_of_ten(parts->coefficient, parts->exponent + decimals);
}

Decimal from_units(std::int64_t units, int decimals) {
  const bool negative = units < 0;
  const auto exponent = static_cast<std::uint64_t>(exponent_bias - decimals);
  const Words words = {static_cast<std::uint64_t>(negative ? -units : units),
                       (negative ? sign_bit : 0) | (exponent << exponent_shift)};
  return std::bit_cast<Decimal>(words);
}

std::string units_to_string(std::int64_t units, int decimals) {
  std::string text;
  append_units(text, units, decimals);
  return text;
}

void append_units(std::string& text, std::int64_t units, int decimals) {
  for (; decimals > 0 && units % 10 == 0; --decimals)
    units /= 10;
  std::array<char, 24> digits{};  // a sign and nineteen digits
  char* end = std::to_chars(digits.data(), digits.data() + digits.size(), units < 0 ? -units : units).ptr;
  const auto count = static_cast<int>(end - digits.data());
  if (units < 0) text += '-';
  if (decimals <= 0) {
    text.append(digits.data(), end).append(static_cast<std::size_t>(-decimals), '0');
    return;
  }
  const int whole = std::max(count - decimals, 0);
  text.append(digits.data(), static_cast<std::size_t>(whole));
  if (whole == 0) text += '0';
  text.append(1, '.').append(static_cast<std::size_t>(std::max(decimals - count, 0)), '0');
  text.append(digits.data() + whole, end);
}

}  // namespace cauce::rules
