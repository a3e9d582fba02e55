#include "workflows/outline_change.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workflows/comparison_fixture.hpp"

namespace cauce::workflows {
namespace {

using testing::compared_policy;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::with;

/// `path > path: aspect: before -> after`
std::vector<std::string> told(const std::vector<OutlineChange>& changes) {
  std::vector<std::string> lines;
  for (const OutlineChange& change : changes) {
    std::string line;
    for (const std::string& step : change.path)
      line += (line.empty() ? "" : " > ") + step;
    line += change.kind == ChangeKind::appears      ? ": +"
            : change.kind == ChangeKind::disappears ? ": -"
                                                    : ": " + change.aspect;
    lines.push_back(line + ": " + change.before + " -> " + change.after);
  }
  return lines;
}

std::vector<std::string> changes_to(const std::string& after, const std::string& before = compared_policy) {
  return told(testing::compare_texts(before, after).outline);
}
std::vector<std::string> change(std::string_view what, std::string_view instead) {
  return changes_to(with(compared_policy, what, instead));
}

TEST(OutlineChangeTest, LayoutAndCommentsAreNoChange) {
  std::string other = "# Otra cosa\n";
  for (const char c : compared_policy)
    other += c == '\n' ? "  \n\n" : std::string(1, c);
  other = with(other, "población < umbral", "POBLACION   <umbral # pocos\n");
  other = with(other, "| >= 40 |", "| ≥40|");
  EXPECT_FALSE(testing::compare_texts(compared_policy, other).changed());
}

TEST(OutlineChangeTest, AParameterIsToldWhereItIsDeclared) {
  EXPECT_THAT(change("= 50", "= 55"), ElementsAre("el parámetro «Umbral»: valor: 50 -> 55"));
}

TEST(OutlineChangeTest, RowsOfATable) {
  EXPECT_THAT(change("| < 40  | 10 |", "| < 40  | 20 |"),
              ElementsAre("la tabla «puntos» > la fila «m menor que 40»: resultado: 10 -> 20"));
  EXPECT_THAT(
      changes_to(with(with(compared_policy, "< 40 ", "< 30 "), ">= 40", ">= 30")),
      ElementsAre(
          "la tabla «puntos» > la fila «m menor que 30»: condiciones: m menor que 40 -> m menor que 30",
          "la tabla «puntos» > la fila «m desde 30»: condiciones: m desde 40 -> m desde 30"));
}

TEST(OutlineChangeTest, ClausesAndQuotasOfAFocalizacion) {
  EXPECT_THAT(
      change("población < umbral", "población < 20"),
      ElementsAre("la focalización «Todos» > califica «Es pequeño»: condición: la población es menor que "
                  "el umbral (50) -> la población es menor que 20"));
  EXPECT_THAT(change("  cupo 3\n", "  excluye si población > 90 porque \"Es grande\"\n  cupo 4\n"),
              ElementsAre("la focalización «Todos»: cupo: 3 -> 4",
                          "la focalización «Todos» > excluye «Es grande»: +:  -> condición: la población es "
                          "mayor que 90; porque: Es grande"));
  EXPECT_THAT(change("\"A\": 2", "\"A\": 1"),
              ElementsAre("la focalización «Todos» > el cupo por región: «A»: 2 -> 1"));
}

TEST(OutlineChangeTest, StagesAndActions) {
  EXPECT_THAT(
      change("etapa enviado final",
             "etapa enviado { dirección puede aprobar y pasa a aprobado }\n etapa aprobado final"),
      ElementsAre("el plan P > la formulación > la etapa «enviado»: termina la fase: sí -> ",
                  "el plan P > la formulación > la etapa «enviado» > la acción «aprobar»: +:  -> quién: "
                  "dirección; pasa a: aprobado",
                  "el plan P > la formulación > la etapa «aprobado»: +:  -> termina la fase: sí"));
  EXPECT_THAT(
      change("si componentes_completos", "por otra persona"),
      ElementsAre("el plan P > la formulación > la etapa «borrador» > la acción «enviar»: si: todos los "
                  "componentes obligatorios están completos -> ",
                  "el plan P > la formulación > la etapa «borrador» > la acción «enviar»: pide:  -> por "
                  "otra persona"));
}

TEST(OutlineChangeTest, AlertsMoveOrGoToOthers) {
  EXPECT_THAT(
      change("3 días hábiles antes", "5 días hábiles antes"),
      ElementsAre("la escalera «e» > el aviso 5 días hábiles antes del vencimiento: cuándo: 3 días hábiles "
                  "antes del vencimiento -> 5 días hábiles antes del vencimiento"));
  EXPECT_THAT(
      change("al vencer avisa al responsable", "al vencer avisa a dirección"),
      ElementsAre(
          "la escalera «e» > el aviso al vencer: qué se hace: se avisa a quien está a cargo -> se avisa a "
          "la dirección"));
}

TEST(OutlineChangeTest, AlertsOfOneMomentAreToldApart) {
  const std::string two = with(compared_policy, "al vencer avisa al responsable",
                               "al vencer avisa al responsable\n al vencer escala a dirección\n"
                               " resumen cada lunes a las 7:00 a dirección\n"
                               " resumen cada lunes a las 7:00 a enlace");
  EXPECT_THAT(
      changes_to(two),
      ElementsAre(
          "la escalera «e» > el aviso al vencer (se escala a la dirección): +:  -> cuándo: Al vencer (el "
          "primer día hábil después del plazo); qué se hace: se escala a la dirección",
          "la escalera «e» > el resumen de cada lunes a las 7:00, a la dirección: +:  -> cuándo y a quién: "
          "cada lunes a las 7:00, a la dirección",
          "la escalera «e» > el resumen de cada lunes a las 7:00, al enlace: +:  -> cuándo y a quién: cada "
          "lunes a las 7:00, al enlace"));
}

TEST(OutlineChangeTest, ANewStageTellsWhoActsAndWhereThatLeads) {
  EXPECT_THAT(
      change(
          "pasa a enviado si componentes_completos }",
          "pasa a revisión si componentes_completos }\n etapa revisión { dirección puede devolver y pasa a "
          "borrador con motivo  dirección puede aprobar y pasa a enviado por otra persona }"),
      ElementsAre("el plan P > la formulación > la etapa «borrador» > la acción «enviar»: pasa a: enviado -> "
                  "revisión",
                  "el plan P > la formulación > la etapa «revisión»: +:  -> la acción "
                  "«devolver» (quién: dirección; pasa a: borrador; pide: con motivo); la acción «aprobar» "
                  "(quién: dirección; pasa a: enviado; pide: por otra persona)"));
}

TEST(OutlineChangeTest, AnActionThatStandsTwiceIsToldApart) {
  const std::string two = with(compared_policy, "pasa a enviado si componentes_completos }",
                               "pasa a enviado si componentes_completos  dirección puede enviar y pasa a "
                               "enviado }");
  const auto changes = changes_to(two);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_THAT(changes[0],
              ::testing::StartsWith("el plan P > la formulación > la etapa «borrador» > la acción "
                                    "«enviar» de dirección que pasa a «enviado»: +"));
}

TEST(OutlineChangeTest, ANewPlanIsToldPhaseByPhase) {
  const std::string more = compared_policy + R"(
plan Q "Otro" por región {
  a cargo de dirección
  formulación { etapa inicio inicial { dirección puede cerrar y pasa a fin } etapa fin final }
}
)";
  const auto changes = changes_to(more);
  EXPECT_THAT(changes,
              ::testing::Contains(::testing::StartsWith("el plan Q: +:  -> título: Otro; uno por: ")));
  EXPECT_THAT(changes, ::testing::Contains(::testing::HasSubstr("el plan Q > la formulación > la etapa "
                                                                "«inicio»: +:  -> la acción "
                                                                "«cerrar» (quién: dirección; pasa a: fin)")));
}

TEST(OutlineChangeTest, DatesThatOnlyMoveWithTheVigenciaAreNoChange) {
  const std::string dated = with(compared_policy, "    vence el 15 de marzo",
                                 "    desde el 15 de enero\n"
                                 "    vence el 15 de marzo");
  const auto in_2025 = [](const std::string& text) {
    dsl::Sources sources = testing::sources_of(text);
    return with(sources[0].text, "vigencia 2024", "vigencia 2025");
  };
  const auto compare_whole = [](const std::string& before, const std::string& after) {
    const dsl::Sources old = {{"p.cauce", before}};
    const dsl::Sources now = {{"p.cauce", after}};
    const Compiled old_policy = compile(old);
    const Compiled now_policy = compile(now);
    const Date today = rules::make_date(2025, 2, 1).value();
    return told(compare({*old_policy.policy, old, nullptr, today}, {*now_policy.policy, now, nullptr, today})
                    .outline);
  };
  const std::string before = testing::sources_of(dated)[0].text;
  EXPECT_THAT(compare_whole(before, in_2025(dated)), ElementsAre("el programa: vigencia: 2024 -> 2025"));
  const std::string fixed = with(dated, "15 de enero", "15 de enero de 2024");
  EXPECT_THAT(compare_whole(testing::sources_of(fixed)[0].text, in_2025(fixed)),
              ElementsAre("el programa: vigencia: 2024 -> 2025"));
  EXPECT_THAT(compare_whole(before, in_2025(with(dated, "15 de enero", "20 de enero"))),
              ElementsAre("el programa: vigencia: 2024 -> 2025",
                          "el plan P > la formulación: empieza: el 15 de enero de 2024 -> el 20 de enero de "
                          "2025"));
}

TEST(OutlineChangeTest, WhatIsCalledOtherwiseIsTheSame) {
  EXPECT_THAT(change("hito cierre \"Cierre\"", "hito fin \"Cierre\""),
              ElementsAre("el plan P > el hito «Cierre»: nombre: cierre -> fin"));
  EXPECT_THAT(changes_to(with(with(compared_policy, "alertas e a las", "alertas avisos \"Los avisos\" a las"),
                              "alertas e\n", "alertas avisos\n")),
              ElementsAre("la escalera «Los avisos»: nombre: e -> avisos",
                          "la escalera «Los avisos»: título:  -> Los avisos"));
  // What says something else under another name is another thing.
  EXPECT_THAT(change("componente objetivos", "componente metas"),
              ElementsAre(::testing::StartsWith("el plan P > el componente «metas»: +"),
                          ::testing::StartsWith("el plan P > el componente «objetivos»: -")));
}

TEST(OutlineChangeTest, WhatUsesAThingOfAnotherNameSaysTheSame) {
  const auto everywhere = [](std::string text, const std::string& what, const std::string& instead) {
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + instead.size()))
      text.replace(at, what.size(), instead);
    return text;
  };
  EXPECT_THAT(changes_to(everywhere(with(compared_policy, "parámetro umbral", "parámetro tope"), "< umbral",
                                    "< tope")),
              ElementsAre("el parámetro «Umbral»: nombre: umbral -> tope"));
  const std::string two_phases =
      with(compared_policy, "etapa borrador inicial { enlace puede enviar y pasa a enviado",
           "etapa borrador inicial { enlace puede enviar y pasa a revisado");
  const std::string staged = with(two_phases, "etapa enviado final",
                                  "etapa revisado \"Revisado\" { dirección puede aprobar y pasa a enviado }\n"
                                  "    etapa enviado final");
  EXPECT_THAT(
      changes_to(everywhere(with(staged, "etapa revisado", "etapa visto"), "a revisado", "a visto"), staged),
      ElementsAre("el plan P > la formulación > la etapa «Revisado»: nombre: revisado -> visto"));
}

