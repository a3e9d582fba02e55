// What is declared, cited by its title and not by its name: `a cargo del Enlace Territorial`, `según la Ley 152
// de 1994`, `mediante "Taller del PDT"`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a title. Nothing if it is none that is known.
std::optional<Diagnostic> explain_title_habit(const Scene& scene);

}  // namespace cauce::dsl
