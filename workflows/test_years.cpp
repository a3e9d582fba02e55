#include "workflows/test_years.hpp"

#include <algorithm>

#include "dsl/syntax_walk.hpp"

namespace cauce::workflows {
namespace {

/// The first of the years that were named.
class Years {
 public:
  void add(const std::optional<int>& year) {
    if (year && (!first_ || *year < *first_)) first_ = year;
  }
  void add(const dsl::DateRef& date) { add(date.year); }

  void add_all(const dsl::Expr& expression) {
    if (const auto* date = std::get_if<dsl::DateLiteral>(&expression.node)) add(date->date);
    if (const auto* period = std::get_if<dsl::PeriodLiteral>(&expression.node)) add(period->period.year);
    for_each_child(expression, [&](const dsl::Expr& child) { add_all(child); });
  }

  const std::optional<int>& first() const { return first_; }

 private:
  std::optional<int> first_ = {};
};

/// When a test takes place, and what it expects.
struct NamedYears {
  Years when;
  Years expected;

  std::optional<int> vigencia() const { return when.first() ? when.first() : expected.first(); }

  void add(const dsl::PlanAction& action) {
    if (action.period) when.add(action.period->year);
    if (action.date) when.add(*action.date);
  }
  void add(const dsl::Expectation& expectation) {
    if (const auto* expression = std::get_if<dsl::Expr>(&expectation.expected)) expected.add_all(*expression);
    if (const auto* refusal = std::get_if<dsl::ExpectRefusal>(&expectation.expected)) add(*refusal->action);
  }
};

}  // namespace

std::optional<int> vigencia_of(const dsl::TestDecl& test) {
  NamedYears years;
  if (test.at) years.when.add(*test.at);
  for (const dsl::TestLine& line : test.lines) {
    if (const auto* expectation = std::get_if<dsl::Expectation>(&line)) years.add(*expectation);
  }
  return years.vigencia();
}

std::optional<int> vigencia_of(const dsl::ScenarioDecl& scenario) {
  NamedYears years;
  for (const dsl::ScenarioLine& line : scenario.lines) {
    if (const auto* created = std::get_if<dsl::Created>(&line)) years.when.add(created->date);
    if (const auto* step = std::get_if<dsl::Step>(&line)) {
      years.when.add(step->date);
      if (step->action) years.add(*step->action);
    }
    if (const auto* expectation = std::get_if<dsl::Expectation>(&line)) years.add(*expectation);
  }
  return years.vigencia();
}

std::string why_not_applicable(const std::optional<int>& named, int vigencia) {
  if (!named || *named == vigencia) return {};
  return "nombra el año " + std::to_string(*named) + ", y la vigencia es " + std::to_string(vigencia);
}

}  // namespace cauce::workflows
