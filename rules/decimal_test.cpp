#include "rules/decimal.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::rules {
namespace {

__extension__ using Wide = __int128;

Decimal number(std::string_view text) {
  const auto parsed = Decimal::parse(text);
  if (!parsed) throw std::invalid_argument(std::string(text));
  return *parsed;
}

std::string text_of(const std::optional<Decimal>& value) {
  return value ? value->to_string() : "nothing";
}

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i)
    power *= 10;
  return power;
}

std::string digits_of(Wide value) {
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  return digits;
}

/// units · 10^-places in plain notation, written without the class under test.
std::string plain(Wide units, int places) {
  const bool negative = units < 0;
  const Wide magnitude = negative ? -units : units;
  const Wide scale = power_of_ten(places);
  std::string fraction = digits_of(magnitude % scale + scale).substr(1);
  while (!fraction.empty() && fraction.back() == '0')
    fraction.pop_back();
  if (magnitude == 0) return "0";
  return (negative ? "-" : "") + digits_of(magnitude / scale) + (fraction.empty() ? "" : "." + fraction);
}

/// A number of up to eleven digits and up to six decimals, so that sums and products fit the wide integer.
struct Small {
  std::int64_t units = 0;
  int places = 0;

  Decimal decimal() const { return number(plain(units, places)); }
  Wide scaled_to(int wanted) const { return Wide(units) * power_of_ten(wanted - places); }
};

Small small() {
  return {*rc::gen::inRange<std::int64_t>(-99'999'999'999, 99'999'999'999), *rc::gen::inRange(0, 7)};
}

TEST(DecimalTest, StartsAtZero) {
  EXPECT_EQ(Decimal().to_string(), "0");
  EXPECT_EQ(Decimal(), Decimal(0));
}

TEST(DecimalTest, HasNoBinaryFractions) {
  EXPECT_EQ(add(number("0.1"), number("0.2")), number("0.3"));
  EXPECT_EQ(text_of(add(number("0.1"), number("0.2"))), "0.3");
}

TEST(DecimalTest, ReadsPlainNumbersOnly) {
  for (const char* wrong : {"", "-", ".", "1.", ".5", "+1", "1e3", "1,5", " 1", "1 ", "--1", "1.2.3", "1_000",
                            "NaN", "Infinity", "0x1"}) {
    EXPECT_EQ(Decimal::parse(wrong), std::nullopt) << wrong;
  }
  EXPECT_EQ(number("-0"), Decimal());
  EXPECT_EQ(number("-0").to_string(), "0");
  EXPECT_EQ(number("007.50").to_string(), "7.5");
  EXPECT_EQ(number("-12").to_string(), "-12");
  EXPECT_EQ(number("1000000").to_string(), "1000000");
}

TEST(DecimalTest, KeepsThirtyFourDigitsAndRefusesMore) {
  const std::string longest(34, '9');
  EXPECT_EQ(number(longest).to_string(), longest);
  EXPECT_EQ(number("0." + longest).to_string(), "0." + longest);
  EXPECT_EQ(Decimal::parse(longest + "9"), std::nullopt);
  EXPECT_EQ(Decimal::parse(longest + ".9"), std::nullopt);
  EXPECT_EQ(number(longest + "0").to_string(), longest + "0") << "what is exact may be longer";
}

TEST(DecimalTest, DividesHalfToEven) {
  EXPECT_EQ(text_of(divide(Decimal(1), 3)), "0." + std::string(34, '3'));
  EXPECT_EQ(text_of(divide(Decimal(2), 3)), "0." + std::string(33, '6') + "7");
  EXPECT_EQ(text_of(divide(Decimal(1), 8)), "0.125");
}

TEST(DecimalTest, GivesNothingWhereThereIsNoNumber) {
  const Decimal huge = number("9" + std::string(6144, '0'));
  EXPECT_EQ(divide(Decimal(1), 0), std::nullopt);
  EXPECT_EQ(divide(Decimal(0), 0), std::nullopt);
  EXPECT_EQ(add(huge, huge), std::nullopt);
  EXPECT_EQ(subtract(-huge, huge), std::nullopt);
  EXPECT_EQ(multiply(huge, 10), std::nullopt);
  EXPECT_EQ(Decimal::parse("1" + std::string(6145, '0')), std::nullopt);
}

TEST(DecimalTest, EqualNumbersAreEqualWhateverTheirExponent) {
  EXPECT_EQ(number("1.0"), number("1.00"));
  EXPECT_EQ(multiply(number("2.50"), number("0.4")), Decimal(1));
  EXPECT_LT(number("-0.001"), number("0"));
  EXPECT_GT(number("10"), number("9.9999999999999999999999999"));
}

TEST(DecimalTest, RoundsHalfAwayFromZero) {
  EXPECT_EQ(text_of(number("2.5").round(0)), "3");
  EXPECT_EQ(text_of(number("-2.5").round(0)), "-3");
  EXPECT_EQ(text_of(number("3.5").round(0)), "4");
  EXPECT_EQ(text_of(number("1.005").round(2)), "1.01");
  EXPECT_EQ(text_of(number("1234.5").round(-2)), "1200");
  EXPECT_EQ(text_of(number("1250").round(-2)), "1300");
  EXPECT_EQ(text_of(number("0.3").round(5)), "0.3");
}

