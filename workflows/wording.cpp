#include "workflows/wording.hpp"

#include <algorithm>

#include "dsl/characters.hpp"
#include "dsl/fold.hpp"
#include "rules/lower.hpp"

namespace cauce::workflows {
namespace {

/// ` de mayo de 2024`, ` del segundo trimestre de 2024`; nothing for `al cierre`, which is owed once.
std::string of_period(const Obligation& obligation) {
  if (!obligation.period || obligation.period->unit == rules::PeriodUnit::year) return {};
  const bool month = obligation.period->unit == rules::PeriodUnit::month;
  return (month ? " de " : " del ") + obligation.period->to_spanish();
}

/// `no se ha entregado`, `no se ha cumplido`, `no ha terminado`
std::string_view not_done(ObligationType type) {
  switch (type) {
    case ObligationType::report:
      return "no se ha entregado";
    case ObligationType::hito:
      return "no se ha cumplido";
    case ObligationType::phase:
      break;
  }
  return "no ha terminado";
}

}  // namespace

std::string quoted(std::string_view text) {
  return "«" + std::string(text) + "»";
}

std::string listed(const std::vector<std::string>& items) {
  return rules::join_names(items);
}

bool is_blank(std::string_view text) {
  return dsl::is_blank(text);
}

std::string the(Phase phase) {
  return (phase == Phase::monitoring ? "el " : "la ") + std::string(spanish_name(phase));
}

std::string of_the(Phase phase) {
  return (phase == Phase::monitoring ? "del " : "de la ") + std::string(spanish_name(phase));
}

std::string the(const PlanKind& kind, const Obligation& obligation) {
  const ObligationKind& what = kind_of(kind, obligation);
  if (what.type == ObligationType::phase && what.phase) return the(*what.phase);
  const std::string_view noun = what.type == ObligationType::report ? "el reporte " : "el hito ";
  return std::string(noun) + quoted(what.name) + of_period(obligation);
}

std::string of_the(const PlanKind& kind, const Obligation& obligation) {
  const std::string named = the(kind, obligation);
  return named.starts_with("el ") ? "d" + named : "de " + named;
}

std::string what_is_missing(const PlanKind& kind, const Obligation& obligation, Date today) {
  const std::string named = the(kind, obligation);
  switch (obligation.state) {
    case ObligationState::returned:
      return named + " se devolvió y no se ha corregido";
    case ObligationState::delivered:
      return named + " se entregó y no se ha validado";
    case ObligationState::achieved:
      return named + " se cumplió y no se ha validado";
    default:
      break;
  }
  const std::string missing(not_done(kind_of(kind, obligation).type));
  if (!obligation.due) return named + " " + missing;
  const std::string due = rules::to_spanish(*obligation.due);
  if (obligation.missed)
    return named + " venció el " + rules::to_spanish(*obligation.missed) + ", se prorrogó hasta el " + due +
           " y " + missing;
  if (*obligation.due < today) return named + " venció el " + due + " y " + missing;
  return named + " " + missing + " (vence el " + due + ")";
}

std::vector<std::string> titles_of(const Policy& policy, const std::vector<RoleId>& roles) {
  std::vector<std::string> titles;
  for (const RoleId role : roles) {
    const std::string& title = at(policy.rules->roles, role).title;
    if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(title);
  }
  return titles;
}

std::vector<RoleId> superiors_of(const Policy& policy, const std::vector<RoleId>& roles) {
  std::vector<RoleId> superiors;
  for (const RoleId role : roles) {
    for (auto above = at(policy.rules->roles, role).superior; above;
         above = at(policy.rules->roles, *above).superior) {
      if (std::find(superiors.begin(), superiors.end(), *above) == superiors.end())
        superiors.push_back(*above);
    }
  }
  return superiors;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates,
                       std::string_view label) {
  if (candidates.empty()) return {};
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  const std::string_view nearest = dsl::nearest_name(word, views);
  if (!nearest.empty()) return "¿quiso decir " + quoted(nearest) + "?";
  return std::string(label) + ": " + listed(candidates);
}

}  // namespace cauce::workflows
