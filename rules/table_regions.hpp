// The geometry of decision tables: each row is a box, a set of pieces for each column. Which boxes meet, what
// none of them covers, which are covered by those before.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "rules/pieces.hpp"
#include "rules/table.hpp"

namespace cauce::rules {

/// A set of pieces for each column; the arguments in it are those that lie in every one of them.
using Box = std::vector<PieceSet>;

bool is_empty(const Box& box);
Box intersect(const Box& a, const Box& b);

/// How many steps a search may still take. What runs out of it is not exact, and must not be said.
class Budget {
 public:
  explicit Budget(std::uint64_t steps) : left_(steps) {}
  /// Takes `steps`; false if so many are not left, and from then on.
  bool spend(std::uint64_t steps) {
    if (steps > left_)
      left_ = 0;
    else
      left_ -= steps;
    return left_ > 0;
  }
  bool spent() const { return left_ == 0; }
  std::uint64_t left() const { return left_; }

 private:
  std::uint64_t left_;
};

/// A table on a date as boxes. In the boxes *sin dato* is one piece more, the last of each column.
struct Grid {
  std::vector<Domain> columns;
  Box known;                   ///< all known arguments
  std::vector<Box> holds;      ///< by row: where it is true
  std::vector<Box> not_false;  ///< by row: where it is true or unknown
};
Grid make_grid(const Table& table, const Ruleset& rules, Date as_of);

/// Rows that meet: for each that meets an earlier one, the first such. The pair is (earlier, later), by
/// later.
std::vector<std::pair<std::uint32_t, std::uint32_t>> find_meeting(const std::vector<Box>& rows,
                                                                  Budget& budget);

/// What of `space` no row covers, as disjoint boxes, merged where neighbours differ in one column only. Of a
/// table without columns, or a column without values, nothing.
std::vector<Box> find_uncovered(const std::vector<Box>& rows, const Box& space, Budget& budget);

/// Whether each row is true somewhere where every earlier row is false. Rows that it did not get to count as
/// reached.
std::vector<bool> find_reached(const std::vector<Box>& holds, const std::vector<Box>& not_false,
                               Budget& budget);

}  // namespace cauce::rules
