// Which query each index is there for: an index that no query needs makes every batch dearer.
#include <functional>
#include <set>
#include <sqlite3.h>
#include <string>
#include <utility>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/folder_for_tests.hpp"
#include "engine/store/account_tables.hpp"
#include "engine/store/alert_tables.hpp"
#include "engine/store/asking_tables.hpp"
#include "engine/store/schema.hpp"
#include "engine/store/sqlite_connection.hpp"
#include "engine/store/store.hpp"
#include "engine/store/written_tables.hpp"

namespace cauce::engine {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// The statements that connections opened during its life run, as the store has written them.
class Statements {
 public:
  Statements() {
    run_.clear();
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch));
  }
  ~Statements() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(watch)); }
  Statements(const Statements&) = delete;
  Statements& operator=(const Statements&) = delete;

  std::vector<std::string> of(const std::function<void()>& action) {
    run_.clear();
    action();
    return run_;
  }

 private:
  static int watch(sqlite3* database, char**, const struct sqlite3_api_routines*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, keep, nullptr);
  }
  static int keep(unsigned, void*, void* statement, void*) {
    run_.emplace_back(sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
    return 0;
  }

  static inline std::vector<std::string> run_;
};

class Indexes : public testing::Test {
 protected:
  std::vector<std::string> texts_of(const std::string& sql, int column = 0) {
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    SQLite::Statement statement(database, sql);
    std::vector<std::string> texts;
    while (statement.executeStep())
      texts.push_back(statement.getColumn(column).getString());
    return texts;
  }

  /// How SQLite goes about what `ask` asks of the store: a line a step.
  std::vector<std::string> steps_of(const std::function<void(Store&)>& ask) {
    std::vector<std::string> steps;
    for (const std::string& sql : statements.of([&] { ask(*store); })) {
      for (std::string& step : texts_of("EXPLAIN QUERY PLAN " + sql, 3))
        steps.push_back(std::move(step));
    }
    return steps;
  }

  Statements statements;
  FolderForTests folder;
  std::string path = folder / "cauce.db";
  std::unique_ptr<Store> store = create_store(path);
};

/// What is asked of a store, and the step in which the index serves it.
struct Need {
  std::string step;
  std::function<void(Store&)> ask;
};

const std::vector<Need>& needs() {
  static const std::vector<Need> all = {
      {"event USING INDEX event_of_plan (plan=?)",
       [](Store& store) { store.each_event_of("PAT/05001/2024", [](const StoredEvent&) {}); }},
      {"plan USING COVERING INDEX plan_linked_to (linked_to=?)",
       [](Store& store) { store.plans_linked_to("PATD/05/2024"); }},
      {"plan USING COVERING INDEX plan_by_stand (kind=? AND policy_version=?)",
       [](Store& store) {
         store.asking_tables().each_plan_alike({1, "PAT"}, {"plan.entity = ?", {"05001"}}, {true, true, true},
                                               [](const PlanRow&, std::size_t) {});
       }},
      {"delivery USING INDEX delivery_of_obligation (plan=? AND obligation=?)",
       [](Store& store) { store.last_delivery("PAT/05001/2024", 3); }},
      {"alert USING INDEX alert_of_plan (plan=?)",
       [](Store& store) { store.alert_tables().alerts("PAT/05001/2024"); }},
      {"alert USING INDEX alert_of_plan (plan=?)",
       [](Store& store) { store.alert_tables().alert_keys("PAT/05001/2024", 3); }},
      {"alert USING INDEX alert_of_plan (plan=?)",
       [](Store& store) { store.alert_tables().digest_keys("2024-02-07T13:05:09.123Z"); }},
      {"alert_watch USING COVERING INDEX alert_watch_by_moment (moment<?)",
       [](Store& store) { store.alert_tables().watched_by("2024-02-07T13:05:09.123Z"); }},
      {"obligation USING COVERING INDEX obligation_pending (state=? AND due<?)",
       [](Store& store) { store.alert_tables().plans_with_open_by("2024-02-07"); }},
      {"obligation USING COVERING INDEX obligation_returned (state=?)",
       [](Store& store) { store.alert_tables().plans_with_open_by("2024-02-07"); }},
      {"silence USING INDEX silence_of_plan (plan=?)",
       [](Store& store) { store.alert_tables().silences_of("PAT/05001/2024"); }},
      {"outbox USING INDEX outbox_by_state (state=?)",
       [](Store& store) { store.alert_tables().first_ready("2024-02-07T13:05:09.123Z"); }},
      {"outbox USING INDEX outbox_by_state (state=?)",
       [](Store& store) { store.alert_tables().messages_in("dead"); }},
      {"outbox USING COVERING INDEX outbox_by_state (state=?)",
       [](Store& store) { store.alert_tables().next_attempt(); }},
      {"given_answer USING COVERING INDEX given_answer_by_expiry (expires_at<?)",
       [](Store& store) { store.account_tables().forget_answers("2024-02-07T13:05:09.123Z"); }},
      // And the order of a primary key.
      {"outbox_alert USING PRIMARY KEY (alert=?)",
       [](Store& store) { store.alert_tables().recipients_of(7); }},
      {"outbox_alert USING PRIMARY KEY (alert=?)",
       [](Store& store) { store.alert_tables().message_states_of(7); }}};
  return all;
}

