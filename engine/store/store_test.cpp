// What every store must do. A second implementation is one more name in the list at the end.
#include "engine/store/store.hpp"

#include <filesystem>
#include <fstream>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"
#include "engine/store/schema.hpp"
#include "engine/store/sqlite_connection.hpp"

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

StoredEvent event(std::int64_t sequence, const std::optional<std::string>& plan = {}) {
  return {sequence, "2024-02-07T13:05:09.123Z", plan, "ana", "root", "Kind", "{\"v\":1}",
          1,        std::string(32, '\x01')};
}

PlanRow plan_row(const std::string& id) {
  PlanRow row;
  row.id = id;
  row.kind = "PAT";
  row.entity = "05001";
  row.vigencia = 2024;
  row.policy_version = 1;
  row.version = 1;
  row.created_on = "2024-01-15";
  row.phase = "formulation";
  row.standing = "active";
  return row;
}

void add_policy(Store& store) {
  store.append(event(1));
  store.add_policy({1, 1, "prueba", 2024, "2024-01-01", "abc", {{"a.cauce", "def", "programa p {}"}}});
}

template <typename Error, typename Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "(nothing was thrown)";
}

/// How a store of one implementation is made and opened.
struct Implementation {
  std::string name;
  std::unique_ptr<Store> (*create)(const std::string&, const StoreOptions&);
  std::unique_ptr<Store> (*open)(const std::string&, const StoreOptions&);
};

class AnyStore : public testing::TestWithParam<Implementation> {
 protected:
  std::unique_ptr<Store> open(const StoreOptions& options = {}) { return GetParam().open(path, options); }

  FolderForTests folder;
  std::string path = folder / "cauce.db";
  std::unique_ptr<Store> store = GetParam().create(path, {});
};

TEST_P(AnyStore, WhatIsCommittedIsThereWhenOpenedAgain) {
  store->begin();
  store->set_setting("rehearsal", "yes");
  add_policy(*store);
  store->commit();
  store.reset();

  store = open();
  EXPECT_EQ(store->setting("rehearsal"), "yes");
  EXPECT_EQ(store->setting("other"), std::nullopt);
  EXPECT_EQ(store->last_policy_version(), 1);
  const auto policy = store->policy(1);
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->vigencia, 2024);
  ASSERT_EQ(policy->files.size(), 1U);
  EXPECT_EQ(policy->files[0].text, "programa p {}");
  EXPECT_FALSE(store->policy(2));
}

TEST_P(AnyStore, WhatIsRolledBackIsNot) {
  store->begin();
  store->append(event(1));
  store->rollback();
  EXPECT_FALSE(store->head());
  EXPECT_EQ(store->depth(), 0);
}

TEST_P(AnyStore, AnInnerTransactionIsRolledBackAlone) {
  store->begin();
  store->append(event(1));
  store->begin();
  store->append(event(2));
  store->rollback();
  store->begin();
  store->append(event(2, "PAT/05001/2024"));
  store->commit();
  store->commit();
  std::vector<std::string> plans;
  store->each_event([&](const StoredEvent& each) { plans.push_back(each.plan.value_or("-")); });
  EXPECT_THAT(plans, ElementsAre("-", "PAT/05001/2024"));
}

TEST_P(AnyStore, AProgramThatDiesLeavesNothingHalfDone) {
  store->begin();
  store->append(event(1));
  store->commit();
  store.reset();

  const pid_t child = ::fork();
  if (child == 0) {
    auto own = open();
    own->begin();
    own->append(event(2));
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  store = open();
  EXPECT_EQ(store->head()->sequence, 1);
  EXPECT_THAT(store->integrity_errors(), IsEmpty());
  store->begin();  // nor is anything left locked
  store->append(event(2));
  store->commit();
}

TEST_P(AnyStore, EventsAreReadInOrderAndByPlan) {
  store->begin();
  store->append(event(1));
  store->append(event(2, "PAT/05001/2024"));
  store->append(event(3, "PAT/05002/2024"));
  store->append(event(4, "PAT/05001/2024"));
  store->commit();
  std::vector<std::int64_t> of_one;
  store->each_event_of("PAT/05001/2024", [&](const StoredEvent& each) { of_one.push_back(each.sequence); });
  EXPECT_THAT(of_one, ElementsAre(2, 4));
  std::vector<std::int64_t> of_plans;
  store->each_plan_event([&](const StoredEvent& each) { of_plans.push_back(each.sequence); });
  EXPECT_THAT(of_plans, ElementsAre(2, 3, 4));
  const auto head = store->head();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->sequence, 4);
  EXPECT_EQ(head->instant, "2024-02-07T13:05:09.123Z");
  EXPECT_EQ(head->hash, std::string(32, '\x01'));
}

