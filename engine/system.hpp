// The running system over one database: every change to it is one of these functions, each one transaction
// that appends to the journal and updates the tables. Command line, daemon and HTTP are thin layers over it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "engine/clock.hpp"
#include "engine/journal.hpp"
#include "engine/store/store.hpp"
#include "workflows/compile.hpp"
#include "workflows/decide.hpp"
#include "workflows/migration.hpp"

namespace cauce::engine {

using workflows::Actor;
using workflows::Command;
using workflows::Plan;
using workflows::PlanId;
using workflows::PolicyVersion;
using workflows::Refusal;
using workflows::Result;
using workflows::World;

/// Told how much of long work is done.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

/// One row of the people file (cli.md): a person, and perhaps an assignment.
struct PersonRow {
  std::string person;
  std::string name;
  std::string address;
  std::string role;    ///< empty: no assignment
  std::string entity;  ///< key; empty for a national role
  std::optional<workflows::Date> from = {};
  std::optional<workflows::Date> to = {};
  std::size_t line = 0;
};

struct PlanCreation {
  std::size_t created = 0;
  std::size_t existing = 0;
  std::map<std::string, std::size_t> by_kind = {};
  std::size_t obligations = 0;
  std::size_t without_due = 0;  ///< por fijar
};

/// One entity decided by hand, or given back to the rules.
struct HandChange {
  std::string entity;                                ///< key
  std::optional<rules::HandDecision> decision = {};  ///< nothing: the rules decide again
};
/// Why a focalización is made again, or one entity decided by hand; and why the selection is put in force
/// even though it is provisional. Without a change by hand the first serves for both.
struct SelectionReasons {
  std::string motive = {};
  std::string provisional = {};
};
/// A focalización made again over the data as they are kept.
struct Reselection {
  rules::Selection selection;
  workflows::Date day = {};
  std::vector<std::string> enter = {};  ///< keys of those who are selected now and were not
  std::vector<std::string> leave = {};
  std::map<std::string, rules::HandDecision> by_hand = {};  ///< all that stand, by key
};

/// One plan that is to pass to another version of the policy.
struct PlanMigration {
  PlanId plan;
  std::optional<Refusal> refusal = {};  ///< then it stays as it is
  PolicyVersion refused_under = 0;      ///< the version whose text the refusal's clause is of
  std::vector<workflows::MigrationChange> changes = {};
  std::vector<std::string> left_behind = {};  ///< what was written and the version has no place for
};
struct MigrationRequest {
  PolicyVersion to = 0;
  std::vector<PlanId> plans = {};
  std::vector<workflows::Renaming> renamings = {};
  bool only_show = false;
};

struct RunOptions {
  std::optional<std::int64_t> if_version = {};  ///< refuse unless the plan is at this version
  std::optional<std::string> idempotency_key = {};
};
struct RunOutcome {
  std::int64_t version = 0;  ///< of the plan, after
  workflows::Decision decision;
  bool repeated = false;  ///< the same delivery again: nothing was done
};

/// One line of a plan's history.
struct HistoryEntry {
  std::int64_t sequence = 0;
  Instant instant;
  std::string plan;  ///< empty: of the system
  std::string actor;
  std::string system_user;
  std::string kind;
  std::string payload;  ///< JSON
  PolicyVersion policy_version = 0;
};

/// What an audit found. Without an anchor, a journal whose end was cut off or that was rewritten as a whole
/// does not show.
struct AuditReport {
  std::int64_t events = 0;
  std::string head;                                ///< hash of the last event, hexadecimal
  std::optional<ChainBreak> broken = {};           ///< where the chain first breaks
  std::vector<std::string> file_errors = {};       ///< what SQLite finds wrong with the file
  std::vector<std::string> structure = {};         ///< what of it is not as Cauce made it, in Spanish
  std::vector<std::string> differences = {};       ///< tables that are not what the journal says, in Spanish
  std::optional<std::string> missing_anchor = {};  ///< why the journal does not contain it
  /// Whether the journal says if the database is for rehearsals: those made before it did cannot be checked.
  bool says_if_rehearsal = false;
  bool ok() const {
    return !broken && !missing_anchor && file_errors.empty() && structure.empty() && differences.empty();
  }
};

class System {
 public:
  /// Makes a new database file. FileUnusable if it exists or cannot be made.
  static std::unique_ptr<System> create(const std::string& path, bool rehearsal,
                                        std::shared_ptr<const Clock> clock);
  /// Opens one; DatabaseUnusable if it is newer, damaged, busy or no database of ours.
  static std::unique_ptr<System> open(const std::string& path, std::shared_ptr<const Clock> clock,
                                      const StoreOptions& options = {});
  ~System();

  /// As the journal says; as it was made, before it has an entry or where it is too old to say.
  bool is_rehearsal() const;
  const std::string& path() const;
  Store& store();
  const Clock& clock() const;

