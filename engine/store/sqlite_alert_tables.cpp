#include "engine/store/sqlite_alert_tables.hpp"

namespace cauce::engine {

#define ALERT_COLUMNS                                                                                   \
  "id, key, plan, obligation, step, repetition, role, territory_kind, territory, stood_in_by, reason, " \
  "moment,"                                                                                             \
  " raised_at, state, not_sent_because"
#define MESSAGE_COLUMNS \
  "id, message_id, person, channel, state, content, created_at, attempts, next_attempt, answer"

namespace {

std::vector<AlertRow> read_alerts(SqliteQuery& query) {
  std::vector<AlertRow> alerts;
  while (query.next()) {
    AlertRow& alert = alerts.emplace_back();
    query >> alert.id >> alert.key >> alert.plan >> alert.obligation >> alert.step >> alert.repetition >>
        alert.role >> alert.territory_kind >> alert.territory >> alert.stood_in_by >> alert.reason >>
        alert.moment >> alert.raised_at >> alert.state >> alert.not_sent_because;
  }
  return alerts;
}

std::vector<MessageRow> read_messages(SqliteQuery& query) {
  std::vector<MessageRow> messages;
  while (query.next()) {
    MessageRow& message = messages.emplace_back();
    query >> message.id >> message.message_id >> message.person >> message.channel >> message.state >>
        message.content >> message.created_at >> message.attempts >> message.next_attempt >> message.answer;
  }
  return messages;
}

std::vector<std::string> read_texts(SqliteQuery& query) {
  std::vector<std::string> texts;
  while (query.next())
    query >> texts.emplace_back();
  return texts;
}

}  // namespace

void SqliteAlertTables::add_alert(const AlertRow& alert) {
  SqliteQuery query(connection_, "INSERT INTO alert (" ALERT_COLUMNS
                                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query << alert.id << alert.key << alert.plan << alert.obligation << alert.step << alert.repetition
        << alert.role << alert.territory_kind << alert.territory << alert.stood_in_by << alert.reason
        << alert.moment << alert.raised_at << alert.state << alert.not_sent_because;
  query.run();
}

std::vector<AlertRow> SqliteAlertTables::alerts(const std::optional<std::string>& plan) {
  if (plan) {
    SqliteQuery query(connection_, "SELECT " ALERT_COLUMNS " FROM alert WHERE plan = ? ORDER BY id");
    query << *plan;
    return read_alerts(query);
  }
  SqliteQuery query(connection_, "SELECT " ALERT_COLUMNS " FROM alert ORDER BY id");
  return read_alerts(query);
}

std::vector<std::string> SqliteAlertTables::alert_keys(const std::optional<std::string>& plan) {
  if (plan) {
    SqliteQuery query(connection_, "SELECT key FROM alert WHERE plan = ?");
    query << *plan;
    return read_texts(query);
  }
  SqliteQuery query(connection_, "SELECT key FROM alert WHERE plan IS NULL");
  return read_texts(query);
}

std::vector<std::string> SqliteAlertTables::recipients_of(std::int64_t alert) {
  SqliteQuery query(connection_,
                    "SELECT DISTINCT person FROM outbox_alert JOIN outbox ON outbox.id = message"
                    " WHERE alert = ? ORDER BY person");
  query << alert;
  return read_texts(query);
}

std::vector<std::string> SqliteAlertTables::message_states_of(std::int64_t alert) {
  SqliteQuery query(
      connection_,
      "SELECT DISTINCT state FROM outbox_alert JOIN outbox ON outbox.id = message WHERE alert = ?");
  query << alert;
  return read_texts(query);
}

std::int64_t SqliteAlertTables::add_message(const MessageRow& message,
                                            const std::vector<std::int64_t>& alerts) {
  SqliteQuery add(connection_,
                  "INSERT INTO outbox (message_id, person, channel, state, content, created_at, attempts,"
                  " next_attempt, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  add << message.message_id << message.person << message.channel << message.state << message.content
      << message.created_at << message.attempts << message.next_attempt << message.answer;
  add.run();
  std::int64_t id = 0;
  SqliteQuery last(connection_, "SELECT last_insert_rowid()");
  last.next();
  last >> id;
  for (const std::int64_t alert : alerts) {
    SqliteQuery link(connection_, "INSERT INTO outbox_alert (message, alert) VALUES (?, ?)");
    link << id << alert;
    link.run();
  }
  return id;
}

void SqliteAlertTables::update_message(const MessageRow& message) {
  SqliteQuery query(connection_,
                    "UPDATE outbox SET channel = ?, state = ?, attempts = ?, next_attempt = ?, answer = ?"
                    " WHERE id = ?");
  query << message.channel << message.state << message.attempts << message.next_attempt << message.answer
        << message.id;
  query.run();
}

std::optional<MessageRow> SqliteAlertTables::first_ready(std::string_view now) {
  // In the order of outbox_by_state, which is not walked; what waits no longer goes before what is new.
  for (const std::string_view state : {"uncertain", "retry", "pending"}) {
    SqliteQuery query(connection_, "SELECT " MESSAGE_COLUMNS
                                   " FROM outbox WHERE state = ? ORDER BY next_attempt, id LIMIT 1");
    query << state;
    auto messages = read_messages(query);
    if (messages.empty()) continue;
    MessageRow& first = messages.front();
    if (!first.next_attempt || *first.next_attempt <= now) return std::move(first);
  }
  return std::nullopt;
}

std::vector<MessageRow> SqliteAlertTables::messages() {
  SqliteQuery query(connection_, "SELECT " MESSAGE_COLUMNS " FROM outbox ORDER BY id");
  return read_messages(query);
}

std::optional<MessageRow> SqliteAlertTables::message(std::string_view message_id) {
  SqliteQuery query(connection_, "SELECT " MESSAGE_COLUMNS " FROM outbox WHERE message_id = ?");
  query << message_id;
  auto messages = read_messages(query);
  if (messages.empty()) return std::nullopt;
  return std::move(messages.front());
}

std::vector<MessageRow> SqliteAlertTables::messages_in(std::string_view state) {
  SqliteQuery query(connection_, "SELECT " MESSAGE_COLUMNS " FROM outbox WHERE state = ? ORDER BY id");
  query << state;
  return read_messages(query);
}

std::optional<std::string> SqliteAlertTables::next_attempt() {
  SqliteQuery query(connection_,
                    "SELECT min(next_attempt) FROM outbox WHERE state IN ('retry', 'uncertain')");
  std::optional<std::string> next;
  if (query.next()) query >> next;
  return next;
}

}  // namespace cauce::engine
