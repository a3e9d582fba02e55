// The actions of stages, and what hangs on the last one: the end of a phase, the next one, the close.
#include <algorithm>
#include <stdexcept>

#include "dsl/fold.hpp"
#include "workflows/conditions.hpp"
#include "workflows/decision.hpp"
#include "workflows/opening.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/reason.hpp"

namespace cauce::workflows {
namespace {

/// Ends a phase that has no stages.
constexpr std::string_view finish_action = "terminar";

std::optional<Refusal> refuse_before_start(const Case& the_case) {
  const auto from = the_case.kind.phase(the_case.plan.lifecycle.phase).from;
  if (!from || *from <= the_case.today()) return std::nullopt;
  Refusal refusal{RefusalKind::too_early, the(the_case.plan.lifecycle.phase) + " aún no empieza",
                  "empieza el " + rules::to_spanish(*from)};
  refusal.clause = the_case.kind.phase(the_case.plan.lifecycle.phase).span;
  return refusal;
}

// --- Ending a phase

/// The obligation that the phase's own end is, if it is still open.
std::optional<ObligationId> open_end_of(const Case& the_case, const Plan& plan, Phase phase) {
  for (std::size_t index = 0; index < plan.obligations.size(); ++index) {
    const Obligation& obligation = plan.obligations[index];
    const ObligationKind& what = the_case.kind_of(obligation);
    if (what.type == ObligationType::phase && what.phase == phase &&
        obligation.state == ObligationState::pending)
      return static_cast<ObligationId>(index);
  }
  return std::nullopt;
}

/// Whether `obligation` holds up the end of `phase`: its own once it has fallen due, and every one at the
/// close.
bool holds_up(const Case& the_case, const Obligation& obligation, Phase phase) {
  const ObligationKind& what = the_case.kind_of(obligation);
  if (is_resolved(obligation, what)) return false;
  if (what.type == ObligationType::phase && what.phase == phase) return false;  // it ends with the phase
  if (phase == Phase::evaluation) return true;
  return what.phase == phase && obligation.due && *obligation.due < the_case.today();
}

/// Everything that keeps `plan` from ending its phase, in one refusal.
std::optional<Refusal> refuse_to_end(const Case& the_case, const Plan& plan, Phase phase) {
  Refusal refusal{RefusalKind::condition_unmet, the(phase) + " aún no puede terminar",
                  "resuelva primero lo que falta"};
  for (const Obligation& obligation : plan.obligations) {
    if (!holds_up(the_case, obligation, phase)) continue;
    refusal.reasons.push_back(what_is_missing(the_case.kind, obligation, the_case.today()));
    if (!refusal.clause) refusal.clause = the_case.kind_of(obligation).span;
  }
  bool only_unknown = refusal.reasons.empty();
  for (const Condition& exit : the_case.kind.phase(phase).exits) {
    Verdict verdict = judge(the_case.world, plan, exit.expression, exit.because, the_case.today());
    if (verdict.holds == true) continue;
    if (verdict.holds) only_unknown = false;
    std::move(verdict.reasons.begin(), verdict.reasons.end(), std::back_inserter(refusal.reasons));
    if (!refusal.clause) refusal.clause = exit.span;
  }
  if (refusal.reasons.empty()) return std::nullopt;
  if (only_unknown) refusal.kind = RefusalKind::missing_data;
  return refusal;
}

void fulfil_end_of_phase(const Case& the_case, Draft& draft, ObligationId end) {
  const Obligation& obligation = draft.plan().obligation(end);
  const ObligationKindId kind = obligation.kind;
  const auto last = judged_deadline(obligation);
  const bool on_time = !last || the_case.today() <= *last;
  const std::int64_t late = late_days(obligation, the_case.today(), the_case.calendar());
  draft.add(PhaseFulfilled{end, the_case.today(), on_time, late});
  draft.add_all(fix_deadlines(*the_case.policy.rules, the_case.kind, draft.plan(), kind, the_case.today()));
}

/// Ends the phase that `draft` is in and enters the next one, or says all that is missing.
std::optional<Refusal> end_phase(const Case& the_case, Draft& draft) {
  const Phase ended = draft.plan().lifecycle.phase;
  auto refusal = refuse_to_end(the_case, draft.plan(), ended);
  const auto after = advance(draft.plan().lifecycle, FinishPhase{!refusal});
  if (!after) {
    if (!refusal) throw std::logic_error("the lifecycle refused the end of a phase that may end");
    return refusal;
  }

  if (const auto end = open_end_of(the_case, draft.plan(), ended)) fulfil_end_of_phase(the_case, draft, *end);
  if (after->phase == Phase::closed) {
    draft.add(IndicatorsFrozen{indicator_values(the_case.world, draft.plan(), the_case.today())});
    draft.add(PhaseEnded{ended, after->phase, the_case.today()});
    return std::nullopt;
  }
  draft.add(PhaseEnded{ended, after->phase, the_case.today(), the_case.kind.phase(after->phase).initial});
  draft.add_all(
      enter_phase(*the_case.policy.rules, the_case.kind, draft.plan(), after->phase, the_case.today()));
  return std::nullopt;
}

/// `terminar`, in a phase without stages.
Result<Decision> finish_phase(const Case& the_case, const Act& command) {
  const Phase phase = the_case.plan.lifecycle.phase;
  if (dsl::fold(command.action) != finish_action) {
    return Refusal{RefusalKind::unknown_name, the(phase) + " no tiene la acción " + quoted(command.action),
                   "no tiene etapas: se termina con la acción " + quoted(finish_action)};
  }
  const auto authority = acting_in(the_case, the_case.kind.in_charge);
  if (!authority) {
    return not_allowed(the_case, the_person(the_case) + " no está a cargo del plan", the_case.kind.in_charge);
  }
  Draft draft(the_case);
  if (auto refusal = end_phase(the_case, draft)) return *std::move(refusal);
  return decision_of(draft.take_events(), *authority);
}

// --- Choosing a transition

Refusal no_such_action(const Case& the_case, const Stage& stage, const std::string& action) {
  const std::string key = dsl::fold(action);
  std::vector<std::string> here;
  for (const Transition& transition : stage.transitions) {
    if (std::find(here.begin(), here.end(), transition.action) == here.end())
      here.push_back(transition.action);
  }
  for (const Stage& other : the_case.kind.stages) {
    for (const Transition& transition : other.transitions) {
      if (transition.action_key != key) continue;
      return {RefusalKind::wrong_state,
              "la acción " + quoted(transition.action) + " es de la etapa " + quoted(other.name) +
                  ", y el plan está en " + quoted(stage.name),
              here.empty() ? "" : "en esta etapa se puede: " + listed(here)};
    }
  }
  return {RefusalKind::unknown_name,
          "el plan " + the_case.kind.name + " no tiene la acción " + quoted(action),
          suggestion(action, here, "en esta etapa se puede")};
}

/// A transition and the role in which the actor may take it.
struct Open {
  const Transition* transition = nullptr;
  Authority authority = {};
};

Refusal not_open(const Case& the_case, const Stage& stage, const std::string& action) {
  const std::string key = dsl::fold(action);
  std::vector<RoleId> roles;
  const Transition* first = nullptr;
  for (const Transition& transition : stage.transitions) {
    if (transition.action_key != key) continue;
    if (first == nullptr) first = &transition;
    roles.insert(roles.end(), transition.roles.begin(), transition.roles.end());
  }
  if (first == nullptr) return no_such_action(the_case, stage, action);
  Refusal refusal = not_allowed(
      the_case, the_person(the_case) + " no tiene un rol que pueda " + quoted(first->action) + " este plan",
      roles);
  refusal.clause = first->span;
  return refusal;
}

/// The transitions of an action, in their order; none if there is none or the actor may take none.
std::vector<Open> open_to_actor(const Case& the_case, const Stage& stage, const std::string& action) {
  const std::string key = dsl::fold(action);
  std::vector<Open> open;
  for (const Transition& transition : stage.transitions) {
    if (transition.action_key != key) continue;
    if (auto authority = acting_in(the_case, transition.roles))
      open.push_back({&transition, *std::move(authority)});
  }
  return open;
}

/// The first transition whose condition holds, of those that are open. One whose condition is unknown does
/// not hold; what it lacks is told if none does.
Result<const Open*> first_that_holds(const Case& the_case, const std::vector<Open>& open) {
  std::vector<Verdict> verdicts;
  for (const Open& candidate : open) {
    const Transition& transition = *candidate.transition;
    if (!transition.condition) return &candidate;
    Verdict verdict =
        judge(the_case.world, the_case.plan, *transition.condition, transition.because, the_case.today());
    if (verdict.holds == true) return &candidate;
    verdicts.push_back(std::move(verdict));
  }
  const Transition& first = *open.front().transition;
  Refusal refusal{RefusalKind::missing_data, "todavía no se puede " + quoted(first.action) + " este plan"};
  refusal.clause = first.span;
  for (Verdict& verdict : verdicts) {
    if (verdict.holds) refusal.kind = RefusalKind::condition_unmet;
    std::move(verdict.reasons.begin(), verdict.reasons.end(), std::back_inserter(refusal.reasons));
  }
  return refusal;
}

/// A judgement may have several lines; a motive, asked for or not, has one.
std::optional<Refusal> refuse_text(const Transition& transition, const std::string& text) {
  if (transition.demand == dsl::Demand::nothing)
    return text.empty() ? std::nullopt : refuse_without_reason(text, "hace");
  if (!is_blank(text))
    return transition.demand == dsl::Demand::motive ? refuse_as_reason(text) : std::nullopt;
  const bool motive = transition.demand == dsl::Demand::motive;
  Refusal refusal{RefusalKind::invalid_input,
                  quoted(transition.action) + " exige " + (motive ? "un motivo" : "una valoración"),
                  motive ? "escriba el motivo de la acción" : "escriba la valoración del plan"};
  refusal.clause = transition.span;
  return refusal;
}

std::optional<Refusal> refuse_same_person(const Case& the_case, const Transition& transition) {
  const auto& last = the_case.plan.last_action;
  if (!transition.other_person || the_case.actor.trusted || !last) return std::nullopt;
  if (last->person != the_case.actor.person) return std::nullopt;
  Refusal refusal =
      not_allowed(the_case,
                  quoted(transition.action) + " debe hacerlo otra persona: " + quoted(last->person) +
                      " hizo la acción anterior, " + quoted(last->action),
                  transition.roles);
  refusal.clause = transition.span;
  return refusal;
}

}  // namespace

Result<Decision> decide_command(const Case& the_case, const Act& command) {
  if (auto refusal = refuse_before_start(the_case)) return *std::move(refusal);
  if (!the_case.plan.stage) return finish_phase(the_case, command);

  const Stage& stage = at(the_case.kind.stages, *the_case.plan.stage);
  const std::vector<Open> open = open_to_actor(the_case, stage, command.action);
  if (open.empty()) return not_open(the_case, stage, command.action);
  const auto found = first_that_holds(the_case, open);
  if (!found) return found.refusal();
  const Open& chosen = *found.value();
  const Transition& transition = *chosen.transition;
  if (auto refusal = refuse_same_person(the_case, transition)) return *std::move(refusal);
  if (auto refusal = refuse_text(transition, command.text)) return *std::move(refusal);

  StageChanged changed{transition.action, *the_case.plan.stage, transition.target, transition.demand,
                       command.text};
  if (!at(the_case.kind.stages, transition.target).final) {
    std::vector<Event> events;
    events.emplace_back(std::move(changed));
    return decision_of(std::move(events), chosen.authority);
  }
  Draft draft(the_case);
  draft.add(std::move(changed));
  if (auto refusal = end_phase(the_case, draft)) {
    if (!refusal->clause) refusal->clause = transition.span;
    return *std::move(refusal);
  }
  return decision_of(draft.take_events(), chosen.authority);
}

}  // namespace cauce::workflows
