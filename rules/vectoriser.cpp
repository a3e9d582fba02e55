#include "rules/vectoriser.hpp"

#include <algorithm>
#include <utility>

#include "rules/batch_decision.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/table.hpp"

namespace cauce::rules {

/// One expression becoming operators. Nothing comes of what cannot be done in columns.
class Vectoriser::Compilation {
 public:
  explicit Compilation(Vectoriser& made_by) : by_(made_by) {}

  std::optional<Vectorised> compile(const Expression& expression) {
    return std::visit([this](const auto& node) { return (*this)(node); }, expression.node);
  }

  /// A condition.
  Operator truth_of(const Expression& condition) {
    const auto made = truth_value_of(condition);
    return made ? made->op : nullptr;
  }

  // One for each kind of node.
  std::optional<Vectorised> operator()(const Literal& node) {
    return constant_of(node.value, by_.columns_.texts());
  }

  std::optional<Vectorised> operator()(const ReadSlot& node) {
    if (node.slot.depth != 0) return std::nullopt;
    if (arguments_ != nullptr) return arguments_->at(node.slot.index);
    return by_.columns_.find(node.slot.index);
  }

  std::optional<Vectorised> operator()(const ReadParameter& node) {
    return constant_of(by_.rules_.parameters.at(node.parameter).on(by_.as_of_), by_.columns_.texts());
  }

  std::optional<Vectorised> operator()(const ReadAsOf&) {
    return constant_of(UnitKind::day, by_.as_of_.time_since_epoch().count());
  }

  std::optional<Vectorised> operator()(const UnaryOperation& node) {
    if (node.op == dsl::UnaryOp::logical_not) {
      const Operator operand = truth_of(*node.operand);
      return operand ? truths(opposite(operand)) : std::nullopt;
    }
    const auto operand = compile(*node.operand);
    return operand ? std::optional(negated(*operand)) : std::nullopt;
  }

  std::optional<Vectorised> operator()(const BinaryOperation& node) {
    if (node.op == dsl::BinaryOp::logical_and || node.op == dsl::BinaryOp::logical_or) {
      Operator left = truth_of(*node.left);
      Operator right = truth_of(*node.right);
      if (!left || !right) return std::nullopt;
      return truths(node.op == dsl::BinaryOp::logical_and ? least(left, right) : greatest(left, right));
    }
    const auto left = value_of(*node.left);
    const auto right = value_of(*node.right);
    if (!left || !right) return std::nullopt;
    switch (node.op) {
      case dsl::BinaryOp::add:
        return sum(*left, *right);
      case dsl::BinaryOp::subtract:
        return difference(*left, *right);
      case dsl::BinaryOp::multiply:
        return product(*left, *right);
      case dsl::BinaryOp::divide:
        return quotient(*left, *right);
      default:
        return truths(comparison(node.op, *left, *right));
    }
  }

  std::optional<Vectorised> operator()(const Choice& node) {
    const Operator condition = truth_of(*node.condition);
    auto values = values_of({&*node.consequence, &*node.alternative});
    if (!condition || !values || !align(*values)) return std::nullopt;
    return made_of(*values, choice(condition, (*values)[0].op, (*values)[1].op));
  }

  std::optional<Vectorised> operator()(const Membership& node) {
    const auto operand = value_of(*node.operand);
    std::vector<const Expression*> candidates;
    for (const Expression& candidate : node.values)
      candidates.push_back(&candidate);
    const auto values = values_of(candidates);
    if (!operand || !values) return std::nullopt;
    return truths(among(*operand, *values));
  }

  std::optional<Vectorised> operator()(const Within& node) {
    const auto operand = value_of(*node.operand);
    const auto low = value_of(*node.low);
    const auto high = value_of(*node.high);
    if (!operand || !low || !high) return std::nullopt;
    return truths(within(*operand, *low, *high, node.low_open, node.high_open));
  }

