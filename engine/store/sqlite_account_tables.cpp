#include "engine/store/sqlite_account_tables.hpp"

namespace cauce::engine {

#define TOKEN_COLUMNS \
  "id, person, hash, guard, name, kind, may_write, commands, issued_at, expires_at, revoked"

namespace {

std::vector<AccountRow> read_accounts(SqliteQuery& query) {
  std::vector<AccountRow> accounts;
  while (query.next()) {
    AccountRow& account = accounts.emplace_back();
    query >> account.person >> account.password >> account.opened_at >> account.closed;
  }
  return accounts;
}

std::vector<TokenRow> read_tokens(SqliteQuery& query) {
  std::vector<TokenRow> tokens;
  while (query.next()) {
    TokenRow& token = tokens.emplace_back();
    query >> token.id >> token.person >> token.hash >> token.guard >> token.name >> token.kind >>
        token.may_write >> token.commands >> token.issued_at >> token.expires_at >> token.revoked;
  }
  return tokens;
}

template <typename Row>
std::optional<Row> first_of(std::vector<Row> rows) {
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

}  // namespace

void SqliteAccountTables::put_account(const AccountRow& account) {
  SqliteQuery query(connection_,
                    "INSERT INTO account (person, password, opened_at, closed) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (person) DO UPDATE SET password = excluded.password,"
                    " opened_at = excluded.opened_at, closed = excluded.closed");
  (query << account.person << account.password << account.opened_at << account.closed).run();
}

std::optional<AccountRow> SqliteAccountTables::account(std::string_view person) {
  SqliteQuery query(connection_, "SELECT person, password, opened_at, closed FROM account WHERE person = ?");
  query << person;
  return first_of(read_accounts(query));
}

std::vector<AccountRow> SqliteAccountTables::accounts() {
  SqliteQuery query(connection_, "SELECT person, password, opened_at, closed FROM account ORDER BY person");
  return read_accounts(query);
}

void SqliteAccountTables::put_token(const TokenRow& token) {
  SqliteQuery query(connection_, "INSERT OR REPLACE INTO token (" TOKEN_COLUMNS
                                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query << token.id << token.person;
  query.bind_blob(token.hash);
  query.bind_blob(token.guard);
  query << token.name << token.kind << token.may_write << token.commands << token.issued_at
        << token.expires_at << token.revoked;
  query.run();
}

std::optional<TokenRow> SqliteAccountTables::token(std::string_view id) {
  SqliteQuery query(connection_, "SELECT " TOKEN_COLUMNS " FROM token WHERE id = ?");
  query << id;
  return first_of(read_tokens(query));
}

std::vector<TokenRow> SqliteAccountTables::tokens() {
  SqliteQuery query(connection_, "SELECT " TOKEN_COLUMNS " FROM token ORDER BY person, issued_at, id");
  return read_tokens(query);
}

void SqliteAccountTables::forget_sessions(std::string_view now) {
  SqliteQuery query(connection_, "DELETE FROM token WHERE kind = 'session' AND (expires_at <= ? OR revoked)");
  (query << now).run();
}

void SqliteAccountTables::put_answer(const GivenAnswerRow& answer) {
  SqliteQuery query(connection_,
                    "INSERT OR REPLACE INTO given_answer (person, key, request, status, type, body,"
                    " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)");
  query << answer.person << answer.key;
  query.bind_blob(answer.request);
  (query << answer.status << answer.type << answer.body << answer.expires_at).run();
}

std::optional<GivenAnswerRow> SqliteAccountTables::answer(std::string_view person, std::string_view key) {
  SqliteQuery query(connection_,
                    "SELECT person, key, request, status, type, body, expires_at FROM given_answer"
                    " WHERE person = ? AND key = ?");
  query << person << key;
  if (!query.next()) return std::nullopt;
  GivenAnswerRow answer;
  query >> answer.person >> answer.key >> answer.request >> answer.status >> answer.type >> answer.body >>
      answer.expires_at;
  return answer;
}

void SqliteAccountTables::forget_answers(std::string_view now) {
  SqliteQuery query(connection_, "DELETE FROM given_answer WHERE expires_at <= ?");
  (query << now).run();
}

}  // namespace cauce::engine
