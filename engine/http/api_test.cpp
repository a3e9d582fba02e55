// What the HTTP interface answers to those who ask as they should.
#include <future>

#include <gmock/gmock.h>

#include "engine/http/route.hpp"
#include "engine/http/server_fixture.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST_F(ServerTest, TellsAPlanWithItsVersion) {
  const std::string token = token_of("ana");
  const auto answer = get("/planes/PAT/05001/2024", token);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200) << answer->body;
  const json plan = json_of(answer);
  EXPECT_EQ(plan["id"], "PAT/05001/2024");
  const std::string tag = answer->get_header_value("ETag");
  EXPECT_THAT(tag, HasSubstr("\"" + std::to_string(plan["version"].get<int>()) + "-"));
  const auto again = get("/planes/PAT/05001/2024", token, {{"If-None-Match", tag}});
  EXPECT_EQ(again->status, 304);
  EXPECT_EQ(again->body, "");
}

TEST_F(ServerTest, WritesOnTheVersionThatIsSaid) {
  const std::string token = token_of("ana");
  const std::string where = "/planes/PAT/05001/2024/componentes/objetivos";
  const std::string what = R"({"campo": {"meta": "Escribir = bien", "valor": "3.5"}})";
  const auto without = post(where, token, what);
  EXPECT_EQ(without->status, 428) << without->body;
  const std::string tag = get("/planes/PAT/05001/2024", token)->get_header_value("ETag");
  const auto done = post(where, token, what, {{"If-Match", tag}});
  ASSERT_EQ(done->status, 200) << done->body;
  EXPECT_EQ(json_of(done)["plan"], "PAT/05001/2024");
  // What it answers names the plan as who asks for it gets it.
  const std::string left = done->get_header_value("ETag");
  const auto known = get("/planes/PAT/05001/2024", token, {{"If-None-Match", left}});
  EXPECT_EQ(known->status, 304);
  EXPECT_EQ(known->get_header_value("ETag"), left);
  const auto stale = post(where, token, what, {{"If-Match", tag}});
  ASSERT_EQ(stale->status, 412) << stale->body;
  EXPECT_EQ(json_of(stale)["plan"]["version"], json_of(done)["version"]);
  EXPECT_EQ(stale->get_header_value("ETag"), done->get_header_value("ETag"));
  EXPECT_EQ(stale->get_header_value("Content-Type"), "application/problem+json; charset=utf-8");
}

TEST_F(ServerTest, DoesTheSameRequestOnce) {
  const std::string token = token_of("ana");
  const std::string where = "/planes/PAT/05001/2024/componentes/objetivos";
  const httplib::Headers headers = {{"If-Match", "*"}, {"Idempotency-Key", "abc"}};
  const auto first = post(where, token, R"({"campo": {"meta": "Una"}})", headers);
  ASSERT_EQ(first->status, 200) << first->body;
  const auto again = post(where, token, R"({"campo": {"meta": "Una"}})", headers);
  EXPECT_EQ(again->status, 200);
  EXPECT_EQ(again->body, first->body);
  EXPECT_EQ(again->get_header_value("Idempotency-Replayed"), "true");
  EXPECT_EQ(again->get_header_value("ETag"), first->get_header_value("ETag"));
  EXPECT_NE(again->get_header_value("ETag"), "");
  // Once somebody else has changed the plan, the answer of then is no answer about the plan of now.
  ASSERT_EQ(post(where, token, R"({"campo": {"meta": "De otro"}})", {{"If-Match", "*"}})->status, 200);
  const auto late = post(where, token, R"({"campo": {"meta": "Una"}})", headers);
  EXPECT_EQ(late->body, first->body);
  EXPECT_EQ(
      post(where, token, R"({"campo": {"meta": "Y otra"}})", {{"If-Match", late->get_header_value("ETag")}})
          ->status,
      412);
  EXPECT_EQ(post(where, token, R"({"campo": {"meta": "Otra"}})", headers)->status, 422);
  // Of another person the same key is another one.
  EXPECT_EQ(post(where, token_of("luis"), R"({"campo": {"meta": "Una"}})", headers)->status, 404);
  world.clock->set(world.clock->now() + std::chrono::hours(25));
  const auto later = post(where, token, R"({"campo": {"meta": "Otra"}})", headers);
  EXPECT_EQ(later->status, 200) << later->body;
}

