// Calculations as people say them or write them elsewhere: `50% de mdm`, `100 menos mdm`, `mdm dividido entre
// 2`, `1.5e3`, `el menor entre a y b`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a calculation. Nothing if it is none that is known.
std::optional<Diagnostic> explain_arithmetic_habit(const Scene& scene);

}  // namespace cauce::dsl
