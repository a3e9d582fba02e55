// Which parts of a policy count as reached.
#include "workflows/coverage.hpp"

#include <gtest/gtest.h>

#include "workflows/test_runner_fixture.hpp"

namespace cauce::workflows {
namespace {

using testing::TestedPolicy;

/// The parts in order: `+` reached, `-` not, with what its condition gave, and its words.
std::string covered_by(const std::string& tests) {
  const TestedPolicy tested(tests);
  Coverage coverage(tested.policy());
  tested.run(nullptr, &coverage);
  std::string text;
  for (const CoverageItem& item : coverage.items()) {
    text += (item.reached ? "+ " : "- ") + item.owner + ": " + dsl::words_of(tested.sources(), item.span);
    if (item.was_false) text += " [no]";
    if (item.was_unknown) text += " [sin dato]";
    text += "\n";
  }
  return text;
}

TEST(Coverage, NothingIsReachedByNoTest) {
  EXPECT_EQ(covered_by(""),
            R"(- municipios: excluye si tipo = urbano porque "Tiene capacidad propia" según L617 "art. 6"
- municipios: requiere población > 0
- municipios: califica si pdet porque "Municipio PDET" según C4091
- municipios: califica si mdm < umbral porque "Desempeño bajo"
- prioridad: | < 40 | - | 100 |
- prioridad: | >= 40 | sí | 80 |
- prioridad: | >= 40 | no | 0 |
- PAT: enlace puede enviar y pasa a revisión si componentes_completos porque "Faltan componentes obligatorios"
- PAT: enlace puede archivar y pasa a revisión si población > 1000
- PAT: articulador puede devolver y pasa a borrador con motivo
- PAT: articulador puede aprobar y pasa a aprobado por otra persona
- PAT: al terminar exige completo(anexos) porque "Faltan los anexos"
- escalera: 3 días hábiles antes recuerda al responsable
- escalera: al vencer avisa al responsable
- escalera: 3 días hábiles después escala a articulador
- escalera: 5 días hábiles después y cada 2 hasta 2 veces avisa a dirección
- escalera: resumen cada lunes a las 7:00 a articulador
)");
}

TEST(Coverage, WhatTestsReach) {
  EXPECT_EQ(covered_by(R"(
prueba "Casos" de municipios {
  casos {
    | tipo  | población | pdet | mdm | => estado |
    | rural | 10        | sí   | 42  | elegible  |
    | rural | sin dato  | sí   | 60  | por verificar |
  }
}
prueba "Tabla" {
  espera prioridad(39, no) = 100
}
escenario "Historia" de PAT {
  el 1 de febrero enlace completa objetivos
  espera rechazo cuando enlace ejecuta archivar
  el 1 de febrero enlace ejecuta enviar
  espera rechazo cuando articulador ejecuta aprobar
  el 1 de febrero articulador ejecuta devolver con "Falta un anexo"
  el 4 de marzo
  espera alerta 3 días hábiles antes
})"),
            R"(- municipios: excluye si tipo = urbano porque "Tiene capacidad propia" según L617 "art. 6" [no]
+ municipios: requiere población > 0 [sin dato]
+ municipios: califica si pdet porque "Municipio PDET" según C4091
+ municipios: califica si mdm < umbral porque "Desempeño bajo" [no]
+ prioridad: | < 40 | - | 100 |
+ prioridad: | >= 40 | sí | 80 |
- prioridad: | >= 40 | no | 0 |
+ PAT: enlace puede enviar y pasa a revisión si componentes_completos porque "Faltan componentes obligatorios"
- PAT: enlace puede archivar y pasa a revisión si población > 1000 [sin dato]
+ PAT: articulador puede devolver y pasa a borrador con motivo
- PAT: articulador puede aprobar y pasa a aprobado por otra persona
- PAT: al terminar exige completo(anexos) porque "Faltan los anexos" [no]
+ escalera: 3 días hábiles antes recuerda al responsable
- escalera: al vencer avisa al responsable
- escalera: 3 días hábiles después escala a articulador
- escalera: 5 días hábiles después y cada 2 hasta 2 veces avisa a dirección
+ escalera: resumen cada lunes a las 7:00 a articulador
)");
}

TEST(Coverage, AnExitIsReachedWhenThePhaseMayEnd) {
  const std::string covered = covered_by(R"(
escenario "Historia" de PAT {
  el 1 de febrero enlace completa objetivos
  el 1 de febrero enlace completa anexos
  el 1 de febrero enlace ejecuta enviar
  el 1 de febrero articulador ejecuta aprobar
  espera fase = seguimiento
})");
  EXPECT_NE(covered.find("+ PAT: al terminar exige completo(anexos)"), std::string::npos) << covered;
  EXPECT_NE(covered.find("+ PAT: articulador puede aprobar"), std::string::npos) << covered;
}

}  // namespace
}  // namespace cauce::workflows
