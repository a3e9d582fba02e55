#include "rules/table_analysis.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

/// More gaps, or pairs of rows, are counted and not told one by one.
constexpr std::size_t most_told = 5;

template <typename Visit>
void for_each_cell_value(const Table& table, const Visit& visit) {
  for (const TableRow& row : table.rows) {
    for (const TableCell& cell : row.cells) {
      for (const CellTest& test : cell.tests) {
        if (const auto* comparison = std::get_if<CellCompare>(&test)) visit(comparison->value);
        if (const auto* range = std::get_if<CellRange>(&test)) {
          visit(range->low);
          visit(range->high);
        }
      }
    }
  }
}

// --- Boxes in words

/// One column of a box; nothing if it holds everything. `with_missing`: sin dato is among everything.
std::string describe(const Domain& domain, const std::string& name, const PieceSet& pieces,
                     bool with_missing) {
  const PieceSet known = intersect(pieces, domain.all());
  const bool missing = pieces.contains(domain.size());
  if (known == domain.all() && (missing || !with_missing)) return "";
  if (known.empty()) return name + " sin dato";
  const std::string text = domain.describe(name, known);
  return missing ? "(" + text + " o sin dato)" : text;
}

std::string region_of(const Table& table, const Grid& grid, const Box& box, bool with_missing) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < box.size(); ++i) {
    std::string part = describe(grid.columns[i], table.parameters[i].name, box[i], with_missing);
    if (!part.empty()) parts.push_back(std::move(part));
  }
  return parts.empty() ? "cualquier dato" : join_names(parts);
}

std::string example_of(const Table& table, const Grid& grid, const Box& box) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < box.size(); ++i) {
    const Domain& domain = grid.columns[i];
    const std::string& name = table.parameters[i].name;
    const PieceSet known = intersect(box[i], domain.all());
    parts.push_back(known.empty() ? name + " sin dato" : domain.describe(name, domain.plainest(known)));
  }
  return join_names(parts);
}

/// `, desde el 1 de julio de 2025`: said of what is so in some times only, of which this is the first.
std::string when(const Epoch& epoch) {
  if (epoch.from && epoch.until) {
    return ", del " + to_spanish(*epoch.from) + " al " + to_spanish(*epoch.until - std::chrono::days(1));
  }
  if (epoch.from) return ", desde el " + to_spanish(*epoch.from);
  return ", hasta el " + to_spanish(*epoch.until - std::chrono::days(1));
}

std::string quoted(const std::string& text) {
  return "«" + text + "»";
}

// --- Gaps

/// Advice for a box that goes on without end in a number: the table may never be asked that.
std::string help_for_gap(const Table& table, const Box& box, const Grid& grid) {
  const std::string help = "agregue una fila para ese caso";
  for (std::size_t i = 0; i < box.size(); ++i) {
    const Type& type = table.parameters[i].type;
    if (!type.is_numeric() || box[i] == grid.known[i]) continue;
    const bool endless =
        (!type.low && box[i].contains(0)) || (!type.high && box[i].contains(grid.columns[i].size() - 1));
    if (!endless) continue;
    const std::string& name = table.parameters[i].name;
    return help + ", o diga los límites del parámetro, por ejemplo «" + name + ": " + type.to_spanish() +
           " de 0 a 100»";
  }
  return help;
}

/// The grids of a table in each of its times.
std::vector<Grid> grids_of(const Table& table, const Ruleset& rules, const std::vector<Epoch>& epochs,
                           Budget& budget) {
  std::vector<Grid> grids;
  for (const Epoch& epoch : epochs) {
    if (!budget.spend(table.rows.size() * table.parameters.size() + 1)) return {};
    grids.push_back(make_grid(table, rules, epoch.day()));
  }
  return grids;
}

