#include "engine/account.hpp"

#include <algorithm>
#include <mutex>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "engine/account_audit.hpp"
#include "engine/hash.hpp"
#include "workflows/right_holders.hpp"

namespace cauce::engine {
namespace {

using Json = nlohmann::json;
using workflows::RefusalKind;

// --- Secrets

std::vector<unsigned char> random_bytes(std::size_t size) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  std::vector<unsigned char> random(size);
  randombytes_buf(random.data(), random.size());
  return random;
}

/// What nobody can guess, in letters that stand anywhere (base64url).
std::string random_text(std::size_t bytes) {
  const std::vector<unsigned char> random = random_bytes(bytes);
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes, variant), '\0');
  sodium_bin2base64(text.data(), text.size(), random.data(), random.size(), variant);
  text.resize(text.find('\0'));
  return text;
}

bool same_hash(const std::string& one, const std::string& other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

struct TokenText {
  std::string id;
  std::string secret;
};

std::optional<TokenText> take_apart(std::string_view text) {
  constexpr std::string_view mark = "cauce_";
  constexpr std::size_t id_size = 12;
  if (!text.starts_with(mark) || text.size() < mark.size() + id_size + 2 || text.size() > 200)
    return std::nullopt;
  text.remove_prefix(mark.size());
  if (text[id_size] != '.') return std::nullopt;
  return TokenText{std::string(text.substr(0, id_size)), std::string(text.substr(id_size + 1))};
}

GivenToken new_token(std::string_view kind) {
  GivenToken given;
  const auto id = random_bytes(6);
  given.row.id = to_hex({reinterpret_cast<const char*>(id.data()), id.size()});
  given.row.kind = kind;
  const std::string secret = random_text(32);
  given.row.hash = blake2b_256(secret);
  given.text = "cauce_" + given.row.id + "." + secret;
  return given;
}

/// argon2id takes 64 MiB and a good part of a second: one at a time, so that those who guess cannot take the
/// memory of the machine.
std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

std::string hash_password(const Secret& password) {
  const std::scoped_lock lock(one_at_a_time());
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const std::string& text = password.reveal();
  if (crypto_pwhash_str(hash.data(), text.data(), text.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    throw std::bad_alloc();
  }
  hash.resize(hash.find('\0'));
  return hash;
}

bool is_password(const std::string& hash, const Secret& password) {
  const std::scoped_lock lock(one_at_a_time());
  const std::string& text = password.reveal();
  return crypto_pwhash_str_verify(hash.c_str(), text.data(), text.size()) == 0;
}

/// What is compared with where there is no account, so that its absence takes as long.
const std::string& nobodys_password() {
  static const std::string hash = hash_password(Secret(random_text(18)));
  return hash;
}

// --- Who may

std::optional<Refusal> lacks_right(System& system, const Actor& actor) {
  if (actor.trusted) return std::nullopt;
  const World& world = system.world();
  const PolicyVersion version = world.current_version();
  const auto right = rules::Right::accounts;
  const workflows::Date today = system.now().date;
  if (world.team(version).has_right(actor.person, right, today)) return std::nullopt;
  Refusal refusal{RefusalKind::not_allowed, "«" + actor.person + "» no tiene el derecho «" +
                                                std::string(rules::spanish_name(right)) + "»"};
  refusal.who_could = workflows::roles_with(*world.policy(version).rules, right);
  refusal.holders = workflows::persons_with(world.team(version), right, today);
  return refusal;
}

std::optional<Refusal> lacks_right_over(System& system, const std::string& person, const Actor& actor) {
  if (actor.person == person) return std::nullopt;
  return lacks_right(system, actor);
}

Refusal no_account(const std::string& person) {
  return {RefusalKind::unknown_name, "«" + person + "» no tiene una cuenta abierta",
          "ábrala con «cauce cuentas abrir»"};
}

std::optional<AccountRow> open_account_of(System& system, const std::string& person) {
  const auto account = system.store().account_tables().account(person);
  if (!account || account->closed) return std::nullopt;
  return account;
}

std::optional<Refusal> refuse_password(const std::string& person, const std::string& password) {
  const std::size_t letters =
      static_cast<std::size_t>(std::count_if(password.begin(), password.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      }));
  const bool repeats_one = password.find_first_not_of(password.substr(0, 1)) == std::string::npos;
  if (letters < shortest_password || repeats_one || password.find(person) != std::string::npos) {
    return Refusal{RefusalKind::invalid_input, "esa clave es fácil de adivinar",
                   "póngale por lo menos " + std::to_string(shortest_password) +
                       " letras, y que no sea su nombre; una frase sirve"};
  }
  if (password.size() > longest_password) {
    return Refusal{RefusalKind::invalid_input,
                   "la clave pasa de " + std::to_string(longest_password) + " letras"};
  }
  return std::nullopt;
}

std::string instant_now(System& system) {
  return to_iso(system.clock().now());
}

// --- What is kept, and what the journal says of it

void keep(System& system, const AccountRow& account, std::string_view what_happened, const Actor& actor) {
  system.store().account_tables().put_account(account);
  system.record(what_happened,
                Json{{"v", 1}, {"person", account.person}, {"digest", digest_of(account)}}.dump(), actor);
}

void keep_new(System& system, const TokenRow& token, std::string_view what_happened, const Actor& actor) {
  system.store().account_tables().put_token(token);
  system.record(what_happened,
                Json{{"v", 1},
                     {"token", token.id},
                     {"person", token.person},
                     {"may_write", token.may_write},
                     {"commands", Json::parse(token.commands)},
                     {"expires_at", token.expires_at},
                     {"digest", digest_of(token)}}
                    .dump(),
                actor);
}

void take_back(System& system, TokenRow token, std::string_view what_happened, const Actor& actor) {
  token.revoked = true;
  system.store().account_tables().put_token(token);
  system.record(what_happened, Json{{"v", 1}, {"token", token.id}, {"person", token.person}}.dump(), actor);
}

/// Of the tokens and sessions of a person, those for which `is_over` holds let in no more: the event that
/// ends them says so of all. How many tokens they are.
template <typename Predicate>
std::size_t end_passes(System& system, const std::string& person, const Predicate& is_over) {
  AccountTables& tables = system.store().account_tables();
  std::size_t tokens = 0;
  for (TokenRow token : tables.tokens()) {
    if (token.person != person || token.revoked || !is_over(token)) continue;
    token.revoked = true;
    tables.put_token(token);
    tokens += token.kind == token_kind ? 1 : 0;
  }
  return tokens;
}

}  // namespace

