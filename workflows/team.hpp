// Who holds which role, for which entity, from when to when; and who stands in where nobody does.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/entities.hpp"
#include "rules/ruleset.hpp"

namespace cauce::workflows {

using rules::Date;
using rules::EntityKindId;
using rules::RoleId;

/// An entity: its kind and key. For a national role: no kind, empty key.
struct EntityRef {
  std::optional<EntityKindId> kind = {};
  std::string key = {};
  auto operator<=>(const EntityRef&) const = default;
};

struct Assignment {
  std::string person;
  RoleId role{};
  EntityRef entity = {};
  std::optional<Date> from = {};
  std::optional<Date> to = {};  ///< last day
};

/// Holders of a role for an entity: where it was found, and for whom they stand in.
struct Holders {
  RoleId role{};             ///< the role that is in fact held (a superior's when nobody holds the one asked)
  EntityRef territory = {};  ///< the entity for which it is held
  std::vector<std::string> persons = {};
  bool stand_in = false;  ///< nobody held the role that was asked for
};

/// The assignments of a territory, indexed by place and by person. The rules and the territory must outlive
/// it.
class Team {
 public:
  Team() = default;
  Team(const rules::Ruleset& rules, const rules::Territory& territory, std::vector<Assignment> assignments);

  /// Who holds `role` for `entity` or the nearest entity above it on `day`, without standing in.
  Holders holders(RoleId role, const EntityRef& entity, Date day) const;
  /// The same; if nobody does, those of its superior, and so on upwards. No persons at all: `role` is the
  /// topmost.
  Holders acting(RoleId role, const EntityRef& entity, Date day) const;
  /// Of `roles`, the first that `person` may act in for `entity`, itself or standing in for a vacancy.
  std::optional<Holders> acting_as(const std::string& person, const std::vector<RoleId>& roles,
                                   const EntityRef& entity, Date day) const;
  /// Whether `person` holds a superior of one of `roles` for `entity` or above it.
  std::optional<Holders> superior_of(const std::string& person, const std::vector<RoleId>& roles,
                                     const EntityRef& entity, Date day) const;
  /// Whether `person` holds a role with `right` on `day`.
  bool has_right(const std::string& person, rules::Right right, Date day) const;
  const std::vector<Assignment>& assignments() const { return assignments_; }

 private:
  using Indices = std::vector<std::size_t>;  ///< into assignments_
  struct Place {
    RoleId role{};
    EntityRef entity = {};
    auto operator<=>(const Place&) const = default;
  };

  const Indices& at_place(const Place& place) const;
  /// The places in which a role can be held for `entity`: its own, those of the entities above it, the
  /// nation.
  std::vector<EntityRef> places_of(RoleId role, const EntityRef& entity) const;
  /// One of the assignments of `person` that are in force on `day`, or none.
  bool holds_anything(const std::string& person, Date day) const;

  const rules::Ruleset* rules_ = nullptr;
  const rules::Territory* territory_ = nullptr;
  std::vector<Assignment> assignments_;
  std::map<Place, Indices> by_place_;
  std::unordered_map<std::string, Indices> by_person_;
};

}  // namespace cauce::workflows
