// Whatever is changed by hand in a database, `auditar --reconstruir` reports it.
#include <algorithm>
#include <filesystem>
#include <set>
#include <sqlite3.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/account.hpp"
#include "engine/alerts.hpp"
#include "engine/event_json.hpp"
#include "engine/outbox.hpp"
#include "engine/search.hpp"
#include "engine/silence.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AcceptingSender : public Sender {
 public:
  std::string_view channel() const override { return "prueba"; }
  Answer send(const Message&) override { return {Handover::accepted, "250 recibido"}; }
};

/// What the journal does not keep, so that no audit can speak of it: who people are, and of a message its
/// words and when it is tried again.
const std::set<std::string> outside_the_journal = {"person.name", "person.address", "person.id",
                                                   "outbox.content", "outbox.next_attempt"};

/// A database in which every table has rows, closed; each trial is of a copy.
class TamperingTest : public ::testing::Test {
 protected:
  TamperingTest() {
    using namespace workflows;
    set.set_up();
    const PlanId medellin = {"PAT", "05001", 2024};
    set.set_clock("2024-03-04T10:00");
    const DeliverReport report = {
        "informe", Period::parse("2024-02"), {{"actividades", "4"}, {"resumen", "Dos"}}};
    taken_for_granted(set.system->run(medellin, report, {"ana"}));
    set.set_clock("2024-04-10T10:00");
    AcceptingSender sender;
    raise_due(*set.system, "prueba");
    deliver_ready(*set.system, sender, {"Cauce", "cauce@example.org"});
    const auto sent = list_alerts(*set.system);
    const auto received =
        std::find_if(sent.begin(), sent.end(), [](const Alert& alert) { return !alert.recipients.empty(); });
    taken_for_granted(acknowledge(*set.system, received->id, {received->recipients.front()}));
    taken_for_granted(
        silence(*set.system, {medellin, {}, {}, *rules::parse_iso_date("2024-05-31"), "Lluvias"}, {"dora"}));
    std::string changed = policy_for_tests;
    const std::string due = "vence 30 de abril }\n    hito adopción";
    changed.replace(changed.find(due), due.size(), "vence 15 de mayo }\n    hito adopción");
    const PolicyVersion to = taken_for_granted(
        set.system->publish(sources_for_tests(changed), compiled_for_tests(changed), set.set_up_actor));
    taken_for_granted(set.system->migrate({to, {medellin}, {}, false}, {"dora"}));
    search(*set.system, {"dos"});
    taken_for_granted(open_account(*set.system, "ana", {"dora"}));
    taken_for_granted(set_password(*set.system, "ana", Secret("una frase bastante larga"), {"ana"}));
    taken_for_granted(issue_token(*set.system, {"ana", "tablero"}, {"dora"}));
    set.system.reset();
  }

  /// Tries `sql` on a copy; whether an audit of it tells anything, also that it cannot be used at all.
  bool is_told(const std::string& sql) {
    const std::string copy = set.folder / "copia.db";
    for (const char* suffix : {"", "-wal", "-shm"})
      std::filesystem::remove(copy + suffix);
    std::filesystem::copy_file(set.path, copy);
    {
      SQLite::Database database(copy, SQLite::OPEN_READWRITE);
      sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
      database.exec(sql);
    }
    try {
      return !System::open(copy, set.clock)->audit(true).ok();
    } catch (const DatabaseUnusable&) {
      return true;
    } catch (const JournalUnreadable&) {
      return true;
    }
  }

  std::vector<std::string> texts(const std::string& sql) {
    SQLite::Database database(set.path, SQLite::OPEN_READWRITE);
    SQLite::Statement rows(database, sql);
    std::vector<std::string> found;
    while (rows.executeStep())
      found.push_back(rows.getColumn(0).getString());
    return found;
  }
  std::vector<std::string> tables() {
    return texts(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        // The index of words is checked as a whole.
        "AND name NOT LIKE 'written\\_words%' ESCAPE '\\' "
        // What was answered to a request is no more than that.
        "AND name <> 'given_answer'");
  }
  /// A condition that holds of one row only: the middle one by the columns of its key.
  std::string one_row_of(const std::string& table) {
    std::string key;
    for (const std::string& column :
         texts("SELECT name FROM pragma_table_info('" + table + "') WHERE pk > 0"))
      key += (key.empty() ? "" : ", ") + column;
    return "(" + key + ") = (SELECT " + key + " FROM " + table + " ORDER BY " + key +
           " LIMIT 1 OFFSET (SELECT count(*) / 2 FROM " + table + "))";
  }

  SystemForTests set;
};

TEST_F(TamperingTest, NothingIsToldOfWhatNobodyTouched) {
  EXPECT_FALSE(is_told(""));
}

TEST_F(TamperingTest, EveryColumnOfEveryTableIsWatched) {
  std::vector<std::string> untold;
  for (const std::string& table : tables()) {
    EXPECT_NE(texts("SELECT count(*) FROM " + table), std::vector<std::string>{"0"}) << table;
    for (const std::string& column : texts("SELECT name FROM pragma_table_info('" + table + "')")) {
      const std::string rotated = "CAST(substr(" + column + ", 2) || substr(" + column + ", 1, 1) AS BLOB)";
      const std::string changed = "CASE typeof(" + column + ") WHEN 'integer' THEN " + column +
                                  " + 1000000 WHEN 'blob' THEN iif(length(" + column + ") < 2, x'7F', " +
                                  rotated + ") WHEN 'null' THEN '7' ELSE " + column + " || ' ' END";
      const bool told =
          is_told("UPDATE " + table + " SET " + column + " = " + changed + " WHERE " + one_row_of(table));
      const std::string name = table + "." + column;
      if (told == outside_the_journal.contains(name)) untold.push_back(name);
    }
  }
  EXPECT_THAT(untold, IsEmpty());
}

