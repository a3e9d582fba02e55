// In which blocks the words that begin clauses go, for those that stand in another.
#pragma once

#include <string_view>

namespace cauce::dsl {

/// `en un hito, un reporte o una fase` for `vence`; empty for a word that begins no clause.
std::string_view place_of_clause(std::string_view folded);

}  // namespace cauce::dsl
