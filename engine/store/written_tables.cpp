#include "engine/store/written_tables.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/store/sqlite_connection.hpp"

namespace cauce::engine {
namespace {

class SqliteWrittenTables : public WrittenTables {
 public:
  SqliteWrittenTables(const std::string& path, SqliteConnection::Open how)
      : connection_(path, how, StoreOptions()) {}

  void begin() override { connection_.begin(); }
  void commit() override { connection_.commit(); }
  void rollback() noexcept override { connection_.rollback(); }

  std::int64_t taken_to() override {
    SqliteQuery query(connection_, "SELECT ifnull(max(sequence), 0) FROM written_to");
    std::int64_t sequence = 0;
    if (query.next()) query >> sequence;
    return sequence;
  }
  void set_taken_to(std::int64_t sequence) override {
    SqliteQuery query(connection_, "UPDATE written_to SET sequence = ?");
    (query << sequence).run();
  }

  void add(const WrittenRow& row) override {
    SqliteQuery query(connection_,
                      "INSERT INTO written (plan, source, number, name, period, field, text, sequence) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    (query << row.plan << row.source << row.number << row.name << row.period << row.field << row.text
           << row.sequence)
        .run();
    SqliteQuery words(connection_, "INSERT INTO written_words (rowid, text) VALUES (last_insert_rowid(), ?)");
    (words << row.text).run();
  }

  void remove_of_obligation(std::string_view plan, std::int64_t number) override {
    SqliteQuery query(connection_,
                      "SELECT id, text FROM written WHERE plan = ? AND source IN ('report', 'evidence') AND "
                      "number = ?");
    query << plan << number;
    remove_all(query);
  }
  void remove_of_component(std::string_view plan, std::string_view name) override {
    SqliteQuery query(connection_,
                      "SELECT id, text FROM written WHERE plan = ? AND source = 'component' AND name = ?");
    query << plan << name;
    remove_all(query);
  }

  void rename_obligation(std::string_view plan, std::int64_t number, std::string_view name) override {
    SqliteQuery query(connection_,
                      "UPDATE written SET name = ? WHERE plan = ? AND source IN ('report', 'evidence') AND "
                      "number = ?");
    (query << name << plan << number).run();
  }
  void rename(std::string_view plan, std::string_view from, std::string_view to) override {
    SqliteQuery component(connection_,
                          "UPDATE written SET name = ? WHERE plan = ? AND source = 'component' AND name = ?");
    (component << to << plan << from).run();
    SqliteQuery field(connection_,
                      "UPDATE written SET field = ? WHERE plan = ? AND source IN ('component', 'report') AND "
                      "field = ?");
    (field << to << plan << from).run();
  }

  std::vector<Match> matches(std::string_view expression) override {
    SqliteQuery query(connection_,
                      "SELECT written.id, written.plan FROM written_words JOIN written ON written.id = "
                      "written_words.rowid WHERE written_words MATCH ? ORDER BY rank, written.sequence DESC, "
                      "written.id");
    query << expression;
    std::vector<Match> found;
    while (query.next()) {
      Match& match = found.emplace_back();
      query >> match.id >> match.plan;
    }
    return found;
  }

  WrittenRow row(std::int64_t id) override {
    SqliteQuery query(connection_,
                      "SELECT plan, source, number, name, period, field, text, sequence FROM written WHERE "
                      "id = ?");
    query << id;
    WrittenRow row;
    if (query.next())
      query >> row.plan >> row.source >> row.number >> row.name >> row.period >> row.field >> row.text >>
          row.sequence;
    return row;
  }

  std::string snippet(std::string_view expression, std::int64_t id, std::string_view begin,
                      std::string_view end) override {
    SqliteQuery query(connection_,
                      "SELECT snippet(written_words, 0, ?, ?, '…', 24) FROM written_words WHERE "
                      "written_words MATCH ? AND rowid = ?");
    query << begin << end << expression << id;
    std::string words;
    if (query.next()) query >> words;
    return words;
  }

  std::vector<std::string> lines() override {
    SqliteQuery query(connection_,
                      "SELECT json_array(plan, source, number, name, period, field, text, sequence) FROM "
                      "written");
    std::vector<std::string> lines;
    while (query.next())
      query >> lines.emplace_back();
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  bool index_is_sound() override {
    begin();
    bool sound = true;
    try {
      connection_.run("INSERT INTO written_words (written_words, rank) VALUES ('integrity-check', 1)");
    } catch (const std::exception&) {
      sound = false;
    }
    rollback();
    return sound;
  }

 private:
  void remove_all(SqliteQuery& query) {
    std::vector<std::pair<std::int64_t, std::string>> rows;
    while (query.next()) {
      auto& [id, text] = rows.emplace_back();
      query >> id >> text;
    }
    for (const auto& [id, text] : rows) {
      SqliteQuery words(connection_,
                        "INSERT INTO written_words (written_words, rowid, text) VALUES ('delete', ?, ?)");
      (words << id << text).run();
      SqliteQuery row(connection_, "DELETE FROM written WHERE id = ?");
      (row << id).run();
    }
  }

  SqliteConnection connection_;
};

}  // namespace

std::unique_ptr<WrittenTables> open_written_tables(Store& store) {
  if (!std::filesystem::exists(store.path())) return create_written_tables();
  return std::make_unique<SqliteWrittenTables>(store.path(), SqliteConnection::Open::existing);
}

std::unique_ptr<WrittenTables> create_written_tables() {
  return std::make_unique<SqliteWrittenTables>("(memoria)", SqliteConnection::Open::in_memory);
}

}  // namespace cauce::engine
