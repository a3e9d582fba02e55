#include "rules/breakpoints.hpp"

#include <algorithm>
#include <variant>

#include "rules/possibilities.hpp"
#include "rules/ruleset.hpp"
#include "rules/table.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {
namespace {

bool is_slot(const Expression& expression, std::uint32_t slot) {
  const auto* read = std::get_if<ReadSlot>(&expression.node);
  return read != nullptr && read->slot == Slot{0, slot};
}

bool has_few_values(const Type& type) {
  return type.kind == TypeKind::one_of || type.kind == TypeKind::truth;
}

/// The value of a literal or a parameter.
std::optional<Value> constant(const Expression& expression, const Ruleset& rules, Date as_of) {
  if (const auto* literal = std::get_if<Literal>(&expression.node)) return literal->value;
  if (const auto* parameter = std::get_if<ReadParameter>(&expression.node))
    return rules.parameters.at(parameter->parameter).on(as_of);
  return std::nullopt;
}

class Gathering {
 public:
  Gathering(std::uint32_t slot, const Ruleset& rules, Date as_of)
      : slot_(slot), rules_(rules), as_of_(as_of) {}

  void look_at(const Expression& expression) {
    if (const auto atom = atom_of(expression); atom && atom->slot->slot == Slot{0, slot_}) {
      for (const Expression* one : atom->constants)
        add(*one);
    }
    if (const auto* call = std::get_if<CallTable>(&expression.node)) {
      for (std::size_t i = 0; i < call->arguments.size(); ++i) {
        if (is_slot(call->arguments[i], slot_)) look_at_column(rules_.tables.at(call->table), i);
      }
    }
    for_each_child(expression, [&](const Expression& child) { look_at(child); });
  }

  std::vector<Value> found() && {
    std::sort(values_.begin(), values_.end());
    values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
    return std::move(values_);
  }

 private:
  void add(const Expression& expression) {
    const auto value = constant(expression, rules_, as_of_);
    if (value && !is_missing(*value)) values_.push_back(*value);
  }

  void look_at_column(const Table& table, std::size_t column) {
    for (const TableRow& row : table.rows) {
      for (const CellTest& test : row.cells.at(column).tests) {
        if (const auto* comparison = std::get_if<CellCompare>(&test)) {
          add(comparison->value);
        } else if (const auto* range = std::get_if<CellRange>(&test)) {
          add(range->low);
          add(range->high);
        }
      }
    }
  }

  std::uint32_t slot_;
  const Ruleset& rules_;
  Date as_of_;
  std::vector<Value> values_;
};

/// Whether only the rows of a table, and no result of theirs, depend on an argument. Results read arguments
/// by their number.
bool decides_rows_only(const Table& table, std::size_t argument) {
  return std::none_of(table.rows.begin(), table.rows.end(), [&](const TableRow& row) {
    return reads(row.result, static_cast<std::uint32_t>(argument));
  });
}

std::optional<Line> sum(const Line& a, const Line& b) {
  const auto slope = add(a.slope, b.slope);
  const auto offset = add(a.offset, b.offset);
  if (!slope || !offset) return std::nullopt;
  return Line{*slope, *offset};
}

std::optional<Line> scaled(const Line& line, Decimal factor) {
  const auto slope = multiply(line.slope, factor);
  const auto offset = multiply(line.offset, factor);
  if (!slope || !offset) return std::nullopt;
  return Line{*slope, *offset};
}

bool is_flat(const Line& line) {
  return line.slope == Decimal(0);
}

/// Follows an expression as the slot moves.
class Following {
 public:
  Following(std::uint32_t slot, const Facts& facts, const EvaluationContext& context)
      : slot_(slot), facts_(facts), context_(context) {}

