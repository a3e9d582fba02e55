// A kind of plan as written and as a value, step by step: first its form (who, what, when), then, once every
// kind of the policy is known, its expressions.
#pragma once

#include "dsl/syntax.hpp"
#include "workflows/lowering.hpp"

namespace cauce::workflows {

/// A kind of plan on its way.
struct PlanDraft {
  const dsl::PlanDecl* written = nullptr;
  PlanKind kind = {};  ///< its stages, actions and indicators stand in the order of the text
};

/// All of the plan but its expressions. `kind` has its name and entity; all else is set here.
void lower_form(PlanDraft& draft, Lowering& lowering);

/// `vinculado a K`: K is the plan of a kind of entity above this one's. `kinds` are all kinds.
void lower_link(PlanDraft& draft, const std::vector<PlanDraft>& drafts, Lowering& lowering);

/// The phase of the syntax as the lifecycle knows it.
Phase phase_of(dsl::PhaseKeyword keyword);

}  // namespace cauce::workflows
