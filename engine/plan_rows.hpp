// A plan as the rows that queries read.
#pragma once

#include "engine/store/store.hpp"
#include "workflows/event.hpp"

namespace cauce::engine {

/// Writes the rows of a plan under its version of the policy; with `before`, those that are other ones since.
/// Of each also when it is to be looked at for alerts.
void put_rows(Store& store, const workflows::Plan& plan, const workflows::Policy& policy,
              const workflows::Plan* before = nullptr);
/// The first of them, that of the plan itself.
void put_plan_row(Store& store, const workflows::Plan& plan, const workflows::PlanKind& kind);

/// Keeps a delivery or achievement as a row of its own, or marks it annulled; other events change nothing.
/// `plan` is the plan after the event.
void put_delivery(Store& store, const StoredEvent& stored, const workflows::Event& event,
                  const workflows::Plan& plan, const workflows::PlanKind& kind);

}  // namespace cauce::engine
