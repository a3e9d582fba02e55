#include "rules/table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/policy_fixture.hpp"

namespace cauce::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TableTest : public ::testing::Test {
 protected:
  void compile(const std::string& text) {
    compiled = testing::compile_text(text);
    ASSERT_EQ(compiled.said, "");
  }
  std::string result(const std::vector<Value>& arguments) {
    notes = {};
    outcome = decide(compiled.rules().tables.front(), arguments,
                     {compiled.rules(), *make_date(2024, 1, 1), &notes});
    return to_display(outcome.value);
  }

  testing::CompiledText compiled;
  TableOutcome outcome;
  EvaluationNotes notes;
};

const Value missing = Missing{};
Value number(const char* text) {
  return *Decimal::parse(text);
}

TEST_F(TableTest, UniqueRow) {
  compile(R"(tabla t(mdm: número, pdet: sí o no): número decide la única fila {
    | mdm      | pdet | =>  |
    | < 40     | -    | 100 |
    | [40..60] | sí   | 80  |
    | [40..60] | no   | 50  |
    | > 60     | -    | 0   |
  })");
  EXPECT_EQ(result({number("39.99"), missing}), "100");
  EXPECT_THAT(outcome.matched, ElementsAre(0U));
  EXPECT_EQ(result({number("40"), true}), "80");
  EXPECT_EQ(result({number("60"), false}), "50");
  EXPECT_EQ(result({number("60.1"), false}), "0");
  EXPECT_EQ(result({number("50"), missing}), "sin dato");
  EXPECT_EQ(result({missing, true}), "sin dato");
  EXPECT_THAT(notes.faults, IsEmpty());
}

TEST_F(TableTest, TwoTrueRowsWhereOneMustDecideGiveNoResult) {
  compile(R"(tabla t(x: número): número decide la única fila {
    | x   | => |
    | > 1 | 1  |
    | > 2 | 2  |
  })");
  EXPECT_EQ(result({number("2")}), "1");
  EXPECT_EQ(result({number("3")}), "sin dato");
  EXPECT_THAT(notes.faults, ElementsAre("más de una fila de la tabla «t» corresponde a los datos"));
}

TEST_F(TableTest, ATrueRowDecidesEvenIfAnotherIsUnknown) {
  compile(R"(tabla t(x: número, p: sí o no): número decide la única fila {
    | x   | p  | => |
    | > 1 | -  | 1  |
    | < 1 | sí | 2  |
    | -   | no | 3  |
  })");
  EXPECT_EQ(result({number("2"), missing}), "1");
  EXPECT_EQ(result({number("0"), missing}), "sin dato");
}

TEST_F(TableTest, FirstRow) {
  compile(R"(tabla t(x: número): texto decide la primera fila {
    | x        | =>      |
    | sin dato | "falta" |
    | < 10     | "poco"  |
    | < 20     | "medio" |
  })");
  EXPECT_EQ(result({missing}), "falta");
  EXPECT_EQ(result({number("5")}), "poco");
  EXPECT_EQ(result({number("15")}), "medio");
  EXPECT_EQ(result({number("25")}), "sin dato");
  EXPECT_THAT(notes.faults, ElementsAre("ninguna fila de la tabla «t» corresponde a los datos"));
}

TEST_F(TableTest, AnUnknownRowBeforeTheFirstTrueOneMakesItUnknown) {
  compile(R"(tabla t(x: número): número decide la primera fila {
    | x    | => |
    | < 10 | 1  |
    | -    | 2  |
  })");
  EXPECT_EQ(result({missing}), "sin dato");
  EXPECT_EQ(result({number("10")}), "2");
}

TEST_F(TableTest, SumMaximumAndMinimumOfTheRows) {
  const std::string rows = R"( {
    | x   | p  | =>     |
    | > 0 | -  | 1      |
    | > 1 | sí | x * 10 |
    | > 9 | -  | -5     |
  })";
  const std::string head = "tabla t(x: número, p: sí o no): número ";
  compile(head + "suma las filas" + rows);
  EXPECT_EQ(result({number("1"), true}), "1");
  EXPECT_EQ(result({number("10"), true}), "96");
  EXPECT_THAT(outcome.matched, ElementsAre(0U, 1U, 2U));
  EXPECT_EQ(result({number("10"), missing}), "sin dato");
  EXPECT_EQ(result({number("1"), missing}), "1") << "false y unknown is false";
  EXPECT_EQ(result({number("0"), true}), "sin dato") << "no row at all";
  compile(head + "máximo de las filas" + rows);
  EXPECT_EQ(result({number("10"), true}), "100");
  compile(head + "mínimo de las filas" + rows);
  EXPECT_EQ(result({number("10"), true}), "-5");
}

TEST_F(TableTest, CellsOfSeveralValuesNegationsAndRanges) {
  compile(R"(parámetro tope = 9
  tabla t(c: uno de {alta, baja, media}, x: entero): entero decide la primera fila {
    | c           | x            | => |
    | alta, baja  | [1..3[, tope | 1  |
    | no (media)  | no (5, 7)    | 2  |
    | -           | != 4         | 3  |
  })");
  EXPECT_EQ(result({std::string("alta"), Decimal(1)}), "1");
  EXPECT_EQ(result({std::string("baja"), Decimal(9)}), "1");
  EXPECT_EQ(result({std::string("baja"), Decimal(3)}), "2");
  EXPECT_EQ(result({std::string("alta"), Decimal(5)}), "3");
  EXPECT_EQ(result({std::string("media"), Decimal(1)}), "3");
  EXPECT_EQ(result({std::string("media"), Decimal(4)}), "sin dato");
}

TEST_F(TableTest, NegatedSinDatoAsksForAKnownValue) {
  compile(R"(tabla t(x: número): número decide la primera fila {
    | x             | => |
    | no (sin dato) | 1  |
    | -             | 0  |
  })");
  EXPECT_EQ(result({number("3")}), "1");
  EXPECT_EQ(result({missing}), "0");
}

TEST_F(TableTest, WhatIsMissingIsNamedByTheCallerNotByTheTable) {
  compile(R"(tabla t(x: número): número decide la primera fila {
    | x | =>    |
    | - | x + 1 |
  })");
  EXPECT_EQ(result({missing}), "sin dato");
  EXPECT_THAT(notes.missing, IsEmpty());
}

TEST_F(TableTest, FaultsOfAResultAreReported) {
  compile(R"(tabla t(x: número): número decide la primera fila {
    | x | =>    |
    | - | 1 / x |
  })");
  EXPECT_EQ(result({number("0")}), "sin dato");
  EXPECT_THAT(notes.faults, ElementsAre("división por cero"));
}

TEST_F(TableTest, TablesCallTables) {
  compile(R"(tabla t(x: número): número decide la primera fila {
    | x | =>       |
    | - | u(x) + 1 |
  }
  tabla u(x: número): número decide la primera fila {
    | x | =>    |
    | - | x * 2 |
  })");
  EXPECT_EQ(result({number("4")}), "9");
}

}  // namespace
}  // namespace cauce::rules
