#include "engine/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/alerts.hpp"
#include "engine/policy_files.hpp"
#include "engine/system_for_tests.hpp"
#include "tests/project_folder.hpp"

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

  std::vector<std::string> notes(const std::string& query) {
    const auto answer = ask(query);
    return answer ? answer->notes : std::vector<std::string>{said};
  }

  /// The policy with something in place of something else, as a further version.
  PolicyVersion publish(const std::vector<std::pair<std::string, std::string>>& replacements) {
    std::string text = policy_for_tests;
    for (const auto& [what, instead] : replacements)
      text.replace(text.find(what), what.size(), instead);
    return taken_for_granted(
        world.system->publish(sources_for_tests(text), compiled_for_tests(text), world.set_up_actor));
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
  EXPECT_EQ(answer->notes.front(), "no se miraron 2 planes PCCT: no existe un campo ni un parámetro «mdm»");
}

TEST_F(QueryTest, NothingIsSaidOfPlansThatTheConditionLeavesOutAnyway) {
  EXPECT_THAT(notes("planes donde tipo = PAT muestra plan, mdm"), IsEmpty());
  EXPECT_THAT(notes("planes donde tipo = PAT y mdm > 50 muestra plan"), IsEmpty());
  EXPECT_THAT(notes("planes donde mdm > 50 y no (tipo = PCCT)"), IsEmpty());
  EXPECT_THAT(notes("planes donde fase = cerrado muestra cobertura"), IsEmpty());
  EXPECT_THAT(notes("planes donde plan = \"PAT/05001/2024\" muestra cobertura"),
              ElementsAre("no se miró 1 plan PAT: no existe un campo ni un parámetro «cobertura»"));
  EXPECT_THAT(notes("reportes donde plan.entidad = \"05001\" muestra plan.cobertura"),
              ElementsAre("no se miró 1 plan PAT: «plan» no tiene un campo «cobertura»"))
      << "four reports of one plan";
}

TEST_F(QueryTest, PlansOfSeveralVersionsAreLeftOutWithTheirNumber) {
  const PolicyVersion to =
      publish({{"indicador al_menos_uno", "indicador nuevo = avance\n    indicador al_menos_uno"}});
  EXPECT_THAT(notes("planes donde tipo = PAT muestra nuevo"),
              ElementsAre("no se miraron 3 planes PAT, que siguen la versión 1 de la política: no existe un "
                          "campo ni un parámetro «nuevo»"));
  taken_for_granted(world.system->migrate({to, {{"PAT", "05001", 2024}}, {}, false}, {"dora"}));
  EXPECT_THAT(rows("planes muestra plan, nuevo"), ElementsAre("PAT/05001/2024 | 0"));
  EXPECT_THAT(notes("planes muestra plan, nuevo"),
              ElementsAre("no se miraron 2 planes PAT, que siguen la versión 1 de la política: no existe un "
                          "campo ni un parámetro «nuevo»",
                          "no se miraron 2 planes PCCT: no existe un campo ni un parámetro «nuevo»"));
  EXPECT_THAT(notes("planes donde entidad = \"05001\" muestra plan, nuevo"), IsEmpty());
  EXPECT_THAT(notes("planes muestra plan, mdm"),
              ElementsAre("no se miraron 2 planes PCCT: no existe un campo ni un parámetro «mdm»"))
      << "once, not once a version";
}

