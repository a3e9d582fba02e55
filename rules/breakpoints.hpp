// Where an expression changes as one field of the entity changes: the values that the field is compared with,
// and the line that it follows between them. Counterfactuals are found from these, not by guessing.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rules/expression.hpp"

namespace cauce::rules {

/// Whether the slot stands anywhere in it.
bool reads(const Expression& expression, std::uint32_t slot);

/// The values with which `expression` compares the slot, in conditions and in cells of tables that get it as
/// an argument.
std::vector<Value> breakpoints_of(const Expression& expression, std::uint32_t slot, const Ruleset& rules,
                                  Date as_of);

/// Whether the value of `expression` is sure to stay the same while the slot moves between two neighbouring
/// breakpoints. Slots of few values (`uno de`, `sí o no`) have a step for each.
bool is_stepwise(const Expression& expression, std::uint32_t slot, const Ruleset& rules);

/// `slope * slot + offset`
struct Line {
  Decimal slope;
  Decimal offset;
};
/// The line that `expression` follows around the value that `facts` hold for the slot, up to the next
/// breakpoints; nothing if it is no line, or it is not known to be one.
std::optional<Line> line_of(const Expression& expression, std::uint32_t slot, const Facts& facts,
                            const EvaluationContext& context);

}  // namespace cauce::rules
