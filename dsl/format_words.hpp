// The canonical spelling of words, signs and literals: with their accents, in lower case, in agreement with
// what they stand beside.
#pragma once

#include <string>
#include <string_view>

#include "dsl/concrete.hpp"

namespace cauce::dsl::formatting {

/// How the word `folded` of the language is written where it is a word of `node`, which stands in `parent`:
/// verbs agree with the number of roles, units with the number before them, marks with what they mark (an
/// hito's «evidencia obligatoria», a «campo … obligatorio»). The result lives as long as `folded` at least.
std::string_view spelling_of(std::string_view folded, View node, View parent);

/// The words of literals and signs that are one node, as `node` says: months, operators, `sí` …
std::string literal_text(View node, View parent);

}  // namespace cauce::dsl::formatting
