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
  if (event.due && event.due != before.due) return "vence el " + rules::to_iso(*event.due);
  if (!event.due && before.due) return "queda otra vez por fijar";
  if (event.closes && event.closes != before.closes)
    return "recibe entregas hasta el " + rules::to_iso(*event.closes);
  if (!event.closes && before.closes) return "ya no se cierra";
  return {};
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
           with_reason(event.reason);
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
           with_reason(event.reason);
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
    if (!event.added.empty())
      asked.push_back(count_of(event.added.size(), "obligación nueva", "obligaciones nuevas"));
    const auto restored = static_cast<std::size_t>(
        std::count_if(event.obligations.begin(), event.obligations.end(),
                      [](const workflows::MigratedObligation& migrated) { return migrated.restored; }));
    if (restored > 0) asked.push_back(count_of(restored, "que se vuelve a pedir", "que se vuelven a pedir"));
    if (!asked.empty()) text += ", con " + listed(asked);
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
