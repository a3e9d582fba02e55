// What needs what: an order in which everything comes after what it needs, and the circles that have none.
#pragma once

#include <cstddef>
#include <vector>

namespace cauce::rules {

struct NeedOrder {
  /// All that stand in no reported circle: needs first, else as they were given. Needs that lead in a circle
  /// through nodes of a reported one are not looked at.
  std::vector<std::size_t> order = {};
  /// Circles, each in the order in which one needs the next, and no node in two of them. Without the nodes in
  /// them, none is left.
  std::vector<std::vector<std::size_t>> circles = {};
};

/// `needs[i]` are the indices of what i needs. Takes time linear in nodes and needs, and no stack.
NeedOrder order_by_need(const std::vector<std::vector<std::size_t>>& needs);

}  // namespace cauce::rules
