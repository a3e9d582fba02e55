// Durable events: a command through the whole system, journal, hash chain and tables, on the disk when it
// returns (synchronous = FULL), or with the operating system (NORMAL), or many in one transaction; beside
// each what SQLite takes for as little as could do: one row appended to a journal and one row changed, with
// the same settings. And deciding alone, in memory.
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

workflows::CompleteComponent write(std::int64_t number) {
  workflows::CompleteComponent command;
  command.component = "diagnóstico";
  command.fields = {{"texto", "El diagnóstico, en su versión " + std::to_string(number)}};
  return command;
}

const engine::Actor admin = {"admin", true};

void command_by_command(benchmark::State& state, engine::Durability durability) {
  engine::StoreOptions options;
  options.durability = durability;
  const auto system =
      engine::System::open(copy_of_reference_database(), clock_at("2024-02-01T09:00"), options);
  const engine::PlanId plan = plan_of(*system);
  std::int64_t written = 0;
  for (auto _ : state) {
    const auto outcome = system->run(plan, write(++written), admin);
    if (!outcome) state.SkipWithError(outcome.refusal().message.c_str());
  }
  state.SetItemsProcessed(state.iterations());
}

void command_durably(benchmark::State& state) {
  command_by_command(state, engine::Durability::on_disk);
}
BENCHMARK(command_durably)->Unit(benchmark::kMicrosecond)->UseRealTime();

void command_normally(benchmark::State& state) {
  command_by_command(state, engine::Durability::with_system);
}
BENCHMARK(command_normally)->Unit(benchmark::kMicrosecond)->UseRealTime();

constexpr std::size_t batch = 5'000;