TEST_F(Indexes, ServeTheQueriesThatTheyAreThereFor) {
  for (const Need& need : needs()) {
    const std::vector<std::string> steps = steps_of(need.ask);
    EXPECT_THAT(steps, Contains("SEARCH " + need.step));
    EXPECT_THAT(steps, Not(Contains(HasSubstr("SCAN")))) << need.step;
  }
}

TEST_F(Indexes, ServeWhatIsWrittenAgain) {
  const auto tables = open_written_tables(*store);
  const std::vector<std::string> steps = steps_of([&](Store&) {
    tables->remove_of_component("PAT/05001/2024", "objetivos");
    tables->remove_of_obligation("PAT/05001/2024", 3);
  });
  EXPECT_THAT(steps, ElementsAre("SEARCH written USING INDEX written_in_plan (plan=? AND source=?)",
                                 "SEARCH written USING INDEX written_in_plan (plan=? AND source=?)"));
}

TEST_F(Indexes, AreThereForAQuery) {
  for (const std::string& index :
       texts_of("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")) {
    const bool is_needed = std::any_of(needs().begin(), needs().end(), [&](const Need& need) {
      return need.step.find("INDEX " + index + " ") != std::string::npos;
    });
    // The last is asked for over a connection of its own.
    EXPECT_TRUE(is_needed || index == "written_in_plan") << index;
  }
}

TEST(Migrations, LeaveWhatWasWrittenBeforeThem) {
  const FolderForTests folder;
  const std::string path = folder / "cauce.db";
  const std::vector<std::string> migrations = split_migrations(schema_sql);
  {
    SQLite::Database first(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    first.exec(migrations.front());
    first.exec("PRAGMA user_version = 1");
    first.exec("PRAGMA application_id = " + std::to_string(application_id));
    first.exec(
        "INSERT INTO alert VALUES (7, 'k', NULL, NULL, 's', 0, 'r', '', '', '', 'step', 'm', 'm', 'raised', "
        "NULL)");
    first.exec(
        "INSERT INTO outbox (id, message_id, person, channel, state, content, created_at)"
        " VALUES (9, 'm', 'ana', 'correo', 'sent', '{}', 'm')");
    first.exec("INSERT INTO outbox_alert (message, alert) VALUES (9, 7)");
  }
  const auto store = open_store(path);
  EXPECT_THAT(store->alert_tables().recipients_of(7), ElementsAre("ana"));
  EXPECT_THAT(store->integrity_errors(), IsEmpty());
  EXPECT_THAT(store->structure_differences(), IsEmpty());
}

TEST(Migrations, EndSessionsThatNoJournalKnows) {
  const FolderForTests folder;
  const std::string path = folder / "cauce.db";
  const std::vector<std::string> migrations = split_migrations(schema_sql);
  {
    SQLite::Database seventh(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    for (std::size_t i = 0; i < 7; ++i)
      seventh.exec(migrations.at(i));
    seventh.exec("PRAGMA user_version = 7");
    seventh.exec("PRAGMA application_id = " + std::to_string(application_id));
    seventh.exec("INSERT INTO account VALUES ('ana', '', 'm', 0)");
    for (const char* kind : {"token", "session"})
      seventh.exec("INSERT INTO token VALUES ('" + std::string(kind) + "', 'ana', zeroblob(32), x'', 'n', '" +
                   kind + "', 1, '[]', 'm', 'n', 0)");
  }
  const std::vector<TokenRow> tokens = open_store(path)->account_tables().tokens();
  ASSERT_EQ(tokens.size(), 1U);
  EXPECT_EQ(tokens.front().kind, "token");
}

}  // namespace
}  // namespace cauce::engine