  std::optional<Line> follow(const Expression& expression) const {
    if (is_stepwise(expression, slot_, context_.rules)) return flat(expression);
    if (is_slot(expression, slot_)) return Line{Decimal(1), Decimal(0)};
    if (const auto* unary = std::get_if<UnaryOperation>(&expression.node)) {
      const auto operand = follow(*unary->operand);
      return operand ? scaled(*operand, Decimal(-1)) : std::nullopt;
    }
    if (const auto* binary = std::get_if<BinaryOperation>(&expression.node)) return follow(*binary);
    if (const auto* choice = std::get_if<Choice>(&expression.node)) {
      if (!is_stepwise(*choice->condition, slot_, context_.rules)) return std::nullopt;
      const auto condition = truth(evaluate(*choice->condition, facts_, context_));
      if (!condition) return std::nullopt;
      return follow(*condition ? *choice->consequence : *choice->alternative);
    }
    const auto* call = std::get_if<CallFunction>(&expression.node);
    if (call != nullptr && call->function == Function::if_missing) {
      const bool missing = is_missing(evaluate(call->arguments[0], facts_, context_));
      return follow(call->arguments[missing ? 1 : 0]);
    }
    return std::nullopt;
  }

 private:
  std::optional<Line> flat(const Expression& expression) const {
    const Value value = evaluate(expression, facts_, context_);
    const auto* number = std::get_if<Decimal>(&value);
    return number != nullptr ? std::optional(Line{Decimal(0), *number}) : std::nullopt;
  }

  std::optional<Line> follow(const BinaryOperation& operation) const {
    const auto left = follow(*operation.left);
    const auto right = follow(*operation.right);
    if (!left || !right) return std::nullopt;
    switch (operation.op) {
      case dsl::BinaryOp::add:
        return sum(*left, *right);
      case dsl::BinaryOp::subtract: {
        const auto negative = scaled(*right, Decimal(-1));
        return negative ? sum(*left, *negative) : std::nullopt;
      }
      case dsl::BinaryOp::multiply:
        if (is_flat(*left)) return scaled(*right, left->offset);
        return is_flat(*right) ? scaled(*left, right->offset) : std::nullopt;
      case dsl::BinaryOp::divide: {
        if (!is_flat(*right) || right->offset == Decimal(0)) return std::nullopt;
        const auto slope = divide(left->slope, right->offset);
        const auto offset = divide(left->offset, right->offset);
        if (!slope || !offset) return std::nullopt;
        return Line{*slope, *offset};
      }
      default:
        return std::nullopt;
    }
  }

  std::uint32_t slot_;
  const Facts& facts_;
  const EvaluationContext& context_;
};

}  // namespace

bool reads(const Expression& expression, std::uint32_t slot) {
  bool found = false;
  for_each_node(expression, [&](const Expression& node) {
    const auto* read = std::get_if<ReadSlot>(&node.node);
    found = found || (read != nullptr && read->slot == Slot{0, slot});
  });
  return found;
}

std::vector<Value> breakpoints_of(const Expression& expression, std::uint32_t slot, const Ruleset& rules,
                                  Date as_of) {
  Gathering gathering(slot, rules, as_of);
  gathering.look_at(expression);
  return std::move(gathering).found();
}

bool is_stepwise(const Expression& expression, std::uint32_t slot, const Ruleset& rules) {
  if (!reads(expression, slot)) return true;
  if (const auto* read = std::get_if<ReadSlot>(&expression.node); read != nullptr) {
    return has_few_values(expression.type);
  }
  if (const auto atom = atom_of(expression); atom && atom->slot->slot == Slot{0, slot}) return true;
  if (const auto* call = std::get_if<CallTable>(&expression.node)) {
    const Table& table = rules.tables.at(call->table);
    for (std::size_t i = 0; i < call->arguments.size(); ++i) {
      const bool by_cells = is_slot(call->arguments[i], slot) && decides_rows_only(table, i);
      if (!by_cells && !is_stepwise(call->arguments[i], slot, rules)) return false;
    }
    return true;
  }
  bool all = true;
  for_each_child(expression, [&](const Expression& child) { all = all && is_stepwise(child, slot, rules); });
  return all;
}

std::optional<Line> line_of(const Expression& expression, std::uint32_t slot, const Facts& facts,
                            const EvaluationContext& context) {
  return Following(slot, facts, context).follow(expression);
}

}  // namespace cauce::rules
