// What a kind of plan has under a name, for renamings from one version of the policy to another.
#pragma once

#include <string_view>

#include "workflows/policy.hpp"

namespace cauce::workflows {

bool has_stage(const PlanKind& kind, std::string_view name);
/// Of any of its obligations or components.
bool has_field(const PlanKind& kind, std::string_view name);
/// A stage, an obligation, a component or a field.
bool has_anything(const PlanKind& kind, std::string_view name);

}  // namespace cauce::workflows
