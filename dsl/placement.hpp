// In which blocks the words that begin clauses go, for those that stand in another.
#pragma once

#include <string_view>

namespace cauce::dsl {

/// `en un hito, un reporte o una fase` for `vence`; empty for a word that begins no clause.
std::string_view place_of_clause(std::string_view folded);

/// The word that begins a clause, of whatever block, and that `word` resembles; empty if none does.
std::string_view nearest_clause(std::string_view word);

}  // namespace cauce::dsl
