// Journals that releases have written, kept in tests/journals: whatever a later one does, it reads them, and
// makes the same tables of them.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/alerts.hpp"
#include "engine/hash.hpp"
#include "engine/journal.hpp"
#include "engine/journal_player.hpp"
#include "engine/outbox.hpp"
#include "engine/policy_files.hpp"
#include "engine/system_event.hpp"
#include "engine/system_for_tests.hpp"
#include "tests/project_folder.hpp"

namespace cauce::engine {
namespace {

using nlohmann::json;
using testing::IsEmpty;
namespace fs = std::filesystem;

const std::string& journals_folder() {
  static const std::string folder = project_folder() + "/tests/journals";
  return folder;
}

std::string to_hex_text(const std::string& bytes) {
  return to_hex(bytes);
}

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

std::string to_line(const StoredEvent& event) {
  return json{{"sequence", event.sequence},
              {"instant", event.instant},
              {"plan", event.plan ? json(*event.plan) : json(nullptr)},
              {"actor", event.actor},
              {"system_user", event.system_user},
              {"kind", event.kind},
              {"payload", event.payload},
              {"policy_version", event.policy_version},
              {"hash", to_hex_text(event.hash)}}
             .dump() +
         "\n";
}

StoredEvent from_line(const std::string& line) {
  const json event = json::parse(line);
  StoredEvent stored = {event.at("sequence"), event.at("instant"),        std::nullopt,
                        event.at("actor"),    event.at("system_user"),    event.at("kind"),
                        event.at("payload"),  event.at("policy_version"), from_hex(event.at("hash"))};
  if (!event.at("plan").is_null()) stored.plan = event.at("plan").get<std::string>();
  return stored;
}

std::vector<StoredEvent> read_journal(const std::string& path) {
  std::vector<StoredEvent> events;
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);)
    events.push_back(from_line(line));
  return events;
}

std::vector<std::string> recorded_journals() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(journals_folder())) {
    if (entry.path().extension() == ".jsonl") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Every row of every table that is made from the journal.
std::string tables_of(Store& store) {
  std::string text;
  for (const std::string_view table : rebuildable_tables) {
    text += "# " + std::string(table) + "\n";
    for (const std::string& line : store.lines_of(table))
      text += line + "\n";
  }
  return text;
}

/// A column that came later stands at the end of its table, and says nothing of what was recorded before.
std::string without_later_columns(const std::string& made, const std::string& recorded) {
  std::istringstream made_lines(made);
  std::istringstream recorded_lines(recorded);
  std::string text;
  std::string was;
  for (std::string line; std::getline(made_lines, line);) {
    std::getline(recorded_lines, was);
    constexpr std::string_view nothing = ",null]";
    while (line.size() > was.size() && line.ends_with(nothing))
      line.replace(line.size() - nothing.size(), nothing.size(), "]");
    text += line + "\n";
  }
  return text;
}

class RecordedJournal : public testing::TestWithParam<std::string> {};

TEST_P(RecordedJournal, GivesTheTablesThatItAlwaysGave) {
  const std::string path = journals_folder() + "/" + GetParam();
  const auto events = read_journal(path + ".jsonl");
  ASSERT_FALSE(events.empty());
  JournalPlayer player(JournalPlayer::Rows::all);
  for (const StoredEvent& event : events)
    player.play(event);
  const auto store = player.finish();
  const auto broken = verify_chain(*store);
  EXPECT_FALSE(broken) << broken->what;
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    write_file(path + ".tables", tables_of(*store));
    GTEST_SKIP() << "wrote " << path << ".tables";
  }
  const std::string recorded = read_file(path + ".tables");
  EXPECT_EQ(without_later_columns(tables_of(*store), recorded), recorded);
}

