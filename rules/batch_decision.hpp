// Decision tables for many rows at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/syntax.hpp"
#include "rules/batch_operator.hpp"

namespace cauce::rules {

/// A row of a table: whether it is true, and what it gives.
struct DecisionRow {
  Operator matches;
  Operator result;
  std::optional<std::int64_t> constant = {};  ///< what it gives, where it always gives the same
};
/// So many at most.
inline constexpr std::size_t most_decision_rows = 0xFFFF;

/// What a table decides, in units. Of which entity nothing could be decided, though it is known what the
/// table asks, that is added to `faulty`, which must outlive it.
Operator decision(dsl::HitPolicy policy, std::vector<DecisionRow> rows, std::vector<std::uint32_t>& faulty);

}  // namespace cauce::rules
