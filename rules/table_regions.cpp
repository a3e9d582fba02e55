#include "rules/table_regions.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "rules/ruleset.hpp"

namespace cauce::rules {

namespace {

using Rows = std::vector<std::uint32_t>;
using Columns = std::vector<std::size_t>;

// --- From cells to boxes

Value value_of(const Expression& expression, const Ruleset& rules, Date as_of) {
  if (const auto* literal = std::get_if<Literal>(&expression.node)) return literal->value;
  return rules.parameters.at(std::get<ReadParameter>(expression.node).parameter).on(as_of);
}

/// The column of a table on a date: what its cells say of its values.
class Column {
 public:
  Column(const Table& table, std::size_t index, const Ruleset& rules, Date as_of)
      : rules_(rules), as_of_(as_of), domain_(make_domain(table, index)) {}

  const Domain& domain() const { return domain_; }

  /// Where a cell is true, and where it is true or unknown.
  std::pair<PieceSet, PieceSet> sets_of(const TableCell& cell) const {
    const std::uint32_t missing = domain_.size();
    const PieceSet everything(0, missing + 1);
    if (cell.tests.empty()) return {everything, everything};
    PieceSet known;
    bool asks_for_missing = false;
    for (const CellTest& test : cell.tests) {
      if (std::holds_alternative<CellMissing>(test)) {
        asks_for_missing = true;
      } else {
        known |= set_of(test);
      }
    }
    if (cell.negated) known = known.complement(missing);
    // An argument that is missing makes every test unknown but the one that asks for it.
    const PieceSet without(missing, missing + 1);
    PieceSet holds = known;
    PieceSet not_false = known;
    if (asks_for_missing && !cell.negated) holds |= without;
    if (!asks_for_missing || !cell.negated) not_false |= without;
    return {std::move(holds), std::move(not_false)};
  }

 private:
  Value value(const Expression& expression) const { return value_of(expression, rules_, as_of_); }

  Domain make_domain(const Table& table, std::size_t index) const {
    std::vector<Value> mentioned;
    bool has_order = false;
    for (const TableRow& row : table.rows) {
      for (const CellTest& test : row.cells[index].tests) {
        if (const auto* comparison = std::get_if<CellCompare>(&test)) {
          mentioned.push_back(value(comparison->value));
          has_order = has_order ||
                      (comparison->op != dsl::BinaryOp::equal && comparison->op != dsl::BinaryOp::not_equal);
        } else if (const auto* range = std::get_if<CellRange>(&test)) {
          mentioned.push_back(value(range->low));
          mentioned.push_back(value(range->high));
          has_order = true;
        }
      }
    }
    return {table.parameters[index].type, std::move(mentioned), has_order};
  }

  PieceSet set_of(const CellTest& test) const {
    if (const auto* comparison = std::get_if<CellCompare>(&test)) {
      return domain_.where(comparison->op, value(comparison->value));
    }
    const auto& range = std::get<CellRange>(test);
    return domain_.between(value(range.low), value(range.high), range.low_open, range.high_open);
  }

