#include "workflows/plan_scope.hpp"

#include <map>

#include <gtest/gtest.h>

#include "workflows/policy_fixture.hpp"
#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using testing::day;
using testing::StoryWorld;

const std::string scope_policy = testing::preamble + R"(
plan REG por región {
  a cargo de dirección
  evaluación {
    indicador medio = promedio(cumplimiento de PAT)
    indicador con_mora = cuenta(PAT donde vencidos > 0)
  }
}
plan PAT por municipio {
  vinculado a REG
  a cargo de enlace
  componente objetivos obligatorio {
    campo uno: texto obligatorio
    campo dos: texto
  }
  componente lecciones
  reporte mensual cada mes desde febrero hasta abril {
    vence día hábil 5 del mes siguiente
    campo actividades: entero
  }
  reporte balance al cierre {
    vence 13 de diciembre
    valida dirección
    campo actividades: entero
    campo logros: texto
  }
  formulación {
    vence 15 de marzo
    etapa borrador inicial { enlace puede enviar y pasa a enviado }
    etapa enviado final
  }
  seguimiento {
    hito taller { vence 30 de abril  peso 60 }
    hito acta { vence 31 de mayo  peso 30 }
    hito cierre { vence 10 días hábiles después de acta }
  }
  evaluación {
    indicador cumplimiento = avance
    indicador doble = 2 * cumplimiento
  }
}
)";

std::shared_ptr<const Policy> policy_from(const std::string& text) {
  const dsl::Sources sources = {{"p.cauce", text}};
  const Compiled compiled = compile(sources);
  for (const dsl::Diagnostic& diagnostic : compiled.diagnostics) {
    if (dsl::severity_of(diagnostic.code) == dsl::Severity::error) {
      ADD_FAILURE() << dsl::render(diagnostic, sources);
    }
  }
  return compiled.policy;
}

/// A plan of 08001, and one of the region above it.
class PlanScope : public ::testing::Test {
 protected:
  PlanScope() : world(policy_from(scope_policy)), policy(world.policy(1)) {
    world.add("región", {{{rules::Value("Caribe")}, ""}});
    world.add("municipio", {{{"08001", "Barranquilla", "Municipio", rules::Decimal(1200000)}, "Caribe"},
                            {{"08078", "Baranoa", "Municipio", rules::Missing()}, "Caribe"}});
    Plan region;
    region.id = {"REG", "Caribe", 2024};
    region.policy_version = 1;
    region.kind = *policy.find_plan("REG");
    world.plans[region.id] = region;
    add_plan("08001");
  }

  Plan& add_plan(const std::string& entity) {
    Plan plan;
    plan.id = {"PAT", entity, 2024};
    plan.policy_version = 1;
    plan.kind = *policy.find_plan("PAT");
    plan.linked_to = PlanId{"REG", "Caribe", 2024};
    plan.stage = StageId{0};
    const PlanKind& kind = at(policy.plans, plan.kind);
    plan.components.resize(kind.components.size());
    for (std::uint32_t i = 0; i < kind.obligations.size(); ++i)
      add_obligations(plan, kind.obligations[i], i);
    return world.plans[plan.id] = plan;
  }

  void add_obligations(Plan& plan, const ObligationKind& kind, std::uint32_t index) const {
    const auto add = [&](std::optional<Period> period) {
      Obligation obligation;
      obligation.kind = ObligationKindId{index};
      obligation.period = period;
      obligation.due = rules::due_date(*kind.due, {2024, period, {}}, policy.rules->calendar);
      obligation.enforceable_from = day("2024-01-15");
      plan.obligations.push_back(obligation);
    };
    if (kind.periods.empty()) add(std::nullopt);
    for (const Period& period : kind.periods)
      add(period);
  }

  Plan& plan() { return world.plans.at({"PAT", "08001", 2024}); }
  Plan& region() { return world.plans.at({"REG", "Caribe", 2024}); }

  Obligation& obligation(std::string_view name, std::size_t which = 0) {
    const auto wanted = at(policy.plans, plan().kind).find_obligation(name);
    for (Obligation& one : plan().obligations) {
      if (one.kind == wanted && which-- == 0) return one;
    }
    throw std::invalid_argument("no such obligation");
  }

