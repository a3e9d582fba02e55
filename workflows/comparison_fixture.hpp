// For tests: two versions of a small policy that has everything that comparing looks at.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "rules/date.hpp"
#include "rules/entities.hpp"
#include "workflows/comparison.hpp"
#include "workflows/policy_fixture.hpp"

namespace cauce::workflows::testing {

inline const std::string compared_policy = R"(
fuente L1 "Ley 1"
parámetro umbral "Umbral" = 50
tabla puntos(m: número): número decide la única fila {
  | m     | => |
  | < 40  | 10 |
  | >= 40 | 5  |
}
focalización atendidos "Todos" de municipio {
  excluye si tipo = "isla" porque "Es isla" según L1
  califica si población < umbral porque "Es pequeño"
  puntaje falta = 100 - población
  cupo 3
  cupo por región { "A": 2, cada una de las otras: 2 }
}
alertas e a las 8:00 {
  3 días hábiles antes recuerda al responsable
  al vencer avisa al responsable
  3 días hábiles después escala a dirección
}
plan P por municipio focalizado en atendidos {
  a cargo de enlace
  alertas e
  componente objetivos obligatorio
  reporte informe "Informe" cada mes desde febrero hasta abril { vence día hábil 5 del mes siguiente }
  formulación {
    vence el 15 de marzo
    etapa borrador inicial { enlace puede enviar y pasa a enviado si componentes_completos }
    etapa enviado final
  }
  seguimiento {
    hito acta "Acta" { vence 30 de abril }
    hito cierre "Cierre" { vence 10 días hábiles después de acta }
  }
}
)";

/// `text` with the one place where `what` stands written otherwise.
inline std::string with(std::string text, std::string_view what, std::string_view instead) {
  const std::size_t at = text.find(what);
  if (at == text.npos || text.find(what, at + 1) != text.npos)
    throw std::logic_error("not once in the text: " + std::string(what));
  return text.replace(at, what.size(), instead);
}

struct TownForTests {
  std::string key;
  std::string region;
  std::optional<int> population = {};
  std::string kind = "pueblo";
};

inline const std::vector<TownForTests> compared_towns = {
    {"a1", "A", 10}, {"a2", "A", 20}, {"a3", "A", 30}, {"b1", "B", 40},
    {"b2", "B", 45}, {"b3", "B", {}}, {"b4", "B", 60}, {"b5", "B", 5, "isla"}};

/// A policy compiled, with its data.
class VersionForTests {
 public:
  explicit VersionForTests(const std::string& text, const std::vector<TownForTests>& towns = compared_towns)
      : sources_(sources_of(text)), compiled_(compile(sources_)) {
    if (!compiled_.ok()) throw std::logic_error(said_of(text));
    const rules::Ruleset& rules = *compiled_.policy->rules;
    territory_ = rules::empty_territory(rules);
    std::vector<rules::EntityRow> rows;
    for (const TownForTests& town : towns) {
      const Value population = town.population ? Value(rules::Decimal(*town.population)) : Value();
      rows.push_back(
          {{Value(town.key), Value("Pueblo " + town.key), Value(town.kind), population}, town.region});
    }
    rules::add_entities(territory_, rules, rules.find_entity("municipio").value(), rows, true);
  }
  VersionForTests(const VersionForTests&) = delete;
  VersionForTests& operator=(const VersionForTests&) = delete;

  Version version() const {
    return {*compiled_.policy, sources_, &territory_, rules::make_date(2024, 2, 1).value()};
  }

 private:
  dsl::Sources sources_;
  Compiled compiled_;
  rules::Territory territory_;
};

inline Comparison compare_texts(const std::string& before, const std::string& after) {
  const VersionForTests old(before);
  const VersionForTests now(after);
  return compare(old.version(), now.version());
}

}  // namespace cauce::workflows::testing