  /// A view of everything as it is now, at one moment whatever other programs write meanwhile. It lives until
  /// the next change made through this System, or the next call of this function; plans are loaded when
  /// asked for.
  const World& world();
  /// Every plan of that view, by id.
  std::vector<const Plan*> all_plans();
  std::shared_ptr<const workflows::Policy> policy(PolicyVersion version);
  PolicyVersion current_version();
  Moment now();  ///< of the clock, in the current policy's zone (UTC before a policy is published)

  // Changes. `actor.trusted` is only for set-up (iniciar). Each runs in one transaction and a refused one
  // leaves nothing; within `together` several make one, and an exception undoes them all.
  void together(const std::function<void()>& changes);
  /// Makes changes to see what they come to, and undoes them.
  void only_show(const std::function<void()>& changes);
  /// Publishes a policy without errors; the one in force again is no change.
  Result<PolicyVersion> publish(const dsl::Sources& sources, const workflows::Compiled& compiled,
                                const Actor& actor);
  /// Adds or changes entities; those that are not in `territory` stay as they are. How many changed.
  /// Refused whole where a key has lost the zero with which the base has it.
  Result<std::size_t> import_entities(const rules::Territory& territory, const Actor& actor);
  /// The people and their assignments replace those that were. How many assignments there are.
  Result<std::size_t> import_people(const std::vector<PersonRow>& rows, const Actor& actor);
  /// Puts a selection (made over the present data) in force; a provisional one only with a reason. How many
  /// are selected.
  Result<std::size_t> apply_selection(const std::string& targeting, const rules::Selection& selection,
                                      const std::string& reason, const Actor& actor);
  /// Selects again, with the hand decisions that stand and `change`, and puts that in force unless
  /// `only_show`. The same rules as for apply_selection hold.
  Result<Reselection> reselect(const std::string& targeting, const std::optional<HandChange>& change,
                               const SelectionReasons& reasons, bool only_show, const Actor& actor);
  /// Makes the plans of every kind (or of one) that do not exist yet.
  Result<PlanCreation> create_plans(const std::optional<std::string>& kind, const Actor& actor,
                                    const Progress& progress = {});
  /// Passes plans to a published version: each wholly or, with the reason, not at all. Refused where nothing
  /// could be done for any: no right, no such version, a renaming of what no plan has.
  Result<std::vector<PlanMigration>> migrate(const MigrationRequest& request, const Actor& actor,
                                             const Progress& progress = {});
  Result<RunOutcome> run(const PlanId& plan, const Command& command, const Actor& actor,
                         const RunOptions& options = {});
  /// Many commands in one transaction. Each is decided, so that all that is wrong is told at once; with one
  /// refused nothing is recorded, unless the batch is `partial`: then what can be done is done.
  enum class Batch : std::uint8_t { whole, partial };
  struct BatchOutcome {
    std::vector<Result<RunOutcome>> outcomes;  ///< one for each command
    std::size_t refused = 0;
    bool recorded = false;
  };
  BatchOutcome run_all(const std::vector<std::pair<PlanId, Command>>& commands, const Actor& actor,
                       Batch batch, const Progress& progress = {});

  /// Appends an event of the system (alerts, silences …) within `together`; who calls it changes the tables.
  /// The plan that it is about stands in the payload: the journal's column is for what makes up a plan.
  StoredEvent record(std::string_view kind, const std::string& payload, const Actor& actor);

  /// The journal: of one plan, or all of it.
  std::vector<HistoryEntry> history(const std::optional<PlanId>& plan);
  std::vector<Person> people();
  std::optional<Person> person(const std::string& id);
  /// Checks the file, the chain, that it contains `anchor`, and with `rebuild` that every table is what the
  /// journal says.
  AuditReport audit(bool rebuild, const std::optional<Anchor>& anchor = {});
  /// Copies all of it, as it is at one moment, to a file that must not be there yet, and gives the head of
  /// the copy's journal. Others may go on writing. FileUnusable if the copy cannot be made; then none is
  /// left.
  JournalHead back_up(const std::string& path, const Progress& progress = {});

  // The past, to be asked like the present and not to be changed; its clock stands at the end of `day`.
  // Nothing if no policy was published by then.
  /// As it had been recorded by the end of `day`, each plan under the version that it then had.
  std::unique_ptr<System> as_recorded(workflows::Date day);
  /// What had happened by the end of `day`, as it is known today.
  std::unique_ptr<System> as_occurred(workflows::Date day);

 private:
  struct Parts;
  explicit System(std::unique_ptr<Parts> parts);
  void freeze_ladders(const Plan& before);
  std::unique_ptr<System> over(std::unique_ptr<Store> past, Instant end);
  std::unique_ptr<Parts> parts_;
};

}  // namespace cauce::engine
