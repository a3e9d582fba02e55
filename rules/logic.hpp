// Kleene's three-valued logic, and comparisons in it. Nothing is the unknown.
#pragma once

#include <optional>

#include "dsl/syntax.hpp"
#include "rules/value.hpp"

namespace cauce::rules {

std::optional<bool> kleene_not(std::optional<bool> a);
std::optional<bool> kleene_and(std::optional<bool> a, std::optional<bool> b);
std::optional<bool> kleene_or(std::optional<bool> a, std::optional<bool> b);

/// sí, no or sin dato.
Value from_truth(std::optional<bool> value);

/// Two values of one type by `=`, `!=`, `<`, `<=`, `>` or `>=`; unknown if either is sin dato. Texts compare
/// in the order of code points.
std::optional<bool> compare(dsl::BinaryOp op, const Value& a, const Value& b);

/// Whether `value` lies between `low` and `high`: the Kleene *y* of the two comparisons.
std::optional<bool> is_within(const Value& value, const Value& low, const Value& high, bool low_open,
                              bool high_open);

}  // namespace cauce::rules
