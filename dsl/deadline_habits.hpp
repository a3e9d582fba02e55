// Dates and deadlines as offices write them: `a fin de mayo`, `quinto día hábil`, `el 15 de marzo a las
// 17:00`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a date. Nothing if it is none that is known.
std::optional<Diagnostic> explain_deadline_habit(const Scene& scene);

}  // namespace cauce::dsl
