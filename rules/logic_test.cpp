#include "rules/logic.hpp"

#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

using Truth = std::optional<bool>;
constexpr Truth yes = true;
constexpr Truth no = false;
constexpr Truth unknown = std::nullopt;

TEST(Logic, NotIsKleenes) {
  EXPECT_EQ(kleene_not(yes), no);
  EXPECT_EQ(kleene_not(no), yes);
  EXPECT_EQ(kleene_not(unknown), unknown);
}

TEST(Logic, AndIsKleenes) {
  EXPECT_EQ(kleene_and(yes, yes), yes);
  EXPECT_EQ(kleene_and(yes, no), no);
  EXPECT_EQ(kleene_and(yes, unknown), unknown);
  EXPECT_EQ(kleene_and(no, yes), no);
  EXPECT_EQ(kleene_and(no, no), no);
  EXPECT_EQ(kleene_and(no, unknown), no);
  EXPECT_EQ(kleene_and(unknown, yes), unknown);
  EXPECT_EQ(kleene_and(unknown, no), no);
  EXPECT_EQ(kleene_and(unknown, unknown), unknown);
}

TEST(Logic, OrIsKleenes) {
  EXPECT_EQ(kleene_or(yes, yes), yes);
  EXPECT_EQ(kleene_or(yes, no), yes);
  EXPECT_EQ(kleene_or(yes, unknown), yes);
  EXPECT_EQ(kleene_or(no, yes), yes);
  EXPECT_EQ(kleene_or(no, no), no);
  EXPECT_EQ(kleene_or(no, unknown), unknown);
  EXPECT_EQ(kleene_or(unknown, yes), yes);
  EXPECT_EQ(kleene_or(unknown, no), unknown);
  EXPECT_EQ(kleene_or(unknown, unknown), unknown);
}

TEST(Logic, ComparisonsOfTheUnknownAreUnknown) {
  EXPECT_EQ(compare(dsl::BinaryOp::equal, Missing{}, Missing{}), unknown);
  EXPECT_EQ(compare(dsl::BinaryOp::less, Missing{}, Decimal(1)), unknown);
  EXPECT_EQ(compare(dsl::BinaryOp::not_equal, Decimal(1), Missing{}), unknown);
}

TEST(Logic, ComparesNumbersByValueAndTextsByCodePoints) {
  EXPECT_EQ(compare(dsl::BinaryOp::equal, *Decimal::parse("1.0"), *Decimal::parse("1.00")), yes);
  EXPECT_EQ(compare(dsl::BinaryOp::greater_equal, Decimal(2), Decimal(2)), yes);
  EXPECT_EQ(compare(dsl::BinaryOp::less, std::string("Z"), std::string("a")), yes);
  EXPECT_EQ(compare(dsl::BinaryOp::less, std::string("z"), std::string("á")), yes);
  EXPECT_EQ(compare(dsl::BinaryOp::equal, std::string("Ana"), std::string("ana")), no);
}

TEST(Logic, WithinKnowsOpenBoundsAndIsFalseWhereOneSideSuffices) {
  EXPECT_EQ(is_within(Decimal(40), Decimal(40), Decimal(60), false, false), yes);
  EXPECT_EQ(is_within(Decimal(40), Decimal(40), Decimal(60), true, false), no);
  EXPECT_EQ(is_within(Decimal(60), Decimal(40), Decimal(60), false, true), no);
  EXPECT_EQ(is_within(Decimal(70), Missing{}, Decimal(60), false, false), no);
  EXPECT_EQ(is_within(Decimal(50), Missing{}, Decimal(60), false, false), unknown);
}

}  // namespace
}  // namespace cauce::rules
