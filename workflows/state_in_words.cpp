#include "workflows/state_in_words.hpp"

#include <string_view>

#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

bool is_feminine(const PlanKind& kind, const Obligation& obligation) {
  const ObligationKind& what = kind_of(kind, obligation);
  return what.type == ObligationType::phase && what.phase != Phase::monitoring;
}

/// `está dispensado`; what is no participle has a verb of its own.
std::string predicate(const PlanKind& kind, const Obligation& obligation) {
  switch (obligation.state) {
    case ObligationState::not_due:
      return "no es exigible";
    case ObligationState::void_:
      return "quedó sin efecto";
    default:
      return "está " + state_in_words(kind, obligation);
  }
}

}  // namespace

std::string state_in_words(const PlanKind& kind, const Obligation& obligation) {
  std::string state(spanish_name(obligation.state));
  if (is_feminine(kind, obligation) && state.ends_with('o') && obligation.state != ObligationState::void_)
    state.back() = 'a';
  return state;
}

std::string overdue_in_words(const PlanKind& kind, const Obligation& obligation) {
  return is_feminine(kind, obligation) ? "vencida" : "vencido";
}

std::string in_its_state(const PlanKind& kind, const Obligation& obligation) {
  return the(kind, obligation) + " " + predicate(kind, obligation);
}

std::string already_in_words(const PlanKind& kind, const Obligation& obligation) {
  return the(kind, obligation) + " ya " + predicate(kind, obligation);
}

std::string doing_it(std::string_view verb, const PlanKind& kind, const Obligation& obligation) {
  return std::string(verb) + (is_feminine(kind, obligation) ? "la" : "lo");
}

}  // namespace cauce::workflows
