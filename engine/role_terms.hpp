// Which roles people may be given: those of the policy in force, and those of older versions to which plans
// still belong. A plan is in the charge of the roles of its own version until it passes to another.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/entities.hpp"
#include "workflows/decide.hpp"

namespace cauce::engine {

/// The roles of a version, and the entities for which they can be held. Both must outlive it.
struct RoleTerms {
  const rules::Ruleset& rules;
  const rules::Territory& territory;

  /// The kind of entity, of those for which the role is held, that has one of that key.
  std::optional<rules::EntityKindId> find_scope(const rules::Role& role, const std::string& key) const;
  /// Whether the role can be held there: for the nation, if no entity is named.
  bool can_be_held(const rules::Role& role, const std::string& entity) const;
};

/// Those of the policy in force, then those of the other versions of `plans`, the newest first.
std::vector<RoleTerms> role_terms(const workflows::World& world,
                                  const std::vector<const workflows::Plan*>& plans);

/// A role, in the terms of the version that has it.
struct KnownRole {
  const RoleTerms& terms;
  const rules::Role& role;
};
/// The role by any spelling: of the first version in which it can be held for the entity, or else of the
/// first that has it.
std::optional<KnownRole> find_role(const std::vector<RoleTerms>& all, const std::string& name,
                                   const std::string& entity);

}  // namespace cauce::engine
