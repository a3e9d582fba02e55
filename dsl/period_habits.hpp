// Periods of reports as they are said: `mayo de 2026`, `primer trimestre`, `del mes de febrero`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

std::optional<Diagnostic> explain_period_habit(const Scene& scene);

}  // namespace cauce::dsl
