#include "engine/cli/narrative.hpp"

#include <algorithm>

#include "engine/cli/text.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/state_in_words.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine::cli {
namespace {

using namespace workflows;

std::string with_reason(const std::string& text) {
  return text.empty() ? std::string() : ": " + workflows::quoted(text);
}

std::string punctuality(bool on_time, std::int64_t late_days) {
  if (on_time) return ", a tiempo";
  return ", con " + count_of(static_cast<std::size_t>(late_days), "día hábil", "días hábiles") + " de mora";
}

std::string_view words_of(DeadlineCause cause) {
  switch (cause) {
    case DeadlineCause::anchor:
      return "por cumplirse lo que lo fijaba";
    case DeadlineCause::grace:
      return "por el plazo de gracia";
    case DeadlineCause::extension:
      return "por prórroga";
    case DeadlineCause::resumption:
      return "por reanudarse el plan";
    case DeadlineCause::migration:
      return "por cambio de política";
    case DeadlineCause::correction:
      return "para la corrección";
    case DeadlineCause::reopening:
      return "por reabrirse";
  }
  return "";
}

/// What moved of a deadline: `vence el 2024-06-14`; empty if nothing did, as when a past one is left as it
/// was.
std::string deadline_in_words(const DeadlineSet& event, const Obligation& before) {
  if (event.correction_due && event.correction_due != before.correction_due)
    return "debe corregirse hasta el " + rules::to_iso(*event.correction_due);
  if (event.due && event.due != before.due) {
    const bool closing_moves = event.closes && event.closes != before.closes;
    return "vence el " + rules::to_iso(*event.due) +
           (closing_moves ? " y recibe entregas hasta el " + rules::to_iso(*event.closes) : "");
  }
  if (!event.due && before.due) return "queda otra vez por fijar";
  if (event.closes && event.closes != before.closes)
    return "recibe entregas hasta el " + rules::to_iso(*event.closes);
  if (!event.closes && before.closes) return "ya no se cierra";
  return {};
}

bool requires_it(const ObligationKind& what, const Obligation& obligation) {
  return std::find(what.required.begin(), what.required.end(), obligation.kind) != what.required.end();
}

/// What was fulfilled because an obligation was, now that this one is annulled: `; lo requiere, y sigue
/// cumplido, el hito «x»`. Nobody takes that back unseen.
std::string left_without(const Plan& plan, const PlanKind& kind, const Obligation& annulled) {
  std::vector<std::string> names;
  for (const Obligation& other : plan.obligations) {
    if (is_fulfilled(other) && requires_it(kind_of(kind, other), annulled)) names.push_back(the(kind, other));
  }
  if (names.empty()) return {};
  return (names.size() == 1 ? "; lo requiere, y sigue cumplido, " : "; lo requieren, y siguen cumplidos, ") +
         listed(names);
}

/// `a, b y c`; where the parts have commas of their own, `a; b; c`.
std::string in_series(const std::vector<std::string>& parts) {
  const bool with_commas = std::any_of(parts.begin(), parts.end(),
                                       [](const std::string& part) { return part.find(',') != part.npos; });
  if (!with_commas || parts.size() < 2) return listed(parts);
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : "; ") + part;
  return text;
}

/// What a migration asks for besides: `el hito «x», que vence el 2024-06-14`, `el reporte «y», de 8
/// periodos`.
std::vector<std::string> new_ones(const PlanMigrated& event, const Plan& plan, const PlanKind& kind) {
  std::vector<std::string> names;
  const std::size_t first = plan.obligations.size() - event.added.size();
  for (std::size_t i = 0; i < event.added.size(); ++i) {
    const OpenedObligation& opened = event.added[i];
    const auto same_kind = [&](const OpenedObligation& other) { return other.kind == opened.kind; };
    const auto periods =
        static_cast<std::size_t>(std::count_if(event.added.begin(), event.added.end(), same_kind));
    if (periods > 1) {  // told once, at the first of them
      const auto earliest = std::find_if(event.added.begin(), event.added.end(), same_kind);
      if (earliest == event.added.begin() + static_cast<std::ptrdiff_t>(i))
        names.push_back("el reporte " + workflows::quoted(at(kind.obligations, opened.kind).name) + " de " +
                        std::to_string(periods) + " periodos");
      continue;
    }
    names.push_back(the(kind, plan.obligations.at(first + i)) +
                    (opened.not_due ? ", no exigible"
                     : opened.due   ? ", que vence el " + rules::to_iso(*opened.due)
                                    : ", por fijar"));
  }
  return names;
}

struct Teller {
  const Plan& before;
  const Plan& plan;
  const PlanKind& kind;

  std::string the_one(ObligationId id) const { return the(kind, plan.obligation(id)); }
  std::string stage(StageId id) const { return workflows::quoted(at(kind.stages, id).title); }

