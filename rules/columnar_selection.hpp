// A selection that stays in columns, and tells the result of an entity when it is asked for.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/selection.hpp"
#include "rules/targeting.hpp"
#include "rules/verdicts.hpp"

namespace cauce::rules {

/// What select() gives, in some hundred bytes an entity: statuses and the truth of every clause are kept,
/// what is missing is found out by evaluating again. The targeting, the rules and the territory must outlive
/// it.
class ColumnarSelection {
 public:
  /// `row_by_row` as of Vectoriser.
  ColumnarSelection(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
                    const std::map<std::string, HandDecision>& by_hand = {},
                    EvaluationObserver* observer = nullptr, bool row_by_row = false);

  std::size_t size() const { return placement_.statuses.size(); }
  TargetResult result(std::uint32_t row) const;
  TargetStatus status(std::uint32_t row) const { return placement_.statuses[row]; }
  /// Of a quota line or then of a minimum line; empty where it is not known.
  std::string_view group(std::uint32_t row, std::size_t line) const {
    return verdicts_.groups[line].text_at(row, texts());
  }
  /// Whether only result() tells all of it: something is missing, or there is a decision by hand.
  bool is_told_by_result_only(std::uint32_t row) const {
    return !by_hand_.empty() || judged_again_[row] != 0;
  }
  const Placement& placement() const { return placement_; }
  const Verdicts& verdicts() const { return verdicts_; }
  const Texts& texts() const { return judge_.texts(); }
  /// All results at once.
  Selection whole() const;

 private:
  SelectionTask task() const;
  void tell_faults();
  void tell_decisions_on_nobody();
  std::vector<std::uint8_t> who_is_judged_again() const;
  void tell_reasons(TargetResult& result) const;

  const Targeting& targeting_;
  const Ruleset& rules_;
  const Territory& territory_;
  Date as_of_;
  std::map<std::string, HandDecision> by_hand_;
  Judge judge_;
  Verdicts verdicts_;
  std::vector<std::uint8_t> judged_again_;  ///< by row, 1 where something is missing: its name is found so
  Placement placement_;
};

}  // namespace cauce::rules
