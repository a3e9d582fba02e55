// Accounts, tokens and sessions of the HTTP interface: who may come in, as whom, and what for. Secrets are
// kept as hashes only; that something was given or taken back is an event of the journal.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/secret.hpp"
#include "engine/store/account_tables.hpp"
#include "engine/system.hpp"

namespace cauce::engine {

inline constexpr std::string_view account_opened = "account_opened";
inline constexpr std::string_view account_closed = "account_closed";
inline constexpr std::string_view password_set = "password_set";
inline constexpr std::string_view token_issued = "token_issued";
inline constexpr std::string_view token_revoked = "token_revoked";
inline constexpr std::string_view session_opened = "session_opened";
inline constexpr std::string_view session_closed = "session_closed";

inline constexpr std::string_view token_kind = "token";  ///< of TokenRow
inline constexpr std::string_view session_kind = "session";

/// How long a token is good for where nobody says, and at most; and a session.
inline constexpr std::chrono::days usual_token_life{90};
inline constexpr std::chrono::days longest_token_life{366};
inline constexpr std::chrono::hours session_life{12};
inline constexpr std::size_t shortest_password = 12;  ///< in characters
inline constexpr std::size_t longest_password = 256;  ///< in bytes

struct TokenRequest {
  std::string person;
  std::string name;  ///< what it is for
  bool may_write = false;
  std::vector<std::string> commands = {};        ///< limited to these; empty: to none in particular
  std::optional<workflows::Date> last_day = {};  ///< of its validity
};

/// A token as its holder gets it, once.
struct GivenToken {
  TokenRow row;
  std::string text;        ///< `cauce_ID_SECRET`
  std::string guard = {};  ///< of a session: what a browser must send back in a header
};

// Changes. Each by one who has the right «cuentas»; a person may set their own password and give up their own
// tokens.
/// Opens the account of a person that is known, or opens it again.
Result<AccountRow> open_account(System& system, const std::string& person, const Actor& actor);
/// Closes it: no password and no token of it lets in any more. How many tokens it had.
Result<std::size_t> close_account(System& system, const std::string& person, const Actor& actor);
Result<AccountRow> set_password(System& system, const std::string& person, const Secret& password,
                                const Actor& actor);
/// One's own, by who knows the one before: whoever merely sits at an open session does not.
Result<AccountRow> change_password(System& system, const std::string& person, const Secret& before,
                                   const Secret& password);
Result<GivenToken> issue_token(System& system, const TokenRequest& request, const Actor& actor);
Result<TokenRow> revoke_token(System& system, const std::string& id, const Actor& actor);

/// Who has come in: the row of the token by which.
using Pass = TokenRow;
/// The pass that `text` is, if it is good now. It takes the same time however near a wrong one comes.
std::optional<Pass> admit(System& system, std::string_view text);
/// Whether a pass that was good still is.
bool is_good(System& system, const Pass& pass);
/// A session for who knows the password; nothing if it is wrong, or there is no such account, told in the
/// same time.
std::optional<GivenToken> log_in(System& system, const std::string& person, const Secret& password);
void log_out(System& system, const Pass& session);
/// Whether `text` is what the browser of that session was given to send back.
bool guards(const Pass& session, std::string_view text);

}  // namespace cauce::engine
