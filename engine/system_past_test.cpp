// The past, in both meanings: as it had been recorded, and as it had happened.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/alerts.hpp"
#include "engine/query.hpp"
#include "engine/system_for_tests.hpp"
#include "engine/world.hpp"

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using workflows::ObligationState;

const PlanId medellin = {"PAT", "05001", 2024};
const PlanId caribe = {"PCCT", "Caribe", 2024};
const Actor ana = {"ana"};
const Actor carla = {"carla"};
const Actor dora = {"dora"};

rules::Date day(unsigned month, unsigned of_month) {
  return rules::make_date(2024, static_cast<int>(month), static_cast<int>(of_month)).value();
}

class PastTest : public testing::Test, protected SystemForTests {
 protected:
  PastTest() { set_up(); }

  void done(const std::string& when, const PlanId& id, const Command& command, const Actor& actor) {
    set_clock(when);
    taken_for_granted(system->run(id, command, actor));
  }
  /// `pending`, `achieved` … of an obligation of a plan.
  static std::string state_of(System& of, const PlanId& id, const std::string& name) {
    const Plan* plan = of.world().plan(id);
    if (!plan) return "no plan";
    const auto policy = of.policy(plan->policy_version);
    const workflows::PlanKind& kind = at(policy->plans, plan->kind);
    for (const workflows::Obligation& obligation : plan->obligations) {
      if (at(kind.obligations, obligation.kind).name == name)
        return std::string(workflows::name_of(obligation.state));
    }
    return "none";
  }
  static std::vector<std::string> answer(System& of, const std::string& query) {
    dsl::Diagnostics diagnostics;
    const auto found = answer_query(of, {{"consulta", query}}, 0, of.now().date, diagnostics);
    if (!found) throw std::runtime_error(diagnostics.front().message);
    std::vector<std::string> lines;
    for (const auto& row : found->rows) {
      std::string line;
      for (const rules::Value& value : row)
        line += (line.empty() ? "" : "|") + rules::to_display(value);
      lines.push_back(line);
    }
    return lines;
  }
};

TEST_F(PastTest, AsRecordedIsWhatAnAuditOfThatDayWouldHaveSeen) {
  done("2024-02-01T10:00", medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana);
  done("2024-02-10T10:00", medellin, workflows::Act{"enviar"}, ana);
  EXPECT_THAT(answer(*system, "planes donde entidad = \"05001\" muestra etapa"), ElementsAre("revisión"));
  const auto past = system->as_recorded(day(2, 9));
  EXPECT_THAT(answer(*past, "planes donde entidad = \"05001\" muestra etapa"), ElementsAre("borrador"));
  EXPECT_EQ(past->now().date, day(2, 9));
  EXPECT_EQ(past->history(medellin).size() + 1, system->history(medellin).size());
  EXPECT_THAT(answer(*system->as_recorded(day(2, 10)), "planes donde entidad = \"05001\" muestra etapa"),
              ElementsAre("revisión"));
}

TEST_F(PastTest, ADayEndsAtMidnightOfThePolicysZone) {
  done("2024-02-09T23:59", medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana);
  const std::string query =
      "componentes donde plan = \"PAT/05001/2024\" y nombre = \"objetivos\" muestra completo";
  EXPECT_THAT(answer(*system->as_recorded(day(2, 8)), query), ElementsAre("no"));
  EXPECT_THAT(answer(*system->as_recorded(day(2, 9)), query), ElementsAre("sí"));
}

TEST_F(PastTest, BeforeTheFirstPolicyThereIsNothing) {
  EXPECT_EQ(system->as_recorded(day(1, 14)), nullptr);
  ASSERT_NE(system->as_recorded(day(1, 15)), nullptr);
  EXPECT_EQ(system->as_occurred(day(1, 14)), nullptr) << "nor had anything happened";
  ASSERT_NE(system->as_occurred(day(1, 15)), nullptr);
}

TEST_F(PastTest, DataPeopleSelectionsAndPoliciesAreThoseOfThatDay) {
  set_clock("2024-02-01T10:00");
  auto people = people_for_tests();
  people.push_back({"eva", "Eva Paz", "", "enlace", "19001"});
  taken_for_granted(system->import_people(people, dora));
  const std::string text = policy_for_tests + "\n# otra\n";
  taken_for_granted(system->publish(sources_for_tests(text), compiled_for_tests(text), dora));
  taken_for_granted(system->reselect("municipios",
                                     HandChange{"19002", rules::HandDecision{true, "convenio", "dora"}},
                                     {"convenio", ""}, false, dora));

  const auto before = system->as_recorded(day(1, 31));
  EXPECT_EQ(before->current_version(), 1);
  EXPECT_FALSE(before->world().is_selected("municipios", "19002"));
  EXPECT_THAT(answer(*before, "personas donde rol = \"enlace\" y entidad = \"19001\" muestra persona"),
              ElementsAre("luis"));
  const auto after = system->as_recorded(day(2, 1));
  EXPECT_EQ(after->current_version(), 2);
  EXPECT_TRUE(after->world().is_selected("municipios", "19002"));
  EXPECT_THAT(answer(*after, "personas donde rol = \"enlace\" y entidad = \"19001\" muestra persona"),
              ElementsAre("eva", "luis"));
  EXPECT_EQ(system->as_occurred(day(1, 31))->current_version(), 2) << "as it is known today";
}

