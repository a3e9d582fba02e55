// The rows of tables as people write them elsewhere: lines of dashes, empty cells, `menor a 40`,
// `>= 40 y <= 60`, `en otro caso`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a row. Nothing if it is none that is known.
std::optional<Diagnostic> explain_cell_habit(const Scene& scene);

}  // namespace cauce::dsl