TEST_F(ServerTest, KeepsNoLongAnswer) {
  const std::string token = token_of("ana");
  std::string rows = "plan,componente,meta\nPAT/05001/2024,objetivos,Una\n";
  for (int i = 0; i < 2'000; ++i)
    rows += "no/hay/2024,objetivos,x\n";
  const auto send = [&] {
    return post("/lotes/completar?parcial=1", token, rows, {{"Idempotency-Key", "lote"}}, "text/csv");
  };
  const auto first = send();
  ASSERT_EQ(first->status, 200) << first->body;
  ASSERT_EQ(json_of(first)["done"], 1) << first->body;
  const auto again = send();
  EXPECT_EQ(again->status, 200);
  EXPECT_EQ(again->get_header_value("Idempotency-Replayed"), "true");
  EXPECT_LT(again->body.size(), 1'000U);
  EXPECT_THAT(again->body, HasSubstr("ya se hizo"));
}

TEST_F(ServerTest, TellsNoMoreAtOnceThanItMay) {
  options.longest_answer = 200;
  const std::string token = token_of("ana");
  EXPECT_EQ(get("/planes/PAT/05001/2024", token_of("ana"))->status, 422);
  EXPECT_EQ(get("/yo", token)->status, 200);
  const auto table = get("/consultas?consulta=hitos", token, {{"Accept", "text/csv"}});
  EXPECT_EQ(table->status, 422);
  EXPECT_THAT(json_of(table)["detail"].get<std::string>(), HasSubstr("pida menos"));
  // Of what was done all is told.
  const auto done = post("/planes/PAT/05001/2024/componentes/objetivos", token,
                         R"({"campo": {"meta": ")" + std::string(3'000, 'x') + "\"}}", {{"If-Match", "*"}});
  EXPECT_EQ(done->status, 200) << done->body;
}

TEST_F(ServerTest, LooksAgainAtWhoAsksOnceItsTurnHasCome) {
  const std::string token = token_of("ana");
  const std::string where = "/planes/PAT/05001/2024/componentes/objetivos";
  (void)client();
  std::future<httplib::Result> waiting;
  world.system->together([&] {
    waiting = std::async(std::launch::async, [&] {
      return post(where, token, R"({"campo": {"meta": "Tarde"}})", {{"If-Match", "*"}});
    });
    // It comes in, and waits for the one who writes, who takes its token away.
    EXPECT_EQ(waiting.wait_for(std::chrono::seconds(1)), std::future_status::timeout);
    taken_for_granted(revoke_token(*world.system, token.substr(6, 12), world.set_up_actor));
  });
  EXPECT_EQ(waiting.get()->status, 401);
}

TEST_F(ServerTest, CutsLongAnswersIntoPages) {
  const std::string token = token_of("dora");
  std::string path = "/api/v1/consultas?consulta=municipio%20muestra%20c%C3%B3digo&limite=3";
  std::vector<std::string> keys;
  for (int pages = 0; !path.empty() && pages < 5; ++pages) {
    const auto answer = client().Get(path, bearing(token));
    ASSERT_EQ(answer->status, 200) << answer->body;
    EXPECT_EQ(answer->get_header_value("X-Total-Count"), "4");
    const json page = json_of(answer);
    for (const json& row : page["rows"])
      keys.push_back(row[0]);
    const std::string link = answer->get_header_value("Link");
    path = link.empty() ? "" : link.substr(1, link.find('>') - 1);
  }
  EXPECT_THAT(keys, testing::ElementsAre("05001", "05002", "19001", "19002"));
  EXPECT_EQ(get("/vencidos?cursor=nada", token)->status, 422);
  EXPECT_EQ(get("/vencidos?limite=0", token)->status, 422);
}

TEST_F(ServerTest, GivesAQueryAsATable) {
  const auto answer = get("/consultas?consulta=municipio%20muestra%20c%C3%B3digo", token_of("dora"),
                          {{"Accept", "text/csv"}});
  ASSERT_EQ(answer->status, 200) << answer->body;
  EXPECT_THAT(answer->get_header_value("Content-Type"), HasSubstr("text/csv"));
  EXPECT_THAT(answer->body, HasSubstr("05001"));
  EXPECT_EQ(get("/vencidos", token_of("dora"), {{"Accept", "text/html"}})->status, 406);
}

TEST_F(ServerTest, GivesTheFormThatIsPreferred) {
  const std::string token = token_of("dora");
  const auto form_of = [&](const std::string& accept) {
    const auto answer = get("/consultas?consulta=municipio", token, {{"Accept", accept}});
    if (answer->status != 200) return std::to_string(answer->status);
    EXPECT_EQ(answer->get_header_value("Vary"), "Accept");
    return answer->get_header_value("Content-Type");
  };
  EXPECT_THAT(form_of("text/csv;q=0.5, application/json;q=0.9"), HasSubstr("application/json"));
  EXPECT_THAT(form_of("text/*"), HasSubstr("text/csv"));
  EXPECT_THAT(form_of("*/*"), HasSubstr("application/json"));
  EXPECT_EQ(form_of("text/csv;q=0"), "406");
  // A list of towns is no calendar: that is said, and nothing else is given in its place.
  const auto calendar = get("/consultas?consulta=municipio", token, {{"Accept", "text/calendar"}});
  EXPECT_EQ(calendar->status, 422);
  EXPECT_THAT(json_of(calendar)["detail"].get<std::string>(),
              HasSubstr("un calendario es de hitos o reportes"));
  const auto part = get("/consultas?consulta=municipio&limite=2", token, {{"Accept", "text/csv"}});
  EXPECT_EQ(part->status, 422) << part->body;
  EXPECT_THAT(json_of(part)["detail"].get<std::string>(), HasSubstr("limite"));
}

TEST_F(ServerTest, RefusesAtOnceWhatHasManyNames) {
  const std::string token = token_of("ana");
  const std::string where = "/planes/PAT/05001/2024/componentes/objetivos";
  for (const int names : {5'000, 50'000}) {
    json body = json::object();
    for (int i = 0; i < names; ++i)
      body[std::to_string(i)] = "1";
    const auto answer = post(where, token, body.dump(), {{"If-Match", "*"}});
    ASSERT_EQ(answer->status, 422);
    EXPECT_LE(json_of(answer)["mistakes"].size(), 20U);
  }
}

TEST_F(ServerTest, TakesNoLetterThatNoSpreadsheetHas) {
  const auto answer = post("/planes/PAT/05001/2024/componentes/objetivos", token_of("ana"),
                           R"({"campo": {"meta": "uno \uffff dos"}})", {{"If-Match", "*"}});
  EXPECT_EQ(answer->status, 422);
  EXPECT_EQ(json_of(answer)["mistakes"][0]["name"], "campo.meta");
}

TEST_F(ServerTest, RefusesWhatItDoesNotKnowAndWhatIsSaidTwice) {
  const std::string token = token_of("dora");
  for (const char* path :
       {"/yo?x=1", "/openapi.json?x=1", "/cambios?x=1", "/vencidos?limite=5&limite=6",
        "/vencidos?cursor=&cursor=", "/informes/mensual?limite=5", "/planes/PAT/05001/2024?cursor=x",
        "/alertas?todas=no&todas=no", "/consultas?consulta=planes&consulta="}) {
    const auto answer = get(path, token);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, 422) << path << answer->body;
  }
}