/// A period that one kind of plan lacks is nothing to be verified.
TEST_F(QueryTest, PlansWithoutAPeriodAreLeftOut) {
  const PolicyVersion to =
      publish({{"seguimiento { hito mesa",
                "reporte informe cada mes desde marzo hasta abril { vence día hábil 5 del "
                "mes siguiente campo x: texto }\n  seguimiento { hito mesa"}});
  taken_for_granted(world.system->migrate(
      {to, {{"PCCT", "Caribe", 2024}, {"PCCT", "Pacífico", 2024}}, {}, false}, {"dora"}));
  const std::string lacks =
      "no se miraron 2 planes PCCT: febrero de 2024 no es uno de los periodos de «informe»";
  const auto answer = ask("planes donde no entregado(informe, febrero) muestra plan");
  ASSERT_TRUE(answer) << said;
  EXPECT_EQ(answer->rows.size(), 3U);
  EXPECT_EQ(answer->undetermined, 0U);
  EXPECT_THAT(answer->notes, ElementsAre(lacks));
  EXPECT_THAT(notes("planes muestra plan, vencido(informe, febrero)"), ElementsAre(lacks));
  EXPECT_THAT(notes("planes donde tipo = PAT y vencido(informe, febrero)"), IsEmpty());
  EXPECT_THAT(
      notes("planes agrupa por tipo muestra cuenta(), suma(si vencido(informe, febrero) entonces 1 si "
            "no 0) como \"v\""),
      ElementsAre(lacks));
  EXPECT_FALSE(ask("planes donde vencido(informe, enero)"));
  EXPECT_THAT(said, HasSubstr("enero de 2024 no es uno de los periodos de «informe»"));
  said.clear();
  EXPECT_FALSE(ask("planes donde vencido(informe, 2023-02)"));
  EXPECT_THAT(said, HasSubstr("febrero de 2023 no es uno de los periodos"));
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

TEST_F(QueryTest, WhatIsOfTheRowItselfIsAskedWithoutThePlan) {
  EXPECT_FALSE(ask("reportes donde plan.plan = \"PAT/05001/2024\""));
  EXPECT_THAT(said, HasSubstr("escriba «plan» a secas"));
  EXPECT_EQ(diagnostics.front().replacement, "plan");
  said.clear();
  EXPECT_FALSE(ask("hitos muestra plan.vence"));
  EXPECT_THAT(said, HasSubstr("«vence» no se pide por medio del plan"));
}

TEST_F(QueryTest, WhatIsInAPlanHasItsTitle) {
  EXPECT_THAT(rows("hitos donde título = \"Mesa instalada\" muestra plan, título"),
              ElementsAre("PCCT/Caribe/2024 | Mesa instalada", "PCCT/Pacífico/2024 | Mesa instalada"));
  EXPECT_THAT(rows("componentes agrupa por título"), ElementsAre("lecciones | 3", "objetivos | 3"));
  // A field of a report of that name is what it was.
  const PolicyVersion to = publish({{"campo actividades:", "campo título: texto\n    campo actividades:"}});
  taken_for_granted(world.system->migrate({to, {{"PAT", "05001", 2024}}, {}, false}, {"dora"}));
  EXPECT_THAT(rows("reportes donde nombre = \"informe\" y título sin dato muestra cuenta()"),
              ElementsAre("3"));
}

/// No rows would say that there is nothing, and hide the slip.
TEST_F(QueryTest, ANameThatNothingHasIsAMistake) {
  EXPECT_FALSE(ask("reportes donde nombre = \"infrme\" o vencido"));
  EXPECT_THAT(said, HasSubstr("ninguno se llama «infrme»"));
  EXPECT_THAT(said, HasSubstr("¿quiso decir «informe»?"));
  EXPECT_EQ(diagnostics.front().replacement, "\"informe\"");
  said.clear();
  EXPECT_FALSE(ask("hitos donde nombre en {\"mesa\", \"zzzzzz\"}"));
  EXPECT_THAT(said, HasSubstr("se llaman: adopción, diagnóstico, mesa"));
  EXPECT_FALSE(ask("hitos donde título = \"Mesa\""));
  EXPECT_FALSE(ask("componentes donde nombre != \"objetivo\""));
  EXPECT_THAT(rows("hitos donde plan.tipo = PAT y nombre = \"mesa\""), IsEmpty()) << "others have it";
}

TEST_F(QueryTest, DeadlinesAreToldByTheirPlaceInThePlan) {
  const auto deadlines = [&](const std::string& query) {
    const dsl::Sources sources = {{"consulta", query}};
    return answer_query(*world.system, sources, 0, world.system->now().date, diagnostics, {}, {},
                        WithDeadlines::yes)
        .value()
        .deadlines;
  };
  const auto before = deadlines("hitos donde plan.entidad = \"05001\" muestra vence ordena por nombre");
  ASSERT_EQ(before.value().size(), 2U);
  EXPECT_EQ(before->at(1).title, "diagnóstico");
  EXPECT_EQ(before->at(1).entity, "Medellín");
  EXPECT_NE(before->at(0).number, before->at(1).number);
  EXPECT_FALSE(deadlines("planes"));
  EXPECT_FALSE(deadlines("hitos agrupa por nombre"));
  const PolicyVersion to =
      publish({{"hito diagnóstico", "hito línea_base \"Línea base\""},
               {"de diagnóstico  requiere diagnóstico", "de línea_base  requiere línea_base"}});
  taken_for_granted(world.system->migrate(
      {to, {{"PAT", "05001", 2024}}, {{"diagnóstico", "línea_base"}}, false}, {"dora"}));
  const auto after = deadlines("hitos donde nombre = \"línea_base\"");
  ASSERT_EQ(after.value().size(), 1U);
  EXPECT_EQ(after->front().title, "Línea base");
  EXPECT_EQ(after->front().plan, before->at(1).plan);
  EXPECT_EQ(after->front().number, before->at(1).number);
  world.system = world.system->as_recorded(world.system->now().date);
  EXPECT_EQ(deadlines("hitos donde nombre = \"línea_base\"")->front().number, after->front().number);
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

TEST_F(QueryTest, RolesAreThoseThatThePolicyHas) {
  EXPECT_THAT(rows("personas donde rol = articulador muestra persona"), ElementsAre("carla", "paz"));
  EXPECT_THAT(rows("personas donde clase_de_entidad = nación muestra persona, rol"),
              ElementsAre("dora | dirección"));
  EXPECT_FALSE(ask("personas donde rol = \"articuladr\""));
  EXPECT_THAT(said, HasSubstr("«articuladr» no es uno de los valores posibles"));
  EXPECT_THAT(said, HasSubstr("¿quiso decir «articulador»?"));
}

TEST_F(QueryTest, AlertsAreThereToBeAsked) {
  EXPECT_THAT(rows("alertas"), IsEmpty());
  world.set_clock("2024-03-18T09:00");
  raise_due(*world.system, "prueba");
  EXPECT_THAT(rows("alertas donde plan = \"PAT/05001/2024\" y estado = pendiente y rol = enlace muestra "
                   "obligación, periodo, recibe, reconocida_por ordena por obligación"),
              ElementsAre("formulación |  | ana | ", "informe | 2024-02 | ana | "));
  EXPECT_FALSE(ask("alertas donde estado = \"pendient\""));
  EXPECT_THAT(said, HasSubstr("¿quiso decir «pendiente»?"));
  said.clear();
  EXPECT_FALSE(ask("alertas donde estado = \"x\""));
  EXPECT_THAT(said, HasSubstr("los valores son: pendiente, en envío, enviada, "));
}

TEST_F(QueryTest, WhateverBecameOfAnAlertIsOneOfItsStates) {
  for (const AlertState state :
       {AlertState::raised, AlertState::superseded, AlertState::withdrawn, AlertState::acknowledged}) {
    for (const std::string why :
         {"", "overtaken", "vacant", "silenced", "acknowledged", "resolved", "suspended", "moved"}) {
      Alert alert;
      alert.state = state;
      alert.not_sent_because = why;
      EXPECT_THAT(states_in_words(), testing::Contains(state_in_words(alert))) << why;
    }
  }
  const std::string manual = read_file(project_folder() + "/docs/referencia.md");
  for (const std::string& state : states_in_words())
    EXPECT_THAT(manual, testing::AnyOf(HasSubstr("`" + state + "`"), HasSubstr("`\"" + state + "\"`")));
  Alert alert;
  alert.state = AlertState::acknowledged;
  alert.acknowledged_by = {"ana", "luis"};
  EXPECT_EQ(spanish_state(alert), "reconocida por ana y luis");
}

}  // namespace
}  // namespace cauce::engine
