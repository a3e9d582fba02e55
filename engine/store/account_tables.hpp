// Accounts, tokens and what was answered over HTTP: rows in and out. What stands here is in no journal, but
// for the fact that it was given.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cauce::engine {

struct AccountRow {
  std::string person;
  std::string password = {};  ///< argon2id; empty: none yet
  std::string opened_at = {};
  bool closed = false;
};

struct TokenRow {
  std::string id;
  std::string person;
  std::string hash;        ///< 32 bytes
  std::string guard = {};  ///< of a session: 32 bytes
  std::string name = {};
  std::string kind = {};  ///< token, session
  bool may_write = false;
  std::string commands = "[]";  ///< JSON
  std::string issued_at = {};
  std::string expires_at = {};
  bool revoked = false;
};

struct GivenAnswerRow {
  std::string person;
  std::string key;
  std::string request;  ///< 32 bytes
  std::int64_t status = 0;
  std::string type = {};
  std::string body = {};
  std::string expires_at = {};
};

/// Errors as Store's. `put` adds or replaces.
class AccountTables {
 public:
  virtual ~AccountTables() = default;

  virtual void put_account(const AccountRow& account) = 0;
  virtual std::optional<AccountRow> account(std::string_view person) = 0;
  virtual std::vector<AccountRow> accounts() = 0;  ///< by person

  virtual void put_token(const TokenRow& token) = 0;
  virtual std::optional<TokenRow> token(std::string_view id) = 0;
  virtual std::vector<TokenRow> tokens() = 0;  ///< by person and when they were issued
  /// Takes away sessions that ended before `now`. Tokens stay, to be named.
  virtual void forget_sessions(std::string_view now) = 0;

  virtual void put_answer(const GivenAnswerRow& answer) = 0;
  virtual std::optional<GivenAnswerRow> answer(std::string_view person, std::string_view key) = 0;
  virtual void forget_answers(std::string_view now) = 0;
};

}  // namespace cauce::engine
