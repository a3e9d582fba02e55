// A small focalización with every kind of clause, and random municipalities for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "rules/entities.hpp"
#include "rules/policy_fixture.hpp"
#include "rules/standing.hpp"

namespace cauce::rules::fixture {

inline constexpr std::string_view case_policy = R"(
parámetro umbral = 12
tabla peso(m: número, d: sí o no): número decide la primera fila {
  | m       | d  | => |
  | < 5     | -  | 6  |
  | [5..10] | sí | 3  |
  | -       | -  | 0  |
}
entidad municipio {
  campo código: texto clave
  campo m: número de 0 a 20
  campo b: entero de 0 a 9
  campo c "Clase": uno de {x, w, z}
  campo d "Con enlace": sí o no
  campo t "Tipo": texto
  campo g: texto
}
focalización f de municipio {
  excluye si c = z porque "Ya tienen"
  excluye si t = "isla"
  requiere b < 8 porque "Muy grandes"
  califica si m < umbral porque "Lo necesitan"
  califica si d y b en [2..4]
  puntaje p1 = 2 * (20 - m) - b
  puntaje p2 = peso(m, d)
  cupo 8
  cupo por g { "n": 3, cada una de las otras: 4 }
  mínimo 1 por g
  ordena por puntaje descendente, b, código
}
)";

inline constexpr std::uint32_t key_slot = 0;
inline constexpr std::uint32_t m_slot = 1;
inline constexpr std::uint32_t b_slot = 2;
inline constexpr std::uint32_t c_slot = 3;
inline constexpr std::uint32_t d_slot = 4;
inline constexpr std::uint32_t t_slot = 5;
inline constexpr std::uint32_t g_slot = 6;

/// One municipality after its key, as cells: `m,b,c,d,t,g`; an empty one is sin dato.
inline std::vector<Value> read_row(const EntityKind& kind, const std::string& key, const std::string& cells) {
  std::vector<Value> values = {Value(key)};
  std::size_t from = 0;
  for (std::size_t field = 1; field < kind.fields.size(); ++field) {
    const std::size_t end = std::min(cells.find(',', from), cells.size());
    std::string error;
    values.push_back(read_value(cells.substr(from, end - from), kind.fields[field].type, error).value());
    from = std::min(end + 1, cells.size());
  }
  return values;
}

/// The policy with municipalities: the first is `01`.
struct CaseForTests {
  explicit CaseForTests(const std::vector<std::string>& rows, std::string_view policy = case_policy)
      : text(testing::compile_text(policy)) {
    EXPECT_EQ(text.said, "");
    territory = empty_territory(rules());
    std::vector<EntityRow> entities;
    for (const std::string& row : rows) {
      const std::string number = std::to_string(entities.size() + 1);
      entities.push_back(
          {read_row(rules().entities.front(), (number.size() < 2 ? "0" : "") + number, row), ""});
    }
    add_entities(territory, rules(), static_cast<EntityKindId>(0), entities);
  }

  const Ruleset& rules() const { return text.rules(); }
  const Targeting& targeting() const { return rules().targetings.front(); }
  TargetingCase of(std::uint32_t row) const { return {targeting(), rules(), territory, as_of, row}; }
  Selection selection() const { return select(targeting(), rules(), territory, as_of); }

  testing::CompiledText text;
  Territory territory;
  Date as_of = *make_date(2024, 3, 1);
};

inline std::string any_row() {
  const auto pick = [](const std::vector<std::string>& cells) {
    return cells[*rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, cells.size()))];
  };
  const std::string m = pick({"", "0", "3", "4.5", "5", "7.5", "9", "10", "11.5", "12", "15", "20"});
  const std::string b = pick({"", "0", "1", "2", "3", "4", "5", "7", "8", "9"});
  return m + "," + b + "," + pick({"x", "x", "x", "w", "w", "z", ""}) + "," + pick({"sí", "no", "no", ""}) +
         "," + pick({"", "valle", "valle", "valle", "isla"}) + "," + pick({"n", "n", "s", "s", "e", ""});
}

inline std::vector<std::string> any_rows() {
  std::vector<std::string> rows(*rc::gen::resize(100, rc::gen::inRange<std::size_t>(1, 30)));
  for (std::string& row : rows)
    row = any_row();
  return rows;
}

}  // namespace cauce::rules::fixture
