// The canonical order of the clauses of a block.
#pragma once

#include <vector>

#include "dsl/concrete.hpp"

namespace cauce::dsl::formatting {

/// The clauses of a block of `node` in their canonical order; those of one kind stay in the order in which
/// they were written. In a calendar, a test, a scenario … that order means something, and nothing moves.
std::vector<View> in_order(View node, const std::vector<View>& clauses);

/// Whether clauses of that kind can have a block of clauses of their own.
bool has_block(Kind kind);

}  // namespace cauce::dsl::formatting
