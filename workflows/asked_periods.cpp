#include "workflows/asked_periods.hpp"

#include <algorithm>

#include "rules/walk.hpp"
#include "workflows/lowering.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

class PeriodCheck {
 public:
  PeriodCheck(const ObligationOfThing& obligation, int vigencia)
      : obligation_(obligation), vigencia_(vigencia) {}

  /// `level` aggregates stand around `expression`.
  void check(const rules::Expression& expression, std::uint16_t level) {
    if (const auto* ask = std::get_if<rules::AskThing>(&expression.node)) {
      if (ask->period && ask->depth == level) check_period(obligation_(ask->thing), *ask->period, expression);
      return;
    }
    const bool aggregates = std::holds_alternative<rules::Aggregation>(expression.node);
    const auto inner = static_cast<std::uint16_t>(level + (aggregates ? 1 : 0));
    rules::for_each_child(expression, [&](const rules::Expression& child) { check(child, inner); });
  }

  dsl::Diagnostics take() { return std::move(diagnostics_); }

 private:
  void check_period(const ObligationKind& report, const Period& period, const rules::Expression& question) {
    const auto& periods = report.periods;
    if (period.year != vigencia_ || std::find(periods.begin(), periods.end(), period) != periods.end())
      return;
    diagnostics_.push_back({dsl::Code::wrong_period, question.span,
                            period.to_spanish() + " no es uno de los periodos de " + quoted(report.name),
                            periods_in_words(report)});
  }

  const ObligationOfThing& obligation_;
  int vigencia_;
  dsl::Diagnostics diagnostics_ = {};
};

}  // namespace

std::string periods_in_words(const ObligationKind& obligation) {
  const auto& periods = obligation.periods;
  if (periods.empty()) return {};
  const int between = periods.back().index - periods.front().index;
  if (between + 1 == static_cast<int>(periods.size()) && periods.size() > 2)
    return "van de " + periods.front().to_spanish() + " a " + periods.back().to_spanish();
  std::vector<std::string> names;
  for (const Period& period : periods)
    names.push_back(period.to_spanish());
  return (names.size() == 1 ? "solo es " : "son ") + listed(names);
}

dsl::Diagnostics check_asked_periods(const rules::Expression& expression, const ObligationOfThing& obligation,
                                     int vigencia) {
  PeriodCheck check(obligation, vigencia);
  check.check(expression, 0);
  return check.take();
}

void check_asked_periods(const rules::Expression& expression, const ObligationOfThing& obligation,
                         Lowering& lowering) {
  for (dsl::Diagnostic& mistake : check_asked_periods(expression, obligation, lowering.rules().vigencia)) {
    lowering.spoil();
    lowering.diagnostics().push_back(std::move(mistake));
  }
}

}  // namespace cauce::workflows
