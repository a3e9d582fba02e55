#include "engine/search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(SearchExpression, WordsPhrasesAndBeginnings) {
  EXPECT_EQ(to_search_expression("agua  potable"), "\"agua\" \"potable\"");
  EXPECT_EQ(to_search_expression("\"agua potable\" rural"), "\"agua potable\" \"rural\"");
  EXPECT_EQ(to_search_expression("«agua potable» “zona rural”"), "\"agua potable\" \"zona rural\"");
  EXPECT_EQ(to_search_expression("presup*"), "\"presup\" *");
  EXPECT_EQ(to_search_expression("\"banco de proy\"*"), "\"banco de proy\" *");
  EXPECT_EQ(to_search_expression("sin \"cerrar"), "\"sin\" \"cerrar\"");
}

TEST(SearchExpression, NothingThatIsTypedIsAnOperator) {
  EXPECT_EQ(to_search_expression("agua AND NOT (text:pozo) OR ^x"),
            "\"agua\" \"AND\" \"NOT\" \"(text:pozo)\" \"OR\" \"^x\"");
  EXPECT_EQ(to_search_expression("- + *"), std::nullopt);
  EXPECT_EQ(to_search_expression("\"\""), std::nullopt);
  EXPECT_EQ(to_search_expression(""), std::nullopt);
}

class SearchTest : public testing::Test {
 protected:
  SearchTest() { world.set_up(); }

  void run(const Command& command, const std::string& person) {
    taken_for_granted(world.system->run(medellin, command, {person}));
  }
  /// Each hit: where it is, and the text around what was found, in brackets.
  std::vector<std::string> found(const std::string& text, SearchRequest request = {}) {
    request.text = text;
    std::vector<std::string> lines;
    const SearchAnswer answer = search(*world.system, request);
    total = answer.total;
    for (const SearchHit& hit : answer.hits) {
      std::string line = hit.written.source + " " + hit.written.name + hit.written.period.value_or("") + " " +
                         hit.written.field + ": ";
      for (const SnippetPart& part : hit.snippet)
        line += part.found ? "[" + part.text + "]" : part.text;
      lines.push_back(line);
    }
    return lines;
  }

  SystemForTests world;
  const PlanId medellin = {"PAT", "05001", 2024};
  std::size_t total = 0;
};

TEST_F(SearchTest, AccentsAndCaseDoNotMatter) {
  run(workflows::CompleteComponent{"objetivos", {{"meta", "Articulación del PDT con la región"}}}, "ana");
  run(workflows::CompleteComponent{"lecciones", {{"texto", "El concejo aprendió pronto"}}}, "ana");
  const std::vector<std::string> hit = {"component objetivos meta: [Articulación] del PDT con la [región]"};
  EXPECT_EQ(found("REGION articulacion"), hit);
  EXPECT_EQ(found("articul*  \"la región\""),
            (std::vector<std::string>{"component objetivos meta: [Articulación] del PDT con [la región]"}));
  EXPECT_THAT(found("\"región la\""), IsEmpty());
  EXPECT_THAT(found("concejo PDT"), IsEmpty());
  EXPECT_THAT(found("aprendio"), ElementsAre("component lecciones texto: El concejo [aprendió] pronto"));
}

TEST_F(SearchTest, WhatIsWrittenAgainTakesThePlaceOfWhatWas) {
  run(workflows::CompleteComponent{"objetivos", {{"meta", "acueducto viejo"}}}, "ana");
  EXPECT_EQ(found("acueducto").size(), 1U);
  run(workflows::CompleteComponent{"objetivos", {{"meta", "acueducto nuevo"}}}, "ana");
  EXPECT_THAT(found("acueducto"), ElementsAre("component objetivos meta: [acueducto] nuevo"));
  EXPECT_THAT(found("viejo"), IsEmpty());
}

TEST_F(SearchTest, ReportsMotivesAndJudgementsAreFoundWithWhereTheyAre) {
  world.set_clock("2024-03-04T10:00");
  run(workflows::DeliverReport{"informe",
                               workflows::Period::parse("2024-02"),
                               {{"actividades", "4"}, {"resumen", "Talleres en la vereda"}}},
      "ana");
  run(workflows::ReturnObligation{"informe", workflows::Period::parse("2024-02"),
                                  "Faltan los talleres de marzo"},
      "carla");
  EXPECT_THAT(found("talleres"),
              UnorderedElementsAre("report informe2024-02 resumen: [Talleres] en la vereda",
                                   "motive informe2024-02 : Faltan los [talleres] de marzo"));
  SearchRequest motives;
  motives.source = "motive";
  EXPECT_THAT(found("talleres", motives),
              ElementsAre("motive informe2024-02 : Faltan los [talleres] de marzo"));
  EXPECT_THAT(found("4"), IsEmpty()) << "numbers are no texts";
  const SearchAnswer answer = search(*world.system, {"vereda"});
  EXPECT_EQ(answer.hits.at(0).actor, "ana");
  EXPECT_EQ(to_iso(answer.hits.at(0).instant), "2024-03-04T15:00:00.000Z");
}

TEST_F(SearchTest, WhoMayNotSeeAPlanFindsNothingOfIt) {
  run(workflows::CompleteComponent{"objetivos", {{"meta", "acueducto"}}}, "ana");
  SearchRequest request;
  request.may_see = [](const PlanId& plan) { return plan.entity != "05001"; };
  EXPECT_THAT(found("acueducto", request), IsEmpty());
  EXPECT_EQ(total, 0U);
}

TEST_F(SearchTest, AllAreCountedAndTheFirstGiven) {
  run(workflows::CompleteComponent{"objetivos", {{"meta", "agua"}}}, "ana");
  run(workflows::CompleteComponent{"lecciones", {{"texto", "agua y más agua"}}}, "ana");
  SearchRequest one;
  one.most = 1;
  EXPECT_EQ(found("agua", one).size(), 1U);
  EXPECT_EQ(total, 2U);
}

TEST_F(SearchTest, TheIndexIsWhatTheJournalSays) {
  EXPECT_TRUE(world.system->audit(true).ok()) << "nobody has searched yet";
  run(workflows::CompleteComponent{"objetivos", {{"meta", "uno"}}}, "ana");
  EXPECT_EQ(found("uno").size(), 1U);
  run(workflows::CompleteComponent{"objetivos", {{"meta", "dos"}}}, "ana");
  EXPECT_TRUE(world.system->audit(true).ok()) << "what came later is still to be taken in";
  EXPECT_EQ(found("dos").size(), 1U);
  EXPECT_TRUE(world.system->audit(true).ok());
}

TEST_F(SearchTest, ThePastIsSearchedAsItWas) {
  run(workflows::CompleteComponent{"objetivos", {{"meta", "acueducto viejo"}}}, "ana");
  world.set_clock("2024-01-20T10:00");
  run(workflows::CompleteComponent{"objetivos", {{"meta", "acueducto nuevo"}}}, "ana");
  const auto past = world.system->as_recorded(*rules::make_date(2024, 1, 16));
  EXPECT_EQ(search(*past, {"viejo"}).total, 1U);
  EXPECT_EQ(search(*past, {"nuevo"}).total, 0U);
}

RC_GTEST_PROP(SearchProperty, WhateverIsTypedIsUnderstood, ()) {
  static SystemForTests* world = [] {
    auto* made = new SystemForTests;
    made->set_up();
    return made;
  }();
  const auto text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("aN \"*'()^:-+{},OR\\;ñ")));
  search(*world->system, {text});
}

}  // namespace
}  // namespace cauce::engine
