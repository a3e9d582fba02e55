#include "engine/store/stored_names.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace cauce::engine {
namespace {

/// The rows of a query whose parameters are `values`, each made by `read`.
template <typename Row, typename Read>
std::vector<Row> rows(const std::string& path, const char* sql, const std::vector<std::string>& values,
                      Read read) {
  constexpr int patience_in_ms = 200;
  std::vector<Row> found;
  try {
    SQLite::Database database(path, SQLite::OPEN_READONLY, patience_in_ms);
    SQLite::Statement statement(database, sql);
    int place = 0;
    for (const std::string& value : values)
      statement.bind(++place, value);
    while (statement.executeStep())
      found.push_back(read(statement));
  } catch (const SQLite::Exception&) {
    found.clear();
  }
  return found;
}

std::string text(SQLite::Statement& row, int column) {
  return row.getColumn(column).getString();  // of NULL, nothing
}

}  // namespace

std::vector<std::string> StoredNames::plans() const {
  return rows<std::string>(path_, "SELECT id FROM plan ORDER BY id", {},
                           [](SQLite::Statement& row) { return text(row, 0); });
}

std::vector<Person> StoredNames::people() const {
  return rows<Person>(path_, "SELECT id, name FROM person ORDER BY id", {}, [](SQLite::Statement& row) {
    return Person{text(row, 0), text(row, 1), {}};
  });
}

std::vector<StoredObligation> StoredNames::obligations(const std::string& plan) const {
  return rows<StoredObligation>(
      path_, "SELECT name, type, period, state FROM obligation WHERE plan = ? ORDER BY number", {plan},
      [](SQLite::Statement& row) {
        return StoredObligation{text(row, 0), text(row, 1), text(row, 2), text(row, 3)};
      });
}

std::string StoredNames::stage(const std::string& plan) const {
  const auto stages = rows<std::string>(path_, "SELECT stage FROM plan WHERE id = ?", {plan},
                                        [](SQLite::Statement& row) { return text(row, 0); });
  return stages.empty() ? std::string() : stages.front();
}

std::vector<PolicyFileRow> StoredNames::policy(const std::string& plan) const {
  const auto read = [](SQLite::Statement& row) { return PolicyFileRow{text(row, 0), {}, text(row, 1)}; };
  if (!plan.empty()) {
    return rows<PolicyFileRow>(path_,
                               "SELECT name, text FROM policy_file JOIN plan ON policy_version = "
                               "policy_file.version WHERE plan.id = ? ORDER BY number",
                               {plan}, read);
  }
  return rows<PolicyFileRow>(path_,
                             "SELECT name, text FROM policy_file WHERE version = (SELECT max(version) FROM "
                             "policy_version) ORDER BY number",
                             {}, read);
}

}  // namespace cauce::engine
