// What validators and superiors decide about an obligation: validate, return, waive, extend, reopen, annul.
#include <algorithm>

#include "workflows/decision.hpp"
#include "workflows/opening.hpp"
#include "workflows/reason.hpp"
#include "workflows/state_in_words.hpp"

namespace cauce::workflows {
namespace {

/// The obligation before a reviewer, and the role in which they act.
struct Review {
  ObligationId id{};
  const Obligation& obligation;
  const ObligationKind& what;
  Authority authority;
};

/// A superior of whoever is in charge of the obligation.
Result<Review> review_by_superior(const Case& the_case, const std::string& name,
                                  const std::optional<Period>& period) {
  const auto found = find_obligation(the_case, name, period);
  if (!found) return found.refusal();
  const Obligation& obligation = the_case.plan.obligation(found.value());
  const ObligationKind& what = the_case.kind_of(obligation);
  // The end of a phase is the plan's: whoever is in charge of the plan answers for it.
  const std::vector<RoleId>& in_charge = what.in_charge.empty() ? the_case.kind.in_charge : what.in_charge;
  if (const auto authority = acting_above(the_case, in_charge))
    return Review{found.value(), obligation, what, *authority};
  return not_allowed(
      the_case,
      the_person(the_case) + " no es superior de quien está a cargo " + of_the(the_case.kind, obligation),
      superiors_of(the_case.policy, in_charge));
}

/// Nobody validates or returns what they themselves delivered.
std::optional<Refusal> refuse_own_delivery(const Case& the_case, const Obligation& obligation,
                                           std::string_view verb) {
  if (the_case.actor.trusted || obligation.delivered_by != the_case.actor.person) return std::nullopt;
  return not_allowed(the_case,
                     the_person(the_case) + " entregó " + the(the_case.kind, obligation) + ": debe " +
                         std::string(verb) + " otra persona",
                     the_case.kind_of(obligation).validators);
}

std::optional<Refusal> refuse_not_delivered(const Case& the_case, const Obligation& obligation) {
  switch (obligation.state) {
    case ObligationState::delivered:
    case ObligationState::achieved:
      return std::nullopt;
    case ObligationState::validated:
      return Refusal{RefusalKind::wrong_state, already_in_words(the_case.kind, obligation)};
    case ObligationState::pending:
    case ObligationState::returned: {
      Refusal refusal{RefusalKind::wrong_state, what_is_missing(the_case.kind, obligation, the_case.today())};
      if (obligation.state == ObligationState::returned) refusal.help = "espere a que se entregue de nuevo";
      say_who_could(refusal, the_case, the_case.kind_of(obligation).in_charge);
      return refusal;
    }
    default:
      return Refusal{RefusalKind::wrong_state, in_its_state(the_case.kind, obligation)};
  }
}

/// A delivery before those who may judge it: its validators or, where the policy names none, superiors.
Result<Review> review_by_validator(const Case& the_case, const std::string& name,
                                   const std::optional<Period>& period, std::string_view verb) {
  const auto found = find_obligation(the_case, name, period);
  if (!found) return found.refusal();
  const Obligation& obligation = the_case.plan.obligation(found.value());
  const ObligationKind& what = the_case.kind_of(obligation);
  if (what.type == ObligationType::phase) {
    return Refusal{RefusalKind::wrong_state, the(the_case.kind, obligation) + " no se entrega ni se valida",
                   "una fase termina con la acción de su última etapa"};
  }
  if (what.validators.empty()) {
    auto review = review_by_superior(the_case, name, period);
    if (!review) return review;
    if (auto refusal = refuse_not_delivered(the_case, obligation)) return *std::move(refusal);
    if (auto refusal = refuse_own_delivery(the_case, obligation, verb)) return *std::move(refusal);
    return review;
  }
  const auto authority = acting_in(the_case, what.validators);
  if (!authority) {
    return not_allowed(the_case, the_person(the_case) + " no valida " + the(the_case.kind, obligation),
                       what.validators);
  }
  if (auto refusal = refuse_not_delivered(the_case, obligation)) return *std::move(refusal);
  if (auto refusal = refuse_own_delivery(the_case, obligation, verb)) return *std::move(refusal);
  return Review{found.value(), obligation, what, *authority};
}

std::optional<Refusal> refuse_resolved(const Case& the_case, const Review& review) {
  if (!is_resolved(review.obligation, review.what)) return std::nullopt;
  return Refusal{RefusalKind::wrong_state, already_in_words(the_case.kind, review.obligation)};
}

/// The deadline in force becomes `until`; a closing never lies before it, and one counted from it goes along.
/// What was late when it was extended stays so.
DeadlineSet extend(const Case& the_case, const Review& review, Date until, const std::string& reason) {
  const Obligation& obligation = review.obligation;
  DeadlineSet set{
      review.id, obligation.due, obligation.closes, obligation.deadline_number + 1, DeadlineCause::extension,
      reason};
  if (obligation.state == ObligationState::returned) {
    set.correction_due = until;
    return set;
  }
  if (!obligation.missed && is_overdue(the_case.plan, obligation, the_case.today()))
    set.missed = obligation.due;
  set.due = until;
  const auto closes = closing_day(review.what, until, the_case.calendar());
  if (closes) set.closes = std::max(*closes, obligation.closes.value_or(*closes));
  return set;
}

}  // namespace

Result<Decision> decide_command(const Case& the_case, const ValidateObligation& command) {
  const auto found = find_obligation(the_case, command.obligation, command.period);
  if (!found) return found.refusal();
  const Obligation& obligation = the_case.plan.obligation(found.value());
  const ObligationKind& what = the_case.kind_of(obligation);
  if (what.type != ObligationType::phase && what.validators.empty()) {
    Refusal refusal{RefusalKind::wrong_state, the(the_case.kind, obligation) + " no necesita validación",
                    "la política no dice quién lo valida"};
    refusal.clause = what.span;
    return refusal;
  }
  const auto review = review_by_validator(the_case, command.obligation, command.period, "validarlo");
  if (!review) return review.refusal();
  if (!command.text.empty()) {  // a remark may be left out
    if (auto refusal = refuse_without_reason(command.text, "valida")) return *std::move(refusal);
  }
  return decision_of({ObligationValidated{found.value(), command.text}}, review.value().authority);
}

Result<Decision> decide_command(const Case& the_case, const ReturnObligation& command) {
  const auto found = review_by_validator(the_case, command.obligation, command.period, "devolverlo");
  if (!found) return found.refusal();
  const Review& review = found.value();
  if (auto refusal = refuse_without_reason(command.reason, "devuelve")) return *std::move(refusal);

  const Obligation& obligation = review.obligation;
  const Date term = the_case.calendar().add_working_days(the_case.today(), review.what.correction_days);
  const Date until = std::max(term, obligation.due.value_or(term));
  // The correction term has a number of its own, so that its alerts are not taken for those of the deadline.
  const DeadlineSet set{review.id, obligation.due, obligation.closes, obligation.deadline_number + 1,
                        DeadlineCause::correction};
  return decision_of({ObligationReturned{review.id, command.reason, until}, set}, review.authority);
}

Result<Decision> decide_command(const Case& the_case, const WaiveObligation& command) {
  const auto found = review_by_superior(the_case, command.obligation, command.period);
  if (!found) return found.refusal();
  const Review& review = found.value();
  if (auto refusal = refuse_resolved(the_case, review)) return *std::move(refusal);
  if (auto refusal = refuse_without_reason(command.reason, "dispensa")) return *std::move(refusal);

  std::vector<Event> events = {ObligationWaived{review.id, command.reason, the_case.today()}};
  for (Event& event : fix_deadlines(*the_case.policy.rules, the_case.kind, the_case.plan,
                                    review.obligation.kind, the_case.today()))
    events.push_back(std::move(event));
  return decision_of(std::move(events), review.authority);
}

Result<Decision> decide_command(const Case& the_case, const ExtendDeadline& command) {
  const auto found = review_by_superior(the_case, command.obligation, command.period);
  if (!found) return found.refusal();
  const Review& review = found.value();
  const std::string named = the(the_case.kind, review.obligation);
  if (auto refusal = refuse_resolved(the_case, review)) return *std::move(refusal);
  if (is_fulfilled(review.obligation)) {
    return Refusal{RefusalKind::wrong_state,
                   what_is_missing(the_case.kind, review.obligation, the_case.today()),
                   "no hay plazo que prorrogar"};
  }
  const auto due = deadline_in_force(review.obligation);
  if (!due) {
    return Refusal{RefusalKind::wrong_state, named + " no tiene todavía un plazo que prorrogar"};
  }
  // The calendar must know the days of the closing as well.
  if (!the_case.calendar().covers(command.until + std::chrono::days(366))) {
    return Refusal{RefusalKind::invalid_input,
                   "el nuevo plazo, " + rules::to_spanish(command.until) + ", queda demasiado lejos"};
  }
  const auto rolling = review.what.due ? review.what.due->rolling : rules::Rolling::next_working_day;
  const Date until = rules::roll(command.until, rolling, the_case.calendar());
  if (until <= *due || until < the_case.today()) {
    return Refusal{RefusalKind::invalid_input,
                   "el nuevo plazo, " + rules::to_spanish(until) + ", no es una prórroga",
                   named + " vence el " + rules::to_spanish(*due) + ", y hoy es el " +
                       rules::to_spanish(the_case.today()) + ": dé un día posterior"};
  }
  if (auto refusal = refuse_without_reason(command.reason, "prorroga")) return *std::move(refusal);
  return decision_of({extend(the_case, review, until, command.reason)}, review.authority);
}

Result<Decision> decide_command(const Case& the_case, const ReopenObligation& command) {
  const auto found = review_by_superior(the_case, command.obligation, command.period);
  if (!found) return found.refusal();
  const Review& review = found.value();
  const Obligation& obligation = review.obligation;
  const std::string named = the(the_case.kind, obligation);
  const bool takes_deliveries = obligation.state == ObligationState::pending ||
                                obligation.state == ObligationState::returned ||
                                obligation.state == ObligationState::delivered;
  if (!takes_deliveries) {
    return Refusal{RefusalKind::wrong_state, already_in_words(the_case.kind, obligation)};
  }
  if (!obligation.closes || the_case.today() <= *obligation.closes || obligation.reopened) {
    Refusal refusal{RefusalKind::wrong_state, named + " todavía recibe entregas",
                    "no hace falta " + doing_it("reabrir", the_case.kind, obligation)};
    if (review.what.type == ObligationType::phase) {
      refusal = {RefusalKind::wrong_state, named + " no se cierra con una fecha",
                 "para volver a la fase anterior use «reabrir-fase»"};
    }
    return refusal;
  }
  if (auto refusal = refuse_without_reason(command.reason, "reabre")) return *std::move(refusal);
  return decision_of({ObligationReopened{review.id, command.reason}}, review.authority);
}

Result<Decision> decide_command(const Case& the_case, const AnnulObligation& command) {
  const auto found = review_by_superior(the_case, command.obligation, command.period);
  if (!found) return found.refusal();
  const Review& review = found.value();
  const Obligation& obligation = review.obligation;
  const std::string named = the(the_case.kind, obligation);
  if (review.what.type == ObligationType::phase) {
    return Refusal{RefusalKind::wrong_state, named + " no es una entrega que pueda anularse",
                   "para volver atrás, reabra la fase"};
  }
  if (!is_fulfilled(obligation) && obligation.state != ObligationState::returned) {
    return Refusal{RefusalKind::wrong_state, named + " no tiene una entrega que anular: está " +
                                                 state_in_words(the_case.kind, obligation)};
  }
  if (auto refusal = refuse_without_reason(command.reason, "anula")) return *std::move(refusal);

  std::vector<Event> events = {ObligationAnnulled{review.id, command.reason}};
  for (Event& event : unfix_deadlines(the_case.kind, the_case.plan, obligation.kind, command.reason))
    events.push_back(std::move(event));
  return decision_of(std::move(events), review.authority);
}

}  // namespace cauce::workflows
