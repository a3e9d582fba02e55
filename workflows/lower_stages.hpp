// The stages of a phase, as written and as values, and whether a plan can go through them (language.md, 2.7).
#pragma once

#include "workflows/lower_plan.hpp"

namespace cauce::workflows {

/// Adds the stages of `written` to `kind` and to the rules of its phase; the conditions of their actions come
/// later. Reports stages that no plan could go through.
void lower_stages(const dsl::PhaseDecl& written, PlanKind& kind, Lowering& lowering);

}  // namespace cauce::workflows
