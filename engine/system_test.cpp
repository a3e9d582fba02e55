#include "engine/system.hpp"

#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/system_event.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using rules::Decimal;
using testing::ElementsAre;
using testing::IsEmpty;
using workflows::RefusalKind;

const PlanId medellin = {"PAT", "05001", 2024};
const PlanId caribe = {"PCCT", "Caribe", 2024};
const Actor ana = {"ana"};
const Actor carla = {"carla"};
const Actor dora = {"dora"};

workflows::DeliverReport february_report(const std::string& activities) {
  return {"informe", workflows::Period::parse("2024-02"), {{"actividades", activities}}};
}

class SystemTest : public testing::Test, protected SystemForTests {
 protected:
  SystemTest() { set_up(); }

  rules::Date now_date() { return system->now().date; }
  std::size_t events() { return system->history(std::nullopt).size(); }
  const Plan& plan(const PlanId& id) { return *system->world().plan(id); }
  RunOutcome done(const PlanId& id, const Command& command, const Actor& actor,
                  const RunOptions& options = {}) {
    return taken_for_granted(system->run(id, command, actor, options));
  }
  Refusal refusal(const PlanId& id, const Command& command, const Actor& actor,
                  const RunOptions& options = {}) {
    auto outcome = system->run(id, command, actor, options);
    if (outcome) throw std::runtime_error("it was not refused");
    return outcome.refusal();
  }
  void expect_journal_and_tables_agree() {
    const AuditReport report = system->audit(true);
    EXPECT_FALSE(report.broken);
    EXPECT_THAT(report.file_errors, IsEmpty());
    EXPECT_THAT(report.differences, IsEmpty());
  }
};

TEST(SystemFile, IsMadeOnceAndKnowsWhetherItIsARehearsal) {
  FolderForTests folder;
  const auto clock = std::make_shared<ManualClock>(Instant());
  EXPECT_TRUE(System::create(folder / "ensayo.db", true, clock)->is_rehearsal());
  EXPECT_TRUE(System::open(folder / "ensayo.db", clock)->is_rehearsal());
  EXPECT_FALSE(System::create(folder / "real.db", false, clock)->is_rehearsal());
  EXPECT_THROW(System::create(folder / "real.db", false, clock), std::runtime_error);
}

TEST(SystemFile, WithoutAPolicyRefusesWhatNeedsOne) {
  SystemForTests empty;
  EXPECT_EQ(empty.system->current_version(), 0);
  const auto refused = empty.system->import_people({}, ana);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().message, "aún no hay ninguna política publicada");
  EXPECT_FALSE(empty.system->import_people({}, empty.set_up_actor));
}

TEST_F(SystemTest, IsSetUpWithAPlanForEachRegionAndSelectedMunicipality) {
  std::vector<std::string> ids;
  for (const Plan* each : system->all_plans())
    ids.push_back(each->id.to_string());
  EXPECT_THAT(ids, ElementsAre("PAT/05001/2024", "PAT/05002/2024", "PAT/19001/2024", "PCCT/Caribe/2024",
                               "PCCT/Pacífico/2024"));
  std::vector<std::string> linked;
  for (const Plan* each : system->world().linked_plans(caribe, "pat"))
    linked.push_back(each->id.to_string());
  EXPECT_THAT(linked, ElementsAre("PAT/05001/2024", "PAT/05002/2024"));
  EXPECT_TRUE(system->world().is_selected("MUNICIPIOS", "05001"));
  EXPECT_FALSE(system->world().is_selected("municipios", "19002"));
  EXPECT_FALSE(system->world().is_selected("otros", "05001"));
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, OpenedAgainIsWhatItWas) {
  const auto again = open_again();
  const World& was = system->world();
  const World& is = again->world();
  ASSERT_EQ(is.current_version(), 1);
  const auto municipality = is.policy(1).rules->find_entity("municipio").value();
  EXPECT_EQ(is.territory().of(municipality).columns, was.territory().of(municipality).columns);
  EXPECT_EQ(is.territory().of(municipality).parent, was.territory().of(municipality).parent);
  EXPECT_EQ(is.team(1).assignments().size(), people_for_tests().size());
  EXPECT_TRUE(is.team(1).has_right("dora", rules::Right::publish, again->now().date));
  EXPECT_EQ(again->all_plans().size(), 5U);
  EXPECT_EQ(is.plan(medellin)->version, was.plan(medellin)->version);
  EXPECT_THAT(again->people(), testing::SizeIs(5));
  EXPECT_EQ(again->person("ana")->address, "ana@example.org");
  EXPECT_FALSE(again->person("eva"));
}

