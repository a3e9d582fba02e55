#include <stdexcept>
#include <utility>

#include "dsl/build.hpp"
#include "dsl/recogniser.hpp"

namespace cauce::dsl::build {
namespace {

/// Operators in a chain make a tree as deep as they are many; what walks a tree must not run out of stack.
constexpr std::size_t longest_chain = 1000;

class Builder {
 public:
  explicit Builder(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  Expr expression(View node) {
    while (is_operand_alone(node))
      node = node.first();
    switch (node.kind()) {
      case Kind::chain:
        return chain(node);
      case Kind::comparison:
        return comparison(node);
      case Kind::postfix:
        return postfix(node);
      case Kind::conditional:
        return conditional(node);
      case Kind::logical_not:
        return unary(node, UnaryOp::logical_not);
      case Kind::negate:
        return unary(node, UnaryOp::negate);
      case Kind::reference:
        return reference(node);
      case Kind::period:
        return {PeriodLiteral{period(node, diagnostics_)}, node.span()};
      case Kind::truth:
        return {TruthLiteral{node.value<bool>()}, node.span()};
      case Kind::number:
        return {NumberLiteral{number(node)}, node.span()};
      case Kind::text:
        return {TextLiteral{text(node)}, node.span()};
      case Kind::date:
        return {DateLiteral{date(node)}, node.span()};
      default:
        throw std::logic_error("a node of the concrete tree that is no expression");
    }
  }

 private:
  /// Each level of the grammar is a node, and most of them join nothing: they are what is in them.
  static bool is_operand_alone(View node) {
    const bool joins = node.is(Kind::chain) || node.is(Kind::comparison) || node.is(Kind::postfix);
    return joins && node.has_one_child();
  }

  /// Operands with operators between them, from left to right.
  Expr chain(View node) {
    const View first = node.first();
    const auto operators = static_cast<std::size_t>(count_children(node) / 2);
    lengthen(node, operators);
    Expr left = expression(first);
    std::optional<View> op;
    bool is_first = true;
    for (const View child : node) {
      if (is_first) {
        is_first = false;
      } else if (child.is(Kind::op)) {
        op = child;
      } else {
        const Span whole{node.span().begin, child.span().end, node.span().file};
        Expr right = expression(child);
        left = Expr{BinaryExpr{op->value<BinaryOp>(), op->span(), std::move(left), std::move(right)}, whole};
      }
    }
    chained_ -= operators;
    return left;
  }

  Expr comparison(View node) {
    std::optional<View> tail;
    for (const View child : node)
      tail = child;
    Expr operand = expression(node.first());
    switch (tail->kind()) {
      case Kind::compare_tail: {
        const View op = tail->get(Kind::op);
        Expr right = expression(last(*tail));
        return {BinaryExpr{op.value<BinaryOp>(), op.span(), std::move(operand), std::move(right)},
                node.span()};
      }
      case Kind::in_set: {
        std::vector<Expr> values;
        for (const View value : *tail)
          values.push_back(expression(value));
        return {InSetExpr{std::move(operand), std::move(values)}, node.span()};
      }
      case Kind::in_range:
        return {InRangeExpr{std::move(operand), range(tail->first())}, node.span()};
      case Kind::between:
        return {BetweenExpr{std::move(operand), expression(tail->first()), expression(last(*tail))},
                node.span()};
      case Kind::presence:
        return {PresenceExpr{std::move(operand), tail->value<bool>()}, node.span()};
      default:
        throw std::logic_error("a comparison of the concrete tree that compares nothing");
    }
  }

  Expr postfix(View node) {
    const auto members = static_cast<std::size_t>(count_children(node) - 1);
    lengthen(node, members);
    Expr object = expression(node.first());
    bool is_first = true;
    for (const View child : node) {
      if (!is_first) {
        const Span whole{node.span().begin, child.span().end, node.span().file};
        object = Expr{MemberExpr{std::move(object), name(child)}, whole};
      }
      is_first = false;
    }
    chained_ -= members;
    return object;
  }

  Expr conditional(View node) {
    std::vector<Expr> parts;
    for (const View part : node)
      parts.push_back(expression(part));
    return {ConditionalExpr{std::move(parts.at(0)), std::move(parts.at(1)), std::move(parts.at(2))},
            node.span()};
  }

  Expr unary(View node, UnaryOp op) { return {UnaryExpr{op, expression(node.first())}, node.span()}; }

  Expr reference(View node) {
    Name referred = name(node.get(Kind::name));
    const auto arguments = node.find(Kind::arguments);
    if (!arguments) return {NameExpr{std::move(referred)}, node.span()};
    CallExpr call{std::move(referred), {}};
    for (const View one : *arguments)
      call.arguments.push_back(argument(one));
    return {std::move(call), node.span()};
  }

  Argument argument(View node) {
    Argument given{expression(node.first())};
    if (const auto collection = node.find(Kind::collection)) given.collection = name(collection->first());
    if (const auto where = node.find(Kind::where)) given.where = expression(where->first());
    return given;
  }

  static View last(View node) {
    View found = node.first();
    for (const View child : node)
      found = child;
    return found;
  }

  static std::ptrdiff_t count_children(View node) {
    std::ptrdiff_t count = 0;
    for ([[maybe_unused]] const View child : node)
      ++count;
    return count;
  }

  void lengthen(View node, std::size_t operators) {
    chained_ += operators;
    if (chained_ <= longest_chain) return;
    throw NestedTooDeep(node.span(),
                        "esta expresión encadena más de " + std::to_string(longest_chain) + " operadores");
  }

  Diagnostics& diagnostics_;
  std::size_t chained_ = 0;
};

}  // namespace

Expr expression(View node, Diagnostics& diagnostics) {
  return Builder(diagnostics).expression(node);
}

Expr literal(View node) {
  const View value = node.first();
  switch (value.kind()) {
    case Kind::signed_number: {
      const SignedNumber written = signed_number(value);
      Expr positive{NumberLiteral{written.number}, written.number.span};
      if (!written.negative) return positive;
      return {UnaryExpr{UnaryOp::negate, std::move(positive)}, written.span};
    }
    case Kind::date:
      return {DateLiteral{date(value)}, value.span()};
    case Kind::text:
      return {TextLiteral{text(value)}, value.span()};
    case Kind::truth:
      return {TruthLiteral{value.value<bool>()}, value.span()};
    default:
      return {NameExpr{name(value)}, value.span()};
  }
}

Range range(View node) {
  std::vector<bool> open;
  std::vector<Expr> bounds;
  for (const View child : node) {
    if (child.is(Kind::bracket)) {
      open.push_back(child.value<bool>());
    } else {
      bounds.push_back(literal(child));
    }
  }
  return {open.at(0), open.at(1), std::move(bounds.at(0)), std::move(bounds.at(1)), node.span()};
}

}  // namespace cauce::dsl::build
