#include <algorithm>

#include <gtest/gtest.h>

#include "engine/alerts.hpp"
#include "engine/system_for_tests.hpp"
#include "workflows/plan_scope.hpp"

namespace cauce::engine {
namespace {

using namespace workflows;

std::string replaced(std::string text, const std::string& what, const std::string& instead) {
  const std::size_t at = text.find(what);
  if (at == text.npos) throw std::invalid_argument("the policy has no " + what);
  return text.replace(at, what.size(), instead);
}

class SystemMigrationTest : public ::testing::Test {
 protected:
  SystemMigrationTest() { set.set_up(); }

  /// Publishes the policy with replacements; its version.
  PolicyVersion publish(const std::vector<std::pair<std::string, std::string>>& replacements) {
    std::string text = policy_for_tests;
    for (const auto& [what, instead] : replacements)
      text = replaced(text, what, instead);
    return taken_for_granted(
        set.system->publish(sources_for_tests(text), compiled_for_tests(text), set.set_up_actor));
  }
  std::vector<PlanMigration> migrate(const MigrationRequest& request) {
    return taken_for_granted(set.system->migrate(request, {"dora"}));
  }
  const Plan& plan(const std::string& id) { return *set.system->world().plan(*PlanId::parse(id)); }
  void run(const std::string& person, const std::string& id, const Command& command) {
    taken_for_granted(set.system->run(*PlanId::parse(id), command, {person}));
  }
  /// The tables are what the journal says, and so is what another program sees.
  void expect_recorded() {
    const AuditReport report = set.system->audit(true);
    EXPECT_TRUE(report.ok()) << (report.differences.empty() ? "" : report.differences.front());
    const auto again = set.open_again();
    for (const Plan* kept : set.system->all_plans())
      EXPECT_EQ(*again->world().plan(kept->id), *kept) << kept->id.to_string();
  }

  SystemForTests set;
  const PlanId medellin = {"PAT", "05001", 2024};
  const PlanId abejorral = {"PAT", "05002", 2024};
  const PlanId popayan = {"PAT", "19001", 2024};
};

TEST_F(SystemMigrationTest, ShowsWithoutDoing) {
  const PolicyVersion to =
      publish({{"vence 30 de abril }\n    hito adopción", "vence 15 de mayo }\n    hito adopción"}});
  const Plan before = plan("PAT/05001/2024");
  const auto told = migrate({to, {medellin}, {}, true});
  ASSERT_EQ(told.size(), 1U);
  ASSERT_EQ(told[0].changes.size(), 1U);
  EXPECT_EQ(to_spanish(told[0].changes[0]), "el hito «diagnóstico» pasa del 2024-04-30 al 2024-05-15");
  EXPECT_EQ(plan("PAT/05001/2024"), before);
  EXPECT_EQ(plan("PAT/05001/2024").policy_version, 1);
}

TEST_F(SystemMigrationTest, WhatHasBegunGoesOnByItsLadderAndWhatHasNotByTheNewOne) {
  set.set_clock("2024-03-18T09:00");
  raise_due(*set.system, "prueba");  // the report of February and the end of the phase are late
  set.set_clock("2024-03-19T09:00");
  const PolicyVersion to = publish({{"al vencer avisa al responsable }",
                                     "al vencer avisa al responsable\n"
                                     "  2 días hábiles después escala a articulador }"}});
  migrate({to, {medellin}, {}, false});
  EXPECT_EQ(plan("PAT/05001/2024").policy_version, to);
  set.set_clock("2024-04-18T09:00");  // that of March is late as well
  raise_due(*set.system, "prueba");
  std::vector<std::string> told;
  for (const Alert& alert : list_alerts(*set.system, {medellin}))
    told.push_back(alert.obligation + " " + alert.period + ": " + alert.step);
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, (std::vector<std::string>{"formulación : al vencer avisa al responsable",
                                            "informe 2024-02: al vencer avisa al responsable",
                                            "informe 2024-03: 2 días hábiles después escala a articulador",
                                            "informe 2024-03: al vencer avisa al responsable"}));
  expect_recorded();
}

/// A role gets another name: those who hold it are kept under the old one for the plans that stay, and told
/// nothing again under the new one.
TEST_F(SystemMigrationTest, PeopleHoldTheRolesOfEveryVersionThatPlansBelongTo) {
  set.set_clock("2024-03-18T09:00");
  raise_due(*set.system, "prueba");
  const PolicyVersion to = publish({{"rol enlace por municipio", "rol gestor por municipio"},
                                    {"a cargo de enlace", "a cargo de gestor"},
                                    {"enlace puede enviar", "gestor puede enviar"}});
  ASSERT_FALSE(migrate({to, {medellin}, {}, false}).at(0).refusal);
  std::vector<PersonRow> people = people_for_tests();
  people.push_back({"ana", "", "", "gestor", "05001"});
  taken_for_granted(set.system->import_people(people, set.set_up_actor));
  const auto holders = [&](const PlanId& id) {
    const Plan& of = *set.system->world().plan(id);
    const Policy& policy = set.system->world().policy(of.policy_version);
    const PlanKind& kind = at(policy.plans, of.kind);
    return set.system->world()
        .team(of.policy_version)
        .holders(kind.in_charge.front(), {kind.entity, id.entity}, set.system->now().date)
        .persons;
  };
  EXPECT_EQ(holders(medellin), std::vector<std::string>{"ana"});
  EXPECT_EQ(holders(abejorral), std::vector<std::string>{"ana"});
  EXPECT_EQ(holders(popayan), std::vector<std::string>{"luis"});

  set.set_clock("2024-03-19T09:00");
  EXPECT_EQ(raise_due(*set.system, "prueba").raised, 0U) << "everybody was told yesterday";
  set.set_clock("2024-04-09T09:00");  // the report of March is late
  raise_due(*set.system, "prueba");
  std::vector<std::string> told;
  for (const Alert& alert : list_alerts(*set.system, {medellin}))
    told.push_back(alert.obligation + " " + alert.period + ": " + alert.role);
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, (std::vector<std::string>{"formulación : enlace", "informe 2024-02: enlace",
                                            "informe 2024-03: gestor"}));

