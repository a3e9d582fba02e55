#include "workflows/opening.hpp"

#include <algorithm>

namespace cauce::workflows {
namespace {

int grace_of(const PlanKind& kind, const ObligationKind& what) {
  return what.phase ? kind.phase(*what.phase).grace_days : kind.grace_days;
}

bool waits_for(const ObligationKind& what, ObligationKindId anchor) {
  if (!what.due) return false;
  const auto* rule = std::get_if<rules::AfterAnchor>(&what.due->rule);
  return rule && rule->anchor.obligation == static_cast<std::uint32_t>(anchor);
}

/// Calls `step(id, obligation, its kind)` for each obligation of the plan.
template <typename Step>
void for_each_obligation(const PlanKind& kind, const Plan& plan, const Step& step) {
  for (std::size_t index = 0; index < plan.obligations.size(); ++index) {
    const Obligation& obligation = plan.obligations[index];
    step(static_cast<ObligationId>(index), obligation, kind_of(kind, obligation));
  }
}

}  // namespace

Date owed_from(const PlanKind& kind, const ObligationKind& what, Date entered) {
  if (!what.phase) return entered;
  return std::max(entered, kind.phase(*what.phase).from.value_or(entered));
}

Date with_grace(const PlanKind& kind, const ObligationKind& what, Date due, Date from,
                const rules::Calendar& calendar) {
  const int grace = grace_of(kind, what);
  if (due >= from && calendar.working_days_between(from, due) >= grace) return due;
  return calendar.next_working_day(calendar.add_working_days(from, grace));
}

bool is_over(const ObligationKind& what, const std::optional<Period>& period, Date owed) {
  return what.type == ObligationType::report && period && period->unit != rules::PeriodUnit::year &&
         period->last_day() < owed;
}

DeadlineSet set_deadline(const ObligationKind& what, ObligationId id, const Obligation& obligation, Date due,
                         DeadlineCause cause, const rules::Calendar& calendar) {
  // A new number only for a move: what was por fijar keeps the one that it has.
  const std::uint32_t number = obligation.deadline_number + (obligation.due ? 1U : 0U);
  return {id, due, closing_day(what, due, calendar), number, cause};
}

OpenedObligation open_obligation(const rules::Ruleset& rules, const PlanKind& kind, ObligationKindId id,
                                 std::optional<Period> period, Date day, bool entered,
                                 std::optional<Date> anchor) {
  const ObligationKind& what = at(kind.obligations, id);
  OpenedObligation opened{id, period};
  if (what.due) opened.due = rules::due_date(*what.due, {rules.vigencia, period, anchor}, rules.calendar);
  if (entered) {
    const Date from = owed_from(kind, what, day);
    opened.not_due = is_over(what, period, from);
    if (!opened.not_due) {
      opened.enforceable_from = from;
      if (opened.due) opened.due = with_grace(kind, what, *opened.due, from, rules.calendar);
    }
  }
  opened.closes = closing_day(what, opened.due, rules.calendar);
  return opened;
}

std::vector<std::optional<Period>> periods_of(const ObligationKind& what) {
  if (what.type != ObligationType::report) return {std::nullopt};
  return {what.periods.begin(), what.periods.end()};
}

std::optional<Date> closing_day(const ObligationKind& kind, std::optional<Date> due,
                                const rules::Calendar& calendar) {
  if (!kind.closes) return std::nullopt;
  if (const Date* fixed = std::get_if<Date>(&*kind.closes)) return due ? std::max(*fixed, *due) : *fixed;
  if (!due) return std::nullopt;
  return rules::after(*due, std::get<rules::DayOffset>(*kind.closes), calendar);
}

std::vector<OpenedObligation> open_obligations(const rules::Ruleset& rules, const PlanKind& kind,
                                               Date created) {
  std::vector<OpenedObligation> opened;
  for (std::size_t index = 0; index < kind.obligations.size(); ++index) {
    const ObligationKind& what = kind.obligations[index];
    const bool entered = !what.phase || *what.phase == Phase::formulation;
    for (const auto& period : periods_of(what))
      opened.push_back(
          open_obligation(rules, kind, static_cast<ObligationKindId>(index), period, created, entered));
  }
  return opened;
}

std::vector<Event> enter_phase(const rules::Ruleset& rules, const PlanKind& kind, const Plan& plan,
                               Phase phase, Date day) {
  std::vector<Event> events;
  for_each_obligation(
      kind, plan, [&](ObligationId id, const Obligation& obligation, const ObligationKind& what) {
        if (what.phase != phase || !is_open(obligation) || obligation.enforceable_from) return;
        const Date from = owed_from(kind, what, day);
        if (is_over(what, obligation.period, from)) {
          events.push_back(ObligationNotOwed{id});
          return;
        }
        events.push_back(BecameEnforceable{id, from});
        if (!obligation.due) return;
        const Date due = with_grace(kind, what, *obligation.due, from, rules.calendar);
        if (due != *obligation.due)
          events.push_back(set_deadline(what, id, obligation, due, DeadlineCause::grace, rules.calendar));
      });
  return events;
}

std::vector<Event> fix_deadlines(const rules::Ruleset& rules, const PlanKind& kind, const Plan& plan,
                                 ObligationKindId anchor, Date day) {
  std::vector<Event> events;
  for_each_obligation(
      kind, plan, [&](ObligationId id, const Obligation& obligation, const ObligationKind& what) {
        if (!waits_for(what, anchor) || obligation.due || !is_open(obligation)) return;
        const auto due = rules::due_date(*what.due, {rules.vigencia, obligation.period, day}, rules.calendar);
        if (due)
          events.push_back(set_deadline(what, id, obligation, *due, DeadlineCause::anchor, rules.calendar));
      });
  return events;
}

std::vector<Event> unfix_deadlines(const PlanKind& kind, const Plan& plan, ObligationKindId anchor,
                                   const std::string& reason) {
  std::vector<Event> events;
  for_each_obligation(
      kind, plan, [&](ObligationId id, const Obligation& obligation, const ObligationKind& what) {
        if (!waits_for(what, anchor) || !obligation.due || !is_open(obligation)) return;
        events.push_back(DeadlineSet{id, std::nullopt, std::nullopt, obligation.deadline_number + 1,
                                     DeadlineCause::anchor, reason});
      });
  return events;
}

}  // namespace cauce::workflows
