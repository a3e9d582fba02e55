#include "engine/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class QueryTest : public testing::Test {
 protected:
  QueryTest() { world.set_up(); }

  std::optional<QueryAnswer> ask(const std::string& query) {
    diagnostics.clear();
    const dsl::Sources sources = {{"consulta", query}};
    auto answer = answer_query(*world.system, sources, 0, world.system->now().date, diagnostics);
    for (const dsl::Diagnostic& diagnostic : diagnostics)
      said += dsl::render(diagnostic, sources);
    return answer;
  }

  /// Rows as people see them, cells joined by ` | `; the diagnostics where there is no answer.
  std::vector<std::string> rows(const std::string& query) {
    const auto answer = ask(query);
    if (!answer) return {said};
    std::vector<std::string> lines;
    for (const auto& row : answer->rows) {
      std::string line;
      for (const rules::Value& value : row)
        line += (line.empty() ? "" : " | ") + rules::to_display(value);
      lines.push_back(line);
    }
    return lines;
  }

  std::vector<std::string> headings(const std::string& query) {
    std::vector<std::string> names;
    const auto answer = ask(query);
    for (const QueryColumn& column : answer.value().columns)
      names.push_back(column.heading);
    return names;
  }

  SystemForTests world;
  dsl::Diagnostics diagnostics;
  std::string said;
};

TEST_F(QueryTest, PlansByDefaultShowWhereTheyStand) {
  EXPECT_THAT(headings("planes"), ElementsAre("plan", "nombre de la entidad", "fase", "etapa", "situación",
                                              "vencidos", "avance"));
  EXPECT_THAT(rows("planes donde tipo = PAT"),
              ElementsAre("PAT/05001/2024 | Medellín | formulación | borrador | activo | 0 | 0",
                          "PAT/05002/2024 | Abejorral | formulación | borrador | activo | 0 | 0",
                          "PAT/19001/2024 | Popayán | formulación | borrador | activo | 0 | 0"));
}

TEST_F(QueryTest, ConditionsReadTheEntityAndItsParents) {
  EXPECT_THAT(rows("planes donde tipo = PAT y región = \"Caribe\" muestra entidad, nombre"),
              ElementsAre("05001 | Medellín", "05002 | Abejorral"));
}

TEST_F(QueryTest, RowsWhoseConditionIsUnknownAreCountedWithWhatIsMissing) {
  const auto answer = ask("planes donde tipo = PAT y mdm > 50 muestra entidad");
  ASSERT_TRUE(answer) << said;
  EXPECT_EQ(answer->rows.size(), 1U);
  EXPECT_EQ(answer->undetermined, 1U);
  EXPECT_THAT(answer->missing, ElementsAre("mdm"));
}

TEST_F(QueryTest, KindsThatDoNotHaveWhatIsAskedAreLeftOutAndNamed) {
  const auto answer = ask("planes donde mdm > 50 muestra entidad");
  ASSERT_TRUE(answer) << said;
  ASSERT_EQ(answer->notes.size(), 1U);
  EXPECT_THAT(answer->notes.front(), HasSubstr("no se miraron los planes PCCT: "));
  EXPECT_THAT(answer->notes.front(), HasSubstr("mdm"));
}

TEST_F(QueryTest, WhatNoKindHasIsAMistake) {
  EXPECT_FALSE(ask("planes donde vencidso > 2"));
  EXPECT_THAT(said, HasSubstr("¿quiso decir «vencidos»?"));
}

TEST_F(QueryTest, AnUnknownCollectionOffersTheNearest) {
  EXPECT_FALSE(ask("plnes"));
  EXPECT_THAT(said, HasSubstr("no hay una colección «plnes»"));
  EXPECT_THAT(said, HasSubstr("¿quiso decir «planes»?"));
}

