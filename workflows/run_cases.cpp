#include "workflows/run_cases.hpp"

#include <algorithm>

#include "rules/logic.hpp"
#include "rules/target_status.hpp"
#include "rules/targeting.hpp"
#include "workflows/expect.hpp"
#include "workflows/lowering.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

constexpr std::string_view score_key = "puntaje";

class CasesRun {
 public:
  CasesRun(const dsl::Cases& cases, const GivenValues& given, const TrialSetting& setting)
      : cases_(cases), given_(given), setting_(setting) {}

  std::vector<FailedExpectation> run() {
    for (std::size_t row = 0; row < cases_.rows.size(); ++row)
      run_row(row);
    return std::move(failures_);
  }

 private:
  const rules::Ruleset& rules() const { return *setting_.policy.rules; }

  void run_row(std::size_t row) {
    const std::vector<dsl::Cell>& cells = cases_.rows[row];
    GivenValues values = given_;
    for (std::size_t i = 0; i < cases_.inputs.size(); ++i)
      values[cases_.inputs[i].key] = input(cells[i], cases_.inputs[i]);
    const TargetingTrial trial(setting_, values);
    for (std::size_t i = 0; i < cases_.outputs.size(); ++i) {
      const dsl::Cell& cell = cells[cases_.inputs.size() + i];
      auto failure = check(cell, cases_.outputs[i], trial);
      if (!failure) continue;
      failure->message = "fila " + std::to_string(row + 1) + ", columna " + quoted(cases_.outputs[i].text) +
                         ": " + failure->message;
      failures_.push_back(*std::move(failure));
    }
  }

  /// A cell on the left holds one value, or `sin dato`: the checker saw to that.
  Value input(const dsl::Cell& cell, const dsl::Name& column) const {
    const dsl::CellItem& item = std::get<dsl::CellSet>(cell.content).items.front();
    const auto* written = std::get_if<dsl::Expr>(&item);
    if (written == nullptr) return rules::Missing();
    const rules::Type type = type_given(rules(), setting_.targeting.entity, column.key);
    return value_given(*written, type, rules(), setting_.as_of);
  }

  std::optional<FailedExpectation> check(const dsl::Cell& cell, const dsl::Name& column,
                                         const TargetingTrial& trial) const {
    const auto* set = std::get_if<dsl::CellSet>(&cell.content);
    if (set == nullptr) return std::nullopt;  // `-`: not checked
    const bool is_status = std::holds_alternative<dsl::StateItem>(set->items.front());
    return is_status ? check_status(*set, cell.span, trial) : check_number(*set, cell.span, column, trial);
  }

  std::optional<FailedExpectation> check_status(const dsl::CellSet& set, dsl::Span span,
                                                const TargetingTrial& trial) const {
    std::optional<FailedExpectation> failure;
    for (const dsl::CellItem& item : set.items) {
      failure = trial.expect_status(std::get<dsl::StateItem>(item).state, span);
      if (!failure) break;
    }
    if (failure.has_value() == set.negated) return std::nullopt;
    if (set.items.size() == 1 && !set.negated) return failure;
    FailedExpectation several{span, expected(span) + spanish_status(trial)};
    if (failure) {
      several.notes = std::move(failure->notes);
      several.trace = std::move(failure->trace);
    }
    return several;
  }

  static std::string spanish_status(const TargetingTrial& trial) {
    return std::string(spanish_name(trial.judged().status));
  }

  std::string expected(dsl::Span span) const {
    return "esperado " + dsl::words_of(setting_.sources, span) + ", fue ";
  }

  std::optional<FailedExpectation> check_number(const dsl::CellSet& set, dsl::Span span,
                                                const dsl::Name& column, const TargetingTrial& trial) const {
    const Value actual = number(column, trial.judged());
    const bool met = std::any_of(set.items.begin(), set.items.end(),
                                 [&](const dsl::CellItem& item) { return matches(item, actual); });
    if (met != set.negated) return std::nullopt;
    FailedExpectation failure{span, expected(span) + rules::to_display(actual)};
    note_missing(trial.judged().missing, failure.notes);
    failure.trace = trial.trace_score();
    return failure;
  }

  /// The score or one of its parts.
  Value number(const dsl::Name& column, const rules::TargetResult& result) const {
    for (std::size_t part = 0; part < setting_.targeting.score.size(); ++part) {
      if (setting_.targeting.score[part].key == column.key) return result.parts.at(part);
    }
    if (column.key != score_key || !result.score) return rules::Missing();
    return *result.score;
  }

  bool matches(const dsl::CellItem& item, const Value& actual) const {
    if (std::holds_alternative<dsl::MissingItem>(item)) return rules::is_missing(actual);
    if (const auto* range = std::get_if<dsl::Range>(&item)) {
      return rules::is_within(actual, expected_number(*range->low), expected_number(*range->high),
                              range->low_open, range->high_open) == true;
    }
    if (const auto* comparison = std::get_if<dsl::CompareItem>(&item))
      return rules::compare(comparison->op, actual, expected_number(comparison->value)) == true;
    return rules::compare(dsl::BinaryOp::equal, actual, expected_number(std::get<dsl::Expr>(item))) == true;
  }

  Value expected_number(const dsl::Expr& written) const {
    return value_given(written, rules::Type::number(), rules(), setting_.as_of);
  }

  const dsl::Cases& cases_;
  const GivenValues& given_;
  const TrialSetting& setting_;
  std::vector<FailedExpectation> failures_ = {};
};

}  // namespace

std::vector<FailedExpectation> run_cases(const dsl::Cases& cases, const GivenValues& given,
                                         const TrialSetting& setting) {
  return CasesRun(cases, given, setting).run();
}

}  // namespace cauce::workflows
