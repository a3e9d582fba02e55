// For how long the other side of a channel wants to be left alone: kept in the database, so that neither a
// restart nor a round of its own forgets it.
#pragma once

#include <optional>

#include "engine/senders/sender.hpp"
#include "engine/system.hpp"

namespace cauce::engine {

/// Until when nothing is to be handed over to that sender's destination; nothing if it may be now.
std::optional<Instant> paused_until(System& system, const Sender& sender);
/// Within a transaction.
void pause_deliveries(System& system, const Sender& sender, Instant until);

}  // namespace cauce::engine
