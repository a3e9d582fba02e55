#include "engine/http/route.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/http/command_words.hpp"

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

const Route& route_of(std::string_view method, std::string_view path) {
  const Match match = find_route(method, path);
  if (!match.route) throw std::logic_error("no such route");
  return *match.route;
}

std::vector<std::string> words(std::string_view method, const std::string& path, Given given = {}) {
  const Match match = find_route(method, path);
  given.places = match.places;
  auto words = command_words(*match.route, given);
  if (auto* ready = std::get_if<CommandWords>(&words)) return ready->words;
  std::vector<std::string> told;
  for (const ParameterMistake& mistake : std::get<std::vector<ParameterMistake>>(words))
    told.push_back("!" + mistake.name + ": " + mistake.detail);
  return told;
}

TEST(Route, IsFoundByItsSegments) {
  const Match plan = find_route("GET", "/api/v1/planes/PAT/05001/2024");
  ASSERT_NE(plan.route, nullptr);
  EXPECT_EQ(plan.route->command, "estado");
  EXPECT_EQ(plan.places.at("entidad"), "05001");
  EXPECT_EQ(find_route("HEAD", "/api/v1/planes/PAT/05001/2024").route, plan.route);
  EXPECT_EQ(find_route("GET", "/api/v1/planes/PAT/a%2Fb/2024").places.at("entidad"), "a/b");
  EXPECT_EQ(find_route("GET", "/api/v1/planes/PAT/05001/2024/").route, nullptr);
  EXPECT_EQ(find_route("GET", "/api/v2/planes").route, nullptr);
  EXPECT_EQ(find_route("GET", "/api/v1x/planes").route, nullptr);
  EXPECT_EQ(find_route("GET", "/").route, nullptr);
  const Match method = find_route("DELETE", "/api/v1/planes");
  EXPECT_EQ(method.route, nullptr);
  EXPECT_THAT(method.methods, ElementsAre("GET", "POST"));
}

TEST(Route, DecodesWhatIsText) {
  EXPECT_EQ(decoded("c%C3%B3digo+1", true), "código 1");
  EXPECT_EQ(decoded("a+b", false), "a+b");
  for (const char* bad : {"%", "%4", "%zz", "%00", "%1b", "%7F", "%ff", "%C3"})
    EXPECT_EQ(decoded(bad, false), std::nullopt) << bad;
}

TEST(Route, SaysWhichOnesChangeAPlan) {
  EXPECT_TRUE(changes_a_plan(route_of("POST", "/api/v1/planes/PAT/1/2024/hitos/x")));
  EXPECT_FALSE(changes_a_plan(route_of("POST", "/api/v1/planes/PAT/1/2024/silencios")));
  EXPECT_FALSE(changes_a_plan(route_of("POST", "/api/v1/planes")));
  EXPECT_FALSE(changes_a_plan(route_of("GET", "/api/v1/planes/PAT/1/2024")));
}

TEST(Route, NoneOffersAFileOfTheMachine) {
  for (const Route& route : all_routes()) {
    for (const Parameter& parameter : parameters_of(route)) {
      EXPECT_FALSE(parameter.names_file && !parameter.option.empty()) << route.path << ": " << parameter.name;
    }
  }
  Given given;
  given.query = {{"html", "/tmp/informe.html"}};
  EXPECT_THAT(words("GET", "/api/v1/informes/mensual", given), ElementsAre("!html: no se conoce aquí"));
}

TEST(CommandWords, NoValuePassesForAnOption) {
  Given given;
  given.body = R"({"periodo": "--base=x", "campo": {"a": "--help", "b": 3, "c": true, "d": null}})";
  EXPECT_THAT(words("POST", "/api/v1/planes/--json/-x/2024/reportes/--help", given),
              ElementsAre("--campo=a=--help", "--campo=b=3", "--campo=c=sí", "--", "--json/-x/2024", "--help",
                          "--base=x"));
  given.body.clear();
  given.query = {{"consulta", "--base=x"}, {"fecha", "--json"}};
  EXPECT_THAT(words("GET", "/api/v1/consultas", given), ElementsAre("--fecha=--json", "--", "--base=x"));
}

TEST(CommandWords, SayEverythingThatIsWrong) {
  Given given;
  given.body = R"({"motivo": 1.5, "nada": 1, "hasta": ["a"]})";
  EXPECT_THAT(
      words("POST", "/api/v1/planes/PAT/1/2024/obligaciones/x/prorrogar", given),
      UnorderedElementsAre("!motivo: los números con decimales van entre comillas, para que lleguen exactos",
                           "!nada: no se conoce aquí", "!hasta: va un texto"));
  given.body = "[]";
  EXPECT_THAT(words("POST", "/api/v1/seleccion", given),
              ElementsAre("!: el contenido es un objeto de JSON: {…}"));
  given.body = "{";
  EXPECT_THAT(words("POST", "/api/v1/planes/PAT/1/2024/obligaciones/x/prorrogar", given),
              ElementsAre("!: el contenido no es JSON"));
  given.body = R"({"archivo": "/etc/passwd"})";
  EXPECT_THAT(words("POST", "/api/v1/planes/PAT/1/2024/reportes/x", given),
              ElementsAre("!archivo: no se conoce aquí"));
  given.body.clear();
  given.query = {{"para", "a"}, {"para", "b"}, {"todas", "quizá"}};
  EXPECT_THAT(words("GET", "/api/v1/alertas", given),
              ElementsAre("!para: viene más de una vez", "!todas: va sí o no"));
  given.query = {};
  given.body = R"({"periodo": "2024-05", "motivo": "x", "hasta": "2024-12-31"})";
  EXPECT_THAT(words("POST", "/api/v1/planes/PAT/1/2024/silencios", given), ElementsAre("!obligacion: falta"));
}

TEST(CommandWords, WhatIsEmptyIsNotGiven) {
  Given given;
  given.body = R"({"motivo": ""})";
  EXPECT_THAT(words("POST", "/api/v1/planes/PAT/1/2024/suspender", given), ElementsAre("!motivo: falta"));
}

}  // namespace
}  // namespace cauce::engine
