#include "workflows/names_of_plan.hpp"

#include <algorithm>

#include "dsl/fold.hpp"

namespace cauce::workflows {

bool has_stage(const PlanKind& kind, std::string_view name) {
  return std::any_of(kind.stages.begin(), kind.stages.end(),
                     [&](const Stage& stage) { return dsl::same_name(stage.name, name); });
}

bool has_field(const PlanKind& kind, std::string_view name) {
  const auto has = [&](const auto& things) {
    return std::any_of(things.begin(), things.end(), [&](const auto& thing) {
      return std::any_of(thing.fields.begin(), thing.fields.end(),
                         [&](const rules::Field& field) { return dsl::same_name(field.name, name); });
    });
  };
  return has(kind.obligations) || has(kind.components);
}

bool has_anything(const PlanKind& kind, std::string_view name) {
  return has_stage(kind, name) || kind.find_obligation(name) || kind.find_component(name) ||
         has_field(kind, name);
}

}  // namespace cauce::workflows
