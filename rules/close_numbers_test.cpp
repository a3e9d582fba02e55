#include "rules/close_numbers.hpp"

#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

Decimal number(std::string_view text) {
  return Decimal::parse(text).value();
}

TEST(CloseNumbers, TakesAsManyDecimalsAsTellThemApart) {
  EXPECT_EQ(decimals_to_tell_apart({}, 2), 2);
  EXPECT_EQ(decimals_to_tell_apart({number("54.9969")}, 2), 2);
  EXPECT_EQ(decimals_to_tell_apart({number("54.9969"), number("50")}, 2), 2);
  EXPECT_EQ(decimals_to_tell_apart({number("55"), number("50"), number("54.9969")}, 2), 3);
  EXPECT_EQ(decimals_to_tell_apart({number("54.99999"), number("55"), number("55")}, 2), 5);
  EXPECT_EQ(decimals_to_tell_apart({number("0"), number("0.00004")}, 2), 5) << "to four it would be 0";
}

}  // namespace
}  // namespace cauce::rules
