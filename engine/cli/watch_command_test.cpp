// The daemon as people run it: its configuration, and who watches already.
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/alert_event.hpp"
#include "engine/cli/cli_for_tests.hpp"
#include "engine/daemon.hpp"
#include "engine/process_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class WatchCommandTest : public testing::Test {
 protected:
  WatchCommandTest() {
    const Outcome made = cauce({"iniciar", folder.path(), "--datos", folder.path(), "--personas",
                                folder / "personas.csv", "--administrador", "dora", "--base", folder.base()});
    if (made.code != 0) throw std::runtime_error(made.err);
  }

  /// What is there once it is; nothing if it does not come.
  static std::string wait_for(const std::function<std::string()>& look) {
    for (int i = 0; i < 300; ++i) {
      if (std::string found = look(); !found.empty()) return found;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return {};
  }
  /// A message for ana, which whoever watches is woken by; the folder in which it comes to lie.
  std::string folder_of_next_message() {
    const std::string id = "aviso-" + std::to_string(++messages_);
    const auto system = System::open(folder.base(), cauce.environment.clock);
    MessageRow message;
    message.message_id = id + "@cauce";
    message.person = "ana";
    message.channel = "archivo";
    message.state = "pending";
    message.content =
        nlohmann::json{{"subject", "Vencido"}, {"text", "Texto"}, {"html", "<p>Texto</p>"}}.dump();
    message.created_at = to_iso(system->now().instant);
    system->together([&] {
      system->store().alert_tables().add_message(message, {});
      system->record(message_written, written_payload(message, {}), the_daemon);
    });
    return wait_for([&]() -> std::string {
      for (const char* name : {"uno", "dos"}) {
        if (std::filesystem::exists(folder / (std::string(name) + "/" + id + ".eml"))) return name;
      }
      return {};
    });
  }
  void configure(const std::string& mail) const {
    folder.write("cauce.toml", "canal = \"archivo\"\n[archivo]\ncarpeta = \"" + mail + "\"\n");
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
  int messages_ = 0;
};

TEST_F(WatchCommandTest, ReloadsItsConfigurationAndKeepsTheOldOneWhereTheNewIsWrong) {
  configure("uno");
  const std::string said = folder / "said";
  ChildForTests child([&] {
    std::ofstream out(said);
    out << std::unitbuf;  // as the standard error is
    const int code = run({"vigilar", "--config", folder / "cauce.toml", "--base", folder.base()}, out, out,
                         cauce.environment);
    if (code != 0) throw std::runtime_error("code " + std::to_string(code));
  });
  EXPECT_EQ(folder_of_next_message(), "uno");

  folder.write("cauce.toml", "canal = \"palomas\"\n");
  child.signal(SIGHUP);
  const auto words = [&] {
    std::ifstream file(said);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string told = wait_for([&]() -> std::string {
    const std::string all = words();
    return all.find("de antes") == all.npos ? std::string() : all;
  });
  EXPECT_THAT(told, HasSubstr("error: «canal» es «palomas»"));
  EXPECT_THAT(told, HasSubstr("sigue la configuración de antes"));
  EXPECT_EQ(folder_of_next_message(), "uno");

  configure("dos");
  child.signal(SIGHUP);
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_EQ(folder_of_next_message(), "dos");
  child.signal(SIGTERM);
  EXPECT_EQ(child.wait(), 0);
}

TEST_F(WatchCommandTest, ServesWithItsNewCertificateAndTellsWhatWaits) {
  const auto make_certificate = [&] {
    const std::string make =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        " -subj /CN=localhost -keyout " +
        (folder / "llave.pem") + " -out " + (folder / "certificado.pem") + " 2>/dev/null";
    ASSERT_EQ(std::system(make.c_str()), 0);
  };
  const std::string settings =
      "[archivo]\ncarpeta = \"uno\"\n[http]\nescucha = \"127.0.0.1:0\"\ncertificado = "
      "\"certificado.pem\"\nllave = \"llave.pem\"\n";
  make_certificate();
  for (const std::vector<std::string>& command : {std::vector<std::string>{"vigilar"}, {"servir"}}) {
    folder.write("cauce.toml", settings);
    const std::string said = folder / (command.front() + ".said");
    ChildForTests child([&] {
      std::ofstream out(said);
      out << std::unitbuf;
      std::vector<std::string> words = command;
      words.insert(words.end(), {"--config", folder / "cauce.toml", "--base", folder.base()});
      if (run(words, out, out, cauce.environment) != 0) throw std::runtime_error("it failed");
    });
    const auto tells = [&](const std::string& what) {
      return wait_for([&]() -> std::string {
        std::ifstream file(said);
        const std::string all{std::istreambuf_iterator<char>(file), {}};
        return all.find(what) == all.npos ? std::string() : all;
      });
    };
    EXPECT_THAT(tells("puerto"), HasSubstr("https, puerto "));
    if (command.front() == "vigilar") {
      EXPECT_EQ(folder_of_next_message(), "uno");
    }
    make_certificate();
    child.signal(SIGHUP);
    EXPECT_THAT(tells("leído otra vez"), Not(HasSubstr("al reiniciar")));
    folder.write("cauce.toml", settings + "siguen_cambios = 3\n");
    child.signal(SIGHUP);
    EXPECT_THAT(tells("al reiniciar el servicio"), HasSubstr("[http]"));
    folder.write("cauce.toml", settings);
    folder.write("llave.pem", "no es una llave");
    child.signal(SIGHUP);
    EXPECT_THAT(tells("sigue el certificado de antes"), HasSubstr("no es la llave de ese certificado"));
    make_certificate();
    child.signal(SIGTERM);
    EXPECT_EQ(child.wait(), 0);
  }
}

TEST_F(WatchCommandTest, ASecondOneIsToldWhoWatches) {
  const WatchLock lock(folder.base());
  const Outcome second = cauce({"vigilar", "--una-vez", "--base", folder.base()});
  EXPECT_EQ(second.code, 4);
  EXPECT_THAT(second.err, HasSubstr("ya hay un proceso que vigila esta base (número " +
                                    std::to_string(::getpid()) + ")"));
}

TEST_F(WatchCommandTest, MessagesGiveTheLinkOfEachPlan) {
  folder.write("cauce.toml",
               "enlace = \"https://cauce.example.org/planes/{plan}\"\n[archivo]\ncarpeta = \"uno\"\n");
  cauce.set_time("2024-03-08T08:30");
  const Outcome round =
      cauce({"vigilar", "--una-vez", "--config", folder / "cauce.toml", "--base", folder.base()});
  EXPECT_EQ(round.code, 0) << round.err;
  EXPECT_THAT(cauce({"buzón", "1", "--base", folder.base()}).out,
              HasSubstr("\n  Enlace: https://cauce.example.org/planes/PAT/05001/2024\n"));
}

TEST_F(WatchCommandTest, AnAcknowledgementIsConfirmedInALine) {
  cauce.set_time("2024-03-08T08:30");
  ASSERT_EQ(cauce({"vigilar", "--una-vez", "--base", folder.base()}).code, 0);
  const std::string id =
      nlohmann::json::parse(cauce({"alertas", "--para", "luis", "--json", "--base", folder.base()}).out)
          .at(0)
          .at("id")
          .dump();
  const Outcome outcome = cauce({"alertas", "reconocer", id, "--como", "luis", "--base", folder.base()});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "aviso " + id + ": reconocido; no se le repite, y sigue escalando\n");
  EXPECT_THAT(cauce({"alertas", "reconocer", id, "--como", "ana", "--base", folder.base()}).err,
              HasSubstr("no fue para «ana»"));
}

// --- simular
// --------------------------------------------------------------------------------------------------------------

class SimulateTest : public WatchCommandTest {
 protected:
  Outcome simulate(std::vector<std::string> words) {
    words.insert(words.begin(), "simular");
    words.insert(words.end(), {"--base", folder.base()});
    return cauce(words);
  }
  nlohmann::json foreseen(const std::string& assumption, const std::string& until = "2024-12-31") {
    return nlohmann::json::parse(simulate({"--hasta", until, "--suponer", assumption, "--json"}).out);
  }
};

TEST_F(SimulateTest, WhatIsForeseenComesTrue) {
  const auto year = foreseen("nadie", "2024-06-30");
  std::vector<std::string> expected;
  for (const auto& item : year.at("items")) {
    if (item.at("kind") == "alert") {
      expected.push_back(item.at("at").get<std::string>() + " " + item.at("plan").get<std::string>() + " " +
                         item.at("step").get<std::string>());
    }
  }
  ASSERT_GT(expected.size(), 10U);
  std::vector<std::string> came;
  for (auto day = *rules::make_date(2024, 1, 10); day <= *rules::make_date(2024, 6, 30);
       day += std::chrono::days{1}) {
    if (rules::iso_weekday(day) > 5) continue;
    cauce.set_time(rules::to_iso(day) + "T08:00");
    cauce({"vigilar", "--una-vez", "--base", folder.base()});
  }
  for (const auto& alert : nlohmann::json::parse(cauce({"alertas", "--json", "--base", folder.base()}).out)) {
    const Instant raised = *parse_iso_instant(alert.at("raised_at").get<std::string>());
    const auto local = to_local(raised, "America/Bogota");
    came.push_back(rules::to_iso(local.date) + " 08:00 " + alert.at("plan").get<std::string>() + " " +
                   alert.at("step").get<std::string>());
  }
  std::sort(expected.begin(), expected.end());
  std::sort(came.begin(), came.end());
  EXPECT_EQ(came, expected);
}

TEST_F(SimulateTest, WhatIsSaidToFallDueIsWhatIsOverdueThen) {
  std::vector<std::string> expected;
  const auto items = foreseen("nadie", "2024-06-28").at("items");
  for (const auto& item : items) {
    if (item.at("kind") == "deadline")
      expected.push_back(item.at("at").get<std::string>().substr(0, 10) + " " +
                         item.at("plan").get<std::string>());
  }
  std::vector<std::string> came;
  cauce.set_time("2024-06-29T08:00");
  for (const auto& overdue :
       nlohmann::json::parse(cauce({"vencidos", "--json", "--base", folder.base()}).out))
    came.push_back(overdue.at("due").get<std::string>() + " " + overdue.at("plan").get<std::string>());
  std::sort(expected.begin(), expected.end());
  std::sort(came.begin(), came.end());
  EXPECT_EQ(expected, came) << "milestones of a phase that nobody enters do not fall due";
}

TEST_F(SimulateTest, TheEndOfASilenceIsForeseen) {
  cauce.set_time("2024-03-08T07:00");
  const Outcome silenced = cauce({"alertas", "silenciar", "PAT/05001/2024", "--hasta", "2024-03-15",
                                  "--motivo", "Creciente", "--como", "carla", "--base", folder.base()});
  ASSERT_EQ(silenced.code, 0) << silenced.err;
  const auto ahead = foreseen("nadie", "2024-03-22");
  std::vector<std::string> ends;
  for (const auto& item : ahead.at("items")) {
    if (item.at("kind") == "alert" && item.at("reason") == "silence") ends.push_back(item.at("at"));
  }
  ASSERT_EQ(ends.size(), 1U);
  std::int64_t messages = 0;
  for (auto day = *rules::make_date(2024, 3, 8); day <= *rules::make_date(2024, 3, 22);
       day += std::chrono::days{1}) {
    cauce.set_time(rules::to_iso(day) + "T08:00");
    const Outcome round = cauce({"vigilar", "--una-vez", "--json", "--base", folder.base()});
    messages += nlohmann::json::parse(round.out).at("messages").get<std::int64_t>();
  }
  EXPECT_EQ(messages, ahead.at("messages").get<std::int64_t>());
}

TEST_F(SimulateTest, TheAssumptionsDiffer) {
  const auto nobody = foreseen("nadie");
  const auto everybody = foreseen("todos");
  EXPECT_LT(everybody.at("alerts").get<int>(), nobody.at("alerts").get<int>());
  EXPECT_GT(everybody.at("deadlines").get<int>(), nobody.at("deadlines").get<int>())
      << "what hangs on what was achieved falls due too";
  EXPECT_EQ(foreseen("historial"), nobody) << "there is no history yet";
  const Outcome unknown = simulate({"--hasta", "2024-12-31", "--suponer", "todo"});
  EXPECT_EQ(unknown.code, 2);
}

TEST_F(SimulateTest, IsATableACsvOrACalendar) {
  const Outcome table = simulate({"--hasta", "2024-03-31"});
  EXPECT_EQ(table.code, 0);
  EXPECT_THAT(table.out, HasSubstr("2024-03-07"));
  EXPECT_THAT(table.err, HasSubstr("si nadie cumple, hasta el 2024-03-31: "));
  const Outcome csv = simulate({"--hasta", "2024-03-31", "--csv", "-"});
  EXPECT_THAT(csv.out, testing::StartsWith("Cuándo,Plan,Obligación,Periodo,Qué,Rol,Territorio,Recibe"));
  EXPECT_THAT(csv.out, HasSubstr("2024-03-07,PAT/05001/2024,informe,febrero de 2024,vence,,,\r\n"));
  const Outcome calendar = simulate({"--hasta", "2024-03-31", "--ics", folder / "a.ics"});
  EXPECT_EQ(calendar.code, 0);
  EXPECT_EQ(calendar.out, "");
  std::string text = read_file(folder / "a.ics");
  for (std::size_t fold = 0; (fold = text.find("\r\n ")) != text.npos;)
    text.erase(fold, 3);
  EXPECT_THAT(text, HasSubstr("\r\nSUMMARY:Vence: informe de febrero de 2024\\, PAT/05001/2024\r\n"));
  EXPECT_THAT(text,
              HasSubstr("\r\nSUMMARY:Aviso a enlace: informe de febrero de 2024\\, PAT/05001/2024\r\n"));
  EXPECT_THAT(
      text,
      HasSubstr("\r\nDESCRIPTION:2024-03-08 08:00\\, al vencer avisa al responsable\\nRecibe: ana\r\n"));
}

TEST_F(SimulateTest, WhatCannotBeMeantIsSaid) {
  EXPECT_EQ(simulate({"--hasta", "2023-12-31"}).code, 2);
  EXPECT_THAT(simulate({"--hasta", "2044-12-31"}).err, HasSubstr("es más de 10 años después de hoy"));
  EXPECT_EQ(simulate({"--hasta", "2024-03-31", "--csv", "-", "--ics", "-"}).code, 2);
  EXPECT_EQ(simulate({"--hasta", "2024-03-31", "--csv", "-", "--json"}).code, 2);
}

}  // namespace
}  // namespace cauce::engine::cli
