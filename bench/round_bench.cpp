// Rounds of the watch over more than 1,000,000 open obligations: one that finds nothing to do, that of a day
// on which some 300 fall due, and one after days without any, which finds 100,000 alerts due. Beside each
// what SQLite alone takes for as little as could do: what is due by an index and a watermark, and for each
// alert one row of a journal, one of the alert and, unless it was overtaken, one of an outbox, in one
// transaction on the disk.
#include <sqlite3.h>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>

#include "bench/many_plans.hpp"
#include "bench/reference.hpp"
#include "engine/alerts.hpp"

namespace cauce::bench {
namespace {

constexpr const char* channel = "archivo";

/// Two moments: the round before, after which nothing is left to be done, and the one that is looked at.
struct Rounds {
  const char* before;
  const char* now;
};
/// The formulation of the departmental plans is due on 20 February: their people are reminded three working
/// days before.
constexpr Rounds some_300{"2024-02-14T08:30", "2024-02-15T08:30"};
/// The first monthly reports are due on 7 March. The digests of Monday the 4th had gone out; the reminders of
/// that day, which came an hour later, had not.
constexpr Rounds some_100_000{"2024-03-04T07:30", "2024-03-08T08:30"};

engine::Instant at_bogota(const char* local) {
  return engine::parse_instant(local, "America/Bogota").value();
}

// --- The system

void idle_round_of_a_million(benchmark::State& state) {
  const auto system = engine::System::open(copy_of_million(), clock_at(some_300.before));
  engine::raise_due(*system, channel);
  for (auto _ : state) {
    if (engine::raise_due(*system, channel).raised > 0) state.SkipWithError("the round is not idle");
  }
}
BENCHMARK(idle_round_of_a_million)->Unit(benchmark::kMicrosecond);

void round_of_a_million(benchmark::State& state, const Rounds& rounds) {
  std::int64_t alerts = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const auto clock = clock_at(rounds.before);
    const auto system = engine::System::open(copy_of_million(), clock);
    engine::raise_due(*system, channel);
    clock->set(at_bogota(rounds.now));
    state.ResumeTiming();
    const engine::Round round = engine::raise_due(*system, channel);
    alerts += static_cast<std::int64_t>(round.raised + round.superseded);
    if (round.digests > 0) state.SkipWithError("digests are not looked at here");
  }
  state.SetItemsProcessed(alerts);
  state.counters["alerts"] = static_cast<double>(alerts) / static_cast<double>(state.iterations());
}

void daily_round_of_a_million(benchmark::State& state) {
  round_of_a_million(state, some_300);
}
BENCHMARK(daily_round_of_a_million)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);

void backlog_of_a_million(benchmark::State& state) {
  round_of_a_million(state, some_100_000);
}
BENCHMARK(backlog_of_a_million)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

// --- SQLite alone

class RawWatch {
 public:
  /// In a copy of the same database, with tables of its own.
  RawWatch(const std::string& path, std::string watermark) : watermark_(std::move(watermark)) {
    check(sqlite3_open(path.c_str(), &database_));
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("CREATE TABLE raw_due AS SELECT plan, obligation, moment FROM alert_watch");
    run("CREATE INDEX raw_due_by_moment ON raw_due (moment)");
    run("CREATE TABLE raw_event (sequence INTEGER PRIMARY KEY, instant TEXT, payload TEXT, hash BLOB)");
    run("CREATE TABLE raw_alert (id INTEGER PRIMARY KEY, plan TEXT, obligation INTEGER, state TEXT, key "
        "TEXT)");
    run("CREATE TABLE raw_outbox (id INTEGER PRIMARY KEY, alert INTEGER, state TEXT, content TEXT)");
    run("CREATE TABLE raw_watermark (moment TEXT)");
    run("INSERT INTO raw_watermark VALUES ('')");
    any_due_ = prepare("SELECT 1 FROM raw_due WHERE moment > ?1 AND moment <= ?2 LIMIT 1");
    due_ = prepare("SELECT plan, obligation FROM raw_due WHERE moment > ?1 AND moment <= ?2");
    append_ = prepare("INSERT INTO raw_event (instant, payload, hash) VALUES (?1, ?2, zeroblob(32))");
    raise_ = prepare("INSERT INTO raw_alert (plan, obligation, state, key) VALUES (?1, ?2, ?3, ?4)");
    send_ = prepare("INSERT INTO raw_outbox (alert, state, content) VALUES (?1, 'pending', ?2)");
    advance_ = prepare("UPDATE raw_watermark SET moment = ?1");
  }
  ~RawWatch() {
    for (sqlite3_stmt* statement : {any_due_, due_, append_, raise_, send_, advance_})
      sqlite3_finalize(statement);
    sqlite3_close(database_);
  }
  RawWatch(const RawWatch&) = delete;
  RawWatch& operator=(const RawWatch&) = delete;

