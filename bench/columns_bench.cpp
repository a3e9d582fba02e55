// The decision of the reference policy over 1,122 to 1,000,000 municipalities made up after the real ones: in
// columns, row by row in C++ written by hand, and by SQLite. All must say the same of everybody.
#include <algorithm>
#include <fstream>
#include <malloc.h>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>

#include "bench/population.hpp"
#include "bench/reference.hpp"
#include "rules/columnar_selection.hpp"
#include "rules/verdicts.hpp"

namespace cauce::bench {
namespace {

using rules::TargetStatus;

const rules::Targeting& targeting() {
  const rules::Ruleset& rules = reference().rules();
  return rules.targetings.at(static_cast<std::size_t>(*rules.find_targeting("municipios")));
}

rules::Date today() {
  return *rules::make_date(2024, 3, 1);
}

/// One size at a time, as long as benches ask for it.
struct Data {
  rules::Territory territory;
  Towns towns;
};

const Data& data_of(std::size_t size) {
  static std::unique_ptr<Data> held;
  static std::size_t held_size = 0;
  if (!held || held_size != size) {
    held = std::make_unique<Data>();
    held->territory = population(size);
    held->towns = towns_of(held->territory);
    held_size = size;
  }
  return *held;
}

const Data& data_of(const benchmark::State& state) {
  return data_of(static_cast<std::size_t>(state.range(0)));
}

void count(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->Arg(1'122)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);
}

/// A figure of /proc/self/status, in bytes.
std::int64_t field_of_status(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t kilobytes = 0;
    if (word == name && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

void reset_peak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

/// How much `work` holds at most, beyond what is held already.
template <typename F>
double peak_of(F work) {
  reset_peak();
  const std::int64_t before = field_of_status("VmRSS:");
  work();
  return static_cast<double>(field_of_status("VmHWM:") - before);
}

/// The reasons of one as judge_by_hand has them.
std::uint8_t reasons_of(const rules::TargetResult& result) {
  std::uint8_t bits = 0;
  for (const rules::StatusReason& reason : result.reasons) {
    const std::uint32_t clause =
        reason.clause + (reason.list == rules::StatusReason::List::qualification ? 2 : 0);
    bits = static_cast<std::uint8_t>(bits | (1U << clause));
  }
  return bits;
}

/// Whether what the rules make of everybody is what it is by hand.
bool agrees_with_hand(const Data& data) {
  const rules::ColumnarSelection selection(targeting(), reference().rules(), data.territory, today());
  std::vector<Verdict> verdicts;
  judge_by_hand(data.towns.rows, verdicts);
  choose_by_hand(data.towns, verdicts);
  for (std::uint32_t row = 0; row < verdicts.size(); ++row) {
    const rules::TargetResult result = selection.result(row);
    const Verdict& verdict = verdicts[row];
    if (result.status != verdict.status || reasons_of(result) != verdict.reasons) return false;
    if (result.score.has_value() != verdict.scored) return false;
    if (verdict.scored &&
        *multiply(*result.score, rules::Decimal(10 * town_unit)) != rules::Decimal(verdict.score)) {
      return false;
    }
  }
  return true;
}

void evaluate_columns(benchmark::State& state, bool keep_reasons) {
  const Data& data = data_of(state);
  rules::Judge judge(targeting(), reference().rules(), data.territory, today());
  state.counters["bytes_each"] = peak_of([&] { benchmark::DoNotOptimize(judge.judge_all(keep_reasons)); }) /
                                 static_cast<double>(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(judge.judge_all(keep_reasons));
  count(state);
}

void evaluation_in_columns(benchmark::State& state) {
  evaluate_columns(state, true);
}
BENCHMARK(evaluation_in_columns)->Apply(sizes);

void evaluation_in_columns_without_reasons(benchmark::State& state) {
  evaluate_columns(state, false);
}
BENCHMARK(evaluation_in_columns_without_reasons)->Apply(sizes);

void evaluation_by_hand(benchmark::State& state) {
  const Data& data = data_of(state);
  for (auto _ : state) {
    std::vector<Verdict> verdicts;
    judge_by_hand(data.towns.rows, verdicts);
    benchmark::DoNotOptimize(verdicts.data());
  }
  count(state);
}
BENCHMARK(evaluation_by_hand)->Apply(sizes);

// --- SQLite

class Database {
 public:
  explicit Database(const std::vector<Town>& towns) {
    sqlite3_open(":memory:", &handle_);
    run("CREATE TABLE town(row INTEGER PRIMARY KEY, type INT, category INT, pdet INT, mdm INT, ipm INT)");
    run("BEGIN");
    sqlite3_stmt* insert = prepare("INSERT INTO town VALUES(?,?,?,?,?,?)");
    for (std::size_t row = 0; row < towns.size(); ++row) {
      const Town& town = towns[row];
      sqlite3_bind_int64(insert, 1, static_cast<std::int64_t>(row));
      bind(insert, 2, town, Town::has_type, town.type);
      bind(insert, 3, town, Town::has_category, town.category);
      bind(insert, 4, town, Town::has_pdet, town.pdet);
      bind(insert, 5, town, Town::has_mdm, town.mdm);
      bind(insert, 6, town, Town::has_ipm, town.ipm);
      if (sqlite3_step(insert) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(handle_));
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run("COMMIT");
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) != SQLITE_OK) {
      throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    return statement;
  }

 private:
  void run(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw std::runtime_error(sqlite3_errmsg(handle_));
    }
  }
  static void bind(sqlite3_stmt* statement, int place, const Town& town, Town::Known known,
                   std::int64_t value) {
    if ((town.known & known) != 0) {
      sqlite3_bind_int64(statement, place, value);
    } else {
      sqlite3_bind_null(statement, place);
    }
  }

  sqlite3* handle_ = nullptr;
};

/// The statuses by their number in TargetStatus; NULL is the unknown of SQL too. The score as in Verdict.
constexpr const char* decision_in_sql = R"(
  SELECT CASE WHEN excluded THEN 4
              WHEN qualifies = 0 THEN 3
              WHEN excluded IS NULL OR qualifies IS NULL OR score IS NULL THEN 5
              ELSE 2 END,
         score
    FROM (SELECT type = 0 OR category IN (0, 1, 2) AS excluded,
                 pdet OR mdm < 550000 OR ipm >= 400000 AS qualifies,
                 4 * (1000000 - mdm) + 4 * ipm + 20000 *
                   CASE WHEN mdm < 400000 THEN 100 WHEN mdm > 600000 THEN 0
                        WHEN mdm IS NULL THEN NULL WHEN pdet THEN 80 WHEN pdet = 0 THEN 50 END AS score
            FROM town))";

void judge_by_sqlite(sqlite3_stmt* query, std::vector<Verdict>& verdicts) {
  std::size_t row = 0;
  while (sqlite3_step(query) == SQLITE_ROW) {
    Verdict& verdict = verdicts.at(row++);
    verdict.status = static_cast<TargetStatus>(sqlite3_column_int(query, 0));
    verdict.scored = sqlite3_column_type(query, 1) != SQLITE_NULL;
    verdict.score = sqlite3_column_int64(query, 1);
  }
  sqlite3_reset(query);
}

void evaluation_by_sqlite(benchmark::State& state) {
  const Data& data = data_of(state);
  Database database(data.towns.rows);
  sqlite3_stmt* query = database.prepare(decision_in_sql);
  std::vector<Verdict> verdicts(data.towns.rows.size());
  judge_by_sqlite(query, verdicts);
  std::vector<Verdict> by_hand;
  judge_by_hand(data.towns.rows, by_hand);
  const bool agree =
      std::equal(verdicts.begin(), verdicts.end(), by_hand.begin(), [](const auto& a, const auto& b) {
        return a.status == b.status && a.scored == b.scored && (!a.scored || a.score == b.score);
      });
  if (!agree) state.SkipWithError("SQLite and the hand do not say the same");
  for (auto _ : state) {
    judge_by_sqlite(query, verdicts);
    benchmark::DoNotOptimize(verdicts.data());
  }
  sqlite3_finalize(query);
  count(state);
}
BENCHMARK(evaluation_by_sqlite)->Apply(sizes);

// --- And who is chosen

/// Beyond evaluation: columns made from the data, the order and the walks.
void selection_in_columns(benchmark::State& state) {
  const Data& data = data_of(state);
  if (!agrees_with_hand(data)) state.SkipWithError("the rules and the hand do not say the same");
  const auto make = [&] {
    const rules::ColumnarSelection selection(targeting(), reference().rules(), data.territory, today());
    benchmark::DoNotOptimize(selection.placement().order.data());
  };
  state.counters["bytes_each"] = peak_of(make) / static_cast<double>(state.range(0));
  for (auto _ : state)
    make();
  count(state);
}
BENCHMARK(selection_in_columns)->Apply(sizes);

/// With the result of everybody, as select() gives it.
void selection_with_all_results(benchmark::State& state) {
  const Data& data = data_of(state);
  const auto make = [&] {
    benchmark::DoNotOptimize(rules::select(targeting(), reference().rules(), data.territory, today()));
  };
  state.counters["bytes_each"] = peak_of(make) / static_cast<double>(state.range(0));
  for (auto _ : state)
    make();
  count(state);
}
BENCHMARK(selection_with_all_results)->Apply(sizes);

void selection_by_hand(benchmark::State& state) {
  const Data& data = data_of(state);
  for (auto _ : state) {
    std::vector<Verdict> verdicts;
    judge_by_hand(data.towns.rows, verdicts);
    choose_by_hand(data.towns, verdicts);
    benchmark::DoNotOptimize(verdicts.data());
  }
  count(state);
}
BENCHMARK(selection_by_hand)->Apply(sizes);

}  // namespace
}  // namespace cauce::bench
