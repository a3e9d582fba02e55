// What somebody may see: the plans and entities of the territories for which they hold a role. Who sits at
// the machine and can open the file sees everything (engine.md, *Who may do what*).
#pragma once

#include <string>
#include <vector>

#include "workflows/decide.hpp"

namespace cauce::engine {

struct Sight {
  /// A territory: the folded name of its kind (policies number kinds each in its way), and its key.
  struct Place {
    std::string kind;
    std::string key;
    bool operator==(const Place&) const = default;
  };
  bool everything = true;
  std::string person = {};  ///< whose it is; empty: of whoever sits at the machine
  std::vector<Place> places = {};
};

/// That of a person on `day`: of everything for a national role, of nothing without a role. The roles are
/// those of the policy in force, and those of older versions that it has no longer: plans may still belong to
/// them.
Sight sight_of(const workflows::World& world, const std::string& person, workflows::Date day);

bool sees(const Sight& sight, const workflows::World& world, const workflows::Plan& plan);
/// Of an entity in the terms of the policy in force.
bool sees_entity(const Sight& sight, const workflows::World& world, rules::EntityKindId kind,
                 const std::string& key);
/// The same, the kind by its name; an empty one is the nation, which belongs to those who see everything.
bool sees_entity(const Sight& sight, const workflows::World& world, const std::string& kind,
                 const std::string& key);

}  // namespace cauce::engine
