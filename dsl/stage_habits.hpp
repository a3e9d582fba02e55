// Stages and their actions in other words: `etapa inicial borrador`, `puede enviar a revisión`, `con
// observaciones`, `por una persona distinta`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such an action. Nothing if it is none that is known.
std::optional<Diagnostic> explain_stage_habit(const Scene& scene);

}  // namespace cauce::dsl