// --- Rights
// ---------------------------------------------------------------------------------------------------

TEST_F(SystemTest, SetsUpOnlyForThoseWithTheRight) {
  const auto before = events();
  const auto expect_refused = [&](const Refusal& refused, const std::string& right) {
    EXPECT_EQ(refused.kind, RefusalKind::not_allowed);
    EXPECT_EQ(refused.message, "«ana» no tiene el derecho «" + right + "»");
    EXPECT_THAT(refused.who_could, ElementsAre("Dirección"));
  };
  const auto compiled = compiled_for_tests();
  expect_refused(system->publish(sources_for_tests(), compiled, ana).refusal(), "publicar");
  const auto territory = territory_for_tests(*compiled.policy->rules);
  expect_refused(system->import_entities(territory, ana).refusal(), "importar");
  expect_refused(system->import_people({}, ana).refusal(), "asignar");
  expect_refused(system->apply_selection("municipios", {}, "", ana).refusal(), "planes");
  expect_refused(system->create_plans(std::nullopt, ana).refusal(), "planes");
  EXPECT_EQ(events(), before);
  EXPECT_TRUE(system->create_plans(std::nullopt, dora));
}

// --- Policies
// -------------------------------------------------------------------------------------------------

TEST_F(SystemTest, PublishesAnotherTextAsTheNextVersion) {
  EXPECT_EQ(taken_for_granted(system->publish(sources_for_tests(), compiled_for_tests(), dora)), 1);
  const std::string text = policy_for_tests + "\n# otra\n";
  EXPECT_EQ(taken_for_granted(system->publish(sources_for_tests(text), compiled_for_tests(text), dora)), 2);
  EXPECT_EQ(system->current_version(), 2);
  EXPECT_EQ(plan(medellin).policy_version, 1) << "a plan keeps its version";
  EXPECT_EQ(open_again()->current_version(), 2);
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, DoesNotPublishAPolicyWithErrors) {
  const dsl::Sources sources = {
      {"mala.cauce", policy_for_tests + "parámetro tope = 1\nparámetro tope = 2\n"}};
  const auto refused = system->publish(sources, workflows::compile(sources), dora);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().message, "la política tiene un error");
  EXPECT_EQ(refused.refusal().help, "véalos con «cauce revisar»");
}

// --- Territory
// ------------------------------------------------------------------------------------------------

TEST_F(SystemTest, ImportsOnlyWhatChanged) {
  const rules::Ruleset& rules = *system->policy(1)->rules;
  rules::Territory territory = territory_for_tests(rules);
  EXPECT_EQ(taken_for_granted(system->import_entities(territory, dora)), 0U);
  const auto municipality = rules.find_entity("municipio").value();
  territory.kinds[static_cast<std::size_t>(municipality)].columns[3].set(1, Decimal(61));
  EXPECT_EQ(taken_for_granted(system->import_entities(territory, dora)), 1U);
  const auto row = system->world().territory().find(municipality, "05002").value();
  EXPECT_EQ(system->world().territory().of(municipality).columns[3][row], rules::Value(Decimal(61)));
  std::size_t rows = system->store().lines_of("entity").size();
  EXPECT_EQ(rows, 2U + 4U + 1U) << "nothing is overwritten";
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, AParentKnownByItsKeyAloneChangesNothing) {
  const rules::Ruleset& rules = *system->policy(1)->rules;
  rules::Territory territory = rules::empty_territory(rules);
  rules::add_entities(territory, rules, *rules.find_entity("municipio"),
                      {{{std::string("05003"), std::string("Abriaquí"), false, rules::Missing(),
                         rules::Missing(), rules::Missing(), rules::Missing()},
                        "Caribe"}},
                      true);
  EXPECT_EQ(taken_for_granted(system->import_entities(territory, dora)), 1U);
  EXPECT_EQ(system->world().territory().of(*rules.find_entity("municipio")).size(), 5U);
}

