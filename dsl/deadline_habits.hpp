// Dates, ranges of days and deadlines as offices write them: `del 24 al 31 de diciembre`, `a fin de mayo`,
// `quinto día hábil`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a date. Nothing if it is none that is known.
std::optional<Diagnostic> explain_deadline_habit(const Scene& scene);

}  // namespace cauce::dsl
