// Tests and scenarios in other words: `prueba quien_entra "…"`, `espera que sea elegible`, `espera no alerta
// a dirección`, `enlace ejecuta la acción enviar`.
#pragma once

#include <optional>

#include "dsl/scene.hpp"

namespace cauce::dsl {

/// The mistake, if what stands here is such a line. Nothing if it is none that is known.
std::optional<Diagnostic> explain_test_habit(const Scene& scene);

}  // namespace cauce::dsl
