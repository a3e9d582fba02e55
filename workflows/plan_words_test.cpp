#include "workflows/plan_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workflows/owed.hpp"
#include "workflows/policy_fixture.hpp"

namespace cauce::workflows {
namespace {

using ::testing::ElementsAre;

const char* const plan_text = R"(
alertas e a las 7:05 {
  1 día hábil antes recuerda al responsable
  al vencer avisa al responsable, dirección
  3 días hábiles después y cada 2 hasta 1 vez escala a dirección
  resumen cada lunes a dirección
}
plan P por municipio {
  a cargo de enlace
  alertas e
  componente anexos "Anexos"
  reporte mensual "Reporte mensual" cada mes desde febrero hasta junio excepto abril {
    vence día hábil 5 del mes siguiente
    cierra 20 días hábiles después
  }
  formulación {
    al terminar exige completo(anexos) y no vencido(acta) y entregado(mensual, mayo)
    etapa escrito inicial {
      enlace puede enviar y pasa a enviado con motivo por otra persona
        si no componentes_completos o vencidos > 2
    }
    etapa enviado final
  }
  seguimiento {
    hito acta "Acta" { vence 15 de junio }
    hito tras_acta { vence 1 día hábil después de acta o hábil anterior }
    hito tras_fase { vence 10 días calendario después de la formulación exacto }
    hito suelto {}
  }
  evaluación { vence 29 de diciembre  reporte final "Final" al cierre { vence 13 de diciembre  cierra 20 de diciembre } }
}
)";

class PlanWordsTest : public ::testing::Test {
 protected:
  PlanWordsTest() { compiled = compile(sources); }
  const Policy& policy() const { return *compiled.policy; }
  const PlanKind& kind() const { return policy().plans.at(0); }
  const ObligationKind& obligation(const char* name) const {
    return at(kind().obligations, kind().find_obligation(name).value());
  }
  std::string condition(const rules::Expression& expression) const {
    const PlanNames names(policy(), kind());
    return rules::to_text(rules::condition_in_words(expression, {*policy().rules, sources, names}));
  }

  dsl::Sources sources = testing::sources_of(plan_text);
  Compiled compiled;
};

TEST_F(PlanWordsTest, ConditionsNameWhatTheyAskFor) {
  ASSERT_TRUE(compiled.ok()) << testing::said_of(plan_text);
  EXPECT_EQ(condition(kind().phase(Phase::formulation).exits.at(0).expression),
            "el componente «Anexos» está completo, el hito «Acta» no está vencido, y se entregó el reporte "
            "«Reporte "
            "mensual» de mayo de 2024");
  const Transition& send = kind().stages.at(0).transitions.at(0);
  EXPECT_EQ(
      condition(*send.condition),
      "falta completar algún componente obligatorio o el número de obligaciones vencidas es mayor que 2");
  EXPECT_EQ(demands_in_words(send), "con motivo y por otra persona");
}

TEST_F(PlanWordsTest, Deadlines) {
  EXPECT_EQ(in_words(*obligation("acta").due, kind()), "15 de junio");
  EXPECT_EQ(in_words(*obligation("tras_acta").due, kind()),
            "1 día hábil después del hito «Acta», o hábil anterior");
  EXPECT_EQ(in_words(*obligation("tras_fase").due, kind()),
            "10 días calendario después de la formulación, aunque no sea día hábil");
  EXPECT_EQ(closing_in_words(obligation("mensual")), "20 días hábiles después");
  EXPECT_EQ(closing_in_words(obligation("final")), "20 de diciembre de 2024");
  EXPECT_EQ(closing_in_words(obligation("acta")), "");
}

TEST_F(PlanWordsTest, Recurrences) {
  EXPECT_EQ(recurrence_in_words(obligation("mensual")), "cada mes, de febrero a junio de 2024 (sin abril)");
  EXPECT_EQ(recurrence_in_words(obligation("final")), "al cierre de la vigencia");
}

TEST_F(PlanWordsTest, Alerts) {
  const Ladder& ladder = policy().ladders.at(0);
  std::vector<std::string> lines;
  for (const LadderStep& step : ladder.steps)
    lines.push_back(moment_in_words(step) + ": " + message_in_words(step, policy()));
  EXPECT_THAT(
      lines,
      ElementsAre("1 día hábil antes del vencimiento: se recuerda a quien está a cargo",
                  "Al vencer (el primer día hábil después del plazo): se avisa a quien está a cargo y a "
                  "la dirección",
                  "3 días hábiles después del vencimiento: se escala a la dirección; se repite cada 2 "
                  "días hábiles, hasta 1 vez más"));
  EXPECT_EQ(in_words(ladder.digests.at(0), policy()), "cada lunes a las 7:05, a la dirección");
}

TEST_F(PlanWordsTest, WhatIsOwedByItsDeadline) {
  std::vector<std::string> lines;
  for (const Owed& owed : owed_in_vigencia(kind(), *policy().rules)) {
    lines.push_back((owed.day ? rules::to_iso(owed.day->due) : "por fijar") + std::string(" ") +
                    owed.obligation->name + (owed.period ? " " + owed.period->to_string() : "") + ": " +
                    rule_in_words(owed, *policy().rules));
  }
  EXPECT_THAT(
      lines,
      ElementsAre(
          "2024-03-07 mensual 2024-02: día hábil 5 del mes siguiente",
          "2024-04-05 mensual 2024-03: día hábil 5 del mes siguiente",
          "2024-06-11 mensual 2024-05: día hábil 5 del mes siguiente",
          "2024-06-17 acta: 15 de junio, pasa al lunes 17 de junio por caer en sábado, seguido de domingo",
          "2024-07-08 mensual 2024-06: día hábil 5 del mes siguiente",
          "2024-12-13 final 2024: 13 de diciembre",
          "2024-12-30 evaluación: 29 de diciembre, pasa al lunes 30 de diciembre por caer en domingo",
          "por fijar formulación: sin plazo",
          "por fijar tras_acta: 1 día hábil después de acta o hábil anterior",
          "por fijar tras_fase: 10 días calendario después de la formulación exacto",
          "por fijar suelto: sin plazo"));
}

}  // namespace
}  // namespace cauce::workflows
