#include "workflows/compile.hpp"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "workflows/compile_published.hpp"
#include "workflows/policy_fixture.hpp"

namespace cauce::workflows {
namespace {

using testing::compile_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::said_of;
using testing::sources_in;

std::string all_said(const Compiled& compiled, const dsl::Sources& sources) {
  std::string said;
  for (const dsl::Diagnostic& diagnostic : compiled.diagnostics)
    said += dsl::render(diagnostic, sources);
  return said;
}

const PlanKind& plan_of(const Compiled& compiled, std::string_view name) {
  return at(compiled.policy->plans, compiled.policy->find_plan(name).value());
}

const ObligationKind& obligation_of(const Compiled& compiled, std::string_view plan, std::string_view name) {
  const PlanKind& kind = plan_of(compiled, plan);
  return at(kind.obligations, kind.find_obligation(name).value());
}

std::vector<std::string> obligation_names(const PlanKind& kind) {
  std::vector<std::string> names;
  for (const ObligationKind& obligation : kind.obligations)
    names.push_back(obligation.name);
  return names;
}

std::vector<std::string> names_of(const Policy& policy, const std::vector<RoleId>& roles) {
  std::vector<std::string> names;
  for (const RoleId role : roles)
    names.push_back(at(policy.rules->roles, role).name);
  return names;
}

std::vector<std::string> period_names(const ObligationKind& report) {
  std::vector<std::string> names;
  for (const Period& period : report.periods)
    names.push_back(period.to_string());
  return names;
}

// --- The reference policy

class ReferencePolicy : public ::testing::Test {
 protected:
  static const Compiled& compiled() {
    static const Compiled reference = compile(sources_in("../shared/reference-policy"));
    return reference;
  }
};

TEST_F(ReferencePolicy, HasNothingToSayAgainst) {
  const dsl::Sources sources = sources_in("../shared/reference-policy");
  EXPECT_EQ(all_said(compiled(), sources), "");
  EXPECT_TRUE(compiled().ok());
}

TEST_F(ReferencePolicy, OwesWhatItSays) {
  EXPECT_THAT(obligation_names(plan_of(compiled(), "pat")),
              ElementsAre("informe_mensual", "corte_trimestral", "formulación", "pdt_diagnóstico",
                          "pdt_radicado", "pdt_adoptado", "armonización", "plan_indicativo",
                          "presupuesto_resultados", "banco", "rendición", "informe_final"));
  EXPECT_THAT(
      obligation_names(plan_of(compiled(), "PATD")),
      ElementsAre("informe_mensual", "formulación", "pdd_adoptado", "plan_indicativo", "informe_final"));
  EXPECT_THAT(obligation_names(plan_of(compiled(), "PCCT")),
              ElementsAre("formulación", "informe_mensual", "balance", "mesa_actores", "agenda_concertada",
                          "evaluación_anual"));
}

TEST_F(ReferencePolicy, OwesReportsInTheirPeriods) {
  EXPECT_THAT(period_names(obligation_of(compiled(), "PAT", "informe_mensual")),
              ElementsAre("2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "2024-07", "2024-08",
                          "2024-09", "2024-10", "2024-11"));
  EXPECT_THAT(period_names(obligation_of(compiled(), "PAT", "corte_trimestral")),
              ElementsAre("2024-T1", "2024-T2", "2024-T3"));
  EXPECT_THAT(period_names(obligation_of(compiled(), "PAT", "informe_final")), ElementsAre("2024"));
  EXPECT_EQ(obligation_of(compiled(), "PCCT", "informe_mensual").periods.size(), 9U);
}

TEST_F(ReferencePolicy, TiesThePlansOfMunicipalitiesToThoseOfRegions) {
  const PlanKind& pat = plan_of(compiled(), "PAT");
  EXPECT_EQ(pat.linked_to, compiled().policy->find_plan("PCCT"));
  EXPECT_EQ(pat.targeting, compiled().policy->rules->find_targeting("municipios"));
  EXPECT_EQ(at(compiled().policy->rules->entities, pat.entity).name, "municipio");
  EXPECT_FALSE(plan_of(compiled(), "PCCT").linked_to);
}

TEST_F(ReferencePolicy, SaysWhoMayDoWhat) {
  const Policy& policy = *compiled().policy;
  const PlanKind& pat = plan_of(compiled(), "PAT");
  EXPECT_THAT(names_of(policy, pat.in_charge), ElementsAre("enlace_territorial"));
  EXPECT_THAT(names_of(policy, pat.may_suspend),
              ElementsAre("articulador_regional", "enlace_acompañamiento", "dirección"));
  const Stage& review = at(pat.stages, pat.phase(Phase::formulation).stages.at(1));
  ASSERT_EQ(review.transitions.size(), 2U);
  EXPECT_EQ(review.transitions[0].action, "devolver");
  EXPECT_EQ(review.transitions[0].demand, dsl::Demand::motive);
  EXPECT_EQ(at(pat.stages, review.transitions[0].target).name, "borrador");
  EXPECT_TRUE(review.transitions[1].other_person);
  EXPECT_THAT(names_of(policy, obligation_of(compiled(), "PAT", "corte_trimestral").validators),
              ElementsAre("articulador_regional"));
}

TEST_F(ReferencePolicy, KnowsItsPhases) {
  const PlanKind& pat = plan_of(compiled(), "PAT");
  EXPECT_EQ(pat.phase(Phase::formulation).from, rules::make_date(2024, 1, 15));
  EXPECT_EQ(pat.phase(Phase::formulation).end_obligation, pat.find_obligation("formulacion"));
  EXPECT_TRUE(pat.phase(Phase::formulation).initial);
  EXPECT_FALSE(pat.phase(Phase::monitoring).initial);
  EXPECT_FALSE(pat.phase(Phase::monitoring).end_obligation);
  ASSERT_EQ(pat.indicators.size(), 2U);
  ASSERT_EQ(pat.indicators[0].levels.size(), 3U);
  EXPECT_EQ(pat.indicators[0].levels[0].name, "sobresaliente");
  EXPECT_EQ(pat.indicators[0].levels[2].from, rules::Decimal(0));
}

TEST_F(ReferencePolicy, HasItsLadders) {
  const Policy& policy = *compiled().policy;
  ASSERT_EQ(policy.ladders.size(), 2U);
  const Ladder& ladder = policy.ladders[0];
  EXPECT_EQ(ladder.name, "escalera");
  EXPECT_EQ(ladder.at, (rules::TimeOfDay{8, 0}));
  ASSERT_EQ(ladder.steps.size(), 5U);
  EXPECT_EQ(ladder.steps[0].side, dsl::StepSide::before);
  EXPECT_EQ(ladder.steps[0].offset.days, 3);
  EXPECT_THAT(ladder.steps[0].recipients, ElementsAre(Recipient{}));
  EXPECT_EQ(ladder.steps[1].side, dsl::StepSide::at_due);
  EXPECT_EQ(ladder.steps[1].offset.days, 0);
  EXPECT_EQ(ladder.steps[4].repeat_every, 5);
  EXPECT_EQ(ladder.steps[4].repeat_times, 3);
  EXPECT_THAT(ladder.steps[4].recipients,
              ElementsAre(Recipient{}, Recipient{policy.rules->find_role("dirección")}));
  EXPECT_EQ(ladder.steps[4].text,
            "10 días hábiles después y cada 5 hasta 3 veces avisa al responsable, dirección");
  ASSERT_EQ(ladder.digests.size(), 1U);
  EXPECT_EQ(ladder.digests[0].iso_weekday, 1);
  EXPECT_EQ(ladder.digests[0].at, (rules::TimeOfDay{7, 0}));
  EXPECT_EQ(plan_of(compiled(), "PAT").ladder, LadderId{0});
  EXPECT_EQ(plan_of(compiled(), "PCCT").ladder, LadderId{1});
}

TEST_F(ReferencePolicy, ServesAnotherYearAsItStands) {
  const Compiled next = compile(sources_in("../shared/reference-policy"), {.vigencia = 2025});
  EXPECT_EQ(period_names(obligation_of(next, "PAT", "informe_final")), std::vector<std::string>{"2025"});
  EXPECT_EQ(plan_of(next, "PAT").phase(Phase::formulation).from, rules::make_date(2025, 1, 15));
}

TEST(ExamplePolicy, HasNothingToSayAgainst) {
  const dsl::Sources sources = sources_in("examples/acompanamiento");
  EXPECT_EQ(all_said(compile(sources), sources), "");
}

// --- Forms

const std::string many_deadlines = R"(
plan PAT por municipio {
  a cargo de enlace
  reporte mensual cada mes { vence día hábil 5 del mes siguiente }
  reporte corte_del_trimestre cada trimestre { vence último día del mes exacto }
  reporte bitácora cada bimestre { vence 3 días calendario después   # un comentario
    del periodo }
  hito fecha { vence el 1° de mayo o hábil anterior }
  hito otro_año { vence 2024-12-31 }
  hito borde { vence primer día hábil de abril }
  hito tras_hito { vence 10 días hábiles después de fecha }
  hito tras_fase { vence 5 días hábiles después del seguimiento }
  hito antes { vence 10 días hábiles antes del 1 de octubre }
  hito sin_plazo { }
}
)";

TEST(Deadlines, KeepTheWordsOfThePolicy) {
  const Compiled compiled = compile_text(many_deadlines);
  std::vector<std::string> words;
  for (const ObligationKind& obligation : plan_of(compiled, "PAT").obligations) {
    words.push_back(obligation.due ? obligation.due->text : "-");
  }
  EXPECT_THAT(words, ElementsAre("día hábil 5 del mes siguiente", "último día del mes exacto",
                                 "3 días calendario después del periodo", "1° de mayo o hábil anterior",
                                 "2024-12-31", "primer día hábil de abril",
                                 "10 días hábiles después de fecha", "5 días hábiles después del seguimiento",
                                 "10 días hábiles antes del 1 de octubre", "-", "-"));
}

TEST(Deadlines, AreTheRightDays) {
  const Compiled compiled = compile_text(many_deadlines);
  const rules::Ruleset& rules = *compiled.policy->rules;
  const auto due = [&](std::string_view name, std::size_t period) {
    const ObligationKind& obligation = obligation_of(compiled, "PAT", name);
    rules::DeadlineContext context{.vigencia = 2024};
    if (!obligation.periods.empty()) context.period = obligation.periods.at(period);
    const auto date = rules::due_date(*obligation.due, context, rules.calendar);
    return date ? rules::to_iso(*date) : "por fijar";
  };
  EXPECT_EQ(due("mensual", 0), "2024-02-07");
  EXPECT_EQ(due("corte_del_trimestre", 0), "2024-03-31");  // a Sunday: exacto
  EXPECT_EQ(due("bitácora", 0), "2024-03-04");             // 3 March is a Sunday
  EXPECT_EQ(due("fecha", 0), "2024-04-30");                // 1 May is a holiday
  EXPECT_EQ(due("borde", 0), "2024-04-01");
  EXPECT_EQ(due("tras_hito", 0), "por fijar");
  EXPECT_EQ(due("antes", 0), "2024-09-17");
}

TEST(Deadlines, AreCountedFromHitosAndPhases) {
  const Compiled compiled = compile_text(many_deadlines);
  const PlanKind& kind = plan_of(compiled, "PAT");
  const auto anchor = [&](std::string_view name) {
    const auto& rule = std::get<rules::AfterAnchor>(obligation_of(compiled, "PAT", name).due->rule);
    return static_cast<ObligationKindId>(rule.anchor.obligation);
  };
  EXPECT_EQ(anchor("tras_hito"), kind.find_obligation("fecha"));
  EXPECT_EQ(anchor("tras_fase"), kind.find_obligation("seguimiento"));
}

TEST(Phases, OweTheirEndOnlyWhereItHasADeadlineOrSomethingWaitsForIt) {
  const Compiled compiled = compile_text(many_deadlines);
  const PlanKind& kind = plan_of(compiled, "PAT");
  EXPECT_FALSE(kind.phase(Phase::formulation).end_obligation);
  ASSERT_TRUE(kind.phase(Phase::monitoring).end_obligation);
  const ObligationKind& end = at(kind.obligations, *kind.phase(Phase::monitoring).end_obligation);
  EXPECT_EQ(end.type, ObligationType::phase);
  EXPECT_FALSE(end.due);
  EXPECT_EQ(end.in_charge, kind.in_charge);
}

TEST(Plans, GiveTheirPartsWhatThePartsDoNotSay) {
  const Compiled compiled = compile_text(R"(
rol jefe por región bajo dirección
plan PAT por municipio {
  a cargo de enlace
  gracia 3 días hábiles
  componente objetivos
  hito propio { vence 30 de abril  a cargo de jefe  corrige en 2 días hábiles }
  hito común { vence 30 de abril }
  seguimiento { gracia 8 días hábiles }
}
)");
  const Policy& policy = *compiled.policy;
  const PlanKind& kind = plan_of(compiled, "PAT");
  EXPECT_THAT(names_of(policy, obligation_of(compiled, "PAT", "propio").in_charge), ElementsAre("jefe"));
  EXPECT_THAT(names_of(policy, obligation_of(compiled, "PAT", "común").in_charge), ElementsAre("enlace"));
  EXPECT_EQ(obligation_of(compiled, "PAT", "propio").correction_days, 2);
  EXPECT_EQ(obligation_of(compiled, "PAT", "común").correction_days, 5);
  EXPECT_EQ(kind.phase(Phase::formulation).grace_days, 3);
  EXPECT_EQ(kind.phase(Phase::monitoring).grace_days, 8);
  ASSERT_EQ(kind.components.size(), 1U);
  ASSERT_EQ(kind.components[0].fields.size(), 1U);
  EXPECT_EQ(kind.components[0].fields[0].name, "texto");
  EXPECT_TRUE(kind.components[0].fields[0].required);
}

TEST(Plans, KnowTheTypesOfIndicatorsWhateverTheOrder) {
  const Compiled compiled = compile_text(R"(
plan REG por región {
  a cargo de dirección
  evaluación {
    indicador ambos = medio > 50 y alguno(PAT donde al_día)
    indicador medio = promedio(parte de PAT)
  }
}
plan PAT por municipio {
  vinculado a REG
  a cargo de enlace
  hito taller { vence 30 de abril }
  evaluación {
    indicador parte = avance / 2
    indicador al_día = no alguno(hitos donde vencido)
  }
}
)");
  EXPECT_THAT(compiled.diagnostics, IsEmpty());
  EXPECT_EQ(plan_of(compiled, "REG").indicators[0].value.type.kind, rules::TypeKind::truth);
  EXPECT_EQ(plan_of(compiled, "REG").indicators[1].value.type.kind, rules::TypeKind::number);
}

RC_GTEST_PROP(Recurrences, CoverTheirMonthsOnceAndInOrder, ()) {
  static constexpr std::array<std::pair<const char*, int>, 4> units = {
      {{"mes", 1}, {"bimestre", 2}, {"trimestre", 3}, {"semestre", 6}}};
  const auto& [unit, length] = units[*rc::gen::inRange<std::size_t>(0, units.size())];
  const int first = *rc::gen::inRange(0, 12 / length);
  const int last = *rc::gen::inRange(first, 12 / length);
  const Compiled compiled =
      compile_text(std::string("plan PAT por municipio { a cargo de enlace reporte r cada ") + unit +
                   " desde " + std::string(rules::month_name(first * length + 1)) + " hasta " +
                   std::string(rules::month_name((last + 1) * length)) +
                   " { vence 2 días hábiles después del periodo } }");
  RC_ASSERT(compiled.ok());
  const std::vector<Period>& periods = obligation_of(compiled, "PAT", "r").periods;
  RC_ASSERT(periods.size() == static_cast<std::size_t>(last - first + 1));
  for (std::size_t i = 0; i < periods.size(); ++i) {
    RC_ASSERT(periods[i].index == first + static_cast<int>(i) + 1);
    RC_ASSERT(periods[i].last_month() - periods[i].first_month() + 1 == length);
  }
}

// --- Mistakes

TEST(Mistakes, AreAllSaidInOneRunAndCauseNoSecondOne) {
  // The PAT has two mistakes of its own. REG reads an indicator of it, and its own mistake is said all the
  // same.
  EXPECT_EQ(said_of(R"(
plan REG por región {
  a cargo de dirección
  evaluación { indicador medio = promedio(parte de PAT) + avanze }
}
plan PAT por municipio {
  vinculado a REG
  a cargo de enlase
  hito taller { vence 5 días después de la formulación }
  evaluación { indicador parte = avance }
}
escenario "Nada" de PAT { espera inexistente = 3 }
)"),
            R"(error E0201: no existe un campo ni un parámetro «avanze»
  --> p.cauce:24:59
   |
24 |   evaluación { indicador medio = promedio(parte de PAT) + avanze }
   |                                                           ^^^^^^
   = ¿quiso decir «avance»?
error E0201: no existe un rol «enlase»
  --> p.cauce:28:14
   |
28 |   a cargo de enlase
   |              ^^^^^^
   = ¿quiso decir «enlace»?
error E0701: «5 días» no dice si son hábiles o calendario
  --> p.cauce:29:23
   |
29 |   hito taller { vence 5 días después de la formulación }
   |                       ^^^^^^
   = escriba «5 días hábiles» o «5 días calendario»: el artículo 62 de la Ley 4 de 1913 los lee como hábiles, y mucha gente no
)");
}

TEST(Mistakes, LeaveOutTheDeclarationAndWhatDependsOnIt) {
  const Compiled compiled = compile_text(R"(
alertas rota { 3 días después avisa al responsable }
alertas sana { al vencer avisa al responsable }
plan LIBRE por municipio { a cargo de enlace  alertas sana }
plan ATADO por municipio { a cargo de enlace  alertas rota }
plan REG por región {
  a cargo de dirección
  evaluación { indicador cuántos = cuenta(VEREDAL) }
}
plan VEREDAL por municipio { vinculado a REG  a cargo de enlace  hito taller { vence 5 días después de la formulación } }
)");
  EXPECT_EQ(dsl::count(compiled.diagnostics, dsl::Severity::error), 2U);
  EXPECT_EQ(compiled.policy->ladders.size(), 1U);
  EXPECT_TRUE(compiled.policy->find_plan("LIBRE"));
  EXPECT_FALSE(compiled.policy->find_plan("ATADO"));
  EXPECT_FALSE(compiled.policy->find_plan("VEREDAL"));
  EXPECT_FALSE(compiled.policy->find_plan("REG"));
}

TEST(Mistakes, OfferTheNearestMonth) {
  const Compiled compiled = compile_text(R"(
plan PAT por municipio {
  a cargo de enlace
  reporte r cada semestre desde mayo { vence 2 días hábiles después del periodo }
}
)");
  ASSERT_EQ(compiled.diagnostics.size(), 1U);
  EXPECT_EQ(compiled.diagnostics[0].message, "«mayo» no es el primer mes de un semestre");
  EXPECT_EQ(compiled.diagnostics[0].replacement, "julio");
}

TEST(Mistakes, InTheTextAreNotBlamedOnThePlans) {
  const Compiled compiled = compile_text(R"(
plan PAT por municipio {
  a cargo de enlace
  hito taller { vence }
}
plan REG por región { a cargo de dirección  evaluación { indicador medio = promedio(avance de PAT) } }
escenario "Nada" de PAT { espera cumplido(taller) }
)");
  ASSERT_EQ(compiled.diagnostics.size(), 1U);
  EXPECT_EQ(compiled.diagnostics[0].code, dsl::Code::unexpected_text);
}

// --- What was published

TEST(Published, MeansWhatItMeantWhenItWasChecked) {
  const dsl::Sources sources = sources_in("../shared/reference-policy");
  const Compiled checked = compile(sources, {2025});
  const auto read = compile_published(sources, 2025);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->rules->vigencia, 2025);
  ASSERT_EQ(read->plans.size(), checked.policy->plans.size());
  for (std::size_t i = 0; i < read->plans.size(); ++i) {
    EXPECT_EQ(read->plans[i].name, checked.policy->plans[i].name);
    EXPECT_EQ(obligation_names(read->plans[i]), obligation_names(checked.policy->plans[i]));
  }
}