TEST_F(ServerTest, TellsBesideATableWhatItLeavesOut) {
  const std::string token = token_of("dora");
  const auto notes = [&](const std::string& query, const std::string& form) {
    const auto answer = get("/consultas?consulta=" + encoded(query), token, {{"Accept", form}});
    EXPECT_EQ(answer->status, 200) << answer->body;
    return decoded(answer->get_header_value("X-Cauce-Notas"), false).value_or("not encoded");
  };
  const std::string query = "planes donde mdm >= 40 muestra plan";
  const std::string no_pcct = "no se miraron 2 planes PCCT";
  EXPECT_THAT(notes(query, "text/csv"), AllOf(HasSubstr("1 por verificar: mdm, "), HasSubstr(no_pcct)));
  EXPECT_THAT(notes("hitos", "text/calendar"), HasSubstr("por fijar o sin plazo"));
  EXPECT_EQ(notes("municipio muestra código", "text/csv"), "");
  const json in_json = json_of(get("/consultas?consulta=" + encoded(query), token));
  EXPECT_EQ(in_json["undetermined"], 1);
  EXPECT_THAT(in_json["notes"].dump(), HasSubstr(no_pcct));
}

TEST_F(ServerTest, GivesWorkbooksAndPages) {
  const std::string workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const auto query = get("/consultas?consulta=municipio", token_of("dora"), {{"Accept", workbook}});
  ASSERT_EQ(query->status, 200) << query->body;
  EXPECT_EQ(query->get_header_value("Content-Type"), workbook);
  EXPECT_EQ(query->body.substr(0, 4), "PK\x03\x04");
  const auto page = get("/informes/mensual?periodo=2024-01", token_of("ana"), {{"Accept", "text/html"}});
  ASSERT_EQ(page->status, 200) << page->body;
  EXPECT_THAT(page->body, HasSubstr("Caribe"));
  EXPECT_THAT(page->body, Not(HasSubstr("Pac"))) << "out of her sight";
}

