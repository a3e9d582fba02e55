// What people write in a cell of a table that stands elsewhere, but is no value: `todos`, `sí/no`, `61 o
// más`, `40 y 60`, `mdm < 40` in the column of mdm.
#pragma once

#include <optional>

#include "dsl/diagnostic.hpp"
#include "dsl/syntax.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {

/// The mistake, if `written` is such in a cell of `column`. Nothing if it is none that is known.
std::optional<dsl::Diagnostic> explain_cell_words(const dsl::Expr& written, const TableParameter& column,
                                                  const Ruleset& rules);

}  // namespace cauce::rules
