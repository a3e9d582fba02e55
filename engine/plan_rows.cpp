#include "engine/plan_rows.hpp"

#include <set>

#include "engine/clock.hpp"
#include "engine/event_json.hpp"
#include "engine/ordered_number.hpp"
#include "engine/store/asking_tables.hpp"
#include "workflows/ladder.hpp"
#include "workflows/plan_scope.hpp"

namespace cauce::engine {
namespace {

using workflows::Date;
using workflows::Obligation;
using workflows::ObligationId;
using workflows::ObligationKind;
using workflows::ObligationType;
using workflows::Plan;
using workflows::PlanKind;

std::optional<std::string> iso(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return rules::to_iso(*date);
}

std::string type_name(ObligationType type) {
  switch (type) {
    case ObligationType::report:
      return "report";
    case ObligationType::hito:
      return "milestone";
    case ObligationType::phase:
      return "phase";
  }
  return {};
}

PlanRow plan_row(const Plan& plan, const PlanKind& kind) {
  PlanRow row;
  row.id = plan.id.to_string();
  row.kind = plan.id.kind;
  row.entity = plan.id.entity;
  row.vigencia = plan.id.vigencia;
  row.policy_version = plan.policy_version;
  row.version = plan.version;
  if (plan.linked_to) row.linked_to = plan.linked_to->to_string();
  row.created_on = rules::to_iso(plan.created_on);
  row.phase = name_of(plan.lifecycle.phase);
  row.standing = name_of(plan.lifecycle.standing);
  if (plan.stage) row.stage = workflows::at(kind.stages, *plan.stage).name;
  row.suspended_on = iso(plan.suspended_on);
  return row;
}

ObligationRow obligation_row(const std::string& plan, std::size_t number, const Obligation& obligation,
                             const ObligationKind& kind) {
  ObligationRow row;
  row.plan = plan;
  row.number = static_cast<std::int64_t>(number);
  row.name = kind.name;
  row.type = type_name(kind.type);
  if (obligation.period) row.period = obligation.period->to_string();
  row.state = name_of(obligation.state);
  row.due = iso(obligation.due);
  row.deadline_number = obligation.deadline_number;
  row.closes = iso(obligation.closes);
  row.enforceable_from = iso(obligation.enforceable_from);
  row.fulfilled_on = iso(obligation.fulfilled_on);
  if (obligation.on_time) row.on_time = *obligation.on_time ? 1 : 0;
  row.late_days = obligation.late_days;
  row.correction_due = iso(obligation.correction_due);
  row.paused_on = iso(obligation.paused_on);
  row.paused_days = obligation.paused_days;
  row.returns = obligation.returns;
  row.reopenings = obligation.reopenings;
  row.reopened = obligation.reopened;
  row.delivered_by = obligation.delivered_by;
  row.fields = fields_to_json(kind.fields, obligation.fields);
  row.evidence = obligation.evidence;
  row.missed = iso(obligation.missed);
  return row;
}

ComponentRow component_row(const std::string& plan, std::size_t number,
                           const workflows::ComponentState& component, const workflows::ComponentKind& kind) {
  return {plan, static_cast<std::int64_t>(number), kind.name,
          component.fields.empty() ? "null" : fields_to_json(kind.fields, component.fields)};
}

/// The numbers of the items of a plan that were not there before, or were other ones. Rows are made of those
/// only: making all of them costs more than everything else that a command does.
template <typename Item>
std::vector<std::size_t> changed(std::vector<Item> Plan::*items, const Plan& plan, const Plan* before) {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < (plan.*items).size(); ++i) {
    const bool same = before && i < (before->*items).size() && (before->*items)[i] == (plan.*items)[i];
    if (!same) numbers.push_back(i);
  }
  return numbers;
}

/// Whether the plan as a whole has come to a state in which others are told, or no longer.
bool changed_as_a_whole(const Plan& plan, const Plan* before) {
  return !before || before->lifecycle.standing != plan.lifecycle.standing;
}

/// When the obligation is first to be looked at for alerts, as it is now. One whose ladder is frozen is
/// looked at at once: that ladder is of another version.
std::optional<std::string> first_look(const Plan& plan, ObligationId id, const workflows::Policy& policy,
                                      bool frozen) {
  const auto& ladder = at(policy.plans, plan.kind).ladder;
  if (frozen) return std::string();
  if (!ladder) return std::nullopt;
  const auto moment =
      workflows::next_step(at(policy.ladders, *ladder), plan, id, policy.rules->calendar, std::nullopt);
  if (!moment) return std::nullopt;
  return to_iso(to_instant(*moment, policy.rules->zone));
}

/// `avance`, where it is another one: most of what happens to an obligation does not move it.
void put_progress(Store& store, const std::string& id, const Plan& plan, const PlanKind& kind,
                  const Plan* before) {
  const workflows::Value progress = workflows::progress(plan, kind);
  if (before && workflows::progress(*before, kind) == progress) return;
  const auto* number = std::get_if<rules::Decimal>(&progress);
  store.asking_tables().put_progress(id, number ? std::optional(to_ordered(*number)) : std::nullopt);
}

/// When those obligations are first to be looked at for alerts.
void put_watches(Store& store, const std::string& id, const Plan& plan, const workflows::Policy& policy,
                 const std::vector<std::size_t>& numbers) {
  if (numbers.empty()) return;
  std::set<std::size_t> frozen;
  for (const auto& [number, version] : store.alert_tables().frozen_ladders(id))
    frozen.insert(static_cast<std::size_t>(number));
  for (const std::size_t number : numbers) {
    const ObligationId obligation{static_cast<std::uint32_t>(number)};
    store.alert_tables().put_watch({id, static_cast<std::int64_t>(number),
                                    first_look(plan, obligation, policy, frozen.contains(number))});
  }
}

std::int64_t number_of(ObligationId id) {
  return static_cast<std::int64_t>(id);
}

struct DeliveryProjector {
  Store& store;
  const StoredEvent& stored;
  const Plan& plan;
  const PlanKind& kind;