TEST_F(ServerTest, SaysWhatIsWrongInSpanish) {
  const std::string token = token_of("ana");
  const auto lacking = post("/planes/PAT/05001/2024/suspender", token, "{}", {{"If-Match", "*"}});
  EXPECT_EQ(lacking->status, 422);
  EXPECT_EQ(json_of(lacking)["mistakes"], json::parse(R"([{"name":"motivo","detail":"falta"}])"));
  const auto refused = post("/planes/PAT/05001/2024/acciones/aprobar", token, "{}", {{"If-Match", "*"}});
  EXPECT_EQ(refused->status, 409) << refused->body;
  const auto not_allowed =
      post("/planes/PAT/05001/2024/suspender", token, R"({"motivo": "obras"})", {{"If-Match", "*"}});
  EXPECT_EQ(not_allowed->status, 403) << not_allowed->body;
  const auto again = post("/buzon/reenviar", token, R"({"numero": ["1"]})");
  EXPECT_EQ(again->status, 403) << again->body;
  EXPECT_EQ(json_of(again)["holders"], json::parse(R"(["Dora Ruiz"])"));
  EXPECT_EQ(get("/buzon", token)->status, 403);
  EXPECT_EQ(post("/buzon/reenviar", token_of("dora"), R"({"numero": ["1"]})")->status, 409)
      << "there is no such message";
  EXPECT_EQ(get("/nada", token)->status, 404);
  const auto method = client().Delete("/api/v1/vencidos", bearing(token));
  EXPECT_EQ(method->status, 405);
  EXPECT_EQ(method->get_header_value("Allow"), "GET, HEAD");
  const auto query = get("/consultas?consulta=planes%20donde%20nada", token);
  EXPECT_EQ(query->status, 422);
  EXPECT_THAT(json_of(query)["result"]["diagnostics"][0]["message"].get<std::string>(), HasSubstr("nada"));
  EXPECT_THAT(json_of(query)["detail"].get<std::string>(),
              StartsWith(json_of(query)["result"]["diagnostics"][0]["message"].get<std::string>()));
  EXPECT_EQ(post("/seleccion", token_of("dora"), "{", {})->status, 422);
  EXPECT_EQ(post("/seleccion", token_of("dora"), "a=b", {}, "application/x-www-form-urlencoded")->status,
            415);
}

TEST_F(ServerTest, TakesManyAtOnceFromATable) {
  const std::string table =
      "plan,componente,meta\nPAT/05001/2024,objetivos,Una\nPAT/05002/2024,objetivos,Dos\n";
  const auto done = post("/lotes/completar", token_of("ana"), table, {}, "text/csv");
  ASSERT_EQ(done->status, 200) << done->body;
  EXPECT_EQ(json_of(done)["done"], 2);
  const auto not_hers = post("/lotes/completar", token_of("luis"), table, {}, "text/csv");
  EXPECT_EQ(not_hers->status, 422) << not_hers->body;
  EXPECT_THAT(not_hers->body, Not(HasSubstr("/tmp")));
}

