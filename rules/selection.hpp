// Who is taken: the order, the walks down it, and what is to be said of their result (language.md, 2.6). It
// knows nothing of expressions; verdicts.cpp has evaluated them. All goes by row, in columns.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "rules/targeting.hpp"
#include "rules/value_column.hpp"

namespace cauce::rules {

/// Where there is no group, no quota, no line.
inline constexpr std::uint32_t no_index = std::numeric_limits<std::uint32_t>::max();

/// How candidates are compared.
struct Criterion {
  bool descending = false;
  bool is_key = false;  ///< the key of the entity, which alone makes nobody better
  /// Numbers in the order of the values, equal where those are equal.
  std::vector<std::int64_t> merits = {};
  std::vector<std::uint8_t> known = {};
};

/// What candidates are grouped by, for a quota or minimum line.
struct Grouping {
  std::vector<std::string> groups;    ///< that the data has, in order
  std::vector<std::uint32_t> of_row;  ///< the place in `groups`, or no_index where it is not known
};

enum class Hand : std::uint8_t { none, include, leave };

/// What a selection starts from.
struct SelectionTask {
  const Targeting& targeting;
  const ValueColumn& keys;  ///< of the entities
  std::vector<Criterion> criteria;
  std::vector<Grouping> groupings;     ///< one for each quota line and then each minimum line
  std::vector<TargetStatus> statuses;  ///< before anybody is taken
  std::vector<std::uint8_t> scored;    ///< whether the score is known
  std::vector<Hand> hands;
};

/// What became of each.
struct Placement {
  std::vector<TargetStatus> statuses = {};
  std::vector<std::uint32_t> ranks = {};        ///< from 1, of the eligible; else 0
  std::vector<std::uint32_t> wait_places = {};  ///< from 1, of those waiting; else 0
  std::vector<std::uint8_t> walks = {};
  std::vector<std::uint32_t> order = {};
  std::vector<std::uint32_t> provisional_because = {};
  std::vector<Tie> ties = {};
  std::vector<SelectionNote> notes = {};

  /// The quotas that stopped one who waits, in Spanish.
  std::vector<std::string> full_quotas(std::size_t row) const;

  std::vector<std::string> quotas = {};  ///< all, in Spanish
  struct Slice {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  std::vector<Slice> full_of_row = {};  ///< where in `full` its quotas are
  std::vector<std::uint32_t> full = {};
};

/// Puts the eligible in order, takes those whom minimums, quotas and hand decisions let in, and says what is
/// wrong or arbitrary in that. O(n log n) in the number of candidates.
Placement take_by_order(SelectionTask task);

}  // namespace cauce::rules
