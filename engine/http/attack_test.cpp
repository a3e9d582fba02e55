// What the HTTP interface answers to those who wish it ill. The threats are those of docs/seguridad.md.
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>

#include "engine/alerts.hpp"
#include "engine/http/route.hpp"
#include "engine/http/server_fixture.hpp"
#include "engine/policy_files.hpp"
#include "engine/silence.hpp"

namespace cauce::engine {
namespace {

using nlohmann::json;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class AttackTest : public ServerTest {
 protected:
  std::string raw(const std::string& bytes) {
    if (!server) start();
    RawConnection connection(server->port());
    connection.send(bytes);
    return connection.receive(std::chrono::milliseconds(1500));
  }
  /// Luis works in 19001, and Paz over him; Ana sees neither. Something of everything that can be told, in
  /// June. Returns the alert and the silence.
  std::pair<std::int64_t, std::int64_t> fill_strange_plan() {
    const PlanId plan = PlanId::parse("PAT/19001/2024").value();
    const auto run = [&](const workflows::Command& command, const char* person) {
      taken_for_granted(world.system->run(plan, command, {person, false}));
    };
    run(workflows::CompleteComponent{"objetivos", {{"meta", "SECRETO"}}}, "luis");
    run(workflows::Act{"enviar"}, "luis");
    run(workflows::Act{"devolver", "SECRETO"}, "paz");
    world.set_clock("2024-03-18T09:00");
    raise_due(*world.system, "archivo");
    run(
        workflows::DeliverReport{
            "informe", rules::Period::parse("2024-02"), {{"actividades", "3"}, {"resumen", "SECRETO"}}},
        "luis");
    const Silence silenced = taken_for_granted(
        silence(*world.system, {plan, "diagnóstico", {}, rules::make_date(2024, 12, 1).value(), "SECRETO"},
                {"paz", false}));
    world.set_clock("2024-06-15T09:00");
    const std::vector<Alert> alerts = list_alerts(*world.system, {plan});
    if (alerts.empty()) throw std::logic_error("no alert was raised");
    return {alerts.front().id, silenced.id};
  }
  static std::size_t count_of(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1))
      ++count;
    return count;
  }
};

// --- Outside one's territory

/// The address of a route about a plan of somebody else.
std::string strange_address(const Route& route) {
  const std::map<std::string, std::string> places = {
      {"clase", "PAT"},        {"entidad", "19001"},        {"vigencia", "2024"},
      {"por", "municipio"},    {"componente", "objetivos"}, {"reporte", "informe"},
      {"hito", "diagnóstico"}, {"obligacion", "informe"},   {"accion", "enviar"}};
  std::string path;
  for (const std::string& segment : segments_of(route.path)) {
    const bool is_place = segment.front() == '{';
    const auto found = is_place ? places.find(segment.substr(1, segment.size() - 2)) : places.end();
    path +=
        "/" + (is_place ? (found == places.end() ? "1" : httplib::detail::encode_query_param(found->second))
                        : segment);
  }
  return path;
}

/// What stands in the plan of somebody else, by which it would be known.
void tells_nothing(const std::string& body, const std::string& path) {
  for (const char* secret : {"SECRETO", "Popay", "Pac", "luis", "Luis", "paz", "Paz", "19001"}) {
    // Who asks by a name hears it again.
    if (path.find(secret) == path.npos) {
      EXPECT_THAT(body, Not(HasSubstr(secret))) << path;
    }
  }
}

