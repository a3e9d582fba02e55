// What a condition asks of the things of a plan, as values that it has or has not: so that the analysis of
// conditions, which looks into values only, sees that `cumplido(taller)` and `entregado(informe)` can both
// hold.
#pragma once

#include <map>
#include <tuple>

#include "rules/condition_analysis.hpp"
#include "workflows/plan.hpp"

namespace cauce::workflows {

/// Of one kind of plan.
class AskedValues {
 public:
  /// What is asked is added to `slots`, under numbers that nothing else has.
  AskedValues(const PlanKind& kind, rules::SlotTypes& slots) : kind_(kind), slots_(slots) {}

  /// Whether any answers to what `conditions` ask may come together: no thing is asked in two ways, of which
  /// one may imply the other, and nothing is read beside that sums the answers up, as `avance` does.
  static bool are_independent(const std::vector<const rules::Expression*>& conditions);

  /// `condition` with a value in place of each question whose answers any plan may give together. What is
  /// overdue depends on what else is asked, and stays a question; so does all within a collection.
  rules::Expression in(rules::Expression condition);

 private:
  using Key = std::tuple<rules::ThingQuestion, std::uint32_t, std::optional<Period>>;

  void replace(rules::Expression& expression);
  std::string name_of(const rules::AskThing& asked) const;

  const PlanKind& kind_;
  rules::SlotTypes& slots_;
  std::map<Key, std::uint32_t> known_ = {};
};

}  // namespace cauce::workflows
