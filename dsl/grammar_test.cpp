#include "dsl/grammar.hpp"

#include <gtest/gtest.h>
#include <tao/pegtl/contrib/analyze.hpp>

namespace cauce::dsl {
namespace {

TEST(Grammar, NeverLoopsWithoutReading) {
  EXPECT_EQ(tao::pegtl::analyze<grammar::declaration>(1), 0U);
  EXPECT_EQ(tao::pegtl::analyze<grammar::whole_expression>(1), 0U);
  EXPECT_EQ(tao::pegtl::analyze<grammar::whole_query>(1), 0U);
}

TEST(Grammar, KeywordsLoseTheAccentsOfTheirVowelsOnly) {
  EXPECT_EQ(grammar::plain_word<"focalización">.view(), "focalizacion");
  EXPECT_EQ(grammar::plain_word<"año">.view(), "año");
  EXPECT_EQ(grammar::plain_word<"último">.view(), fold("último"));
}

}  // namespace
}  // namespace cauce::dsl
