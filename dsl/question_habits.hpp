// Questions to a hito, a report or a component as they are said: `informe entregado`, `reportes a tiempo`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

std::optional<Diagnostic> explain_question_habit(const Scene& scene);

}  // namespace cauce::dsl
