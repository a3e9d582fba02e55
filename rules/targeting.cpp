#include "rules/targeting.hpp"

#include <algorithm>

#include "rules/columnar_selection.hpp"
#include "rules/judgement.hpp"

namespace cauce::rules {

std::size_t Selection::count(TargetStatus status) const {
  return static_cast<std::size_t>(std::count_if(
      results.begin(), results.end(), [&](const TargetResult& result) { return result.status == status; }));
}

Selection select(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
                 const std::map<std::string, HandDecision>& by_hand, EvaluationObserver* observer) {
  return ColumnarSelection(targeting, rules, territory, as_of, by_hand, observer).whole();
}

TargetResult judge(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
                   std::uint32_t row, const std::set<std::string>& named, EvaluationObserver* observer) {
  return judge_one(targeting, rules, territory, as_of, row, &named, observer).result;
}

}  // namespace cauce::rules
