// Deadlines as written, in all their forms, and as values (language.md, 2.7).
#pragma once

#include <optional>
#include <variant>

#include "dsl/syntax.hpp"
#include "workflows/lowering.hpp"

namespace cauce::workflows {

/// A deadline of an obligation of `kind`, whose obligations are named by `obligations`: hitos and phases
/// among them are what deadlines may be counted from. Nothing if it has a mistake.
std::optional<rules::Deadline> lower_deadline(const dsl::Deadline& written, ObligationType owner,
                                              const PlanKind& kind, const Index& obligations,
                                              Lowering& lowering);

/// `cierra 20 días hábiles después`, `cierra el 15 de diciembre`
std::optional<std::variant<rules::DayOffset, Date>> lower_closing(
    const std::variant<dsl::Offset, dsl::DateRef>& written, Lowering& lowering);

/// `N días hábiles` or `N días calendario`; `N días` alone is a mistake.
std::optional<rules::DayOffset> lower_offset(const dsl::Offset& written, Lowering& lowering);

/// Reports deadlines that wait for one another in a circle. `written` is parallel to the obligations.
void check_deadline_circles(const PlanKind& kind, const std::vector<const dsl::Deadline*>& written,
                            Lowering& lowering);

}  // namespace cauce::workflows
