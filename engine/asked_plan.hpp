// Plans, and what is in them, as far as the rows that AskingTables visits tell: for questions that need no
// more.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/store/store.hpp"
#include "workflows/plan.hpp"

namespace cauce::engine {

/// Where the plan stands; not its kind nor stage, whose numbers are those of a version of the policy, nor
/// what is in it.
workflows::Plan plan_from_row(const PlanRow& row);
/// The stage of that name. Stages of two phases may share one: then that of the first, which reads the same.
std::optional<workflows::StageId> find_stage(const workflows::PlanKind& kind, const std::string& name);

/// How it stands: not its kind, nor what was delivered with it.
workflows::Obligation obligation_from_row(const ObligationRow& row);
std::vector<rules::Value> fields_from_row(const ObligationRow& row, const workflows::ObligationKind& kind);
workflows::ComponentState component_from_row(const ComponentRow& row, const workflows::ComponentKind& kind);

}  // namespace cauce::engine
