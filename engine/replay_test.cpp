// Whatever is done to plans, in whatever order: the state that is kept is the one that the journal gives.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/plan_rows.hpp"
#include "engine/random_history_for_tests.hpp"
#include "engine/system_event.hpp"
#include "engine/world.hpp"

namespace cauce::engine {
namespace {

/// The rows of plans that the journal gives, in a store of their own.
std::unique_ptr<Store> rows_by_journal(Store& store, const StoredWorld& world) {
  auto made = create_store_in_memory();
  made->begin();
  store.each_event([&](const StoredEvent& event) {
    made->append(event);
    if (event.kind == policy_published) project_system_event(*made, event);
  });
  for (const Plan* plan : world.plans())
    put_rows(*made, *plan, world.policy(plan->policy_version));
  made->commit();
  return made;
}

void expect_tables_are_what_the_journal_says(System& system) {
  StoredWorld replayed(system.store());
  for (PolicyVersion version = 1; version <= system.current_version(); ++version)
    replayed.keep_policy(version, system.policy(version));
  for (const Plan* plan : system.all_plans())
    RC_ASSERT(*plan == *replayed.plan(plan->id));
  const auto made = rows_by_journal(system.store(), replayed);
  for (const char* table : {"plan", "obligation", "component"})
    RC_ASSERT(system.store().lines_of(table) == made->lines_of(table));
}

RC_GTEST_PROP(Replay, GivesTheTablesAfterEveryStep, ()) {
  random_history::RandomHistory history;
  for (int step = 0; step < 25; ++step) {
    if (history.step()) expect_tables_are_what_the_journal_says(history.system());
  }
  RC_CLASSIFY(history.taken() >= 5);
  const AuditReport report = history.system().audit(true);
  RC_ASSERT(report.differences == std::vector<std::string>());
  RC_ASSERT(report.ok());
}

}  // namespace
}  // namespace cauce::engine