  void operator()(const workflows::ReportDelivered& event) const {
    const auto& report = workflows::kind_of(kind, plan.obligation(event.obligation));
    store.put_delivery({stored.sequence, *stored.plan, number_of(event.obligation), stored.actor,
                        rules::to_iso(event.on), event.on_time, event.late_days,
                        fields_to_json(report.fields, event.fields), "",
                        notes_from_json(stored.payload).fingerprint});
  }
  void operator()(const workflows::HitoAchieved& event) const {
    store.put_delivery({stored.sequence, *stored.plan, number_of(event.obligation), stored.actor,
                        rules::to_iso(event.happened_on), event.on_time, event.late_days, "{}",
                        event.evidence, notes_from_json(stored.payload).fingerprint});
  }
  void operator()(const workflows::ObligationAnnulled& event) const {
    auto last = store.last_delivery(*stored.plan, number_of(event.obligation));
    if (!last) return;
    last->annulled = true;
    store.put_delivery(*last);
  }
  template <typename Other>
  void operator()(const Other&) const {}
};

}  // namespace

void put_plan_row(Store& store, const Plan& plan, const PlanKind& kind) {
  store.put_plan(plan_row(plan, kind));
}

void put_rows(Store& store, const Plan& plan, const workflows::Policy& policy, const Plan* before) {
  const PlanKind& kind = at(policy.plans, plan.kind);
  // Under another version of the policy the same state may be written in other words.
  if (before && before->policy_version != plan.policy_version) before = nullptr;
  const std::string id = plan.id.to_string();
  put_plan_row(store, plan, kind);
  const auto obligations = changed(&Plan::obligations, plan, before);
  put_watches(store, id, plan, policy,
              changed_as_a_whole(plan, before) ? changed(&Plan::obligations, plan, nullptr) : obligations);
  for (const std::size_t i : obligations) {
    const Obligation& obligation = plan.obligations[i];
    store.put_obligation(obligation_row(id, i, obligation, workflows::kind_of(kind, obligation)));
  }
  if (!before || !obligations.empty()) put_progress(store, id, plan, kind, before);
  for (const std::size_t i : changed(&Plan::components, plan, before))
    store.put_component(component_row(id, i, plan.components[i], kind.components.at(i)));
}

void put_delivery(Store& store, const StoredEvent& stored, const workflows::Event& event, const Plan& plan,
                  const PlanKind& kind) {
  std::visit(DeliveryProjector{store, stored, plan, kind}, event);
}

}  // namespace cauce::engine