TEST_F(SystemTest, AKeyThatLostItsZeroIsNoNewEntity) {
  const rules::Ruleset& rules = *system->policy(1)->rules;
  rules::Territory territory = rules::empty_territory(rules);
  const auto row = [](const char* key) {
    return rules::EntityRow{{std::string(key), std::string("Uno"), false, rules::Missing(), rules::Missing(),
                             rules::Missing(), rules::Missing()},
                            "Caribe"};
  };
  rules::add_entities(territory, rules, *rules.find_entity("municipio"), {row("5002"), row("05009")}, true);
  const auto outcome = system->import_entities(territory, dora);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.refusal().reasons, std::vector<std::string>{"municipio «5002»: ya está como «05002»"});
  EXPECT_FALSE(system->world().territory().find(*rules.find_entity("municipio"), "05009"))
      << "all or nothing";
}

// --- People
// ---------------------------------------------------------------------------------------------------

TEST_F(SystemTest, SaysAllThatIsWrongWithThePeople) {
  const auto refused = system->import_people(
      {{"eva", "Eva", "", "alcalde", "05001"},
       {"eva", "", "", "enlace", ""},
       {"eva", "", "", "enlace", "Caribe"},
       {"eva", "", "", "enlace", "05001", rules::make_date(2024, 3, 1), rules::make_date(2024, 2, 1)}},
      dora);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().message, "las personas no se pueden asignar así");
  EXPECT_THAT(refused.refusal().reasons,
              ElementsAre("«eva»: no hay ningún rol «alcalde»",
                          "«eva»: el rol «enlace» se ejerce por entidad, y no se dice cuál",
                          "«eva»: el rol «enlace» no se puede ejercer en «Caribe»: no hay tal entidad en su "
                          "ámbito",
                          "«eva»: termina (2024-02-01) antes de empezar (2024-03-01)"));
  EXPECT_FALSE(system->person("eva"));
}

TEST_F(SystemTest, APersonIsKnownByWhatCanBeTyped) {
  std::vector<PersonRow> rows = people_for_tests();
  rows.push_back({"ana ruiz\n", "Ana", "", "articulador", "Caribe"});
  rows.push_back({"ana ruiz\n", "Ana", "", "articulador", "Pacífico"});
  const auto refused = system->import_people(rows, dora);
  ASSERT_FALSE(refused);
  EXPECT_THAT(
      refused.refusal().reasons,
      ElementsAre("«ana ruiz\n» no sirve para nombrar a una persona: use letras, cifras y los signos . - _ "
                  "@ +, sin espacios"));
}

TEST_F(SystemTest, NobodyCarriesMoreThanTheirRoleAllows) {
  const auto june = rules::make_date(2024, 6, 1);
  const auto july = rules::make_date(2024, 7, 1);
  std::vector<PersonRow> rows = people_for_tests();
  rows.push_back({"ana", "", "", "enlace", "19001"});
  rows.push_back({"ana", "", "", "enlace", "19002", july});
  const auto refused = system->import_people(rows, dora);
  ASSERT_FALSE(refused);
  EXPECT_THAT(
      refused.refusal().reasons,
      ElementsAre("«ana»: sirve a 4 entidades desde el 2024-07-01 como «enlace», cuya carga máxima es 3"));
  rows[rows.size() - 2].to = june;  // one after the other is not too much
  EXPECT_TRUE(system->import_people(rows, dora));
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, TheJournalKnowsNoNamesNorAddresses) {
  for (const HistoryEntry& entry : system->history(std::nullopt)) {
    EXPECT_EQ(entry.payload.find("Ana Pérez"), std::string::npos) << entry.kind;
    EXPECT_EQ(entry.payload.find("@example.org"), std::string::npos) << entry.kind;
  }
}

