#include "workflows/contribution.hpp"

#include <gtest/gtest.h>

#include "workflows/plan_scope.hpp"
#include "workflows/policy_fixture.hpp"

namespace cauce::workflows {
namespace {

const std::string policy_text = testing::preamble + R"(
frente agendas "Agendas" { corto "Incorporan"  largo "Se articula" }
frente capacidades "Capacidades" { corto "Corrigen"  mediano "Reducen" }
servicio taller "Taller" forma capacitación
servicio asesoría "Asesoría" forma asistencia_técnica
servicio visita "Visita" forma asistencia_técnica
servicio boletín "Boletín" forma información
plan PAT por municipio {
  a cargo de enlace
  seguimiento {
    hito uno { vence 30 de abril  peso 10  aporta a capacidades.corto, capacidades.mediano  mediante taller }
    hito dos { vence 30 de abril  peso 30  aporta a capacidades.corto, agendas.largo  mediante asesoría, visita }
    hito tres { vence 30 de abril  aporta a agendas.largo }
    hito suelto { vence 30 de abril  peso 59 }
  }
}
)";

class ContributionTest : public ::testing::Test {
 protected:
  ContributionTest() {
    plan.obligations.resize(4);
    for (std::uint32_t index = 0; index < 4; ++index)
      plan.obligations[index].kind = ObligationKindId{index};
  }

  /// `frente capacidades 1/2 25`
  static std::vector<std::string> told(const ContributionTally& tally) {
    std::vector<std::string> lines;
    for (const ContributionLine& line : tally.lines()) {
      lines.push_back(std::string(spanish_name(line.by)) + " " + line.name + " " +
                      std::to_string(line.achieved) + "/" + std::to_string(line.hitos) + " " +
                      rules::to_display(line.progress()));
    }
    return lines;
  }

  const Compiled compiled = compile({{"p.cauce", policy_text}});
  const PlanKind& kind = compiled.policy->plans.front();
  const rules::Ruleset& rules = *compiled.policy->rules;
  Plan plan;
};

using Lines = std::vector<std::string>;

TEST_F(ContributionTest, IsToldByFrontTermResultServiceAndForm) {
  plan.obligations[0].state = ObligationState::achieved;
  ContributionTally tally;
  tally.add(plan, kind, rules);
  EXPECT_EQ(told(tally), (Lines{"frente agendas 0/2 0", "frente capacidades 1/2 25", "plazo corto 1/2 25",
                                "plazo mediano 1/1 100", "plazo largo 0/2 0", "resultado agendas.largo 0/2 0",
                                "resultado capacidades.corto 1/2 25", "resultado capacidades.mediano 1/1 100",
                                "servicio taller 1/1 100", "servicio asesoría 0/1 0", "servicio visita 0/1 0",
                                "forma capacitación 1/1 100", "forma asistencia_técnica 0/1 0"}))
      << "a milestone counts once in each line, whatever the ways that lead there";
}

TEST_F(ContributionTest, WhatCountsNoMoreIsInNoLine) {
  plan.obligations[0].state = ObligationState::waived;
  plan.obligations[1].state = ObligationState::achieved;
  plan.obligations[2].state = ObligationState::retired;
  ContributionTally tally;
  tally.add(plan, kind, rules);
  EXPECT_EQ(told(tally), (Lines{"frente agendas 1/1 100", "frente capacidades 1/1 100", "plazo corto 1/1 100",
                                "plazo largo 1/1 100", "resultado agendas.largo 1/1 100",
                                "resultado capacidades.corto 1/1 100", "servicio asesoría 1/1 100",
                                "servicio visita 1/1 100", "forma asistencia_técnica 1/1 100"}));
}

TEST_F(ContributionTest, PlansAreAddedByTheWeightOfTheirMilestones) {
  Plan other = plan;
  other.obligations[0].state = ObligationState::achieved;
  other.obligations[1].state = ObligationState::achieved;
  ContributionTally tally;
  tally.add(plan, kind, rules);
  tally.add(other, kind, rules);
  const std::vector<ContributionLine> lines = tally.lines();
  EXPECT_EQ(lines.at(1).title, "Capacidades");
  EXPECT_EQ(lines.at(1).hitos, 4U);
  EXPECT_EQ(lines.at(1).progress(), Value(rules::Decimal(50)));
  EXPECT_EQ(lines.at(0).progress(), Value(*divide(rules::Decimal(3000), rules::Decimal(62))));
}

}  // namespace
}  // namespace cauce::workflows
