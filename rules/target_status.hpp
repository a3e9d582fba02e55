// What became of an entity in a focalización, and the clauses behind it: their names for people and programs.
#pragma once

#include <string_view>

#include "rules/targeting.hpp"

namespace cauce::rules {

std::string_view english_name(TargetStatus status);  ///< `selected`, as JSON and the journal have it
std::string_view spanish_name(TargetStatus status);  ///< `seleccionado`
std::string_view english_name(StatusReason::List list);  ///< `exclusion`

/// The clause that a reason speaks of.
const TargetingClause& clause_of(const Targeting& targeting, const StatusReason& reason);

}  // namespace cauce::rules