TableGaps gaps_within(const Table& table, const std::vector<Epoch>& epochs, const std::vector<Grid>& grids,
                      Budget& budget) {
  TableGaps gaps;
  std::map<std::string, std::optional<std::size_t>> seen;  // by region: its number among those told
  for (std::size_t i = 0; i < grids.size(); ++i) {
    const Grid& grid = grids[i];
    for (Box& box : find_uncovered(grid.holds, grid.known, budget)) {
      const std::string region = region_of(table, grid, box, false);
      const auto [known, is_new] = seen.emplace(region, std::nullopt);
      if (is_new && gaps.told.size() == most_told) {
        ++gaps.untold;
      } else if (is_new) {
        known->second = gaps.told.size();
        gaps.told.push_back({{},
                             "ninguna fila de la tabla " + quoted(table.name) + " corresponde a " + region +
                                 " (por ejemplo, " + example_of(table, grid, box) + ")",
                             help_for_gap(table, box, grid)});
      }
      if (known->second) gaps.told[*known->second].places.emplace_back(epochs[i], std::move(box));
    }
  }
  for (TableGap& gap : gaps.told) {
    if (gap.places.size() < epochs.size()) gap.message += when(gap.places.front().first);
  }
  if (gaps.untold > 0) {
    gaps.told.back().help +=
        "; hay " + std::to_string(gaps.untold) + (gaps.untold == 1 ? " caso" : " casos") + " más sin fila";
  }
  return gaps;
}

// --- The analysis of one table

class TableCheck {
 public:
  /// `steps`: what is left for it of what all tables may take.
  TableCheck(const Table& table, const Ruleset& rules, std::uint64_t steps, dsl::Diagnostics& diagnostics)
      : table_(table),
        diagnostics_(diagnostics),
        budget_(std::min(table_budget, steps)),
        ends_with_the_others_(steps < table_budget),
        epochs_(epochs_of(table, rules)),
        grids_(grids_of(table, rules, epochs_, budget_)) {}

  /// Gives the steps that it took.
  std::uint64_t check() {
    const std::uint64_t had = budget_.left();
    for (const TableGap& gap : gaps_within(table_, epochs_, grids_, budget_).told) {
      diagnostics_.push_back({dsl::Code::table_gap, table_.span, gap.message, gap.help});
    }
    std::vector<bool> reached(table_.rows.size(), false);
    if (table_.policy == dsl::HitPolicy::unique) check_meeting();
    for (const Grid& grid : grids_)
      note_reached(grid, reached);
    if (!budget_.spent()) report_unreached(reached);
    if (budget_.spent()) report_size();
    return had - budget_.left();
  }

 private:
  /// Each row that meets an earlier one, with the first such; in which times it does so.
  void check_meeting() {
    std::map<std::uint32_t, std::map<std::uint32_t, std::vector<std::size_t>>> met;  // later, earlier, times
    for (std::size_t i = 0; i < grids_.size(); ++i) {
      for (const auto& [earlier, later] : find_meeting(grids_[i].holds, budget_))
        met[later][earlier].push_back(i);
    }
    std::size_t told = 0;
    std::set<std::uint32_t> loose;  // rows that meet the others by one mistake of theirs, which has been told
    for (const auto& [later, others] : met) {
      const auto& [earlier, times] = *others.begin();
      if (loose.contains(earlier) || loose.contains(later)) continue;
      if (told++ < most_told_rows) report_meeting(earlier, later, times);
      for (const std::uint32_t row : {earlier, later}) {
        if (range_for_two_bounds(row)) loose.insert(row);
      }
    }
    count_untold(told, "coincide con otra", "coinciden con otras");
  }

