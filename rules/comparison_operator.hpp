// Comparisons seen otherwise.
#pragma once

#include "dsl/syntax.hpp"

namespace cauce::rules {

/// Seen from the other side: `3 < x` is `x > 3`. An operator that is no order is its own.
dsl::BinaryOp mirrored(dsl::BinaryOp op);
/// The comparison that holds where `op` does not; what is no comparison is its own.
dsl::BinaryOp opposite(dsl::BinaryOp op);

}  // namespace cauce::rules