  const Ruleset& rules_;
  Date as_of_;
  Domain domain_;
};

// --- Sweeps along a column

/// A run of one row's pieces in a column.
struct Stretch {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t row;
  auto operator<=>(const Stretch&) const = default;
};

std::vector<Stretch> stretches(const std::vector<Box>& boxes, const Rows& rows, std::size_t column) {
  std::vector<Stretch> all;
  for (const std::uint32_t row : rows) {
    for (const PieceSet::Run& run : boxes[row][column].runs())
      all.push_back({run.first, run.last, row});
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// Walks along a column from one change to the next: `visit(first, end, rows)` for each part of [0, count) in
/// which the same rows lie, in the order of their numbers.
template <typename Visit>
void sweep(const std::vector<Box>& boxes, const Rows& rows, std::size_t column, std::uint32_t count,
           const Visit& visit) {
  const std::vector<Stretch> starts = stretches(boxes, rows, column);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;  // end and row
  std::vector<std::uint32_t> cuts = {0, count};
  for (const Stretch& stretch : starts) {
    ends.emplace_back(stretch.last + 1, stretch.row);
    cuts.push_back(stretch.first);
    cuts.push_back(stretch.last + 1);
  }
  std::sort(ends.begin(), ends.end());
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::set<std::uint32_t> active;
  auto start = starts.begin();
  auto end = ends.begin();
  for (std::size_t i = 0; i + 1 < cuts.size() && cuts[i] < count; ++i) {
    for (; end != ends.end() && end->first <= cuts[i]; ++end)
      active.erase(end->second);
    for (; start != starts.end() && start->first <= cuts[i]; ++start)
      active.insert(start->row);
    visit(cuts[i], cuts[i + 1], active);
  }
}

Columns without(const Columns& columns, std::size_t column) {
  Columns rest;
  std::copy_if(columns.begin(), columns.end(), std::back_inserter(rest),
               [&](std::size_t other) { return other != column; });
  return rest;
}

/// Of `columns`, the one that the fewest of `rows` fill wholly: it tells most of them apart.
std::size_t most_telling(const std::vector<Box>& boxes, const Rows& rows, const Columns& columns,
                         const Box& space) {
  std::size_t best = columns.front();
  std::size_t fewest = rows.size() + 1;
  for (const std::size_t column : columns) {
    const auto full = static_cast<std::size_t>(std::count_if(
        rows.begin(), rows.end(), [&](std::uint32_t row) { return boxes[row][column] == space[column]; }));
    if (full >= fewest) continue;
    fewest = full;
    best = column;
  }
  return best;
}

/// Whether a box fills `space` in each of `columns`.
bool fills(const Box& box, const Columns& columns, const Box& space) {
  return std::all_of(columns.begin(), columns.end(),
                     [&](std::size_t column) { return box[column] == space[column]; });
}

Columns all_columns(const Box& space) {
  Columns columns(space.size());
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  return columns;
}

Rows rows_that_are_not_empty(const std::vector<Box>& boxes) {
  Rows rows;
  for (std::uint32_t row = 0; row < boxes.size(); ++row) {
    if (!is_empty(boxes[row])) rows.push_back(row);
  }
  return rows;
}

// --- What no row covers

/// Splits the space along one column after the other, each time into the parts in which the same rows lie.
class Uncovered {
 public:
  Uncovered(const std::vector<Box>& boxes, const Box& space, Budget& budget)
      : boxes_(boxes), space_(space), budget_(budget) {}

  std::vector<Box> find() { return visit(rows_that_are_not_empty(boxes_), all_columns(space_)); }

 private:
  std::vector<Box> visit(const Rows& rows, const Columns& columns) {
    if (rows.empty()) return {space_};
    if (!budget_.spend((rows.size() + 1) * columns.size())) return {};
    const auto fills_it = [&](std::uint32_t row) { return fills(boxes_[row], columns, space_); };
    if (std::any_of(rows.begin(), rows.end(), fills_it)) return {};
    const std::size_t column = most_telling(boxes_, rows, columns, space_);
    const Columns rest = without(columns, column);

    std::map<std::vector<Box>, PieceSet> parts;
    for (const auto& [active, pieces] : split(rows, column, rest)) {
      std::vector<Box> holes = visit(active, rest);
      if (!holes.empty()) parts[std::move(holes)] |= pieces;
    }
    std::vector<Box> found;
    for (const auto& [holes, pieces] : parts) {
      for (Box hole : holes) {
        hole[column] = pieces;
        found.push_back(std::move(hole));
      }
    }
    budget_.spend(found.size() * columns.size());
    return found;
  }

  /// The parts of a column by the rows that lie in them; without those that one of these covers.
  std::map<Rows, PieceSet> split(const Rows& rows, std::size_t column, const Columns& rest) {
    std::set<std::uint32_t> covering;
    for (const std::uint32_t row : rows) {
      if (fills(boxes_[row], rest, space_)) covering.insert(row);
    }
    std::map<Rows, PieceSet> parts;
    // Where one covers, the others need not be walked over.
    PieceSet covered;
    for (const std::uint32_t row : covering)
      covered |= boxes_[row][column];
    const PieceSet left = covered.complement(space_[column].size());
    Rows others;
    for (const std::uint32_t row : rows) {
      if (!covering.contains(row)) others.push_back(row);
    }
    sweep(boxes_, others, column, space_[column].size(),
          [&](std::uint32_t first, std::uint32_t end, const std::set<std::uint32_t>& active) {
            const PieceSet open = intersect(PieceSet(first, end), left);
            if (open.empty() || !budget_.spend(active.size() + 1)) return;
            parts[Rows(active.begin(), active.end())] |= open;
          });
    return parts;
  }

  const std::vector<Box>& boxes_;
  const Box& space_;
  Budget& budget_;
};

/// Joins boxes that differ in one column only. There are few, or it is left.
void merge_neighbours(std::vector<Box>& boxes) {
  constexpr std::size_t most = 200;
  if (boxes.size() > most) return;
  const auto join = [](Box& into, const Box& from) {
    std::optional<std::size_t> different;
    for (std::size_t column = 0; column < into.size(); ++column) {
      if (into[column] == from[column]) continue;
      if (different) return false;
      different = column;
    }
    if (!different) return false;
    into[*different] |= from[*different];
    return true;
  };
  for (bool joined = true; joined;) {
    joined = false;
    for (auto box = boxes.begin(); box != boxes.end(); ++box) {
      const auto other =
          std::find_if(box + 1, boxes.end(), [&](const Box& next) { return join(*box, next); });
      if (other == boxes.end()) continue;
      boxes.erase(other);
      joined = true;
      break;
    }
  }
}

// --- Rows that decide

/// Splits the space like Uncovered, keeping in each part the rows that are not false there, in their order.
/// The first of them decides; once it fills the part, the others have no say.
class Reached {
 public:
  Reached(const std::vector<Box>& holds, const std::vector<Box>& not_false, Budget& budget)
      : holds_(holds), not_false_(not_false), budget_(budget), reached_(holds.size(), false) {
    for (const Box& box : not_false) {
      if (space_.empty()) space_ = box;
      for (std::size_t column = 0; column < box.size(); ++column)
        space_[column] |= box[column];
    }
  }

  std::vector<bool> find() {
    List list;
    for (const std::uint32_t row : rows_that_are_not_empty(not_false_))
      list.push_back({row, !is_empty(holds_[row])});
    visit(std::move(list), all_columns(space_));
    if (budget_.spent()) reached_.assign(reached_.size(), true);
    return std::move(reached_);
  }

 private:
  /// A row that is not false; `may_hold`: as far as the columns before go, it is true.
  struct Entry {
    std::uint32_t row;
    bool may_hold;
    auto operator<=>(const Entry&) const = default;
  };
  using List = std::vector<Entry>;

  void visit(List list, const Columns& columns) {
    if (list.empty() || !budget_.spend((list.size() + 1) * (columns.size() + 1))) return;
    if (list.front().may_hold) reached_[list.front().row] = true;
    const auto decides = std::find_if(list.begin(), list.end(), [&](const Entry& entry) {
      return fills(not_false_[entry.row], columns, space_);
    });
    if (decides != list.end()) list.erase(decides + 1, list.end());
    const auto waits = [&](const Entry& entry) { return entry.may_hold && !reached_[entry.row]; };
    while (!list.empty() && !waits(list.back()))
      list.pop_back();
    if (list.size() < 2) return;

    Rows rows;
    std::map<std::uint32_t, bool> may_hold;
    for (const Entry& entry : list) {
      rows.push_back(entry.row);
      may_hold.emplace(entry.row, entry.may_hold);
    }
    const std::size_t column = most_telling(not_false_, rows, columns, space_);
    const Columns rest = without(columns, column);
    std::set<std::uint32_t> decisive;
    for (const std::uint32_t row : rows) {
      if (fills(not_false_[row], rest, space_)) decisive.insert(row);
    }
    std::set<List> parts;
    const std::uint32_t count = space_[column].runs().back().last + 1;
    const auto add = [&](std::uint32_t piece, const std::set<std::uint32_t>& active) {
      List part;
      for (const std::uint32_t row : active) {
        part.push_back({row, may_hold.at(row) && holds_[row][column].contains(piece)});
        if (decisive.contains(row)) break;
      }
      if (budget_.spend(part.size() + 1)) parts.insert(std::move(part));
    };
    // The first piece of a part stands for all of it: rows that lie there and may be true are so in its known
    // pieces, and sin dato comes last.
    sweep(not_false_, rows, column, count,
          [&](std::uint32_t first, std::uint32_t, const std::set<std::uint32_t>& active) {
            add(first, active);
          });
    for (const List& part : parts)
      visit(part, rest);
  }

  const std::vector<Box>& holds_;
  const std::vector<Box>& not_false_;
  Budget& budget_;
  Box space_;
  std::vector<bool> reached_;
};

// --- Rows that meet

/// How many pairs of stretches of a column overlap.
std::uint64_t count_pairs(const std::vector<Stretch>& stretches) {
  std::vector<std::uint32_t> ends;
  for (const Stretch& stretch : stretches)
    ends.push_back(stretch.last);
  std::sort(ends.begin(), ends.end());
  std::uint64_t pairs = 0;
  std::size_t over = 0;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    while (ends[over] < stretches[i].first)
      ++over;
    pairs += i - over;
  }
  return pairs;
}

bool meet(const Box& a, const Box& b) {
  for (std::size_t column = 0; column < a.size(); ++column) {
    if (!meet(a[column], b[column])) return false;
  }
  return true;
}

}  // namespace

bool is_empty(const Box& box) {
  return std::any_of(box.begin(), box.end(), [](const PieceSet& pieces) { return pieces.empty(); });
}

Box intersect(const Box& a, const Box& b) {
  Box common;
  for (std::size_t column = 0; column < a.size(); ++column)
    common.push_back(intersect(a[column], b[column]));
  return common;
}

Grid make_grid(const Table& table, const Ruleset& rules, Date as_of) {
  Grid grid;
  grid.holds.resize(table.rows.size());
  grid.not_false.resize(table.rows.size());
  for (std::size_t index = 0; index < table.parameters.size(); ++index) {
    const Column column(table, index, rules, as_of);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      auto [holds, not_false] = column.sets_of(table.rows[row].cells[index]);
      grid.holds[row].push_back(std::move(holds));
      grid.not_false[row].push_back(std::move(not_false));
    }
    grid.columns.push_back(column.domain());
    grid.known.push_back(column.domain().all());
  }
  return grid;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> find_meeting(const std::vector<Box>& rows,
                                                                  Budget& budget) {
  constexpr std::size_t most_pairs = 10'000;
  if (rows.empty()) return {};
  const Rows candidates = rows_that_are_not_empty(rows);
  std::vector<Stretch> best;
  std::optional<std::uint64_t> fewest;
  for (std::size_t column = 0; column < rows.front().size(); ++column) {
    auto along = stretches(rows, candidates, column);
    const std::uint64_t pairs = count_pairs(along);
    if (fewest && pairs >= *fewest) continue;
    fewest = pairs;
    best = std::move(along);
  }
  std::map<std::uint32_t, std::uint32_t> first_met;  // by the later row
  std::size_t found = 0;
  std::vector<Stretch> open;
  for (const Stretch& stretch : best) {
    std::erase_if(open, [&](const Stretch& other) { return other.last < stretch.first; });
    if (!budget.spend(open.size() + 1) || found > most_pairs) break;
    for (const Stretch& other : open) {
      if (other.row == stretch.row || !meet(rows[other.row], rows[stretch.row])) continue;
      const auto [earlier, later] = std::minmax(other.row, stretch.row);
      const auto [known, is_new] = first_met.emplace(later, earlier);
      if (!is_new) known->second = std::min(known->second, earlier);
      ++found;
    }
    open.push_back(stretch);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const auto& [later, earlier] : first_met)
    pairs.emplace_back(earlier, later);
  return pairs;
}

std::vector<Box> find_uncovered(const std::vector<Box>& rows, const Box& space, Budget& budget) {
  if (space.empty() || is_empty(space)) return {};
  std::vector<Box> known;
  for (const Box& row : rows)
    known.push_back(intersect(row, space));
  std::vector<Box> found = Uncovered(known, space, budget).find();
  if (budget.spent()) return {};
  merge_neighbours(found);
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<bool> find_reached(const std::vector<Box>& holds, const std::vector<Box>& not_false,
                               Budget& budget) {
  return Reached(holds, not_false, budget).find();
}

}  // namespace cauce::rules
