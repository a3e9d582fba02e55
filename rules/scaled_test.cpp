#include "rules/scaled.hpp"

#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::rules {
namespace {

Decimal decimal(const char* text) {
  return Decimal::parse(text).value();
}

TEST(ScaledTest, CountsTheDecimalsThatANumberIsWrittenWith) {
  EXPECT_EQ(decimals_of(decimal("80.5844")), 4);
  EXPECT_EQ(decimals_of(decimal("-0.1")), 1);
  EXPECT_EQ(decimals_of(decimal("1000000")), 0);
  EXPECT_EQ(decimals_of(decimal("0")), 0);
  EXPECT_EQ(decimals_of(decimal("9999999999999999999999999999999999")), std::nullopt);
}

TEST(ScaledTest, GivesUnitsOnlyWhereTheyAreWholeAndNotTooMany) {
  EXPECT_EQ(to_units(decimal("12.5"), 1), 125);
  EXPECT_EQ(to_units(decimal("12.5"), 4), 125'000);
  EXPECT_EQ(to_units(decimal("-12.5"), 1), -125);
  EXPECT_EQ(to_units(decimal("12.5"), 0), std::nullopt);
  EXPECT_EQ(to_units(decimal("1000000000000000000"), 0), most_units);
  EXPECT_EQ(to_units(decimal("1000000000000000000"), 1), std::nullopt);
  EXPECT_EQ(to_units(decimal("1000000000000000001"), 0), std::nullopt);
}

TEST(ScaledTest, UnitsMakeTheNumberAgain) {
  EXPECT_EQ(from_units(-125, 1).to_string(), "-12.5");
  EXPECT_EQ(from_units(0, 4).to_string(), "0");
  EXPECT_EQ(from_units(3, -2).to_string(), "300");
}

TEST(ScaledTest, TellsUnitsAsNumbers) {
  EXPECT_EQ(units_to_string(125, 1), "12.5");
  EXPECT_EQ(units_to_string(-5, 3), "-0.005");
  EXPECT_EQ(units_to_string(1200, 3), "1.2");
  EXPECT_EQ(units_to_string(1200, 2), "12");
  EXPECT_EQ(units_to_string(0, 4), "0");
  EXPECT_EQ(units_to_string(-3, -2), "-300");
  EXPECT_EQ(units_to_string(most_units, 18), "1");
  EXPECT_EQ(units_to_string(-most_units, 0), "-1000000000000000000");
}

TEST(ScaledTest, ParsesPlainDigitsWithNoMoreDecimalsThanTheyNeed) {
  const auto told = [](std::string_view text, std::optional<char> mark) {
    const auto number = parse_scaled(text, mark);
    return number ? std::to_string(number->units) + "/" + std::to_string(number->decimals) : "";
  };
  EXPECT_EQ(told("80.5844", '.'), "805844/4");
  EXPECT_EQ(told("-0,50", ','), "-5/1");
  EXPECT_EQ(told("12.000", '.'), "12/0");
  EXPECT_EQ(told("0100", '.'), "100/0");
  EXPECT_EQ(told("-0.0", '.'), "0/0");
  EXPECT_EQ(told("999999999999999999", std::nullopt), "999999999999999999/0");
  for (const char* other : {"", "-", ".", "5.", ".5", "--5", "+5", " 5", "5 ", "1.2.3", "1,5", "5e3", "٥",
                            "1000000000000000000"}) {
    EXPECT_EQ(told(other, '.'), "") << other;
  }
  EXPECT_EQ(told("1.5", std::nullopt), "");
}

TEST(ScaledTest, ComparesInTheFinerUnitsWhereSixtyFourBitsHoldThem) {
  EXPECT_EQ(compare({15, 1}, {150, 2}), std::strong_ordering::equal);
  EXPECT_EQ(compare({15, 1}, {2, 0}), std::strong_ordering::less);
  EXPECT_EQ(compare({-15, 1}, {-2, 0}), std::strong_ordering::greater);
  EXPECT_EQ(compare({most_units, 0}, {1, 1}), std::nullopt);
}

/// What is told is the number, in its shortest form.
RC_GTEST_PROP(ScaledProperty, TellsNumbersInTheirShortestForm, ()) {
  const auto units = *rc::gen::inRange<std::int64_t>(-most_units, most_units);
  const auto decimals = *rc::gen::inRange(0, 19);
  const std::string told = units_to_string(units, decimals);
  RC_ASSERT(Decimal::parse(told) == from_units(units, decimals));
  if (const auto parsed = parse_scaled(told, '.')) {
    const auto written = to_scaled(Decimal::parse(told).value());
    RC_ASSERT(parsed->units == written->units);
    RC_ASSERT(parsed->decimals == written->decimals);
  }
  RC_ASSERT(told.find('.') == told.npos || told.back() != '0');
}

RC_GTEST_PROP(ScaledProperty, UnitsAreTheNumberOfThemThatDecimal128Has, ()) {
  const auto units = *rc::gen::inRange<std::int64_t>(-most_units, most_units);
  const int decimals = *rc::gen::inRange(0, 19);
  Decimal power(1);
  for (int i = 0; i < decimals; ++i)
    power = multiply(power, Decimal(10)).value();
  const Decimal number = from_units(units, decimals);
  RC_ASSERT(multiply(number, power).value() == Decimal(units));
  RC_ASSERT(to_units(number, decimals) == units);
}

}  // namespace
}  // namespace cauce::rules
