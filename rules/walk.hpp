// All the expressions within one, and whether two are the same.
#pragma once

#include <type_traits>
#include <variant>

#include "rules/expression.hpp"

namespace cauce::rules {

/// Calls `inner` for every expression directly within `expression` (`Expression` or `const Expression`).
template <typename AnyExpression, typename Visit>
void for_each_child(AnyExpression& expression, const Visit& inner) {
  const auto all = [&](auto& children) {
    for (auto& child : children) {
      inner(child);
    }
  };
  std::visit(
      [&](auto& node) {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<Node, UnaryOperation> || std::is_same_v<Node, Presence>) {
          inner(*node.operand);
        } else if constexpr (std::is_same_v<Node, BinaryOperation>) {
          inner(*node.left);
          inner(*node.right);
        } else if constexpr (std::is_same_v<Node, Choice>) {
          inner(*node.condition);
          inner(*node.consequence);
          inner(*node.alternative);
        } else if constexpr (std::is_same_v<Node, Membership>) {
          inner(*node.operand);
          all(node.values);
        } else if constexpr (std::is_same_v<Node, Within>) {
          inner(*node.operand);
          inner(*node.low);
          inner(*node.high);
        } else if constexpr (std::is_same_v<Node, CallFunction> || std::is_same_v<Node, CallTable>) {
          all(node.arguments);
        } else if constexpr (std::is_same_v<Node, Aggregation>) {
          all(node.value);
          all(node.where);
        }
      },
      expression.node);
}

/// Calls `visit` for `expression` and for every one within it, the outer before the inner.
template <typename Visit>
void for_each_node(const Expression& expression, const Visit& visit) {
  visit(expression);
  for_each_child(expression, [&](const Expression& child) { for_each_node(child, visit); });
}

/// Whether two expressions of one scope are written alike, so that they always have one value.
bool same(const Expression& a, const Expression& b);

}  // namespace cauce::rules
