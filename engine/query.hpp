// Asking: queries in the policy language's own expressions (language.md, 3), over plans, what they owe,
// entities, people and alerts as they are now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "engine/sight.hpp"
#include "engine/system.hpp"
#include "rules/value.hpp"

namespace cauce::engine {

struct QueryColumn {
  std::string heading;
  rules::Type type;
};

struct QueryAnswer {
  std::vector<QueryColumn> columns;
  std::vector<std::vector<rules::Value>> rows;
  std::size_t undetermined = 0;           ///< rows whose condition is unknown: counted, not shown
  std::vector<std::string> missing = {};  ///< the fields that made it so
  std::vector<std::string> notes = {};    ///< what was not looked at, and why; faults. Spanish
};

/// Where the rows of plans come from: the tables, narrowed by what of the condition SQL can say, or all plans
/// as the journal makes them. The answers are the same.
enum class RowsFrom : std::uint8_t { tables, plans };

/// Answers the query that is the whole of `sources[file]`, evaluated on `today`, over what `sight` reaches.
/// On mistakes: diagnostics, and nothing. Rows come from where they are, unless `from` says so.
std::optional<QueryAnswer> answer_query(System& system, const dsl::Sources& sources, dsl::FileId file,
                                        rules::Date today, dsl::Diagnostics& diagnostics,
                                        const Sight& sight = {}, std::optional<RowsFrom> from = {});

}  // namespace cauce::engine
