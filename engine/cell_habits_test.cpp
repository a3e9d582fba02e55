#include "engine/cell_habits.hpp"

#include <memory>

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

using rules::Type;

TEST(CellHabits, ThousandsAreNotSetApart) {
  EXPECT_EQ(help_with_cell("2.616.335", Type::integer(), '.'), "escriba 2616335, sin separar los miles");
  EXPECT_EQ(help_with_cell("1,234,567.5", Type::number(), '.'), "escriba 1234567.5, sin separar los miles");
  EXPECT_EQ(help_with_cell("1.234,5", Type::number(), ','), "escriba 1234,5, sin separar los miles");
  EXPECT_EQ(help_with_cell("21 468", Type::integer(), '.'), "escriba 21468, sin separar los miles");
  EXPECT_EQ(help_with_cell("-21\u00A0468", Type::integer(), '.'), "escriba -21468, sin separar los miles");
  EXPECT_EQ(help_with_cell("21,468", Type::number(), '.'),
            "escriba 21.468 si son decimales, o 21468 si son miles");
  EXPECT_EQ(help_with_cell("21.46.8", Type::number(), '.'), "");
}

TEST(CellHabits, SignsDoNotGoWithNumbers) {
  EXPECT_EQ(help_with_cell("40%", Type::number(), '.'),
            "escriba 40 si el campo es un porcentaje, o 0.4 si es una parte de 1");
  EXPECT_EQ(help_with_cell("40%", Type::integer(), '.'), "escriba 40, sin el signo");
  EXPECT_EQ(help_with_cell("x%", Type::number(), '.'), "escriba el número sin el signo %");
  Type hundred = Type::number();
  hundred.low = rules::Decimal(0);
  hundred.high = rules::Decimal(100);
  EXPECT_EQ(help_with_cell("4,5\u00A0%", hundred, '.'), "escriba 4.5, sin el signo");
  EXPECT_EQ(help_with_cell("150 %", hundred, '.'), "sería 150, y el campo va de 0 a 100");
  Type part = Type::number();
  part.low = rules::Decimal(0);
  part.high = rules::Decimal(1);
  EXPECT_EQ(help_with_cell("45 %", part, ','), "escriba 0,45: el campo va de 0 a 1");
  EXPECT_EQ(help_with_cell("4,5%", part, '.'), "escriba 0.045: el campo va de 0 a 1");
  EXPECT_EQ(help_with_cell("150 %", part, '.'), "sería 1.5, y el campo va de 0 a 1");
  EXPECT_EQ(help_with_cell("-5%", part, ','), "sería -0,05, y el campo va de 0 a 1");
  EXPECT_EQ(help_with_cell("45", part, '.'), "si es un porcentaje, escriba 0.45");
  EXPECT_EQ(help_with_cell("450", part, '.'), "");
  EXPECT_EQ(help_with_cell("$ 1.000", Type::number(), '.'), "escriba el número sin el signo de moneda");
  EXPECT_EQ(help_with_cell("82,3", Type::number(), '.'), "escriba 82.3");
  EXPECT_EQ(help_with_cell("1.2E+05", Type::number(), '.'),
            "la hoja de cálculo lo acortó: dé a la columna un formato de número sin exponente");
}

TEST(CellHabits, DatesSayWhichIsWhich) {
  EXPECT_EQ(help_with_cell("15/01/2024", Type::date(), '.'), "escriba 2024-01-15");
  EXPECT_EQ(help_with_cell("1/15/24", Type::date(), '.'), "escriba 2024-01-15");
  EXPECT_EQ(help_with_cell("01/02/2024", Type::date(), '.'),
            "escriba 2024-02-01 o 2024-01-02: no se sabe cuál es el día y cuál el mes");
  EXPECT_EQ(help_with_cell("3/3/2024", Type::date(), '.'), "escriba 2024-03-03");
  EXPECT_EQ(help_with_cell("2024/2/7", Type::date(), '.'), "escriba 2024-02-07");
  EXPECT_EQ(help_with_cell("2024-02-07 00:00:00", Type::date(), '.'), "escriba 2024-02-07, sin la hora");
  EXPECT_EQ(
      help_with_cell("45306", Type::date(), '.'),
      "es el número con que la hoja de cálculo guarda una fecha: dé a la columna el formato aaaa-mm-dd");
  EXPECT_EQ(help_with_cell("31/31/2024", Type::date(), '.'), "");
  EXPECT_EQ(help_with_cell("2020-02-30", Type::date(), '.'),
            "ese día no existe: el último de ese mes es 2020-02-29");
  EXPECT_EQ(help_with_cell("31/02/2026", Type::date(), '.'),
            "ese día no existe: el último de ese mes es 2026-02-28");
  EXPECT_EQ(help_with_cell("2/30/26", Type::date(), '.'),
            "ese día no existe: el último de ese mes es 2026-02-28");
  EXPECT_EQ(help_with_cell("0202-02-07", Type::date(), '.'), "el año va de 1900 a 2199");
  EXPECT_EQ(help_with_cell("07/02/2300", Type::date(), '.'), "el año va de 1900 a 2199");
  EXPECT_EQ(help_with_cell("2024-02-07", Type::date(), '.'), "") << "what is wrong with it is something else";
  EXPECT_EQ(help_with_cell("2020-13-01", Type::date(), '.'), "");
}

TEST(CellHabits, WhatIsNotKnownIsLeftEmpty) {
  EXPECT_EQ(help_with_cell("N/D", Type::number(), '.'), "si no hay dato, deje la celda vacía");
  EXPECT_EQ(help_with_cell("-", Type::date(), '.'), "si no hay dato, deje la celda vacía");
  EXPECT_EQ(help_with_cell("#¡REF!", Type::number(), '.'),
            "corrija la fórmula, o deje la celda vacía si no hay dato");
  EXPECT_TRUE(is_failed_formula("#DIV/0!"));
  EXPECT_TRUE(is_failed_formula("#¿NOMBRE?"));
  EXPECT_FALSE(is_failed_formula("#12"));
}

TEST(CellHabits, OtherWordsForYes) {
  EXPECT_EQ(help_with_cell("VERDADERO", Type::truth(), '.'), "escriba sí");
  EXPECT_EQ(help_with_cell("X", Type::truth(), '.'),
            "escriba sí; si la columna solo marca los sí, la política lo dice con «vacío es no»");
  Type category;
  category.kind = rules::TypeKind::one_of;
  category.values =
      std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"Urbano", "Rural"});
  EXPECT_EQ(help_with_cell("Rurral", category, '.'), "¿quiso decir «Rural»?");
}

}  // namespace
}  // namespace cauce::engine