  /// `>= 40, <= 60`, which every value meets: the range that was meant, where a cell of `row` is such.
  struct MeantRange {
    std::string column;
    std::string range;
  };
  std::optional<MeantRange> range_for_two_bounds(std::uint32_t row) const {
    const std::vector<TableCell>& cells = table_.rows[row].cells;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (cells[column].negated || cells[column].tests.size() != 2) continue;
      const auto* low = std::get_if<CellCompare>(&cells[column].tests.front());
      const auto* high = std::get_if<CellCompare>(&cells[column].tests.back());
      if (low == nullptr || high == nullptr) continue;
      if (!is_low(low->op)) std::swap(low, high);
      const auto* from = std::get_if<Literal>(&low->value.node);
      const auto* to = std::get_if<Literal>(&high->value.node);
      const bool bounds = is_low(low->op) && is_high(high->op) && from != nullptr && to != nullptr;
      if (!bounds || !(from->value < to->value)) continue;
      return MeantRange{table_.parameters[column].name,
                        (low->op == dsl::BinaryOp::greater ? "]" : "[") + to_display(from->value) + ".." +
                            to_display(to->value) + (high->op == dsl::BinaryOp::less ? "[" : "]")};
    }
    return std::nullopt;
  }
  static bool is_low(dsl::BinaryOp op) {
    return op == dsl::BinaryOp::greater || op == dsl::BinaryOp::greater_equal;
  }
  static bool is_high(dsl::BinaryOp op) {
    return op == dsl::BinaryOp::less || op == dsl::BinaryOp::less_equal;
  }

  std::string help_for_meeting(std::uint32_t earlier, std::uint32_t later, const std::string& region) const {
    auto meant = range_for_two_bounds(later);
    if (!meant) meant = range_for_two_bounds(earlier);
    if (meant) {
      return "en «" + meant->column +
             "» basta una de las dos comparaciones, y así vale cualquier valor: un rango se escribe «" +
             meant->range + "»";
    }
    return "las dos coinciden en " + region + ": cambie una, o escriba «decide la primera fila»";
  }

  void report_meeting(std::uint32_t earlier, std::uint32_t later, const std::vector<std::size_t>& times) {
    const Grid& grid = grids_[times.front()];
    const Box common = intersect(grid.holds[earlier], grid.holds[later]);
    diagnostics_.push_back({dsl::Code::table_overlap,
                            table_.rows[later].span,
                            "con " + example_of(table_, grid, common) +
                                " corresponden dos filas de la tabla " + quoted(table_.name) +
                                ", y debe decidir una sola" +
                                (times.size() < epochs_.size() ? when(epochs_[times.front()]) : ""),
                            help_for_meeting(earlier, later, region_of(table_, grid, common, true)),
                            {},
                            {{table_.rows[earlier].span, "esta es la otra fila"}}});
  }

  /// In `primera` what comes before may leave a row nothing; elsewhere only its own cells can.
  void note_reached(const Grid& grid, std::vector<bool>& reached) {
    const bool by_order = table_.policy == dsl::HitPolicy::first;
    const std::vector<bool> now =
        by_order ? find_reached(grid.holds, grid.not_false, budget_) : std::vector<bool>();
    for (std::size_t row = 0; row < reached.size(); ++row)
      reached[row] = reached[row] || (by_order ? now[row] : !is_empty(grid.holds[row]));
  }

  void report_unreached(const std::vector<bool>& reached) {
    std::size_t told = 0;
    for (std::size_t row = 0; row < reached.size(); ++row) {
      if (reached[row] || told++ >= most_told_rows) continue;
      const auto column = impossible_column(row);
      diagnostics_.push_back(
          {dsl::Code::row_never_reached, table_.rows[row].span,
           column ? "a esta fila no llega ningún dato: ningún valor de " +
                        quoted(table_.parameters[*column].name) + " cumple su celda"
                  : "a esta fila no llega ningún dato: las filas anteriores deciden todos sus casos",
           column ? "revise la celda y los límites del parámetro, o quite la fila"
                  : "póngala antes de la fila más general, o quítela"});
    }
    count_untold(told, "queda sin dato que le llegue", "quedan sin dato que les llegue");
  }

  /// Says with the last row that was told how many of `all` were not.
  void count_untold(std::size_t all, const std::string& one, const std::string& several) {
    if (all <= most_told_rows) return;
    const std::size_t untold = all - most_told_rows;
    diagnostics_.back().help +=
        "; " + std::to_string(untold) + (untold == 1 ? " fila más " + one : " filas más " + several);
  }

  /// The first column in which no value fits the row, on any date.
  std::optional<std::size_t> impossible_column(std::size_t row) const {
    for (std::size_t column = 0; column < table_.parameters.size(); ++column) {
      const bool never = std::all_of(grids_.begin(), grids_.end(),
                                     [&](const Grid& grid) { return grid.holds[row][column].empty(); });
      if (never) return column;
    }
    return std::nullopt;
  }

  void report_size() {
    diagnostics_.push_back({dsl::Code::analysis_given_up, table_.span,
                            "la tabla " + quoted(table_.name) +
                                " es demasiado grande para revisarla toda: se dejó después de " +
                                most_steps(),
                            "pueden faltar avisos sobre sus filas: divídala en tablas más pequeñas"});
  }

  static constexpr std::size_t most_told_rows = 20;

  std::string most_steps() const {
    constexpr std::uint64_t million = 1'000'000;
    if (ends_with_the_others_)
      return std::to_string(policy_tables_budget / million) + " millones de pasos entre todas las tablas";
    return std::to_string(table_budget / million) + " millones de pasos";
  }

  const Table& table_;
  dsl::Diagnostics& diagnostics_;
  Budget budget_;
  bool ends_with_the_others_;
  std::vector<Epoch> epochs_;
  std::vector<Grid> grids_;
};

}  // namespace