TEST(Published, IsNotJudgedAgain) {
  const dsl::Sources with_bad_test = testing::sources_of(R"(
plan PAT por municipio { a cargo de enlace  hito taller { vence 30 de abril } }
escenario "Nada" de PAT { espera inexistente = 3 }
)");
  EXPECT_FALSE(compile(with_bad_test).ok());
  EXPECT_TRUE(compile_published(with_bad_test, 2024));
}

TEST(Published, ThatCannotBeReadIsNone) {
  EXPECT_FALSE(compile_published(testing::sources_of("plan PAT por nada { a cargo de enlace }"), 2024));
  EXPECT_FALSE(compile_published(testing::sources_of("plan PAT por {"), 2024));
}

TEST(Limits, PlansGrowInLinearTime) {
  // Ten thousand hitos, each after the one before: any quadratic step would be felt.
  std::string text = "plan PAT por municipio { a cargo de enlace\nhito h0 { vence 30 de abril }\n";
  for (int i = 1; i < 10000; ++i) {
    const std::string before = "h" + std::to_string(i - 1);
    text += "hito h" + std::to_string(i) + " { vence 1 día hábil después de " + before + " requiere " +
            before + " }\n";
  }
  const Compiled compiled = compile_text(text + "}\n");
  EXPECT_TRUE(compiled.ok());
  EXPECT_EQ(plan_of(compiled, "PAT").obligations.size(), 10000U);
}

}  // namespace
}  // namespace cauce::workflows
