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

/// The plan with no more in it than what is overdue.
Plan with_overdue_only(Plan plan, Date today) {
  std::erase_if(plan.obligations, [&](const workflows::Obligation& obligation) {
    return !workflows::is_overdue(plan, obligation, today);
  });
  return plan;
}

/// A plan and its obligations by their number, as far as the rows tell.
struct Gathered {
  Plan plan;
  std::map<std::int64_t, workflows::Obligation> overdue = {};
  bool whole =
      true;  ///< not so if something overdue is of no version any more: the rows do not tell what it is
};

std::vector<Plan> overdue_in_tables(System& system, const World& world, Date today) {
  std::map<PlanId, Gathered> gathered;
  system.store().asking_tables()
      .each_open_before(rules::to_iso(today), [&](const PlanRow& row, const ObligationRow& written) {
        Plan plan = plan_from_row(row);
        workflows::Obligation obligation = obligation_from_row(written);
        if (!workflows::is_overdue(plan, obligation, today)) return;
        const workflows::Policy& policy = world.policy(plan.policy_version);
        const auto kind = policy.find_plan(plan.id.kind);
        const auto what = kind ? at(policy.plans, *kind).find_obligation(written.name) : std::nullopt;
        Gathered& found = gathered.try_emplace(plan.id, Gathered{plan}).first->second;
        if (!what) {
          found.whole = false;
          return;
        }
        found.plan.kind = *kind;
        obligation.kind = *what;
        found.overdue.emplace(written.number, std::move(obligation));
      });
  std::vector<Plan> plans;
  for (auto& [id, found] : gathered) {
    if (!found.whole) {
      plans.push_back(with_overdue_only(*world.plan(id), today));
      continue;
    }
    for (auto& [number, obligation] : found.overdue)
      found.plan.obligations.push_back(std::move(obligation));
    plans.push_back(std::move(found.plan));
  }
  return plans;
}

std::vector<Plan> overdue_of_plans(System& system, Date today) {
  std::vector<Plan> plans;
  for (const Plan* plan : system.all_plans()) {
    Plan late = with_overdue_only(*plan, today);
    if (!late.obligations.empty()) plans.push_back(std::move(late));
  }
  return plans;
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

std::vector<Plan> overdue_plans(System& system, Date today, std::optional<RowsFrom> from) {
  const World& world = system.world();
  return from.value_or(rows_of(system)) == RowsFrom::tables ? overdue_in_tables(system, world, today)
                                                            : overdue_of_plans(system, today);
}

}  // namespace cauce::engine