TEST_P(AnyStore, AVisitorMayAskTheStoreForAnything) {
  store->begin();
  for (std::int64_t sequence = 1; sequence <= 3; ++sequence)
    store->append(event(sequence));
  store->commit();
  std::size_t pairs = 0;
  store->each_event([&](const StoredEvent&) { store->each_event([&](const StoredEvent&) { ++pairs; }); });
  EXPECT_EQ(pairs, 9U);
}

TEST_P(AnyStore, TheLastImportOfAnEntityHolds) {
  store->begin();
  store->append(event(1));
  store->append(event(2));
  store->add_entity({"municipio", "05002", 1, "05", "{}"});
  store->add_entity({"municipio", "05001", 1, "05", "{\"a\":1}"});
  store->add_entity({"municipio", "05001", 2, "", "{\"a\":2}"});
  store->commit();
  const auto entities = store->entities();
  ASSERT_EQ(entities.size(), 2U);
  EXPECT_EQ(entities[0].key, "05001");
  EXPECT_EQ(entities[0].sequence, 2);
  EXPECT_EQ(entities[0].parent, "");
  EXPECT_EQ(entities[0].fields, "{\"a\":2}");
  EXPECT_EQ(entities[1].key, "05002");
}

TEST_P(AnyStore, TheLastSelectionOfATargetingHolds) {
  store->begin();
  add_policy(*store);
  store->append(event(2));
  store->add_selection({1, "municipios", 1, "2024-01-01", "", false, {{"05001", "selected", "1.5", 1}}});
  store->add_selection({2,
                        "municipios",
                        1,
                        "2024-01-02",
                        "urgente",
                        true,
                        {{"05001", "waitlisted", {}, {}, "leave", "renunció", "ana"}}});
  store->commit();
  const auto selection = store->selection("municipios");
  ASSERT_TRUE(selection);
  EXPECT_EQ(selection->sequence, 2);
  EXPECT_EQ(selection->reason, "urgente");
  EXPECT_TRUE(selection->provisional);
  ASSERT_EQ(selection->results.size(), 1U);
  EXPECT_EQ(selection->results[0].status, "waitlisted");
  EXPECT_EQ(selection->results[0].score, std::nullopt);
  EXPECT_EQ(selection->results[0].hand_reason, "renunció");
  EXPECT_FALSE(store->selection("otros"));
}

TEST_P(AnyStore, PeopleAreKeptAndAssignmentsReplaced) {
  store->begin();
  store->put_person({"luis", "Luis", "luis@example.org"});
  store->put_person({"ana", "Ana", ""});
  store->put_person({"ana", "Ana Pérez", "ana@example.org"});
  store->replace_assignments({{"ana", "enlace", "municipio", "05001", "2024-01-01", {}}});
  store->replace_assignments(
      {{"luis", "enlace", "municipio", "05001", {}, "2024-06-30"}, {"ana", "dirección", "", ""}});
  store->commit();
  EXPECT_THAT(store->people(), ElementsAre(Person{"ana", "Ana Pérez", "ana@example.org"},
                                           Person{"luis", "Luis", "luis@example.org"}));
  EXPECT_EQ(store->person("luis")->name, "Luis");
  EXPECT_FALSE(store->person("eva"));
  const auto assignments = store->assignments();
  ASSERT_EQ(assignments.size(), 2U);
  EXPECT_EQ(assignments[0].person, "luis");
  EXPECT_EQ(assignments[0].to_day, "2024-06-30");
  EXPECT_EQ(assignments[1].entity_kind, "");
}

TEST_P(AnyStore, PlansAndDeliveriesAreUpdatedInPlace) {
  store->begin();
  add_policy(*store);
  PlanRow plan = plan_row("PAT/05001/2024");
  plan.linked_to = "PCCT/Caribe/2024";
  store->put_plan(plan);
  store->put_plan(plan_row("PAT/05002/2024"));
  plan.version = 9;
  plan.phase = "monitoring";
  store->put_plan(plan);
  ObligationRow obligation;
  obligation.plan = plan.id;
  obligation.name = "informe";
  obligation.type = "report";
  obligation.state = "pending";
  obligation.fields = "{}";
  store->put_obligation(obligation);
  obligation.state = "delivered";
  store->put_obligation(obligation);
  store->put_component({plan.id, 0, "objetivos", "null"});
  DeliveryRow delivery = {1, plan.id, 0, "ana", "2024-03-01", true, 0, "{}", "", "huella", false};
  store->put_delivery(delivery);
  delivery.annulled = true;
  store->put_delivery(delivery);
  store->commit();
  EXPECT_THAT(store->plan_ids(), ElementsAre("PAT/05001/2024", "PAT/05002/2024"));
  EXPECT_THAT(store->plans_linked_to("PCCT/Caribe/2024"), ElementsAre("PAT/05001/2024"));
  EXPECT_TRUE(store->last_delivery(plan.id, 0)->annulled);
  EXPECT_EQ(store->last_delivery(plan.id, 0)->fingerprint, "huella");
  EXPECT_FALSE(store->last_delivery(plan.id, 1));
  EXPECT_THAT(store->lines_of("obligation"),
              ElementsAre("[\"PAT/05001/2024\",0,\"informe\",\"report\",null,\"delivered\",null,1,null,null,"
                          "null,null,null,null,null,0,0,0,0,\"\",\"{}\",\"\",null]"));
  EXPECT_THAT(store->lines_of("plan"),
              ElementsAre(HasSubstr("\"monitoring\""), HasSubstr("\"formulation\"")));
}