  bool is_any_due(const std::string& now) {
    bind(any_due_, watermark_, now);
    const bool any = sqlite3_step(any_due_) == SQLITE_ROW;
    check(sqlite3_reset(any_due_));
    return any;
  }

  /// How many alerts it wrote: for each that is due one to be sent, and `overtaken` ones before it.
  std::int64_t round(const std::string& now, int overtaken) {
    if (!is_any_due(now)) return 0;
    std::int64_t alerts = 0;
    run("BEGIN IMMEDIATE");
    bind(due_, watermark_, now);
    while (sqlite3_step(due_) == SQLITE_ROW) {
      for (int i = 0; i <= overtaken; ++i, ++alerts)
        write(now, i == overtaken);
    }
    check(sqlite3_reset(due_));
    sqlite3_bind_text(advance_, 1, now.c_str(), -1, SQLITE_STATIC);
    step(advance_);
    run("COMMIT");
    watermark_ = now;
    return alerts;
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
  void step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database_));
    check(sqlite3_reset(statement));
  }
  static void bind(sqlite3_stmt* statement, const std::string& after, const std::string& until) {
    sqlite3_bind_text(statement, 1, after.c_str(), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, until.c_str(), -1, SQLITE_STATIC);
  }
  void write(const std::string& now, bool to_send) {
    sqlite3_bind_text(append_, 1, now.c_str(), -1, SQLITE_STATIC);
    sqlite3_bind_text(append_, 2, payload_.c_str(), -1, SQLITE_STATIC);
    step(append_);
    sqlite3_bind_value(raise_, 1, sqlite3_column_value(due_, 0));
    sqlite3_bind_value(raise_, 2, sqlite3_column_value(due_, 1));
    sqlite3_bind_text(raise_, 3, to_send ? "raised" : "superseded", -1, SQLITE_STATIC);
    sqlite3_bind_text(raise_, 4, key_.c_str(), -1, SQLITE_STATIC);
    step(raise_);
    if (!to_send) return;
    sqlite3_bind_int64(send_, 1, sqlite3_last_insert_rowid(database_));
    sqlite3_bind_text(send_, 2, content_.c_str(), -1, SQLITE_STATIC);
    step(send_);
  }

  // About as long as what the system writes.
  const std::string payload_ = std::string(400, 'x');
  const std::string key_ = std::string(180, 'x');
  const std::string content_ = std::string(1'000, 'x');
  std::string watermark_;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* any_due_ = nullptr;
  sqlite3_stmt* due_ = nullptr;
  sqlite3_stmt* append_ = nullptr;
  sqlite3_stmt* raise_ = nullptr;
  sqlite3_stmt* send_ = nullptr;
  sqlite3_stmt* advance_ = nullptr;
};

void sqlite_idle_round(benchmark::State& state) {
  RawWatch watch(copy_of_million(), engine::to_iso(at_bogota("2024-01-15T09:00")));
  const std::string now = engine::to_iso(at_bogota(some_300.before));
  for (auto _ : state) {
    if (watch.is_any_due(now)) state.SkipWithError("the round is not idle");
  }
}
BENCHMARK(sqlite_idle_round)->Unit(benchmark::kMicrosecond);

void sqlite_round(benchmark::State& state, const Rounds& rounds, int overtaken) {
  std::int64_t alerts = 0;
  for (auto _ : state) {
    state.PauseTiming();
    RawWatch watch(copy_of_million(), engine::to_iso(at_bogota(rounds.before)));
    const std::string now = engine::to_iso(at_bogota(rounds.now));
    state.ResumeTiming();
    alerts += watch.round(now, overtaken);
  }
  state.SetItemsProcessed(alerts);
  state.counters["alerts"] = static_cast<double>(alerts) / static_cast<double>(state.iterations());
}

void sqlite_daily_round(benchmark::State& state) {
  sqlite_round(state, some_300, 0);
}
BENCHMARK(sqlite_daily_round)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);

void sqlite_backlog(benchmark::State& state) {
  sqlite_round(state, some_100_000, 1);
}
BENCHMARK(sqlite_backlog)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

}  // namespace
}  // namespace cauce::bench
