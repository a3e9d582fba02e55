#include "rules/table_analysis.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/policy_fixture.hpp"

namespace cauce::rules {
namespace {

/// What the check says of the tables of `text`.
std::string said_of(const std::string& text) {
  testing::CompiledText compiled = testing::compile_text(text);
  EXPECT_EQ(compiled.said, "");
  check_tables(compiled.rules(), compiled.diagnostics);
  dsl::sort_diagnostics(compiled.diagnostics);
  return testing::said(compiled.diagnostics, compiled.sources);
}

TEST(TableAnalysis, NothingIsSaidOfACompleteTable) {
  EXPECT_EQ(said_of(R"(tabla t(mdm: número, pdet: sí o no): número decide la única fila {
    | mdm      | pdet | =>  |
    | < 40     | -    | 100 |
    | [40..60] | sí   | 80  |
    | [40..60] | no   | 50  |
    | > 60     | -    | 0   |
  })"),
            "");
}

TEST(TableAnalysis, TwoRowsThatMatchTogetherShowAnExample) {
  EXPECT_EQ(
      said_of(R"(tabla t(mdm: número, pdet: sí o no): número decide la única fila {
    | mdm      | pdet | => |
    | <= 60    | -    | 1  |
    | [40..80] | sí   | 2  |
    | > 60     | no   | 3  |
    | > 80     | sí   | 4  |
  })"),
      "E0401 [| [40..80] | sí   | 2  |] con mdm = 50 y pdet = sí corresponden dos filas de la tabla «t», y "
      "debe "
      "decidir una sola; las dos coinciden en mdm en [40..60] y pdet = sí: cambie una, o escriba «decide la "
      "primera fila» (esta es la otra fila: [| <= 60    | -    | 1  |])\n");
}

TEST(TableAnalysis, RowsMayMeetWhereAnArgumentIsMissing) {
  EXPECT_EQ(
      said_of(R"(tabla t(x: entero, p: sí o no): entero decide la única fila {
    | x             | p        | => |
    | no (sin dato) | -        | 1  |
    | sin dato      | sí       | 2  |
    | sin dato      | no       | 3  |
    | -             | sin dato | 4  |
  })"),
      "E0401 [| -             | sin dato | 4  |] con x = 0 y p sin dato corresponden dos filas de la tabla "
      "«t», y "
      "debe decidir una sola; las dos coinciden en x con dato y p sin dato: cambie una, o escriba «decide la "
      "primera fila» (esta es la otra fila: [| no (sin dato) | -        | 1  |])\n");
}

TEST(TableAnalysis, GapsAreMergedIntoReadableRegions) {
  EXPECT_EQ(said_of(R"(tabla t(mdm: número de 0 a 100, pdet: sí o no): número decide la primera fila {
    | mdm      | pdet | => |
    | < 10     | -    | 1  |
    | [10..60] | -    | 2  |
    | > 60     | sí   | 3  |
  })"),
            "A1003 [t] ninguna fila de la tabla «t» corresponde a mdm en ]60..100] y pdet = no (por ejemplo, "
            "mdm = 80 y "
            "pdet = no); agregue una fila para ese caso\n");
  EXPECT_EQ(said_of(R"(tabla t(c: uno de {alta, media, baja}, n: texto): número suma las filas {
    | c     | n   | => |
    | media | -   | 1  |
    | -     | "a" | 2  |
  })"),
            "A1003 [t] ninguna fila de la tabla «t» corresponde a c != media y n != \"a\" (por ejemplo, c = "
            "alta y n = "
            "\"otro texto\"); agregue una fila para ese caso\n");
  EXPECT_EQ(said_of(R"(tabla t(f: fecha): número suma las filas {
    | f                          | => |
    | < 2024-02-01               | 1  |
    | [2024-03-01..2024-03-31[   | 2  |
    | > 2024-12-31               | 3  |
  })"),
            "A1003 [t] ninguna fila de la tabla «t» corresponde a (f en [2024-02-01..2024-02-29] o f en "
            "[2024-03-31..2024-12-31]) (por ejemplo, f = 2024-02-15); agregue una fila para ese caso\n");
}

