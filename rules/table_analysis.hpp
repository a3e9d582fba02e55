// What the checker says of decision tables: rows that match together where one must decide, arguments that no
// row meets, rows that no arguments reach (language.md, 2.5).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "rules/ruleset.hpp"
#include "rules/table_regions.hpp"

namespace cauce::rules {

/// The steps that the searches of one table may take, over all its dates. A table of 10,000 rows with a
/// telling column takes about a million.
inline constexpr std::uint64_t table_budget = 20'000'000;

/// The steps that those of all tables of a policy may take: a policy of 10 MB could have thousands of tables that each
/// use up theirs.
inline constexpr std::uint64_t policy_tables_budget = 40'000'000;

/// A time in which every parameter of a table's cells keeps its value.
struct Epoch {
  std::optional<Date> from = {};   ///< none: from always
  std::optional<Date> until = {};  ///< the day after its last; none: for ever
  Date day() const;                ///< one that lies in it
  bool contains(Date date) const;
};
std::vector<Epoch> epochs_of(const Table& table, const Ruleset& rules);

/// Known arguments that no row of a table meets.
struct TableGap {
  /// Where they lie, in each time in which no row meets them.
  std::vector<std::pair<Epoch, Box>> places;
  std::string message;  ///< that of its warning
  std::string help;
};
/// Those that warnings tell of, and how many more there are.
struct TableGaps {
  std::vector<TableGap> told;
  std::size_t untold = 0;
};
TableGaps find_gaps(const Table& table, const Ruleset& rules);
/// The one of `gaps` in which `arguments` lie on a date, of which `grid` is; nothing if they lie in none.
std::optional<std::size_t> gap_of(const TableGaps& gaps, const Grid& grid,
                                  const std::vector<Value>& arguments, Date as_of);

void check_tables(const Ruleset& rules, dsl::Diagnostics& diagnostics);

}  // namespace cauce::rules
