// AccountTables over an SQLite connection.
#pragma once

#include "engine/store/account_tables.hpp"
#include "engine/store/sqlite_connection.hpp"

namespace cauce::engine {

class SqliteAccountTables : public AccountTables {
 public:
  explicit SqliteAccountTables(SqliteConnection& connection) : connection_(connection) {}

  void put_account(const AccountRow& account) override;
  std::optional<AccountRow> account(std::string_view person) override;
  std::vector<AccountRow> accounts() override;

  void put_token(const TokenRow& token) override;
  std::optional<TokenRow> token(std::string_view id) override;
  std::vector<TokenRow> tokens() override;
  void forget_sessions(std::string_view now) override;

  void put_answer(const GivenAnswerRow& answer) override;
  std::optional<GivenAnswerRow> answer(std::string_view person, std::string_view key) override;
  void forget_answers(std::string_view now) override;

 private:
  SqliteConnection& connection_;
};

}  // namespace cauce::engine