  migrate({to, {abejorral, popayan}, {}, false});
  for (const Plan* other : set.system->all_plans()) {
    if (other->id.kind == "PCCT") migrate({to, {other->id}, {}, false});
  }
  EXPECT_FALSE(set.system->import_people(people, set.set_up_actor)) << "no plan needs an enlace any more";
  expect_recorded();
}

TEST_F(SystemMigrationTest, PassesThoseThatCanAndKeepsTheOthersWithTheirVersion) {
  run("carla", "PAT/05002/2024", Suspend{"Orden público"});
  const PolicyVersion to =
      publish({{"vence 30 de abril }\n    hito adopción", "vence 15 de mayo }\n    hito adopción"}});
  const auto told = migrate({to, {medellin, abejorral}, {}, false});
  EXPECT_FALSE(told.at(0).refusal);
  EXPECT_TRUE(told.at(1).refusal);
  EXPECT_EQ(plan("PAT/05001/2024").policy_version, 2);
  EXPECT_EQ(plan("PAT/05002/2024").policy_version, 1);
  EXPECT_EQ(plan("PAT/19001/2024").policy_version, 1) << "it was not asked for";
  expect_recorded();
}

TEST_F(SystemMigrationTest, EachPlanRunsUnderItsOwnVersion) {
  // The new version numbers fields, stages and obligations otherwise, and asks for less.
  const PolicyVersion to =
      publish({{"  campo nombre: texto obligatorio\n  campo pdet",
                "  campo altura: número\n  campo nombre: texto obligatorio\n  campo pdet"},
               {"    campo actividades: entero desde 0 obligatorio\n",
                "    campo lugares: entero\n    campo actividades: entero desde 0 obligatorio\n"},
               {"    hito diagnóstico {", "    hito visita { vence 30 de abril }\n    hito diagnóstico {"},
               {"por región bajo dirección", "por región bajo coordinación"},
               {"rol articulador", "rol coordinación por nación bajo dirección\nrol articulador"},
               {"si componentes_completos", "si pdet"}});
  set.set_clock("2024-03-04T10:00");
  run("ana", "PAT/05001/2024",
      DeliverReport{"informe", Period::parse("2024-02"), {{"actividades", "4"}, {"resumen", "Dos"}}});
  migrate({to, {medellin}, {}, false});

  const World& world = set.system->world();
  for (const char* id : {"PAT/05001/2024", "PAT/05002/2024"}) {
    const Plan& of = plan(id);
    const Policy& policy = world.policy(of.policy_version);
    const rules::Territory& territory = world.territory(of.policy_version);
    const rules::EntityKindId municipio = at(policy.plans, of.kind).entity;
    EXPECT_EQ(territory.name_of(*policy.rules, municipio, *territory.find(municipio, of.id.entity)),
              of.id == medellin ? "Medellín" : "Abejorral");
  }
  // Under the new version it is enough that the municipality is PDET, under the old one components are
  // missing.
  run("ana", "PAT/05001/2024", Act{"enviar"});
  EXPECT_FALSE(set.system->run(abejorral, Act{"enviar"}, {"ana"}));
  EXPECT_EQ(plan("PAT/05001/2024").obligations.front().fields,
            (std::vector<Value>{rules::Missing(), rules::Decimal(4), std::string("Dos"), rules::Missing()}));
  expect_recorded();
}

