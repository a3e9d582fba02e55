// The clauses of a plan said in other words: `responsable enlace`, `exige COND` without when, `aporta a
// capacidades a corto plazo`, `enlace envía y pasa a revisión`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a clause. Nothing if it is none that is known.
std::optional<Diagnostic> explain_plan_habit(const Scene& scene);

}  // namespace cauce::dsl