INSTANTIATE_TEST_SUITE_P(OfEachRelease, RecordedJournal, testing::ValuesIn(recorded_journals()),
                         [](const auto& journal) {
                           std::string name = journal.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

template <std::size_t... Index>
std::set<std::string> all_kinds(std::index_sequence<Index...>) {
  return {std::string(workflows::kind_of(workflows::Event(std::in_place_index<Index>)))...};
}

/// The journal of this release, so that no kind of event goes into the world unrecorded.
TEST(RecordedJournals, HoldEveryKindOfEvent) {
  std::set<std::string> missing =
      all_kinds(std::make_index_sequence<std::variant_size_v<workflows::Event>>());
  missing.insert({std::string(policy_published), std::string(entities_imported), std::string(people_imported),
                  std::string(selection_applied), "alert_raised", "alert_superseded", "message_written",
                  "message_sent", "message_failed"});
  ASSERT_FALSE(recorded_journals().empty()) << "see tests/journals/README.md";
  for (const std::string& name : recorded_journals()) {
    for (const StoredEvent& event : read_journal(journals_folder() + "/" + name + ".jsonl"))
      missing.erase(event.kind);
  }
  EXPECT_THAT(missing, IsEmpty())
      << "add them to RecordJournal and record it again: see tests/journals/README.md";
}

// --- Recording
// ------------------------------------------------------------------------------------------------

class AnsweringSender : public Sender {
 public:
  std::string_view channel() const override { return "prueba"; }
  Answer send(const Message& message) override {
    if (message.to.address == "carla@example.org") return {Handover::refused, "550 no existe"};
    return {Handover::accepted, "250 recibido"};
  }
};

/// The life of the plans of system_for_tests.hpp, with every kind of event in it.
class Life : protected SystemForTests {
 public:
  Life() { set_up(); }
  void live();
  Store& store() { return system->store(); }

 private:
  void done(const std::string& when, const PlanId& id, const Command& command, const char* person) {
    set_clock(when);
    taken_for_granted(system->run(id, command, {person}));
  }
  void round(const std::string& when) {
    set_clock(when);
    AnsweringSender sender;
    raise_due(*system, "prueba");
    deliver_ready(*system, sender, {"Cauce", "cauce@example.org"});
  }
};

void Life::live() {
  using namespace workflows;
  const PlanId medellin = {"PAT", "05001", 2024};
  const PlanId abejorral = {"PAT", "05002", 2024};
  const PlanId popayan = {"PAT", "19001", 2024};
  const PlanId caribe = {"PCCT", "Caribe", 2024};
  const PlanId pacifico = {"PCCT", "Pacífico", 2024};
  const auto month = [](const char* text) { return Period::parse(text); };
  const auto day = [](int of_month, int number) { return rules::make_date(2024, of_month, number).value(); };
  const auto report = [&](const char* period) {
    return DeliverReport{
        "informe", month(period), {{"actividades", "4"}, {"resumen", "Dos «talleres»; 1/2"}}};
  };
  const CompleteComponent objectives = {"objetivos",
                                        {{"meta", "Banco de proyectos"},
                                         {"valor", "0.5"},
                                         {"inicio", "2024-02-01"},
                                         {"urgente", "sí"},
                                         {"tipo", "ESP"}}};

  done("2024-01-16T09:00", medellin, objectives, "ana");
  done("2024-01-17T09:00", medellin, Act{"enviar"}, "ana");
  done("2024-01-18T09:00", medellin, Act{"devolver", "Precisar"}, "carla");
  done("2024-01-19T09:00", medellin, Act{"enviar"}, "ana");
  done("2024-01-22T09:00", medellin, Act{"aprobar"}, "carla");
  done("2024-03-04T09:00", medellin, report("2024-02"), "ana");
  done("2024-03-05T09:00", medellin, ReturnObligation{"informe", month("2024-02"), "Falta una"}, "carla");
  done("2024-03-06T09:00", medellin, report("2024-02"), "ana");
  done("2024-03-07T09:00", medellin, ValidateObligation{"informe", month("2024-02"), "Bien"}, "carla");
  done("2024-03-08T09:00", medellin, ExtendDeadline{"diagnóstico", {}, day(5, 15), "Emergencia"}, "carla");
  done("2024-03-11T09:00", abejorral, Suspend{"Invierno"}, "carla");
  round("2024-03-19T10:00");
  done("2024-03-20T09:00", abejorral, Resume{"Pasó"}, "carla");
  done("2024-03-21T09:00", popayan, Cancel{"Sin convenio"}, "paz");
  done("2024-03-28T09:00", abejorral, Suspend{"Otra vez"}, "carla");
  round("2024-04-10T10:00");
  done("2024-04-11T09:00", medellin, AchieveHito{"diagnóstico", day(4, 9), "Acta 4"}, "ana");
  done("2024-04-12T09:00", medellin, AnnulObligation{"diagnóstico", {}, "Era de otro"}, "carla");
  done("2024-04-15T09:00", medellin, AchieveHito{"diagnóstico", day(4, 12), "Acta 5"}, "ana");
  done("2024-04-16T09:00", medellin, WaiveObligation{"adopción", {}, "La ley cambió"}, "carla");
  done("2024-05-02T09:00", abejorral, Resume{"Pasó abril entero"}, "carla");
  done("2024-06-11T09:00", medellin, ReopenObligation{"informe", month("2024-03"), "Sin señal"}, "carla");
  done("2024-06-12T09:00", medellin, report("2024-03"), "ana");
  done("2024-06-13T09:00", medellin, ValidateObligation{"informe", month("2024-03"), ""}, "carla");
  done("2024-06-14T09:00", medellin, WaiveObligation{"informe", month("2024-04"), "Paro"}, "carla");
  done("2024-06-17T09:00", medellin, Act{"terminar"}, "ana");
  done("2024-06-18T09:00", medellin, ReopenPreviousPhase{"Faltaba un taller"}, "carla");
  done("2024-06-19T09:00", medellin, Act{"terminar"}, "ana");
  const Actor dora = {"dora"};
  set_clock("2024-11-25T10:00");
  // Another version: a milestone less, and a second step in the ladder.
  std::string text = policy_for_tests;
  const std::size_t milestone = text.find("    hito adopción");
  text.erase(milestone, text.find('\n', milestone) - milestone);
  const std::string step = "al vencer avisa al responsable";
  text.insert(text.find(step) + step.size(), " 3 días hábiles después avisa al responsable");
  const PolicyVersion next =
      taken_for_granted(system->publish(sources_for_tests(text), compiled_for_tests(text), dora));
  for (const PlanMigration& migration :
       taken_for_granted(system->migrate({next, {medellin, abejorral}}, dora)))
    EXPECT_FALSE(migration.refusal) << migration.plan.to_string() << ": " << migration.refusal->message;
  done("2024-12-02T09:00", medellin, DeliverReport{"final", {}, {{"balance", "Cumplido"}}}, "ana");
  done("2024-12-03T09:00", medellin, Act{"calificar", "Muy bien"}, "carla");
  done("2024-12-04T09:00", caribe, Act{"terminar"}, "carla");
  round("2024-12-05T10:00");

  set_clock("2024-12-06T10:00");
  auto people = people_for_tests();
  people.front().to = day(12, 31);
  people.push_back({"paz", "", "", "dirección", "", day(12, 31), {}});  // somebody must follow dora
  people.push_back({"eva", "Eva Paz", "eva@example.org", "enlace", "19001", day(12, 10), {}});
  taken_for_granted(system->import_people(people, dora));
  taken_for_granted(system->reselect("municipios",
                                     HandChange{"19002", rules::HandDecision{true, "convenio 12", "dora"}},
                                     {"Convenio", ""}, false, dora));
  taken_for_granted(system->create_plans(std::nullopt, dora));
  round("2024-12-23T10:00");
}

TEST(RecordJournal, OfThisRelease) {
  Life life;
  life.live();
  const char* name = std::getenv("RECORD_JOURNAL");
  if (name == nullptr) return;  // that it can be recorded is tested all the same
  std::string lines;
  life.store().each_event([&](const StoredEvent& event) { lines += to_line(event); });
  write_file(journals_folder() + "/" + name + ".jsonl", lines);
}

}  // namespace
}  // namespace cauce::engine