  std::optional<Vectorised> operator()(const Presence& node) {
    const auto operand = value_of(*node.operand);
    if (!operand) return std::nullopt;
    return truths(presence(as_units(*operand).op, node.present ? 1 : 0));
  }

  std::optional<Vectorised> operator()(const CallFunction& node) {
    if (node.function == Function::round || node.function == Function::truncate) return round(node);
    std::vector<const Expression*> arguments;
    for (const Expression& argument : node.arguments)
      arguments.push_back(&argument);
    auto values = values_of(arguments);
    if (!values || !align(*values)) return std::nullopt;
    switch (node.function) {
      case Function::minimum:
        return minimum_of(*values);
      case Function::maximum:
        return maximum_of(*values);
      case Function::absolute:
        return absolute(values->front());
      case Function::year:
        return part_of_date(values->front(), year_of);
      case Function::month:
        return part_of_date(values->front(), month_of);
      case Function::day:
        return part_of_date(values->front(), day_of);
      case Function::days_between:
        return difference((*values)[1], (*values)[0]);
      case Function::if_missing: {
        const Operator known = presence((*values)[0].op, 1);
        return made_of(*values, choice(known, (*values)[0].op, (*values)[1].op));
      }
      default:
        return std::nullopt;
    }
  }

  std::optional<Vectorised> operator()(const CallTable& node) {
    const Table& table = by_.rules_.tables.at(node.table);
    std::vector<Vectorised> arguments;
    for (const Expression& argument : node.arguments) {
      auto value = value_of(argument);
      if (!value) return std::nullopt;
      arguments.push_back(*std::move(value));
    }
    const auto* outer = std::exchange(arguments_, &arguments);
    auto decided = decide(table);
    arguments_ = outer;
    return decided;
  }

  // Over collections and things, which entities have none of.
  std::optional<Vectorised> operator()(const Aggregation&) { return std::nullopt; }
  std::optional<Vectorised> operator()(const AskThing&) { return std::nullopt; }

 private:
  static std::optional<Vectorised> truths(Operator op) {
    if (!op) return std::nullopt;
    return Vectorised{std::move(op), UnitKind::truth};
  }

  /// A condition may go row by row wherever it stands, any other value may not.
  std::optional<Vectorised> value_of(const Expression& expression) {
    return expression.type.kind == TypeKind::truth ? truth_value_of(expression) : compile(expression);
  }

  std::optional<Vectorised> truth_value_of(const Expression& condition) {
    auto made = by_.row_by_row_ ? std::nullopt : compile(condition);
    if (!made) return arguments_ == nullptr ? truths(row_by_row(condition)) : std::nullopt;
    return made->kind == UnitKind::truth ? made : truths(repeated_truth(truth_unknown));
  }

  std::optional<std::vector<Vectorised>> values_of(const std::vector<const Expression*>& expressions) {
    std::vector<Vectorised> values;
    for (const Expression* expression : expressions) {
      auto value = value_of(*expression);
      if (!value) return std::nullopt;
      values.push_back(*std::move(value));
    }
    return values;
  }

  Operator row_by_row(const Expression& condition) {
    return truths_by([this_vectoriser = &by_, &condition](Batch batch, std::uint8_t* truths) {
      for (std::uint32_t i = 0; i < batch.count; ++i) {
        const auto known = truth(this_vectoriser->value_of(condition, batch.first + i));
        truths[i] = !known ? truth_unknown : *known ? truth_yes : truth_no;
      }
    });
  }

  /// To a constant number of places.
  std::optional<Vectorised> round(const CallFunction& node) {
    const auto value = value_of(node.arguments[0]);
    const auto places = value_of(node.arguments[1]);
    if (!value || !places || !places->constant || places->decimals != 0) return std::nullopt;
    const bool half_away = node.function == Function::round;
    return rounded(*value, *places->constant, half_away ? Rounding::half_away : Rounding::towards_zero);
  }

  // --- Tables. Here a slot is an argument.

