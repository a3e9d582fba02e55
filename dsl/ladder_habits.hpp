// Alerts in other words: `cuando venza avisa …`, `con 3 días hábiles de mora`, `envía un correo al
// responsable`, `resumen semanal`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such an alert. Nothing if it is none that is known.
std::optional<Diagnostic> explain_ladder_habit(const Scene& scene);

}  // namespace cauce::dsl
