// Where an expression changes as one field of the entity changes: the values that the field is compared with.
// Counterfactuals are found from these, not by guessing.
#pragma once

#include <cstdint>
#include <vector>

#include "rules/expression.hpp"

namespace cauce::rules {

/// Whether it is the slot itself.
bool is_slot(const Expression& expression, std::uint32_t slot);
/// Whether the slot stands anywhere in it.
bool reads(const Expression& expression, std::uint32_t slot);

/// The values with which `expression` compares the slot, in conditions and in cells of tables that get it as
/// an argument.
std::vector<Value> breakpoints_of(const Expression& expression, std::uint32_t slot, const Ruleset& rules,
                                  Date as_of);

/// Whether the value of `expression` is sure to stay the same while the slot moves between two neighbouring
/// breakpoints. Slots of few values (`uno de`, `sí o no`) have a step for each.
bool is_stepwise(const Expression& expression, std::uint32_t slot, const Ruleset& rules);

/// Whether what a table gives hangs on the slot by its rows only, and no result of theirs reads an argument
/// that does.
bool decides_rows_only(const CallTable& call, std::uint32_t slot, const Ruleset& rules);

}  // namespace cauce::rules
