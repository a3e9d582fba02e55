#include "rules/table.hpp"

#include <algorithm>

#include "rules/argument_facts.hpp"
#include "rules/logic.hpp"

namespace cauce::rules {

namespace {

/// One decision being taken. Names that are missing are those of the caller: it has noted them with the
/// arguments, so here only faults are noted.
class Decision {
 public:
  Decision(const Table& table, const std::vector<Value>& arguments, const EvaluationContext& context)
      : table_(table), arguments_(arguments), facts_(arguments), outer_(context) {}

  TableOutcome take();

 private:
  std::optional<bool> matches(const TableRow& row);
  std::optional<bool> matches(const TableCell& cell, const Value& argument);
  std::optional<bool> matches(const CellTest& test, const Value& argument);
  Value value_of(const Expression& expression) { return evaluate(expression, facts_, context_); }

  TableOutcome unique();
  TableOutcome first();
  TableOutcome gathered();
  void fault(const std::string& text) { notes_.faults.push_back(text); }

  const Table& table_;
  const std::vector<Value>& arguments_;
  ArgumentFacts facts_;
  const EvaluationContext& outer_;
  EvaluationNotes notes_;
  EvaluationContext context_{outer_.rules, outer_.as_of, outer_.notes == nullptr ? nullptr : &notes_,
                             outer_.observer};
};

TableOutcome Decision::take() {
  TableOutcome outcome = table_.policy == dsl::HitPolicy::unique  ? unique()
                         : table_.policy == dsl::HitPolicy::first ? first()
                                                                  : gathered();
  if (outer_.notes != nullptr) {
    for (const std::string& text : notes_.faults) {
      auto& faults = outer_.notes->faults;
      if (std::find(faults.begin(), faults.end(), text) == faults.end()) faults.push_back(text);
    }
  }
  outcome.faults = std::move(notes_.faults);
  return outcome;
}

std::optional<bool> Decision::matches(const TableRow& row) {
  std::optional<bool> result = true;
  for (std::size_t i = 0; i < row.cells.size() && result != false; ++i) {
    result = kleene_and(result, matches(row.cells[i], arguments_[i]));
  }
  return result;
}

std::optional<bool> Decision::matches(const TableCell& cell, const Value& argument) {
  if (cell.tests.empty()) return true;
  std::optional<bool> any = false;
  for (const CellTest& test : cell.tests) {
    any = kleene_or(any, matches(test, argument));
    if (any == true) break;
  }
  return cell.negated ? kleene_not(any) : any;
}

std::optional<bool> Decision::matches(const CellTest& test, const Value& argument) {
  if (std::holds_alternative<CellMissing>(test)) return is_missing(argument);
  if (is_missing(argument)) return std::nullopt;
  if (const auto* comparison = std::get_if<CellCompare>(&test)) {
    return compare(comparison->op, argument, value_of(comparison->value));
  }
  const auto& range = std::get<CellRange>(test);
  return is_within(argument, value_of(range.low), value_of(range.high), range.low_open, range.high_open);
}

std::string no_row(const Table& table) {
  return "ninguna fila de la tabla «" + table.name + "» corresponde a los datos";
}

TableOutcome Decision::unique() {
  TableOutcome outcome;
  bool unknown = false;
  for (std::size_t i = 0; i < table_.rows.size(); ++i) {
    const auto result = matches(table_.rows[i]);
    unknown = unknown || !result;
    if (result == true) outcome.matched.push_back(i);
  }
  if (outcome.matched.size() == 1) {
    outcome.value = value_of(table_.rows[outcome.matched.front()].result);
  } else if (outcome.matched.size() > 1) {
    fault("más de una fila de la tabla «" + table_.name + "» corresponde a los datos");
  } else if (!unknown) {
    fault(no_row(table_));
  }
  return outcome;
}

TableOutcome Decision::first() {
  for (std::size_t i = 0; i < table_.rows.size(); ++i) {
    const auto result = matches(table_.rows[i]);
    if (!result) return {Missing{}};
    if (*result) return {value_of(table_.rows[i].result), {i}};
  }
  fault(no_row(table_));
  return {Missing{}};
}

/// suma, máximo or mínimo of the rows.
TableOutcome Decision::gathered() {
  TableOutcome outcome;
  bool known = true;
  Value total;
  for (std::size_t i = 0; i < table_.rows.size(); ++i) {
    const auto result = matches(table_.rows[i]);
    known = known && result.has_value();
    if (result != true) continue;
    Value value = value_of(table_.rows[i].result);
    known = known && !is_missing(value);
    if (known && outcome.matched.empty()) {
      total = std::move(value);
    } else if (known && table_.policy == dsl::HitPolicy::sum) {
      const auto sum = add(std::get<Decimal>(total), std::get<Decimal>(value));
      if (!sum) fault("un resultado no cabe en 34 cifras");
      known = sum.has_value();
      if (sum) total = *sum;
    } else if (known) {
      const auto better =
          table_.policy == dsl::HitPolicy::maximum ? dsl::BinaryOp::greater : dsl::BinaryOp::less;
      if (compare(better, value, total) == true) total = std::move(value);
    }
    outcome.matched.push_back(i);
  }
  if (known && outcome.matched.empty()) fault(no_row(table_));
  if (known) outcome.value = std::move(total);
  return outcome;
}

}  // namespace

TableOutcome decide(const Table& table, const std::vector<Value>& arguments,
                    const EvaluationContext& context) {
  return Decision(table, arguments, context).take();
}

}  // namespace cauce::rules