TEST_F(AttackTest, NoReadTellsOfAStrangeTerritory) {
  fill_strange_plan();
  for (const Route& route : all_routes()) {
    if (route.method != "GET" || route.answer == AnsweredBy::changes) continue;
    std::vector<std::string> paths = {strange_address(route)};
    if (route.path == "/consultas") {
      paths.clear();
      for (const char* query :
           {"planes", "hitos", "reportes", "componentes", "alertas", "personas", "municipio", "regi%C3%B3n",
            "planes%20agrupa%20por%20regi%C3%B3n%20muestra%20cuenta()", "componentes%20muestra%20meta"})
        paths.push_back("/consultas?consulta=" + std::string(query));
    }
    if (route.path == "/busqueda") paths = {"/busqueda?texto=secret*", "/busqueda?texto=una&texto=o*"};
    if (route.path == "/simulacion") paths = {"/simulacion?hasta=2024-12-31"};
    for (const std::string& path : paths) {
      const auto answer = get(path, token_of("ana"));
      ASSERT_TRUE(answer) << path;
      if (route.answer == AnsweredBy::document) continue;
      tells_nothing(answer->body, path);
      for (const char* form : {"text/csv", "text/calendar", "text/html"}) {
        const auto in_form = get(path, token_of("ana"), {{"Accept", std::string(form) + ", */*"}});
        ASSERT_TRUE(in_form) << path;
        tells_nothing(in_form->body, path + " como " + form);
      }
      if (is_about_a_plan(route)) {
        EXPECT_EQ(answer->status, 404) << path;
      }
      // As of a plan that is not there: nothing tells one from the other but its own name.
      if (path == "/planes/PAT/19001/2024") {
        const auto nowhere = get("/planes/PAT/19009/2024", token_of("ana"));
        std::string expected = nowhere->body;
        expected.replace(expected.find("19009"), 5, "19001");
        EXPECT_EQ(answer->body, expected);
      }
    }
  }
}

/// All that a route asks for, with something that could do.
std::string body_for(const Route& route) {
  if (route.upload == Upload::table) {
    return "plan,componente,reporte,hito,acción,obligación,meta\n"
           "PAT/19001/2024,objetivos,informe,diagnóstico,enviar,informe,x\n";
  }
  json body = json::object();
  for (const Parameter& parameter : parameters_of(route)) {
    if (parameter.in_path || !parameter.required) continue;
    body[parameter.name] = parameter.name == "hasta" ? "2024-12-31" : "porque sí";
  }
  return body.dump();
}

TEST_F(AttackTest, NoWriteReachesAStrangeTerritory) {
  const std::string token = token_of("ana");
  const auto before = world.system->store().head()->sequence;
  for (const Route& route : all_routes()) {
    if (!is_write(route)) continue;
    const auto answer = post(strange_address(route), token, body_for(route), {{"If-Match", "*"}},
                             route.upload == Upload::table ? "text/csv" : "application/json");
    ASSERT_TRUE(answer) << route.path;
    if (is_about_a_plan(route)) {
      EXPECT_EQ(answer->status, 404) << route.path << answer->body;
    } else {
      EXPECT_THAT(answer->status, AnyOf(403, 404, 409, 422)) << route.path << answer->body;
    }
  }
  EXPECT_EQ(world.open_again()->store().head()->sequence, before);
}

