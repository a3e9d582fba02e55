#include "workflows/team.hpp"

#include <algorithm>
#include <utility>

namespace cauce::workflows {
namespace {

using rules::at;

bool in_force(const Assignment& assignment, Date day) {
  return (!assignment.from || *assignment.from <= day) && (!assignment.to || day <= *assignment.to);
}

bool contains(const std::vector<std::string>& persons, const std::string& person) {
  return std::find(persons.begin(), persons.end(), person) != persons.end();
}

bool is_scope_of(const rules::Role& role, EntityKindId kind) {
  return std::find(role.scopes.begin(), role.scopes.end(), kind) != role.scopes.end();
}

}  // namespace

Team::Team(const rules::Ruleset& rules, const rules::Territory& territory,
           std::vector<Assignment> assignments)
    : rules_(&rules), territory_(&territory), assignments_(std::move(assignments)) {
  for (std::size_t index = 0; index < assignments_.size(); ++index) {
    const Assignment& assignment = assignments_[index];
    by_place_[{assignment.role, assignment.entity}].push_back(index);
    by_person_[assignment.person].push_back(index);
  }
}

const Team::Indices& Team::at_place(const Place& place) const {
  static const Indices none;
  const auto found = by_place_.find(place);
  return found == by_place_.end() ? none : found->second;
}

std::vector<EntityRef> Team::places_of(RoleId role, const EntityRef& entity) const {
  const rules::Role& asked = at(rules_->roles, role);
  std::vector<EntityRef> places;
  auto kind = entity.kind;
  auto row = kind ? territory_->find(*kind, entity.key) : std::nullopt;
  // A key that the territory lacks still has the place of its own.
  if (kind && !row && is_scope_of(asked, *kind)) places.push_back(entity);
  while (kind && row && *row != rules::no_row) {
    if (is_scope_of(asked, *kind)) places.push_back({kind, territory_->key_of(*rules_, *kind, *row)});
    row = at(territory_->kinds, *kind).parent.at(*row);
    kind = at(rules_->entities, *kind).parent;
  }
  if (asked.national) places.push_back({});
  return places;
}

Holders Team::holders(RoleId role, const EntityRef& entity, Date day) const {
  const std::vector<EntityRef> places = places_of(role, entity);
  Holders held{role, places.empty() ? EntityRef{} : places.front()};
  for (const EntityRef& place : places) {
    for (const std::size_t index : at_place({role, place})) {
      const Assignment& assignment = assignments_[index];
      if (in_force(assignment, day) && !contains(held.persons, assignment.person))
        held.persons.push_back(assignment.person);
    }
    if (held.persons.empty()) continue;
    held.territory = place;
    return held;
  }
  return held;
}

Holders Team::acting(RoleId role, const EntityRef& entity, Date day) const {
  Holders held = holders(role, entity, day);
  auto superior = at(rules_->roles, role).superior;
  while (held.persons.empty() && superior) {
    held = holders(*superior, entity, day);
    held.stand_in = true;
    superior = at(rules_->roles, *superior).superior;
  }
  return held;
}

bool Team::holds_anything(const std::string& person, Date day) const {
  const auto found = by_person_.find(person);
  return found != by_person_.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [&](std::size_t index) { return in_force(assignments_[index], day); });
}

std::optional<Holders> Team::acting_as(const std::string& person, const std::vector<RoleId>& roles,
                                       const EntityRef& entity, Date day) const {
  if (!holds_anything(person, day)) return std::nullopt;
  for (const RoleId role : roles) {
    Holders held = acting(role, entity, day);
    if (contains(held.persons, person)) return held;
  }
  return std::nullopt;
}

std::optional<Holders> Team::superior_of(const std::string& person, const std::vector<RoleId>& roles,
                                         const EntityRef& entity, Date day) const {
  if (!holds_anything(person, day)) return std::nullopt;
  for (const RoleId role : roles) {
    for (auto superior = at(rules_->roles, role).superior; superior;
         superior = at(rules_->roles, *superior).superior) {
      Holders held = holders(*superior, entity, day);
      if (contains(held.persons, person)) return held;
    }
  }
  return std::nullopt;
}

bool Team::has_right(const std::string& person, rules::Right right, Date day) const {
  const auto found = by_person_.find(person);
  if (found == by_person_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](std::size_t index) {
    const Assignment& assignment = assignments_[index];
    const auto& rights = at(rules_->roles, assignment.role).rights;
    return in_force(assignment, day) && std::find(rights.begin(), rights.end(), right) != rights.end();
  });
}

}  // namespace cauce::workflows
