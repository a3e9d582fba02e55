#include "workflows/plan_words.hpp"

#include <algorithm>

#include "workflows/owed.hpp"
#include "workflows/plan_slots.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

bool is_in_block(std::uint32_t slot, std::uint32_t block) {
  return slot >= block && slot < block + plan_slots;
}

/// What a truth value of an obligation or component means, and its contrary.
struct YesAndNo {
  std::string_view yes;
  std::string_view no;
};

YesAndNo words_of(rules::ThingQuestion question) {
  switch (question) {
    case rules::ThingQuestion::achieved:
      return {"se cumplió", "no se ha cumplido"};
    case rules::ThingQuestion::delivered:
      return {"se entregó", "no se ha entregado"};
    case rules::ThingQuestion::validated:
      return {"se validó", "no se ha validado"};
    case rules::ThingQuestion::overdue:
      return {"está vencido", "no está vencido"};
    case rules::ThingQuestion::complete:
      return {"está completo", "no está completo"};
    case rules::ThingQuestion::due:
      break;
  }
  return {};
}

std::string_view month_of_period(int month) {
  return rules::month_name(month);
}

std::string_view each(rules::PeriodUnit unit) {
  switch (unit) {
    case rules::PeriodUnit::month:
      return "cada mes";
    case rules::PeriodUnit::bimester:
      return "cada bimestre";
    case rules::PeriodUnit::quarter:
      return "cada trimestre";
    case rules::PeriodUnit::semester:
      return "cada semestre";
    case rules::PeriodUnit::year:
      break;
  }
  return "al cierre de la vigencia";
}

/// The months between the first and the last that are not owed.
std::vector<std::string> months_left_out(const std::vector<Period>& periods) {
  std::vector<std::string> left_out;
  for (std::size_t i = 1; i < periods.size(); ++i) {
    for (int index = periods[i - 1].index + 1; index < periods[i].index; ++index)
      left_out.emplace_back(month_of_period(index));
  }
  return left_out;
}

std::string_view verb_of(dsl::StepVerb verb) {
  switch (verb) {
    case dsl::StepVerb::remind:
      return "se recuerda";
    case dsl::StepVerb::notify:
      return "se avisa";
    case dsl::StepVerb::escalate:
      break;
  }
  return "se escala";
}

/// `al Articulador Regional`, `a la Dirección`
std::string to_role(const Policy& policy, RoleId role) {
  return rules::to_noun(at(policy.rules->roles, role).title).to();
}

}  // namespace

rules::Noun PlanNames::noun(const rules::ReadSlot& slot) const {
  const std::uint32_t index = slot.slot.index;
  if (index < plan_slots) return entity_.noun(slot);
  if (is_in_block(index, indicator_slots)) {
    const std::size_t number = index - indicator_slots;
    if (number < kind_.indicators.size())
      return {"indicador «" + kind_.indicators[number].title + "»", "el", false};
  }
  if (index == slot_of(PlanAttribute::overdue)) return {"número de obligaciones vencidas", "el", false};
  return rules::to_noun(slot.name);
}

std::optional<std::string> PlanNames::clause(const rules::ReadSlot& slot, bool positive) const {
  if (slot.slot.index != slot_of(PlanAttribute::components_complete)) return std::nullopt;
  return positive ? "todos los componentes obligatorios están completos"
                  : "falta completar algún componente obligatorio";
}

std::optional<std::string> PlanNames::clause(const rules::AskThing& question, bool positive) const {
  if (question.question == rules::ThingQuestion::due || question.depth != 0) return std::nullopt;
  const YesAndNo words = words_of(question.question);
  const std::string verb(positive ? words.yes : words.no);
  if (question.question == rules::ThingQuestion::complete) {
    if (question.thing >= kind_.components.size()) return std::nullopt;
    return "el componente " + quoted(kind_.components[question.thing].title) + " " + verb;
  }
  if (question.thing >= kind_.obligations.size()) return std::nullopt;
  const std::string period = question.period && question.period->unit != rules::PeriodUnit::year
                                 ? (question.period->unit == rules::PeriodUnit::month ? " de " : " del ") +
                                       question.period->to_spanish()
                                 : std::string();
  const std::string what = the(kind_.obligations[question.thing]) + period;
  // `se entregó el reporte …`, but `el reporte … está vencido`, `la formulación está vencida`
  if (verb.find("se ") != verb.npos) return verb + " " + what;
  const bool feminine = what.starts_with("la ");
  return what + " " + (feminine ? verb.substr(0, verb.size() - 1) + "a" : verb);
}