TEST_F(QueryTest, RowsAreOrderedWithUnknownsLast) {
  const std::string query = "municipio muestra código, mdm ordena por mdm";
  EXPECT_THAT(rows(query), ElementsAre("19002 | 30", "05001 | 40", "19001 | 55.5", "05002 | sin dato"));
  EXPECT_THAT(rows(query + " descendente"),
              ElementsAre("19001 | 55.5", "05001 | 40", "19002 | 30", "05002 | sin dato"));
  EXPECT_THAT(rows("municipio muestra código ordena por mdm descendente primeros 2"),
              ElementsAre("19001", "05001"));
}

TEST_F(QueryTest, GroupsAreCountedAndSummed) {
  EXPECT_THAT(rows("municipio agrupa por región"), ElementsAre("Caribe | 2", "Pacífico | 2"));
  EXPECT_THAT(
      rows("municipio agrupa por región muestra cuenta(), suma(población), promedio(mdm) como \"medio\""),
      ElementsAre("Caribe | 2 | sin dato | sin dato", "Pacífico | 2 | sin dato | 42.75"));
  EXPECT_THAT(headings("municipio agrupa por región muestra promedio(mdm) como \"medio\", suma(mdm)"),
              ElementsAre("región", "medio", "suma(mdm)"));
}

TEST_F(QueryTest, GroupsMayBeReckonedWith) {
  EXPECT_THAT(
      rows("municipio donde mdm con dato agrupa por región muestra máximo(mdm) - mínimo(mdm) como \"brecha\" "
           "ordena por brecha descendente"),
      ElementsAre("Pacífico | 25.5", "Caribe | 0"));
}

TEST_F(QueryTest, AggregatesWithoutGroupsAreOverAllRows) {
  EXPECT_THAT(rows("municipio muestra cuenta()"), ElementsAre("4"));
  EXPECT_THAT(rows("municipio donde mdm > 1000 muestra cuenta(), suma(mdm), promedio(mdm)"),
              ElementsAre("0 | 0 | sin dato"));
}

TEST_F(QueryTest, GroupsAreOrderedByWhateverIsSaidOfThem) {
  const std::string query =
      "municipio donde mdm con dato agrupa por región muestra promedio(mdm) como \"mdm medio\"";
  EXPECT_THAT(rows(query + " ordena por \"mdm medio\" descendente"),
              ElementsAre("Pacífico | 42.75", "Caribe | 40"));
  EXPECT_THAT(rows(query + " ordena por promedio(mdm)"), ElementsAre("Caribe | 40", "Pacífico | 42.75"));
  EXPECT_THAT(rows(query + " ordena por cuenta() descendente, región descendente"),
              ElementsAre("Pacífico | 42.75", "Caribe | 40"));
  EXPECT_THAT(headings(query + " ordena por máximo(mdm)"), ElementsAre("región", "mdm medio"));
  EXPECT_FALSE(ask(query + " ordena por \"medio\""));
  EXPECT_THAT(said, HasSubstr("no se muestra nada con el título «medio»"));
  EXPECT_THAT(said, HasSubstr("se muestra «región», «mdm medio»"));
}

TEST_F(QueryTest, RowsAreOrderedByExpressionsAndTitles) {
  EXPECT_THAT(rows("municipio donde mdm con dato muestra código ordena por 0 - mdm primeros 1"),
              ElementsAre("19001"));
  EXPECT_THAT(rows("municipio donde mdm con dato muestra código como \"el código\" ordena por \"el código\" "
                   "descendente primeros 1"),
              ElementsAre("19002"));
}

TEST_F(QueryTest, WhatOnlyRowsHaveIsNoAnswerForAGroup) {
  EXPECT_FALSE(ask("planes agrupa por tipo muestra vencidos"));
  EXPECT_THAT(said, HasSubstr("aquí se muestran grupos, y «vencidos» es de cada fila"));
  EXPECT_THAT(said, HasSubstr("«suma(vencidos)»"));
  EXPECT_THAT(said, Not(HasSubstr("comillas")));
  said.clear();
  EXPECT_FALSE(ask("planes muestra cuenta(), fase"));
  EXPECT_THAT(said, HasSubstr("póngalo en «agrupa por»"));
  said.clear();
  EXPECT_FALSE(ask("municipio agrupa por región ordena por mdm"));
  EXPECT_THAT(said, HasSubstr("«promedio(mdm)»"));
}

