// The trace of an evaluation as people and other programs read it.
#pragma once

#include <string>
#include <vector>

#include "dsl/source.hpp"
#include "engine/cli/json_output.hpp"
#include "rules/ruleset.hpp"

namespace cauce::engine::cli {

/// One line a step, begun by `margin` spaces and two more for each step that it stands within: its text and
/// what it gave; for a parameter, since when its value holds and where it is written; for a table, the rows
/// that were true; for what is missing or went wrong, that. `sources` hold the policy's files and every other
/// text that was evaluated. A trace longer than `most_lines` is cut, and says so.
///
///     umbral_mdm * 2 → 120
///       umbral_mdm → 60  (desde el 1 de julio de 2025, focalizacion.cauce:3)
std::string trace_text(const std::vector<rules::TraceStep>& trace, const rules::Ruleset& rules,
                       const dsl::Sources& sources, std::size_t margin, std::size_t most_lines = 300);

/// Every step: `[{"text","value","depth","kind","file","line","from"?,"table"?,"row"?,"fault"?}]`
/// (docs/schema/evaluar.json).
Json trace_json(const std::vector<rules::TraceStep>& trace, const rules::Ruleset& rules,
                const dsl::Sources& sources);

}  // namespace cauce::engine::cli