TEST_P(AnyStore, APlanMayBeTiedToAnother) {
  store->begin();
  add_policy(*store);
  PlanRow plan = plan_row("PAT/05001/2024");
  store->put_plan(plan);
  for (const char* other : {"PCCT/Caribe/2024", "PCCT/Andina/2024"}) {
    plan.linked_to = other;
    store->put_plan(plan);
    EXPECT_THAT(store->plans_linked_to(other), ElementsAre(plan.id));
  }
  EXPECT_THAT(store->plans_linked_to("PCCT/Caribe/2024"), IsEmpty());
  plan.linked_to.reset();
  store->put_plan(plan);
  EXPECT_THAT(store->plans_linked_to("PCCT/Andina/2024"), IsEmpty());
  store->commit();
}

TEST_P(AnyStore, AnEventIsNeverChangedNorTwice) {
  store->begin();
  store->append(event(1));
  EXPECT_ANY_THROW(store->append(event(1)));
  store->rollback();
}

TEST_P(AnyStore, ChangesByOthersAreSeen) {
  auto other = open();
  const std::int64_t before = store->changes_by_others();
  EXPECT_EQ(store->changes_by_others(), before);
  store->begin();
  store->append(event(1));
  store->commit();
  EXPECT_EQ(store->changes_by_others(), before) << "own changes do not count";
  other->begin();
  other->append(event(2));
  other->commit();
  EXPECT_NE(store->changes_by_others(), before);
}

TEST_P(AnyStore, AReadingSeesOneMoment) {
  auto other = open();
  store->begin_reading();
  other->begin();
  other->append(event(1));
  other->commit();
  EXPECT_FALSE(store->head());
  store->end_reading();
  EXPECT_EQ(store->head()->sequence, 1);
}

TEST_P(AnyStore, TwoWritersWaitForEachOtherAndAtLastSaySo) {
  auto other = open({std::chrono::milliseconds(1)});
  store->begin();
  EXPECT_EQ(message_of<DatabaseUnusable>([&] { other->begin(); }),
            "la base «" + path + "» está ocupada por otro programa; inténtelo de nuevo en un momento");
  EXPECT_EQ(other->depth(), 0);
  store->append(event(1));
  store->commit();
  other->begin();
  EXPECT_EQ(other->head()->sequence, 1);
  other->rollback();
}

TEST_P(AnyStore, IsNotMadeTwice) {
  EXPECT_EQ(message_of<FileUnusable>([&] { GetParam().create(path, {}); }),
            "ya existe «" + path + "»; elija otro nombre o bórrelo antes");
}

TEST_P(AnyStore, OnlyAnExistingOneIsOpened) {
  const std::string missing = folder / "otra.db";
  EXPECT_EQ(message_of<FileUnusable>([&] { GetParam().open(missing, {}); }),
            "no hay ninguna base en «" + missing + "»; dé otra con «--base» o créela con «cauce iniciar»");
  EXPECT_FALSE(std::filesystem::exists(missing));
  EXPECT_EQ(message_of<FileUnusable>([&] { GetParam().open(folder.path(), {}); }),
            "«" + folder.path() + "» no es un archivo");
}

INSTANTIATE_TEST_SUITE_P(, AnyStore, testing::Values(Implementation{"Sqlite", &create_store, &open_store}),
                         [](const auto& instance) { return instance.param.name; });

// --- What only a file of SQLite can be
// -------------------------------------------------------------------------

