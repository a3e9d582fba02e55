// The World over the store: everything is read when it is first asked for, and kept until it changes.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/store/store.hpp"
#include "workflows/decide.hpp"

namespace cauce::engine {

class StoredWorld : public workflows::World {
 public:
  explicit StoredWorld(Store& store) : store_(store), seen_(last_event()) {}

  const workflows::Policy& policy(workflows::PolicyVersion version) const override;
  workflows::PolicyVersion current_version() const override;
  const rules::Territory& territory(workflows::PolicyVersion version) const override;
  using World::territory;
  const workflows::Team& team(workflows::PolicyVersion version) const override;
  const workflows::Plan* plan(const workflows::PlanId& id) const override;
  std::vector<const workflows::Plan*> linked_plans(const workflows::PlanId& id,
                                                   std::string_view kind) const override;
  bool is_selected(std::string_view targeting, const std::string& entity) const override;

  const std::shared_ptr<const workflows::Policy>& shared_policy(workflows::PolicyVersion version) const;
  /// Every plan, by id.
  std::vector<const workflows::Plan*> plans() const;

  /// Whether that plan was read, and who holds which role under its version.
  bool has_read(const workflows::PlanId& id) const;

  // What a change makes known or no longer known.
  void keep_policy(workflows::PolicyVersion version, std::shared_ptr<const workflows::Policy> policy);
  void keep_plan(workflows::Plan plan);
  void forget_territory();
  void forget_people();
  void forget_selections();
  /// Takes in what others have written since it was last called.
  void catch_up();
  /// Everything but policies, which never change once committed.
  void forget();
  /// Policies as well: a publication was rolled back.
  void forget_all();

 private:
  /// The territory in the terms of one version of the policy, and who holds which role in it.
  struct VersionView {
    std::unique_ptr<rules::Territory> territory;
    std::unique_ptr<workflows::Team> team;
  };
  void replay(std::map<workflows::PlanId, workflows::Plan>& plans, const StoredEvent& event) const;
  std::int64_t last_event() const;
  void learn(const StoredEvent& event);
  void learn_of_plan(const StoredEvent& event);

  Store& store_;
  std::int64_t seen_;  ///< nothing of what is kept is older than this event
  mutable std::map<workflows::PolicyVersion, std::shared_ptr<const workflows::Policy>> policies_;
  mutable std::optional<workflows::PolicyVersion> current_version_;
  mutable std::map<workflows::PolicyVersion, VersionView> views_;
  mutable std::map<workflows::PlanId, workflows::Plan> plans_;
  mutable bool all_plans_ = false;
  mutable std::map<workflows::PlanId, std::vector<workflows::PlanId>> linked_;
  mutable std::map<std::string, std::set<std::string>, std::less<>> selected_;
};

/// The event of a plan as stored. JournalUnreadable if it cannot be read.
workflows::Event plan_event(const StoredEvent& event, const workflows::Policy& policy);
/// The plan after an event as stored. `plan` is Plan{} before the first.
workflows::Plan replay_event(workflows::Plan plan, const StoredEvent& event, const workflows::Policy& policy);

}  // namespace cauce::engine
