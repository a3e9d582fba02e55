// AlertTables over an SQLite connection.
#pragma once

#include "engine/store/alert_tables.hpp"
#include "engine/store/sqlite_connection.hpp"

namespace cauce::engine {

class SqliteAlertTables : public AlertTables {
 public:
  explicit SqliteAlertTables(SqliteConnection& connection) : connection_(connection) {}

  void put_watch(const WatchRow& row) override;
  std::vector<WatchRow> watched_by(std::string_view now) override;
  bool any_watched_by(std::string_view now) override;
  std::optional<std::string> next_watch() override;
  std::vector<std::string> plans_with_open_by(std::string_view day) override;
  void freeze_ladder(std::string_view plan, std::int64_t obligation, std::int64_t version) override;
  std::vector<std::pair<std::int64_t, std::int64_t>> frozen_ladders(std::string_view plan) override;

  void add_silence(const SilenceRow& silence) override;
  void update_silence(const SilenceRow& silence) override;
  std::vector<SilenceRow> silences() override;
  std::vector<SilenceRow> silences_of(std::string_view plan) override;
  std::optional<SilenceRow> silence(std::int64_t id) override;
  std::vector<SilenceRow> silences_to_tell(std::string_view now) override;
  std::optional<std::string> next_silence_to_tell() override;

  void add_alert(const AlertRow& alert) override;
  std::vector<AlertRow> alerts(const std::optional<std::string>& plan) override;
  void each_told(const std::optional<std::string>& plan, bool with_superseded,
                 const std::function<void(const ToldAlertRow&)>& visit) override;
  std::optional<AlertRow> alert(std::int64_t id) override;
  void add_acknowledgement(std::int64_t alert, std::string_view person) override;
  std::vector<std::string> acknowledgements_of(std::int64_t alert) override;
  void set_alert_state(std::int64_t id, std::string_view state,
                       const std::optional<std::string>& not_sent_because) override;
  std::vector<AlertKeyRow> alert_keys(std::string_view plan, std::int64_t obligation) override;
  std::vector<AlertKeyRow> digest_keys(std::string_view since) override;
  std::vector<std::string> recipients_of(std::int64_t alert) override;
  std::vector<std::string> message_states_of(std::int64_t alert) override;

  std::int64_t add_message(const MessageRow& message, const std::vector<std::int64_t>& alerts) override;
  void update_message(const MessageRow& message) override;
  void revise_message(const MessageRow& message, const std::vector<std::int64_t>& alerts) override;
  std::optional<MessageRow> first_ready(std::string_view now) override;
  std::vector<MessageRow> messages() override;
  std::optional<MessageRow> message(std::string_view message_id) override;
  std::vector<MessageRow> messages_in(std::string_view state) override;
  std::int64_t count_messages_in(std::string_view state) override;
  std::optional<std::string> next_attempt() override;

 private:
  void link(std::int64_t message, const std::vector<std::int64_t>& alerts);

  SqliteConnection& connection_;
};

}  // namespace cauce::engine
