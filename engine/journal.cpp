#include "engine/journal.hpp"

#include <algorithm>

#include "engine/hash.hpp"

namespace cauce::engine {
namespace {

/// What is wrong with `event` as the one after `previous`; empty if nothing is.
std::string break_after(const JournalHead& previous, const StoredEvent& event) {
  const std::int64_t expected = previous.sequence + 1;
  if (event.sequence != expected) {
    return "falta el asiento " + std::to_string(expected);
  }
  if (event.hash != chain_hash(previous.hash, event)) {
    return "el asiento no es el que se escribió: su huella no corresponde";
  }
  if (event.instant < previous.instant) {
    return "el asiento es anterior (" + event.instant + ") al que lo precede (" + previous.instant + ")";
  }
  return {};
}

}  // namespace

Instant next_instant(Store& store, Instant now) {
  const auto head = store.head();
  if (!head) return now;
  return std::max(now, parse_iso_instant(head->instant).value_or(now));
}

StoredEvent append_event(Store& store, const NewEvent& event, Instant now) {
  const JournalHead head = store.head().value_or(JournalHead());
  const Instant instant = std::max(now, parse_iso_instant(head.instant).value_or(now));
  StoredEvent stored = {head.sequence + 1, to_iso(instant),      event.plan,
                        event.actor,       event.system_user,    event.kind,
                        event.payload,     event.policy_version, {}};
  stored.hash = chain_hash(head.hash, stored);
  store.append(stored);
  return stored;
}

std::string chain_hash(const std::string& previous, const StoredEvent& event) {
  std::string bytes;
  append_part(bytes, previous);
  append_part(bytes, std::to_string(event.sequence));
  append_part(bytes, event.instant);
  append_part(bytes, event.plan ? "1" : "0");
  append_part(bytes, event.plan.value_or(""));
  append_part(bytes, event.actor);
  append_part(bytes, event.system_user);
  append_part(bytes, event.kind);
  append_part(bytes, event.payload);
  append_part(bytes, std::to_string(event.policy_version));
  return blake2b_256(bytes);
}

std::optional<ChainBreak> verify_chain(Store& store) {
  std::optional<ChainBreak> broken;
  JournalHead previous;
  store.each_event([&](const StoredEvent& event) {
    if (broken) return;
    if (const std::string what = break_after(previous, event); !what.empty()) {
      broken = {event.sequence, what};
    }
    previous = {event.sequence, event.instant, event.hash};
  });
  return broken;
}

std::optional<std::string> missing_anchor(Store& store, const Anchor& anchor) {
  const auto there = store.event(anchor.sequence);
  if (there && to_hex(there->hash) == anchor.hash) return std::nullopt;
  const std::string number = std::to_string(anchor.sequence);
  std::int64_t elsewhere = 0;
  store.each_event([&](const StoredEvent& event) {
    if (to_hex(event.hash) == anchor.hash) elsewhere = event.sequence;
  });
  if (elsewhere != 0) {
    return "su huella es la del asiento " + std::to_string(elsewhere) + ", y no la del " + number +
           ": está mal copiada";
  }
  if (!there) {
    return "el diario no tiene asiento " + number + ": se cortó su final, o el ancla es de otra base";
  }
  return "no corresponde a ningún asiento: el diario se reescribió, o el ancla es de otra base o está mal "
         "copiada";
}

}  // namespace cauce::engine
