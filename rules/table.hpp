// Decision tables (language.md, 2.5).
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "rules/expression.hpp"
#include "rules/scope.hpp"

namespace cauce::rules {

struct CellAny {};
struct CellMissing {};
struct CellCompare {
  dsl::BinaryOp op = dsl::BinaryOp::equal;
  Expression value;
};
struct CellRange {
  Expression low;
  Expression high;
  bool low_open = false;
  bool high_open = false;
};
using CellTest = std::variant<CellMissing, CellCompare, CellRange>;
/// One condition: any of the tests, or (negated) none of them. No tests: `-`.
struct TableCell {
  bool negated = false;
  std::vector<CellTest> tests = {};
};
struct TableRow {
  std::vector<TableCell> cells;
  Expression result;  ///< over the arguments, slot i being argument i
  dsl::Span span;
};

struct TableParameter {
  std::string name;
  Type type;
};
struct Table {
  std::string name;
  std::string key;
  std::string title;
  dsl::Span span;
  std::vector<TableParameter> parameters;
  Type result;
  dsl::HitPolicy policy = dsl::HitPolicy::unique;
  std::vector<TableRow> rows;
};

/// What a table decides, and the rows that were true.
struct TableOutcome {
  Value value;
  std::vector<std::size_t> matched = {};
  std::vector<std::string> faults = {};  ///< as in EvaluationNotes, to which they go too
};
TableOutcome decide(const Table& table, const std::vector<Value>& arguments,
                    const EvaluationContext& context);

}  // namespace cauce::rules
