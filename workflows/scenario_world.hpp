// The world of a scenario: one plan of the tested kind, those that are linked with it, and one invented
// person a role (language.md, 4).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "workflows/decide.hpp"
#include "workflows/given_entity.hpp"

namespace cauce::workflows {

class ScenarioWorld : public World {
 public:
  /// The territory that the scenario needs, with its people: the entity that `values` describe, all above it,
  /// and one below for each kind of plan that is linked with the tested one.
  ScenarioWorld(const Policy& policy, PlanKindId kind, const GivenValues& values,
                rules::EvaluationObserver* observer);

  const Policy& policy(PolicyVersion) const override { return policy_; }
  PolicyVersion current_version() const override { return 1; }
  const rules::Territory& territory(PolicyVersion) const override { return territory_; }
  const Team& team(PolicyVersion) const override { return team_; }
  const Plan* plan(const PlanId& id) const override;
  std::vector<const Plan*> linked_plans(const PlanId& id, std::string_view kind) const override;
  bool is_selected(std::string_view, const std::string&) const override { return true; }
  rules::EvaluationObserver* observer() const override { return observer_; }

  /// Creates all plans, new on that day. Nothing, or why the tested one cannot be.
  std::optional<Refusal> create_plans(const Moment& moment);
  /// The plan that the scenario is about.
  const PlanId& tested() const { return tested_; }
  const Plan& tested_plan() const { return plans_.at(tested_); }

  /// The invented person of a role, called as the role is.
  Actor person_of(RoleId role) const { return {at(policy_.rules->roles, role).name}; }
  /// What a decision of `moment` does to the tested plan.
  void apply(const Decision& decision, const Moment& moment, const Actor& actor);

 private:
  struct Wanted {
    PlanKindId kind{};
    std::uint32_t row = 0;  ///< of its entity
  };

  void want_above(PlanKindId kind, std::uint32_t row);
  void want_below(PlanKindId kind, std::uint32_t row);
  std::uint32_t row_below(EntityKindId kind, EntityKindId above, std::uint32_t row);
  bool is_wanted(PlanKindId kind) const;
  void invent_people();
  PlanId id_of(const Wanted& wanted) const;

  const Policy& policy_;
  rules::EvaluationObserver* observer_;
  rules::Territory territory_;
  Team team_ = {};
  std::vector<Wanted> wanted_ = {};  ///< in the order in which they are created
  PlanId tested_ = {};
  std::map<PlanId, Plan> plans_ = {};
};

}  // namespace cauce::workflows
