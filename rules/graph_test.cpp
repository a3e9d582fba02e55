#include "rules/graph.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::rules {
namespace {

using Needs = std::vector<std::vector<std::size_t>>;

TEST(Graph, KeepsTheGivenOrderWhereNothingIsNeeded) {
  EXPECT_EQ(order_by_need({{}, {}, {}}).order, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(Graph, PutsNeedsFirst) {
  EXPECT_EQ(order_by_need({{2}, {0}, {}}).order, (std::vector<std::size_t>{2, 0, 1}));
}

TEST(Graph, FindsACircleOnceAndLeavesItOut) {
  const NeedOrder result = order_by_need({{1}, {2}, {1}, {}});
  EXPECT_EQ(result.circles, (Needs{{1, 2}}));
  EXPECT_EQ(result.order, (std::vector<std::size_t>{0, 3}));
}

TEST(Graph, ANodeMayNeedItself) {
  EXPECT_EQ(order_by_need({{0}}).circles, (Needs{{0}}));
}

TEST(Graph, ALongChainNeedsNoStack) {
  constexpr std::size_t n = 300'000;
  Needs needs(n);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    needs[i] = {i + 1};
  }
  const NeedOrder result = order_by_need(needs);
  EXPECT_EQ(result.order.size(), n);
  EXPECT_EQ(result.order.front(), n - 1);
}

TEST(Graph, NoNodeStandsInTwoCircles) {
  const NeedOrder result = order_by_need({{1}, {2}, {1, 3}, {0}});
  EXPECT_EQ(result.circles, (Needs{{1, 2}}));
}

TEST(Graph, ManyCirclesOnALongPathAreFoundInLinearTime) {
  constexpr std::size_t n = 300'000;
  Needs needs(n);
  for (std::size_t i = 0; i < n; ++i) {
    needs[i] = {std::min(i + 1, n - 1), i, 0};
  }
  EXPECT_EQ(order_by_need(needs).circles.size(), n);
}

RC_GTEST_PROP(Graph, WithoutCirclesEverythingComesAfterItsNeeds, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 12);
  Needs needs(n);
  for (std::size_t i = 1; i < n; ++i) {
    needs[i] = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, i));
  }
  const NeedOrder result = order_by_need(needs);
  RC_ASSERT(result.circles.empty());
  RC_ASSERT(result.order.size() == n);
  const auto place = [&](std::size_t node) {
    return std::find(result.order.begin(), result.order.end(), node) - result.order.begin();
  };
  for (std::size_t i = 0; i < n; ++i) {
    for (const std::size_t need : needs[i]) {
      RC_ASSERT(place(need) < place(i));
    }
  }
}

RC_GTEST_PROP(Graph, ReportsACircleExactlyWhenThereIsOne, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 8);
  Needs needs(n);
  for (auto& needed : needs) {
    needed = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, n));
  }
  // Take away, again and again, what needs nothing that is left: what stays is in or above a circle.
  std::vector<bool> gone(n, false);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < n; ++i) {
      const bool free = std::all_of(needs[i].begin(), needs[i].end(), [&](std::size_t j) { return gone[j]; });
      if (!gone[i] && free) changed = gone[i] = true;
    }
  }
  const bool has_circle = std::find(gone.begin(), gone.end(), false) != gone.end();
  const NeedOrder result = order_by_need(needs);
  RC_ASSERT(result.circles.empty() != has_circle);
  for (const auto& circle : result.circles) {
    for (std::size_t k = 0; k < circle.size(); ++k) {
      const auto& needed = needs[circle[k]];
      RC_ASSERT(std::find(needed.begin(), needed.end(), circle[(k + 1) % circle.size()]) != needed.end());
    }
  }
}

}  // namespace
}  // namespace cauce::rules