TEST(OutlineChangeTest, ARoleOfAnotherTitleIsToldOnce) {
  const std::string roles = compared_policy + "rol veedor \"Veedor\" por nación bajo dirección\n";
  EXPECT_THAT(changes_to(with(roles, "\"Veedor\"", "\"Veeduría\""), roles),
              ElementsAre("el rol «Veeduría»: título: Veedor -> Veeduría"));
  const std::string used =
      with(roles, "3 días hábiles después escala a dirección", "3 días hábiles después avisa a veedor");
  EXPECT_THAT(changes_to(with(used, "\"Veedor\"", "\"Veeduría\""), used),
              ElementsAre("el rol «Veeduría»: título: Veedor -> Veeduría"));
}

TEST(OutlineChangeTest, NoTwoSidesAreAlike) {
  // The words of a condition tell titles: where those are alike, what is written tells them apart.
  const std::string two = with(compared_policy, "parámetro umbral \"Umbral\" = 50",
                               "parámetro umbral \"Umbral\" = 50\nparámetro tope \"Umbral\" = 50");
  EXPECT_THAT(changes_to(with(two, "población < umbral", "población < tope"), two),
              ElementsAre("la focalización «Todos» > califica «Es pequeño»: condición: población < umbral "
                          "-> población < tope"));
}

TEST(OutlineChangeTest, RolesAndDays) {
  const std::string role = compared_policy + "rol observador por nación\n";
  EXPECT_THAT(changes_to(role), ElementsAre("el rol «observador»: +:  -> se tiene por: nación"));
  EXPECT_THAT(told(compare_outlines({{"a", {"a"}}}, {}, Area::roles)), ElementsAre("a: -:  -> "));
  EXPECT_THAT(changes_to(compared_policy), IsEmpty());
}

}  // namespace
}  // namespace cauce::workflows
