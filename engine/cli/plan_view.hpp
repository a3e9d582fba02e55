// What commands that look at plans ask of one: its entity, its region, who is in charge, how it does.
#pragma once

#include <string>
#include <vector>

#include "engine/system.hpp"

namespace cauce::engine::cli {

/// A plan as a command looks at it. It lives as long as the system's view.
struct PlanView {
  const World& world;
  const workflows::Policy& policy;
  const workflows::PlanKind& kind;
  const workflows::Plan& plan;
  rules::Date today;

  PlanView(const World& of, const workflows::Plan& looked_at, rules::Date on);

  std::string entity_name() const;
  /// As cli::ancestor_name of its entity.
  std::string ancestor_name(rules::EntityKindId above) const;
  const workflows::ObligationKind& kind_of(const workflows::Obligation& obligation) const;
  bool is_overdue(const workflows::Obligation& obligation) const;
  std::int64_t late_days(const workflows::Obligation& obligation) const;
  std::size_t overdue_count() const;
  /// Names of those who are in charge: `Ana Pérez`; those who stand in are marked so.
  std::string in_charge(const std::vector<rules::RoleId>& roles, System& system) const;
};

/// The name of the entity of kind `above`, of the version in force, over another (or itself); empty if there
/// is none.
std::string ancestor_name(const World& world, const std::string& entity_kind, const std::string& key,
                          rules::EntityKindId above);
/// The topmost kind of entity: what plans are told by where nothing else is asked (región).
rules::EntityKindId topmost_kind(const rules::Ruleset& rules);

/// `report`, `milestone`, `phase`
std::string name_of(workflows::ObligationType type);

}  // namespace cauce::engine::cli
