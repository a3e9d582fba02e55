// A plan as the rows that queries read.
#pragma once

#include <vector>

#include "engine/store/store.hpp"
#include "workflows/event.hpp"

namespace cauce::engine {

struct PlanRows {
  PlanRow plan;
  std::vector<ObligationRow> obligations;
  std::vector<ComponentRow> components;
};

PlanRows rows_of(const workflows::Plan& plan, const workflows::PlanKind& kind);

/// Writes the rows of a plan that differ from `before` (default: all).
void put_rows(Store& store, const PlanRows& after, const PlanRows& before = {});

/// Keeps a delivery or achievement as a row of its own, or marks it annulled; other events change nothing.
/// `plan` is the plan after the event.
void put_delivery(Store& store, const StoredEvent& stored, const workflows::Event& event,
                  const workflows::Plan& plan, const workflows::PlanKind& kind);

}  // namespace cauce::engine
