#include "engine/ordered_number.hpp"

#include <algorithm>
#include <cstdint>

namespace cauce::engine {
namespace {

// A byte for the sign, two for the place of the point (how many digits of `0.DIGITS` it is moved to the
// right, from 0x8000 on), and the digits without zeros at either end. Of a negative number all that follows
// the sign is turned round, and an end that comes after every digit makes the longer one the smaller.
constexpr char negative = 1;
constexpr char zero = 2;
constexpr char positive = 3;
constexpr int middle = 0x8000;
constexpr char end_of_negative = '\xff';

std::string turned_round(std::string bytes) {
  std::transform(bytes.begin(), bytes.end(), bytes.begin(),
                 [](char byte) { return static_cast<char>(~byte); });
  return bytes;
}

}  // namespace

std::string to_ordered(const rules::Decimal& number) {
  std::string text = number.to_string();
  const bool below_zero = text.front() == '-';
  if (below_zero) text.erase(0, 1);
  const std::size_t point = std::min(text.find('.'), text.size());
  int place = static_cast<int>(point);
  std::string digits = text;
  std::erase(digits, '.');
  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return {zero};
  place -= static_cast<int>(first);
  digits = digits.substr(first, digits.find_last_not_of('0') + 1 - first);
  const int moved = middle + place;
  std::string bytes = {static_cast<char>(moved >> 8), static_cast<char>(moved & 0xff)};
  bytes += digits;
  if (!below_zero) return positive + bytes;
  return negative + turned_round(bytes) + end_of_negative;
}

std::optional<rules::Decimal> from_ordered(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  const char sign = bytes.front();
  if (sign == zero) return rules::Decimal();
  std::string rest(bytes.substr(1));
  if (sign != negative && sign != positive) return std::nullopt;
  if (sign == negative) {
    if (rest.empty() || rest.back() != end_of_negative) return std::nullopt;
    rest.pop_back();
    rest = turned_round(rest);
  }
  if (rest.size() < 3) return std::nullopt;
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(rest[at]); };
  const int place = ((byte(0) << 8) | byte(1)) - middle;
  std::string digits = rest.substr(2);
  if (place <= 0) {
    digits = "0." + std::string(static_cast<std::size_t>(-place), '0') + digits;
  } else if (static_cast<std::size_t>(place) >= digits.size()) {
    digits += std::string(static_cast<std::size_t>(place) - digits.size(), '0');
  } else {
    digits.insert(static_cast<std::size_t>(place), ".");
  }
  return rules::Decimal::parse((sign == negative ? "-" : "") + digits);
}

}  // namespace cauce::engine
