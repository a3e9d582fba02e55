// The journal: every change that ever was, in a chain of hashes, so that a change to what is written shows.
#pragma once

#include <optional>
#include <string>

#include "engine/clock.hpp"
#include "engine/store/store.hpp"

namespace cauce::engine {

/// What is to be written; the journal gives it its sequence, instant and hash.
struct NewEvent {
  std::optional<std::string> plan = {};
  std::string actor;
  std::string system_user;
  std::string kind;
  std::string payload;  ///< JSON
  std::int64_t policy_version = 0;
};

/// Where the chain breaks first, and how.
struct ChainBreak {
  std::int64_t sequence = 0;
  std::string what;  ///< Spanish
};

/// A head that was kept elsewhere (a digest, a backup): the journal must still contain it.
struct Anchor {
  std::int64_t sequence = 0;
  std::string hash;  ///< 64 hexadecimal digits
};

/// The instant at which an event may be written: `now`, or that of the last event if the clock went back.
Instant next_instant(Store& store, Instant now);

/// Appends an event at `now` (or next_instant) and gives it as stored. Within a transaction.
StoredEvent append_event(Store& store, const NewEvent& event, Instant now);

/// The hash of an event after one with `previous` (empty: it is the first): BLAKE2b-256 of the previous hash
/// and of every stored column, each behind its length.
std::string chain_hash(const std::string& previous, const StoredEvent& event);

/// Checks the whole chain.
std::optional<ChainBreak> verify_chain(Store& store);

/// Why the journal does not contain `anchor`, in Spanish; nothing if it does. It may be of another database
/// or badly copied, and it may be that the journal was cut or written anew: the two look alike.
std::optional<std::string> missing_anchor(Store& store, const Anchor& anchor);

}  // namespace cauce::engine
