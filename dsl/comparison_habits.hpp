// Comparisons in words: `mayor o igual que`, `supera`, `al menos`, `antes del`, `60 o más`, `no hay mdm`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a comparison. Nothing if it is none that is known.
std::optional<Diagnostic> explain_comparison_habit(const Scene& scene);

}  // namespace cauce::dsl
