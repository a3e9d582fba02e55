// The Store over one SQLite file.
#include <algorithm>
#include <iterator>
#include <map>
#include <stdexcept>

#include "engine/store/sqlite_account_tables.hpp"
#include "engine/store/sqlite_alert_tables.hpp"
#include "engine/store/sqlite_asking_tables.hpp"
#include "engine/store/sqlite_connection.hpp"

namespace cauce::engine {
namespace {

class SqliteStore : public Store {
 public:
  SqliteStore(const std::string& path, SqliteConnection::Open how, const StoreOptions& options)
      : connection_(path, how, options) {}

  const std::string& path() const override { return connection_.path(); }

  std::optional<std::string> setting(std::string_view name) override {
    SqliteQuery query(connection_, "SELECT value FROM setting WHERE name = ?");
    query << name;
    if (!query.next()) return std::nullopt;
    std::string value;
    query >> value;
    return value;
  }
  void set_setting(std::string_view name, std::string_view value) override {
    SqliteQuery query(connection_, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)");
    (query << name << value).run();
  }

  void begin() override {
    if (depth() == 0) known_head_.reset();
    connection_.begin();
  }
  void commit() override { connection_.commit(); }
  void rollback() noexcept override {
    known_head_.reset();
    connection_.rollback();
  }
  int depth() const override { return connection_.depth(); }
  void begin_reading() override { connection_.begin_reading(); }
  void end_reading() noexcept override { connection_.end_reading(); }
  bool is_reading() const override { return connection_.is_reading(); }
  std::int64_t changes_by_others() override {
    SqliteQuery query(connection_, "PRAGMA data_version");
    query.next();
    std::int64_t version = 0;
    query >> version;
    return version;
  }

  void append(const StoredEvent& event) override;
  std::optional<JournalHead> head() override;
  std::optional<StoredEvent> event(std::int64_t sequence) override;
  void each_event(const EventVisitor& visit) override;
  void each_plan_event(const EventVisitor& visit) override;
  void each_event_of(std::string_view plan, const EventVisitor& visit) override;

  void add_policy(const PolicyRow& policy) override;
  std::optional<PolicyRow> policy(std::int64_t version) override;
  std::int64_t last_policy_version() override {
    SqliteQuery query(connection_, "SELECT ifnull(max(version), 0) FROM policy_version");
    query.next();
    std::int64_t version = 0;
    query >> version;
    return version;
  }
  void add_entity(const EntityRecord& entity) override;
  std::vector<EntityRecord> entities() override;
  void add_selection(const SelectionRow& selection) override;
  std::optional<SelectionRow> selection(std::string_view targeting) override;
  void put_person(const Person& person) override;
  std::vector<Person> people() override;
  std::optional<Person> person(std::string_view id) override;
  void replace_assignments(const std::vector<AssignmentRow>& assignments) override;
  std::vector<AssignmentRow> assignments() override;

  void put_plan(const PlanRow& plan) override;
  void put_obligation(const ObligationRow& obligation) override;
  void put_component(const ComponentRow& component) override;
  void put_delivery(const DeliveryRow& delivery) override;
  std::vector<std::string> plan_ids() override;
  std::vector<std::string> plans_linked_to(std::string_view plan) override;
  std::optional<DeliveryRow> last_delivery(std::string_view plan, std::int64_t obligation) override;

  AlertTables& alert_tables() override { return alert_tables_; }
  AskingTables& asking_tables() override { return asking_tables_; }
  AccountTables& account_tables() override { return account_tables_; }

  std::vector<std::string> lines_of(std::string_view table) override;
  std::vector<std::string> integrity_errors() override;
  std::vector<std::string> structure_differences() override;
  void copy_to(const std::string& path, const CopyProgress& progress) override {
    connection_.copy_to(path, progress);
  }

 private:
  void visit_events(SqliteQuery& query, const EventVisitor& visit);

