#include "engine/account_audit.hpp"

#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/account.hpp"
#include "engine/event_json.hpp"
#include "engine/hash.hpp"

namespace cauce::engine {
namespace {

using nlohmann::json;

/// An account as the journal has it.
struct GivenAccount {
  std::string digest;  ///< empty: its event is of before there were any
  bool closed = false;
};

/// A token or session as the journal has it.
struct GivenPass {
  TokenRow row;  ///< as far as its event says it
  std::string digest;
  bool is_kept = false;  ///< its row is there
};

/// What was given and taken back, event after event.
class Given {
 public:
  explicit Given(Store& store) {
    store.each_event([&](const StoredEvent& event) {
      if (event.plan) return;
      const auto taker = takers().find(event.kind);
      if (taker == takers().end()) return;
      try {
        (this->*taker->second)(json::parse(event.payload));
      } catch (const json::exception&) {
        throw JournalUnreadable("el asiento " + std::to_string(event.sequence) + " no se entiende");
      }
    });
  }

  std::vector<std::string> differences(AccountTables& tables) {
    compare_accounts(tables.accounts());
    compare_passes(tables.tokens());
    return std::move(differences_);
  }

 private:
  using Taker = void (Given::*)(const json&);
  static const std::map<std::string_view, Taker>& takers() {
    static const std::map<std::string_view, Taker> all = {
        {account_opened, &Given::opened},     {account_closed, &Given::closed},
        {password_set, &Given::new_password}, {token_issued, &Given::token},
        {token_revoked, &Given::taken_back},  {session_opened, &Given::session},
        {session_closed, &Given::taken_back},
    };
    return all;
  }

  void opened(const json& event) { accounts_[event.at("person")] = {event.value("digest", ""), false}; }
  void closed(const json& event) {
    accounts_[event.at("person")] = {event.value("digest", ""), true};
    for_each_pass_of(event.at("person"), [](TokenRow& row) { row.revoked = true; });
  }
  void new_password(const json& event) {
    accounts_[event.at("person")].digest = event.value("digest", "");
    for_each_pass_of(event.at("person"),
                     [](TokenRow& row) { row.revoked = row.revoked || row.kind == session_kind; });
  }
  void token(const json& event) { add_pass(token_kind, event); }
  void session(const json& event) { add_pass(session_kind, event); }
  void add_pass(std::string_view kind, const json& event) {
    GivenPass pass;
    pass.row.id = event.at("token");
    pass.row.person = event.at("person");
    pass.row.kind = kind;
    pass.row.may_write = event.value("may_write", true);
    pass.row.commands = event.value("commands", json::array()).dump();
    pass.row.expires_at = event.at("expires_at");
    pass.digest = event.value("digest", "");
    passes_[{pass.row.person, pass.row.id}] = std::move(pass);
  }
  void taken_back(const json& event) {
    const auto pass = passes_.find({event.at("person"), event.at("token")});
    if (pass != passes_.end()) pass->second.row.revoked = true;
  }

  template <typename Change>
  void for_each_pass_of(const std::string& person, const Change& change) {
    for (auto pass = passes_.lower_bound({person, ""}); pass != passes_.end() && pass->first.first == person;
         ++pass)
      change(pass->second.row);
  }

  void compare_accounts(const std::vector<AccountRow>& rows) {
    std::map<std::string, GivenAccount> missing = accounts_;
    for (const AccountRow& row : rows) {
      const std::string named = "la cuenta de «" + row.person + "»";
      const auto given = accounts_.find(row.person);
      missing.erase(row.person);
      if (given == accounts_.end()) {
        differ(named + " está en la base, y el diario no dice que se haya abierto");
        continue;
      }
      if (!given->second.digest.empty() && given->second.digest != digest_of(row))
        differ(named + " no es como quedó en el diario: le cambiaron la clave o el día en que se abrió");
      if (given->second.closed && !row.closed) differ(named + " está abierta, y el diario dice que se cerró");
      if (!given->second.closed && row.closed)
        differ(named + " está cerrada, y el diario no dice que se haya cerrado");
    }
    for (const auto& [person, account] : missing)
      differ("falta la cuenta de «" + person + "», que está en el diario");
  }

  void compare_passes(const std::vector<TokenRow>& rows) {
    for (const TokenRow& row : rows)
      compare_pass(row);
    for (const auto& [key, pass] : passes_) {  // a session that is over is not kept
      if (!pass.is_kept && pass.row.kind == token_kind)
        differ("falta " + named(pass.row) + ", que está en el diario");
    }
  }

  void compare_pass(const TokenRow& row) {
    const auto found = passes_.find({row.person, row.id});
    if (found == passes_.end()) {
      differ(named(row) + " está en la base, y el diario no dice que se haya dado");
      return;
    }
    GivenPass& given = found->second;
    given.is_kept = true;
    if (!is_as_given(row, given))
      differ(named(row) + " no es como se dio: le cambiaron el secreto, lo que puede o hasta cuándo vale");
    if (given.row.revoked && !row.revoked) differ(named(row) + " vale, y el diario dice que se retiró");
    if (!given.row.revoked && row.revoked)
      differ(named(row) + " está retirada, y el diario no dice que se haya retirado");
  }

  static bool is_as_given(const TokenRow& row, const GivenPass& given) {
    if (!given.digest.empty()) return digest_of(row) == given.digest;
    return row.kind == given.row.kind && row.may_write == given.row.may_write &&
           row.commands == given.row.commands && row.expires_at == given.row.expires_at;
  }

  static std::string named(const TokenRow& row) {
    return (row.kind == session_kind ? "la sesión " : "la ficha ") + row.id + " de «" + row.person + "»";
  }

  void differ(std::string difference) { differences_.push_back(std::move(difference)); }

  std::map<std::string, GivenAccount> accounts_;
  std::map<std::pair<std::string, std::string>, GivenPass> passes_;  ///< by person and id
  std::vector<std::string> differences_;
};

}  // namespace

std::string digest_of(const AccountRow& account) {
  std::string bytes;
  for (const std::string* part : {&account.person, &account.password, &account.opened_at})
    append_part(bytes, *part);
  return sha256_hex(bytes);
}

std::string digest_of(const TokenRow& token) {
  std::string bytes;
  for (const std::string* part : {&token.id, &token.person, &token.hash, &token.guard, &token.name,
                                  &token.kind, &token.commands, &token.issued_at, &token.expires_at})
    append_part(bytes, *part);
  append_part(bytes, token.may_write ? "1" : "0");
  return sha256_hex(bytes);
}

std::vector<std::string> account_differences(Store& store) {
  return Given(store).differences(store.account_tables());
}

}  // namespace cauce::engine
