// What is overdue of whatever was done: the tables tell what all plans tell.
#include "engine/overview.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/random_history_for_tests.hpp"

namespace cauce::engine {
namespace {

using random_history::RandomHistory;

/// `PAT/05001/2024 2: informe 2024-02, 2024-03-07, 12 días`
std::vector<std::string> in_words(const std::vector<Plan>& plans, const World& world, rules::Date today) {
  std::vector<std::string> lines;
  for (const Plan& plan : plans) {
    const workflows::Policy& policy = world.policy(plan.policy_version);
    const workflows::PlanKind& kind = at(policy.plans, plan.kind);
    for (const workflows::Obligation& obligation : plan.obligations) {
      const auto due = workflows::deadline_in_force(obligation);
      lines.push_back(plan.id.to_string() + " " + std::to_string(plan.policy_version) + ": " +
                      workflows::kind_of(kind, obligation).name + " " +
                      (obligation.period ? obligation.period->to_string() : "") + ", " +
                      (due ? rules::to_iso(*due) : "") + ", " +
                      std::to_string(workflows::late_days(obligation, today, policy.rules->calendar)) +
                      " días");
    }
  }
  return lines;
}

RC_GTEST_PROP(OverdueProperty, TablesAndPlansTellTheSame, ()) {
  RandomHistory history;
  for (int step = 0; step < 15; ++step)
    history.step();
  System& system = history.system();
  for (const int days : {0, 40, 200, 500}) {
    const rules::Date day = system.now().date + std::chrono::days(days);
    const auto by_tables = in_words(overdue_plans(system, day, RowsFrom::tables), system.world(), day);
    const auto by_plans = in_words(overdue_plans(system, day, RowsFrom::plans), system.world(), day);
    RC_ASSERT(by_tables == by_plans);
    RC_CLASSIFY(!by_tables.empty(), "something overdue");
  }
}

}  // namespace
}  // namespace cauce::engine