  void deliver(Obligation& report, const std::string& on, bool on_time, std::vector<Value> fields) {
    report.state = ObligationState::delivered;
    report.fulfilled_on = day(on);
    report.on_time = on_time;
    report.fields = std::move(fields);
  }

  void achieve(Obligation& hito, const std::string& on, bool on_time) {
    hito.state = ObligationState::achieved;
    hito.fulfilled_on = day(on);
    hito.on_time = on_time;
  }

  /// What an expression gives for a plan on a day; what is wrong with it if it cannot be bound.
  std::string value(const std::string& text, const std::string& on, const Plan& of) {
    return evaluate(text, policy.plan_scopes->plan(of.kind), *plan_facts(world, of, day(on)), day(on));
  }
  std::string value(const std::string& text, const std::string& on = "2024-02-01") {
    return value(text, on, plan());
  }

  std::string evaluate(const std::string& text, const rules::Scope& scope, const rules::Facts& facts,
                       Date on) {
    const dsl::Sources sources = {{"expr", text}};
    dsl::Diagnostics diagnostics;
    const auto parsed = dsl::parse_expression(sources, 0, diagnostics);
    const auto bound =
        parsed ? rules::bind(*parsed, scope, *policy.rules, std::nullopt, diagnostics) : std::nullopt;
    if (!bound) return diagnostics.empty() ? "?" : diagnostics.front().message;
    return rules::to_display(rules::evaluate(*bound, facts, {*policy.rules, on}));
  }

  StoryWorld world;
  const Policy& policy;
};

TEST_F(PlanScope, HasTheAttributesOfThePlan) {
  EXPECT_EQ(value("fase"), "formulación");
  EXPECT_EQ(value("etapa"), "borrador");
  EXPECT_EQ(value("situación"), "activo");
  EXPECT_EQ(value("tipo"), "PAT");
  EXPECT_EQ(value("entidad"), "08001");
  EXPECT_EQ(value("vigencia"), "2024");
  EXPECT_EQ(value("fase = formulación y situación != suspendido"), "sí");
  EXPECT_EQ(value("etapa = revisión"), "«revisión» no es uno de los valores posibles");
}

TEST_F(PlanScope, HasTheFieldsOfItsEntityAndOfThoseAbove) {
  EXPECT_EQ(value("población"), "1200000");
  EXPECT_EQ(value("nombre"), "Barranquilla");
  EXPECT_EQ(value("región"), "Caribe");
  EXPECT_EQ(value("región.código"), "Caribe");
  EXPECT_EQ(value("municipio"), "08001");
  EXPECT_EQ(value("municipio.tipo"), "Municipio")
      << "an attribute hides a field of its name, which has another way";
  EXPECT_EQ(value("población", "2024-02-01", add_plan("08078")), "sin dato");
  EXPECT_EQ(value("población", "2024-02-01", add_plan("99999")), "sin dato") << "an entity without data";
}

TEST_F(PlanScope, NamesThePhaseWithoutStages) {
  plan().lifecycle.phase = Phase::monitoring;
  plan().stage.reset();
  EXPECT_EQ(value("etapa"), "en_curso");
  plan().lifecycle.phase = Phase::closed;
  EXPECT_EQ(value("etapa"), "terminada");
  EXPECT_EQ(value("fase"), "cerrado");
}

TEST_F(PlanScope, CountsWhatIsOverdue) {
  EXPECT_EQ(value("vencidos", "2024-03-07"), "0") << "the report of February is due on this day";
  EXPECT_EQ(value("vencidos", "2024-03-08"), "1");
  EXPECT_EQ(value("vencido(mensual, febrero)", "2024-03-08"), "sí");
  EXPECT_EQ(value("vencido(mensual, marzo)", "2024-03-08"), "no");
  EXPECT_EQ(value("vencido(mensual)", "2024-03-08"), "sí") << "one of its periods is";
  EXPECT_EQ(value("vencido(formulación)", "2024-03-15"), "no");
  EXPECT_EQ(value("vencido(formulación)", "2024-03-16"), "sí");
}

TEST_F(PlanScope, WeighsWhatIsAchieved) {
  EXPECT_EQ(value("avance"), "0");
  achieve(obligation("taller"), "2024-04-30", true);
  EXPECT_EQ(value("redondea(avance, 4)"), "65.9341") << "60 of 60 + 30 + 1";
  obligation("cierre").state = ObligationState::waived;
  EXPECT_EQ(value("redondea(avance, 4)"), "66.6667") << "what is waived weighs nothing";
  EXPECT_EQ(value("avance", "2024-02-01", region()), "sin dato") << "no hitos at all";
}