TEST_F(QueryTest, GroupsThatLackSomethingSayWhat) {
  const auto answer = ask("municipio agrupa por región muestra promedio(mdm), suma(mdm) como \"todo\"");
  ASSERT_TRUE(answer) << said;
  EXPECT_THAT(
      answer->notes,
      ElementsAre("«promedio(mdm)» queda sin dato en 1 grupo: en alguna de sus filas falta mdm (con "
                  "«donde mdm con dato» esas filas no entran)",
                  "«todo» queda sin dato en 1 grupo: en alguna de sus filas falta mdm (con «donde mdm con "
                  "dato» esas filas no entran)"));
  EXPECT_THAT(ask("municipio donde mdm con dato agrupa por región muestra promedio(mdm)")->notes, IsEmpty());
}

TEST_F(QueryTest, ObligationsAndComponentsKnowTheirPlan) {
  EXPECT_THAT(
      rows("reportes donde plan.entidad = \"05001\" y nombre = \"informe\" muestra plan, periodo, vence"),
      ElementsAre("PAT/05001/2024 | 2024-02 | 2024-03-07", "PAT/05001/2024 | 2024-03 | 2024-04-05",
                  "PAT/05001/2024 | 2024-04 | 2024-05-08"));
  EXPECT_THAT(rows("hitos donde plan.tipo = PCCT muestra plan, nombre, cumplido ordena por plan"),
              ElementsAre("PCCT/Caribe/2024 | mesa | no", "PCCT/Pacífico/2024 | mesa | no"));
  EXPECT_THAT(rows("componentes donde obligatorio muestra cuenta()"), ElementsAre("3"));
}

TEST_F(QueryTest, WhatIsThePlansIsAskedByWayOfIt) {
  EXPECT_FALSE(ask("hitos agrupa por región"));
  EXPECT_THAT(said, HasSubstr("«región» es del plan"));
  EXPECT_THAT(said, HasSubstr("escriba «plan.región»"));
  EXPECT_THAT(rows("hitos donde nombre = \"mesa\" agrupa por plan.región"),
              ElementsAre("Caribe | 1", "Pacífico | 1"));
}

TEST_F(QueryTest, PlansAreCountedByWhereTheyStand) {
  EXPECT_THAT(rows("planes agrupa por tipo, fase muestra tipo, fase, cuenta()"),
              ElementsAre("PAT | formulación | 3", "PCCT | formulación | 2"));
  EXPECT_THAT(rows("planes donde tipo = PAT muestra cuenta(), promedio(avance)"), ElementsAre("3 | 0"));
  EXPECT_THAT(rows("planes donde fase = seguimiento muestra cuenta()"), ElementsAre("0"));
}

TEST_F(QueryTest, WhatRowsDoNotTellIsAskedOfThePlan) {
  EXPECT_THAT(rows("planes donde cuenta(hitos donde no cumplido) = 2 muestra plan, cumplimiento primeros 1"),
              ElementsAre("PAT/05001/2024 | 0"));
}

TEST_F(QueryTest, ThePastAnswersAsThePresentDid) {
  const std::vector<std::string> queries = {"planes", "hitos", "reportes", "componentes",
                                            "planes agrupa por región muestra cuenta(), promedio(avance)"};
  std::vector<std::vector<std::string>> now;
  for (const std::string& query : queries)
    now.push_back(rows(query));
  world.system = world.system->as_recorded(world.system->now().date);
  for (std::size_t i = 0; i < queries.size(); ++i)
    EXPECT_EQ(rows(queries[i]), now[i]) << queries[i];
}

TEST_F(QueryTest, PeopleAreRowsByAssignment) {
  EXPECT_THAT(rows("personas donde rol = \"articulador\" muestra persona, entidad"),
              ElementsAre("carla | Caribe", "paz | Pacífico"));
}

TEST_F(QueryTest, AlertsAreThereToBeAsked) {
  EXPECT_THAT(rows("alertas"), IsEmpty());
}

}  // namespace
}  // namespace cauce::engine
