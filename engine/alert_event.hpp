// Alerts and messages as the journal keeps them: JSON of all that the tables hold of an alert, so that they
// can be made again.
#pragma once

#include <string>
#include <string_view>

#include "engine/store/store.hpp"
#include "workflows/ladder.hpp"

namespace cauce::engine {

inline constexpr std::string_view alert_raised = "alert_raised";
inline constexpr std::string_view alert_superseded = "alert_superseded";
inline constexpr std::string_view alert_withdrawn = "alert_withdrawn";
inline constexpr std::string_view alert_acknowledged = "alert_acknowledged";
inline constexpr std::string_view ladder_frozen = "ladder_frozen";
inline constexpr std::string_view silence_set = "silence_set";
inline constexpr std::string_view silence_ended = "silence_ended";
inline constexpr std::string_view message_revised = "message_revised";
inline constexpr std::string_view message_written = "message_written";
inline constexpr std::string_view message_sent = "message_sent";
inline constexpr std::string_view message_failed = "message_failed";
inline constexpr std::string_view message_requeued =
    "message_requeued";  ///< to be sent again, by somebody's wish

/// Whether a kind of event is one of these.
bool is_about_alerts(std::string_view kind);

/// Who raises alerts and hands messages over, as the journal names it.
inline const workflows::Actor the_daemon{"cauce", true};

/// What makes an alert the one it is, as canonical JSON: equal keys are equal texts. Kinds of entity by their
/// name.
std::string to_json(const workflows::StepKey& key, const rules::Ruleset& rules, std::string_view channel);
std::string to_json(const workflows::DigestKey& key, const rules::Ruleset& rules, std::string_view channel);
/// Back from to_json, in the terms of `rules`; nothing if the kind of entity is no longer there.
std::optional<workflows::StepKey> step_key_from_json(const std::string& json, const rules::Ruleset& rules);
std::optional<workflows::DigestKey> digest_key_from_json(const std::string& json,
                                                         const rules::Ruleset& rules);
/// Of the notice to the owner of a silence that it ends.
std::string silence_key(std::int64_t silence, std::string_view channel);

std::string alert_payload(const AlertRow& alert);
/// The row that alert_payload was written from; sequence and instant are the event's.
AlertRow alert_from_event(const StoredEvent& event);

std::string withdrawn_payload(std::int64_t alert, std::string_view because);
std::string acknowledged_payload(std::int64_t alert, std::string_view person);
std::string frozen_payload(std::string_view plan, std::int64_t obligation, std::int64_t version);
std::string silence_payload(const SilenceRow& silence);
std::string silence_ended_payload(std::int64_t silence);
/// A message that is about other alerts now: about none, it is not sent.
std::string revised_payload(const MessageRow& message, const std::vector<std::int64_t>& alerts);

/// A message that was written about `alerts`, without its words: they name people.
std::string written_payload(const MessageRow& message, const std::vector<std::int64_t>& alerts);
/// What became of a message, without personal data: who it is to by id, and the other side's words.
std::string message_payload(const MessageRow& message);
/// Changes the tables as an event about alerts or their messages says.
void project_alert_event(AlertTables& tables, const StoredEvent& event);

}  // namespace cauce::engine