TEST_F(PlanScope, AsksComponents) {
  EXPECT_EQ(value("componentes_completos"), "no");
  EXPECT_EQ(value("completo(lecciones)"), "no");
  plan().components[0].fields = {rules::Missing(), "algo"};
  EXPECT_EQ(value("completo(objetivos)"), "no") << "an obligatory field is empty";
  plan().components[0].fields = {"algo", rules::Missing()};
  EXPECT_EQ(value("completo(objetivos)"), "sí");
  EXPECT_EQ(value("componentes_completos"), "sí") << "lecciones is not obligatory";
  EXPECT_EQ(value("cuenta(componentes donde completo y obligatorio)"), "1");
  EXPECT_EQ(value("alguno(componentes donde nombre = \"lecciones\" y no completo)"), "sí");
}

TEST_F(PlanScope, AsksObligationsByTheirName) {
  EXPECT_EQ(value("cumplido(taller)"), "no");
  achieve(obligation("taller"), "2024-04-29", true);
  EXPECT_EQ(value("cumplido(taller)"), "sí");
  EXPECT_EQ(value("vence(taller)"), "2024-04-30");
  EXPECT_EQ(value("vence(cierre)"), "sin dato") << "por fijar";
  EXPECT_EQ(value("vence(mensual, marzo)"), "2024-04-05");
  EXPECT_EQ(value("vence(mensual)"), "2024-03-07") << "the first that is open";
  deliver(obligation("mensual", 0), "2024-03-01", true, {});
  EXPECT_EQ(value("vence(mensual)"), "2024-04-05");
  EXPECT_EQ(value("entregado(mensual, febrero)"), "sí");
  EXPECT_EQ(value("entregado(mensual)"), "no") << "not each period";
  EXPECT_EQ(value("entregado(mensual, mayo)"), "sin dato") << "it is not owed in May";
}

TEST_F(PlanScope, TellsDeliveredFromValidated) {
  Obligation& balance = obligation("balance");
  deliver(balance, "2024-12-02", true, {});
  EXPECT_EQ(value("entregado(balance)"), "sí");
  EXPECT_EQ(value("validado(balance)"), "no");
  balance.state = ObligationState::returned;
  balance.correction_due = rules::make_date(2024, 12, 20);
  EXPECT_EQ(value("entregado(balance)"), "no") << "until it is delivered again";
  EXPECT_EQ(value("vence(balance)"), "2024-12-20") << "as its delay counts";
  balance.state = ObligationState::validated;
  EXPECT_EQ(value("entregado(balance) y validado(balance)"), "sí");
}

TEST_F(PlanScope, KnowsOnTimeOnlyOfWhatIsExigido) {
  EXPECT_EQ(value("cuenta(hitos donde exigido)", "2024-04-30"), "0");
  EXPECT_EQ(value("alguno(hitos donde a_tiempo)", "2024-04-30"), "sin dato");
  EXPECT_EQ(value("cuenta(hitos donde exigido)", "2024-05-02"), "1") << "past its deadline";
  EXPECT_EQ(value("cuenta(hitos donde exigido y a_tiempo)", "2024-05-02"), "0");
  achieve(obligation("acta"), "2024-05-02", true);
  EXPECT_EQ(value("cuenta(hitos donde exigido y a_tiempo)", "2024-05-02"), "1")
      << "achieved before its deadline";
}

TEST_F(PlanScope, KnowsThatWhatWasLateStaysSoWhereThereIsMoreTime) {
  Obligation& report = obligation("mensual");
  ASSERT_EQ(report.due, day("2024-03-07"));
  report.due = day("2024-04-22");
  EXPECT_EQ(value("cuenta(reportes donde exigido)", "2024-04-03"), "0");
  report.missed = day("2024-03-07");
  EXPECT_EQ(value("cuenta(reportes donde exigido y no a_tiempo)", "2024-04-03"), "1");
  EXPECT_EQ(value("máximo(días_de_mora de reportes)", "2024-04-03"), "16");
  EXPECT_EQ(value("alguno(reportes donde vencido)", "2024-04-03"), "no");
}

