#include "workflows/policy.hpp"

#include <algorithm>

#include "dsl/fold.hpp"

namespace cauce::workflows {
namespace {

template <typename Id, typename T>
std::optional<Id> find_named(const std::vector<T>& items, std::string_view name) {
  const std::string key = dsl::fold(name);
  const auto found = std::find_if(items.begin(), items.end(), [&](const T& item) { return item.key == key; });
  if (found == items.end()) return std::nullopt;
  return static_cast<Id>(found - items.begin());
}

}  // namespace

std::optional<ObligationKindId> PlanKind::find_obligation(std::string_view wanted) const {
  return find_named<ObligationKindId>(obligations, wanted);
}

std::optional<ComponentId> PlanKind::find_component(std::string_view wanted) const {
  return find_named<ComponentId>(components, wanted);
}

std::optional<PlanKindId> Policy::find_plan(std::string_view name) const {
  return find_named<PlanKindId>(plans, name);
}

}  // namespace cauce::workflows
