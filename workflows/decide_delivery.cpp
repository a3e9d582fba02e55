// What those in charge hand in: components of the plan's document, reports, milestones.
#include <algorithm>

#include "workflows/decision.hpp"
#include "workflows/deliverer.hpp"
#include "workflows/fields.hpp"
#include "workflows/opening.hpp"
#include "workflows/state_in_words.hpp"

namespace cauce::workflows {
namespace {

std::string with_count(std::size_t count) {
  return count == 1 ? "un dato por corregir" : std::to_string(count) + " datos por corregir";
}

/// Judged on the first delivery; what was late or in time stays so.
struct Timeliness {
  bool on_time = true;
  std::int64_t late_days = 0;
};
Timeliness judge_delivery(const Case& the_case, const Obligation& obligation, Date day) {
  if (obligation.on_time) return {*obligation.on_time, obligation.late_days.value_or(0)};
  const auto last = judged_deadline(obligation);
  if (!last || day <= *last) return {};
  return {false, std::max<std::int64_t>(1, late_days(obligation, day, the_case.calendar()))};
}

/// What belongs to a phase is owed once the plan is in it and it has begun.
std::optional<Refusal> refuse_before_owed(const Case& the_case, const Obligation& obligation) {
  const ObligationKind& what = the_case.kind_of(obligation);
  if (!obligation.enforceable_from) {
    const Phase phase = what.phase.value_or(Phase::formulation);
    Refusal refusal{RefusalKind::too_early,
                    the(the_case.kind, obligation) + " es " + of_the(phase) + ", y el plan está en " +
                        std::string(spanish_name(the_case.plan.lifecycle.phase)),
                    "podrá hacerse cuando el plan entre en " + std::string(spanish_name(phase))};
    refusal.clause = what.span;
    return refusal;
  }
  if (*obligation.enforceable_from <= the_case.today()) return std::nullopt;
  Refusal refusal{RefusalKind::too_early, the(the_case.kind, obligation) + " aún no se debe",
                  "se debe desde el " + rules::to_spanish(*obligation.enforceable_from)};
  refusal.clause = what.span;
  return refusal;
}

std::optional<Refusal> refuse_not_in_charge(const Case& the_case, const Obligation& obligation,
                                            const std::optional<Authority>& authority) {
  if (authority) return std::nullopt;
  return not_allowed(the_case, the_person(the_case) + " no está a cargo " + of_the(the_case.kind, obligation),
                     the_case.kind_of(obligation).in_charge);
}

Refusal annulled_by_superiors(const Case& the_case, const Obligation& obligation, std::string message) {
  Refusal refusal{RefusalKind::wrong_state, std::move(message),
                  "si fue un error, un superior puede anularlo, con un motivo"};
  say_who_could(refusal, the_case, superiors_of(the_case.policy, the_case.kind_of(obligation).in_charge));
  return refusal;
}

/// What was waived, voided, validated … takes no delivery.
std::optional<Refusal> refuse_settled(const Case& the_case, const Obligation& obligation) {
  const std::string named = the(the_case.kind, obligation);
  switch (obligation.state) {
    case ObligationState::pending:
    case ObligationState::returned:
    case ObligationState::delivered:
      return std::nullopt;
    case ObligationState::validated:
      return annulled_by_superiors(the_case, obligation, already_in_words(the_case.kind, obligation));
    case ObligationState::achieved:
      return annulled_by_superiors(
          the_case, obligation, named + " ya se cumplió el " + rules::to_spanish(*obligation.fulfilled_on));
    default:
      return Refusal{RefusalKind::wrong_state, "ya no se debe: " + in_its_state(the_case.kind, obligation)};
  }
}

// --- Reports

/// After `cierra`, until it is reopened. A correction term that was given runs on past it.
std::optional<Refusal> refuse_closed(const Case& the_case, const Obligation& obligation) {
  if (!obligation.closes || obligation.reopened) return std::nullopt;
  Date last = *obligation.closes;
  if (obligation.state == ObligationState::returned && obligation.correction_due)
    last = std::max(last, *obligation.correction_due);
  if (the_case.today() <= last) return std::nullopt;
  Refusal refusal{RefusalKind::closed,
                  the(the_case.kind, obligation) + " se cerró el " + rules::to_spanish(last),
                  "un superior puede reabrirlo, con un motivo"};
  refusal.clause = the_case.kind_of(obligation).span;
  say_who_could(refusal, the_case, superiors_of(the_case.policy, the_case.kind_of(obligation).in_charge));
  return refusal;
}

std::optional<Refusal> refuse_before_period(const Case& the_case, const Obligation& obligation) {
  if (!obligation.period || obligation.period->first_day() <= the_case.today()) return std::nullopt;
  return Refusal{RefusalKind::too_early,
                 the(the_case.kind, obligation) + " es de un periodo que aún no empieza",
                 "podrá entregarse desde el " + rules::to_spanish(obligation.period->first_day())};
}

// --- Milestones

std::optional<Refusal> refuse_day(const Case& the_case, const Obligation& obligation, Date day) {
  const std::string named = the(the_case.kind, obligation);
  if (day > the_case.today()) {
    return Refusal{RefusalKind::invalid_input,
                   named + " no puede haber ocurrido el " + rules::to_spanish(day) + ", que aún no llega",
                   "dé el día en que ocurrió, hasta hoy"};
  }
  if (day < the_case.plan.created_on) {
    return Refusal{
        RefusalKind::invalid_input,
        named + " no puede haber ocurrido el " + rules::to_spanish(day) + ", antes de que existiera el plan",
        "el plan se creó el " + rules::to_spanish(the_case.plan.created_on)};
  }
  return std::nullopt;
}

bool requires_kind(const ObligationKind& what, ObligationKindId other) {
  return std::find(what.required.begin(), what.required.end(), other) != what.required.end();
}

/// Those that `requiere` names come first; one that is no longer owed stands in nobody's way.
std::optional<Refusal> refuse_before_required(const Case& the_case, const Obligation& obligation) {
  const ObligationKind& what = the_case.kind_of(obligation);
  Refusal refusal{RefusalKind::condition_unmet,
                  the(the_case.kind, obligation) + " todavía no puede cumplirse",
                  "cumpla primero lo que requiere"};
  for (const Obligation& other : the_case.plan.obligations) {
    if (!requires_kind(what, other.kind)) continue;
    if (other.state != ObligationState::pending && other.state != ObligationState::returned) continue;
    refusal.reasons.push_back(what_is_missing(the_case.kind, other, the_case.today()));
  }
  if (refusal.reasons.empty()) return std::nullopt;
  refusal.clause = what.span;
  return refusal;
}

/// They came first in their days as well: those that it requires, and it before those that require it.
std::optional<Refusal> refuse_day_out_of_order(const Case& the_case, const Obligation& obligation, Date day) {
  const ObligationKind& what = the_case.kind_of(obligation);
  Refusal refusal{RefusalKind::invalid_input,
                  the(the_case.kind, obligation) + " no puede haber ocurrido el " + rules::to_spanish(day)};
  for (const Obligation& other : the_case.plan.obligations) {
    if (!is_fulfilled(other) || !other.fulfilled_on) continue;
    const std::string when =
        the(the_case.kind, other) + " ocurrió el " + rules::to_spanish(*other.fulfilled_on);
    if (requires_kind(what, other.kind) && day < *other.fulfilled_on)
      refusal.reasons.push_back(when + ", y va primero");
    if (requires_kind(the_case.kind_of(other), obligation.kind) && *other.fulfilled_on < day)
      refusal.reasons.push_back(when + ", y lo requiere");
  }
  if (refusal.reasons.empty()) return std::nullopt;
  refusal.help = "revise los días; un superior puede anular el que se registró mal";
  refusal.clause = what.span;
  return refusal;
}

std::optional<Refusal> refuse_without_evidence(const Case& the_case, const Obligation& obligation,
                                               const std::string& evidence) {
  const ObligationKind& what = the_case.kind_of(obligation);
  if (!what.evidence_required || !is_blank(evidence)) return std::nullopt;
  Refusal refusal{RefusalKind::invalid_input, the(the_case.kind, obligation) + " exige evidencia",
                  "dé un texto, un enlace o la huella de un archivo"};
  refusal.clause = what.span;
  return refusal;
}

std::optional<Refusal> refuse_deliverer(const Case& the_case, const Result<ObligationId>& found) {
  if (!found) return std::nullopt;
  const Obligation& obligation = the_case.plan.obligation(found.value());
  return refuse_not_in_charge(the_case, obligation,
                              acting_in(the_case, the_case.kind_of(obligation).in_charge));
}

}  // namespace

std::optional<Refusal> refuse_deliverer(const World& world, const PlanId& id, const Command& command,
                                        const Moment& moment, const Actor& actor) {
  const Plan* plan = world.plan(id);
  if (plan == nullptr) return std::nullopt;
  const Policy& policy = world.policy(plan->policy_version);
  const PlanKind& kind = at(policy.plans, plan->kind);
  const Case the_case{world, policy, kind, *plan, {kind.entity, plan->id.entity}, moment, actor};
  if (const auto* report = std::get_if<DeliverReport>(&command)) {
    return refuse_deliverer(
        the_case, find_obligation(the_case, report->report, report->period, ObligationType::report));
  }
  if (const auto* hito = std::get_if<AchieveHito>(&command)) {
    return refuse_deliverer(the_case,
                            find_obligation(the_case, hito->hito, std::nullopt, ObligationType::hito));
  }
  return std::nullopt;
}

Result<Decision> decide_command(const Case& the_case, const CompleteComponent& command) {
  const auto id = the_case.kind.find_component(command.component);
  if (!id) {
    std::vector<std::string> names;
    for (const ComponentKind& component : the_case.kind.components)
      names.push_back(component.name);
    return Refusal{
        RefusalKind::unknown_name,
        "el plan " + the_case.kind.name + " no tiene un componente llamado " + quoted(command.component),
        suggestion(command.component, names, "tiene")};
  }
  const auto authority = acting_in(the_case, the_case.kind.in_charge);
  if (!authority) {
    return not_allowed(the_case, the_person(the_case) + " no está a cargo del plan", the_case.kind.in_charge);
  }

  const ComponentKind& component = at(the_case.kind.components, *id);
  const std::string named = "el componente " + quoted(component.name);
  if (command.fields.empty()) {
    return Refusal{RefusalKind::invalid_input, named + " se dio sin ningún campo",
                   listed_fields(component.fields)};
  }
  // A component may be filled in little by little: what is not given stays as it was.
  FilledFields filled = fill_in(
      component.fields, the_case.plan.components.at(static_cast<std::size_t>(*id)).fields, command.fields);
  if (!filled.problems.empty()) {
    return Refusal{RefusalKind::invalid_input, named + " tiene " + with_count(filled.problems.size()),
                   listed_fields(component.fields), std::move(filled.problems), component.span};
  }
  const std::vector<Value>& written = the_case.plan.components.at(static_cast<std::size_t>(*id)).fields;
  if (filled.values == written) return decision_of({}, *authority);  // said already: nothing happens
  return decision_of({ComponentCompleted{*id, std::move(filled.values)}}, *authority);
}

Result<Decision> decide_command(const Case& the_case, const DeliverReport& command) {
  const auto found = find_obligation(the_case, command.report, command.period, ObligationType::report);
  if (!found) return found.refusal();
  const Obligation& obligation = the_case.plan.obligation(found.value());
  const ObligationKind& what = the_case.kind_of(obligation);
  const auto authority = acting_in(the_case, what.in_charge);
  if (auto refusal = refuse_not_in_charge(the_case, obligation, authority)) return *std::move(refusal);
  if (auto refusal = refuse_settled(the_case, obligation)) return *std::move(refusal);
  if (auto refusal = refuse_before_owed(the_case, obligation)) return *std::move(refusal);
  if (auto refusal = refuse_before_period(the_case, obligation)) return *std::move(refusal);
  if (auto refusal = refuse_closed(the_case, obligation)) return *std::move(refusal);

  FilledFields filled = fill_in(what.fields, {}, command.fields);
  std::vector<std::string> problems = filled.problems;
  for (std::string& problem : missing_fields(what.fields, filled))
    problems.push_back(std::move(problem));
  if (!problems.empty()) {
    return Refusal{RefusalKind::invalid_input,
                   the(the_case.kind, obligation) + " tiene " + with_count(problems.size()),
                   listed_fields(what.fields), std::move(problems), what.span};
  }
  const Timeliness timeliness = judge_delivery(the_case, obligation, the_case.today());
  return decision_of({ReportDelivered{found.value(), the_case.today(), std::move(filled.values),
                                      timeliness.on_time, timeliness.late_days}},
                     *authority);
}

Result<Decision> decide_command(const Case& the_case, const AchieveHito& command) {
  const auto found = find_obligation(the_case, command.hito, std::nullopt, ObligationType::hito);
  if (!found) return found.refusal();
  const Obligation& obligation = the_case.plan.obligation(found.value());
  const Date day = command.happened_on.value_or(the_case.today());
  const auto authority = acting_in(the_case, the_case.kind_of(obligation).in_charge);
  if (auto refusal = refuse_not_in_charge(the_case, obligation, authority)) return *std::move(refusal);
  if (auto refusal = refuse_settled(the_case, obligation)) return *std::move(refusal);
  if (auto refusal = refuse_before_owed(the_case, obligation)) return *std::move(refusal);
  if (auto refusal = refuse_day(the_case, obligation, day)) return *std::move(refusal);
  if (auto refusal = refuse_before_required(the_case, obligation)) return *std::move(refusal);
  if (auto refusal = refuse_day_out_of_order(the_case, obligation, day)) return *std::move(refusal);
  if (auto refusal = refuse_without_evidence(the_case, obligation, command.evidence))
    return *std::move(refusal);

  const Timeliness timeliness = judge_delivery(the_case, obligation, day);
  std::vector<Event> events;
  events.push_back(
      HitoAchieved{found.value(), day, command.evidence, timeliness.on_time, timeliness.late_days});
  for (Event& event :
       fix_deadlines(*the_case.policy.rules, the_case.kind, the_case.plan, obligation.kind, day))
    events.push_back(std::move(event));
  return decision_of(std::move(events), *authority);
}

}  // namespace cauce::workflows
