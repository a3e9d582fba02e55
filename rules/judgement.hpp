// What the rules of a focalización say of one entity, before anybody is chosen (language.md, 2.6).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/targeting.hpp"

namespace cauce::rules {

struct Judgement {
  TargetResult result;                   ///< with status, reasons, what is missing, score and groups
  std::vector<std::string> faults = {};  ///< as in EvaluationNotes
};

/// With `named`, a group that is unknown matters only for want of one of these (folded) names.
Judgement judge_one(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
                    std::uint32_t row, const std::set<std::string>* named = nullptr,
                    EvaluationObserver* observer = nullptr);

}  // namespace cauce::rules
