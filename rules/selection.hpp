// Who is taken: the order, the walks down it, and what is to be said of their result (language.md, 2.6). It
// knows nothing of expressions; targeting.cpp has evaluated them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/targeting.hpp"

namespace cauce::rules {

/// An entity as the selection sees it.
struct Candidate {
  std::string key;
  std::vector<Value> merits;                       ///< what `ordena por` looks at, one for each sort key
  std::vector<std::optional<std::string>> groups;  ///< one for each quota line and then each minimum line
};

/// How candidates are compared.
struct Criterion {
  bool descending = false;
  bool is_key = false;  ///< the key of the entity, which alone makes nobody better
};

/// What a selection starts from. Candidates and results go by row.
struct SelectionTask {
  const Targeting& targeting;
  std::vector<Criterion> criteria;
  std::vector<Candidate> candidates;
  std::vector<TargetResult> results;  ///< with the status, score and hand decision of each
};

/// Puts the eligible in order, takes those whom minimums, quotas and hand decisions let in, and says what is
/// wrong or arbitrary in that. O(n log n) in the number of candidates.
Selection take_by_order(SelectionTask task);

}  // namespace cauce::rules