TEST_F(TamperingTest, EveryRowThatIsGoneIsTold) {
  std::vector<std::string> untold;
  for (const std::string& table : tables()) {
    if (!is_told("DELETE FROM " + table + " WHERE " + one_row_of(table))) untold.push_back(table);
  }
  EXPECT_THAT(untold, ElementsAre("person", "alert_watch", "plan_progress"))
      << "that row is of what nobody waits for, and a plan whose progress is not there is asked itself";
}

TEST_F(TamperingTest, WhatWouldKeepAnAlertFromGoingOutIsTold) {
  EXPECT_TRUE(is_told("UPDATE alert_watch SET moment = '2099-01-01T00:00:00.000Z'"));
  EXPECT_TRUE(is_told("DELETE FROM alert_watch"));
  EXPECT_TRUE(
      is_told("INSERT INTO alert_watch SELECT plan, 99, '2024-05-01T13:00:00.000Z' FROM alert_watch "
              "LIMIT 1"));
  EXPECT_FALSE(is_told("UPDATE alert_watch SET moment = ''")) << "too early costs a look and nothing else";
  EXPECT_TRUE(is_told("INSERT INTO setting VALUES ('mine', 'x')"));
  EXPECT_TRUE(
      is_told("INSERT OR REPLACE INTO setting VALUES ('digests_looked_at', "
              "'[\"1\", \"2099-01-01T13:00:00.000Z\"]')"));
  EXPECT_TRUE(is_told("INSERT OR REPLACE INTO setting VALUES ('digests_looked_at', 'x')"));
  EXPECT_TRUE(is_told(
      "INSERT OR REPLACE INTO setting VALUES ('delivery_pause', '[\"a\",\"2030-01-01T00:00:00.000Z\"]')"));
}

TEST_F(TamperingTest, AnotherNumberForAVersionOfThePolicyIsNoOtherRelease) {
  SQLite::Database(set.path, SQLite::OPEN_READWRITE)
      .exec("PRAGMA foreign_keys = OFF; UPDATE policy_version SET version = 7 WHERE version = 2");
  const auto system = System::open(set.path, set.clock);
  try {
    (void)system->policy(7);
    FAIL() << "nothing was missed";
  } catch (const JournalUnreadable& unreadable) {
    EXPECT_EQ(std::string(unreadable.what()),
              "la política publicada como versión 7 no está como se publicó: "
              "alguien cambió la base; use un respaldo");
  }
  try {
    (void)system->all_plans();
    FAIL() << "nothing was missed";
  } catch (const JournalUnreadable& unreadable) {
    EXPECT_EQ(std::string(unreadable.what()),
              "falta la versión 2 de la política, que el diario nombra: alguien "
              "cambió la base; use un respaldo");
  }
}

TEST_F(TamperingTest, AnIndexOfWordsThatHidesSomethingIsTold) {
  EXPECT_TRUE(is_told(
      "INSERT INTO written_words (written_words, rowid, text) SELECT 'delete', id, text FROM written"));
  EXPECT_TRUE(is_told("DELETE FROM written_words_data WHERE id > 10"));
}

TEST_F(TamperingTest, WhatGuardsTheJournalIsMissed) {
  EXPECT_TRUE(is_told("DROP TRIGGER event_is_never_changed"));
  EXPECT_TRUE(is_told("CREATE TRIGGER mine BEFORE INSERT ON event BEGIN SELECT raise(IGNORE); END"));
}

TEST_F(TamperingTest, ATableThatIsGoneIsNamed) {
  SQLite::Database(set.path, SQLite::OPEN_READWRITE).exec("PRAGMA foreign_keys = OFF; DROP TABLE obligation");
  try {
    (void)System::open(set.path, set.clock);
    FAIL() << "nothing was missed";
  } catch (const DatabaseUnusable& unusable) {
    EXPECT_EQ(std::string(unusable.what()), "la base «" + set.path +
                                                "» está dañada o fue cambiada: falta la tabla «obligation»; "
                                                "use un respaldo");
  }
}

TEST_F(TamperingTest, AColumnThatIsGoneIsNamed) {
  SQLite::Database(set.path, SQLite::OPEN_READWRITE)
      .exec("ALTER TABLE person RENAME COLUMN address TO correo");
  try {
    (void)System::open(set.path, set.clock)->store().put_person({"ana", "Ana", "ana@example.org"});
    FAIL() << "nothing was missed";
  } catch (const DatabaseUnusable& unusable) {
    EXPECT_THAT(std::string(unusable.what()), testing::HasSubstr("fue cambiada: falta la columna «address»"));
  }
}

TEST_F(TamperingTest, WhatIsNotAsItWasMadeIsNamedAndIsNoDamage) {
  SQLite::Database(set.path, SQLite::OPEN_READWRITE)
      .exec(
          "DROP TRIGGER event_is_never_changed; CREATE INDEX mine ON event (instant);"
          "DROP INDEX event_of_plan; CREATE INDEX event_of_plan ON event (plan)");
  const AuditReport report = System::open(set.path, set.clock)->audit(false);
  EXPECT_THAT(report.structure,
              ElementsAre("falta «event_is_never_changed»", "cambió «event_of_plan»", "sobra «mine»"));
  EXPECT_THAT(report.file_errors, IsEmpty());
  EXPECT_FALSE(report.ok());
}

}  // namespace
}  // namespace cauce::engine