std::string the(const ObligationKind& obligation) {
  switch (obligation.type) {
    case ObligationType::report:
      return "el reporte " + quoted(obligation.title);
    case ObligationType::hito:
      return "el hito " + quoted(obligation.title);
    case ObligationType::phase:
      break;
  }
  return obligation.phase ? the(*obligation.phase) : obligation.title;
}

namespace {

/// `último día hábil de febrero`: no `exacto` changes it.
bool names_working_day(const rules::Deadline& deadline) {
  const auto* edge = std::get_if<rules::EdgeOfMonth>(&deadline.rule);
  const auto* nth = std::get_if<rules::NthOfNextMonth>(&deadline.rule);
  return (edge != nullptr && edge->working) || (nth != nullptr && nth->working);
}

}  // namespace

std::string in_words(const rules::Deadline& deadline, const PlanKind& kind) {
  constexpr std::string_view exact = " exacto";
  constexpr std::string_view not_moved = ", aunque no sea día hábil";
  std::string words = deadline.text;
  const auto* anchored = std::get_if<rules::AfterAnchor>(&deadline.rule);
  if (anchored == nullptr) {
    if (!words.ends_with(exact)) return words;
    words.erase(words.size() - exact.size());
    return names_working_day(deadline) ? words : words + std::string(not_moved);
  }
  words = in_words(anchored->offset) + " después " +
          rules::of(the(kind.obligations.at(anchored->anchor.obligation)));
  if (deadline.rolling == rules::Rolling::exact) words += not_moved;
  if (deadline.rolling == rules::Rolling::previous_working_day) words += ", o hábil anterior";
  return words;
}

std::string recurrence_in_words(const ObligationKind& report) {
  if (report.periods.empty()) return {};
  const Period& first = report.periods.front();
  const Period& last = report.periods.back();
  std::string words(each(first.unit));
  if (first.unit == rules::PeriodUnit::year) return words;
  words += ", de " + std::string(month_of_period(first.first_month())) + " a " +
           std::string(month_of_period(last.last_month())) + " de " + std::to_string(last.year);
  if (first.unit == rules::PeriodUnit::month) {
    const auto left_out = months_left_out(report.periods);
    if (!left_out.empty()) words += " (sin " + listed(left_out) + ")";
  }
  return words;
}

std::string moment_in_words(const LadderStep& step) {
  if (step.side == dsl::StepSide::at_due) return "Al vencer (el primer día hábil después del plazo)";
  return in_words(step.offset) +
         (step.side == dsl::StepSide::before ? " antes del vencimiento" : " después del vencimiento");
}

std::string message_in_words(const LadderStep& step, const Policy& policy) {
  std::vector<std::string> recipients;
  for (const Recipient& recipient : step.recipients) {
    recipients.push_back(recipient.role ? to_role(policy, *recipient.role) : "a quien está a cargo");
  }
  std::string words = std::string(verb_of(step.verb)) + " " + rules::joined(recipients, "y");
  if (step.repeat_times > 0) {
    words += "; se repite cada " + std::to_string(step.repeat_every) +
             (step.repeat_every == 1 ? " día hábil" : " días hábiles") + ", hasta " +
             std::to_string(step.repeat_times) + (step.repeat_times == 1 ? " vez" : " veces") + " más";
  }
  return words;
}

std::string in_words(const Digest& digest, const Policy& policy) {
  std::vector<std::string> recipients;
  for (const RoleId role : digest.recipients)
    recipients.push_back(to_role(policy, role));
  return "cada " + std::string(rules::weekday_name(digest.iso_weekday)) + " a las " + in_words(digest.at) +
         ", " + rules::joined(recipients, "y");
}

std::string in_words(rules::TimeOfDay time) {
  return std::to_string(time.hour) + (time.minute < 10 ? ":0" : ":") + std::to_string(time.minute);
}

std::string demands_in_words(const Transition& transition) {
  std::vector<std::string> demands;
  if (transition.demand == dsl::Demand::motive) demands.emplace_back("con motivo");
  if (transition.demand == dsl::Demand::judgement) demands.emplace_back("con valoración");
  if (transition.other_person) demands.emplace_back("por otra persona");
  return rules::joined(demands, "y");
}

}  // namespace cauce::workflows
