// What those hear who ask how the daemon is: people, and Prometheus.
#include "engine/http/vitals_server.hpp"

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <netinet/in.h>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"
#include "tests/project_folder.hpp"

namespace cauce::engine {
namespace {

using testing::HasSubstr;

/// A daemon that has done something of everything.
Vitals busy() {
  Vitals vitals;
  vitals.last_round = parse_iso_instant("2024-06-14T13:00:00.000Z");
  vitals.next_round = parse_iso_instant("2024-06-14T13:30:00.000Z");
  vitals.rounds = 12;
  vitals.sent = 3;
  vitals.waiting = {{"pending", 1}, {"retry", 2}, {"dead", 0}};
  vitals.events = 812;
  vitals.database_bytes = 4'096'000;
  vitals.round_seconds = 0.000125;
  return vitals;
}

struct HttpAnswer {
  int status = 0;
  std::string head;
  std::string body;
};

class VitalsServerTest : public testing::Test {
 protected:
  VitalsServerTest() : server("127.0.0.1:0", board) { board.write(busy()); }

  HttpAnswer get(const std::string& path) const {
    const int line = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(server.port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string said;
    if (::connect(line, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
      const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      EXPECT_EQ(::send(line, request.data(), request.size(), 0), static_cast<ssize_t>(request.size()));
      char piece[4096];
      for (ssize_t size = 0; (size = ::recv(line, piece, sizeof piece, 0)) > 0;)
        said.append(piece, static_cast<std::size_t>(size));
    }
    ::close(line);
    const std::size_t end = said.find("\r\n\r\n");
    if (end == said.npos) return {};
    return {std::stoi(said.substr(said.find(' ') + 1)), said.substr(0, end), said.substr(end + 4)};
  }

  VitalsBoard board;
  VitalsServer server;
};

TEST_F(VitalsServerTest, HealthIsWellOrSaysWhatIsNot) {
  for (const char* path : {"/salud", "/health"}) {
    const HttpAnswer well = get(path);
    ASSERT_EQ(well.status, 200);
    EXPECT_EQ(nlohmann::json::parse(well.body).at("ok"), true);
  }
  Vitals vitals = busy();
  vitals.held = "el reloj se movió 9 minutos hacia atrás";
  board.write(vitals);
  const HttpAnswer held = get("/salud");
  ASSERT_EQ(held.status, 503);
  EXPECT_EQ(nlohmann::json::parse(held.body).at("held"), *vitals.held);
}

TEST_F(VitalsServerTest, MetricsAreWhatPrometheusReads) {
  const HttpAnswer answer = get("/m%C3%A9tricas");
  ASSERT_EQ(answer.status, 200);
  EXPECT_THAT(answer.head, HasSubstr("Content-Type: text/plain; version=0.0.4"));
  EXPECT_THAT(answer.body, HasSubstr("\ncauce_outbox_messages{state=\"retry\"} 2\n"));
  EXPECT_EQ(get("/metrics").body, answer.body);

  const std::string promtool = project_folder() + "/build/tools/promtool";
  if (!std::filesystem::exists(promtool)) {
    std::fprintf(stderr, "\n*** METRICS NOT CHECKED: there is no promtool (scripts/setup) ***\n\n");
    GTEST_SKIP() << "no promtool";
  }
  const FolderForTests folder;
  write_file(folder / "metrics", answer.body);
  const std::string command =
      "'" + promtool + "' check metrics < " + (folder / "metrics") + " > " + (folder / "said") + " 2>&1";
  const int code = std::system(command.c_str());
  EXPECT_EQ(code, 0) << read_file(folder / "said");
  EXPECT_EQ(read_file(folder / "said"), "");
}

TEST(Metrics, TheRulesForPrometheusAreRules) {
  const std::string promtool = project_folder() + "/build/tools/promtool";
  if (!std::filesystem::exists(promtool)) GTEST_SKIP() << "no promtool (scripts/setup)";
  const std::string rules = project_folder() + "/scripts/cauce-alertas.yml";
  EXPECT_EQ(std::system(("'" + promtool + "' check rules '" + rules + "' > /dev/null 2>&1").c_str()), 0);
  // They speak of what there is.
  const std::string metrics = metrics_of(busy());
  const std::string text = read_file(rules);
  for (std::size_t begin = 0; (begin = text.find("cauce_", begin)) != text.npos;) {
    const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", begin);
    const std::string name = text.substr(begin, end - begin);
    EXPECT_THAT(metrics, HasSubstr("# TYPE " + name + " ")) << name;
    begin = end;
  }
}

TEST_F(VitalsServerTest, AnAddressThatIsTakenIsSaid) {
  EXPECT_THROW(VitalsServer("127.0.0.1:" + std::to_string(server.port()), board), FileUnusable);
  EXPECT_THROW(VitalsServer("aquí", board), FileUnusable);
}

/// docs/operación.md says of each what it means and when to worry.
TEST(Metrics, EachIsInTheManual) {
  const std::string manual = read_file(project_folder() + "/docs/operación.md");
  std::istringstream lines(metrics_of(busy()));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("# TYPE ")) continue;
    const std::string name = line.substr(7, line.find(' ', 7) - 7);
    EXPECT_THAT(manual, HasSubstr("`" + name)) << name;
  }
}

}  // namespace
}  // namespace cauce::engine
