// The inside of System, shared by its files only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/system.hpp"
#include "engine/world.hpp"
#include "rules/ruleset.hpp"

namespace cauce::engine {

struct System::Parts {
  Parts(std::unique_ptr<Store> its_store, std::shared_ptr<const Clock> its_clock);

  std::unique_ptr<Store> store;
  std::shared_ptr<const Clock> clock;
  std::string system_user;
  StoredWorld world;
  std::int64_t seen_changes = 0;  ///< Store::changes_by_others when the world was read
  bool written = false;           ///< in the transaction that is open

  /// One change, or several: undone unless committed.
  class Transaction {
   public:
    explicit Transaction(Parts& parts);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

   private:
    Parts& parts_;
    bool open_ = true;
  };

  /// Takes in what others have changed.
  void refresh();
  /// Reads what a decision on that plan will look at, while others may still write: the policy and who holds
  /// which role take longer to read than all that a command then does.
  void read_ahead(const PlanId& id);
  /// The moment at which something is now recorded, in the zone of that version of the policy (UTC for 0).
  Moment moment(PolicyVersion version);
  StoredEvent append(std::string_view kind, const std::string& payload, const Actor& actor, Instant instant,
                     PolicyVersion version, const std::optional<std::string>& plan = {});
  /// Why `actor` may not do what needs `right`; nothing if they may.
  std::optional<Refusal> lacks_right(rules::Right right, const Actor& actor);
  Result<RunOutcome> run(const PlanId& id, const Command& command, const Actor& actor,
                         const RunOptions& options);

 private:
  std::int64_t record(const PlanId& id, const workflows::Decision& decision, const Actor& actor,
                      const Moment& moment, const std::string& fingerprint);
};

/// What differs between the tables and what the journal says, in Spanish.
std::vector<std::string> compare_with_journal(Store& store);

}  // namespace cauce::engine
