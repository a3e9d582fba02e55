// The names and titles of what is declared, out of order or out of shape: `fuente la Ley 152`, `plan "Plan de
// asistencia"`, `plan PAT — Plan de asistencia —`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a name or title. Nothing if it is none that is known.
std::optional<Diagnostic> explain_name_habit(const Scene& scene);

}  // namespace cauce::dsl
