// With data at hand: the entities for which a focalización asks a table something that none of its rows
// meets.
#pragma once

#include "dsl/diagnostic.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {

/// Adds to each warning about a gap of a table how many entities fall into it on a date, and the first of
/// them.
void count_entities_in_gaps(const Ruleset& rules, const Territory& territory, Date as_of,
                            dsl::Diagnostics& diagnostics);

}  // namespace cauce::rules
