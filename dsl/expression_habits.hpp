// Conditions and calculations as people say them, or write them in spreadsheets: `categoría no en {1}`,
// `población = sin dato`, `pdet ? 10 : 0`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such an expression. Nothing if it is none that is known.
std::optional<Diagnostic> explain_expression_habit(const Scene& scene);

/// The same of two words with nothing between them (`componentes completos`), where nothing better is known.
std::optional<Diagnostic> explain_two_words(const Scene& scene);

}  // namespace cauce::dsl
