#include "rules/graph.hpp"

#include <algorithm>
#include <cstdint>

namespace cauce::rules {

namespace {

enum class Mark : std::uint8_t { fresh, open, done, in_circle };

/// A node being visited, and how many of its needs have been.
struct Visit {
  std::size_t node = 0;
  std::size_t next_need = 0;
};

std::vector<std::size_t> close_circle(const std::vector<Visit>& path, std::size_t node,
                                      std::vector<Mark>& marks) {
  const auto first =
      std::find_if(path.begin(), path.end(), [&](const Visit& visit) { return visit.node == node; });
  std::vector<std::size_t> circle;
  for (auto visit = first; visit != path.end(); ++visit) {
    circle.push_back(visit->node);
    marks[visit->node] = Mark::in_circle;
  }
  return circle;
}

}  // namespace

NeedOrder order_by_need(const std::vector<std::vector<std::size_t>>& needs) {
  NeedOrder result;
  std::vector<Mark> marks(needs.size(), Mark::fresh);
  std::vector<bool> on_path(needs.size(), false);
  for (std::size_t start = 0; start < needs.size(); ++start) {
    if (marks[start] != Mark::fresh) continue;
    std::vector<Visit> path = {{start}};
    marks[start] = Mark::open;
    on_path[start] = true;
    while (!path.empty()) {
      Visit& visit = path.back();
      const std::size_t node = visit.node;
      if (visit.next_need == needs[node].size()) {
        if (marks[node] == Mark::open) {
          marks[node] = Mark::done;
          result.order.push_back(node);
        }
        on_path[node] = false;
        path.pop_back();
        continue;
      }
      const std::size_t need = needs[node][visit.next_need++];
      if (marks[need] == Mark::fresh) {
        marks[need] = Mark::open;
        on_path[need] = true;
        path.push_back({need});
      } else if (marks[need] == Mark::open && on_path[need]) {
        result.circles.push_back(close_circle(path, need, marks));
      }
    }
  }
  return result;
}

}  // namespace cauce::rules
