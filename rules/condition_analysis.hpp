// What can be known of a condition before there is data: that it never holds, that it always does, that two
// hold together. Only what a condition compares with constants is looked into; all else may be anything, each
// time anew, so what is said is sure.
#pragma once

#include <optional>
#include <string>

#include "dsl/diagnostic.hpp"
#include "rules/possibilities.hpp"
#include "rules/ruleset.hpp"
#include "rules/scope.hpp"

namespace cauce::rules {

/// What the slots of a scope can hold.
SlotTypes slot_types(const Scope& scope);

/// Warns of `condition`, or the least part of it, if it never or always holds.
void check_condition(const Expression& condition, const SlotTypes& slots, const Ruleset& rules,
                     dsl::Diagnostics& diagnostics);
/// Does so with every `si … entonces … si no` within an expression.
void check_conditionals(const Expression& expression, const SlotTypes& slots, const Ruleset& rules,
                        dsl::Diagnostics& diagnostics);

/// Does so with the conditions within the aggregates of an expression that stands in `scope`: they are those
/// of the elements of a collection.
void check_aggregates(const Expression& expression, const Scope& scope, const Ruleset& rules,
                      dsl::Diagnostics& diagnostics);

/// Values with which both conditions hold whatever else there is: `avance = 75 y vencidos = 0`. Nothing: none
/// was found.
std::optional<std::string> example_of_both(const Expression& a, const Expression& b, const SlotTypes& slots,
                                           const Ruleset& rules);
/// Whether it is sure that `first` holds wherever `second` does.
bool surely_implied(const Expression& first, const Expression& second, const SlotTypes& slots,
                    const Ruleset& rules);

/// The conditions of focalizaciones and those in the results of tables.
class EntityScopes;
void check_conditions(const Ruleset& rules, const EntityScopes& scopes, dsl::Diagnostics& diagnostics);

}  // namespace cauce::rules
