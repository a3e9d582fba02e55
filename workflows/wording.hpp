// How plans and what they owe are named in sentences that people read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflows/plan.hpp"

namespace cauce::workflows {

/// `«x»`
std::string quoted(std::string_view text);
/// `a, b y c`; of many the first 20: `a, b, … y 5 más`
std::string listed(const std::vector<std::string>& items);
/// Whether a text that a person was asked for says nothing.
bool is_blank(std::string_view text);

/// `la formulación`, `el seguimiento`, `la evaluación`
std::string the(Phase phase);
/// `de la formulación`, `del seguimiento`, `de la evaluación`
std::string of_the(Phase phase);
/// `el reporte «informe_mensual» de mayo de 2024`, `el hito «pdt_adoptado»`, `la formulación`
std::string the(const PlanKind& kind, const Obligation& obligation);
/// `del reporte «informe_mensual» de mayo de 2024` …
std::string of_the(const PlanKind& kind, const Obligation& obligation);
/// What an unresolved obligation still needs, in a sentence without final stop.
std::string what_is_missing(const PlanKind& kind, const Obligation& obligation, Date today);

/// Titles of roles, each once.
std::vector<std::string> titles_of(const Policy& policy, const std::vector<RoleId>& roles);
/// The roles above `roles`, nearest first, each once.
std::vector<RoleId> superiors_of(const Policy& policy, const std::vector<RoleId>& roles);

/// `¿quiso decir «x»?` if a candidate is near, else `label: a, b, c`; empty if there are no candidates.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates,
                       std::string_view label);

}  // namespace cauce::workflows
