#include "rules/table_regions.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/ruleset.hpp"
#include "rules/table_analysis.hpp"

namespace cauce::rules {
namespace {

using dsl::BinaryOp;

Expression literal(const Value& value) {
  return {Literal{value}, Type::nothing(), {}};
}

Type bounded(Type type, int low, int high) {
  type.low = Value(Decimal(low));
  type.high = Value(Decimal(high));
  return type;
}

Type one_of(std::vector<std::string> values) {
  Type type;
  type.kind = TypeKind::one_of;
  type.values = std::make_shared<const std::vector<std::string>>(std::move(values));
  return type;
}

/// A column of random tables: its type, the values that cells may name, and values that stand for all others.
struct ColumnKind {
  Type type;
  std::vector<Value> named;
  std::vector<Value> all;  ///< at least one of each class that `named` can tell apart
  bool has_order;
};

std::vector<Value> halves(int from, int to) {
  std::vector<Value> values;
  for (int i = 2 * from; i <= 2 * to; ++i)
    values.emplace_back(*divide(Decimal(i), Decimal(2)));
  return values;
}

const std::vector<ColumnKind>& column_kinds() {
  const std::vector<Value> small = {Decimal(0), Decimal(1), Decimal(2), Decimal(3)};
  const auto day = [](int d) { return Value(*make_date(2024, 2, d)); };
  static const std::vector<ColumnKind> kinds = {
      {Type::number(), small, halves(-1, 4), true},
      {bounded(Type::number(), 0, 2), small, halves(0, 2), true},
      {Type::integer(),
       small,
       {Decimal(-5), Decimal(0), Decimal(1), Decimal(2), Decimal(3), Decimal(9)},
       true},
      {bounded(Type::integer(), 1, 3), small, {Decimal(1), Decimal(2), Decimal(3)}, true},
      {Type::date(), {day(7), day(8), day(10)}, {day(1), day(7), day(8), day(9), day(10), day(28)}, true},
      {Type::truth(), {false, true}, {false, true}, false},
      {one_of({"alta", "media", "baja"}),
       {std::string("alta"), std::string("media"), std::string("baja")},
       {std::string("alta"), std::string("media"), std::string("baja")},
       false},
      {Type::text(),
       {std::string("a"), std::string("b")},
       {std::string("a"), std::string("b"), std::string("z")},
       false},
  };
  return kinds;
}

CellTest any_test(const ColumnKind& kind) {
  const auto value = [&] { return *rc::gen::elementOf(kind.named); };
  const int form = *rc::gen::inRange(0, kind.has_order ? 8 : 3);
  if (form == 0) return CellMissing{};
  if (form <= 2 || !kind.has_order) {
    return CellCompare{form == 1 ? BinaryOp::equal : BinaryOp::not_equal, literal(value())};
  }
  if (form <= 5) {
    const BinaryOp op =
        *rc::gen::element(BinaryOp::less, BinaryOp::less_equal, BinaryOp::greater, BinaryOp::greater_equal);
    return CellCompare{op, literal(value())};
  }
  const auto [low, high] = std::minmax({value(), value()});
  return CellRange{literal(low), literal(high), *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>()};
}

TableCell any_cell(const ColumnKind& kind) {
  TableCell cell;
  const int tests = *rc::gen::weightedElement<int>({{3, 0}, {5, 1}, {2, 2}});
  for (int i = 0; i < tests; ++i)
    cell.tests.push_back(any_test(kind));
  cell.negated = tests > 0 && *rc::gen::inRange(0, 4) == 0;
  return cell;
}

struct RandomTable {
  Table table;
  std::vector<const ColumnKind*> kinds;
};

RandomTable any_table() {
  RandomTable random{{"t", "t", "t", {}, {}, Type::integer(), dsl::HitPolicy::unique, {}}, {}};
  const int columns = *rc::gen::inRange(1, 4);
  for (int i = 0; i < columns; ++i) {
    const auto& kinds = column_kinds();
    random.kinds.push_back(&kinds[*rc::gen::inRange<std::size_t>(0, kinds.size())]);
    random.table.parameters.push_back({"x" + std::to_string(i), random.kinds.back()->type});
  }
  const int rows = *rc::gen::inRange(1, 6);
  for (int i = 0; i < rows; ++i) {
    TableRow row{{}, literal(Decimal(i)), {}};
    for (const ColumnKind* kind : random.kinds)
      row.cells.push_back(any_cell(*kind));
    random.table.rows.push_back(std::move(row));
  }
  return random;
}

/// Calls `visit` with every combination of values, and whether all of them are known.
template <typename Visit>
void for_all_arguments(const std::vector<const ColumnKind*>& kinds, std::vector<Value>& arguments,
                       const Visit& visit) {
  if (arguments.size() == kinds.size()) {
    visit(arguments, std::none_of(arguments.begin(), arguments.end(), is_missing));
    return;
  }
  std::vector<Value> values = kinds[arguments.size()]->all;
  values.emplace_back(Missing{});
  for (const Value& value : values) {
    arguments.push_back(value);
    for_all_arguments(kinds, arguments, visit);
    arguments.pop_back();
  }
}

/// What trying everything finds.
struct Tried {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> meeting;
  std::vector<std::vector<Value>> uncovered;
  std::vector<bool> holds_somewhere;
  std::vector<bool> reached_first;
};

Tried try_everything(const RandomTable& random, const Ruleset& rules) {
  const EvaluationContext context{rules, *make_date(2024, 1, 1)};
  Table sum = random.table;
  sum.policy = dsl::HitPolicy::sum;
  Table first = random.table;
  first.policy = dsl::HitPolicy::first;
  const std::size_t rows = sum.rows.size();
  Tried tried{{}, {}, std::vector<bool>(rows), std::vector<bool>(rows)};
  std::vector<std::uint32_t> met(rows, static_cast<std::uint32_t>(rows));
  std::vector<Value> arguments;
  for_all_arguments(random.kinds, arguments, [&](const std::vector<Value>& tuple, bool known) {
    const auto matched = decide(sum, tuple, context).matched;
    if (matched.empty() && known) tried.uncovered.push_back(tuple);
    for (const std::size_t row : matched) {
      tried.holds_somewhere[row] = true;
      if (row != matched.front()) met[row] = std::min(met[row], static_cast<std::uint32_t>(matched.front()));
    }
    for (const std::size_t row : decide(first, tuple, context).matched)
      tried.reached_first[row] = true;
  });
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (met[row] < rows) tried.meeting.emplace_back(met[row], row);
  }
  return tried;
}

bool lies_in(const Grid& grid, const Box& box, const std::vector<Value>& arguments) {
  for (std::size_t i = 0; i < box.size(); ++i) {
    const auto piece = grid.columns[i].find(arguments[i]);
    if (!piece || !box[i].contains(*piece)) return false;
  }
  return true;
}

RC_GTEST_PROP(TableRegionsProperty, FindWhatTryingEverythingFinds, ()) {
  const RandomTable random = any_table();
  const Ruleset rules;
  const Tried tried = try_everything(random, rules);
  const Grid grid = make_grid(random.table, rules, *make_date(2024, 1, 1));

  Budget budget(1'000'000);
  RC_ASSERT(find_meeting(grid.holds, budget) == tried.meeting);
  RC_ASSERT(find_reached(grid.holds, grid.not_false, budget) == tried.reached_first);
  const std::vector<Box> holes = find_uncovered(grid.holds, grid.known, budget);
  RC_ASSERT(!budget.spent());
  RC_ASSERT(holes.empty() == tried.uncovered.empty());
  for (std::size_t row = 0; row < grid.holds.size(); ++row)
    RC_ASSERT(is_empty(grid.holds[row]) != tried.holds_somewhere[row]);

  // The holes hold exactly what is uncovered, each once.
  std::vector<Value> arguments;
  for_all_arguments(random.kinds, arguments, [&](const std::vector<Value>& tuple, bool known) {
    if (!known) return;
    const auto in = std::count_if(holes.begin(), holes.end(),
                                  [&](const Box& hole) { return lies_in(grid, hole, tuple); });
    const bool uncovered =
        std::find(tried.uncovered.begin(), tried.uncovered.end(), tuple) != tried.uncovered.end();
    RC_ASSERT(in == (uncovered ? 1 : 0));
  });
}

TEST(TableRegions, ASearchThatRunsOutOfStepsSaysNothing) {
  const std::uint32_t size = 40;
  std::vector<Box> rows;
  for (std::uint32_t i = 0; i < size; ++i)
    rows.push_back({PieceSet(i, i + 1), PieceSet(size - i - 1, size - i)});
  const Box space = {PieceSet(0, size), PieceSet(0, size)};
  Budget enough(100'000);
  EXPECT_EQ(find_uncovered(rows, space, enough).size(), 40U);
  Budget little(100);
  EXPECT_TRUE(find_uncovered(rows, space, little).empty());
  EXPECT_TRUE(little.spent());
  Budget none(1);
  EXPECT_EQ(find_reached(rows, rows, none), std::vector<bool>(size, true));
}

TEST(TableRegions, TenThousandRowsTakeFewSteps) {
  std::vector<Box> rows;
  constexpr std::uint32_t side = 100;
  for (std::uint32_t i = 0; i < side * side; ++i)
    rows.push_back({PieceSet(i / side, i / side + 1), PieceSet(i % side, i % side + 1), PieceSet(0, 3)});
  const Box space = {PieceSet(0, side), PieceSet(0, side), PieceSet(0, 2)};
  Budget budget(table_budget / 4);
  EXPECT_TRUE(find_meeting(rows, budget).empty());
  EXPECT_TRUE(find_uncovered(rows, space, budget).empty());
  EXPECT_EQ(find_reached(rows, rows, budget), std::vector<bool>(side * side, true));
  EXPECT_FALSE(budget.spent());
}

TEST(TableRegions, RowsThatGrowAreWalkedOnce) {
  std::vector<Box> rows;
  constexpr std::uint32_t count = 10'000;
  for (std::uint32_t i = 0; i < count; ++i)
    rows.push_back({PieceSet(0, i + 1)});
  Budget budget(table_budget / 4);
  EXPECT_EQ(find_uncovered(rows, {PieceSet(0, count + 1)}, budget),
            (std::vector<Box>{{PieceSet(count, count + 1)}}));
  EXPECT_EQ(find_reached(rows, rows, budget), std::vector<bool>(count, true));
  EXPECT_FALSE(budget.spent());
}

}  // namespace
}  // namespace cauce::rules
