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
inline constexpr OutboxState all_outbox_states[] = {
    OutboxState::pending,   OutboxState::leased, OutboxState::sent,     OutboxState::retry,
    OutboxState::uncertain, OutboxState::dead,   OutboxState::withdrawn};

struct OutboxMessage {
  std::int64_t id = 0;
  std::string message_id;  ///< without angle brackets
  std::string channel;
  std::string person;
  std::string address;
  std::string subject;
  std::string text;
  std::string written_at;  ///< ISO, UTC
  OutboxState state = OutboxState::pending;
  int tries = 0;
  std::string next_try;  ///< ISO, UTC; empty unless it waits for its next try
  std::string answer;    ///< the other side's words
};

/// Between two tries, and for whoever asks to be left alone.
inline constexpr std::chrono::hours longest_wait{6};

struct Deliveries {
  std::size_t sent = 0;
  std::size_t to_retry = 0;  ///< uncertain ones included
  std::size_t dead = 0;
  /// Before this no message is to be handed over: the other side wants to be left alone.
  std::optional<Instant> not_before = {};
};

/// Hands over what is ready, one message after another: leased and recorded before, recorded after. A message
/// found leased by a process that died, or that was handed over without an answer, goes again with the same
/// Message-ID. Where no message can leave now, the rest waits with the first, and no shorter than the other
/// side asks. `stop` is asked between two messages.
Deliveries deliver_ready(System& system, Sender& sender, const Mailbox& from,
                         const std::function<bool()>& stop = {});

/// The earliest instant at which a message is to be tried again.
std::optional<Instant> next_delivery(System& system);

struct OutboxFilter {
  std::optional<OutboxState> state = {};
  std::optional<std::string> person = {};
};
/// In the order in which they were written.
std::vector<OutboxMessage> list_outbox(System& system, const OutboxFilter& filter = {});
std::optional<OutboxMessage> find_message(System& system, std::int64_t id);

/// Has messages handed over again in the next round: those that were given up, with all their tries before
/// them, and those that wait for their next try. Of several, all or none. Refused to those who administer
/// nothing. How many.
Result<std::size_t> send_again(System& system, const std::vector<std::int64_t>& ids, const Actor& actor);

}  // namespace cauce::engine