TEST(TableAnalysis, AGapWithoutEndAsksForTheBounds) {
  EXPECT_EQ(said_of(R"(tabla t(x: número): número decide la única fila {
    | x        | => |
    | [0..50]  | 1  |
    | ]50..99] | 2  |
  })"),
            "A1003 [t] ninguna fila de la tabla «t» corresponde a (x < 0 o x > 99) (por ejemplo, x = -1); "
            "agregue una "
            "fila para ese caso, o diga los límites del parámetro, por ejemplo «x: número de 0 a 100»\n");
}

TEST(TableAnalysis, AMissingArgumentIsNoGap) {
  EXPECT_EQ(said_of(R"(tabla t(p: sí o no): número decide la única fila {
    | p  | => |
    | sí | 1  |
    | no | 2  |
  })"),
            "");
}

TEST(TableAnalysis, MoreGapsThanAreToldAreCounted) {
  const std::string said =
      said_of(R"(tabla t(p: entero de 1 a 8, q: entero de 1 a 8): entero decide la única fila {
    | p | q      | => |
    | 1 | 1      | 1  |
    | 2 | 2      | 1  |
    | 3 | 3      | 1  |
    | 4 | 4      | 1  |
    | 5 | 5      | 1  |
    | 6 | 6      | 1  |
    | 7 | 7      | 1  |
    | 8 | [1..7] | 1  |
  })");
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 5);
  EXPECT_THAT(said, ::testing::HasSubstr(
                        "A1003 [t] ninguna fila de la tabla «t» corresponde a p = 1 y q en [2..8] (por "
                        "ejemplo, p = 1 y q = 2); agregue una fila para ese caso\n"));
  EXPECT_THAT(said, ::testing::HasSubstr("agregue una fila para ese caso; hay 3 casos más sin fila\n"));
}

TEST(TableAnalysis, ARowCoveredByThoseBeforeIsNeverReached) {
  EXPECT_EQ(said_of(R"(tabla t(x: número de 0 a 100, p: sí o no): número decide la primera fila {
    | x        | p  | => |
    | < 40     | -  | 1  |
    | -        | sí | 2  |
    | [10..30] | no | 3  |
    | -        | -  | 4  |
  })"),
            "A1007 [| [10..30] | no | 3  |] a esta fila no llega ningún dato: las filas anteriores deciden "
            "todos sus "
            "casos; póngala antes de la fila más general, o quítela\n");
}

TEST(TableAnalysis, AnUnknownRowBeforeDecidesToo) {
  // Where x is missing the first row is unknown, and decides: nothing is left to the second.
  EXPECT_EQ(said_of(R"(tabla t(x: número): número decide la primera fila {
    | x        | => |
    | < 40     | 1  |
    | sin dato | 2  |
    | -        | 3  |
  })"),
            "A1007 [| sin dato | 2  |] a esta fila no llega ningún dato: las filas anteriores deciden todos "
            "sus casos; "
            "póngala antes de la fila más general, o quítela\n");
}

TEST(TableAnalysis, ACellThatNoValueFits) {
  EXPECT_EQ(
      said_of(R"(tabla t(x: entero de 0 a 10, p: sí o no): entero suma las filas {
    | x      | p         | => |
    | -      | -         | 1  |
    | > 10   | -         | 2  |
    | ]4..5[ | -         | 3  |
    | 5      | no (sí, no, sin dato) | 4  |
  })"),
      "A1007 [| > 10   | -         | 2  |] a esta fila no llega ningún dato: ningún valor de «x» cumple su "
      "celda; "
      "revise la celda y los límites del parámetro, o quite la fila\n"
      "A1007 [| ]4..5[ | -         | 3  |] a esta fila no llega ningún dato: ningún valor de «x» cumple su "
      "celda; "
      "revise la celda y los límites del parámetro, o quite la fila\n"
      "A1007 [| 5      | no (sí, no, sin dato) | 4  |] a esta fila no llega ningún dato: ningún valor de «p» "
      "cumple su celda; revise la celda y los límites del parámetro, o quite la fila\n");
}