// --- Selections
// -----------------------------------------------------------------------------------------------

TEST_F(SystemTest, AProvisionalSelectionNeedsAReason) {
  rules::Selection selection;
  selection.results.resize(4);
  for (std::uint32_t row = 0; row < 4; ++row)
    selection.results[row].row = row;
  selection.provisional = true;
  const auto refused = system->apply_selection("municipios", selection, "", dora);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().message,
            "la focalización es provisional: hay entidades por verificar que podrían entrar");
  EXPECT_TRUE(system->apply_selection("municipios", selection, "hay que empezar", dora));
  EXPECT_FALSE(system->world().is_selected("municipios", "05001")) << "the last one holds";
  EXPECT_EQ(system->all_plans().size(), 5U) << "leaving cancels no plan";
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, ASelectionWithErrorsIsNotApplied) {
  rules::Selection selection;
  selection.results.resize(4);
  selection.notes = {{true, "el mínimo no se alcanza", {}}, {false, "sobran 3 lugares", {}}};
  const auto refused = system->apply_selection("municipios", selection, "porque sí", dora);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().message, "la focalización tiene errores");
  EXPECT_THAT(refused.refusal().reasons, ElementsAre("el mínimo no se alcanza"));
}

TEST_F(SystemTest, ASelectionOverOtherDataIsNotApplied) {
  EXPECT_EQ(system->apply_selection("municipios", {}, "", dora).refusal().message,
            "los datos cambiaron mientras se focalizaba");
  EXPECT_EQ(system->apply_selection("veredas", {}, "", dora).refusal().message,
            "no hay ninguna focalización «veredas»");
}

// --- Plans
// ----------------------------------------------------------------------------------------------------

TEST_F(SystemTest, PlansAreMadeOnce) {
  const auto again = taken_for_granted(system->create_plans(std::nullopt, dora));
  EXPECT_EQ(again.created, 0U);
  EXPECT_EQ(again.existing, 5U);
  EXPECT_EQ(system->create_plans("PATO", dora).refusal().message, "no hay ningún tipo de plan «PATO»");
}

TEST_F(SystemTest, ACommandIsRecordedAndProjected) {
  const auto before = plan(medellin).version;
  const auto outcome =
      done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "Llegar"}, {"valor", "0.3"}}}, ana);
  EXPECT_GT(outcome.version, before);
  EXPECT_FALSE(outcome.repeated);
  EXPECT_EQ(plan(medellin).version, outcome.version);
  const HistoryEntry last = system->history(medellin).back();
  EXPECT_EQ(last.sequence, outcome.version);
  EXPECT_EQ(last.kind, "ComponentCompleted");
  EXPECT_EQ(last.actor, "ana");
  EXPECT_EQ(to_iso(last.instant), "2024-01-15T14:00:00.000Z");
  EXPECT_EQ(open_again()->world().plan(medellin)->components.at(0).fields.at(1),
            rules::Value(Decimal::parse("0.3").value()));
  expect_journal_and_tables_agree();
}

/// Each page more is written to the disk before a command is done.
TEST_F(SystemTest, ACommandWritesNoPageThatItNeedNot) {
  constexpr std::uintmax_t frame = 24 + 4096;  // of the log in which SQLite writes at first
  const auto log = [&] { return std::filesystem::file_size(path + "-wal"); };
  done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "Llegar"}}}, ana);
  const auto before = log();
  done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "Llegar a todos"}}}, ana);
  EXPECT_EQ((log() - before) / frame, 4U) << "the journal, what it has of the plan, the plan, the component";
}

