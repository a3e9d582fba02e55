// Messages on their way out: written with the alert that they carry, handed over afterwards, kept with what
// became of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/senders/sender.hpp"
#include "engine/system.hpp"

namespace cauce::engine {

enum class OutboxState : std::uint8_t { pending, leased, sent, retry, uncertain, dead, withdrawn };
std::string_view name_of(OutboxState state);       ///< `pending` …
std::string_view spanish_name(OutboxState state);  ///< `pendiente`, `en envío`, `enviado`, `por reintentar`,
                                                   ///< `incierto`, `sin entregar`, `retirado`

struct OutboxMessage {
  std::int64_t id = 0;
  std::string message_id;  ///< without angle brackets
  std::string channel;
  std::string person;
  std::string address;
  std::string subject;
  OutboxState state = OutboxState::pending;
  int tries = 0;
  std::string next_try;  ///< ISO, UTC; empty unless pending or retry
  std::string answer;    ///< the other side's words
};

struct Deliveries {
  std::size_t sent = 0;
  std::size_t to_retry = 0;
  std::size_t dead = 0;
};

/// Hands over what is ready, one message after another: leased and recorded before, recorded after. A message
/// found leased by a process that died goes again with the same Message-ID. `stop` is asked between two
/// messages.
Deliveries deliver_ready(System& system, Sender& sender, const Mailbox& from,
                         const std::function<bool()>& stop = {});

/// The earliest instant at which a message is to be tried again.
std::optional<Instant> next_delivery(System& system);

std::vector<OutboxMessage> list_outbox(System& system);

}  // namespace cauce::engine