Date Epoch::day() const {
  return from.value_or(*make_date(first_year, 1, 1));
}

bool Epoch::contains(Date date) const {
  return (!from || *from <= date) && (!until || date < *until);
}

std::vector<Epoch> epochs_of(const Table& table, const Ruleset& rules) {
  std::set<Date> starts;
  for_each_cell_value(table, [&](const Expression& expression) {
    const auto* read = std::get_if<ReadParameter>(&expression.node);
    if (read == nullptr) return;
    for (const ParameterValue& value : rules.parameters.at(read->parameter).values) {
      if (value.from) starts.insert(*value.from);
    }
  });
  std::vector<Epoch> epochs(1);
  for (const Date start : starts) {
    epochs.back().until = start;
    epochs.push_back({start, {}});
  }
  return epochs;
}

TableGaps find_gaps(const Table& table, const Ruleset& rules) {
  Budget budget(table_budget);
  const std::vector<Epoch> epochs = epochs_of(table, rules);
  return gaps_within(table, epochs, grids_of(table, rules, epochs, budget), budget);
}

std::optional<std::size_t> gap_of(const TableGaps& gaps, const Grid& grid,
                                  const std::vector<Value>& arguments, Date as_of) {
  const auto lies_in = [&](const Box& box) {
    for (std::size_t column = 0; column < arguments.size(); ++column) {
      if (is_missing(arguments[column])) return false;
      const auto piece = grid.columns[column].find(arguments[column]);
      if (!piece || !box[column].contains(*piece)) return false;
    }
    return true;
  };
  for (std::size_t i = 0; i < gaps.told.size(); ++i) {
    for (const auto& [epoch, box] : gaps.told[i].places) {
      if (epoch.contains(as_of) && lies_in(box)) return i;
    }
  }
  return std::nullopt;
}

void check_tables(const Ruleset& rules, dsl::Diagnostics& diagnostics) {
  std::uint64_t left = policy_tables_budget;
  for (const Table& table : rules.tables) {
    const bool broken = rules.broken.contains(table.key);
    if (!broken && !table.rows.empty()) left -= TableCheck(table, rules, left, diagnostics).check();
  }
}

}  // namespace cauce::rules