Result<AccountRow> open_account(System& system, const std::string& person, const Actor& actor) {
  if (auto refusal = lacks_right(system, actor)) return *refusal;
  if (!system.person(person)) {
    return Refusal{RefusalKind::unknown_name, "no se conoce a «" + person + "»",
                   "las personas se cargan con «cauce personas»"};
  }
  AccountRow account{person};
  system.together([&] {
    if (const auto there = system.store().account_tables().account(person)) account = *there;
    if (!account.opened_at.empty() && !account.closed) return;
    account.opened_at = instant_now(system);
    account.closed = false;
    account.password.clear();
    keep(system, account, account_opened, actor);
  });
  return account;
}

Result<std::size_t> close_account(System& system, const std::string& person, const Actor& actor) {
  if (auto refusal = lacks_right(system, actor)) return *refusal;
  std::optional<std::size_t> revoked;
  system.together([&] {
    auto account = open_account_of(system, person);
    if (!account) return;
    account->closed = true;
    account->password.clear();
    keep(system, *account, account_closed, actor);
    revoked = end_passes(system, person, [](const TokenRow&) { return true; });
  });
  if (!revoked) return no_account(person);
  return *revoked;
}

Result<AccountRow> set_password(System& system, const std::string& person, const Secret& password,
                                const Actor& actor) {
  if (auto refusal = lacks_right_over(system, person, actor)) return *refusal;
  if (!open_account_of(system, person)) return no_account(person);
  if (auto refusal = refuse_password(person, password.reveal())) return *refusal;
  const std::string hash = hash_password(password);
  std::optional<AccountRow> account;
  system.together([&] {
    account = open_account_of(system, person);  // it may have been closed while the password was hashed
    if (!account) return;
    account->password = hash;
    keep(system, *account, password_set, actor);
    // Whoever came in with the old one is out.
    end_passes(system, person, [](const TokenRow& token) { return token.kind == session_kind; });
  });
  if (!account) return no_account(person);
  return *account;
}

