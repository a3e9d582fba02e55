// Questions as people who know SQL or a pivot table begin to write them.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

std::optional<Diagnostic> explain_query_habit(const Scene& scene);

}  // namespace cauce::dsl