TEST_F(SystemTest, ARefusalLeavesNothing) {
  const auto before = events();
  const auto tables = system->store().lines_of("plan");
  refusal(medellin, workflows::Act{"aprobar"}, ana);
  refusal({"PAT", "99999", 2024}, workflows::Act{"enviar"}, ana);
  EXPECT_EQ(events(), before);
  EXPECT_EQ(system->store().lines_of("plan"), tables);
  EXPECT_EQ(system->store().depth(), 0);
}

TEST_F(SystemTest, AStaleVersionIsRefused) {
  const auto seen = plan(medellin).version;
  const auto now = done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana).version;
  RunOptions options;
  options.if_version = seen;
  const Refusal stale =
      refusal(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "B"}}}, ana, options);
  EXPECT_EQ(stale.kind, RefusalKind::wrong_state);
  EXPECT_EQ(stale.message, "el plan PAT/05001/2024 cambió: va en la versión " + std::to_string(now) +
                               ", no en la " + std::to_string(seen));
  EXPECT_THAT(stale.reasons, ElementsAre("está activo, en formulación, etapa «borrador»",
                                         "su último cambio lo hizo «ana», el 15 de enero de 2024"));
  options.if_version = now + 1;
  EXPECT_EQ(
      refusal(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "B"}}}, ana, options).message,
      "el plan PAT/05001/2024 no ha tenido una versión " + std::to_string(now + 1) + ": va en la versión " +
          std::to_string(now));
  options.if_version = now;
  done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "B"}}}, ana, options);
}

TEST_F(SystemTest, TheSameDeliveryAgainIsDoneOnce) {
  set_clock("2024-03-04T10:00");
  const auto first = done(medellin, february_report("4"), ana);
  const auto again = done(medellin, february_report("4"), ana);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.version, first.version);
  EXPECT_EQ(system->store().lines_of("delivery").size(), 1U);
  // Returned, the same content is a delivery of its own.
  done(medellin, workflows::ReturnObligation{"informe", workflows::Period::parse("2024-02"), "mal"}, carla);
  EXPECT_FALSE(done(medellin, february_report("4"), ana).repeated);
  EXPECT_TRUE(done(medellin, february_report("4"), ana).repeated);
  EXPECT_EQ(system->store().lines_of("delivery").size(), 2U);
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, AnotherContentIsAnotherDelivery) {
  set_clock("2024-03-04T10:00");
  done(medellin, february_report("4"), ana);
  EXPECT_FALSE(done(medellin, february_report("5"), ana).repeated);
  EXPECT_FALSE(done(medellin, february_report("4"), ana).repeated) << "only the delivery just before counts";
  EXPECT_EQ(system->store().lines_of("delivery").size(), 3U);
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, TheSameWordsInAComponentAgainAreWrittenOnce) {
  const workflows::CompleteComponent words = {"objetivos", {{"meta", "A"}, {"valor", "1.50"}}};
  EXPECT_FALSE(done(medellin, words, ana).repeated);
  const std::size_t before = events();
  EXPECT_TRUE(done(medellin, words, ana).repeated);
  EXPECT_TRUE(done(medellin, workflows::CompleteComponent{"objetivos", {{"valor", "1.5"}}}, ana).repeated)
      << "a part of what is there";
  EXPECT_EQ(events(), before);
  EXPECT_EQ(refusal(medellin, words, carla).kind, RefusalKind::not_allowed)
      << "who may not write learns nothing";
  EXPECT_FALSE(done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "B"}}}, ana).repeated);
  EXPECT_FALSE(done(medellin, words, ana).repeated) << "it guards against what is there now only";
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, AnAnnulledDeliveryMayComeAgain) {
  set_clock("2024-03-04T10:00");
  done(medellin, february_report("4"), ana);
  done(medellin, workflows::AnnulObligation{"informe", workflows::Period::parse("2024-02"), "era de otro"},
       carla);
  EXPECT_FALSE(done(medellin, february_report("4"), ana).repeated);
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, ACallersKeyStandsForTheContent) {
  set_clock("2024-03-04T10:00");
  RunOptions options;
  options.idempotency_key = "abc";
  done(medellin, february_report("4"), ana, options);
  EXPECT_TRUE(done(medellin, february_report("5"), ana, options).repeated);
  options.idempotency_key = "def";
  EXPECT_FALSE(done(medellin, february_report("5"), ana, options).repeated);
}

