// All that changes from one version of a policy, or of its data, to another.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/targeting.hpp"
#include "workflows/deadline_change.hpp"
#include "workflows/outline_change.hpp"
#include "workflows/selection_change.hpp"

namespace cauce::workflows {

struct Comparison {
  int vigencia_before = 0;
  int vigencia_after = 0;
  bool with_data = false;  ///< else selections are not compared
  std::vector<SelectionChange> selections;
  std::vector<DeadlineChange> deadlines;
  std::vector<OutlineChange> outline;

  bool changed() const;
};

/// Compares the selections only if both versions have data.
Comparison compare(const Version& before, const Version& after);

}  // namespace cauce::workflows