Result<GivenToken> issue_token(System& system, const TokenRequest& request, const Actor& actor) {
  if (auto refusal = lacks_right(system, actor)) return *refusal;
  const workflows::Date today = system.now().date;
  const workflows::Date last = request.last_day.value_or(today + usual_token_life);
  if (last < today || last > today + longest_token_life) {
    return Refusal{RefusalKind::invalid_input, "una ficha no puede valer hasta el " + rules::to_iso(last),
                   "vale hasta un año, desde hoy"};
  }
  GivenToken given = new_token(token_kind);
  TokenRow& row = given.row;
  row.person = request.person;
  row.name = request.name;
  row.may_write = request.may_write;
  row.commands = Json(request.commands).dump();
  row.issued_at = instant_now(system);
  const std::string& zone = system.policy(system.current_version())->rules->zone;
  row.expires_at = to_iso(to_instant({last + std::chrono::days{1}, {0, 0}}, zone));
  bool is_given = false;
  system.together([&] {
    is_given = open_account_of(system, request.person).has_value();
    if (is_given) keep_new(system, row, token_issued, actor);
  });
  if (!is_given) return no_account(request.person);
  return given;
}

Result<TokenRow> revoke_token(System& system, const std::string& id, const Actor& actor) {
  auto token = system.store().account_tables().token(id);
  const bool is_own = token && token->person == actor.person;
  // Who may not take it back does not learn whether it is there.
  if (!is_own) {
    if (auto refusal = lacks_right(system, actor)) return *refusal;
  }
  if (!token || token->kind != token_kind) {
    return Refusal{RefusalKind::unknown_name, "no hay una ficha «" + id + "»",
                   "«cauce cuentas fichas» las muestra"};
  }
  if (token->revoked) return *token;
  system.together([&] { take_back(system, *token, token_revoked, actor); });
  token->revoked = true;
  return *token;
}

std::optional<Pass> admit(System& system, std::string_view text) {
  const auto parts = take_apart(text);
  if (!parts) return std::nullopt;
  AccountTables& tables = system.store().account_tables();
  const auto token = tables.token(parts->id);
  const std::string hash = blake2b_256(parts->secret);
  const bool matches = same_hash(hash, token ? token->hash : std::string(hash.size(), '\0'));
  if (!token || !matches || !is_good(system, *token)) return std::nullopt;
  return token;
}

bool is_good(System& system, const Pass& pass) {
  const auto token = system.store().account_tables().token(pass.id);
  return token && !token->revoked && token->expires_at > instant_now(system) &&
         open_account_of(system, token->person).has_value();
}

namespace {

/// The account of that person, if that is its password; nothing as slowly where there is none.
std::optional<AccountRow> account_by_password(System& system, const std::string& person,
                                              const Secret& password) {
  if (password.reveal().size() > longest_password) return std::nullopt;
  const auto account = open_account_of(system, person);
  const bool has_password = account && !account->password.empty();
  const bool matches = is_password(has_password ? account->password : nobodys_password(), password);
  return has_password && matches ? account : std::nullopt;
}

}  // namespace

Result<AccountRow> change_password(System& system, const std::string& person, const Secret& before,
                                   const Secret& password) {
  if (!account_by_password(system, person, before))
    return Refusal{RefusalKind::not_allowed, "la clave de ahora no es esa"};
  return set_password(system, person, password, {person, false});
}

std::optional<GivenToken> log_in(System& system, const std::string& person, const Secret& password) {
  const auto account = account_by_password(system, person, password);
  if (!account) return std::nullopt;
  GivenToken given = new_token(session_kind);
  given.guard = random_text(24);
  TokenRow& row = given.row;
  row.person = person;
  row.name = "sesión";
  row.guard = blake2b_256(given.guard);
  row.may_write = true;
  const Instant now = system.clock().now();
  row.issued_at = to_iso(now);
  row.expires_at = to_iso(now + session_life);
  bool is_given = false;
  system.together([&] {
    // The account may have been closed, or its password changed, while this one was checked.
    const auto still = open_account_of(system, person);
    is_given = still && still->password == account->password;
    if (!is_given) return;
    system.store().account_tables().forget_sessions(row.issued_at);
    keep_new(system, row, session_opened, {person});
  });
  if (!is_given) return std::nullopt;
  return given;
}

void log_out(System& system, const Pass& session) {
  system.together([&] { take_back(system, session, session_closed, {session.person}); });
}

bool guards(const Pass& session, std::string_view text) {
  return !session.guard.empty() && same_hash(session.guard, blake2b_256(text));
}

}  // namespace cauce::engine
