#include "workflows/owed.hpp"

#include <algorithm>
#include <cstdlib>

namespace cauce::workflows {

std::vector<Owed> owed_in_vigencia(const PlanKind& kind, const rules::Ruleset& rules) {
  std::vector<Owed> all;
  for (const ObligationKind& obligation : kind.obligations) {
    std::vector<std::optional<Period>> periods(obligation.periods.begin(), obligation.periods.end());
    if (periods.empty()) periods.emplace_back();
    for (const auto& period : periods) {
      Owed owed{&obligation, period, {}};
      if (obligation.due) {
        owed.day = rules::due_day(*obligation.due, {rules.vigencia, period, std::nullopt}, rules.calendar);
      }
      all.push_back(owed);
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Owed& a, const Owed& b) {
    if (!a.day || !b.day) return a.day.has_value() && !b.day;
    return a.day->due < b.day->due;
  });
  return all;
}

std::string rule_in_words(const Owed& owed, const rules::Ruleset& rules) {
  if (!owed.obligation->due) return "sin plazo";
  std::string words = owed.obligation->due->text;
  if (!owed.day) return words;
  if (const std::string moved = rules::why_moved(*owed.day, rules.calendar); !moved.empty()) {
    words += ", " + moved;
  }
  return words;
}

std::string closing_in_words(const ObligationKind& obligation) {
  if (!obligation.closes) return {};
  if (const auto* offset = std::get_if<rules::DayOffset>(&*obligation.closes)) {
    return in_words(*offset) + " después";
  }
  return rules::to_spanish(std::get<Date>(*obligation.closes));
}

std::string in_words(rules::DayOffset offset) {
  const int days = std::abs(offset.days);
  const bool working = offset.unit == rules::DayUnit::working;
  if (days == 1) return working ? "1 día hábil" : "1 día calendario";
  return std::to_string(days) + (working ? " días hábiles" : " días calendario");
}

}  // namespace cauce::workflows