TEST_F(PlanScope, HoldsDeliveriesExigidoOnlyWhenTheyAreValidated) {
  Obligation& balance = obligation("balance");
  deliver(balance, "2024-12-02", true, {});
  EXPECT_EQ(value("cuenta(reportes donde exigido y nombre = \"balance\")", "2024-12-03"), "0");
  balance.state = ObligationState::validated;
  EXPECT_EQ(value("cuenta(reportes donde exigido y nombre = \"balance\")", "2024-12-03"), "1");
}

TEST_F(PlanScope, LetsNothingFallDueWhileSuspended) {
  plan().lifecycle.standing = Standing::suspended;
  plan().suspended_on = day("2024-04-15");
  EXPECT_EQ(value("cuenta(hitos donde exigido)", "2024-06-28"), "0");
  EXPECT_EQ(value("situación = suspendido", "2024-06-28"), "sí");
}

TEST_F(PlanScope, LeavesOutOfItsCollectionsWhatIsNotOwed) {
  EXPECT_EQ(value("cuenta(reportes)"), "4");
  EXPECT_EQ(value("cuenta(hitos)"), "3");
  const std::map<std::size_t, ObligationState> gone = {
      {0, ObligationState::waived}, {1, ObligationState::not_due}, {2, ObligationState::retired}};
  for (const auto& [period, state] : gone)
    obligation("mensual", period).state = state;
  EXPECT_EQ(value("cuenta(reportes)"), "1");
  obligation("balance").state = ObligationState::void_;
  EXPECT_EQ(value("cuenta(reportes)"), "0");
  EXPECT_EQ(value("suma(actividades de reportes)"), "0") << "over nothing";
}

TEST_F(PlanScope, ReadsTheFieldsOfReports) {
  deliver(obligation("mensual", 0), "2024-03-01", true, {rules::Decimal(3)});
  deliver(obligation("mensual", 1), "2024-04-01", true, {rules::Decimal(4)});
  EXPECT_EQ(value("suma(actividades de reportes donde entregado)"), "7");
  EXPECT_EQ(value("suma(actividades de reportes)"), "sin dato") << "some are not delivered";
  deliver(obligation("balance"), "2024-12-01", true, {rules::Decimal(5), "Todo"});
  EXPECT_EQ(value("suma(actividades de reportes donde entregado)"), "12") << "a field that two reports share";
  EXPECT_EQ(value("alguno(reportes donde logros = \"Todo\")"), "sí");
  EXPECT_EQ(value("cuenta(reportes donde periodo = \"2024-03\" y fecha = 2024-04-01)"), "1");
}

TEST_F(PlanScope, ReachesThePlanFromItsElements) {
  EXPECT_EQ(value("cuenta(hitos donde plan.fase = formulación y plan.población > 1000)"), "3");
  EXPECT_EQ(value("cuenta(reportes donde plan = \"PAT/08001/2024\")"), "4");
  EXPECT_EQ(value("suma(peso de hitos donde plan.municipio.nombre = \"Barranquilla\")"), "91");
}

TEST_F(PlanScope, GivesElementsAlone) {
  const Plan& of = plan();
  const auto facts = obligation_facts(world, of, ObligationId{0}, day("2024-03-13"));
  const rules::Scope& scope = policy.plan_scopes->report(of.kind);
  EXPECT_EQ(evaluate("nombre", scope, *facts, day("2024-03-13")), "mensual");
  EXPECT_EQ(evaluate("días_de_mora", scope, *facts, day("2024-03-13")), "4");
  EXPECT_EQ(evaluate("plan.entidad", scope, *facts, day("2024-03-13")), "08001");
  const auto component = component_facts(world, of, ComponentId{1}, day("2024-03-13"));
  EXPECT_EQ(evaluate("nombre", policy.plan_scopes->component(of.kind), *component, day("2024-03-13")),
            "lecciones");
}

