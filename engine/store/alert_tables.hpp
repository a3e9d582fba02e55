// The tables of alerts and of the messages that carry them: a part of the Store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cauce::engine {

struct AlertRow {
  std::int64_t id = 0;  ///< sequence of the event that raised it
  std::string key;      ///< JSON
  std::optional<std::string> plan = {};
  std::optional<std::int64_t> obligation = {};
  std::string step;  ///< as the policy says it
  std::int64_t repetition = 0;
  std::string role;
  std::string territory_kind;
  std::string territory;
  std::string stood_in_by;  ///< role whose holders received it, where nobody held the one asked for
  std::string reason;
  std::string moment;
  std::string raised_at;
  std::string state;
  std::optional<std::string> not_sent_because = {};
};

/// An alert as people look at it, one row for each message that carries it.
struct ToldAlertRow {
  std::int64_t id = 0;
  std::optional<std::string> plan = {};
  std::optional<std::int64_t> obligation = {};
  std::optional<std::string> obligation_name = {};  ///< none where only plans are kept
  std::optional<std::string> period = {};
  std::string step = {};
  std::int64_t repetition = 0;
  std::string role = {};
  std::string territory = {};
  std::string stood_in_by = {};
  std::string reason = {};
  std::string raised_at = {};
  std::string state = {};
  std::optional<std::string> not_sent_because = {};
  std::optional<std::string> person = {};  ///< to whom this message goes; none if no message carries it
  std::optional<std::string> message_state = {};
};

struct MessageRow {
  std::int64_t id = 0;  ///< given by the table when added
  std::string message_id;
  std::string person;
  std::string channel;
  std::string state;
  std::string content;  ///< JSON
  std::string created_at;
  std::int64_t attempts = 0;
  std::optional<std::string> next_attempt = {};
  std::optional<std::string> answer = {};
};

/// What makes an alert the one it is, and how it stands.
struct AlertKeyRow {
  std::int64_t id = 0;
  std::string key;  ///< JSON
  std::string state;
};

/// An obligation, and when it is to be looked at for alerts.
struct WatchRow {
  std::string plan;
  std::int64_t obligation = 0;
  std::optional<std::string> moment = {};  ///< ISO; empty: at once; none: never, as it is
};

struct SilenceRow {
  std::int64_t id = 0;  ///< sequence of the event that made it
  std::string plan;
  std::optional<std::int64_t> obligation = {};  ///< none: all of the plan
  std::string until_day;                        ///< the last day
  std::string reason;
  std::string owner;    ///< person
  std::string tell_at;  ///< ISO; empty: the owner is not told that it ends
  bool told = false;
  std::string set_at = {};                   ///< ISO
  std::optional<std::string> ended_at = {};  ///< ISO, when it was taken back; none: it was not
};

class AlertTables {
 public:
  virtual ~AlertTables() = default;

  virtual void put_watch(const WatchRow& row) = 0;
  /// What is to be looked at by `now`, by plan and obligation.
  virtual std::vector<WatchRow> watched_by(std::string_view now) = 0;
  virtual bool any_watched_by(std::string_view now) = 0;
  virtual std::optional<std::string> next_watch() = 0;
  /// Plans with something open that is due by that day, or returned.
  virtual std::vector<std::string> plans_with_open_by(std::string_view day) = 0;
  virtual void freeze_ladder(std::string_view plan, std::int64_t obligation, std::int64_t version) = 0;
  /// Obligations of a plan, and the version whose ladder holds for them.
  virtual std::vector<std::pair<std::int64_t, std::int64_t>> frozen_ladders(std::string_view plan) = 0;

  virtual void add_silence(const SilenceRow& silence) = 0;
  virtual void update_silence(const SilenceRow& silence) = 0;
  virtual std::vector<SilenceRow> silences() = 0;
  /// Those of one plan, also those that are over.
  virtual std::vector<SilenceRow> silences_of(std::string_view plan) = 0;
  virtual std::optional<SilenceRow> silence(std::int64_t id) = 0;
  /// Those whose end the owner is to be told by `now`.
  virtual std::vector<SilenceRow> silences_to_tell(std::string_view now) = 0;
  virtual std::optional<std::string> next_silence_to_tell() = 0;

  virtual void add_alert(const AlertRow& alert) = 0;
  /// In the order in which they were raised; of one plan, or of all.
  virtual std::vector<AlertRow> alerts(const std::optional<std::string>& plan) = 0;
  /// By alert and person; of one plan or of all, with those that a later one overtook or without.
  virtual void each_told(const std::optional<std::string>& plan, bool with_superseded,
                         const std::function<void(const ToldAlertRow&)>& visit) = 0;
  virtual std::optional<AlertRow> alert(std::int64_t id) = 0;
  virtual void set_alert_state(std::int64_t id, std::string_view state,
                               const std::optional<std::string>& not_sent_because) = 0;
  /// Of an alert, by one who received it; once is enough.
  virtual void add_acknowledgement(std::int64_t alert, std::string_view person) = 0;
  virtual std::vector<std::string> acknowledgements_of(std::int64_t alert) = 0;
  /// Those of the alerts of an obligation.
  virtual std::vector<AlertKeyRow> alert_keys(std::string_view plan, std::int64_t obligation) = 0;
  /// Those of what is about no single obligation (digests) and went out since `moment`.
  virtual std::vector<AlertKeyRow> digest_keys(std::string_view since) = 0;
  /// The persons to whom a message carried the alert.
  virtual std::vector<std::string> recipients_of(std::int64_t alert) = 0;
  /// The states of the messages that carry it.
  virtual std::vector<std::string> message_states_of(std::int64_t alert) = 0;

  /// Adds a message about `alerts` and gives its id.
  virtual std::int64_t add_message(const MessageRow& message, const std::vector<std::int64_t>& alerts) = 0;
  virtual void update_message(const MessageRow& message) = 0;
  /// Another content, about other alerts.
  virtual void revise_message(const MessageRow& message, const std::vector<std::int64_t>& alerts) = 0;
  /// The first message to hand over at `now` (ISO): pending, uncertain, or to be retried by now.
  virtual std::optional<MessageRow> first_ready(std::string_view now) = 0;
  virtual std::vector<MessageRow> messages() = 0;
  virtual std::optional<MessageRow> message(std::string_view message_id) = 0;
  virtual std::vector<MessageRow> messages_in(std::string_view state) = 0;
  virtual std::int64_t count_messages_in(std::string_view state) = 0;
  virtual std::optional<std::string> next_attempt() = 0;
};

}  // namespace cauce::engine
