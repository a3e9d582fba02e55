#include "rules/walk.hpp"

#include <algorithm>
#include <vector>

namespace cauce::rules {

namespace {

/// Whether two nodes of one kind agree in what is no expression.
struct SameDetails {
  bool operator()(const Literal& a, const Literal& b) const { return a.value == b.value; }
  bool operator()(const ReadSlot& a, const ReadSlot& b) const { return a.slot == b.slot; }
  bool operator()(const ReadParameter& a, const ReadParameter& b) const { return a.parameter == b.parameter; }
  bool operator()(const ReadAsOf&, const ReadAsOf&) const { return true; }
  bool operator()(const UnaryOperation& a, const UnaryOperation& b) const { return a.op == b.op; }
  bool operator()(const BinaryOperation& a, const BinaryOperation& b) const { return a.op == b.op; }
  bool operator()(const Choice&, const Choice&) const { return true; }
  bool operator()(const Membership&, const Membership&) const { return true; }
  bool operator()(const Within& a, const Within& b) const {
    return a.low_open == b.low_open && a.high_open == b.high_open;
  }
  bool operator()(const Presence& a, const Presence& b) const { return a.present == b.present; }
  bool operator()(const CallFunction& a, const CallFunction& b) const { return a.function == b.function; }
  bool operator()(const CallTable& a, const CallTable& b) const { return a.table == b.table; }
  bool operator()(const Aggregation& a, const Aggregation& b) const {
    return a.aggregate == b.aggregate && a.collection == b.collection && a.depth == b.depth &&
           a.value.size() == b.value.size();
  }
  bool operator()(const AskThing& a, const AskThing& b) const {
    return a.question == b.question && a.thing == b.thing && a.depth == b.depth && a.period == b.period;
  }
  template <typename A, typename B>
  bool operator()(const A&, const B&) const {
    return false;
  }
};

std::vector<const Expression*> children_of(const Expression& expression) {
  std::vector<const Expression*> children;
  for_each_child(expression, [&](const Expression& child) { children.push_back(&child); });
  return children;
}

}  // namespace

bool same(const Expression& a, const Expression& b) {
  if (!std::visit(SameDetails(), a.node, b.node)) return false;
  const auto left = children_of(a);
  const auto right = children_of(b);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const Expression* one, const Expression* other) { return same(*one, *other); });
}

}  // namespace cauce::rules
