// All plans at a glance: where each stands and how much of it is overdue, without loading any of them where
// the tables tell it.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/query.hpp"
#include "engine/system.hpp"

namespace cauce::engine {

struct PlanStanding {
  PlanId plan;
  PolicyVersion policy_version = 0;
  workflows::LifecycleState lifecycle = {};
  std::size_t overdue = 0;
};
/// Of every plan, in no order.
void each_standing(System& system, workflows::Date today,
                   const std::function<void(const PlanStanding&)>& visit);

/// The plans in which something is overdue on `today`, by id: of each how it stands and what is overdue, in
/// the order of its obligations, and nothing else. They come from where they are, unless `from` says so.
std::vector<Plan> overdue_plans(System& system, workflows::Date today, std::optional<RowsFrom> from = {});

}  // namespace cauce::engine
