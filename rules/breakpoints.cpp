#include "rules/breakpoints.hpp"

#include <algorithm>
#include <variant>

#include "rules/possibilities.hpp"
#include "rules/ruleset.hpp"
#include "rules/table.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {
namespace {

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

}  // namespace

bool is_slot(const Expression& expression, std::uint32_t slot) {
  const auto* read = std::get_if<ReadSlot>(&expression.node);
  return read != nullptr && read->slot == Slot{0, slot};
}

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

bool decides_rows_only(const CallTable& call, std::uint32_t slot, const Ruleset& rules) {
  const Table& table = rules.tables.at(call.table);
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (reads(call.arguments[i], slot) && !decides_rows_only(table, i)) return false;
  }
  return true;
}

}  // namespace cauce::rules