  SqliteConnection connection_;
  std::optional<JournalHead> known_head_;  ///< within a transaction nobody else appends
  SqliteAlertTables alert_tables_{connection_};
  SqliteAskingTables asking_tables_{connection_};
  SqliteAccountTables account_tables_{connection_};
};

#define EVENT_COLUMNS "sequence, instant, plan, actor, system_user, kind, payload, policy_version, hash"

void SqliteStore::append(const StoredEvent& event) {
  SqliteQuery query(connection_, "INSERT INTO event (" EVENT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query << event.sequence << event.instant << event.plan << event.actor << event.system_user << event.kind
        << event.payload << event.policy_version;
  query.bind_blob(event.hash).run();
  if (depth() > 0) known_head_ = {event.sequence, event.instant, event.hash};
}

std::optional<JournalHead> SqliteStore::head() {
  if (depth() > 0 && known_head_) return known_head_;
  SqliteQuery query(connection_, "SELECT sequence, instant, hash FROM event ORDER BY sequence DESC LIMIT 1");
  if (!query.next()) return std::nullopt;
  JournalHead head;
  query >> head.sequence >> head.instant >> head.hash;
  if (depth() > 0) known_head_ = head;
  return head;
}

std::optional<StoredEvent> SqliteStore::event(std::int64_t sequence) {
  std::optional<StoredEvent> found;
  SqliteQuery query(connection_, "SELECT " EVENT_COLUMNS " FROM event WHERE sequence = ?");
  query << sequence;
  visit_events(query, [&](const StoredEvent& event) { found = event; });
  return found;
}

void SqliteStore::visit_events(SqliteQuery& query, const EventVisitor& visit) {
  StoredEvent event;
  while (query.next()) {
    query >> event.sequence >> event.instant >> event.plan >> event.actor >> event.system_user >>
        event.kind >> event.payload >> event.policy_version >> event.hash;
    visit(event);
  }
}

// Visitors may ask the store for anything, so these statements are not shared.
void SqliteStore::each_event(const EventVisitor& visit) {
  SqliteQuery query(connection_,
                    connection_.statement("SELECT " EVENT_COLUMNS " FROM event ORDER BY sequence"));
  visit_events(query, visit);
}

void SqliteStore::each_plan_event(const EventVisitor& visit) {
  SqliteQuery query(
      connection_,
      connection_.statement("SELECT " EVENT_COLUMNS " FROM event WHERE plan IS NOT NULL ORDER BY sequence"));
  visit_events(query, visit);
}

void SqliteStore::each_event_of(std::string_view plan, const EventVisitor& visit) {
  // Of one plan they are few, so the statement can be one that is kept: all are read before any is visited.
  std::vector<StoredEvent> events;
  {
    SqliteQuery query(connection_, "SELECT " EVENT_COLUMNS " FROM event WHERE plan = ? ORDER BY sequence");
    query << plan;
    visit_events(query, [&](const StoredEvent& event) { events.push_back(event); });
  }
  for (const StoredEvent& event : events)
    visit(event);
}

#undef EVENT_COLUMNS

void SqliteStore::add_policy(const PolicyRow& policy) {
  SqliteQuery query(connection_,
                    "INSERT INTO policy_version (version, sequence, program, vigencia, from_day, sha256)"
                    " VALUES (?, ?, ?, ?, ?, ?)");
  query << policy.version << policy.sequence << policy.program << policy.vigencia << policy.from_day
        << policy.sha256;
  query.run();
  for (std::size_t number = 0; number < policy.files.size(); ++number) {
    const PolicyFileRow& file = policy.files[number];
    SqliteQuery add(connection_,
                    "INSERT INTO policy_file (version, number, name, sha256, text) VALUES (?, ?, ?, ?, ?)");
    add << policy.version << static_cast<std::int64_t>(number) << file.name << file.sha256 << file.text;
    add.run();
  }
}

std::optional<PolicyRow> SqliteStore::policy(std::int64_t version) {
  SqliteQuery query(connection_,
                    "SELECT version, sequence, program, vigencia, from_day, sha256 FROM policy_version"
                    " WHERE version = ?");
  query << version;
  if (!query.next()) return std::nullopt;
  PolicyRow policy;
  query >> policy.version >> policy.sequence >> policy.program >> policy.vigencia >> policy.from_day >>
      policy.sha256;
  SqliteQuery files(connection_,
                    "SELECT name, sha256, text FROM policy_file WHERE version = ? ORDER BY number");
  files << version;
  while (files.next()) {
    PolicyFileRow& file = policy.files.emplace_back();
    files >> file.name >> file.sha256 >> file.text;
  }
  return policy;
}

void SqliteStore::add_entity(const EntityRecord& entity) {
  SqliteQuery query(connection_,
                    "INSERT INTO entity (kind, key, sequence, parent, fields) VALUES (?, ?, ?, ?, ?)");
  query << entity.kind << entity.key << entity.sequence << entity.parent << entity.fields;
  query.run();
}

std::vector<EntityRecord> SqliteStore::entities() {
  SqliteQuery query(connection_,
                    "SELECT kind, key, max(sequence), parent, fields FROM entity GROUP BY kind, key"
                    " ORDER BY kind, key");
  std::vector<EntityRecord> entities;
  while (query.next()) {
    EntityRecord& entity = entities.emplace_back();
    query >> entity.kind >> entity.key >> entity.sequence >> entity.parent >> entity.fields;
  }
  return entities;
}

void SqliteStore::add_selection(const SelectionRow& selection) {
  SqliteQuery query(connection_,
                    "INSERT INTO selection (sequence, targeting, policy_version, on_day, reason, provisional)"
                    " VALUES (?, ?, ?, ?, ?, ?)");
  query << selection.sequence << selection.targeting << selection.policy_version << selection.on_day
        << selection.reason << selection.provisional;
  query.run();
  for (const SelectionResultRow& result : selection.results) {
    SqliteQuery add(connection_,
                    "INSERT INTO selection_result (sequence, entity, status, score, rank, by_hand,"
                    " hand_reason, hand_person) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    add << selection.sequence << result.entity << result.status << result.score << result.rank
        << result.by_hand << result.hand_reason << result.hand_person;
    add.run();
  }
}

std::optional<SelectionRow> SqliteStore::selection(std::string_view targeting) {
  SqliteQuery query(connection_,
                    "SELECT sequence, targeting, policy_version, on_day, reason, provisional FROM selection"
                    " WHERE targeting = ? ORDER BY sequence DESC LIMIT 1");
  query << targeting;
  if (!query.next()) return std::nullopt;
  SelectionRow selection;
  query >> selection.sequence >> selection.targeting >> selection.policy_version >> selection.on_day >>
      selection.reason >> selection.provisional;
  SqliteQuery results(connection_,
                      "SELECT entity, status, score, rank, by_hand, hand_reason, hand_person"
                      " FROM selection_result WHERE sequence = ? ORDER BY entity");
  results << selection.sequence;
  while (results.next()) {
    SelectionResultRow& result = selection.results.emplace_back();
    results >> result.entity >> result.status >> result.score >> result.rank >> result.by_hand >>
        result.hand_reason >> result.hand_person;
  }
  return selection;
}

void SqliteStore::put_person(const Person& person) {
  SqliteQuery query(connection_, "INSERT OR REPLACE INTO person (id, name, address) VALUES (?, ?, ?)");
  (query << person.id << person.name << person.address).run();
}

std::vector<Person> SqliteStore::people() {
  SqliteQuery query(connection_, "SELECT id, name, address FROM person ORDER BY id");
  std::vector<Person> people;
  while (query.next()) {
    Person& person = people.emplace_back();
    query >> person.id >> person.name >> person.address;
  }
  return people;
}

std::optional<Person> SqliteStore::person(std::string_view id) {
  SqliteQuery query(connection_, "SELECT id, name, address FROM person WHERE id = ?");
  query << id;
  if (!query.next()) return std::nullopt;
  Person person;
  query >> person.id >> person.name >> person.address;
  return person;
}

void SqliteStore::replace_assignments(const std::vector<AssignmentRow>& assignments) {
  SqliteQuery(connection_, "DELETE FROM assignment").run();
  std::int64_t number = 0;
  for (const AssignmentRow& assignment : assignments) {
    SqliteQuery query(connection_,
                      "INSERT INTO assignment (number, person, role, entity_kind, entity, from_day, to_day)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?)");
    query << ++number << assignment.person << assignment.role << assignment.entity_kind << assignment.entity
          << assignment.from_day << assignment.to_day;
    query.run();
  }
}

std::vector<AssignmentRow> SqliteStore::assignments() {
  SqliteQuery query(connection_,
                    "SELECT person, role, entity_kind, entity, from_day, to_day FROM assignment"
                    " ORDER BY number");
  std::vector<AssignmentRow> assignments;
  while (query.next()) {
    AssignmentRow& assignment = assignments.emplace_back();
    query >> assignment.person >> assignment.role >> assignment.entity_kind >> assignment.entity >>
        assignment.from_day >> assignment.to_day;
  }
  return assignments;
}

// Updated in place, not replaced: other rows refer to it. What has an index and seldom changes is at first
// asked for and not set, so that the index and what it refers to are left alone: of each command that is a
// page less on the disk.
void SqliteStore::put_plan(const PlanRow& plan) {
  SqliteQuery update(connection_,
                     "UPDATE plan SET version = ?, suspended_on = ? WHERE id = ? AND policy_version = ?"
                     " AND linked_to IS ? AND phase = ? AND standing = ? AND stage IS ?");
  update << plan.version << plan.suspended_on << plan.id << plan.policy_version << plan.linked_to
         << plan.phase << plan.standing << plan.stage;
  update.run();
  if (connection_.changed_rows() > 0) return;
  SqliteQuery query(
      connection_,
      "INSERT INTO plan (id, kind, entity, vigencia, policy_version, version, linked_to, created_on, phase,"
      " standing, stage, suspended_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET policy_version = excluded.policy_version, version = excluded.version,"
      " linked_to = excluded.linked_to, phase = excluded.phase, standing = excluded.standing,"
      " stage = excluded.stage, suspended_on = excluded.suspended_on");
  query << plan.id << plan.kind << plan.entity << plan.vigencia << plan.policy_version << plan.version
        << plan.linked_to << plan.created_on << plan.phase << plan.standing << plan.stage
        << plan.suspended_on;
  query.run();
}

void SqliteStore::put_obligation(const ObligationRow& obligation) {
  SqliteQuery query(
      connection_,
      "INSERT OR REPLACE INTO obligation (plan, number, name, type, period, state, due, deadline_number,"
      " closes, enforceable_from, fulfilled_on, on_time, late_days, correction_due, paused_on, paused_days, "
      "returns, reopenings,"
      " reopened, delivered_by, fields, evidence, missed)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query << obligation.plan << obligation.number << obligation.name << obligation.type << obligation.period
        << obligation.state << obligation.due << obligation.deadline_number << obligation.closes
        << obligation.enforceable_from << obligation.fulfilled_on << obligation.on_time
        << obligation.late_days << obligation.correction_due << obligation.paused_on << obligation.paused_days
        << obligation.returns << obligation.reopenings << obligation.reopened << obligation.delivered_by
        << obligation.fields << obligation.evidence << obligation.missed;
  query.run();
}

void SqliteStore::put_component(const ComponentRow& component) {
  SqliteQuery query(
      connection_,
      "INSERT INTO component (plan, number, name, fields) VALUES (?, ?, ?, ?)"
      " ON CONFLICT (plan, number) DO UPDATE SET name = excluded.name, fields = excluded.fields");
  (query << component.plan << component.number << component.name << component.fields).run();
}

void SqliteStore::put_delivery(const DeliveryRow& delivery) {
  SqliteQuery query(connection_,
                    "INSERT OR REPLACE INTO delivery (sequence, plan, obligation, person, on_day, on_time,"
                    " late_days, fields, evidence, fingerprint, annulled)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query << delivery.sequence << delivery.plan << delivery.obligation << delivery.person << delivery.on_day
        << delivery.on_time << delivery.late_days << delivery.fields << delivery.evidence
        << delivery.fingerprint << delivery.annulled;
  query.run();
}

std::vector<std::string> SqliteStore::plan_ids() {
  SqliteQuery query(connection_, "SELECT id FROM plan ORDER BY id");
  std::vector<std::string> ids;
  while (query.next())
    query >> ids.emplace_back();
  return ids;
}

std::vector<std::string> SqliteStore::plans_linked_to(std::string_view plan) {
  SqliteQuery query(connection_, "SELECT id FROM plan WHERE linked_to = ? ORDER BY id");
  query << plan;
  std::vector<std::string> ids;
  while (query.next())
    query >> ids.emplace_back();
  return ids;
}

std::optional<DeliveryRow> SqliteStore::last_delivery(std::string_view plan, std::int64_t obligation) {
  SqliteQuery query(connection_,
                    "SELECT sequence, plan, obligation, person, on_day, on_time, late_days, fields, evidence,"
                    " fingerprint, annulled FROM delivery WHERE plan = ? AND obligation = ?"
                    " ORDER BY sequence DESC LIMIT 1");
  query << plan << obligation;
  if (!query.next()) return std::nullopt;
  DeliveryRow row;
  query >> row.sequence >> row.plan >> row.obligation >> row.person >> row.on_day >> row.on_time >>
      row.late_days >> row.fields >> row.evidence >> row.fingerprint >> row.annulled;
  return row;
}

/// What a message is, and what became of it once that is settled.
constexpr const char* settled_message =
    "id, message_id, person, channel, created_at, CASE WHEN state IN ('sent', 'dead', 'withdrawn') THEN "
    "state ELSE 'open' "
    "END,"
    " CASE WHEN state IN ('sent', 'dead', 'withdrawn') THEN attempts END, CASE WHEN state IN ('sent', "
    "'dead', 'withdrawn') THEN answer "
    "END";

std::vector<std::string> SqliteStore::lines_of(std::string_view table) {
  const auto* known = std::find(std::begin(rebuildable_tables), std::end(rebuildable_tables), table);
  if (known == std::end(rebuildable_tables) && table != "setting") {
    throw std::invalid_argument("no table that can be compared: " + std::string(table));
  }
  const std::string name(table);
  // A primary key is the first column, or the first columns: their order is that of the rows.
  std::string columns;
  SqliteQuery info(connection_, connection_.statement("SELECT name FROM pragma_table_info('" + name + "')"));
  while (info.next()) {
    std::string column;
    info >> column;
    columns += (columns.empty() ? "" : ", ") + ("\"" + column + "\"");
  }
  if (name == "outbox") columns = settled_message;
  if (name == "outbox_alert") columns = "message, alert";  // as the journals of 0.1.0 were recorded
  SqliteQuery rows(connection_, connection_.statement("SELECT json_array(" + columns + ") FROM " + name +
                                                      " ORDER BY " + columns));
  std::vector<std::string> lines;
  while (rows.next())
    rows >> lines.emplace_back();
  return lines;
}

/// Tables, indexes and triggers, with what makes each.
std::map<std::string, std::string> structure_of(SqliteConnection& connection) {
  std::map<std::string, std::string> structure;
  SqliteQuery query(connection,
                    connection.statement("SELECT name, type || ifnull(sql, '') FROM sqlite_schema "
                                         "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"));
  while (query.next()) {
    std::string name;
    query >> name;
    query >> structure[name];
  }
  return structure;
}

std::vector<std::string> SqliteStore::integrity_errors() {
  std::vector<std::string> errors;
  SqliteQuery query(connection_, connection_.statement("PRAGMA integrity_check"));
  while (query.next())
    query >> errors.emplace_back();
  if (errors == std::vector<std::string>{"ok"}) errors.clear();
  return errors;
}

std::vector<std::string> SqliteStore::structure_differences() {
  SqliteConnection new_one("(memoria)", SqliteConnection::Open::in_memory, StoreOptions());
  const auto as_made = structure_of(new_one);
  const auto as_it_is = structure_of(connection_);
  std::vector<std::string> differences;
  for (const auto& [name, made] : as_made) {
    const auto found = as_it_is.find(name);
    if (found == as_it_is.end()) {
      differences.push_back("falta «" + name + "»");
    } else if (found->second != made) {
      differences.push_back("cambió «" + name + "»");
    }
  }
  for (const auto& [name, unused] : as_it_is) {
    if (!as_made.contains(name)) differences.push_back("sobra «" + name + "»");
  }
  return differences;
}

}  // namespace

std::unique_ptr<Store> create_store(const std::string& path, const StoreOptions& options) {
  return std::make_unique<SqliteStore>(path, SqliteConnection::Open::create, options);
}

std::unique_ptr<Store> open_store(const std::string& path, const StoreOptions& options) {
  return std::make_unique<SqliteStore>(path, SqliteConnection::Open::existing, options);
}

std::unique_ptr<Store> create_store_in_memory() {
  return std::make_unique<SqliteStore>("(memoria)", SqliteConnection::Open::in_memory, StoreOptions());
}

}  // namespace cauce::engine
