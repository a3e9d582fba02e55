// Questions to a database with more than 1,000,000 open obligations, as the command line answers them, the
// opening of the database and the reading of the policy included. Beside them what SQLite takes for the same
// figures where plain SQL can say them.
#include <sqlite3.h>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/many_plans.hpp"
#include "bench/reference.hpp"
#include "engine/cli/run.hpp"

namespace cauce::bench {
namespace {

/// Departmental plans are late by then, and nothing else.
constexpr const char* today = "2024-02-28T09:00";

const std::string& database() {
  static const std::string path = copy_of_million();
  return path;
}

/// A command in this process; how long its answer is.
std::size_t run_cauce(std::vector<std::string> arguments) {
  const engine::cli::Environment environment{[](const std::string&) { return std::nullopt; },
                                             clock_at(today)};
  std::ostringstream out;
  std::ostringstream err;
  arguments.insert(arguments.end(), {"--base", database()});
  if (engine::cli::run(arguments, out, err, environment) != 0) throw std::runtime_error(err.str());
  return out.str().size();
}

void answer(benchmark::State& state, const std::vector<std::string>& arguments) {
  run_cauce(arguments);  // the file is in memory from now on
  std::size_t bytes = 0;
  for (auto _ : state)
    bytes = run_cauce(arguments);
  state.counters["bytes"] = static_cast<double>(bytes);
}

void opening(benchmark::State& state) {
  run_cauce({"buzon", "--json"});
  for (auto _ : state)
    run_cauce({"buzon", "--json"});
}
BENCHMARK(opening)->Name("answer/opening")->Unit(benchmark::kMillisecond);

#define ANSWER(name, ...) \
  BENCHMARK_CAPTURE(answer, name, std::vector<std::string>{__VA_ARGS__})->Unit(benchmark::kMillisecond)

// The usual ones.
ANSWER(one_plan, "estado", "PAT_07/05001/2024");
ANSWER(all_by_region, "estado");
ANSWER(overdue_by_region, "vencidos", "--por", "región");
ANSWER(one_plan_asked, "consultar", "planes donde plan = \"PAT_07/05001/2024\"");
ANSWER(counts_by_phase, "consultar", "planes agrupa por fase muestra cuenta()");
ANSWER(overdue_of_a_region, "consultar", "reportes donde vencido y plan.región = \"RAP Caribe\"");

// Those of the guide.
ANSWER(many_overdue, "consultar",
       "planes donde fase = seguimiento y vencidos > 2 ordena por vencidos descendente");
ANSWER(progress_by_region, "consultar",
       "planes agrupa por región muestra cuenta(), promedio(avance) como \"avance medio\", suma(vencidos)");
ANSWER(
    late_reports, "consultar",
    "reportes donde vencido muestra plan, nombre, periodo, días_de_mora ordena por días_de_mora descendente"
    " primeros 20");
ANSWER(milestones_of_a_month, "consultar",
       "hitos donde no cumplido y vence entre 2024-05-01 y 2024-05-31 agrupa por plan.región");
ANSWER(poor_municipalities, "consultar",
       "municipio donde ipm > 60 y pdet muestra nombre, departamento, ipm"
       " ordena por ipm descendente primeros 20");

// --- SQLite alone

void sqlite_answer(benchmark::State& state, const char* sql) {
  sqlite3* open = nullptr;
  if (sqlite3_open_v2(database().c_str(), &open, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(open));
  std::size_t bytes = 0;
  for (auto _ : state) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(open, sql, -1, &statement, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(open));
    while (sqlite3_step(statement) == SQLITE_ROW)
      bytes += static_cast<std::size_t>(sqlite3_column_bytes(statement, 0));
    sqlite3_finalize(statement);
  }
  benchmark::DoNotOptimize(bytes);
  sqlite3_close(open);
}

#define SQLITE_ANSWER(name, sql) BENCHMARK_CAPTURE(sqlite_answer, name, sql)->Unit(benchmark::kMillisecond)

SQLITE_ANSWER(one_plan, "SELECT * FROM obligation WHERE plan = 'PAT_07/05001/2024'");
SQLITE_ANSWER(counts_by_phase, "SELECT phase, count(*) FROM plan GROUP BY phase");
SQLITE_ANSWER(all_by_region,
              "SELECT region.parent, plan.kind, plan.phase, count(*) FROM plan"
              " JOIN entity ON entity.kind = 'municipio' AND entity.key = plan.entity"
              " JOIN entity AS region ON region.kind = 'departamento' AND region.key = entity.parent"
              " GROUP BY region.parent, plan.kind, plan.phase");
SQLITE_ANSWER(overdue_by_region,
              "SELECT entity.parent, count(*) FROM obligation JOIN plan ON plan.id = obligation.plan"
              " JOIN entity ON entity.kind = 'departamento' AND entity.key = plan.entity"
              " WHERE obligation.state = 'pending' AND due < '2024-02-28' GROUP BY entity.parent");
SQLITE_ANSWER(milestones_of_a_month,
              "SELECT count(*) FROM obligation WHERE type = 'milestone' AND state = 'pending'"
              " AND due BETWEEN '2024-05-01' AND '2024-05-31'");

}  // namespace
}  // namespace cauce::bench
