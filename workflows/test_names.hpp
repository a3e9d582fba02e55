// What tests can name in the plans and focalizaciones of a policy. Each list is made once, however many tests
// look things up in it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflows/lowering.hpp"

namespace cauce::workflows {

/// Names with the types of their values: what may be given in a test, or expected of it.
struct Columns {
  std::map<std::string, rules::Type, std::less<>> types;
  std::vector<std::string_view> names;

  void add(const std::string& key, std::string_view name, const rules::Type& type) {
    if (types.emplace(key, type).second) names.push_back(name);
  }
};

/// What the steps of a scenario can name in its plan. Numbers are those of PlanKind.
struct PlanNames {
  Index obligations;
  Index components;
  Index actions;
  std::set<std::pair<dsl::StepSide, std::int64_t>> steps;  ///< of its ladder: side and distance in days
};

class TestNames {
 public:
  explicit TestNames(const Policy& policy) : policy_(policy) {}

  /// The fields of an entity and, by their kind, the keys of those above it.
  const Columns& of(EntityKindId entity);
  /// The fields of a report or a component of the policy.
  const Columns& of(const std::vector<rules::Field>& fields);
  const PlanNames& of(PlanKindId plan);
  /// The reasons that the clauses of a focalización give.
  const std::set<std::string_view>& reasons_of(rules::TargetingId targeting);

 private:
  const Policy& policy_;
  std::map<EntityKindId, Columns> entities_;
  std::map<const std::vector<rules::Field>*, Columns> forms_;
  std::map<PlanKindId, PlanNames> plans_;
  std::map<rules::TargetingId, std::set<std::string_view>> reasons_;
};

}  // namespace cauce::workflows