TEST(TableAnalysis, EachValueOfAParameterIsLookedAt) {
  const std::string text = R"(parámetro tope = 50, 60 desde 1 de julio de 2025
  tabla t(x: número de 0 a 100): número decide la única fila {
    | x      | => |
    | < tope | 1  |
    | 50     | 2  |
    | > 50   | 3  |
  })";
  EXPECT_EQ(
      said_of(text),
      "E0401 [| 50     | 2  |] con x = 50 corresponden dos filas de la tabla «t», y debe decidir una sola, "
      "desde "
      "el 1 de julio de 2025; las dos coinciden en x = 50: cambie una, o escriba «decide la primera fila» "
      "(esta "
      "es la otra fila: [| < tope | 1  |])\n"
      "E0401 [| > 50   | 3  |] con x = 55 corresponden dos filas de la tabla «t», y debe decidir una sola, "
      "desde "
      "el 1 de julio de 2025; las dos coinciden en x en ]50..60[: cambie una, o escriba «decide la primera "
      "fila» (esta es la otra fila: [| < tope | 1  |])\n");
  EXPECT_EQ(said_of(R"(parámetro tope = 50, 40 desde 1 de julio de 2025
  tabla t(x: número de 0 a 100): número decide la primera fila {
    | x       | => |
    | < tope  | 1  |
    | >= 50   | 2  |
  })"),
            "A1003 [t] ninguna fila de la tabla «t» corresponde a x en [40..50[ (por ejemplo, x = 45), desde "
            "el 1 de "
            "julio de 2025; agregue una fila para ese caso\n");
}

/// A table whose rows are each about two neighbours in a ring: what is left open falls apart into ever more boxes.
std::string ring(const std::string& name) {
  constexpr int columns = 40;
  std::string parameters;
  std::string header = "|";
  for (int i = 0; i < columns; ++i) {
    parameters += (i == 0 ? "x" : ", x") + std::to_string(i) + ": sí o no";
    header += " x" + std::to_string(i) + " |";
  }
  std::string text = "tabla " + name + "(" + parameters + "): número suma las filas {\n" + header + " => |\n";
  for (int row = 0; row < columns; ++row) {
    text += "|";
    for (int i = 0; i < columns; ++i)
      text += i == row || i == (row + 1) % columns ? " sí |" : " - |";
    text += " 1 |\n";
  }
  return text + "}\n";
}

TEST(TableAnalysis, ATableTooLargeIsGivenUpAndSaysSo) {
  const std::string said = said_of(ring("t"));
  EXPECT_EQ(said.substr(0, said.find(';')),
            "A1009 [t] la tabla «t» es demasiado grande para revisarla toda: se dejó después de 20 millones "
            "de pasos");
}

TEST(TableAnalysis, AllTablesTogetherHaveALimitToo) {
  const std::string said = said_of(ring("t") + ring("u") + ring("v"));
  EXPECT_THAT(said, ::testing::HasSubstr("la tabla «v» es demasiado grande para revisarla toda: se dejó después de "
                                       "40 millones de pasos entre todas las tablas"));
}

TEST(TableAnalysis, ArgumentsFindTheirGap) {
  const auto compiled = testing::compile_text(R"(parámetro tope = 50, 40 desde 1 de julio de 2025
  tabla t(x: número de 0 a 100, p: sí o no): número decide la primera fila {
    | x       | p  | => |
    | < tope  | -  | 1  |
    | >= 50   | sí | 2  |
  })");
  const Table& table = compiled.rules().tables.front();
  const TableGaps gaps = find_gaps(table, compiled.rules());
  ASSERT_EQ(gaps.told.size(), 2U) << "one of them on all dates";
  const auto gap_on = [&](Date date, const Value& x, const Value& p) {
    const Grid grid = make_grid(table, compiled.rules(), date);
    return gap_of(gaps, grid, {x, p}, date);
  };
  const Date before = *make_date(2025, 6, 30);
  const Date after = *make_date(2025, 7, 1);
  EXPECT_EQ(gap_on(before, Decimal(45), true), std::nullopt);
  EXPECT_NE(gap_on(after, Decimal(45), true), std::nullopt);
  EXPECT_NE(gap_on(before, Decimal(70), false), std::nullopt);
  EXPECT_EQ(gap_on(before, Decimal(70), true), std::nullopt);
  EXPECT_EQ(gap_on(after, Missing{}, true), std::nullopt);
  EXPECT_EQ(gap_on(after, Decimal(45), Missing{}), std::nullopt);
}

}  // namespace
}  // namespace cauce::rules
