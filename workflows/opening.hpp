// How obligations come to be owed: opened with their deadlines when the plan is created, exigible with grace
// when their phase is entered, fixed when what they wait for happens (language.md, 2.7).
#pragma once

#include <optional>
#include <vector>

#include "workflows/event.hpp"

namespace cauce::workflows {

/// The last day on which an obligation that is due on `due` is taken without being reopened: as `cierra`
/// says, never before the deadline itself. Nothing if it never closes, or while a closing counted from the
/// deadline has none.
std::optional<Date> closing_day(const ObligationKind& kind, std::optional<Date> due,
                                const rules::Calendar& calendar);

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
