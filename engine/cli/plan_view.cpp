#include "engine/cli/plan_view.hpp"

#include <algorithm>

#include "engine/cli/text.hpp"

namespace cauce::engine::cli {

PlanView::PlanView(const World& of, const workflows::Plan& looked_at, rules::Date on)
    : world(of),
      policy(of.policy(looked_at.policy_version)),
      kind(at(policy.plans, looked_at.kind)),
      plan(looked_at),
      today(on) {}

std::string PlanView::entity_name() const {
  const rules::Territory& territory = world.territory(plan.policy_version);
  const auto row = territory.find(kind.entity, plan.id.entity);
  return row ? territory.name_of(*policy.rules, kind.entity, *row) : plan.id.entity;
}

std::string PlanView::ancestor_name(rules::EntityKindId above) const {
  return cli::ancestor_name(world, at(policy.rules->entities, kind.entity).name, plan.id.entity, above);
}

const workflows::ObligationKind& PlanView::kind_of(const workflows::Obligation& obligation) const {
  return workflows::kind_of(kind, obligation);
}

bool PlanView::is_overdue(const workflows::Obligation& obligation) const {
  return workflows::is_overdue(plan, obligation, today);
}

std::int64_t PlanView::late_days(const workflows::Obligation& obligation) const {
  return workflows::late_days(obligation, today, policy.rules->calendar);
}

std::size_t PlanView::overdue_count() const {
  return static_cast<std::size_t>(
      std::count_if(plan.obligations.begin(), plan.obligations.end(),
                    [&](const workflows::Obligation& obligation) { return is_overdue(obligation); }));
}

std::string PlanView::in_charge(const std::vector<rules::RoleId>& roles, System& system) const {
  std::vector<std::string> names;
  for (const rules::RoleId role : roles) {
    const auto holders = world.team(plan.policy_version).acting(role, {kind.entity, plan.id.entity}, today);
    for (const std::string& id : holders.persons) {
      const auto person = system.person(id);
      const std::string name = person && !person->name.empty() ? person->name : id;
      names.push_back(holders.stand_in ? name + " (" + at(policy.rules->roles, holders.role).title + ")"
                                       : name);
    }
  }
  return names.empty() ? "nadie" : join(names);
}

std::string ancestor_name(const World& world, const std::string& entity_kind, const std::string& key,
                          rules::EntityKindId above) {
  const rules::Ruleset& current = *world.policy(world.current_version()).rules;
  const auto own = current.find_entity(entity_kind);
  if (!own) return {};
  const rules::Territory& territory = world.territory();
  const auto row = territory.find(*own, key);
  if (!row) return {};
  const std::uint32_t found = territory.ancestor(current, *own, *row, above);
  return found == rules::no_row ? std::string() : territory.name_of(current, above, found);
}

rules::EntityKindId topmost_kind(const rules::Ruleset& rules) {
  for (std::uint32_t i = 0; i < rules.entities.size(); ++i) {
    if (!rules.entities[i].parent) return rules::EntityKindId{i};
  }
  return rules::EntityKindId{0};
}

std::string name_of(workflows::ObligationType type) {
  switch (type) {
    case workflows::ObligationType::report:
      return "report";
    case workflows::ObligationType::hito:
      return "milestone";
    case workflows::ObligationType::phase:
      return "phase";
  }
  return "";
}

}  // namespace cauce::engine::cli
