// When a report is owed again and again: its periods (language.md, 2.7).
#pragma once

#include <vector>

#include "dsl/syntax.hpp"
#include "rules/period.hpp"
#include "workflows/lowering.hpp"

namespace cauce::workflows {

/// The periods of the vigencia in which a report is owed, in order. Reports months that begin or end no
/// period.
std::vector<Period> lower_recurrence(const dsl::Recurrence& written, Lowering& lowering);

}  // namespace cauce::workflows
