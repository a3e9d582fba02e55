// Durable events: a command through the whole system, journal, hash chain and tables, on the disk when it
// returns (synchronous = FULL); beside it what SQLite takes for as little as could do: one row appended to a
// journal and one row changed, in one transaction, with the same settings.
#include <sqlite3.h>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>

#include "bench/reference.hpp"

namespace cauce::bench {
namespace {

// --- The system

/// The first plan of the municipalities.
engine::PlanId plan_of(engine::System& system) {
  system.world();
  for (const engine::Plan* plan : system.all_plans()) {
    if (plan->id.to_string().starts_with("PAT/")) return plan->id;
  }
  throw std::runtime_error("the database has no PAT");
}

void command_durably(benchmark::State& state) {
  const auto system = engine::System::open(copy_of_reference_database(), clock_at("2024-02-01T09:00"));
  const engine::PlanId plan = plan_of(*system);
  std::int64_t written = 0;
  for (auto _ : state) {
    workflows::CompleteComponent command;
    command.component = "diagnóstico";
    command.fields = {{"texto", "El diagnóstico, en su versión " + std::to_string(++written)}};
    const auto outcome = system->run(plan, command, {"admin", true});
    if (!outcome) state.SkipWithError(outcome.refusal().message.c_str());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(command_durably)->Unit(benchmark::kMicrosecond)->UseRealTime();

// --- SQLite alone

class RawJournal {
 public:
  explicit RawJournal(const std::string& path) {
    check(sqlite3_open(path.c_str(), &database_));
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    append_ = prepare(
        "INSERT INTO event (sequence, instant, plan, actor, system_user, kind, payload, policy_version, "
        "hash) "
        "SELECT max(sequence) + 1, '2024-02-01T14:00:00.000Z', ?1, 'admin', 'root', 'ComponentCompleted', "
        "?2, "
        "1, zeroblob(32) FROM event");
    change_ = prepare("UPDATE component SET fields = ?2 WHERE plan = ?1 AND number = 0");
  }
  ~RawJournal() {
    sqlite3_finalize(append_);
    sqlite3_finalize(change_);
    sqlite3_close(database_);
  }
  RawJournal(const RawJournal&) = delete;
  RawJournal& operator=(const RawJournal&) = delete;

  void write(const std::string& plan, const std::string& payload) {
    run("BEGIN IMMEDIATE");
    step(append_, plan, payload);
    step(change_, plan, payload);
    run("COMMIT");
  }

 private:
  void check(int result) {
    if (result != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
  }
  void run(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr));
    return statement;
  }
  void step(sqlite3_stmt* statement, const std::string& plan, const std::string& payload) {
    sqlite3_bind_text(statement, 1, plan.c_str(), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, payload.c_str(), -1, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database_));
    check(sqlite3_reset(statement));
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* append_ = nullptr;
  sqlite3_stmt* change_ = nullptr;
};

void sqlite_durably(benchmark::State& state) {
  const std::string path = copy_of_reference_database();
  std::string plan;
  {
    const auto system = engine::System::open(path, clock_at("2024-02-01T09:00"));
    plan = plan_of(*system).to_string();
  }
  RawJournal journal(path);
  std::int64_t written = 0;
  for (auto _ : state) {
    journal.write(plan, R"({"texto":"El diagnóstico, en su versión )" + std::to_string(++written) + "\"}");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(sqlite_durably)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace cauce::bench
