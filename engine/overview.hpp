// All plans at a glance: where each stands and how much of it is overdue, without loading any of them where
// the tables tell it.
#pragma once

#include <functional>
#include <vector>

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

/// The plans in which something may be overdue on `today`, by id. They live as long as the system's view.
std::vector<const Plan*> plans_with_overdue(System& system, workflows::Date today);

}  // namespace cauce::engine
