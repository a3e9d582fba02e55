// The reference policy and the real data of ../shared, and a system that runs them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/import.hpp"
#include "engine/system.hpp"
#include "workflows/compile.hpp"

namespace cauce::bench {

struct Reference {
  dsl::Sources sources;
  workflows::Compiled compiled;
  engine::ImportedData data;

  const rules::Ruleset& rules() const { return *compiled.policy->rules; }
};

/// Read once. Throws if it cannot be.
const Reference& reference();

/// The path of a database with the reference policy in force, its data, its 441 plans and one person for each
/// role and entity, on 15 January 2024. Made once, and gone with the process.
const std::string& reference_database();
/// A copy of it, in the same folder.
std::string copy_of_reference_database();

/// An administrator, and one person for each entity of each kind that a role is held for.
std::vector<engine::PersonRow> everybody(const rules::Ruleset& rules, const rules::Territory& territory);

/// A clock that stands at an instant of Bogotá.
std::shared_ptr<engine::ManualClock> clock_at(const std::string& local);

}  // namespace cauce::bench