TEST_F(SystemTest, ManyCommandsAreAllOrNothingUnlessPartial) {
  const auto before = events();
  const workflows::CompleteComponent good = {"objetivos", {{"meta", "A"}}};
  const std::vector<std::pair<PlanId, Command>> commands = {
      {medellin, workflows::Act{"aprobar"}}, {medellin, good}, {{"PAT", "05002", 2024}, good}};
  const auto outcome = system->run_all(commands, ana, System::Batch::whole);
  EXPECT_FALSE(outcome.recorded);
  EXPECT_EQ(outcome.refused, 1U);
  EXPECT_FALSE(outcome.outcomes.at(0));
  EXPECT_TRUE(outcome.outcomes.at(1)) << "all are looked at, so that all mistakes are told at once";
  EXPECT_EQ(events(), before);
  EXPECT_TRUE(plan(medellin).components.at(0).fields.empty()) << "what was known is as it was";

  const auto part = system->run_all(commands, ana, System::Batch::partial);
  EXPECT_TRUE(part.recorded);
  EXPECT_EQ(part.refused, 1U);
  EXPECT_EQ(events(), before + 2);
  expect_journal_and_tables_agree();
}

// --- Transactions and other programs
// --------------------------------------------------------------------------

TEST_F(SystemTest, WhatIsDoneTogetherIsUndoneTogether) {
  const auto before = events();
  EXPECT_THROW(system->together([&] {
    done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana);
    const std::string text = policy_for_tests + "\n# otra\n";
    taken_for_granted(system->publish(sources_for_tests(text), compiled_for_tests(text), dora));
    throw std::runtime_error("lo demás falló");
  }),
               std::runtime_error);
  EXPECT_EQ(events(), before);
  EXPECT_EQ(system->current_version(), 1);
  EXPECT_TRUE(plan(medellin).components.at(0).fields.empty());
  EXPECT_EQ(system->store().depth(), 0);
}

TEST_F(SystemTest, WhatIsOnlyShownIsUndone) {
  const auto before = events();
  std::size_t within = 0;
  system->only_show([&] {
    done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana);
    const std::string text = policy_for_tests + "\n# otra\n";
    EXPECT_EQ(taken_for_granted(system->publish(sources_for_tests(text), compiled_for_tests(text), dora)), 2);
    within = events();
  });
  EXPECT_EQ(within, before + 2);
  EXPECT_EQ(events(), before);
  EXPECT_EQ(system->current_version(), 1);
  EXPECT_TRUE(plan(medellin).components.at(0).fields.empty());
}

TEST_F(SystemTest, ARefusalWithinLeavesTheRest) {
  system->together([&] {
    done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana);
    refusal(medellin, workflows::Act{"aprobar"}, ana);
  });
  EXPECT_FALSE(plan(medellin).components.at(0).fields.empty());
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, AProgramThatDiesInTheMiddleLeavesNothing) {
  const auto before = events();
  const std::string file = path;
  const auto its_clock = clock;
  system.reset();
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      const auto own = System::open(file, its_clock);
      own->together([&] {
        const auto outcome =
            own->run(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana);
        ::_exit(outcome ? 0 : 1);
      });
    } catch (...) {
    }
    ::_exit(2);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(WEXITSTATUS(status), 0);
  system = System::open(path, clock);
  EXPECT_EQ(events(), before);
  EXPECT_TRUE(plan(medellin).components.at(0).fields.empty());
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, AViewStaysAsItIsUntilItIsAskedForAgain) {
  const auto other = open_again();
  const World& world = system->world();
  ASSERT_TRUE(other->run(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana));
  EXPECT_TRUE(world.plan(medellin)->components.at(0).fields.empty());
  EXPECT_FALSE(system->world().plan(medellin)->components.at(0).fields.empty());
}