  std::string operator()(const PlanCreated& event) const {
    return "creó el plan, con " + count_of(event.obligations.size(), "obligación", "obligaciones");
  }
  std::string operator()(const ComponentCompleted& event) const {
    const workflows::ComponentKind& component = at(kind.components, event.component);
    const bool complete = is_complete({event.fields}, component);
    return (complete ? "completó el componente " : "escribió en el componente, aún incompleto, ") +
           workflows::quoted(component.title);
  }
  std::string operator()(const StageChanged& event) const {
    return "ejecutó " + workflows::quoted(event.action) + ": de " + stage(event.from) + " a " +
           stage(event.to) +
           (event.text.empty() ? std::string()
                               : (event.demand == dsl::Demand::judgement ? "; valoración " : "; motivo ") +
                                     workflows::quoted(event.text));
  }
  std::string operator()(const PhaseEnded& event) const {
    return "terminó " + the(event.ended) +
           (event.entered == Phase::closed ? std::string(" y el plan quedó cerrado")
                                           : " y empezó " + the(event.entered));
  }
  std::string operator()(const PhaseReopened& event) const {
    return "reabrió " + the(event.reopened) + with_reason(event.reason);
  }
  std::string operator()(const BecameEnforceable& event) const {
    return the_one(event.obligation) + " es exigible desde el " + rules::to_iso(event.from);
  }
  std::string operator()(const DeadlineSet& event) const {
    const std::string day = deadline_in_words(event, before.obligation(event.obligation));
    if (day.empty()) return {};
    const bool unfixed = event.cause == DeadlineCause::anchor && !event.due;
    return the_one(event.obligation) + " " + day + ", " +
           std::string(unfixed ? "por anularse lo que lo fijaba" : words_of(event.cause)) +
           with_reason(event.reason) +
           (event.missed ? "; ya había vencido el " + rules::to_iso(*event.missed) + ", y sigue tarde"
                         : std::string());
  }
  std::string operator()(const ReportDelivered& event) const {
    return "entregó " + the_one(event.obligation) + punctuality(event.on_time, event.late_days);
  }
  std::string operator()(const HitoAchieved& event) const {
    return "cumplió " + the_one(event.obligation) + " el " + rules::to_iso(event.happened_on) +
           punctuality(event.on_time, event.late_days) +
           (event.evidence.empty() ? std::string() : "; evidencia " + workflows::quoted(event.evidence));
  }
  std::string operator()(const PhaseFulfilled& event) const {
    return the_one(event.obligation) + " se cumplió" + punctuality(event.on_time, event.late_days);
  }
  std::string operator()(const ObligationValidated& event) const {
    return "validó " + the_one(event.obligation) + with_reason(event.text);
  }
  std::string operator()(const ObligationReturned& event) const {
    return "devolvió " + the_one(event.obligation) + ", para corregir hasta el " +
           rules::to_iso(event.correction_due) + with_reason(event.reason);
  }
  std::string operator()(const ObligationWaived& event) const {
    return "dispensó " + the_one(event.obligation) + with_reason(event.reason);
  }
  std::string operator()(const ObligationReopened& event) const {
    return "reabrió " + the_one(event.obligation) + with_reason(event.reason);
  }
  std::string operator()(const ObligationAnnulled& event) const {
    return "anuló lo registrado " + of_the(kind, plan.obligation(event.obligation)) +
           with_reason(event.reason) + left_without(plan, kind, plan.obligation(event.obligation));
  }
  std::string operator()(const ObligationNotOwed& event) const {
    return the_one(event.obligation) + " no es exigible";
  }
  std::string operator()(const ObligationVoided& event) const {
    return the_one(event.obligation) + " queda sin efecto";
  }
  std::string operator()(const ObligationRetired& event) const {
    return the_one(event.obligation) + " se retira: la nueva versión no " +
           doing_it("", kind, plan.obligation(event.obligation)) + " pide";
  }
  std::string operator()(const PlanMigrated& event) const {
    std::string text = "pasó el plan de la versión " + std::to_string(event.from) + " de la política a la " +
                       std::to_string(event.to);
    std::vector<std::string> asked;
    std::vector<std::string> put_off;
    for (std::size_t i = 0; i < event.obligations.size(); ++i) {
      const std::string named = event.obligations[i].restored || event.obligations[i].put_off
                                    ? the(kind, plan.obligations.at(i))
                                    : std::string();
      if (event.obligations[i].restored) asked.push_back(named + " otra vez");
      if (event.obligations[i].put_off) put_off.push_back(named);
    }
    const std::vector<std::string> added = new_ones(event, plan, kind);
    asked.insert(asked.end(), added.begin(), added.end());
    if (!asked.empty()) text += "; pide además " + in_series(asked);
    if (!put_off.empty())
      text += "; " + in_series(put_off) + (put_off.size() == 1 ? " queda" : " quedan") + " para su fase";
    for (const workflows::Renaming& renaming : event.renamings)
      text += "; " + workflows::quoted(renaming.from) + " se llama ahora " + workflows::quoted(renaming.to);
    if (!event.left_behind.empty()) text += "; deja de verse " + listed(event.left_behind);
    return text;
  }
  std::string operator()(const PlanSuspended& event) const {
    return "suspendió el plan" + with_reason(event.reason);
  }
  std::string operator()(const PlanResumed& event) const {
    return "reanudó el plan" + with_reason(event.reason);
  }
  std::string operator()(const PlanCancelled& event) const {
    return "canceló el plan" + with_reason(event.reason);
  }
  std::string operator()(const IndicatorsFrozen& event) const {
    std::string text = "quedaron en firme los indicadores";
    for (std::size_t i = 0; i < event.values.size() && i < kind.indicators.size(); ++i) {
      text += (i == 0 ? ": " : ", ") + kind.indicators[i].title + " " + rules::to_display(event.values[i]);
    }
    return text;
  }
};

}  // namespace

std::string tell(const Event& event, const Plan& before, const Plan& plan, const PlanKind& kind) {
  return std::visit(Teller{before, plan, kind}, event);
}

bool is_consequence(const Event& event) {
  const DeadlineSet* deadline = std::get_if<DeadlineSet>(&event);
  if (deadline) return deadline->cause != DeadlineCause::extension;
  return std::holds_alternative<BecameEnforceable>(event) || std::holds_alternative<PhaseEnded>(event) ||
         std::holds_alternative<PhaseFulfilled>(event) || std::holds_alternative<ObligationNotOwed>(event) ||
         std::holds_alternative<ObligationVoided>(event) ||
         std::holds_alternative<ObligationRetired>(event) || std::holds_alternative<IndicatorsFrozen>(event);
}

}  // namespace cauce::engine::cli
