// For tests: a policy with tests of its own, run, and what is said of them.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "workflows/compile.hpp"
#include "workflows/lowering.hpp"
#include "workflows/run_tests.hpp"

namespace cauce::workflows::testing {

/// Municipalities in departments in regions; a focalización with quotas; a plan tied to that of its region,
/// with a ladder.
inline const std::string tested_policy = R"cauce(
programa ejemplo { vigencia 2024  zona "America/Bogota"  calendario oficial }
calendario oficial { hábil lunes a viernes  festivos Colombia }
fuente L617 "Ley 617 de 2000"
fuente C4091 "CONPES 4091"
rol dirección "Dirección" por nación { administra publicar, asignar, planes }
rol articulador "Articulador Regional" por región bajo dirección
rol enlace "Enlace Territorial" por municipio bajo articulador
entidad región { campo nombre: texto clave }
entidad departamento en región { campo código: texto clave }
entidad municipio en departamento {
  campo código: texto clave
  campo nombre: texto
  campo tipo: uno de {urbano, rural}
  campo población: entero desde 0
  campo pdet: sí o no
  campo mdm: número de 0 a 100
}
parámetro umbral = 55, 60 desde 1 de julio de 2024

tabla prioridad(mdm: número, pdet: sí o no): número decide la única fila {
  | mdm  | pdet | =>  |
  | < 40 | -    | 100 |
  | >= 40 | sí  | 80  |
  | >= 40 | no  | 0   |
}

focalización municipios de municipio {
  excluye si tipo = urbano porque "Tiene capacidad propia" según L617 "art. 6"
  requiere población > 0
  califica si pdet porque "Municipio PDET" según C4091
  califica si mdm < umbral porque "Desempeño bajo"
  puntaje desempeño = 0.5 * (100 - mdm)
  puntaje urgencia = 0.1 * prioridad(mdm, pdet)
  cupo 2
  cupo por región { cada una de las otras: 1 }
}

alertas escalera a las 8:00 {
  3 días hábiles antes recuerda al responsable
  al vencer avisa al responsable
  3 días hábiles después escala a articulador
  5 días hábiles después y cada 2 hasta 2 veces avisa a dirección
  resumen cada lunes a las 7:00 a articulador
}

plan PCCT "Plan de la región" por región {
  a cargo de articulador
  seguimiento { hito mesa { vence 30 de abril } }
  evaluación { indicador cobertura = promedio(avance de PAT) }
}

plan PAT "Plan de Asistencia Técnica" por municipio focalizado en municipios {
  vinculado a PCCT
  a cargo de enlace
  alertas escalera
  componente objetivos obligatorio {
    campo asistencia: texto obligatorio
    campo meta: entero desde 5 obligatorio
    campo inicio: fecha
  }
  componente anexos
  reporte mensual cada mes desde febrero hasta abril {
    vence día hábil 5 del mes siguiente
    cierra 20 días hábiles después
    valida articulador
    corrige en 3 días hábiles
    campo actividades: entero desde 0 obligatorio
    campo resumen: texto obligatorio
  }
  formulación {
    vence el 15 de marzo
    al terminar exige completo(anexos) porque "Faltan los anexos"
    etapa borrador inicial {
      enlace puede enviar y pasa a revisión
        si componentes_completos porque "Faltan componentes obligatorios"
      enlace puede archivar y pasa a revisión si población > 1000
    }
    etapa revisión {
      articulador puede devolver y pasa a borrador con motivo
      articulador puede aprobar y pasa a aprobado por otra persona
    }
    etapa aprobado final
  }
  seguimiento {
    hito diagnóstico { vence 30 de abril  peso 40 }
    hito adoptado { vence 31 de mayo  peso 60  requiere diagnóstico  evidencia obligatoria }
  }
}
)cauce";

/// What a run says: `pasa`, `no aplica: …`, or each failure: its words, the message, notes after `-`, and the
/// trace after `>`.
inline std::string told(const TestResult& result, const dsl::Sources& sources) {
  if (result.status == TestStatus::passed) return "pasa\n";
  if (result.status == TestStatus::not_applicable) return "no aplica: " + result.why_not_applicable + "\n";
  std::string text;
  for (const FailedExpectation& failure : result.failures) {
    text += dsl::words_of(sources, failure.span) + ": " + failure.message + "\n";
    for (const std::string& note : failure.notes)
      text += "- " + note + "\n";
    for (const rules::TraceStep& step : failure.trace) {
      text += ">" + std::string(static_cast<std::size_t>(step.depth) + 1, ' ') +
              dsl::words_of(sources, step.span) + " → " + rules::to_display(step.value) + "\n";
    }
  }
  return text;
}

/// A policy whose tests run.
class TestedPolicy {
 public:
  explicit TestedPolicy(const std::string& tests, const rules::CompileOptions& options = {},
                        const std::string& policy = tested_policy)
      : sources_{{"p.cauce", policy + tests}}, compiled_(compile(sources_, options)) {
    for (const dsl::Diagnostic& diagnostic : compiled_.diagnostics) {
      if (dsl::severity_of(diagnostic.code) == dsl::Severity::error)
        ADD_FAILURE() << dsl::render(diagnostic, sources_);
    }
  }

  const Policy& policy() const { return *compiled_.policy; }
  const dsl::Sources& sources() const { return sources_; }

  /// How many expectations of its pruebas fail.
  std::size_t failures() const {
    const TestRunner runner(policy(), sources_);
    std::size_t count = 0;
    for (const dsl::TestDecl& test : compiled_.tree.tests)
      count += runner.run(test).failures.size();
    return count;
  }

  /// Every prueba, then every escenario, in their order.
  std::string run(const rules::Territory* data = nullptr, Coverage* coverage = nullptr) const {
    const TestRunner runner(policy(), sources_, coverage);
    std::string text;
    for (const dsl::TestDecl& test : compiled_.tree.tests)
      text += told(runner.run(test, data), sources_);
    for (const dsl::ScenarioDecl& scenario : compiled_.tree.scenarios)
      text += told(runner.run(scenario), sources_);
    return text;
  }

 private:
  dsl::Sources sources_;
  Compiled compiled_;
};

inline std::string run_tests(const std::string& tests, const rules::CompileOptions& options = {}) {
  return TestedPolicy(tests, options).run();
}

}  // namespace cauce::workflows::testing
