// The clauses of a targeting said in other words: `cupo 10 por región`, `al menos 3 por departamento`,
// `ordena de mayor a menor puntaje`, `excluye los municipios que …`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a clause. Nothing if it is none that is known.
std::optional<Diagnostic> explain_targeting_habit(const Scene& scene);

}  // namespace cauce::dsl
