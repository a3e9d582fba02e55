// Numbers, dates, hours and periods as people write them elsewhere.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a value. Nothing if it is none that is known.
std::optional<Diagnostic> explain_value_habit(const Scene& scene);

}  // namespace cauce::dsl