TEST_F(SystemMigrationTest, WhatIsAskedForNoMoreIsKeptWithItsContent) {
  set.set_clock("2024-03-04T10:00");
  run("ana", "PAT/05001/2024",
      DeliverReport{"informe", Period::parse("2024-02"), {{"actividades", "4"}, {"al_día", "sí"}}});
  run("carla", "PAT/05001/2024", ValidateObligation{"informe", Period::parse("2024-02"), ""});
  const PolicyVersion to = publish({{"reporte informe", "reporte boletín"}});
  const auto told = migrate({to, {medellin}, {}, false});
  ASSERT_FALSE(told.at(0).refusal) << told[0].refusal->message;
  const Obligation& kept = plan("PAT/05001/2024").obligations.front();
  EXPECT_EQ(kept.state, ObligationState::validated);
  EXPECT_EQ(kept.fields, (std::vector<Value>{rules::Decimal(4), rules::Missing(), true}));
  expect_recorded();

  // And back again: it is what it was, and what the other version asked for is retired.
  migrate({1, {medellin}, {}, false});
  EXPECT_EQ(plan("PAT/05001/2024").obligations.front().kind,
            *at(set.system->policy(1)->plans, plan("PAT/05001/2024").kind).find_obligation("informe"));
  expect_recorded();
}

TEST_F(SystemMigrationTest, ARenamingIsOfNoConcernToAKindThatKeepsTheName) {
  const std::pair<std::string, std::string> in_both = {
      "seguimiento { hito mesa", "seguimiento { hito diagnóstico { vence 30 de mayo } hito mesa"};
  const std::string caribe = "PCCT/Caribe/2024";
  migrate({publish({in_both}), {*PlanId::parse(caribe)}, {}, false});
  const PolicyVersion to =
      publish({in_both,
               {"    hito diagnóstico { vence 30 de abril }", "    hito línea_base { vence 30 de abril }"},
               {"de diagnóstico  requiere diagnóstico", "de línea_base  requiere línea_base"}});
  for (const PlanMigration& one :
       migrate({to, {medellin, *PlanId::parse(caribe)}, {{"diagnóstico", "línea_base"}}, false}))
    EXPECT_FALSE(one.refusal) << one.plan.to_string();
  const auto refused = set.system->migrate({to, {medellin}, {{"línea_base", "nada"}}, false}, {"dora"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().message,
            "la versión 3 no tiene nada llamado «nada» que pueda ser «línea_base»");
  expect_recorded();
}

TEST_F(SystemMigrationTest, ARenamingOfWhatNoPlanHasIsASlip) {
  const PolicyVersion to =
      publish({{"hito diagnóstico", "hito línea_base"},
               {"de diagnóstico  requiere diagnóstico", "de línea_base  requiere línea_base"}});
  const auto refused =
      set.system->migrate({to, {medellin}, {{"diagnostico_", "línea_base"}}, false}, {"dora"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().message, "ninguno de los planes tiene nada llamado «diagnostico_»");
  const auto told = migrate({to, {medellin, popayan}, {{"Diagnostico", "línea_base"}}, false});
  for (const PlanMigration& one : told) {
    ASSERT_FALSE(one.refusal);
    EXPECT_EQ(to_spanish(one.changes.at(0)), "el hito «diagnóstico» pasa a ser «línea_base»");
  }
  expect_recorded();
}

TEST_F(SystemMigrationTest, NeedsTheRightAndAPublishedVersion) {
  EXPECT_EQ(set.system->migrate({1, {medellin}, {}, true}, {"ana"}).refusal().message,
            "«ana» no tiene el derecho «migrar»");
  EXPECT_EQ(set.system->migrate({2, {medellin}, {}, true}, {"dora"}).refusal().message,
            "no se ha publicado la versión 2");
}

TEST_F(SystemMigrationTest, APlanAboveReadsThoseThatPassedAndThoseThatDidNot) {
  set.set_clock("2024-03-04T10:00");
  const PolicyVersion to =
      publish({{"hito diagnóstico { vence 30 de abril }", "hito diagnóstico { vence 30 de abril  peso 3 }"}});
  migrate({to, {medellin}, {}, false});
  for (const char* id : {"PAT/05001/2024", "PAT/05002/2024"}) {
    run("ana", id, CompleteComponent{"objetivos", {{"meta", "x"}}});
    run("ana", id, Act{"enviar"});
    run("carla", id, Act{"aprobar"});
    run("ana", id, AchieveHito{"diagnóstico", {}, ""});
  }
  const Plan& above = plan("PCCT/Caribe/2024");
  EXPECT_EQ(indicator_values(set.system->world(), above, set.system->now().date).at(0),
            Value(rules::Decimal::parse("62.5").value()))
      << "the mean of 75 and 50";
}

}  // namespace
}  // namespace cauce::engine