/// As `completar --archivo` does: over many plans, in one transaction.
void commands_in_a_batch(benchmark::State& state) {
  const auto system = engine::System::open(copy_of_reference_database(), clock_at("2024-02-01T09:00"));
  std::vector<engine::PlanId> plans;
  system->world();
  for (const engine::Plan* plan : system->all_plans()) {
    if (plan->id.to_string().starts_with("PAT/")) plans.push_back(plan->id);
  }
  std::int64_t written = 0;
  for (auto _ : state) {
    std::vector<std::pair<engine::PlanId, engine::Command>> commands;
    for (std::size_t i = 0; i < batch; ++i)
      commands.emplace_back(plans[i % plans.size()], write(++written));
    const auto outcome = system->run_all(commands, admin, engine::System::Batch::whole);
    if (!outcome.recorded) state.SkipWithError("it was refused");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
}
BENCHMARK(commands_in_a_batch)->Unit(benchmark::kMillisecond)->UseRealTime();

// --- SQLite alone

class RawJournal {
 public:
  RawJournal(const std::string& path, engine::Durability durability) {
    check(sqlite3_open(path.c_str(), &database_));
    run("PRAGMA journal_mode = WAL");
    run(durability == engine::Durability::on_disk ? "PRAGMA synchronous = FULL"
                                                  : "PRAGMA synchronous = NORMAL");
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

  void begin() { run("BEGIN IMMEDIATE"); }
  void write(const std::string& plan, const std::string& payload) {
    step(append_, plan, payload);
    step(change_, plan, payload);
  }
  void commit() { run("COMMIT"); }

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

std::string payload_of(std::int64_t number) {
  return R"({"texto":"El diagnóstico, en su versión )" + std::to_string(number) + "\"}";
}

/// The plans of a database, by id.
std::vector<std::string> plan_ids(const std::string& path) {
  const auto system = engine::System::open(path, clock_at("2024-02-01T09:00"));
  std::vector<std::string> ids;
  for (const std::string& id : system->store().plan_ids()) {
    if (id.starts_with("PAT/")) ids.push_back(id);
  }
  return ids;
}

void sqlite_one_by_one(benchmark::State& state, engine::Durability durability) {
  const std::string path = copy_of_reference_database();
  const std::string plan = plan_ids(path).front();
  RawJournal journal(path, durability);
  std::int64_t written = 0;
  for (auto _ : state) {
    journal.begin();
    journal.write(plan, payload_of(++written));
    journal.commit();
  }
  state.SetItemsProcessed(state.iterations());
}

void sqlite_durably(benchmark::State& state) {
  sqlite_one_by_one(state, engine::Durability::on_disk);
}
BENCHMARK(sqlite_durably)->Unit(benchmark::kMicrosecond)->UseRealTime();

void sqlite_normally(benchmark::State& state) {
  sqlite_one_by_one(state, engine::Durability::with_system);
}
BENCHMARK(sqlite_normally)->Unit(benchmark::kMicrosecond)->UseRealTime();

void sqlite_in_a_batch(benchmark::State& state) {
  const std::string path = copy_of_reference_database();
  const std::vector<std::string> plans = plan_ids(path);
  RawJournal journal(path, engine::Durability::on_disk);
  std::int64_t written = 0;
  for (auto _ : state) {
    journal.begin();
    for (std::size_t i = 0; i < batch; ++i)
      journal.write(plans[i % plans.size()], payload_of(++written));
    journal.commit();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
}
BENCHMARK(sqlite_in_a_batch)->Unit(benchmark::kMillisecond)->UseRealTime();

// --- Deciding alone
// ---------------------------------------------------------------------------------------------

/// A world in memory in which one plan is moved on, the rest as the system has it.
class OnePlanWorld : public workflows::World {
 public:
  OnePlanWorld(const workflows::World& rest, workflows::Plan plan) : rest_(rest), plan_(std::move(plan)) {}
  const workflows::Policy& policy(workflows::PolicyVersion version) const override {
    return rest_.policy(version);
  }
  workflows::PolicyVersion current_version() const override { return rest_.current_version(); }
  const rules::Territory& territory(workflows::PolicyVersion version) const override {
    return rest_.territory(version);
  }
  const workflows::Team& team(workflows::PolicyVersion version) const override { return rest_.team(version); }
  const workflows::Plan* plan(const workflows::PlanId& id) const override {
    return id == plan_.id ? &plan_ : rest_.plan(id);
  }
  std::vector<const workflows::Plan*> linked_plans(const workflows::PlanId& id,
                                                   std::string_view kind) const override {
    return rest_.linked_plans(id, kind);
  }
  bool is_selected(std::string_view targeting, const std::string& entity) const override {
    return rest_.is_selected(targeting, entity);
  }
  void evolve(const workflows::Decision& decision, const std::string& person) {
    for (const workflows::Event& event : decision.events)
      plan_ = workflows::evolve(std::move(plan_), event, {person});
  }
  const workflows::Plan& now() const { return plan_; }

 private:
  const workflows::World& rest_;
  workflows::Plan plan_;
};

/// The two actions of the reference policy by which a plan goes to review, which has a condition, and back.
void decide_and_evolve(benchmark::State& state) {
  const auto system = engine::System::open(copy_of_reference_database(), clock_at("2024-02-01T09:00"));
  const engine::PlanId id = plan_of(*system);
  const engine::Moment now = system->now();
  OnePlanWorld world(system->world(), *system->world().plan(id));
  const auto& kind = at(world.policy(1).plans, world.now().kind);
  for (const workflows::ComponentKind& component : kind.components) {
    workflows::CompleteComponent command{component.name, {}};
    for (const rules::Field& field : component.fields)
      command.fields.push_back({field.name, "texto"});
    const auto decision = workflows::decide(world, id, command, now, admin);
    if (decision) world.evolve(decision.value(), admin.person);
  }
  const workflows::Command forth = workflows::Act{"enviar", {}};
  const workflows::Command back = workflows::Act{"devolver", "Precisar"};
  for (auto _ : state) {
    for (const workflows::Command* command : {&forth, &back}) {
      const auto decision = workflows::decide(world, id, *command, now, admin);
      if (!decision) {
        state.SkipWithError(decision.refusal().message.c_str());
        break;
      }
      world.evolve(decision.value(), admin.person);
    }
  }
  state.SetItemsProcessed(2 * state.iterations());
}
BENCHMARK(decide_and_evolve)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cauce::bench
