// Accounts and tokens against the journal. It holds no secret, but a digest of each row as it was given: one
// that somebody changed, took away or put there by hand shows.
#pragma once

#include <string>
#include <vector>

#include "engine/store/account_tables.hpp"
#include "engine/store/store.hpp"

namespace cauce::engine {

/// Of all but whether it was closed or taken back, which events of their own say. 64 hexadecimal digits.
std::string digest_of(const AccountRow& account);
std::string digest_of(const TokenRow& token);

/// Accounts, tokens and sessions that are not what the journal says, in Spanish. Of those whose events are of
/// before there were digests, what their events say is compared.
std::vector<std::string> account_differences(Store& store);

}  // namespace cauce::engine
