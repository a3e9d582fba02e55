// The days of calendars as offices write them: `del 24 al 31 de diciembre`, `hábil de lunes a viernes`,
// `excepto 24 de diciembre`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a day. Nothing if it is none that is known.
std::optional<Diagnostic> explain_calendar_habit(const Scene& scene);

}  // namespace cauce::dsl
