// Conditions of a policy asked of a plan, with the reasons that people are given when they do not hold.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/decide.hpp"

namespace cauce::workflows {

/// What a condition answered.
struct Verdict {
  std::optional<bool> holds = {};         ///< nothing: unknown
  std::vector<std::string> reasons = {};  ///< why it does not hold, or what is missing to know
};

/// Asks `condition` of `plan` on `today`. `because` is its author's reason, perhaps empty.
Verdict judge(const World& world, const Plan& plan, const rules::Expression& condition,
              const std::string& because, Date today);

}  // namespace cauce::workflows