TEST_F(AttackTest, WhatIsOutOfSightIsRefusedAsWhatIsNot) {
  const auto [alert, silence] = fill_strange_plan();
  const std::string token = token_of("ana");
  const auto refusal = [&](const std::string& path, std::int64_t number) {
    std::string address = path;
    address.replace(address.find('#'), 1, std::to_string(number));
    const auto answer = post(address, token, "{}");
    EXPECT_EQ(answer->status, 404) << address << answer->body;
    std::string body = answer->body;
    const std::string said = " " + std::to_string(number) + "\"";  // at the end of what is said of it
    const std::size_t at = body.find(said);
    EXPECT_NE(at, body.npos) << body;
    if (at != body.npos) body.replace(at, said.size(), " #\"");
    return body;
  };
  EXPECT_EQ(refusal("/alertas/#/reconocer", alert), refusal("/alertas/#/reconocer", 999'999));
  EXPECT_EQ(refusal("/silencios/#/terminar", silence), refusal("/silencios/#/terminar", 999'999));
  // Those whose they are can.
  EXPECT_EQ(post("/silencios/" + std::to_string(silence) + "/terminar", token_of("paz"), "{}")->status, 200);
  EXPECT_EQ(post("/alertas/" + std::to_string(alert) + "/reconocer", token_of("luis"), "{}")->status, 200);
}

TEST_F(AttackTest, NothingIsAnsweredToWhoIsNotKnown) {
  for (const Route& route : all_routes()) {
    if (route.needs == Needs::nothing) continue;
    const auto answer = route.method == "GET"      ? client().Get("/api/v1" + strange_address(route))
                        : route.method == "DELETE" ? client().Delete("/api/v1" + strange_address(route))
                                                   : client().Post("/api/v1" + strange_address(route));
    ASSERT_TRUE(answer) << route.path;
    EXPECT_EQ(answer->status, 401) << route.path;
    EXPECT_EQ(answer->get_header_value("WWW-Authenticate"), "Bearer realm=\"cauce\"") << route.path;
  }
}

TEST_F(AttackTest, WhatIsTakenBackOpensNothing) {
  const std::string token = token_of("ana");
  EXPECT_EQ(get("/yo", token)->status, 200);
  taken_for_granted(close_account(*world.system, "ana", world.set_up_actor));
  EXPECT_EQ(get("/yo", token)->status, 401);
}

// --- Guessing

TEST_F(AttackTest, GuessingIsSlowedDown) {
  options.log_ins_per_minute = 3;
  const std::string good = token_of("ana");
  std::vector<int> statuses;
  for (int i = 0; i < 5; ++i) {
    std::string bad = good;
    bad[bad.size() - 1 - static_cast<std::size_t>(i)] ^= 1;
    statuses.push_back(get("/yo", bad)->status);
  }
  EXPECT_THAT(statuses, testing::ElementsAre(401, 401, 401, 429, 429));
  // Who has a good one comes in all the same.
  EXPECT_EQ(get("/yo", good)->status, 200);
  const auto log_in =
      client().Post("/api/v1/sesiones", R"({"persona":"ana","clave":"x"})", "application/json");
  EXPECT_EQ(log_in->status, 429);
  EXPECT_GT(std::stoi(log_in->get_header_value("Retry-After")), 0);
}

TEST_F(AttackTest, WhoAsksTooMuchWaits) {
  options.requests_per_minute = 5;
  const std::string token = token_of("ana");
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(get("/yo", token)->status, 200);
  const auto answer = get("/yo", token);
  EXPECT_EQ(answer->status, 429);
  EXPECT_GT(std::stoi(answer->get_header_value("Retry-After")), 0);
}

TEST_F(AttackTest, OnlyAProxyThatIsTrustedSaysWhereARequestIsFrom) {
  options.requests_per_minute = 1;  // of each address, twice as many
  start();
  const auto from = [&](const std::string& address) {
    return client().Get("/api/v1/yo", {{"X-Forwarded-For", address}})->status;
  };
  EXPECT_EQ(from("10.0.0.1"), 401);
  EXPECT_EQ(from("10.0.0.2"), 401);
  EXPECT_EQ(from("10.0.0.3"), 429);
  server.reset();
  options.proxies = {"127.0.0.1"};
  start();
  for (int i = 1; i < 5; ++i)
    EXPECT_EQ(from("10.0.0." + std::to_string(i)), 401);
  // What the client itself wrote stands before what the proxy adds.
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(from("10.9.9." + std::to_string(i) + ", 10.0.0.9"), 401);
  EXPECT_EQ(from("10.9.9.3, 10.0.0.9"), 429);
  // Of IPv6 whoever has one address has a network of them; and what is no address is nobody's.
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(from("2001:db8::" + std::to_string(i)), 401);
  EXPECT_EQ(from("[2001:db8::a]:5000"), 429);
  (void)from("10.0.0.20 - - falsa, ::ffff:10.0.0.21:80\tfalsa");
  server.reset();
  EXPECT_THAT(log, Not(HasSubstr("falsa")));
  EXPECT_THAT(log, HasSubstr("\n10.0.0.9 - - GET /api/v1/yo 429"));
}

// --- Words that are meant to be more than words

const char* const evil_texts[] = {"'; DROP TABLE event; --",
                                  "<script>alert(1)</script>",
                                  "=HYPERLINK(\"http://x\")",
                                  "\r\nX-Inyectada: si",
                                  "--base=/etc/passwd",
                                  "--help",
                                  "-",
                                  "{{7*7}}",
                                  "\"}],\"x\":[{\"",
                                  "%0d%0aSet-Cookie: a=b",
                                  "../../../etc/passwd",
                                  "[a,b]",
                                  "\xE2\x80\xAE"
                                  "oculto"};

std::string without_blanks_around(std::string text) {
  constexpr const char* blanks = " \t\r\n";
  text.erase(text.find_last_not_of(blanks) + 1);
  text.erase(0, text.find_first_not_of(blanks));
  return text;
}

TEST_F(AttackTest, WordsStayWords) {
  const std::string token = token_of("ana");
  for (const char* text : evil_texts) {
    const json body = {{"campo", {{"meta", text}}}};
    const auto written =
        post("/planes/PAT/05001/2024/componentes/objetivos", token, body.dump(), {{"If-Match", "*"}});
    ASSERT_TRUE(written);
    ASSERT_EQ(written->status, 200) << text << written->body;
    EXPECT_FALSE(written->has_header("X-Inyectada"));
    const auto told = get("/planes/PAT/05001/2024/historia", token);
    EXPECT_EQ(told->get_header_value("Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(told->get_header_value("X-Content-Type-Options"), "nosniff");
    const json history = json_of(told);
    ASSERT_TRUE(history.is_array()) << told->body;
    const std::string kept = json(without_blanks_around(text)).dump();  // as of any cell
    EXPECT_THAT(history.back()["payload"].dump(), HasSubstr(kept)) << text;
    // In a table no spreadsheet runs it.
    const auto table =
        get("/consultas?consulta=componentes%20muestra%20meta", token, {{"Accept", "text/csv"}});
    EXPECT_THAT(table->body, Not(HasSubstr("\n="))) << table->body;
  }
}

TEST_F(AttackTest, EveryNameMayBeEvil) {
  const std::string token = token_of("dora");
  for (const char* text : evil_texts) {
    const std::string place = httplib::detail::encode_query_param(text);
    for (const std::string& path :
         {"/planes/" + place + "/05001/2024", "/planes/PAT/" + place + "/2024", "/vencidos/por/" + place,
          "/consultas?consulta=" + place, "/alertas?para=" + place, "/vencidos?fecha=" + place,
          "/vencidos?a_fecha=" + place, "/buzon/" + place, "/buzon?estado=" + place,
          "/simulacion?hasta=" + place, "/auditoria?ancla=" + place}) {
      const auto answer = get(path, token);
      ASSERT_TRUE(answer) << path;
      EXPECT_THAT(answer->status, AnyOf(200, 400, 404, 422)) << path << answer->body;
      EXPECT_FALSE(json_of(answer).is_discarded()) << path << answer->body;
      EXPECT_THAT(answer->body, Not(HasSubstr("root:"))) << path;
      EXPECT_FALSE(answer->has_header("X-Inyectada")) << path;
    }
    const std::string plan = "/planes/PAT/05001/2024";
    const json body = {
        {"motivo", text}, {"hasta", text}, {"el", text}, {"periodo", text}, {"evidencia", text}};
    for (const std::string& path :
         {plan + "/suspender", plan + "/acciones/" + place, plan + "/hitos/" + place,
          plan + "/reportes/" + place, plan + "/obligaciones/" + place + "/prorrogar"}) {
      const auto answer = post(path, token, body.dump(), {{"If-Match", "*"}});
      ASSERT_TRUE(answer) << path;
      EXPECT_THAT(answer->status, AnyOf(200, 403, 404, 409, 422)) << path << answer->body;
    }
  }
  EXPECT_TRUE(world.open_again()->audit(true).ok());
}

TEST_F(AttackTest, NoPathLeadsOut) {
  const std::string token = token_of("dora");
  for (const char* path :
       {"/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/planes/..%2f..%2fetc/passwd/1",
        "/planes/PAT/..%5c..%5c/2024", "//etc/passwd", "/planes/PAT/%00/2024", "/planes/PAT/%ff/2024",
        "/planes/PAT/%/2024", "/./vencidos"}) {
    const std::string answer =
        raw("GET /api/v1" + std::string(path) + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
            "\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, AnyOf(StartsWith("HTTP/1.1 404"), StartsWith("HTTP/1.1 400"))) << path << answer;
    EXPECT_THAT(answer, Not(HasSubstr("root:"))) << path;
  }
  ::setenv("TMPDIR", world.folder.path().c_str(), 1);
  for (const char* name : {"../x", "/etc/x", "a/b", "..", ".", "a\\b", "a=b", "-rf"}) {
    const json policy = {{"archivos", {{name, "programa"}}}};
    EXPECT_EQ(post("/politicas", token, policy.dump())->status, 422) << name;
    const json data = {{"datos", {{name, "código\n1\n"}}}};
    EXPECT_EQ(post("/datos", token, data.dump())->status, 422) << name;
  }
  ::unsetenv("TMPDIR");
  for (const auto& left : std::filesystem::directory_iterator(world.folder.path()))
    EXPECT_THAT(left.path().filename().string(), StartsWith("cauce.db"));
}

// --- Requests that are not what they seem

TEST_F(AttackTest, NoRequestHidesInAnother) {
  const std::string token = token_of("ana");
  const std::string hidden =
      "GET /api/v1/yo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
  const std::string head = "POST /api/v1/sesiones HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  for (const std::string& bytes : {
           head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
           head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
           head + "Content-Length: 0\r\nContent-Length: 6\r\n\r\n" + hidden,
           head + "Content-Length: 0, 0\r\n\r\n" + hidden,
           head + "Content-Length : 0\r\n\r\n" + hidden,
           head + "X: a\nContent-Length: 0\r\n\r\n" + hidden,
           head + "X: a\r\n Content-Length: 0\r\n\r\n" + hidden,
           "GET /api/v1/yo HTTP/1.1\nHost: x\n\n" + hidden,
       }) {
    const std::string answer = raw(bytes);
    EXPECT_EQ(count_of(answer, "HTTP/1.1 "), 1U) << bytes << "\n---\n" << answer;
    EXPECT_THAT(answer, AnyOf(StartsWith("HTTP/1.1 400"), StartsWith("HTTP/1.1 411"))) << bytes;
    EXPECT_THAT(answer, HasSubstr("Connection: close")) << bytes;
  }
  // Two that are what they seem are both answered.
  EXPECT_EQ(count_of(raw(hidden + hidden), "HTTP/1.1 200"), 2U);
}

TEST_F(AttackTest, WhatIsTooBigIsRefusedBeforeItIsRead) {
  const std::string token = token_of("dora");
  const std::string answer = raw(
      "POST /api/v1/datos HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
      token + "\r\nContent-Length: 8388609\r\n\r\n{");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(raw("GET /" + std::string(20'000, 'a')), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(raw("GET /" + std::string(5'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"),
              StartsWith("HTTP/1.1 414"));
  // Up to the limit it is read, and judged by what it is.
  const std::string big = R"({"datos": {"municipio": ")" + std::string(7 << 20, 'a') + "\"}}";
  EXPECT_EQ(post("/datos", token, big)->status, 422);
  std::string deep = "{\"campo\":";
  for (int i = 0; i < 100'000; ++i)
    deep += "[";
  EXPECT_EQ(post("/planes/PAT/05001/2024/componentes/objetivos", token, deep, {{"If-Match", "*"}})->status,
            422);
  std::string nested = "planes%20donde%20";
  for (int i = 0; i < 1'000; ++i)
    nested += "(";
  EXPECT_EQ(get("/consultas?consulta=" + nested, token)->status, 422);
}

TEST_F(AttackTest, WhoIsSlowHoldsNobodyUp) {
  options.head_time = std::chrono::milliseconds(1500);
  start();
  const std::string token = token_of("ana");
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 40; ++i) {
    slow.push_back(std::make_unique<RawConnection>(server->port()));
    slow.back()->send("GET /api/v1/yo HTTP/1.1\r\nHost: x\r\nX-Lenta: ");
  }
  // More than one address may keep open are closed at once; the others are told when their time is over.
  std::size_t told = 0;
  for (auto& connection : slow)
    told += connection->receive().starts_with("HTTP/1.1 408") ? 1 : 0;
  EXPECT_GT(told, 0U);
  EXPECT_LT(told, 40U);
  slow.clear();
  EXPECT_EQ(get("/yo", token)->status, 200);
}

TEST_F(AttackTest, AHeadThatDripsEnds) {
  options.head_time = std::chrono::milliseconds(800);
  start();
  RawConnection connection(server->port());
  connection.send("GET /api/v1/yo HTTP/1.1\r\nHost: x\r\n");
  const auto begin = std::chrono::steady_clock::now();
  std::string answer;
  for (int i = 0; i < 60 && answer.empty(); ++i) {
    if (!connection.send("X")) break;
    answer = connection.receive(std::chrono::milliseconds(100));
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 408"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

// --- Afterwards

TEST_F(AttackTest, NoSecretIsWrittenDown) {
  const std::string password = "una frase bastante larga";
  taken_for_granted(set_password(*world.system, "ana", Secret(password), world.set_up_actor));
  const std::string token = token_of("ana");
  (void)get("/yo?ficha=" + token, token);
  const auto in = client().Post("/api/v1/sesiones", R"({"persona":"ana","clave":")" + password + "\"}",
                                "application/json");
  ASSERT_EQ(in->status, 200);
  const std::string session = json_of(in)["token"];
  (void)get("/yo", session);
  server.reset();
  const auto secret_of = [](const std::string& text) { return text.substr(text.find('.') + 1); };
  for (const std::string& secret : {password, secret_of(token), secret_of(session)})
    EXPECT_THAT(log, Not(HasSubstr(secret)));
  EXPECT_THAT(log, HasSubstr("ana " + token.substr(6, 12) + " GET /api/v1/yo"));
  world.system.reset();
  for (const auto& file : std::filesystem::directory_iterator(world.folder.path())) {
    if (!file.is_regular_file()) continue;
    const std::string bytes = read_file(file.path().string());
    for (const std::string& secret : {password, secret_of(token), secret_of(session)})
      EXPECT_EQ(bytes.find(secret), bytes.npos) << file.path();
  }
}

TEST_F(AttackTest, ManyAtOnceLeaveTheBaseWhole) {
  start();
  const std::vector<std::string> tokens = {token_of("ana"), token_of("luis"), token_of("carla"),
                                           token_of("dora")};
  std::vector<std::thread> threads;
  std::atomic<int> faults = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const std::string& token = tokens[i % tokens.size()];
      const std::string plan = i % 4 == 1 ? "/planes/PAT/19001/2024" : "/planes/PAT/05001/2024";
      for (int round = 0; round < 6; ++round) {
        const json body = {{"campo", {{"meta", std::to_string(round)}}}};
        const auto written = post(plan + "/componentes/objetivos", token, body.dump(), {{"If-Match", "*"}});
        const auto read = get("/consultas?consulta=planes", token);
        const auto late = get("/vencidos", token);
        for (const auto* answer : {&written, &read, &late})
          faults += !*answer || (*answer)->status == 500 ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(faults, 0) << log;
  server.reset();
  EXPECT_TRUE(world.open_again()->audit(true).ok());
}

}  // namespace
}  // namespace cauce::engine
