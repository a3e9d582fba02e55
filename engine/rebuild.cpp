// The tables made again from the journal, to see whether they are what it says.
#include <algorithm>
#include <map>

#include "engine/event_json.hpp"
#include "engine/plan_rows.hpp"
#include "engine/system_event.hpp"
#include "engine/system_parts.hpp"

namespace cauce::engine {
namespace {

/// Plays a whole journal into an empty store.
class Rebuild {
 public:
  Rebuild() : store_(create_store_in_memory()), world_(*store_) { store_->begin(); }

  void play(const StoredEvent& event) {
    store_->append(event);
    if (event.plan) {
      play_on_plan(event);
    } else {
      project_system_event(*store_, event);
    }
  }
  void finish() {
    for (const auto& [id, plan] : plans_)
      put_rows(*store_, rows_of(plan, kind_of(plan)));
    store_->commit();
  }
  Store& store() { return *store_; }

 private:
  const workflows::PlanKind& kind_of(const Plan& plan) const {
    return workflows::at(world_.policy(plan.policy_version).plans, plan.kind);
  }
  void play_on_plan(const StoredEvent& event) {
    const bool is_new = !plans_.contains(*event.plan);
    Plan& plan = plans_[*event.plan];
    const workflows::Policy& policy = world_.policy(event.policy_version);
    plan = replay_event(std::move(plan), event, policy);
    // Rows of deliveries refer to that of the plan.
    if (is_new) put_rows(*store_, rows_of(plan, kind_of(plan)));
    put_delivery(*store_, event, event_from_json(event.kind, event.payload, policy, plan.kind), plan,
                 kind_of(plan));
  }

  std::unique_ptr<Store> store_;
  StoredWorld world_;
  std::map<std::string, Plan> plans_;
};

}  // namespace

std::vector<std::string> compare_with_journal(Store& store) {
  Rebuild rebuild;
  try {
    store.each_event([&](const StoredEvent& event) { rebuild.play(event); });
    rebuild.finish();
  } catch (const JournalUnreadable& error) {
    return {error.what()};
  }
  std::vector<std::string> differences;
  for (const std::string_view table : rebuildable_tables) {
    const auto kept = store.lines_of(table);
    const auto made = rebuild.store().lines_of(table);
    if (kept == made) continue;
    const auto first = std::mismatch(kept.begin(), kept.end(), made.begin(), made.end());
    differences.push_back("la tabla «" + std::string(table) + "» no es la que dice el diario; primero: " +
                          (first.first == kept.end() ? "falta " + *first.second : *first.first));
  }
  return differences;
}

}  // namespace cauce::engine
