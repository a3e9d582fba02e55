#include "rules/decimal.hpp"

#include <algorithm>
#include <bit>
#include <charconv>

#include "rules/scaled.hpp"

// The library is built to take arguments by value, with rounding and flags passed in; CMake says so too.
#ifndef DECIMAL_CALL_BY_REFERENCE
#define DECIMAL_CALL_BY_REFERENCE 0
#endif
#ifndef DECIMAL_GLOBAL_ROUNDING
#define DECIMAL_GLOBAL_ROUNDING 0
#endif
#ifndef DECIMAL_GLOBAL_EXCEPTION_FLAGS
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#endif
extern "C" {
#include <bid_conf.h>
#include <bid_functions.h>
}

namespace cauce::rules {
namespace {

constexpr std::size_t max_digits = 34;
constexpr int max_exponent = 6111;  // of a coefficient of 34 digits
constexpr int min_exponent = -6176;
constexpr std::size_t digits_of_a_word = 19;  // the largest of them is below 2^64
constexpr std::uint64_t sign_bit = 0x8000000000000000;
constexpr std::uint64_t high_bits_of_zero = 0x3040000000000000;  // +0E0

constexpr _IDEC_flags failures = BID_INVALID_EXCEPTION | BID_ZERO_DIVIDE_EXCEPTION | BID_OVERFLOW_EXCEPTION;

BID_UINT128 raw(Decimal value) {
  return std::bit_cast<BID_UINT128>(value);
}

std::optional<Decimal> unless_failed(BID_UINT128 result, _IDEC_flags flags) {
  // Scaling to infinity raises no flag.
  if ((flags & failures) != 0 || bid128_isFinite(result) == 0) return std::nullopt;
  return std::bit_cast<Decimal>(result);
}

/// A number as sign, digits and exponent: ±digits · 10^exponent.
struct Parts {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

Parts parts_of(Decimal value) {
  std::array<char, 64> text{};  // the longest is `+`, 34 digits, `E-6176`
  _IDEC_flags flags = 0;
  bid128_to_string(text.data(), raw(value), &flags);
  const std::string_view written(text.data());
  const std::size_t e = written.find('E');
  Parts parts{written.front() == '-', std::string(written.substr(1, e - 1)), 0};
  std::string_view exponent = written.substr(e + 1);
  if (exponent.front() == '+') exponent.remove_prefix(1);
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), parts.exponent);
  return parts;
}

/// The exponent of the last digit that the number keeps.
int exponent_of(Decimal value) {
  return parts_of(value).exponent;
}

Decimal scaled(Decimal value, int exponent, _IDEC_flags& flags) {
  return std::bit_cast<Decimal>(bid128_scalbn(raw(value), exponent, BID_ROUNDING_TO_NEAREST, &flags));
}

bool is_zero(Decimal value) {
  return bid128_isZero(raw(value)) != 0;
}

/// To a multiple of 10^-places.
std::optional<Decimal> to_places(Decimal value, std::int64_t places, _IDEC_round mode) {
  if (is_zero(value) || places >= -exponent_of(value)) return value;
  if (places < -(max_exponent + static_cast<int>(max_digits))) return Decimal();  // beyond any number
  const int exponent = static_cast<int>(-places);
  // A multiple of a power above 10^6111 has no quantum to be rounded to: it is rounded a thousand places
  // lower.
  const int shift = exponent > max_exponent ? 1000 : 0;
  _IDEC_flags flags = 0;
  const Decimal lowered = scaled(value, -shift, flags);
  const Decimal quantum = scaled(Decimal(1), exponent - shift, flags);
  const auto rounded = std::bit_cast<Decimal>(bid128_quantize(raw(lowered), raw(quantum), mode, &flags));
  return unless_failed(raw(scaled(rounded, shift, flags)), flags);
}

/// A number whose digits fit in one word, as nearly all data has them: put together by its bits (the binary
/// encoding of IEEE 754-2008: sign, exponent, coefficient), with no text in between.
Decimal from_few_digits(bool negative, std::string_view whole, std::string_view fraction) {
  std::uint64_t coefficient = 0;
  for (const std::string_view digits : {whole, fraction}) {
    for (const char digit : digits)
      coefficient = coefficient * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  if (coefficient == 0) return Decimal();
  int exponent = -static_cast<int>(fraction.size());
  for (; coefficient % 10 == 0; coefficient /= 10)
    ++exponent;
  constexpr int place_of_exponent = 49;
  const auto high = static_cast<std::uint64_t>(exponent - min_exponent) << place_of_exponent;
  return std::bit_cast<Decimal>(std::array<std::uint64_t, 2>{coefficient, high | (negative ? sign_bit : 0)});
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Decimal::Decimal() : bits_{0, high_bits_of_zero} {}

Decimal::Decimal(std::int64_t value) : Decimal(std::bit_cast<Decimal>(bid128_from_int64(value))) {}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == text.npos ? std::string_view("0") : text.substr(point + 1);
  if (!all_digits(whole) || !all_digits(fraction)) return std::nullopt;

  if (whole.size() + fraction.size() <= digits_of_a_word) return from_few_digits(negative, whole, fraction);
  std::string digits = std::string(whole) + std::string(fraction);
  auto exponent = -static_cast<std::int64_t>(fraction.size());
  const std::size_t first = digits.find_first_not_of('0');
  if (first == digits.npos) return Decimal();
  const std::size_t last = digits.find_last_not_of('0');
  exponent += static_cast<std::int64_t>(digits.size() - 1 - last);
  digits = digits.substr(first, last + 1 - first);
  if (digits.size() > max_digits || exponent < min_exponent) return std::nullopt;

  std::string scientific = (negative ? "-" : "") + digits + "E" + std::to_string(exponent);
  _IDEC_flags flags = 0;
  const BID_UINT128 result = bid128_from_string(scientific.data(), BID_ROUNDING_TO_NEAREST, &flags);
  return unless_failed(result, flags);
}

std::optional<Decimal> add(Decimal a, Decimal b) {
  _IDEC_flags flags = 0;
  const BID_UINT128 sum = bid128_add(raw(a), raw(b), BID_ROUNDING_TO_NEAREST, &flags);
  return unless_failed(sum, flags);
}

std::optional<Decimal> subtract(Decimal a, Decimal b) {
  _IDEC_flags flags = 0;
  const BID_UINT128 difference = bid128_sub(raw(a), raw(b), BID_ROUNDING_TO_NEAREST, &flags);
  return unless_failed(difference, flags);
}

std::optional<Decimal> multiply(Decimal a, Decimal b) {
  _IDEC_flags flags = 0;
  const BID_UINT128 product = bid128_mul(raw(a), raw(b), BID_ROUNDING_TO_NEAREST, &flags);
  return unless_failed(product, flags);
}

std::optional<Decimal> divide(Decimal a, Decimal b) {
  _IDEC_flags flags = 0;
  const BID_UINT128 quotient = bid128_div(raw(a), raw(b), BID_ROUNDING_TO_NEAREST, &flags);
  return unless_failed(quotient, flags);
}

Decimal Decimal::operator-() const {
  return std::bit_cast<Decimal>(bid128_negate(raw(*this)));
}

Decimal Decimal::absolute() const {
  return std::bit_cast<Decimal>(bid128_abs(raw(*this)));
}

std::optional<Decimal> Decimal::round(std::int64_t places) const {
  return to_places(*this, places, BID_ROUNDING_TIES_AWAY);
}

std::optional<Decimal> Decimal::truncate(std::int64_t places) const {
  return to_places(*this, places, BID_ROUNDING_TO_ZERO);
}

bool Decimal::is_integer() const {
  return truncate(0) == *this;
}

std::optional<std::int64_t> Decimal::to_int64() const {
  if (!is_integer()) return std::nullopt;
  _IDEC_flags flags = 0;
  const std::int64_t value = bid128_to_int64_int(raw(*this), &flags);
  if ((flags & failures) != 0) return std::nullopt;
  return value;
}

double Decimal::to_double() const {
  _IDEC_flags flags = 0;
  return bid128_to_binary64(raw(*this), BID_ROUNDING_TO_NEAREST, &flags);
}

std::string Decimal::to_string() const {
  if (const auto decimals = decimals_of(*this)) {
    if (const auto units = to_units(*this, *decimals)) return units_to_string(*units, *decimals);
  }
  auto [negative, digits, exponent] = parts_of(*this);
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.empty()) return "0";
  if (exponent >= 0) {
    digits.append(static_cast<std::size_t>(exponent), '0');
  } else {
    const auto decimals = static_cast<std::size_t>(-exponent);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - decimals, 1, '.');
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return negative ? "-" + digits : digits;
}

std::strong_ordering operator<=>(Decimal a, Decimal b) {
  _IDEC_flags flags = 0;
  if (bid128_quiet_equal(raw(a), raw(b), &flags) != 0) return std::strong_ordering::equal;
  return bid128_quiet_less(raw(a), raw(b), &flags) != 0 ? std::strong_ordering::less
                                                        : std::strong_ordering::greater;
}

}  // namespace cauce::rules
