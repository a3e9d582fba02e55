// Progress told by what milestones contribute to and through which services (language.md, 2.4): by front, by
// term, by the result of a front at a term, by service and by form of action.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflows/plan.hpp"

namespace cauce::workflows {

enum class ContributesBy : std::uint8_t { front, term, result, service, form };
std::string_view name_of(ContributesBy by);       ///< `front` …, for machines
std::string_view spanish_name(ContributesBy by);  ///< `frente`, `plazo`, `resultado`, `servicio`, `forma`

/// All milestones that contribute to one thing.
struct ContributionLine {
  ContributesBy by = ContributesBy::front;
  std::string name;   ///< as the policy writes it: `capacidades`, `corto`, `capacidades.corto`, `taller_pdt`
  std::string title;  ///< what people see
  std::size_t hitos = 0;
  std::size_t achieved = 0;
  std::optional<rules::Decimal> weight = rules::Decimal(0);  ///< none: beyond what numbers can hold
  std::optional<rules::Decimal> achieved_weight = rules::Decimal(0);

  /// 100 · weight achieved / weight, as `avance` is; sin dato where nothing weighs.
  Value progress() const;
};

/// Gathers the milestones of one plan or of many, each under its own version. Those that count are those of
/// `hitos`; one that contributes to nothing is in no line.
class ContributionTally {
 public:
  void add(const Plan& plan, const PlanKind& kind, const rules::Ruleset& rules);
  /// In the order of ContributesBy, then as the policies declare things. A front or service to which no
  /// milestone of these plans contributes has no line.
  std::vector<ContributionLine> lines() const;

 private:
  struct Key;
  ContributionLine& line_of(const Key& key);

  std::vector<ContributionLine> lines_ = {};
  std::vector<std::size_t> places_ = {};  ///< of each line among those of its kind, as its policy declares it
};

}  // namespace cauce::workflows
