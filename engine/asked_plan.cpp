#include "engine/asked_plan.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/event_json.hpp"

namespace cauce::engine {
namespace {

std::optional<workflows::Date> day(const std::optional<std::string>& written) {
  return written ? rules::parse_iso_date(*written) : std::nullopt;
}

}  // namespace

workflows::Plan plan_from_row(const PlanRow& row) {
  workflows::Plan plan;
  plan.id = {row.kind, row.entity, row.vigencia};
  plan.policy_version = row.policy_version;
  plan.lifecycle.phase = workflows::find_phase(row.phase).value_or(plan.lifecycle.phase);
  plan.lifecycle.standing = workflows::find_standing(row.standing).value_or(plan.lifecycle.standing);
  plan.suspended_on = day(row.suspended_on);
  return plan;
}

std::optional<workflows::StageId> find_stage(const workflows::PlanKind& kind, const std::string& name) {
  const auto found = std::find_if(kind.stages.begin(), kind.stages.end(), [&](const workflows::Stage& stage) {
    return stage.name == name || dsl::same_name(stage.name, name);
  });
  if (found == kind.stages.end()) return std::nullopt;
  return workflows::StageId{static_cast<std::uint32_t>(found - kind.stages.begin())};
}

workflows::Obligation obligation_from_row(const ObligationRow& row) {
  workflows::Obligation obligation;
  obligation.kind = workflows::no_obligation_kind;
  if (row.period) obligation.period = rules::Period::parse(*row.period);
  obligation.state = workflows::find_obligation_state(row.state).value_or(obligation.state);
  obligation.due = day(row.due);
  obligation.enforceable_from = day(row.enforceable_from);
  obligation.fulfilled_on = day(row.fulfilled_on);
  if (row.on_time) obligation.on_time = *row.on_time != 0;
  obligation.late_days = row.late_days;
  obligation.correction_due = day(row.correction_due);
  obligation.paused_on = day(row.paused_on);
  obligation.paused_days = row.paused_days;
  obligation.missed = day(row.missed);
  return obligation;
}

std::vector<rules::Value> fields_from_row(const ObligationRow& row, const workflows::ObligationKind& kind) {
  if (kind.fields.empty() || row.fields == "{}") return {};
  return fields_from_json(kind.fields, row.fields);
}

workflows::ComponentState component_from_row(const ComponentRow& row, const workflows::ComponentKind& kind) {
  if (row.fields == "null") return {};
  return {fields_from_json(kind.fields, row.fields)};
}

}  // namespace cauce::engine
