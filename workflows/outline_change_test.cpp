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
                  "el plan P > la formulación > la etapa «aprobado»: +:  -> título: aprobado; termina la "
                  "fase: sí"));
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
      ElementsAre("la escalera «e» > el aviso: cuándo: 3 días hábiles antes del vencimiento -> 5 días "
                  "hábiles antes del vencimiento"));
  EXPECT_THAT(
      change("al vencer avisa al responsable", "al vencer avisa a dirección"),
      ElementsAre("la escalera «e» > el aviso: qué se hace: se avisa a quien está a cargo -> se avisa a "
                  "la dirección"));
}

TEST(OutlineChangeTest, RolesAndDays) {
  const std::string role = compared_policy + "rol observador por nación\n";
  EXPECT_THAT(changes_to(role),
              ElementsAre("el rol «observador»: +:  -> título: observador; se tiene por: nación"));
  EXPECT_THAT(told(compare_outlines({{"a", {"a"}}}, {}, Area::roles)), ElementsAre("a: -:  -> "));
  EXPECT_THAT(changes_to(compared_policy), IsEmpty());
}

}  // namespace
}  // namespace cauce::workflows
