// Types of fields and their limits in other words: `entero >= 0`, `lista de {…}`, `texto y obligatorio`,
// `uno de {1 a 6}`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a type. Nothing if it is none that is known.
std::optional<Diagnostic> explain_type_habit(const Scene& scene);

}  // namespace cauce::dsl
