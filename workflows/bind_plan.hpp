// The expressions of plans, bound to what plans have: conditions of actions and of phases' ends, indicators.
#pragma once

#include <vector>

#include "workflows/lower_plan.hpp"
#include "workflows/plan_scope.hpp"

namespace cauce::workflows {

/// Binds the indicators of all kinds, each after those that it reads, and makes their types known to
/// `scopes`. Reports indicators that read one another in a circle. `lowerings` is parallel to `drafts`.
void bind_indicators(std::vector<PlanDraft>& drafts, PlanScopes& scopes, std::vector<Lowering>& lowerings);

/// Binds the conditions of a kind.
void bind_conditions(PlanDraft& draft, const rules::Scope& scope, Lowering& lowering);

}  // namespace cauce::workflows
