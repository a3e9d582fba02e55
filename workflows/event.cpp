#include "workflows/event.hpp"

#include <array>
#include <type_traits>

namespace cauce::workflows {
namespace {

/// What each event does to the plan. Nothing is computed here from the policy: the event says it all.
class Evolution {
 public:
  Evolution(Plan& plan, const EventSource& source) : plan_(plan), source_(source) {}

  void operator()(const PlanCreated& event) {
    plan_ = Plan{};
    plan_.id = event.plan;
    plan_.kind = event.kind;
    plan_.policy_version = event.policy_version;
    plan_.created_on = event.on;
    plan_.linked_to = event.linked_to;
    plan_.stage = event.stage;
    plan_.components.resize(event.components);
    plan_.obligations.reserve(event.obligations.size());
    for (const OpenedObligation& opened : event.obligations)
      plan_.obligations.push_back(opening(opened));
  }

  void operator()(const ComponentCompleted& event) {
    plan_.components.at(static_cast<std::size_t>(event.component)).fields = event.fields;
  }

  void operator()(const StageChanged& event) {
    plan_.stage = event.to;
    LastAction& last = plan_.last_action ? *plan_.last_action : plan_.last_action.emplace();
    last.person = source_.person;
    last.action = event.action;
    if (event.demand == dsl::Demand::judgement) plan_.judgement = event.text;
  }

  void operator()(const PhaseEnded& event) {
    plan_.lifecycle.phase = event.entered;
    plan_.stage = event.stage;
  }

  void operator()(const PhaseReopened& event) {
    plan_.lifecycle.phase = event.reopened;
    plan_.stage = event.stage;
    plan_.frozen_indicators.clear();  // they count again until the plan closes again
  }

  void operator()(const BecameEnforceable& event) { enforce(at(event), event.from); }

  void operator()(const DeadlineSet& event) {
    Obligation& obligation = at(event);
    const auto before = late_after(obligation);
    if (event.missed) obligation.missed = event.missed;
    const bool by_act = event.cause == DeadlineCause::extension || event.cause == DeadlineCause::resumption;
    if (by_act && event.due != obligation.due) obligation.granted_until = event.due;
    if (event.cause == DeadlineCause::anchor) {  // it is counted anew
      obligation.granted_until.reset();
      obligation.missed.reset();
    }
    obligation.due = event.due;
    obligation.closes = event.closes;
    if (event.correction_due) obligation.correction_due = event.correction_due;
    obligation.deadline_number = event.number;
    obligation.open_since = source_.at;
    if (late_after(obligation) != before) obligation.paused_days = 0;  // they lay after the former one
  }

  void operator()(const ReportDelivered& event) {
    Obligation& obligation = at(event);
    obligation.state = ObligationState::delivered;
    obligation.fields = event.fields;
    obligation.reopened = false;  // what was reopened is closed again by what it was reopened for
    fulfil(obligation, event.on, event.on_time, event.late_days);
  }

  void operator()(const HitoAchieved& event) {
    Obligation& obligation = at(event);
    obligation.state = ObligationState::achieved;
    obligation.evidence = event.evidence;
    fulfil(obligation, event.happened_on, event.on_time, event.late_days);
  }

  void operator()(const PhaseFulfilled& event) {
    Obligation& obligation = at(event);
    obligation.state = ObligationState::achieved;
    fulfil(obligation, event.on, event.on_time, event.late_days);
  }

  void operator()(const ObligationValidated& event) { at(event).state = ObligationState::validated; }

  void operator()(const ObligationReturned& event) {
    Obligation& obligation = at(event);
    obligation.state = ObligationState::returned;
    obligation.fulfilled_on.reset();
    obligation.correction_due = event.correction_due;
    obligation.open_since = source_.at;
    ++obligation.returns;
  }

  void operator()(const ObligationWaived& event) { at(event).state = ObligationState::waived; }

  void operator()(const ObligationReopened& event) {
    Obligation& obligation = at(event);
    obligation.reopened = true;
    ++obligation.reopenings;
  }

  /// Back to what it was before the delivery: returned, if it was a correction, with the judgement of the
  /// first delivery; else as if nothing had ever been delivered.
  void operator()(const ObligationAnnulled& event) {
    Obligation& obligation = at(event);
    const bool was_correction = obligation.correction_due && obligation.state != ObligationState::returned;
    obligation.state = was_correction ? ObligationState::returned : ObligationState::pending;
    obligation.open_since = source_.at;
    obligation.fulfilled_on.reset();
    obligation.delivered_by.clear();
    obligation.fields.clear();
    obligation.evidence.clear();
    if (was_correction) return;
    obligation.on_time.reset();
    obligation.late_days.reset();
    obligation.correction_due.reset();
  }

