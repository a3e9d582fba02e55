// The document says what the routes do, and the answers are what it says.
#include "engine/http/openapi.hpp"

#include <gmock/gmock.h>

#include "engine/cli/commands.hpp"
#include "engine/http/route.hpp"
#include "engine/http/server_fixture.hpp"
#include "engine/schema_for_tests.hpp"

namespace cauce::engine {
namespace {

using nlohmann::json;

/// Every `$ref` of a document.
void gather_references(const json& node, std::vector<std::string>& found) {
  if (node.is_object() && node.contains("$ref")) found.push_back(node["$ref"]);
  for (const json& item : node) {
    if (item.is_structured()) gather_references(item, found);
  }
}

TEST(OpenApi, NamesEveryRouteAndEveryRouteItsCommand) {
  const json document = openapi_document();
  std::size_t operations = 0;
  for (const auto& [path, methods] : document["paths"].items())
    operations += methods.size();
  EXPECT_EQ(operations, all_routes().size());
  for (const Route& route : all_routes()) {
    EXPECT_EQ(route.command.empty(), route.answer != AnsweredBy::command) << route.path;
    EXPECT_EQ(command_of(route) != nullptr, !route.command.empty()) << route.command;
    EXPECT_FALSE(summary_of(route).empty()) << route.path;
  }
  std::vector<std::string> references;
  gather_references(document, references);
  EXPECT_GT(references.size(), 100U);
  for (const std::string& reference : references)
    EXPECT_TRUE(document.contains(json::json_pointer(reference.substr(1)))) << reference;
}

/// Every command over a database can be asked over HTTP, but for those that are for who sits at the machine.
TEST(OpenApi, LeavesNoCommandOut) {
  const std::vector<std::string> at_the_machine = {"iniciar", "respaldar",     "vigilar",
                                                   "servir",  "cuentas clave", "cuentas ficha"};
  for (const cli::Command& command : cli::all_commands()) {
    const bool is_here =
        std::find(at_the_machine.begin(), at_the_machine.end(), command.name) != at_the_machine.end();
    const bool has_no_database =
        command.access == cli::Access::files || command.access == cli::Access::nothing;
    if (has_no_database || is_here) continue;
    const bool is_routed = std::any_of(all_routes().begin(), all_routes().end(), [&](const Route& route) {
      return command_of(route) && command_of(route)->name == command.name;
    });
    EXPECT_TRUE(is_routed) << command.name;
  }
}

TEST(OpenApi, TakesNoFileOfTheMachine) {
  for (const Route& route : all_routes()) {
    for (const Parameter& parameter : parameters_of(route)) {
      for (const char* file : {"archivo", "rechazados", "csv", "xlsx", "ics", "datos", "base", "config"})
        EXPECT_NE(parameter.name, file) << route.path;
    }
  }
}

/// A route's address with a plan, an obligation … of the policy for tests in its places.
std::string example_of(const Route& route) {
  const std::map<std::string, std::string> places = {
      {"clase", "PAT"}, {"entidad", "05001"}, {"vigencia", "2024"}, {"por", "municipio"}, {"numero", "1"}};
  std::string path;
  for (const std::string& segment : segments_of(route.path)) {
    const bool is_place = segment.front() == '{';
    const auto found = is_place ? places.find(segment.substr(1, segment.size() - 2)) : places.end();
    path += "/" + (is_place ? (found == places.end() ? "1" : found->second) : segment);
  }
  if (route.path == "/consultas") path += "?consulta=planes";
  if (route.path == "/busqueda") path += "?texto=una";
  if (route.path == "/simulacion") path += "?hasta=2024-03-31";
  return path;
}

TEST_F(ServerTest, AnswersAsTheDocumentSays) {
  taken_for_granted(world.system->run(PlanId::parse("PAT/05001/2024").value(),
                                      workflows::CompleteComponent{"objetivos", {{"meta", "Una"}}},
                                      {"ana", false}));
  const std::string token = token_of("dora");
  const json document = json_of(client().Get("/api/v1/openapi.json"));
  ASSERT_TRUE(document.is_object());
  for (const Route& route : all_routes()) {
    if (route.method != "GET" || route.answer == AnsweredBy::changes || route.answer == AnsweredBy::document)
      continue;
    const auto answer = get(example_of(route), token);
    ASSERT_TRUE(answer) << route.path;
    const std::string expected = route.path == "/buzon/{numero}" ? "problema" : std::string(route.schema);
    EXPECT_EQ(answer->status, expected == "problema" ? 404 : 200) << route.path << answer->body;
    const json& schema = document["components"]["schemas"][expected];
    ASSERT_TRUE(schema.is_object()) << expected;
    for (const std::string& mismatch : mismatches(json_of(answer), schema, std::string(route.path)))
      ADD_FAILURE() << mismatch;
  }
}

/// Its answer as the document describes it: the headers, forms and problems that there are.
TEST_F(ServerTest, AnswersInTheFormsAndWithTheHeadersOfTheDocument) {
  const std::string token = token_of("dora");
  const json document = openapi_document();
  for (const Route& route : all_routes()) {
    if (route.method != "GET" || route.answer != AnsweredBy::command) continue;
    const json& operation = document["paths"][std::string(api_root) + std::string(route.path)]["get"];
    const json& responses = operation["responses"];
    const std::string path = example_of(route);
    const std::string and_more = path + (path.find('?') == path.npos ? "?" : "&");
    const auto answer = get(path, token);
    if (answer->status != 200) continue;  // no message was sent that could be shown
    for (const char* name : {"ETag", "X-Total-Count"}) {
      EXPECT_EQ(responses["200"]["headers"].contains(name), answer->has_header(name)) << path << " " << name;
    }
    for (const char* form : {"text/csv", "text/calendar", "text/html",
                             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}) {
      const int status = get(path, token, {{"Accept", form}})->status;
      // Of a form that is given, 422 says that these rows do not suit it: a calendar of plans.
      EXPECT_EQ(responses["200"]["content"].contains(form), status == 200 || status == 422)
          << path << " " << form << " " << status;
    }
    const auto takes = [&](const std::string& name) {
      const json wanted = {{"$ref", "#/components/parameters/" + name}};
      const json& parameters = operation["parameters"];
      return std::find(parameters.begin(), parameters.end(), wanted) != parameters.end();
    };
    EXPECT_EQ(takes("limite"), get(and_more + "limite=1", token)->status == 200) << path;
    EXPECT_EQ(takes("cursor"), takes("limite")) << path;
    EXPECT_EQ(get(path, token, {{"If-None-Match", answer->get_header_value("ETag")}})->status, 304) << path;
    for (const char* problem : {"304", "400", "401", "403", "406", "422", "429", "503"})
      EXPECT_TRUE(responses.contains(problem)) << path << " " << problem;
  }
  for (const char* name : {"espera", "cambio"})
    EXPECT_FALSE(document["components"]["responses"][name]["headers"].empty()) << name;
}

TEST_F(ServerTest, KnowsNoParameterThatTheDocumentDoesNot) {
  const std::string token = token_of("dora");
  for (const Route& route : all_routes()) {
    if (route.method != "GET" || route.answer != AnsweredBy::command) continue;
    const std::string path = example_of(route);
    const auto answer = get(path + (path.find('?') == path.npos ? "?" : "&") + "base=/etc/passwd", token);
    EXPECT_EQ(answer->status, 422) << route.path << answer->body;
  }
}

}  // namespace
}  // namespace cauce::engine
