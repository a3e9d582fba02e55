// Walking the syntax of an expression, for what must be known of it before it is bound.
#pragma once

#include <variant>

#include "dsl/syntax.hpp"

namespace cauce::dsl {

namespace detail {

template <typename F>
struct ChildVisitor {
  F& visit;

  // One overload a kind of node; those without expressions in them have none.
  template <typename Leaf>
  void operator()(Leaf&) const {}

  template <typename Node>
  requires requires(Node& node) { node.operand; }
  void operator()(Node& node) const {
    visit(*node.operand);
    if constexpr (requires { node.values; }) {
      for (auto& value : node.values)
        visit(value);
    }
    if constexpr (requires { node.range; }) {
      visit(*node.range.low);
      visit(*node.range.high);
    }
    if constexpr (requires { node.low; }) {
      visit(*node.low);
      visit(*node.high);
    }
  }
  template <typename Node>
  requires requires(Node& node) { node.left; }
  void operator()(Node& node) const {
    visit(*node.left);
    visit(*node.right);
  }
  template <typename Node>
  requires requires(Node& node) { node.condition; }
  void operator()(Node& node) const {
    visit(*node.condition);
    visit(*node.consequence);
    visit(*node.alternative);
  }
  template <typename Node>
  requires requires(Node& node) { node.object; }
  void operator()(Node& node) const { visit(*node.object); }
  template <typename Node>
  requires requires(Node& node) { node.arguments; }
  void operator()(Node& node) const {
    for (auto& argument : node.arguments) {
      visit(argument.value);
      if (argument.where) visit(*argument.where);
    }
  }
};

}  // namespace detail

/// Calls `visit` with each expression directly inside `expression` (`Expr` or `const Expr`).
template <typename Expr, typename F>
void for_each_child(Expr& expression, F&& visit) {
  std::visit(detail::ChildVisitor<F>{visit}, expression.node);
}

}  // namespace cauce::dsl
