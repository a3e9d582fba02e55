// What stops a plan, sets it going again, ends it, or takes it one phase back.
#include <algorithm>

#include "workflows/decision.hpp"
#include "workflows/reason.hpp"

namespace cauce::workflows {
namespace {

using std::chrono::days;

/// Those whom the policy names or, where it names nobody, the superiors of who is in charge.
Result<Authority> authority_over_plan(const Case& the_case, const std::vector<RoleId>& named,
                                      std::string_view verb) {
  const auto authority =
      named.empty() ? acting_above(the_case, the_case.kind.in_charge) : acting_in(the_case, named);
  if (authority) return *authority;
  return not_allowed(the_case, the_person(the_case) + " no puede " + std::string(verb),
                     named.empty() ? superiors_of(the_case.policy, the_case.kind.in_charge) : named);
}

/// A suspension, from its first day to its last, and how many working days it has.
struct Suspension {
  Date first;
  Date last;
  std::int64_t working_days = 0;
};

/// A report is not owed if nothing of its period was left to work in; one `al cierre` always is.
bool covers_whole_period(const Suspension& suspension, const Obligation& obligation) {
  return obligation.state == ObligationState::pending && obligation.period &&
         obligation.period->unit != rules::PeriodUnit::year &&
         suspension.first <= obligation.period->first_day() &&
         obligation.period->last_day() <= suspension.last;
}

/// The deadline of an open obligation after the suspension; nothing if it does not move. What had passed
/// before stays, and so does what is `exacto`; the closing goes the same way.
std::optional<DeadlineSet> moved(const Case& the_case, const Suspension& suspension, ObligationId id) {
  const Obligation& obligation = the_case.plan.obligation(id);
  const ObligationKind& what = the_case.kind_of(obligation);
  const auto move = [&](std::optional<Date> day) {
    if (!day || *day < suspension.first || suspension.working_days == 0) return day;
    return std::optional(the_case.calendar().add_working_days(*day, suspension.working_days));
  };
  DeadlineSet set{id, obligation.due, obligation.closes, obligation.deadline_number,
                  DeadlineCause::resumption};
  set.correction_due = move(obligation.correction_due);
  if (!what.due || what.due->rolling != rules::Rolling::exact) {
    set.due = move(obligation.due);
    set.closes = move(obligation.closes);
  }
  const bool deadline_moves = set.due != obligation.due || set.correction_due != obligation.correction_due;
  if (!deadline_moves && set.closes == obligation.closes) return std::nullopt;
  if (deadline_moves) ++set.number;
  return set;
}

Refusal already(std::string message) {
  return {RefusalKind::wrong_state, std::move(message)};
}

}  // namespace

Result<Decision> decide_command(const Case& the_case, const Suspend& command) {
  const auto authority = authority_over_plan(the_case, the_case.kind.may_suspend, "suspender el plan");
  if (!advance(the_case.plan.lifecycle, SuspendPlan{static_cast<bool>(authority)})) {
    return authority ? already("el plan ya está suspendido desde el " +
                               rules::to_spanish(*the_case.plan.suspended_on))
                     : authority.refusal();
  }
  if (auto refusal = refuse_without_reason(command.reason, "suspende")) return *std::move(refusal);
  return decision_of({PlanSuspended{the_case.today(), command.reason}}, authority.value());
}

Result<Decision> decide_command(const Case& the_case, const Resume& command) {
  const auto authority = authority_over_plan(the_case, the_case.kind.may_resume, "reanudar el plan");
  if (!advance(the_case.plan.lifecycle, ResumePlan{static_cast<bool>(authority)}))
    return authority ? already("el plan no está suspendido") : authority.refusal();
  if (auto refusal = refuse_without_reason(command.reason, "reanuda")) return *std::move(refusal);

  Suspension suspension{*the_case.plan.suspended_on, the_case.today() - days(1)};
  suspension.working_days =
      the_case.calendar().working_days_between(suspension.first - days(1), suspension.last);
  std::vector<Event> events = {PlanResumed{the_case.today(), command.reason, suspension.working_days}};
  for (std::size_t index = 0; index < the_case.plan.obligations.size(); ++index) {
    const auto id = static_cast<ObligationId>(index);
    if (!is_open(the_case.plan.obligations[index])) continue;
    if (covers_whole_period(suspension, the_case.plan.obligations[index])) {
      events.push_back(ObligationNotOwed{id});
    } else if (auto set = moved(the_case, suspension, id)) {
      events.push_back(*std::move(set));
    }
  }
  return decision_of(std::move(events), authority.value());
}

Result<Decision> decide_command(const Case& the_case, const Cancel& command) {
  const auto authority = authority_over_plan(the_case, the_case.kind.may_cancel, "cancelar el plan");
  if (!advance(the_case.plan.lifecycle, CancelPlan{static_cast<bool>(authority)}))
    return authority ? already("el plan ya está cancelado") : authority.refusal();
  if (auto refusal = refuse_without_reason(command.reason, "cancela")) return *std::move(refusal);

  std::vector<Event> events = {PlanCancelled{the_case.today(), command.reason}};
  for (std::size_t index = 0; index < the_case.plan.obligations.size(); ++index) {
    const Obligation& obligation = the_case.plan.obligations[index];
    if (!is_resolved(obligation, the_case.kind_of(obligation)))
      events.push_back(ObligationVoided{static_cast<ObligationId>(index)});
  }
  return decision_of(std::move(events), authority.value());
}

Result<Decision> decide_command(const Case& the_case, const ReopenPreviousPhase& command) {
  const auto authority = authority_over_plan(the_case, {}, "reabrir la fase anterior del plan");
  const LifecycleState before = the_case.plan.lifecycle;
  const auto after = advance(before, ReopenPhase{static_cast<bool>(authority)});
  if (!after) {
    return authority ? already("el plan está en " + std::string(spanish_name(before.phase)) +
                               ": no hay una fase anterior que reabrir")
                     : authority.refusal();
  }
  if (auto refusal = refuse_without_reason(command.reason, "reabre")) return *std::move(refusal);
  return decision_of(
      {PhaseReopened{before.phase, after->phase, the_case.kind.phase(after->phase).initial, command.reason}},
      authority.value());
}

}  // namespace cauce::workflows
