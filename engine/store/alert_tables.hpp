// The tables of alerts and of the messages that carry them: a part of the Store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

class AlertTables {
 public:
  virtual ~AlertTables() = default;

  virtual void add_alert(const AlertRow& alert) = 0;
  /// In the order in which they were raised; of one plan, or of all.
  virtual std::vector<AlertRow> alerts(const std::optional<std::string>& plan) = 0;
  /// Keys of the alerts of a plan, or (none) of the digests.
  virtual std::vector<std::string> alert_keys(const std::optional<std::string>& plan) = 0;
  /// The persons to whom a message carried the alert.
  virtual std::vector<std::string> recipients_of(std::int64_t alert) = 0;
  /// The states of the messages that carry it.
  virtual std::vector<std::string> message_states_of(std::int64_t alert) = 0;

  /// Adds a message about `alerts` and gives its id.
  virtual std::int64_t add_message(const MessageRow& message, const std::vector<std::int64_t>& alerts) = 0;
  virtual void update_message(const MessageRow& message) = 0;
  /// The first message to hand over at `now` (ISO): pending, uncertain, or to be retried by now.
  virtual std::optional<MessageRow> first_ready(std::string_view now) = 0;
  virtual std::vector<MessageRow> messages() = 0;
  virtual std::optional<MessageRow> message(std::string_view message_id) = 0;
  virtual std::vector<MessageRow> messages_in(std::string_view state) = 0;
  virtual std::optional<std::string> next_attempt() = 0;
};

}  // namespace cauce::engine
