// `cauce servir` as people run it.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <httplib.h>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cli/cli_for_tests.hpp"
#include "engine/process_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using testing::HasSubstr;

class ServeCommandTest : public testing::Test {
 protected:
  ServeCommandTest() {
    done({"iniciar", folder.path(), "--datos", folder.path(), "--personas", folder / "personas.csv",
          "--administrador", "dora", "--ensayo"});
    done({"cuentas", "abrir", "dora", "--como", "dora"});
  }

  Outcome on_base(std::vector<std::string> words) {
    words.insert(words.end(), {"--base", folder.base()});
    return cauce(words);
  }
  std::string done(std::vector<std::string> words) {
    const Outcome outcome = on_base(std::move(words));
    if (outcome.code != exit_done) throw std::runtime_error(outcome.err);
    return outcome.out;
  }
  /// A token as it is given at `now`, in a line of its own.
  std::string token_at(const std::string& now) {
    std::string token =
        done({"cuentas", "ficha", "dora", "--para", "prueba", "--como", "dora", "--ahora", now});
    while (!token.empty() && token.back() == '\n')
      token.pop_back();
    return token;
  }
  /// What `path` is answered by who serves at `now`.
  httplib::Result answer_at(const std::string& now, const std::string& path, const std::string& token) {
    const std::string said = folder / ("said-" + now);
    std::filesystem::remove(said);  // else the port of who served before
    ChildForTests child([&] {
      std::ofstream out(said);
      out << std::unitbuf;
      const int code = run({"servir", "--escuchar", "127.0.0.1:0", "--ahora", now, "--base", folder.base()},
                           out, out, cauce.environment);
      if (code != exit_done) throw std::runtime_error("code " + std::to_string(code));
    });
    httplib::Client client("127.0.0.1", port_of(said));
    client.set_read_timeout(30);
    auto answer = client.Get("/api/v1" + path, {{"Authorization", "Bearer " + token}});
    child.signal(SIGTERM);
    EXPECT_EQ(child.wait(), 0);
    return answer;
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;

 private:
  /// The port that was said, once it is.
  static int port_of(const std::string& said) {
    for (int i = 0; i < 300; ++i) {
      std::ifstream file(said);
      const std::string all{std::istreambuf_iterator<char>(file), {}};
      const std::size_t word = all.find("puerto ");
      if (word != all.npos && all.find(';', word) != all.npos) return std::stoi(all.substr(word + 7));
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    throw std::runtime_error("it does not say where it answers");
  }
};

TEST_F(ServeCommandTest, ARehearsalIsServedAtTheHourThatIsGiven) {
  // That of the machine is January of 2024, before the one and long before the other.
  const std::string token = token_at("2024-04-10T16:05");
  const auto known = answer_at("2024-04-10T16:06", "/yo", token);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->status, 200) << known->body;
  const auto status = answer_at("2024-04-10T16:06", "/vencidos", token);
  ASSERT_TRUE(status);
  EXPECT_THAT(status->body, HasSubstr("2024-02")) << "what was due in March is overdue then";
  const auto expired = answer_at("2024-07-20T09:00", "/yo", token);
  ASSERT_TRUE(expired);
  EXPECT_EQ(expired->status, 401) << expired->body;
}

TEST_F(ServeCommandTest, OnlyARehearsalMovesItsClockAndOnlyForward) {
  (void)token_at("2024-04-10T16:05");
  const Outcome back = on_base({"servir", "--escuchar", "127.0.0.1:0", "--ahora", "2024-04-09"});
  EXPECT_EQ(back.code, exit_wrong_usage);
  EXPECT_THAT(back.err, HasSubstr("no vuelve atrás"));
}

TEST_F(ServeCommandTest, WhereToListenIsAnAddress) {
  for (const char* command : {"servir", "vigilar"}) {
    const Outcome wrong = on_base({command, "--escuchar", "aquí"});
    EXPECT_EQ(wrong.code, exit_wrong_usage) << command;
    EXPECT_THAT(wrong.err, HasSubstr("«aquí» no es una dirección para escuchar"));
    EXPECT_THAT(wrong.err, HasSubstr("se escribe como 127.0.0.1:9464"));
  }
}

}  // namespace
}  // namespace cauce::engine::cli
