// Where everything is kept: rows in and out, and transactions. It decides nothing. One interface, so that a
// second implementation can be held to the same tests.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/alert_tables.hpp"

namespace cauce::engine {

class AccountTables;
class AskingTables;

/// The database cannot be used: exit code 4, with words for the user.
class DatabaseUnusable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Rows hold what the tables of schema.sql hold, as text: instants, days, periods and names in the forms
// written there. `std::nullopt` is NULL.

struct StoredEvent {
  std::int64_t sequence = 0;
  std::string instant;
  std::optional<std::string> plan = {};  ///< none: of the system
  std::string actor;
  std::string system_user;
  std::string kind;
  std::string payload;  ///< JSON
  std::int64_t policy_version = 0;
  std::string hash;  ///< 32 bytes
};
/// The end of the journal: what an anchor holds.
struct JournalHead {
  std::int64_t sequence = 0;
  std::string instant;
  std::string hash;
};

struct PolicyFileRow {
  std::string name;
  std::string sha256;
  std::string text;
};
struct PolicyRow {
  std::int64_t version = 0;
  std::int64_t sequence = 0;
  std::string program;
  int vigencia = 0;
  std::string from_day;
  std::string sha256;
  std::vector<PolicyFileRow> files = {};
};

struct EntityRecord {
  std::string kind;
  std::string key;
  std::int64_t sequence = 0;
  std::string parent;
  std::string fields;  ///< JSON
};

struct SelectionResultRow {
  std::string entity;
  std::string status;
  std::optional<std::string> score = {};
  std::optional<std::int64_t> rank = {};
  std::optional<std::string> by_hand = {};
  std::optional<std::string> hand_reason = {};
  std::optional<std::string> hand_person = {};
};
struct SelectionRow {
  std::int64_t sequence = 0;
  std::string targeting;
  std::int64_t policy_version = 0;
  std::string on_day;
  std::string reason;
  bool provisional = false;
  std::vector<SelectionResultRow> results = {};
};

struct Person {
  std::string id;
  std::string name;
  std::string address;
  bool operator==(const Person&) const = default;
};
struct AssignmentRow {
  std::string person;
  std::string role;
  std::string entity_kind;  ///< empty: national
  std::string entity;
  std::optional<std::string> from_day = {};
  std::optional<std::string> to_day = {};
};

struct PlanRow {
  std::string id;
  std::string kind;
  std::string entity;
  int vigencia = 0;
  std::int64_t policy_version = 0;
  std::int64_t version = 0;
  std::optional<std::string> linked_to = {};
  std::string created_on;
  std::string phase;
  std::string standing;
  std::optional<std::string> stage = {};
  std::optional<std::string> suspended_on = {};
  bool operator==(const PlanRow&) const = default;
};
struct ObligationRow {
  std::string plan;
  std::int64_t number = 0;
  std::string name;
  std::string type;
  std::optional<std::string> period = {};
  std::string state;
  std::optional<std::string> due = {};
  std::int64_t deadline_number = 1;
  std::optional<std::string> closes = {};
  std::optional<std::string> enforceable_from = {};
  std::optional<std::string> fulfilled_on = {};
  std::optional<std::int64_t> on_time = {};
  std::optional<std::int64_t> late_days = {};
  std::optional<std::string> correction_due = {};
  std::optional<std::string> paused_on = {};
  std::int64_t paused_days = 0;
  std::int64_t returns = 0;
  std::int64_t reopenings = 0;
  bool reopened = false;
  std::string delivered_by;
  std::string fields;
  std::string evidence;
  std::optional<std::string> missed = {};
  bool operator==(const ObligationRow&) const = default;
};
struct ComponentRow {
  std::string plan;
  std::int64_t number = 0;
  std::string name;
  std::string fields;
  bool operator==(const ComponentRow&) const = default;
};
struct DeliveryRow {
  std::int64_t sequence = 0;
  std::string plan;
  std::int64_t obligation = 0;
  std::string person;
  std::string on_day;
  bool on_time = true;
  std::int64_t late_days = 0;
  std::string fields;
  std::string evidence;
  std::string fingerprint;
  bool annulled = false;
};

/// Tables that can be made again from the journal, in an order in which none refers to a later one.
inline constexpr std::string_view rebuildable_tables[] = {
    "policy_version", "policy_file", "entity",       "selection",     "selection_result",
    "assignment",     "plan",        "obligation",   "component",     "delivery",
    "alert",          "outbox",      "outbox_alert", "frozen_ladder", "silence",
    "acknowledgement",
};

/// All functions throw DatabaseUnusable (busy, damaged) or FileUnusable (cannot be written) with words for
/// the user. For one thread.
class Store {
 public:
  virtual ~Store() = default;

