// Exact decimal numbers: IEEE 754-2008 decimal128, 34 digits, round half to even.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cauce::rules {

/// A finite decimal128. What would overflow or divide by zero gives no value instead: every operation that
/// can do so returns an optional. Numbers that are equal compare equal whatever their exponent: 1.0 = 1.00.
class Decimal {
 public:
  Decimal();  ///< zero
  Decimal(std::int64_t value);

  /// A plain decimal number: optional `-`, digits, at most one point with digits on both sides. At most 34
  /// digits.
  static std::optional<Decimal> parse(std::string_view text);

  friend std::optional<Decimal> add(Decimal a, Decimal b);
  friend std::optional<Decimal> subtract(Decimal a, Decimal b);
  friend std::optional<Decimal> multiply(Decimal a, Decimal b);
  friend std::optional<Decimal> divide(Decimal a, Decimal b);
  Decimal operator-() const;
  Decimal absolute() const;

  /// To `places` decimals, half away from zero, as a spreadsheet does (redondea). `places` may be negative.
  std::optional<Decimal> round(std::int64_t places) const;
  /// To `places` decimals, towards zero (trunca).
  std::optional<Decimal> truncate(std::int64_t places) const;

  bool is_integer() const;
  /// The number itself, if it is whole and fits.
  std::optional<std::int64_t> to_int64() const;
  double to_double() const;  ///< for drawing only; rules never see it

  /// Plain notation without exponent and without trailing zeros after the point: `0.3`, `-12`, `1000000`.
  std::string to_string() const;

  friend std::strong_ordering operator<=>(Decimal a, Decimal b);
  friend bool operator==(Decimal a, Decimal b) { return (a <=> b) == 0; }

 private:
  alignas(16) std::array<std::uint64_t, 2> bits_;
};

}  // namespace cauce::rules