TEST_F(SystemTest, DecidesOnWhatOthersHaveDone) {
  const auto other = open_again();
  other->all_plans();
  done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana);
  ASSERT_TRUE(other->run(medellin, workflows::Act{"enviar"}, ana)) << "objetivos is complete by now";
  expect_journal_and_tables_agree();
}

/// What is kept in memory is brought up to date event by event: it must be what would be read anew.
TEST_F(SystemTest, KnowsAllThatOthersHaveDoneSinceItLooked) {
  const auto other = open_again();
  const auto expect_known = [&](const std::string& what) {
    const auto anew = open_again();
    const auto expected = anew->all_plans();
    const World& world = system->world();
    const auto known = system->all_plans();
    ASSERT_EQ(known.size(), expected.size()) << what;
    for (std::size_t i = 0; i < known.size(); ++i)
      EXPECT_EQ(*known[i], *expected[i]) << what << ": " << known[i]->id.to_string();
    EXPECT_EQ(world.current_version(), anew->current_version()) << what;
    EXPECT_EQ(world.linked_plans(caribe, "PAT").size(), anew->world().linked_plans(caribe, "PAT").size())
        << what;
    EXPECT_EQ(world.is_selected("municipios", "19002"), anew->world().is_selected("municipios", "19002"))
        << what;
    EXPECT_EQ(world.territory().of(rules::EntityKindId{1}).size(),
              anew->world().territory().of(rules::EntityKindId{1}).size())
        << what;
    for (const char* person : {"ana", "paz", "eva"}) {
      EXPECT_EQ(world.team(1).has_right(person, rules::Right::assign, now_date()),
                anew->world().team(1).has_right(person, rules::Right::assign, now_date()))
          << what << ": " << person;
    }
  };
  expect_known("nothing");
  taken_for_granted(other->run(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana));
  taken_for_granted(other->run(medellin, workflows::Act{"enviar"}, ana));
  expect_known("a command");

  const rules::Ruleset& rules = *other->policy(1)->rules;
  rules::Territory more = rules::empty_territory(rules);
  rules::add_entities(more, rules, *rules.find_entity("región"),
                      {{{std::string("Andina"), rules::Missing()}, ""}});
  taken_for_granted(other->import_entities(more, set_up_actor));
  taken_for_granted(other->create_plans(std::nullopt, set_up_actor));
  expect_known("entities and a plan");

  std::vector<PersonRow> people = people_for_tests();
  people.push_back({"eva", "Eva", "", "dirección", ""});
  taken_for_granted(other->import_people(people, set_up_actor));
  expect_known("people");

  taken_for_granted(other->reselect("municipios",
                                    HandChange{"19002", rules::HandDecision{true, "prueba", "dora"}},
                                    {"prueba", "prueba"}, false, dora));
  taken_for_granted(other->create_plans(std::nullopt, set_up_actor));
  expect_known("a selection");

  std::string changed = policy_for_tests;
  const std::string due = "hito diagnóstico { vence 30 de abril }";
  changed.replace(changed.find(due), due.size(), "hito diagnóstico { vence 15 de mayo }");
  const PolicyVersion to = taken_for_granted(
      other->publish(sources_for_tests(changed), compiled_for_tests(changed), set_up_actor));
  taken_for_granted(other->migrate({to, {medellin}, {}, false}, dora));
  taken_for_granted(other->run(caribe, workflows::Cancel{"prueba"}, dora));
  expect_known("a version, a migration, and an end");

  for (int i = 0; i < 1100; ++i)
    taken_for_granted(
        other->run(medellin, workflows::CompleteComponent{"objetivos", {{"meta", std::to_string(i)}}}, ana));
  expect_known("too much to be told one by one");
}

