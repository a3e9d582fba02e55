// What a plan of a kind owes in the vigencia, as it can be told before there is any plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/policy.hpp"

namespace cauce::workflows {

/// One obligation, for one of its periods if it has some.
struct Owed {
  const ObligationKind* obligation = nullptr;
  std::optional<Period> period = {};
  std::optional<rules::DueDay> day = {};  ///< none: *por fijar*, or without a deadline
};

/// All that a plan of `kind` owes, by deadline; what has none last, in the order of the policy.
std::vector<Owed> owed_in_vigencia(const PlanKind& kind, const rules::Ruleset& rules);

/// The rule that gives the deadline, as the policy has it, and why the day was moved if it was: `31 de mayo,
/// pasa al martes 4 de junio por caer en festivo (Corpus Christi)`; `sin plazo` if there is none.
std::string rule_in_words(const Owed& owed, const rules::Ruleset& rules);

/// When a report is no longer accepted: `20 días hábiles después`, `13 de diciembre de 2024`. Empty if
/// always.
std::string closing_in_words(const ObligationKind& obligation);

/// `5 días hábiles`, `1 día calendario`
std::string in_words(rules::DayOffset offset);

}  // namespace cauce::workflows
