#include "engine/number_marks.hpp"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::engine {
namespace {

rules::Value number(const char* text) {
  return rules::Decimal::parse(text).value();
}

rules::Type bounded(rules::Type type, const char* low, const char* high) {
  type.low = number(low);
  type.high = number(high);
  return type;
}

TEST(PlainNumbers, ReadsWhatIsWithinTheBounds) {
  const PlainNumbers plain(bounded(rules::Type::number(), "0", "99.95"), {'.', {false}}, 0);
  EXPECT_TRUE(plain.read("0"));
  EXPECT_TRUE(plain.read("99.95"));
  EXPECT_TRUE(plain.read("099.9499"));
  EXPECT_FALSE(plain.read("99.951"));
  EXPECT_FALSE(plain.read("-0.1"));
}

TEST(PlainNumbers, LeavesBoundsThatDoNotFitToOthers) {
  const PlainNumbers plain(bounded(rules::Type::number(), "-1", "12345678901234567890123"), {'.', {false}},
                           0);
  EXPECT_FALSE(plain.read("5"));
}

TEST(PlainNumbers, TakesNoMarkWhereItMaySeparateThousands) {
  const NumberMarks marks{'.', {true, false}};
  EXPECT_FALSE(PlainNumbers(rules::Type::number(), marks, 0).read("1.234"));
  EXPECT_TRUE(PlainNumbers(rules::Type::number(), marks, 1).read("1.234"));
  EXPECT_FALSE(PlainNumbers(rules::Type::integer(), marks, 1).read("1.000"));
  EXPECT_TRUE(PlainNumbers(rules::Type::integer(), marks, 1).read("1000"));
}

/// What it reads is what read_number makes of the cell, whatever is in it.
RC_GTEST_PROP(PlainNumbersProperty, SayWhatReadNumberSays, ()) {
  const NumberMarks marks{*rc::gen::element('.', ','), {*rc::gen::arbitrary<bool>()}};
  const rules::Type kind = *rc::gen::arbitrary<bool>() ? rules::Type::number() : rules::Type::integer();
  const rules::Type type = *rc::gen::arbitrary<bool>() ? kind : bounded(kind, "-20", "1500");
  const auto cell = *rc::gen::container<std::string>(
      rc::gen::weightedElement<char>({{3, '0'}, {3, '1'}, {3, '9'}, {2, '.'}, {2, ','}, {1, '-'}, {1, ' '}}));
  const auto plain = PlainNumbers(type, marks, 0).read(cell);
  std::string error;
  const auto read = read_number(cell, type, marks, 0, error);
  RC_TAG(plain.has_value());
  if (!plain) return;
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == rules::Value(rules::from_units(plain->units, plain->decimals)));
}

}  // namespace
}  // namespace cauce::engine