TEST_F(SystemTest, InstantsDoNotDecreaseWhenTheClockGoesBack) {
  set_clock("2023-12-31T00:00");
  done(medellin, workflows::CompleteComponent{"objetivos", {{"meta", "A"}}}, ana);
  EXPECT_EQ(to_iso(system->history(medellin).back().instant), "2024-01-15T14:00:00.000Z");
  expect_journal_and_tables_agree();
}

TEST_F(SystemTest, RecordsOnlyWithinATransaction) {
  EXPECT_THROW(system->record("something_noted", "{\"v\":1}", ana), std::logic_error);
  system->together([&] { system->record("something_noted", "{\"v\":1}", ana); });
  EXPECT_EQ(system->history(std::nullopt).back().kind, "something_noted");
  expect_journal_and_tables_agree();
}

// --- Audit
// ----------------------------------------------------------------------------------------------------

TEST_F(SystemTest, AnAuditFindsATableThatIsNotWhatTheJournalSays) {
  auto row = system->store().last_delivery("PAT/05001/2024", 0);
  ASSERT_FALSE(row);
  system->store().put_component({"PAT/05001/2024", 0, "objetivos", "{\"meta\":\"otra\"}"});
  const AuditReport report = system->audit(true);
  EXPECT_FALSE(report.ok());
  EXPECT_THAT(report.differences,
              ElementsAre("la tabla «component» no es la que dice el diario; primero: "
                          "[\"PAT/05001/2024\",0,\"objetivos\",\"{\\\"meta\\\":\\\"otra\\\"}\"]"));
  EXPECT_TRUE(system->audit(false).ok());
}

TEST_F(SystemTest, AnAuditSaysWhereTheChainBreaks) {
  const AuditReport before = system->audit(false);
  EXPECT_EQ(before.events, static_cast<std::int64_t>(events()));
  const Anchor anchor = {before.events, before.head};
  EXPECT_TRUE(system->audit(true, anchor).ok());
  const AuditReport other = system->audit(true, Anchor{before.events, std::string(64, '0')});
  EXPECT_FALSE(other.ok());
  EXPECT_FALSE(other.broken) << "an anchor that is not there is no broken chain";
}

TEST_F(SystemTest, TheMarkOfARehearsalIsWhatTheJournalSays) {
  EXPECT_TRUE(system->audit(false).says_if_rehearsal);
  system->store().set_setting("rehearsal", "yes");
  EXPECT_FALSE(system->is_rehearsal()) << "a mark set by hand counts for nothing";
  EXPECT_THAT(system->audit(false).differences,
              ElementsAre("la base no se hizo como ensayo, y le cambiaron la marca"));
}

TEST(SystemFile, ARehearsalThatLostItsMarkIsStillOneAndTheAuditTells) {
  FolderForTests folder;
  const auto clock = std::make_shared<ManualClock>(Instant());
  const auto system = System::create(folder / "ensayo.db", true, clock);
  const Actor anybody = {"dora", true};
  taken_for_granted(
      system->publish(sources_for_tests(policy_for_tests), compiled_for_tests(policy_for_tests), anybody));
  system->store().set_setting("rehearsal", "no");
  EXPECT_TRUE(system->is_rehearsal());
  EXPECT_THAT(system->audit(false).differences,
              ElementsAre("la base se hizo como ensayo, y le quitaron la marca"));
}

/// As releases before 0.2 wrote it: the journal does not say what the mark says.
TEST(SystemFile, OfADatabaseThatIsOlderTheMarkIsBelievedAndTheAuditDoesNotVouchForIt) {
  FolderForTests folder;
  const auto clock = std::make_shared<ManualClock>(Instant());
  const auto system = System::create(folder / "ensayo.db", true, clock);
  system->together([&] { system->record(policy_published, R"({"v":1})", {"dora", true}); });
  EXPECT_TRUE(system->is_rehearsal());
  EXPECT_FALSE(system->audit(false).says_if_rehearsal);
  EXPECT_TRUE(system->audit(false).ok());
}

}  // namespace
}  // namespace cauce::engine