TEST_F(ServerTest, ImportsAndPublishesWhatIsSentWithIt) {
  const std::string token = token_of("dora");
  const json data = {{"datos", {{"municipio", "código,nombre,región,pdet\n05003,Nuevo,Caribe,no\n"}}}};
  const auto imported = post("/datos", token, data.dump());
  ASSERT_EQ(imported->status, 200) << imported->body;
  EXPECT_EQ(json_of(imported)["changed"], 1);
  EXPECT_THAT(imported->body, Not(HasSubstr("/tmp")));
  const json policy = {
      {"archivos", {{"prueba.cauce", policy_for_tests + std::string("rol veedor por nación\n")}}}};
  const auto published = post("/politicas", token, policy.dump());
  ASSERT_EQ(published->status, 200) << published->body;
  EXPECT_EQ(json_of(published)["policy_version"], 2);
  const auto wrong = post("/politicas", token, R"({"archivos": {"prueba.cauce": "programa"}})");
  EXPECT_EQ(wrong->status, 422);
  EXPECT_THAT(wrong->body, Not(HasSubstr("/tmp")));
  EXPECT_EQ(post("/politicas", token, R"({"archivos": {"../fuera.cauce": "programa"}})")->status, 422);
  EXPECT_EQ(post("/politicas", token_of("ana"), policy.dump())->status, 403);
}

TEST_F(ServerTest, LetsPeopleInWithAPassword) {
  taken_for_granted(
      set_password(*world.system, "ana", Secret("una frase bastante larga"), world.set_up_actor));
  auto http = client();
  const auto wrong = http.Post("/api/v1/sesiones", R"({"persona":"ana","clave":"otra"})", "application/json");
  EXPECT_EQ(wrong->status, 401);
  const auto in = http.Post("/api/v1/sesiones", R"({"persona":"ana","clave":"una frase bastante larga"})",
                            "application/json");
  ASSERT_EQ(in->status, 200) << in->body;
  const std::string token = json_of(in)["token"];
  EXPECT_EQ(json_of(get("/yo", token))["person"], "ana");
  EXPECT_EQ(http.Delete("/api/v1/sesiones", bearing(token))->status, 204);
  EXPECT_EQ(get("/yo", token)->status, 401);
}

TEST_F(ServerTest, AsksABrowserForItsGuard) {
  taken_for_granted(
      set_password(*world.system, "ana", Secret("una frase bastante larga"), world.set_up_actor));
  auto http = client();
  const auto in = http.Post("/api/v1/sesiones",
                            R"({"persona":"ana","clave":"una frase bastante larga","modo":"galleta"})",
                            "application/json");
  ASSERT_EQ(in->status, 200) << in->body;
  EXPECT_FALSE(json_of(in).contains("token"));
  const std::string set = in->get_header_value("Set-Cookie");
  EXPECT_THAT(set, HasSubstr("; HttpOnly; SameSite=Strict"));
  const std::string cookie = set.substr(0, set.find(';'));
  const std::string where = "/api/v1/planes/PAT/05001/2024/componentes/objetivos";
  const std::string what = R"({"campo": {"meta": "Una"}})";
  EXPECT_EQ(http.Get("/api/v1/yo", {{"Cookie", cookie}})->status, 200);
  EXPECT_EQ(http.Post(where, {{"Cookie", cookie}, {"If-Match", "*"}}, what, "application/json")->status, 403);
  const std::string guard = json_of(in)["guard"];
  const auto done = http.Post(where, {{"Cookie", cookie}, {"If-Match", "*"}, {"X-Cauce-Guarda", guard}}, what,
                              "application/json");
  EXPECT_EQ(done->status, 200) << done->body;
}

TEST_F(ServerTest, ForeseesWhatOneSees) {
  const auto foreseen = [&](const std::string& person) {
    return json_of(get("/simulacion?hasta=2024-06-30", token_of(person)));
  };
  const json all = foreseen("dora");
  const json some = foreseen("ana");
  std::size_t deadlines = 0;
  std::size_t alerts = 0;
  for (const json& item : some["items"]) {
    const std::string plan = item.value("plan", "");
    EXPECT_THAT(plan, testing::AnyOf("PAT/05001/2024", "PAT/05002/2024"));
    ++(item["kind"] == "deadline" ? deadlines : alerts);
  }
  EXPECT_EQ(some["deadlines"], deadlines);
  EXPECT_EQ(some["alerts"], alerts);
  EXPECT_GT(deadlines, 0U);
  EXPECT_GT(alerts, 0U);
  EXPECT_LT(some["items"].size(), all["items"].size());
  // Each exactly as in the whole.
  for (const json& item : some["items"])
    EXPECT_NE(std::find(all["items"].begin(), all["items"].end(), item), all["items"].end()) << item;
}