TEST_F(PastTest, AMilestoneCountsFromTheDayOnWhichItHappened) {
  // Its phase has begun long before.
  done("2024-01-16T10:00", caribe, workflows::Act{"terminar"}, carla);
  done("2024-05-20T10:00", caribe, workflows::AchieveHito{"mesa", day(4, 20), ""}, carla);
  EXPECT_EQ(state_of(*system->as_recorded(day(4, 30)), caribe, "mesa"), "pending") << "nobody had said so";
  EXPECT_EQ(state_of(*system->as_occurred(day(4, 30)), caribe, "mesa"), "achieved") << "but it had happened";
  EXPECT_EQ(state_of(*system->as_occurred(day(4, 19)), caribe, "mesa"), "pending");
}

TEST_F(PastTest, WhatWasAnnulledNeverHappened) {
  done("2024-01-16T10:00", caribe, workflows::Act{"terminar"}, carla);
  done("2024-04-10T10:00", caribe, workflows::AchieveHito{"mesa", day(4, 9), ""}, carla);
  done("2024-06-03T10:00", caribe, workflows::AnnulObligation{"mesa", {}, "fue en otra parte"}, dora);
  EXPECT_EQ(state_of(*system->as_recorded(day(4, 30)), caribe, "mesa"), "achieved") << "so it was known then";
  EXPECT_EQ(state_of(*system->as_occurred(day(4, 30)), caribe, "mesa"), "pending");
}

TEST_F(PastTest, AMigrationThatCameLaterIsNotSeenBefore) {
  done("2024-01-16T10:00", caribe, workflows::Act{"terminar"}, carla);
  set_clock("2024-05-02T10:00");
  std::string text = policy_for_tests;
  const std::string old = "seguimiento { hito mesa \"Mesa instalada\" { vence 30 de abril } }";
  text.replace(text.find(old), old.size(),
               "seguimiento { hito mesa \"Mesa instalada\" { vence 30 de abril } "
               "hito acta { vence 28 de junio } }");
  const PolicyVersion to =
      taken_for_granted(system->publish(sources_for_tests(text), compiled_for_tests(text), dora));
  taken_for_granted(system->migrate({to, {caribe}}, dora));
  done("2024-05-20T10:00", caribe, workflows::AchieveHito{"acta", day(4, 20), ""}, carla);
  done("2024-05-20T11:00", caribe, workflows::AchieveHito{"mesa", day(4, 20), ""}, carla);
  const auto before = system->as_occurred(day(4, 30));
  EXPECT_EQ(state_of(*before, caribe, "mesa"), "achieved");
  EXPECT_EQ(state_of(*before, caribe, "acta"), "none") << "the plan of that day did not owe it";
  EXPECT_EQ(before->world().plan(caribe)->policy_version, 1);
  EXPECT_THAT(answer(*before, "hitos donde cumplido muestra nombre"), ElementsAre("mesa"));
  EXPECT_EQ(state_of(*system->as_occurred(day(5, 2)), caribe, "acta"), "achieved");
}

TEST_F(PastTest, AlertsOfThatDayAreThere) {
  set_clock("2024-03-20T10:00");
  const Round round = raise_due(*system, "prueba");
  ASSERT_GT(round.raised, 0U);
  set_clock("2024-04-22T10:00");
  raise_due(*system, "prueba");
  const std::size_t then = list_alerts(*system->as_recorded(day(3, 31))).size();
  EXPECT_EQ(then, round.raised + round.superseded + round.digests);
  EXPECT_LT(then, list_alerts(*system).size());
  EXPECT_THAT(list_alerts(*system->as_recorded(day(3, 31))).front().recipients, testing::Not(IsEmpty()));
}

TEST_F(PastTest, AMilestoneDidNotHappenBeforeAMigrationMadeItOneOfThePlan) {
  set_clock("2024-03-10T09:00");
  std::string text = policy_for_tests;
  text.insert(text.find("reporte informe"), "hito nuevo { vence 28 de junio }\n  ");
  const PolicyVersion next =
      taken_for_granted(system->publish(sources_for_tests(text), compiled_for_tests(text), dora));
  taken_for_granted(system->migrate({next, {medellin}}, dora));
  done("2024-03-20T09:00", medellin, workflows::AchieveHito{"nuevo", day(3, 5), ""}, ana);
  EXPECT_EQ(state_of(*system->as_occurred(day(3, 7)), medellin, "nuevo"), "none");
  EXPECT_EQ(state_of(*system->as_recorded(day(3, 12)), medellin, "nuevo"), "pending");
  EXPECT_EQ(state_of(*system->as_occurred(day(3, 12)), medellin, "nuevo"), "achieved");
  EXPECT_EQ(answer(*system->as_occurred(day(3, 7)), "hitos donde cumplido muestra cuenta()"),
            std::vector<std::string>{"0"});
}

}  // namespace
}  // namespace cauce::engine
