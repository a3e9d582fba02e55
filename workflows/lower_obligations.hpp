// What a plan owes, as written and as values: reports, hitos and the ends of phases (language.md, 2.7).
#pragma once

#include "workflows/lower_plan.hpp"

namespace cauce::workflows {

/// The obligations of the plan: its own, then those of its phases, in the order of life, each phase's end
/// last. Sets PlanKind::obligations and the phases' end obligations; the phases' other rules are not touched.
void lower_obligations(PlanDraft& draft, Lowering& lowering);

/// The fields of a report or a component, each name once.
std::vector<rules::Field> lower_fields(const std::vector<dsl::FieldDecl>& written, Lowering& lowering);

}  // namespace cauce::workflows
