#include "engine/store/sqlite_alert_tables.hpp"

namespace cauce::engine {

#define ALERT_COLUMNS                                                                                   \
  "id, key, plan, obligation, step, repetition, role, territory_kind, territory, stood_in_by, reason, " \
  "moment,"                                                                                             \
  " raised_at, state, not_sent_because"
#define SILENCE_COLUMNS "id, plan, obligation, until_day, reason, owner, tell_at, told, set_at, ended_at"
#define TOLD_ALERTS                                                                                      \
  "SELECT alert.id, alert.plan, alert.obligation, obligation.name, obligation.period, step, repetition," \
  " role, territory, stood_in_by, reason, raised_at, alert.state, not_sent_because, outbox.person,"      \
  " outbox.state"                                                                                        \
  " FROM alert"                                                                                          \
  " LEFT JOIN obligation ON obligation.plan = alert.plan AND obligation.number = alert.obligation"       \
  " LEFT JOIN outbox_alert ON outbox_alert.alert = alert.id"                                             \
  " LEFT JOIN outbox ON outbox.id = outbox_alert.message"                                                \
  " WHERE (? OR alert.state <> 'superseded')"
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

std::vector<AlertKeyRow> read_keys(SqliteQuery& query) {
  std::vector<AlertKeyRow> keys;
  while (query.next()) {
    AlertKeyRow& row = keys.emplace_back();
    query >> row.id >> row.key >> row.state;
  }
  return keys;
}

std::vector<SilenceRow> read_silences(SqliteQuery& query) {
  std::vector<SilenceRow> silences;
  while (query.next()) {
    SilenceRow& silence = silences.emplace_back();
    query >> silence.id >> silence.plan >> silence.obligation >> silence.until_day >> silence.reason >>
        silence.owner >> silence.tell_at >> silence.told >> silence.set_at >> silence.ended_at;
  }
  return silences;
}

std::vector<std::string> read_texts(SqliteQuery& query) {
  std::vector<std::string> texts;
  while (query.next())
    query >> texts.emplace_back();
  return texts;
}

}  // namespace

void SqliteAlertTables::put_watch(const WatchRow& row) {
  if (!row.moment) {
    SqliteQuery query(connection_, "DELETE FROM alert_watch WHERE plan = ? AND obligation = ?");
    (query << row.plan << row.obligation).run();
    return;
  }
  SqliteQuery query(connection_,
                    "INSERT OR REPLACE INTO alert_watch (plan, obligation, moment) VALUES (?, ?, ?)");
  (query << row.plan << row.obligation << row.moment).run();
}

std::vector<WatchRow> SqliteAlertTables::watched_by(std::string_view now) {
  SqliteQuery query(connection_,
                    "SELECT plan, obligation, moment FROM alert_watch WHERE moment <= ?"
                    " ORDER BY +plan, +obligation");  // else SQLite walks the table in that order
  query << now;
  std::vector<WatchRow> rows;
  while (query.next()) {
    WatchRow& row = rows.emplace_back();
    query >> row.plan >> row.obligation >> row.moment;
  }
  return rows;
}

bool SqliteAlertTables::any_watched_by(std::string_view now) {
  SqliteQuery query(connection_, "SELECT 1 FROM alert_watch WHERE moment <= ? LIMIT 1");
  query << now;
  return query.next();
}

std::optional<std::string> SqliteAlertTables::next_watch() {
  SqliteQuery query(connection_, "SELECT min(moment) FROM alert_watch");
  std::optional<std::string> next;
  if (query.next()) query >> next;
  return next;
}

std::vector<std::string> SqliteAlertTables::plans_with_open_by(std::string_view day) {
  SqliteQuery query(connection_,
                    "SELECT +plan FROM obligation WHERE state = 'pending' AND due <= ?"
                    " UNION SELECT +plan FROM obligation WHERE state = 'returned'"
                    " ORDER BY 1");  // by a column as it is, SQLite walks the table in that order
  query << day;
  return read_texts(query);
}

void SqliteAlertTables::freeze_ladder(std::string_view plan, std::int64_t obligation, std::int64_t version) {
  SqliteQuery query(
      connection_, "INSERT OR IGNORE INTO frozen_ladder (plan, obligation, policy_version) VALUES (?, ?, ?)");
  (query << plan << obligation << version).run();
}

std::vector<std::pair<std::int64_t, std::int64_t>> SqliteAlertTables::frozen_ladders(std::string_view plan) {
  SqliteQuery query(connection_, "SELECT obligation, policy_version FROM frozen_ladder WHERE plan = ?");
  query << plan;
  std::vector<std::pair<std::int64_t, std::int64_t>> ladders;
  while (query.next()) {
    auto& [obligation, version] = ladders.emplace_back();
    query >> obligation >> version;
  }
  return ladders;
}

