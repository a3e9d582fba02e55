#include "rules/value_column.hpp"

#include <chrono>
#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::rules {
namespace {

Decimal decimal(const char* text) {
  return Decimal::parse(text).value();
}

ValueColumn column_of(TypeKind type, const std::vector<Value>& values) {
  ValueColumn column(type);
  for (const Value& value : values)
    column.push_back(value);
  return column;
}

TEST(ValueColumn, CountsNumbersInUnitsAsFineAsTheFinest) {
  const ValueColumn column = column_of(TypeKind::number, {Decimal(3), Missing(), decimal("-0.25")});
  ASSERT_TRUE(column.in_units());
  EXPECT_EQ(column.decimals(), 2);
  EXPECT_EQ(column.units(), (std::vector<std::int64_t>{300, 0, -25}));
  EXPECT_EQ(column.range().low, -25);
  EXPECT_EQ(column.range().high, 300);
  EXPECT_EQ(column[0], Value(Decimal(3)));
  EXPECT_TRUE(is_missing(column[1]));
  EXPECT_FALSE(column.is_known(1));
}

TEST(ValueColumn, KeepsWhatSixtyFourBitsDoNotHold) {
  const Value large = decimal("12345678901234567890123");
  ValueColumn column = column_of(TypeKind::number, {decimal("0.5"), Missing(), large});
  EXPECT_FALSE(column.in_units());
  EXPECT_EQ(column, column_of(TypeKind::number, {decimal("0.5"), Missing(), large}));
  EXPECT_EQ(column[0], Value(decimal("0.5")));
  EXPECT_EQ(column[2], large);
  // Each fits alone, but not in units as fine as both need.
  column = column_of(TypeKind::number, {decimal("100000000000000000"), decimal("0.001")});
  EXPECT_FALSE(column.in_units());
  EXPECT_EQ(column[0], Value(decimal("100000000000000000")));
}

TEST(ValueColumn, NumbersEachTextOnce) {
  ValueColumn column = column_of(TypeKind::text, {"norte", "sur", Missing(), "norte", ""});
  EXPECT_EQ(column.units(), (std::vector<std::int64_t>{0, 1, 0, 0, 2}));
  EXPECT_EQ(column.text_at(3), "norte");
  EXPECT_EQ(column.text_at(2), "");
  EXPECT_EQ(column[4], Value(""));
  column.set(0, "sur");
  EXPECT_EQ(column[0], Value("sur"));
  EXPECT_EQ(column[3], Value("norte"));
}

TEST(ValueColumn, SaysWhetherATextIsNew) {
  ValueColumn column(TypeKind::text);
  EXPECT_TRUE(column.push_text("norte"));
  EXPECT_TRUE(column.push_text("sur"));
  EXPECT_FALSE(column.push_text("norte"));
  EXPECT_EQ(column, column_of(TypeKind::text, {"norte", "sur", "norte"}));
}

TEST(ValueColumn, ACopyGoesItsOwnWay) {
  ValueColumn column = column_of(TypeKind::text, {"norte"});
  ValueColumn copy = column;
  column.push_back("sur");
  copy.push_back("oriente");
  copy.set(0, "occidente");
  EXPECT_EQ(column, column_of(TypeKind::text, {"norte", "sur"}));
  EXPECT_EQ(copy, column_of(TypeKind::text, {"occidente", "oriente"}));
}

TEST(ValueColumn, RefusesRowsThatItHasNot) {
  ValueColumn column = column_of(TypeKind::truth, {true, Missing()});
  EXPECT_THROW(column.at(2), std::out_of_range);
  EXPECT_THROW(column.set(2, false), std::out_of_range);
}

Value any_value(TypeKind type) {
  if (*rc::gen::weightedElement<bool>({{1, true}, {4, false}})) return Missing();
  const auto number = *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000);
  switch (type) {
    case TypeKind::truth:
      return number % 2 == 0;
    case TypeKind::date:
      return Date(std::chrono::days(number));
    case TypeKind::text:
      return std::to_string(number % 7);
    default:
      break;
  }
  // Now and then one of more digits than 64 bits hold.
  const bool large = *rc::gen::weightedElement<bool>({{1, true}, {40, false}});
  const int places = *rc::gen::inRange(0, 5);
  const Decimal quotient = divide(Decimal(number), Decimal(std::int64_t(std::pow(10, places)))).value();
  return large ? multiply(quotient, decimal("100000000000000000003")).value() : quotient;
}

/// A column is what a vector of the values would be, whatever is put where.
RC_GTEST_PROP(ValueColumnProperty, HoldsWhatIsPutIntoIt, ()) {
  const auto type = *rc::gen::element(TypeKind::truth, TypeKind::date, TypeKind::text, TypeKind::number);
  const auto count = *rc::gen::inRange<std::size_t>(0, 60);
  ValueColumn column(type);
  std::vector<Value> model;
  for (std::size_t step = 0; step < count; ++step) {
    const Value value = any_value(type);
    if (!model.empty() && *rc::gen::arbitrary<bool>()) {
      const auto row = *rc::gen::inRange<std::size_t>(0, model.size());
      model[row] = value;
      column.set(row, value);
    } else if (!model.empty() && *rc::gen::arbitrary<bool>()) {
      const auto row = *rc::gen::inRange<std::size_t>(0, model.size());
      model.push_back(model[row]);
      column.push_again(row);
    } else if (const auto* number = std::get_if<Decimal>(&value); number && to_scaled(*number)) {
      model.push_back(value);
      column.push_number(*to_scaled(*number));
    } else {
      model.push_back(value);
      column.push_back(value);
    }
  }
  RC_ASSERT(column.size() == model.size());
  RC_ASSERT(std::vector<Value>(column.begin(), column.end()) == model);
  for (std::size_t row = 0; row < model.size(); ++row) {
    RC_ASSERT(column.is_known(row) == !is_missing(model[row]));
    if (!column.in_units() || type != TypeKind::number || is_missing(model[row])) continue;
    RC_ASSERT(column.range().low <= column.units()[row]);
    RC_ASSERT(column.units()[row] <= column.range().high);
  }
}

}  // namespace
}  // namespace cauce::rules
