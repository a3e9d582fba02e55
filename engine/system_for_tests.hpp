// A small policy with everything in it that a plan can go through, and a system that runs it.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/folder_for_tests.hpp"
#include "engine/system.hpp"
#include "rules/targeting.hpp"
#include "workflows/compile.hpp"

namespace cauce::engine {

inline const std::string policy_for_tests = R"(
programa prueba "Programa de prueba" { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes festivos Colombia }
rol dirección "Dirección" por nación {
  administra publicar, importar, asignar, migrar, planes, cuentas, auditar
}
rol articulador por región bajo dirección
rol enlace por municipio bajo articulador { carga máxima 3 }
entidad región { campo nombre: texto clave  campo sede: texto }
entidad municipio en región {
  campo código: texto clave
  campo nombre: texto obligatorio
  campo pdet: sí o no
  campo mdm: número de 0 a 100
  campo población: entero desde 0
  campo visita: fecha
  campo categoría: uno de {ESP, 1, 2}
}
focalización municipios de municipio {
  califica si pdet
  puntaje desempeño = 100 - mdm
}
alertas escalera { al vencer avisa al responsable }
plan PCCT por región {
  a cargo de articulador
  alertas escalera
  formulación { vence 29 de marzo }
  seguimiento { hito mesa "Mesa instalada" { vence 30 de abril } }
  evaluación { indicador cobertura = promedio(avance de PAT) }
}
plan PAT por municipio focalizado en municipios {
  vinculado a PCCT
  a cargo de enlace
  alertas escalera
  componente objetivos obligatorio {
    campo meta: texto obligatorio
    campo valor: número
    campo inicio: fecha
    campo urgente: sí o no
    campo tipo: uno de {ESP, 1, 2}
  }
  componente lecciones
  reporte informe cada mes desde febrero hasta abril {
    vence día hábil 5 del mes siguiente
    cierra 20 días hábiles después
    valida articulador
    corrige en 5 días hábiles
    campo actividades: entero desde 0 obligatorio
    campo resumen: texto
    campo al_día: sí o no
  }
  formulación {
    desde el 15 de enero
    vence el 15 de marzo
    etapa borrador inicial {
      enlace puede enviar y pasa a revisión si componentes_completos porque "Faltan componentes"
    }
    etapa revisión {
      articulador puede devolver y pasa a borrador con motivo
      articulador puede aprobar y pasa a aprobado por otra persona
    }
    etapa aprobado final
  }
  seguimiento {
    hito diagnóstico { vence 30 de abril }
    hito adopción { vence 10 días hábiles después de diagnóstico  requiere diagnóstico  evidencia obligatoria }
  }
  evaluación {
    reporte final al cierre { vence 13 de diciembre  campo balance: texto obligatorio }
    indicador cumplimiento = avance
    indicador al_menos_uno = alguno(hitos donde cumplido)
    etapa valoración inicial { articulador puede calificar y pasa a calificado con valoración }
    etapa calificado final
  }
}
)";

inline dsl::Sources sources_for_tests(const std::string& text = policy_for_tests) {
  return {{"prueba.cauce", text}};
}

inline workflows::Compiled compiled_for_tests(const std::string& text = policy_for_tests) {
  const dsl::Sources sources = sources_for_tests(text);
  workflows::Compiled compiled = workflows::compile(sources);
  if (!compiled.ok()) {
    std::string errors;
    for (const dsl::Diagnostic& diagnostic : compiled.diagnostics)
      errors += dsl::render(diagnostic, sources);
    throw std::runtime_error(errors);
  }
  return compiled;
}

/// Two regions and four municipalities, one of them not PDET.
inline rules::Territory territory_for_tests(const rules::Ruleset& rules) {
  using rules::Date;
  using rules::Decimal;
  using rules::Missing;
  rules::Territory territory = rules::empty_territory(rules);
  rules::add_entities(territory, rules, *rules.find_entity("región"),
                      {{{std::string("Caribe"), std::string("Barranquilla")}, ""},
                       {{std::string("Pacífico"), std::string("Cali")}, ""}});
  const Date visit = rules::make_date(2024, 2, 7).value();
  const auto text = [](const char* words) { return rules::Value(std::string(words)); };
  rules::add_entities(
      territory, rules, *rules.find_entity("municipio"),
      {{{text("05001"), text("Medellín"), true, Decimal(40), Decimal(2'500'000), visit, text("ESP")},
        "Caribe"},
       {{text("05002"), text("Abejorral"), true, Missing(), Missing(), Missing(), Missing()}, "Caribe"},
       {{text("19001"), text("Popayán"), true, Decimal::parse("55.5").value(), Missing(), visit, text("1")},
        "Pacífico"},
       {{text("19002"), text("Almaguer"), false, Decimal(30), Missing(), Missing(), text("2")}, "Pacífico"}});
  return territory;
}

inline std::vector<PersonRow> people_for_tests() {
  return {{"dora", "Dora Ruiz", "dora@example.org", "dirección", ""},
          {"ana", "Ana Pérez", "ana@example.org", "enlace", "05001"},
          {"ana", "", "", "enlace", "05002"},
          {"luis", "Luis Gil", "luis@example.org", "enlace", "19001"},
          {"carla", "Carla Sáenz", "carla@example.org", "articulador", "Caribe"},
          {"paz", "Paz Mena", "paz@example.org", "articulador", "Pacífico"}};
}

/// The value, or what was refused as an exception: for what a test takes for granted.
template <typename T>
T taken_for_granted(Result<T> result) {
  if (!result) {
    std::string words = result.refusal().message;
    for (const std::string& reason : result.refusal().reasons)
      words += "; " + reason;
    throw std::runtime_error(words);
  }
  return std::move(result.value());
}

/// A database in a folder of its own, at 9 in the morning of 15 January 2024 in Bogotá.
class SystemForTests {
 public:
  SystemForTests() { system = System::create(path, false, clock); }

  void set_clock(const std::string& local) { clock->set(parse_instant(local, "America/Bogota").value()); }
  void set_up() {
    system->together([&] {
      const auto compiled = compiled_for_tests();
      taken_for_granted(system->publish(sources_for_tests(), compiled, set_up_actor));
      taken_for_granted(system->import_entities(territory_for_tests(*compiled.policy->rules), set_up_actor));
      taken_for_granted(system->import_people(people_for_tests(), set_up_actor));
      apply_selection();
      taken_for_granted(system->create_plans(std::nullopt, set_up_actor));
    });
  }
  void apply_selection() {
    const World& world = system->world();
    const rules::Ruleset& rules = *world.policy(world.current_version()).rules;
    const auto selection =
        rules::select(rules.targetings.at(0), rules, world.territory(), system->now().date);
    taken_for_granted(system->apply_selection("municipios", selection, "prueba", set_up_actor));
  }
  /// A second connection, as another program would have.
  std::unique_ptr<System> open_again() const { return System::open(path, clock); }

  const Actor set_up_actor = {"dora", true};
  FolderForTests folder;
  std::string path = folder / "cauce.db";
  std::shared_ptr<ManualClock> clock =
      std::make_shared<ManualClock>(parse_instant("2024-01-15T09:00", "America/Bogota").value());
  std::unique_ptr<System> system;
};

}  // namespace cauce::engine
