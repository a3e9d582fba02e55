#include "rules/target_status.hpp"

namespace cauce::rules {

std::string_view english_name(TargetStatus status) {
  switch (status) {
    case TargetStatus::selected:
      return "selected";
    case TargetStatus::waitlisted:
      return "waitlisted";
    case TargetStatus::eligible:
      return "eligible";
    case TargetStatus::ineligible:
      return "ineligible";
    case TargetStatus::excluded:
      return "excluded";
    case TargetStatus::undetermined:
      break;
  }
  return "undetermined";
}

std::string_view spanish_name(TargetStatus status) {
  switch (status) {
    case TargetStatus::selected:
      return "seleccionado";
    case TargetStatus::waitlisted:
      return "en espera";
    case TargetStatus::eligible:
      return "elegible";
    case TargetStatus::ineligible:
      return "no elegible";
    case TargetStatus::excluded:
      return "excluido";
    case TargetStatus::undetermined:
      break;
  }
  return "por verificar";
}

std::string_view english_name(StatusReason::List list) {
  switch (list) {
    case StatusReason::List::exclusion:
      return "exclusion";
    case StatusReason::List::requirement:
      return "requirement";
    case StatusReason::List::qualification:
      break;
  }
  return "qualification";
}

const TargetingClause& clause_of(const Targeting& targeting, const StatusReason& reason) {
  switch (reason.list) {
    case StatusReason::List::exclusion:
      return targeting.exclusions.at(reason.clause);
    case StatusReason::List::requirement:
      return targeting.requirements.at(reason.clause);
    case StatusReason::List::qualification:
      break;
  }
  return targeting.qualifications.at(reason.clause);
}

}  // namespace cauce::rules