TEST_F(PlanScope, ReadsLinkedPlansAndTheirIndicators) {
  EXPECT_EQ(value("cuenta(PAT)", "2024-02-01", region()), "1");
  add_plan("08078");
  achieve(obligation("taller"), "2024-04-01", true);
  EXPECT_EQ(value("cuenta(PAT)", "2024-02-01", region()), "2");
  EXPECT_EQ(value("redondea(medio, 2)", "2024-02-01", region()), "32.97");
  EXPECT_EQ(value("con_mora", "2024-03-08", region()), "2");
  EXPECT_EQ(value("suma(cuenta(hitos donde cumplido) de PAT)", "2024-02-01", region()), "1");
  EXPECT_EQ(value("cuenta(PAT donde cumplido(taller))", "2024-02-01", region()), "1");
}

TEST_F(PlanScope, FreezesIndicatorsWhenThePlanIsClosed) {
  const Indicator levelled = at(policy.plans, plan().kind).indicators.front();
  EXPECT_EQ(value("doble"), "0");
  plan().lifecycle.phase = Phase::closed;
  plan().frozen_indicators = {rules::Decimal(70), rules::Decimal(141)};
  EXPECT_EQ(value("cumplimiento"), "70");
  EXPECT_EQ(value("doble"), "141");
  EXPECT_EQ(value("medio", "2024-02-01", region()), "70") << "read from a live plan, too";
  const std::vector<Value> values = indicator_values(world, plan(), day("2024-12-20"));
  EXPECT_EQ(values, plan().frozen_indicators);
}

TEST(Levels, GiveTheHighestThatIsReached) {
  Indicator indicator;
  indicator.levels = {{"alto", rules::Decimal(90)}, {"medio", rules::Decimal(70)}};
  EXPECT_EQ(level_of(indicator, rules::Decimal(90)), "alto");
  EXPECT_EQ(level_of(indicator, rules::Decimal(89)), "medio");
  EXPECT_EQ(level_of(indicator, rules::Decimal(69)), "");
  EXPECT_EQ(level_of(indicator, rules::Missing()), "");
}

// --- Plans of two versions of a policy

/// Version 1 is `scope_policy`; version 2 has the same plans with their parts in another order.
class TwoVersions : public StoryWorld {
 public:
  TwoVersions(std::shared_ptr<const Policy> first, std::shared_ptr<const Policy> second)
      : StoryWorld(std::move(first)), second_(std::move(second)) {}
  const Policy& policy(PolicyVersion version) const override {
    return version == 2 ? *second_ : StoryWorld::policy(version);
  }

 private:
  std::shared_ptr<const Policy> second_;
};

TEST(PlanVersions, ReadOneAnotherByName) {
  const auto first = policy_from(testing::preamble + R"(
plan PAT por municipio {
  vinculado a REG
  a cargo de enlace
  hito taller { vence 30 de abril }
  evaluación {
    indicador otro = 1
    indicador parte = 10
  }
}
plan REG por región { a cargo de dirección }
)");
  const auto second = policy_from(testing::preamble + R"(
plan REG por región {
  a cargo de dirección
  evaluación { indicador medio = promedio(parte de PAT)  indicador hechos = cuenta(PAT donde cumplido(taller)) }
}
plan PAT por municipio {
  vinculado a REG
  a cargo de enlace
  hito acta { vence 30 de abril }
  hito taller { vence 30 de abril }
  evaluación { indicador parte = 20 }
}
)");
  TwoVersions world(first, second);
  world.add("región", {{{rules::Value("Caribe")}, ""}});
  Plan region;
  region.id = {"REG", "Caribe", 2024};
  region.policy_version = 2;
  region.kind = *second->find_plan("REG");
  const auto add = [&](const std::string& entity, PolicyVersion version, const Policy& policy) {
    Plan plan;
    plan.id = {"PAT", entity, 2024};
    plan.policy_version = version;
    plan.kind = *policy.find_plan("PAT");
    plan.linked_to = region.id;
    Obligation taller;
    taller.kind = *at(policy.plans, plan.kind).find_obligation("taller");
    taller.state = ObligationState::achieved;
    plan.obligations = {taller};
    world.plans[plan.id] = plan;
  };
  add("08001", 1, *first);
  add("08078", 2, *second);
  const std::vector<Value> values = indicator_values(world, region, day("2024-02-01"));
  ASSERT_EQ(values.size(), 2U);
  EXPECT_EQ(rules::to_display(values[0]), "15") << "10 by the first version, 20 by the second";
  EXPECT_EQ(rules::to_display(values[1]), "2");
}

}  // namespace
}  // namespace cauce::workflows