TEST(DecimalTest, TruncatesTowardsZero) {
  EXPECT_EQ(text_of(number("2.9").truncate(0)), "2");
  EXPECT_EQ(text_of(number("-2.9").truncate(0)), "-2");
  EXPECT_EQ(text_of(number("1.999").truncate(2)), "1.99");
  EXPECT_EQ(text_of(number("1299").truncate(-2)), "1200");
}

TEST(DecimalTest, RoundsToAnyNumberOfPlaces) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  const Decimal huge = number("9" + std::string(6144, '0'));
  EXPECT_EQ(number("1.5").round(most), number("1.5"));
  EXPECT_EQ(number("1.5").round(least), Decimal());
  EXPECT_EQ(Decimal(0).round(least), Decimal());
  EXPECT_EQ(number("5").round(-1), Decimal(10));
  EXPECT_EQ(huge.round(-6144), huge);
  EXPECT_EQ(huge.round(-6145), std::nullopt) << "half or more of a number that does not exist";
  EXPECT_EQ(huge.truncate(-6145), Decimal());
  EXPECT_EQ(huge.round(-6146), Decimal());
  EXPECT_EQ(number("14" + std::string(6120, '0')).round(-6121), number("1" + std::string(6121, '0')));
}

TEST(DecimalTest, KnowsWholeNumbers) {
  EXPECT_TRUE(number("3.00").is_integer());
  EXPECT_FALSE(number("3.01").is_integer());
  EXPECT_EQ(number("3.00").to_int64(), 3);
  EXPECT_EQ(number("3.5").to_int64(), std::nullopt);
  EXPECT_EQ(number("9223372036854775807").to_int64(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(number("9223372036854775808").to_int64(), std::nullopt);
  EXPECT_EQ(Decimal(std::numeric_limits<std::int64_t>::min()).to_string(), "-9223372036854775808");
  EXPECT_DOUBLE_EQ(number("-0.25").to_double(), -0.25);
  EXPECT_EQ(number("-0.25").absolute(), number("0.25"));
}

RC_GTEST_PROP(DecimalProperty, ReadsShortNumbersAsItReadsLongOnes, (std::int64_t digits)) {
  // Zeros at the end say nothing, and make of a number with few digits one that is read the long way.
  std::string text = std::to_string(digits % 1'000'000'000'000);
  const auto place = *rc::gen::inRange<std::size_t>(0, 6);
  if (place > 0) text += "." + std::string(place - 1, '0') + "25";
  const auto read = Decimal::parse(text);
  const auto longer = Decimal::parse(text + (place > 0 ? "" : ".") + std::string(20, '0'));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read == longer);
  RC_ASSERT(read->to_string() == longer->to_string());
}

RC_GTEST_PROP(DecimalProperty, AddsSubtractsAndMultipliesAsIntegersDo, ()) {
  const Small a = small();
  const Small b = small();
  RC_ASSERT(text_of(add(a.decimal(), b.decimal())) == plain(a.scaled_to(6) + b.scaled_to(6), 6));
  RC_ASSERT(text_of(subtract(a.decimal(), b.decimal())) == plain(a.scaled_to(6) - b.scaled_to(6), 6));
  RC_ASSERT(text_of(multiply(a.decimal(), b.decimal())) ==
            plain(Wide(a.units) * b.units, a.places + b.places));
}

RC_GTEST_PROP(DecimalProperty, IsOrderedAsIntegersAre, ()) {
  const Small a = small();
  const Small b = *rc::gen::element(small(), Small{a.units, a.places});
  RC_ASSERT((a.decimal() < b.decimal()) == (a.scaled_to(6) < b.scaled_to(6)));
  RC_ASSERT((a.decimal() == b.decimal()) == (a.scaled_to(6) == b.scaled_to(6)));
}

RC_GTEST_PROP(DecimalProperty, RoundsAndTruncatesAsIntegersDo, ()) {
  const Small a = small();
  const int places = *rc::gen::inRange(0, 7);
  const Wide unit = power_of_ten(6 - places);
  const Wide value = a.scaled_to(6);
  const Wide half = unit / 2;
  const Wide away = value < 0 ? (value - half) / unit : (value + half) / unit;
  const Wide rounded = unit == 1 ? value : away;
  RC_ASSERT(text_of(a.decimal().round(places)) == plain(rounded, places));
  RC_ASSERT(text_of(a.decimal().truncate(places)) == plain(value / unit, places));
}

RC_GTEST_PROP(DecimalProperty, ItsTextGivesItBack, ()) {
  auto value = divide(small().decimal(), small().decimal());
  RC_PRE(value.has_value());
  const int factor = *rc::gen::inRange(-60, 60);
  const Decimal scale = number("1" + std::string(static_cast<std::size_t>(std::abs(factor)), '0'));
  value = factor < 0 ? divide(*value, scale) : multiply(*value, scale);
  RC_ASSERT(Decimal::parse(value->to_string()) == value);
}

}  // namespace
}  // namespace cauce::rules
