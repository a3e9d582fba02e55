#include "rules/motion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/case_fixture.hpp"
#include "rules/ruleset.hpp"
#include "rules/turning_points.hpp"

namespace cauce::rules {
namespace {

using fixture::d_slot;
using fixture::m_slot;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MotionTest : public ::testing::Test {
 protected:
  Expression bound(const std::string& text) {
    const testing::BoundText result = testing::bind_text(text, scopes.of(kind), made.rules());
    EXPECT_EQ(result.said, "");
    return result.expression.value();
  }
  EntityFacts facts() const { return {made.rules(), made.territory, kind, 0}; }

  /// `sube`, `baja`, `queda`, with the slope of a line; `?` if it is not known to go one way.
  std::string motion(const std::string& text) {
    const auto found = motion_of(bound(text), m_slot, facts(), {made.rules(), made.as_of});
    if (!found) return "?";
    const std::string way = found->direction > 0 ? "sube" : found->direction < 0 ? "baja" : "queda";
    return way + (found->slope ? " " + found->slope->to_string() : "");
  }

  /// Where the last comparison of a condition turns, from 0 to 20.
  std::vector<std::string> turns(const std::string& text) {
    const Expression condition = bound(text);
    const Comparisons comparisons = comparisons_of(condition, m_slot, made.rules());
    Type type = Type::number();
    type.low = Decimal(0);
    type.high = Decimal(20);
    const Grain grain{1, 4};
    const EntityFacts others = facts();
    const EvaluationContext context{made.rules(), made.as_of};
    std::size_t evaluations = 10'000;
    TurningPoints turning(m_slot, type, grain, others, context, evaluations);
    std::vector<std::string> found;
    const auto pieces = pieces_of(type, {}, Decimal(7), grain);
    for (const Value& value : turning.of(comparisons.list.back(), pieces.front()))
      found.push_back(to_display(value));
    return found;
  }

  const EntityKindId kind{0};
  fixture::CaseForTests made{{"7,3,x,sí,valle,n"}};
  EntityScopes scopes{made.rules().entities};
};

TEST_F(MotionTest, FollowsLines) {
  EXPECT_EQ(motion("0.5 * (100 - m) + b"), "baja -0.5");
  EXPECT_EQ(motion("(m + 2 * m) / 4 - peso(m, d)"), "sube 0.75");
  EXPECT_EQ(motion("m - 2 * m / 2"), "queda 0");
  EXPECT_EQ(motion("si d entonces -m si no b"), "baja -1");
  EXPECT_EQ(motion("si_falta(m, 50) + 1"), "sube 1");
  EXPECT_EQ(motion("b"), "queda 0");
}

TEST_F(MotionTest, FollowsWhatGoesOneWay) {
  EXPECT_EQ(motion("redondea(2 * m, 0) + m"), "sube");
  EXPECT_EQ(motion("b - trunca(m, 1)"), "baja");
  EXPECT_EQ(motion("mínimo(m, 10)"), "sube 1") << "around 7";
  EXPECT_EQ(motion("máximo(m, 10)"), "queda 0");
  EXPECT_EQ(motion("absoluto(m - 10)"), "baja -1");
  EXPECT_EQ(motion("m * m"), "sube");
  EXPECT_EQ(motion("1 / m"), "baja");
  EXPECT_EQ(motion("m - redondea(m, 0)"), "?");
  EXPECT_EQ(motion("m * (20 - m)"), "?");
}

TEST_F(MotionTest, KnowsWhatTurnsBetweenBreakpoints) {
  const auto count = [&](const std::string& text) {
    return comparisons_of(bound(text), m_slot, made.rules()).list.size();
  };
  EXPECT_EQ(count("m < umbral y b > 2"), 0U);
  EXPECT_EQ(count("2 * m < umbral o m > b"), 2U);
  EXPECT_EQ(count("mínimo(m, b, 3) + absoluto(m - 3) > b"), 4U) << "m with b, m with 3, m - 3 with 0, all";
  EXPECT_EQ(count("peso(m + 1, d) > 2"), 4U) << "5, 5 and 10 of the cells, and 2";
  EXPECT_EQ(count("m entre b y 4"), 1U);
}

TEST_F(MotionTest, FindsWhereComparisonsTurn) {
  EXPECT_THAT(turns("2 * m < umbral"), ElementsAre("6", "6"));
  EXPECT_THAT(turns("3 * m < 10"), ElementsAre("3.3333", "3.3334"));
  EXPECT_THAT(turns("redondea(m, 0) < 12"), ElementsAre("11.5", "12.5"));
  EXPECT_THAT(turns("m * m > 50"), ElementsAre("7.071", "7.0711"));
  EXPECT_THAT(turns("m + 30 > b"), IsEmpty());
  EXPECT_THAT(turns("m * (20 - m) > 90"), ElementsAre("6.8377", "6.8378", "13.1622", "13.1623"))
      << "it goes up and down";
}

}  // namespace
}  // namespace cauce::rules