  std::optional<Vectorised> decide(const Table& table) {
    std::vector<Vectorised> results;
    std::vector<DecisionRow> rows;
    for (const TableRow& row : table.rows) {
      Operator matching = matches(row);
      auto result = value_of(row.result);
      if (!matching || !result) return std::nullopt;
      rows.push_back({std::move(matching), nullptr});
      results.push_back(*std::move(result));
    }
    if (results.empty() || results.size() > most_decision_rows || !align(results)) return std::nullopt;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i].result = results[i].op;
      rows[i].constant = results[i].constant;
    }
    const bool by_order = table.policy == dsl::HitPolicy::maximum || table.policy == dsl::HitPolicy::minimum;
    if (by_order && common_kind(results) == UnitKind::text) return std::nullopt;
    const auto range = table.policy == dsl::HitPolicy::sum ? range_of_sums(results) : common_range(results);
    if (!range) return std::nullopt;
    Vectorised made = made_of(results, decision(table.policy, std::move(rows), by_.faulty_));
    if (made.kind != UnitKind::truth) made.range = *range;
    return made;
  }

  /// However many of the rows are true.
  static std::optional<UnitRange> range_of_sums(const std::vector<Vectorised>& results) {
    std::optional<Vectorised> total = results.front();
    for (std::size_t i = 1; total && i < results.size(); ++i)
      total = sum(*total, results[i]);
    return total ? std::optional(total->range) : std::nullopt;
  }

  Operator matches(const TableRow& row) {
    Operator all;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].tests.empty()) continue;
      Operator cell = matches(row.cells[i], arguments_->at(i));
      if (!cell) return nullptr;
      all = all ? least(all, cell) : cell;
    }
    return all ? all : repeated_truth(truth_yes);
  }

  Operator matches(const TableCell& cell, const Vectorised& argument) {
    Operator any;
    for (const CellTest& test : cell.tests) {
      Operator here = matches(test, argument);
      if (!here) return nullptr;
      any = any ? greatest(any, here) : here;
    }
    return cell.negated ? opposite(any) : any;
  }

  Operator matches(const CellTest& test, const Vectorised& argument) {
    if (std::holds_alternative<CellMissing>(test)) return presence(as_units(argument).op, 0);
    if (const auto* compared = std::get_if<CellCompare>(&test)) {
      const auto value = value_of(compared->value);
      return value ? comparison(compared->op, argument, *value) : nullptr;
    }
    const auto& range = std::get<CellRange>(test);
    const auto low = value_of(range.low);
    const auto high = value_of(range.high);
    return low && high ? within(argument, *low, *high, range.low_open, range.high_open) : nullptr;
  }

  Vectoriser& by_;
  const std::vector<Vectorised>* arguments_ = nullptr;  ///< of the table at hand
};

Vectoriser::Vectoriser(const Ruleset& rules, const Territory& territory, EntityKindId kind, Date as_of,
                       EvaluationObserver* observer, bool row_by_row)
    : rules_(rules),
      territory_(territory),
      kind_(kind),
      as_of_(as_of),
      observer_(observer),
      row_by_row_(row_by_row || observer != nullptr),
      columns_(rules, territory, kind) {}

std::optional<Vectorised> Vectoriser::units_of(const Expression& expression) {
  auto made = row_by_row_ ? std::nullopt : Compilation(*this).compile(expression);
  if (made) made = as_units(*std::move(made));
  return made;
}

Operator Vectoriser::truth_of(const Expression& condition) {
  return Compilation(*this).truth_of(condition);
}

Value Vectoriser::value_of(const Expression& expression, std::uint32_t row) {
  EvaluationNotes notes;
  const EntityFacts facts(rules_, territory_, kind_, row);
  Value value = evaluate(expression, facts, {rules_, as_of_, &notes, observer_});
  if (!notes.faults.empty()) faulty_.push_back(row);
  return value;
}

std::vector<std::uint32_t> Vectoriser::rows_to_look_at() const {
  std::vector<std::uint32_t> rows = faulty_;
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace cauce::rules