TEST_F(ServerTest, ChangesOnesOwnPasswordForWhoKnowsIt) {
  const std::string first = "una frase bastante larga";
  const std::string second = "otra frase bastante larga";
  taken_for_granted(set_password(*world.system, "ana", Secret(first), world.set_up_actor));
  auto http = client();
  const auto enter = [&](const std::string& password) {
    const json body = {{"persona", "ana"}, {"clave", password}};
    const auto in = http.Post("/api/v1/sesiones", body.dump(), "application/json");
    return in->status == 200 ? json_of(in)["token"].get<std::string>() : std::string();
  };
  const std::string session = enter(first);
  const auto change = [&](const std::string& before, const std::string& after) {
    return post("/yo/clave", session, json{{"clave_actual", before}, {"clave", after}}.dump())->status;
  };
  EXPECT_EQ(change("no es esa frase larga", second), 403);
  EXPECT_EQ(change(first, "corta"), 422);
  EXPECT_EQ(post("/yo/clave", session, R"({"clave": "x"})")->status, 422);
  EXPECT_EQ(enter(second), "");
  EXPECT_EQ(change(first, second), 204);
  EXPECT_EQ(get("/yo", session)->status, 401);  // what the one before opened is closed
  EXPECT_EQ(enter(first), "");
  EXPECT_NE(enter(second), "");
}

TEST_F(ServerTest, OpensAndClosesAccountsForThoseWhoMay) {
  const std::string dora = token_of("dora");
  const std::string ana = token_of("ana");
  EXPECT_EQ(post("/cuentas/luis/cerrar", ana, "{}")->status, 403);
  EXPECT_EQ(post("/cuentas/ana/cerrar", dora, "{}")->status, 200);
  EXPECT_EQ(get("/yo", ana)->status, 401);
  EXPECT_EQ(post("/cuentas", dora, R"({"persona": "ana"})")->status, 200);
  EXPECT_EQ(get("/yo", ana)->status, 401);  // what was taken back stays so
  EXPECT_EQ(post("/cuentas", dora, R"({"persona": "nadie"})")->status, 404);
  EXPECT_EQ(post("/cuentas/ana/fichas", dora, "{}")->status, 404);  // secrets are given at the machine
}

TEST_F(ServerTest, HoldsATokenToWhatItIsFor) {
  const std::string reader = token_of("ana", false);
  EXPECT_EQ(get("/vencidos", reader)->status, 200);
  EXPECT_EQ(post("/planes/PAT/05001/2024/componentes/objetivos", reader, "{}", {{"If-Match", "*"}})->status,
            403);
  const std::string narrow = token_of("ana", true, {"completar"});
  EXPECT_EQ(get("/vencidos", narrow)->status, 403);
  const auto done = post("/planes/PAT/05001/2024/componentes/objetivos", narrow,
                         R"({"campo": {"meta": "Una"}})", {{"If-Match", "*"}});
  EXPECT_EQ(done->status, 200) << done->body;
  world.clock->set(world.clock->now() + std::chrono::days(91));
  EXPECT_EQ(get("/vencidos", reader)->status, 401);
}

TEST_F(ServerTest, TellsWhatChangesToThoseWhoSeeIt) {
  const std::string token = token_of("ana");
  start();
  const auto head = std::to_string(world.system->store().head()->sequence);
  RawConnection connection(server->port());
  connection.send("GET /api/v1/cambios HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
                  "\r\nLast-Event-ID: " + head + "\r\n\r\n");
  const auto run = [&](const char* plan, const char* person) {
    taken_for_granted(world.system->run(PlanId::parse(plan).value(),
                                        workflows::CompleteComponent{"objetivos", {{"meta", "secreto"}}},
                                        {person, false}));
  };
  run("PAT/19001/2024", "luis");
  run("PAT/05001/2024", "ana");
  const std::string told = connection.receive(std::chrono::milliseconds(2500));
  EXPECT_THAT(told, HasSubstr("text/event-stream"));
  EXPECT_THAT(told, HasSubstr(R"("plan":"PAT/05001/2024")"));
  EXPECT_THAT(told, Not(HasSubstr("PAT/19001/2024")));
  EXPECT_THAT(told, Not(HasSubstr("secreto")));
}

}  // namespace
}  // namespace cauce::engine
