// The rows of tables and of `casos`, with their bars one below the other.
#pragma once

#include <string>
#include <vector>

#include "dsl/format_clause.hpp"

namespace cauce::dsl::formatting {

/// The lines of the header and the rows among the children of a table, each from its first bar to its last.
std::vector<std::string> table_lines(const std::vector<View>& rows, ClauseWriter& writer);

}  // namespace cauce::dsl::formatting
