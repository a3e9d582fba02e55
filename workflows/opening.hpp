// How obligations come to be owed: opened with their deadlines when the plan is created, exigible with grace
// when their phase is entered, fixed when what they wait for happens (language.md, 2.7).
#pragma once

#include <optional>
#include <vector>

#include "workflows/event.hpp"

namespace cauce::workflows {

/// The periods for which it is owed; one that is none for what is owed once.
std::vector<std::optional<Period>> periods_of(const ObligationKind& what);

/// The last day on which an obligation that is due on `due` is taken without being reopened: as `cierra`
/// says, never before the deadline itself. Nothing if it never closes, or while a closing counted from the
/// deadline has none.
std::optional<Date> closing_day(const ObligationKind& kind, std::optional<Date> due,
                                const rules::Calendar& calendar);

/// The day from which an obligation is owed, if what it belongs to is entered on `entered`.
Date owed_from(const PlanKind& kind, const ObligationKind& what, Date entered);
/// A deadline of what is owed from `from`: if `due` has passed then or is nearer than the days of grace, the
/// last of these instead.
Date with_grace(const PlanKind& kind, const ObligationKind& what, Date due, Date from,
                const rules::Calendar& calendar);
/// Whether nothing of its period is left on `owed`: only a periodic report can come too late to be owed; one
/// `al cierre` always is.
bool is_over(const ObligationKind& what, const std::optional<Period>& period, Date owed);
/// The event by which the deadline of `obligation` becomes `due`.
DeadlineSet set_deadline(const ObligationKind& what, ObligationId id, const Obligation& obligation, Date due,
                         DeadlineCause cause, const rules::Calendar& calendar);

/// One obligation as it is opened on `day`: owed at once, with grace, if what it belongs to has been
/// `entered`. `anchor` is the day on which what its deadline counts from happened, if it has.
OpenedObligation open_obligation(const rules::Ruleset& rules, const PlanKind& kind, ObligationKindId id,
                                 std::optional<Period> period, Date day, bool entered,
                                 std::optional<Date> anchor = {});

/// Everything that a plan of `kind` created on `created` owes.
std::vector<OpenedObligation> open_obligations(const rules::Ruleset& rules, const PlanKind& kind,
                                               Date created);

/// What becomes of the obligations of `phase` when `plan` enters it on `day`. Those that were exigible before
/// stay as they are.
std::vector<Event> enter_phase(const rules::Ruleset& rules, const PlanKind& kind, const Plan& plan,
                               Phase phase, Date day);

/// The deadlines that were waiting for `anchor` to happen, now that it has, on `day`.
std::vector<Event> fix_deadlines(const rules::Ruleset& rules, const PlanKind& kind, const Plan& plan,
                                 ObligationKindId anchor, Date day);

/// The deadlines of open obligations that were counted from `anchor`, whose fulfilment is annulled: por fijar
/// again.
std::vector<Event> unfix_deadlines(const PlanKind& kind, const Plan& plan, ObligationKindId anchor,
                                   const std::string& reason);

}  // namespace cauce::workflows
