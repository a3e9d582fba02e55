#include "rules/graph.hpp"

#include <cstdint>

namespace cauce::rules {

namespace {

enum class Mark : std::uint8_t { fresh, open, done, in_circle };

/// A node being visited, and how many of its needs have been.
struct Visit {
  std::size_t node = 0;
  std::size_t next_need = 0;
  /// Where on the path the nodes begin that lie above all that stand in a circle.
  std::size_t clear_from = 0;
};

/// The circle that ends the path and begins at `first`.
std::vector<std::size_t> close_circle(std::vector<Visit>& path, std::size_t first, std::vector<Mark>& marks) {
  std::vector<std::size_t> circle;
  for (std::size_t at = first; at < path.size(); ++at) {
    circle.push_back(path[at].node);
    path[at].clear_from = at + 1;
    marks[path[at].node] = Mark::in_circle;
  }
  return circle;
}

}  // namespace

NeedOrder order_by_need(const std::vector<std::vector<std::size_t>>& needs) {
  NeedOrder result;
  std::vector<Mark> marks(needs.size(), Mark::fresh);
  constexpr std::size_t off_path = static_cast<std::size_t>(-1);
  std::vector<std::size_t> place(needs.size(), off_path);  // on the path
  for (std::size_t start = 0; start < needs.size(); ++start) {
    if (marks[start] != Mark::fresh) continue;
    std::vector<Visit> path = {{start}};
    marks[start] = Mark::open;
    place[start] = 0;
    while (!path.empty()) {
      Visit& visit = path.back();
      const std::size_t node = visit.node;
      if (visit.next_need == needs[node].size()) {
        if (marks[node] == Mark::open) {
          marks[node] = Mark::done;
          result.order.push_back(node);
        }
        place[node] = off_path;
        path.pop_back();
        continue;
      }
      const std::size_t need = needs[node][visit.next_need++];
      if (marks[need] == Mark::fresh) {
        marks[need] = Mark::open;
        place[need] = path.size();
        path.push_back({need, 0, visit.clear_from});
      } else if (place[need] != off_path && place[need] >= visit.clear_from) {
        result.circles.push_back(close_circle(path, place[need], marks));
      }
    }
  }
  return result;
}

}  // namespace cauce::rules
