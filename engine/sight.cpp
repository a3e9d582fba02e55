#include "engine/sight.hpp"

#include <algorithm>

#include "dsl/fold.hpp"

namespace cauce::engine {

namespace {

/// Adds what the roles of a version let the person see, save those for which `leaves_out` holds.
template <typename LeavesOut>
void add_sight(Sight& sight, const workflows::World& world, workflows::PolicyVersion version,
               workflows::Date day, const LeavesOut& leaves_out) {
  const rules::Ruleset& rules = *world.policy(version).rules;
  for (const workflows::Assignment& held : world.team(version).assignments()) {
    const bool in_force = (!held.from || *held.from <= day) && (!held.to || day <= *held.to);
    if (held.person != sight.person || !in_force || leaves_out(at(rules.roles, held.role).name)) continue;
    if (!held.entity.kind) {
      sight.everything = true;
      continue;
    }
    const Sight::Place place{dsl::fold(at(rules.entities, *held.entity.kind).name), held.entity.key};
    if (std::find(sight.places.begin(), sight.places.end(), place) == sight.places.end())
      sight.places.push_back(place);
  }
}

}  // namespace

Sight sight_of(const workflows::World& world, const std::string& person, workflows::Date day) {
  Sight sight{false, person, {}};
  const workflows::PolicyVersion current = world.current_version();
  const rules::Ruleset& rules = *world.policy(current).rules;
  add_sight(sight, world, current, day, [](const std::string&) { return false; });
  const auto is_current = [&](const std::string& role) { return rules.find_role(role).has_value(); };
  for (workflows::PolicyVersion version = current - 1; version >= 1; --version)
    add_sight(sight, world, version, day, is_current);
  return sight;
}

bool sees_entity(const Sight& sight, const workflows::World& world, rules::EntityKindId kind,
                 const std::string& key) {
  if (sight.everything) return true;
  const rules::Ruleset& rules = *world.policy(world.current_version()).rules;
  const rules::Territory& territory = world.territory();
  const auto row = territory.find(kind, key);
  if (!row) return false;
  return std::any_of(sight.places.begin(), sight.places.end(), [&](const Sight::Place& place) {
    const auto above = rules.find_entity(place.kind);
    if (!above) return false;
    const std::uint32_t found = territory.ancestor(rules, kind, *row, *above);
    return found != rules::no_row && territory.key_of(rules, *above, found) == place.key;
  });
}

bool sees_entity(const Sight& sight, const workflows::World& world, const std::string& kind,
                 const std::string& key) {
  if (sight.everything) return true;
  const auto found = world.policy(world.current_version()).rules->find_entity(dsl::fold(kind));
  return found && sees_entity(sight, world, *found, key);
}

bool sees(const Sight& sight, const workflows::World& world, const workflows::Plan& plan) {
  if (sight.everything) return true;
  const workflows::Policy& policy = world.policy(plan.policy_version);
  const workflows::PlanKind& kind = at(policy.plans, plan.kind);
  return sees_entity(sight, world, at(policy.rules->entities, kind.entity).name, plan.id.entity);
}

}  // namespace cauce::engine