  void operator()(const ObligationNotOwed& event) { at(event).state = ObligationState::not_due; }
  void operator()(const ObligationVoided& event) { at(event).state = ObligationState::void_; }

  void operator()(const PlanSuspended& event) {
    plan_.lifecycle.standing = Standing::suspended;
    plan_.suspended_on = event.on;
    for (Obligation& obligation : plan_.obligations) {
      if (is_open(obligation)) obligation.paused_on = event.on;
    }
  }

  void operator()(const PlanResumed& event) {
    plan_.lifecycle.standing = Standing::active;
    for (Obligation& obligation : plan_.obligations) {
      const auto due = late_after(obligation);
      if (obligation.paused_on && due && *due < *obligation.paused_on)
        obligation.paused_days += event.working_days;
      if (obligation.paused_on) obligation.open_since = source_.at;
      obligation.paused_on.reset();
    }
    plan_.suspended_on.reset();
  }

  void operator()(const PlanCancelled&) {
    plan_.lifecycle.standing = Standing::cancelled;
    plan_.suspended_on.reset();
  }

  void operator()(const IndicatorsFrozen& event) { plan_.frozen_indicators = event.values; }

  void operator()(const ObligationRetired& event) { at(event).state = ObligationState::retired; }

  void operator()(const PlanMigrated& event) {
    plan_.policy_version = event.to;
    plan_.kind = event.kind;
    plan_.stage = event.stage;
    plan_.linked_to = event.linked_to;
    plan_.components = event.components;
    for (std::size_t index = 0; index < event.obligations.size(); ++index) {
      const MigratedObligation& migrated = event.obligations[index];
      Obligation& obligation = plan_.obligations.at(index);
      if (!migrated.kind && !migrated.former) continue;  // a record already
      obligation.kind = migrated.kind.value_or(no_obligation_kind);
      obligation.former = migrated.former;
      obligation.fields = migrated.fields;
      if (migrated.restored) obligation.state = ObligationState::pending;
      if (migrated.restored || migrated.put_off) obligation.enforceable_from.reset();
    }
    for (const OpenedObligation& opened : event.added)
      plan_.obligations.push_back(opening(opened));
  }

 private:
  template <typename Event>
  Obligation& at(const Event& event) {
    return plan_.obligations.at(static_cast<std::size_t>(event.obligation));
  }

  /// From the hour at which it was recorded, if that is the day.
  void enforce(Obligation& obligation, Date from) const {
    obligation.enforceable_from = from;
    obligation.enforceable_at = from == source_.at.date ? source_.at.time : rules::TimeOfDay{0, 0};
    obligation.open_since = source_.at;
  }

  Obligation opening(const OpenedObligation& opened) const {
    Obligation obligation;
    obligation.kind = opened.kind;
    obligation.period = opened.period;
    obligation.due = opened.due;
    obligation.closes = opened.closes;
    obligation.open_since = source_.at;
    if (opened.enforceable_from) enforce(obligation, *opened.enforceable_from);
    if (opened.not_due) obligation.state = ObligationState::not_due;
    return obligation;
  }

  void fulfil(Obligation& obligation, Date on, bool on_time, std::int64_t days) const {
    obligation.fulfilled_on = on;
    obligation.on_time = on_time;
    obligation.late_days = days;
    obligation.delivered_by = source_.person;
  }

  Plan& plan_;
  const EventSource& source_;
};

constexpr std::array<std::string_view, 23> event_names = {
    "PlanCreated",      "ComponentCompleted", "StageChanged",        "PhaseEnded",
    "PhaseReopened",    "BecameEnforceable",  "DeadlineSet",         "ReportDelivered",
    "HitoAchieved",     "PhaseFulfilled",     "ObligationValidated", "ObligationReturned",
    "ObligationWaived", "ObligationReopened", "ObligationAnnulled",  "ObligationNotOwed",
    "ObligationVoided", "PlanSuspended",      "PlanResumed",         "PlanCancelled",
    "IndicatorsFrozen", "ObligationRetired",  "PlanMigrated"};
static_assert(event_names.size() == std::variant_size_v<Event>);
static_assert(std::is_same_v<std::variant_alternative_t<22, Event>, PlanMigrated>);

constexpr std::array<std::string_view, 7> cause_names = {"anchor",    "grace",      "extension", "resumption",
                                                         "migration", "correction", "reopening"};

}  // namespace

std::string_view kind_of(const Event& event) {
  return event_names.at(event.index());
}

std::string_view name_of(DeadlineCause cause) {
  return cause_names.at(static_cast<std::size_t>(cause));
}

Plan evolve(Plan plan, const Event& event, const EventSource& source) {
  std::visit(Evolution(plan, source), event);
  return plan;
}

}  // namespace cauce::workflows