class SqliteFile : public testing::Test {
 protected:
  void write(const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
  void run(const std::string& sql) { SQLite::Database(path, SQLite::OPEN_READWRITE).exec(sql); }
  template <typename Error>
  std::string opening_says() {
    return message_of<Error>([&] { open_store(path); });
  }

  FolderForTests folder;
  std::string path = folder / "cauce.db";
};

TEST_F(SqliteFile, ThatIsNotOursIsRefused) {
  write("");
  EXPECT_EQ(opening_says<DatabaseUnusable>(), "el archivo «" + path + "» no es una base de Cauce");
  write("programa p { vigencia 2024 }, y bastante más para que no quepa en la cabecera de un archivo");
  EXPECT_EQ(opening_says<DatabaseUnusable>(),
            "el archivo «" + path + "» no es una base de Cauce, o está dañado");
  std::filesystem::remove(path);
  SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE t (a)");
  EXPECT_EQ(opening_says<DatabaseUnusable>(), "el archivo «" + path + "» no es una base de Cauce");
}

TEST_F(SqliteFile, OfANewerReleaseIsRefused) {
  create_store(path);
  run("PRAGMA user_version = 999");
  EXPECT_EQ(opening_says<DatabaseUnusable>(),
            "la base «" + path + "» es de una versión más nueva de Cauce; actualice el programa");
}

TEST_F(SqliteFile, ThatIsDamagedIsReportedAndLeftAsItIs) {
  create_store(path);
  run("PRAGMA journal_mode = DELETE");  // everything in the one file
  std::string bytes = read_file(path);
  constexpr std::size_t schema_begins = 100;
  std::fill(bytes.begin() + schema_begins, bytes.begin() + 3000, '\x7f');
  write(bytes);
  EXPECT_THAT(opening_says<DatabaseUnusable>(),
              StartsWith("la base «" + path + "» está dañada; use un respaldo"));
  EXPECT_EQ(read_file(path), bytes);
}

TEST_F(SqliteFile, ThatCannotBeWrittenIsRefused) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everything";
  create_store(path);
  std::filesystem::permissions(path, std::filesystem::perms::owner_read);
  EXPECT_EQ(opening_says<FileUnusable>(),
            "no se puede escribir en la base «" + path + "»: el archivo es de solo lectura");
}

TEST_F(SqliteFile, BehindALinkNeedsOnlyItsOwnFolder) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everything";
  create_store(path);
  const std::filesystem::path links = folder / "enlaces";
  std::filesystem::create_directory(links);
  std::filesystem::create_symlink(path, links / "cauce.db");
  std::filesystem::permissions(links,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_NO_THROW(open_store((links / "cauce.db").string()));
  std::filesystem::permissions(links, std::filesystem::perms::owner_all);
}

TEST_F(SqliteFile, ThatCannotBeMadeSaysWhy) {
  EXPECT_EQ(message_of<FileUnusable>([&] { create_store(folder / "no/hay/cauce.db"); }),
            "no se puede crear «" + folder / "no/hay/cauce.db" + "»: no existe");
}

TEST_F(SqliteFile, OnAFullDiskSaysSoAndStaysWhole) {
  create_store(path);
  const pid_t child = ::fork();
  if (child == 0) {
    // A file that may not grow is as near to a full disk as a test can come.
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {64 * 1024, 64 * 1024};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int code = 1;
    try {
      auto store = open_store(path);
      store->begin();
      for (std::int64_t sequence = 1; sequence < 2000; ++sequence)
        store->append(event(sequence));
      store->commit();
    } catch (const FileUnusable&) {
      code = 0;
    } catch (...) {
      code = 2;
    }
    ::_exit(code);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  auto store = open_store(path);
  EXPECT_FALSE(store->head());
  EXPECT_THAT(store->integrity_errors(), IsEmpty());
}

TEST_F(SqliteFile, KeepsItsJournalFromEveryStatement) {
  auto store = create_store(path);
  store->begin();
  store->append(event(1));
  store->commit();
  store.reset();
  EXPECT_THROW(run("UPDATE event SET actor = 'otro'"), SQLite::Exception);
  EXPECT_THROW(run("DELETE FROM event"), SQLite::Exception);
}

TEST(NetworkDrives, AreKnownByTheirType) {
  constexpr long nfs = 0x6969;
  constexpr long ext4 = 0xEF53;
  constexpr long cifs_as_signed = static_cast<int>(0xFF534D42);
  EXPECT_TRUE(is_network_filesystem(nfs));
  EXPECT_TRUE(is_network_filesystem(cifs_as_signed));
  EXPECT_FALSE(is_network_filesystem(ext4));
}

TEST(Migrations, AreNumberedWithoutGaps) {
  EXPECT_THAT(split_migrations("-- migration 1\nA;\n-- migration 2\nB;\n"),
              ElementsAre("-- migration 1\nA;", "\n-- migration 2\nB;\n"));
  EXPECT_THROW(split_migrations("-- migration 2\nA;\n"), std::logic_error);
  EXPECT_THROW(split_migrations("-- migration 1\nA;\n-- migration 3\nB;\n"), std::logic_error);
  EXPECT_FALSE(split_migrations(schema_sql).empty());
}

}  // namespace
}  // namespace cauce::engine
