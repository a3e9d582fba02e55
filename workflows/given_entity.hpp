// What a test gives: values in `{ … }`, and the entity that they describe.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/syntax.hpp"
#include "rules/entities.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

/// Values by folded name: of fields, and of the kinds above an entity (their keys). One that is sin dato was
/// given as such.
using GivenValues = std::map<std::string, Value, std::less<>>;

/// A value that stands in a test, where it is expected to be of `type`. The checker has seen that it is.
Value value_given(const dsl::Expr& written, const rules::Type& type, const rules::Ruleset& rules, Date as_of);

/// The type of what a test may give of an entity: a field, or the key of an entity above it.
rules::Type type_given(const rules::Ruleset& rules, EntityKindId kind, std::string_view name);

/// The values of `dado { … }`.
GivenValues entity_given(const dsl::Record& record, const rules::Ruleset& rules, EntityKindId kind,
                         Date as_of);

/// Puts the entity that a test describes into the territory, and gives its row: the one that has its key with
/// the values written over, or a new one. Entities above it are those that the test names; those between it
/// and them, and with `all_above` every other, are made up.
std::uint32_t add_given(rules::Territory& territory, const rules::Ruleset& rules, EntityKindId kind,
                        const GivenValues& values, bool all_above);

}  // namespace cauce::workflows
