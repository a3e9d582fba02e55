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

/// What a row of hitos or reportes is, whatever is shown of it.
struct AskedDeadline {
  std::string plan;
  std::int64_t number = 0;  ///< in its plan: it stays when a version of the policy gives it another name
  std::string title;
  std::string period;  ///< `2024-05`, or empty
  std::string entity;  ///< its name
  std::optional<rules::Date> due = {};
};

struct QueryAnswer {
  std::vector<QueryColumn> columns;
  std::vector<std::vector<rules::Value>> rows;
  std::size_t undetermined = 0;           ///< rows whose condition is unknown: counted, not shown
  std::vector<std::string> missing = {};  ///< the fields that made it so
  std::vector<std::string> notes = {};    ///< what was not looked at, and why; faults. Spanish
  /// By rows, where they were asked for and the rows are deadlines.
  std::optional<std::vector<AskedDeadline>> deadlines = {};
};

/// Where the rows of plans come from: the tables, narrowed by what of the condition SQL can say, or all plans
/// as the journal makes them. The answers are the same.
enum class RowsFrom : std::uint8_t { tables, plans };
/// Whether the answer is to have QueryAnswer::deadlines.
enum class WithDeadlines : std::uint8_t { no, yes };

/// Answers the query that is the whole of `sources[file]`, evaluated on `today`, over what `sight` reaches.
/// On mistakes: diagnostics, and nothing. Rows come from where they are, unless `from` says so.
std::optional<QueryAnswer> answer_query(System& system, const dsl::Sources& sources, dsl::FileId file,
                                        rules::Date today, dsl::Diagnostics& diagnostics,
                                        const Sight& sight = {}, std::optional<RowsFrom> from = {},
                                        WithDeadlines deadlines = WithDeadlines::no);

}  // namespace cauce::engine
