// AlertTables over an SQLite connection.
#pragma once

#include "engine/store/alert_tables.hpp"
#include "engine/store/sqlite_connection.hpp"

namespace cauce::engine {

class SqliteAlertTables : public AlertTables {
 public:
  explicit SqliteAlertTables(SqliteConnection& connection) : connection_(connection) {}

  void add_alert(const AlertRow& alert) override;
  std::vector<AlertRow> alerts(const std::optional<std::string>& plan) override;
  std::vector<std::string> alert_keys(const std::optional<std::string>& plan) override;
  std::vector<std::string> recipients_of(std::int64_t alert) override;
  std::vector<std::string> message_states_of(std::int64_t alert) override;

  std::int64_t add_message(const MessageRow& message, const std::vector<std::int64_t>& alerts) override;
  void update_message(const MessageRow& message) override;
  std::optional<MessageRow> first_ready(std::string_view now) override;
  std::vector<MessageRow> messages() override;
  std::optional<MessageRow> message(std::string_view message_id) override;
  std::vector<MessageRow> messages_in(std::string_view state) override;
  std::optional<std::string> next_attempt() override;

 private:
  SqliteConnection& connection_;
};

}  // namespace cauce::engine
