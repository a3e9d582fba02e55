#include "engine/query_narrowing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dsl/parse.hpp"
#include "engine/system_for_tests.hpp"
#include "rules/scope.hpp"
#include "workflows/plan_scope.hpp"

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class QueryNarrowingTest : public testing::Test {
 protected:
  QueryNarrowingTest() { world.set_up(); }

  /// What of a condition over the PAT of the policy for tests SQL says.
  SqlCondition narrowed(const std::string& condition, PlanPart part = PlanPart::plan) {
    const dsl::Sources sources = {{"consulta", "planes donde " + condition}};
    dsl::Diagnostics diagnostics;
    const auto query = dsl::parse_query(sources, 0, diagnostics);
    const auto policy = world.system->policy(1);
    const auto kind = *policy->find_plan("PAT");
    rules::Scope scope =
        part == PlanPart::plan ? policy->plan_scopes->plan(kind) : policy->plan_scopes->report(kind);
    const auto bound =
        rules::bind(query.value().where.value(), scope, *policy->rules, rules::Type::truth(), diagnostics);
    for (const dsl::Diagnostic& diagnostic : diagnostics)
      ADD_FAILURE() << dsl::render(diagnostic, sources);
    const auto today = rules::make_date(2024, 3, 20).value();
    return QueryNarrowing(world.system->world(), 1, kind, part, today, unmet).may_hold(bound.value());
  }
  static std::vector<std::string> texts(const SqlCondition& condition) {
    std::vector<std::string> texts;
    for (const SqlValue& value : condition.values)
      texts.push_back(std::get<std::string>(value));
    return texts;
  }

  SystemForTests world;
  UnmetByEntities unmet;
};

TEST_F(QueryNarrowingTest, ColumnsAreCompared) {
  const SqlCondition condition = narrowed("fase = seguimiento y no (entidad = \"05001\")");
  EXPECT_EQ(condition.sql, "(plan.phase = ? AND plan.entity <> ?)");
  EXPECT_THAT(texts(condition), ElementsAre("monitoring", "05001"));
}

TEST_F(QueryNarrowingTest, WhatMayBeUnknownIsLetThrough) {
  EXPECT_EQ(narrowed("vence < 2024-05-01", PlanPart::hito).sql,
            "(obligation.due < ? OR obligation.due IS NULL)");
  EXPECT_EQ(narrowed("vence con dato", PlanPart::hito).sql, "obligation.due IS NOT NULL");
}

TEST_F(QueryNarrowingTest, WhatSqlCannotSayNarrowsNothing) {
  EXPECT_TRUE(narrowed("cuenta(hitos donde cumplido) > 0").always());
  EXPECT_TRUE(narrowed("fase = seguimiento o componentes_completos").always());
  EXPECT_EQ(narrowed("fase = seguimiento y componentes_completos").sql, "plan.phase = ?");
}

TEST_F(QueryNarrowingTest, AKindThatCannotMeetItIsNotLookedAt) {
  EXPECT_TRUE(narrowed("tipo = PCCT y vencidos > 0").never());
  EXPECT_TRUE(narrowed("tipo = PAT").always());
}

TEST_F(QueryNarrowingTest, ConditionsOverEntitiesNameThoseThatDoNotMeetThem) {
  const SqlCondition condition = narrowed("región = \"Caribe\"");
  EXPECT_EQ(condition.sql, "plan.entity NOT IN (SELECT value FROM json_each(?))");
  EXPECT_THAT(texts(condition), ElementsAre(R"(["19001","19002"])"));
  // 05002 has no mdm: nobody knows whether it meets that.
  EXPECT_THAT(texts(narrowed("mdm > 50")), ElementsAre(R"(["05001","19002"])"));
}

TEST_F(QueryNarrowingTest, WhatIsOverdueIsFoundByWhatIsOpen) {
  const SqlCondition condition = narrowed("vencido y nombre = \"informe\"", PlanPart::report);
  EXPECT_EQ(condition.open_before, "2024-03-20");
  EXPECT_EQ(narrowed("vencido o nombre = \"informe\"", PlanPart::report).open_before, std::nullopt);
  EXPECT_EQ(narrowed("no vencido", PlanPart::report).open_before, std::nullopt);
  EXPECT_FALSE(narrowed("vencidos > 0").always());
  EXPECT_TRUE(narrowed("vencidos >= 0").always());
  EXPECT_TRUE(narrowed("vencidos < 3").always());
}

}  // namespace
}  // namespace cauce::engine
