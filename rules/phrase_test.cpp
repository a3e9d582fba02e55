#include "rules/phrase.hpp"

#include <gtest/gtest.h>

#include "rules/entities.hpp"
#include "rules/policy_fixture.hpp"

namespace cauce::rules {
namespace {

class PhraseTest : public ::testing::Test {
 protected:
  /// A condition over a municipio in words; what is as written stands in «».
  std::string words(const std::string& text, bool positive = true) {
    const auto kind = compiled.rules().find_entity("municipio");
    const auto bound =
        testing::bind_text(text, compiled.compiled.entity_scopes->of(*kind), compiled.rules(), Type::truth());
    EXPECT_EQ(bound.said, "") << text;
    if (!bound.expression) return "?";
    const EntityNames names(compiled.rules(), *kind);
    return to_text(condition_in_words(*bound.expression, {compiled.rules(), bound.sources, names}, positive));
  }

  testing::CompiledText compiled = testing::compile_text(R"(
    parámetro umbral "Umbral de gestión" = 52, 60 desde 1 de julio de 2024
    parámetro reciente "Desde cuándo es reciente" = 2023-01-01
    entidad departamento { campo código: texto clave  campo gestión "Índice de gestión": número }
    entidad municipio en departamento {
      campo código: texto clave
      campo nombre: texto
      campo categoría: uno de {ESP, 1, 2}
      campo pdet: sí o no
      campo calamidad "Calamidad pública": sí o no
      campo mdm: número
      campo población: entero
      campo ingresos_propios: número
      campo última_visita: fecha
    }
    tabla urgencia "Urgencia" (x: número): número decide la primera fila {
      | x | => |
      | - | 1  |
    }
    tabla celdas(x: número, c: uno de {ESP, 1, 2}): número decide la primera fila {
      | x              | c           | => |
      | < 40           | -           | 1  |
      | [40..60]       | ESP, 1      | 1  |
      | ]40..umbral[   | no (ESP, 1) | 1  |
      | >= 1000000     | sin dato    | 1  |
      | <= 5, > 7      | 2           | 1  |
    })");
};

TEST_F(PhraseTest, Memberships) {
  EXPECT_EQ(words("categoría en {ESP, 1}"), "la categoría es ESP o 1");
  EXPECT_EQ(words("no categoría en {ESP, 1, 2}"), "la categoría no es ESP, 1 ni 2");
  EXPECT_EQ(words("categoría = ESP"), "la categoría es ESP");
  EXPECT_EQ(words("nombre != \"Bogotá\""), "el nombre no es «Bogotá»");
}

TEST_F(PhraseTest, NumbersCompare) {
  EXPECT_EQ(words("mdm < umbral"),
            "mdm es menor que el umbral de gestión (52; 60 desde el 1 de julio de 2024)");
  EXPECT_EQ(words("población <= 250000"), "la población es menor o igual que 250\u00A0000");
  EXPECT_EQ(words("ingresos_propios >= 0.5"), "los ingresos propios son mayores o iguales que 0.5");
  EXPECT_EQ(words("100 < población"), "la población es mayor que 100") << "the other way about";
  EXPECT_EQ(words("no mdm > 3"), "mdm es menor o igual que 3");
  EXPECT_EQ(words("mdm entre 40 y 60"), "mdm está entre 40 y 60");
  EXPECT_EQ(words("no mdm en ]40..60]"), "mdm no está entre 40 y 60 (sin contar el primero)");
  EXPECT_EQ(words("departamento.gestión < 45"), "el índice de gestión del departamento es menor que 45");
  EXPECT_EQ(words("urgencia(mdm) = 3"), "el resultado de la tabla «Urgencia» es igual a 3");
}

TEST_F(PhraseTest, DatesCompare) {
  EXPECT_EQ(words("última_visita < 2023-01-01"), "la última visita es anterior al 1 de enero de 2023");
  EXPECT_EQ(words("última_visita >= 2023-01-01"), "la última visita no es anterior al 1 de enero de 2023");
  EXPECT_EQ(words("última_visita > reciente"),
            "la última visita es posterior a «Desde cuándo es reciente» (1 de enero de 2023)");
  EXPECT_EQ(words("última_visita <= corte"), "la última visita no es posterior a la fecha de corte");
}

TEST_F(PhraseTest, TruthAndPresence) {
  EXPECT_EQ(words("pdet"), "la respuesta a «pdet» es sí");
  EXPECT_EQ(words("no calamidad"), "la respuesta a «calamidad pública» es no");
  EXPECT_EQ(words("pdet = no"), "la respuesta a «pdet» es no");
  EXPECT_EQ(words("mdm sin dato"), "no hay dato de mdm");
  EXPECT_EQ(words("no mdm sin dato"), "hay dato de mdm");
}

TEST_F(PhraseTest, AndOrAndTheirContrary) {
  EXPECT_EQ(words("mdm > 1 y mdm < 2"), "mdm es mayor que 1 y mdm es menor que 2");
  EXPECT_EQ(words("mdm > 1 o mdm < 2 o pdet"),
            "mdm es mayor que 1, mdm es menor que 2, o la respuesta a «pdet» es sí");
  EXPECT_EQ(words("mdm > 1 y (mdm < 2 o pdet)"),
            "mdm es mayor que 1, y (mdm es menor que 2 o la respuesta a «pdet» es sí)");
  EXPECT_EQ(words("no (mdm > 1 y pdet)"), "mdm es menor o igual que 1 o la respuesta a «pdet» es no");
  EXPECT_EQ(words("mdm > 1 o pdet", false), "mdm es menor o igual que 1 y la respuesta a «pdet» es no");
}

TEST_F(PhraseTest, WhatHasNoWordsStaysAsWritten) {
  EXPECT_EQ(words("100 - mdm > 30"), "«100 - mdm» es mayor que 30");
  EXPECT_EQ(words("mdm > población / 2"), "mdm es mayor que «población / 2»");
  EXPECT_EQ(words("mdm + 1 = población * 2"), "se cumple «mdm + 1 = población * 2»");
  EXPECT_EQ(words("no empieza_con(nombre, \"San\")"), "no se cumple «empieza_con(nombre, \"San\")»");
}

TEST_F(PhraseTest, Cells) {
  const Table& table = compiled.rules().tables.at(1);
  std::vector<std::string> cells;
  for (const TableRow& row : table.rows) {
    for (const TableCell& cell : row.cells)
      cells.push_back(cell_in_words(cell, compiled.rules()));
  }
  const std::vector<std::string> expected = {
      "menor que 40",
      "cualquiera",
      "desde 40 hasta 60",
      "ESP o 1",
      "mayor que 40 y menor que el umbral de gestión (52; 60 desde el 1 de julio de 2024)",
      "ni ESP ni 1",
      "desde 1\u00A0000\u00A0000",
      "sin dato",
      "hasta 5 o mayor que 7",
      "2"};
  EXPECT_EQ(cells, expected);
}

TEST_F(PhraseTest, TypesAndValues) {
  Type type = Type::integer();
  EXPECT_EQ(type_in_words(type), "número entero");
  type.low = Decimal(0);
  EXPECT_EQ(type_in_words(type), "número entero desde 0");
  type.high = Decimal(10000);
  EXPECT_EQ(type_in_words(type), "número entero de 0 a 10\u00A0000");
  EXPECT_EQ(value_in_words(*Decimal::parse("-1234.5")), "-1234.5");
  EXPECT_EQ(value_in_words(*Decimal::parse("-12345.678")), "-12\u00A0345.678");
  EXPECT_EQ(value_in_words(true), "sí");
  EXPECT_EQ(value_in_words(*make_date(2024, 2, 7)), "7 de febrero de 2024");
}

}  // namespace
}  // namespace cauce::rules
