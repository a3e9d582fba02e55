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
#include "workflows/compile.hpp"
#include "workflows/decide.hpp"

namespace cauce::engine {

class Store;  // engine/store/store.hpp

using workflows::Actor;
using workflows::Command;
using workflows::Plan;
using workflows::PlanId;
using workflows::PolicyVersion;
using workflows::Refusal;
using workflows::Result;
using workflows::World;

/// The database cannot be used: exit code 4, with words for the user.
class DatabaseUnusable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

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

struct Person {
  std::string id;
  std::string name;
  std::string address;
};

struct PlanCreation {
  std::size_t created = 0;
  std::size_t existing = 0;
  std::map<std::string, std::size_t> by_kind = {};
  std::size_t obligations = 0;
  std::size_t without_due = 0;  ///< por fijar
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

class System {
 public:
  /// Makes a new database file. Fails if it exists.
  static std::unique_ptr<System> create(const std::string& path, bool rehearsal,
                                        std::shared_ptr<const Clock> clock);
  /// Opens one; DatabaseUnusable if it is newer, damaged, busy or no database of ours.
  static std::unique_ptr<System> open(const std::string& path, std::shared_ptr<const Clock> clock);
  ~System();

  bool is_rehearsal() const;
  const std::string& path() const;
  Store& store();

  /// A view of everything as it is now. It lives until the next change made through this System; plans are
  /// loaded when asked for.
  const World& world();
  /// Every plan, by id.
  std::vector<const Plan*> all_plans();
  std::shared_ptr<const workflows::Policy> policy(PolicyVersion version);
  PolicyVersion current_version();
  Moment now();  ///< of the clock, in the current policy's zone (UTC before a policy is published)

  // Changes. `actor.trusted` is only for set-up (iniciar). Each runs in one transaction; within `together`
  // several make one.
  void together(const std::function<void()>& changes);
  Result<PolicyVersion> publish(const dsl::Sources& sources, const workflows::Compiled& compiled,
                                const Actor& actor);
  Result<std::size_t> import_entities(const rules::Territory& territory, const Actor& actor);
  Result<std::size_t> import_people(const std::vector<PersonRow>& rows, const Actor& actor);
  Result<std::size_t> apply_selection(const std::string& targeting, const rules::Selection& selection,
                                      const std::string& reason, const Actor& actor);
  /// Makes the plans of every kind (or of one) that do not exist yet.
  Result<PlanCreation> create_plans(const std::optional<std::string>& kind, const Actor& actor,
                                    const std::function<void(std::size_t, std::size_t)>& progress = {});
  Result<RunOutcome> run(const PlanId& plan, const Command& command, const Actor& actor,
                         const RunOptions& options = {});
  /// Many commands in one transaction, all or nothing. On refusal: which one, and why.
  struct RefusedAt {
    std::size_t index = 0;
    Refusal refusal;
  };
  std::variant<std::vector<RunOutcome>, RefusedAt> run_all(
      const std::vector<std::pair<PlanId, Command>>& commands, const Actor& actor,
      const std::function<void(std::size_t, std::size_t)>& progress = {});

  std::vector<HistoryEntry> history(const std::optional<PlanId>& plan);
  std::vector<Person> people();
  std::optional<Person> person(const std::string& id);

 private:
  struct Parts;
  explicit System(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace cauce::engine