  virtual const std::string& path() const = 0;
  virtual std::optional<std::string> setting(std::string_view name) = 0;
  virtual void set_setting(std::string_view name, std::string_view value) = 0;

  // Transactions. A writing one keeps all other writers out; within one, `begin` makes an inner one that can
  // be rolled back alone. Reading within `begin_reading` sees one moment.
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  virtual int depth() const = 0;
  virtual void begin_reading() = 0;
  virtual void end_reading() noexcept = 0;
  virtual bool is_reading() const = 0;
  /// A number that is another one once somebody else has changed the database.
  virtual std::int64_t changes_by_others() = 0;

  // The journal.
  virtual void append(const StoredEvent& event) = 0;
  virtual std::optional<JournalHead> head() = 0;
  virtual std::optional<StoredEvent> event(std::int64_t sequence) = 0;
  using EventVisitor = std::function<void(const StoredEvent&)>;
  virtual void each_event(const EventVisitor& visit) = 0;       ///< all, in order
  virtual void each_plan_event(const EventVisitor& visit) = 0;  ///< those of all plans, in order
  virtual void each_event_of(std::string_view plan, const EventVisitor& visit) = 0;

  // Policies, territory, selections, people.
  virtual void add_policy(const PolicyRow& policy) = 0;
  virtual std::optional<PolicyRow> policy(std::int64_t version) = 0;
  virtual std::int64_t last_policy_version() = 0;  ///< 0: none
  virtual void add_entity(const EntityRecord& entity) = 0;
  virtual std::vector<EntityRecord> entities() = 0;  ///< as they are now, by kind and key
  virtual void add_selection(const SelectionRow& selection) = 0;
  /// The last selection of a targeting (folded name).
  virtual std::optional<SelectionRow> selection(std::string_view targeting) = 0;
  virtual void put_person(const Person& person) = 0;
  virtual std::vector<Person> people() = 0;  ///< by id
  virtual std::optional<Person> person(std::string_view id) = 0;
  virtual void replace_assignments(const std::vector<AssignmentRow>& assignments) = 0;
  virtual std::vector<AssignmentRow> assignments() = 0;

  // Plans, as they are now. `put` adds or replaces.
  virtual void put_plan(const PlanRow& plan) = 0;
  virtual void put_obligation(const ObligationRow& obligation) = 0;
  virtual void put_component(const ComponentRow& component) = 0;
  virtual void put_delivery(const DeliveryRow& delivery) = 0;
  virtual std::vector<std::string> plan_ids() = 0;
  virtual std::vector<std::string> plans_linked_to(std::string_view plan) = 0;
  /// The last delivery of an obligation, annulled ones included.
  virtual std::optional<DeliveryRow> last_delivery(std::string_view plan, std::int64_t obligation) = 0;

  virtual AlertTables& alert_tables() = 0;      ///< alerts and their messages
  virtual AskingTables& asking_tables() = 0;    ///< what questions read of the tables of plans
  virtual AccountTables& account_tables() = 0;  ///< who may use the HTTP interface

  /// Every row of a table as one line of JSON, in the order of its key: to compare. Of a message, what the
  /// journal keeps: not its words, which name people, nor how far it is on its way.
  virtual std::vector<std::string> lines_of(std::string_view table) = 0;
  /// What is wrong with the file itself; empty if nothing is. Reads all of it.
  virtual std::vector<std::string> integrity_errors() = 0;
  /// What somebody took away from the tables and what guards them, added or changed: `falta «…»`, in Spanish.
  virtual std::vector<std::string> structure_differences() = 0;
  /// Copies all of it, as it is at one moment (that of begin_reading), into a file that does not exist: one
  /// file that needs no other beside it. FileUnusable if it cannot be written.
  using CopyProgress = std::function<void(std::size_t done, std::size_t total)>;  ///< in pages
  virtual void copy_to(const std::string& path, const CopyProgress& progress) = 0;
};

/// What a commit waits for: that it is on the disk, or (after a power failure the last ones may be missing,
/// never a part of one) that the operating system has it.
enum class Durability : std::uint8_t { on_disk, with_system };

struct StoreOptions {
  std::chrono::milliseconds busy_timeout = std::chrono::seconds(10);
  Durability durability = Durability::on_disk;
};

/// Makes a new database file; FileUnusable if it exists or cannot be made.
std::unique_ptr<Store> create_store(const std::string& path, const StoreOptions& options = {});
/// Opens one and brings its schema up to date. FileUnusable if there is none or it cannot be written;
/// DatabaseUnusable if it is newer, damaged, busy, on a network drive or none of ours.
std::unique_ptr<Store> open_store(const std::string& path, const StoreOptions& options = {});
/// One that is gone with the object: rebuilding, `simular`.
std::unique_ptr<Store> create_store_in_memory();

}  // namespace cauce::engine