void SqliteAlertTables::add_silence(const SilenceRow& silence) {
  SqliteQuery query(connection_,
                    "INSERT INTO silence (" SILENCE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query << silence.id << silence.plan << silence.obligation << silence.until_day << silence.reason
        << silence.owner << silence.tell_at << silence.told << silence.set_at << silence.ended_at;
  query.run();
}

void SqliteAlertTables::update_silence(const SilenceRow& silence) {
  SqliteQuery query(connection_, "UPDATE silence SET told = ?, ended_at = ? WHERE id = ?");
  (query << silence.told << silence.ended_at << silence.id).run();
}

std::vector<SilenceRow> SqliteAlertTables::silences() {
  SqliteQuery query(connection_, "SELECT " SILENCE_COLUMNS " FROM silence ORDER BY id");
  return read_silences(query);
}

std::vector<SilenceRow> SqliteAlertTables::silences_of(std::string_view plan) {
  SqliteQuery query(connection_, "SELECT " SILENCE_COLUMNS " FROM silence WHERE plan = ? ORDER BY id");
  query << plan;
  return read_silences(query);
}

std::optional<SilenceRow> SqliteAlertTables::silence(std::int64_t id) {
  SqliteQuery query(connection_, "SELECT " SILENCE_COLUMNS " FROM silence WHERE id = ?");
  query << id;
  auto silences = read_silences(query);
  if (silences.empty()) return std::nullopt;
  return std::move(silences.front());
}

std::vector<SilenceRow> SqliteAlertTables::silences_to_tell(std::string_view now) {
  SqliteQuery query(connection_,
                    "SELECT " SILENCE_COLUMNS
                    " FROM silence WHERE ended_at IS NULL AND told = 0 AND tell_at <> '' AND tell_at <= ?"
                    " ORDER BY id");
  query << now;
  return read_silences(query);
}

std::optional<std::string> SqliteAlertTables::next_silence_to_tell() {
  SqliteQuery query(connection_,
                    "SELECT min(tell_at) FROM silence WHERE ended_at IS NULL AND told = 0 AND tell_at <> ''");
  std::optional<std::string> next;
  if (query.next()) query >> next;
  return next;
}

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

void SqliteAlertTables::each_told(const std::optional<std::string>& plan, bool with_superseded,
                                  const std::function<void(const ToldAlertRow&)>& visit) {
  constexpr const char* of_one = TOLD_ALERTS " AND alert.plan = ? ORDER BY alert.id, outbox.person";
  constexpr const char* of_all = TOLD_ALERTS " ORDER BY alert.id, outbox.person";
  SqliteQuery query(connection_, plan ? of_one : of_all);
  query << with_superseded;
  if (plan) query << *plan;
  ToldAlertRow row;
  while (query.next()) {
    query >> row.id >> row.plan >> row.obligation >> row.obligation_name >> row.period >> row.step >>
        row.repetition >> row.role >> row.territory >> row.stood_in_by >> row.reason >> row.raised_at >>
        row.state >> row.not_sent_because >> row.person >> row.message_state;
    visit(row);
  }
}

std::optional<AlertRow> SqliteAlertTables::alert(std::int64_t id) {
  SqliteQuery query(connection_, "SELECT " ALERT_COLUMNS " FROM alert WHERE id = ?");
  query << id;
  auto alerts = read_alerts(query);
  if (alerts.empty()) return std::nullopt;
  return std::move(alerts.front());
}

void SqliteAlertTables::set_alert_state(std::int64_t id, std::string_view state,
                                        const std::optional<std::string>& not_sent_because) {
  SqliteQuery query(connection_, "UPDATE alert SET state = ?, not_sent_because = ? WHERE id = ?");
  (query << state << not_sent_because << id).run();
}

void SqliteAlertTables::add_acknowledgement(std::int64_t alert, std::string_view person) {
  SqliteQuery query(connection_, "INSERT OR IGNORE INTO acknowledgement (alert, person) VALUES (?, ?)");
  (query << alert << person).run();
}

std::vector<std::string> SqliteAlertTables::acknowledgements_of(std::int64_t alert) {
  SqliteQuery query(connection_, "SELECT person FROM acknowledgement WHERE alert = ? ORDER BY person");
  query << alert;
  return read_texts(query);
}

std::vector<AlertKeyRow> SqliteAlertTables::alert_keys(std::string_view plan, std::int64_t obligation) {
  SqliteQuery query(connection_, "SELECT id, key, state FROM alert WHERE plan = ? AND obligation = ?");
  query << plan << obligation;
  return read_keys(query);
}

std::vector<AlertKeyRow> SqliteAlertTables::digest_keys(std::string_view since) {
  SqliteQuery query(connection_, "SELECT id, key, state FROM alert WHERE plan IS NULL AND moment >= ?");
  query << since;
  return read_keys(query);
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
  link(id, alerts);
  return id;
}

void SqliteAlertTables::link(std::int64_t message, const std::vector<std::int64_t>& alerts) {
  for (const std::int64_t alert : alerts) {
    SqliteQuery query(connection_, "INSERT INTO outbox_alert (message, alert) VALUES (?, ?)");
    (query << message << alert).run();
  }
}

void SqliteAlertTables::update_message(const MessageRow& message) {
  SqliteQuery query(connection_,
                    "UPDATE outbox SET channel = ?, state = ?, attempts = ?, next_attempt = ?, answer = ?"
                    " WHERE id = ?");
  query << message.channel << message.state << message.attempts << message.next_attempt << message.answer
        << message.id;
  query.run();
}

void SqliteAlertTables::revise_message(const MessageRow& message, const std::vector<std::int64_t>& alerts) {
  SqliteQuery query(connection_, "UPDATE outbox SET content = ?, state = ? WHERE id = ?");
  (query << message.content << message.state << message.id).run();
  SqliteQuery unlink(connection_, "DELETE FROM outbox_alert WHERE message = ?");
  (unlink << message.id).run();
  link(message.id, alerts);
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

std::int64_t SqliteAlertTables::count_messages_in(std::string_view state) {
  SqliteQuery query(connection_, "SELECT count(*) FROM outbox WHERE state = ?");
  query << state;
  std::int64_t count = 0;
  if (query.next()) query >> count;
  return count;
}

std::optional<std::string> SqliteAlertTables::next_attempt() {
  SqliteQuery query(connection_,
                    "SELECT min(next_attempt) FROM outbox WHERE state IN ('retry', 'uncertain')");
  std::optional<std::string> next;
  if (query.next()) query >> next;
  return next;
}

}  // namespace cauce::engine
