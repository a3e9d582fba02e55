// What people write out of habit — from other languages, from spreadsheets, from letters and decrees — and
// what is written here instead.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a habit. Nothing if it is none that is known.
std::optional<Diagnostic> explain_habit(const Scene& scene);

}  // namespace cauce::dsl
