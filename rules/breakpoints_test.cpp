#include "rules/breakpoints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/case_fixture.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {
namespace {

using fixture::b_slot;
using fixture::d_slot;
using fixture::m_slot;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class BreakpointsTest : public ::testing::Test {
 protected:
  Expression bound(const std::string& text) {
    const testing::BoundText result = testing::bind_text(text, scopes.of(kind), made.rules());
    EXPECT_EQ(result.said, "");
    return result.expression.value();
  }
  std::vector<Value> breakpoints(const std::string& text, std::uint32_t slot) {
    return breakpoints_of(bound(text), slot, made.rules(), made.as_of);
  }
  bool stepwise(const std::string& text, std::uint32_t slot) {
    return is_stepwise(bound(text), slot, made.rules());
  }

  const EntityKindId kind{0};
  fixture::CaseForTests made{{"7,3,x,sí,valle,n"}};
  EntityScopes scopes{made.rules().entities};
};

TEST_F(BreakpointsTest, AreWhatConditionsAndCellsCompareWith) {
  EXPECT_THAT(breakpoints("m < umbral o (no (m >= 3) y b = 4)", m_slot),
              ElementsAre(Value(Decimal(3)), Value(Decimal(12))));
  EXPECT_THAT(breakpoints("m entre 2 y 6 y b en {1, 2}", b_slot),
              ElementsAre(Value(Decimal(1)), Value(Decimal(2))));
  EXPECT_THAT(breakpoints("10 + peso(m, d)", m_slot), ElementsAre(Value(Decimal(5)), Value(Decimal(10))));
  EXPECT_THAT(breakpoints("peso(m + 1, d) > 2", m_slot), IsEmpty());
}

TEST_F(BreakpointsTest, KnowsWhatMovesBetweenThem) {
  EXPECT_TRUE(stepwise("m < umbral y b > 2", m_slot));
  EXPECT_TRUE(stepwise("peso(m, d) * 2 > b", m_slot));
  EXPECT_FALSE(stepwise("peso(m, d) * 2 > b", b_slot));
  EXPECT_FALSE(stepwise("2 * m < umbral", m_slot));
  EXPECT_FALSE(stepwise("peso(m + 1, d) > 2", m_slot));
  EXPECT_TRUE(stepwise("peso(b, d) + (si d entonces 1 si no 2)", d_slot));
  EXPECT_TRUE(stepwise("b > 2", m_slot)) << "what does not read it stays";
}

}  // namespace
}  // namespace cauce::rules
