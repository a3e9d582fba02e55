// What is right in a letter or a decree and not here: lists with numbers or dots, final stops, units after
// numbers, «conforme a la Ley 152», «debido a».
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such prose. Nothing if it is none that is known.
std::optional<Diagnostic> explain_prose_habit(const Scene& scene);

}  // namespace cauce::dsl
