#include "workflows/deadline_change.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/date.hpp"
#include "workflows/comparison_fixture.hpp"

namespace cauce::workflows {
namespace {

using testing::compared_policy;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::with;

std::vector<std::string> told(const std::vector<DeadlineChange>& changes) {
  std::vector<std::string> lines;
  for (const DeadlineChange& change : changes) {
    const auto day = [](const std::optional<Date>& date) { return date ? rules::to_iso(*date) : "-"; };
    lines.push_back(change.obligation + (change.period ? " " + change.period->to_string() : "") + ": " +
                    day(change.from) + " " + day(change.to) + " | " + change.rule_before + " | " +
                    change.rule_after);
  }
  return lines;
}

std::vector<std::string> change(std::string_view what, std::string_view instead) {
  return told(testing::compare_texts(compared_policy, with(compared_policy, what, instead)).deadlines);
}

TEST(DeadlineChangeTest, MovesAndChangesOfRule) {
  EXPECT_THAT(change("30 de abril", "15 de abril"),
              ElementsAre("acta: 2024-04-30 2024-04-15 | 30 de abril | 15 de abril"));
  EXPECT_THAT(change("30 de abril", "último día hábil de abril"),
              ElementsAre("acta: 2024-04-30 2024-04-30 | 30 de abril | último día hábil de abril"));
  EXPECT_THAT(
      change("10 días hábiles después de acta", "20 días hábiles después de acta"),
      ElementsAre("cierre: - - | 10 días hábiles después del hito «Acta» | 20 días hábiles después del "
                  "hito «Acta»"));
  EXPECT_THAT(change("30 de abril", "30 de abril de 2024"), IsEmpty());
}

TEST(DeadlineChangeTest, WhatAnotherEventFixesIsPorFijar) {
  const auto days = [](const std::string& before, const std::string& after) {
    const Comparison comparison = testing::compare_texts(before, after);
    EXPECT_EQ(comparison.deadlines.size(), 1U);
    const DeadlineChange& moved = comparison.deadlines.at(0);
    EXPECT_EQ(moved.kind, DeadlineChangeKind::moves);
    return moved.day_before + " " + moved.day_after;
  };
  const std::string fixed = with(compared_policy, "10 días hábiles después de acta", "3 de mayo");
  EXPECT_EQ(days(compared_policy, fixed), "por fijar 2024-05-03");
  EXPECT_EQ(days(fixed, compared_policy), "2024-05-03 por fijar");
}

TEST(DeadlineChangeTest, WhatIsCalledOtherwiseOwesTheSame) {
  EXPECT_THAT(change("hito cierre \"Cierre\"", "hito fin \"Cierre\""), IsEmpty());
  std::string other = with(compared_policy, "plan P por", "plan Q por");
  EXPECT_THAT(told(testing::compare_texts(compared_policy, other).deadlines), IsEmpty());
  other = with(other, "30 de abril", "15 de abril");
  EXPECT_THAT(told(testing::compare_texts(with(compared_policy, "plan P por", "plan P \"El plan\" por"),
                                          with(other, "plan Q por", "plan Q \"El plan\" por"))
                       .deadlines),
              ElementsAre("acta: 2024-04-30 2024-04-15 | 30 de abril | 15 de abril"));
}

TEST(DeadlineChangeTest, AppearsAndDisappears) {
  EXPECT_THAT(change("hasta abril", "hasta marzo"),
              ElementsAre("informe 2024-04: 2024-05-08 - | día hábil 5 del mes siguiente | "));
  EXPECT_THAT(
      change("hito acta", "hito visita \"Visita\" { vence 3 de junio }\n hito acta"),
      ElementsAre("visita: - 2024-06-04 |  | 3 de junio, pasa al martes 4 de junio por caer en festivo "
                  "(Corpus Christi)"));
}

TEST(DeadlineChangeTest, OfTwoVigenciasOnlyRulesAreCompared) {
  const auto in_2025 = [](const std::string& text) {
    dsl::Sources sources = testing::sources_of(text);
    sources[0].text = with(sources[0].text, "vigencia 2024", "vigencia 2025");
    return sources;
  };
  const testing::VersionForTests before(compared_policy);
  const auto compare_with = [&](const std::string& text) {
    const dsl::Sources sources = in_2025(text);
    const Compiled compiled = compile(sources);
    return told(compare_deadlines(
        before.version(), {*compiled.policy, sources, nullptr, rules::make_date(2025, 2, 1).value()}));
  };
  EXPECT_THAT(compare_with(compared_policy), IsEmpty());
  EXPECT_THAT(compare_with(with(compared_policy, "30 de abril", "15 de abril")),
              ElementsAre("acta: 2024-04-30 2025-04-15 | 30 de abril | 15 de abril"));
  // A day that is written with its year stays where it is.
  const testing::VersionForTests fixed(with(compared_policy, "30 de abril", "30 de abril de 2024"));
  const dsl::Sources later = in_2025(with(compared_policy, "30 de abril", "30 de abril de 2024"));
  const Compiled compiled = compile(later);
  EXPECT_THAT(told(compare_deadlines(
                  fixed.version(), {*compiled.policy, later, nullptr, rules::make_date(2025, 2, 1).value()})),
              IsEmpty());
}

}  // namespace
}  // namespace cauce::workflows
