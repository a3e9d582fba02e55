#include "engine/ordered_number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::engine {
namespace {

using rules::Decimal;

std::string some_number() {
  const std::string whole = std::to_string(*rc::gen::inRange(0, 2'000));
  const std::string decimals = std::to_string(*rc::gen::inRange(0, 2'000));
  const std::string sign = *rc::gen::arbitrary<bool>() ? "-" : "";
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      return sign + whole;
    case 1:
      return sign + whole + "." + decimals;
    default:
      return sign + "0.00" + decimals;
  }
}

RC_GTEST_PROP(OrderedNumber, BytesAreInTheOrderOfNumbers, ()) {
  const Decimal a = Decimal::parse(some_number()).value();
  const Decimal b = Decimal::parse(some_number()).value();
  RC_ASSERT((a < b) == (to_ordered(a) < to_ordered(b)));
  RC_ASSERT((a == b) == (to_ordered(a) == to_ordered(b)));
}

RC_GTEST_PROP(OrderedNumber, ComesBackAsItWas, ()) {
  const Decimal number = Decimal::parse(some_number()).value();
  RC_ASSERT(from_ordered(to_ordered(number)) == number);
}

TEST(OrderedNumber, IsReadFromNothingElse) {
  EXPECT_EQ(from_ordered(""), std::nullopt);
  EXPECT_EQ(from_ordered(std::string("\x03\x80", 2)), std::nullopt);
  EXPECT_EQ(from_ordered(std::string("\x01\x7f\xff", 3)), std::nullopt);
  EXPECT_EQ(from_ordered("texto"), std::nullopt);
}

}  // namespace
}  // namespace cauce::engine
