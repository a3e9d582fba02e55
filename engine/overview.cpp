#include "engine/overview.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "engine/asked_plan.hpp"
#include "engine/query_rows.hpp"
#include "engine/store/asking_tables.hpp"

namespace cauce::engine {
namespace {

using workflows::Date;
using StandingVisitor = std::function<void(const PlanStanding&)>;

void each_standing_in_tables(System& system, Date today, const StandingVisitor& visit) {
  AskingTables& tables = system.store().asking_tables();
  std::map<PlanId, std::size_t> overdue;
  tables.each_open_before(rules::to_iso(today), [&](const PlanRow& row, const ObligationRow& obligation) {
    const Plan plan = plan_from_row(row);
    if (workflows::is_overdue(plan, obligation_from_row(obligation), today)) ++overdue[plan.id];
  });
  for (const PlansOfKind& of : tables.kinds_of_plans()) {
    tables.each_plan(of, {}, false, [&](const PlanRow& row) {
      const Plan plan = plan_from_row(row);
      const auto late = overdue.find(plan.id);
      visit({plan.id, plan.policy_version, plan.lifecycle, late == overdue.end() ? 0 : late->second});
    });
  }
}

void each_standing_of_plans(System& system, Date today, const StandingVisitor& visit) {
  for (const Plan* plan : system.all_plans()) {
    const auto overdue = std::count_if(plan->obligations.begin(), plan->obligations.end(),
                                       [&](const workflows::Obligation& obligation) {
                                         return workflows::is_overdue(*plan, obligation, today);
                                       });
    visit({plan->id, plan->policy_version, plan->lifecycle, static_cast<std::size_t>(overdue)});
  }
}

}  // namespace

void each_standing(System& system, Date today, const StandingVisitor& visit) {
  system.world();  // all is read at one moment
  if (rows_of(system) == RowsFrom::tables) {
    each_standing_in_tables(system, today, visit);
  } else {
    each_standing_of_plans(system, today, visit);
  }
}

std::vector<const Plan*> plans_with_overdue(System& system, Date today) {
  const World& world = system.world();
  if (rows_of(system) == RowsFrom::plans) return system.all_plans();
  std::vector<PlanId> ids;
  for (const std::string& id : system.store().alert_tables().plans_with_open_by(rules::to_iso(today))) {
    if (auto parsed = PlanId::parse(id)) ids.push_back(*std::move(parsed));
  }
  std::sort(ids.begin(), ids.end());
  std::vector<const Plan*> plans;
  for (const PlanId& id : ids)
    plans.push_back(world.plan(id));
  return plans;
}

}  // namespace cauce::engine
