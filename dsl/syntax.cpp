#include "dsl/syntax.hpp"

namespace cauce::dsl {

// Equality of the nodes that contain themselves is written out: clang 14 crashes on it when defaulted.

bool Expr::operator==(const Expr& other) const {
  return node == other.node;
}

bool Argument::operator==(const Argument& other) const {
  return value == other.value && collection == other.collection && where == other.where;
}

bool CallExpr::operator==(const CallExpr& other) const {
  return callee == other.callee && arguments == other.arguments;
}

bool InSetExpr::operator==(const InSetExpr& other) const {
  return operand == other.operand && values == other.values;
}

bool Expectation::operator==(const Expectation& other) const {
  return expected == other.expected;
}

}  // namespace cauce::dsl
