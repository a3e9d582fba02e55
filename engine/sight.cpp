#include "engine/sight.hpp"

#include <algorithm>

#include "dsl/fold.hpp"

namespace cauce::engine {

Sight sight_of(const workflows::World& world, const std::string& person, workflows::Date day) {
  Sight sight{false, person, {}};
  const rules::Ruleset& rules = *world.policy(world.current_version()).rules;
  for (const workflows::Assignment& held : world.team(world.current_version()).assignments()) {
    const bool in_force = (!held.from || *held.from <= day) && (!held.to || day <= *held.to);
    if (held.person != person || !in_force) continue;
    if (!held.entity.kind) {
      sight.everything = true;
      continue;
    }
    const Sight::Place place{dsl::fold(at(rules.entities, *held.entity.kind).name), held.entity.key};
    if (std::find(sight.places.begin(), sight.places.end(), place) == sight.places.end())
      sight.places.push_back(place);
  }
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
