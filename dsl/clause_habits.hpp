// Clauses with a word too many or too few, in another order, or said in other words: `cupo de 400`,
// `valida articulador y dirección`, `enlace puede enviar a revisión`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a clause. Nothing if it is none that is known.
std::optional<Diagnostic> explain_clause_habit(const Scene& scene);

}  // namespace cauce::dsl
