#include "engine/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Cells = std::vector<std::vector<std::string>>;

struct Read {
  CsvTable table;
  Cells cells = {};
  std::vector<std::size_t> lines = {};
  std::vector<std::string> errors = {};
};

Read read(std::string_view bytes, const CsvDialect& dialect = {}) {
  DataErrors errors;
  Read result{parse_csv("datos.csv", std::string(bytes), dialect, errors)};
  if (errors.empty()) {
    result.table.each_row(errors, [&](const CsvRow& row) {
      result.cells.emplace_back(row.cells.begin(), row.cells.end());
      result.lines.push_back(row.line);
    });
  }
  for (const DataError& error : errors)
    result.errors.push_back(render(error));
  return result;
}

TEST(Csv, ReadsHeadingsAndRows) {
  const Read result = read("código,nombre\n05001,Medellín\n05002,\"Abejorral, el \"\"alto\"\"\"\n");
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(result.table.headings, ElementsAre("código", "nombre"));
  EXPECT_THAT(result.cells,
              ElementsAre(ElementsAre("05001", "Medellín"), ElementsAre("05002", "Abejorral, el \"alto\"")));
}

TEST(Csv, DetectsTheSeparatorOfTheFirstLineOutsideQuotes) {
  EXPECT_EQ(read("a,b\n1;2,3\n").table.separator, ',');
  EXPECT_EQ(read("a;\"b,c,d,e\";f\n1;2;3\n").table.separator, ';');
  EXPECT_EQ(read("a\tb\n1,2\t3\n").table.separator, '\t');
  EXPECT_EQ(read("región\nCaribe\n").table.separator, ',');
  EXPECT_EQ(read("a,b;c\n", {';', {}, {}}).table.separator, ';');
}

TEST(Csv, CountsLinesAsASpreadsheetDoes) {
  // A row with a line end in a cell is one row; blank rows count and are left out; every line end counts
  // once.
  EXPECT_THAT(read("a,b\n\"x\ny\",1\n\n2,3\n").lines, ElementsAre(2, 4));
  EXPECT_THAT(read("a,b\r\n1,2\r\n\r\n,\r\n3,4\r\n").lines, ElementsAre(2, 5));
  EXPECT_THAT(read("a,b\r1,2\r\r3,4").lines, ElementsAre(2, 4));
}

TEST(Csv, ReadsWindows1252WhenItIsNotUtf8) {
  const Read result = read("regi\xF3n,precio\nC\xF3rdoba,5 \x80\n");
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(result.table.encoding, "windows-1252");
  EXPECT_THAT(result.table.headings, ElementsAre("región", "precio"));
  EXPECT_THAT(result.cells, ElementsAre(ElementsAre("Córdoba", "5 €")));
}

TEST(Csv, SkipsTheByteOrderMark) {
  const Read result = read(
      "\xEF\xBB\xBF"
      "código\n05001\n");
  EXPECT_EQ(result.table.encoding, "utf-8");
  EXPECT_THAT(result.table.headings, ElementsAre("código"));
  EXPECT_THAT(read("\xEF\xBB\xBF"
                   "código\nÑ\n",
                   {{}, {}, "windows-1252"})
                  .cells,
              ElementsAre(ElementsAre("Ñ")))
      << "the option was that of another file";
}

TEST(Csv, RefusesWhatItCannotDecode) {
  EXPECT_THAT(
      read("a\n1\n\x81\n").errors,
      ElementsAre("datos.csv, línea 3, columna «a»: «\uFFFD»: tiene letras que no están en UTF-8 ni en "
                  "Windows-1252\n  ayuda: guarde el archivo como «CSV UTF-8»"));
  EXPECT_THAT(read("a\n\xF3\n", {{}, {}, "utf-8"}).errors,
              ElementsAre("datos.csv, línea 2, columna «a»: «ó»: tiene letras que no están en UTF-8\n"
                          "  ayuda: quite «--codificación», o guarde el archivo como «CSV UTF-8»"));
}

TEST(Csv, AFewBytesDoNotMakeAFileOfUtf8OneOfWindows1252) {
  const std::string help = "\n  ayuda: el resto del archivo sí lo está: escriba otra vez la celda";
  EXPECT_THAT(
      read("código,nombre\n1,Medell\xEDn\n2,\"Ita\ng\xFC\xED\"\n3,Bogotá\n4,Cáceres\n").errors,
      ElementsAre(
          "datos.csv, línea 2, columna «nombre»: «Medellín»: tiene letras que no están en UTF-8" + help,
          "datos.csv, línea 3, columna «nombre»: «Ita güí»: tiene letras que no están en UTF-8" + help));
  EXPECT_THAT(read("\xEF\xBB\xBF"
                   "a\n\xF3\n")
                  .errors,
              ElementsAre("datos.csv, línea 2, columna «a»: «ó»: tiene letras que no están en UTF-8" + help))
      << "the mark says what was meant";
  const Read windows = read(
      "a\n\xAB"
      "AQU\xCD\xBB\nC\xF3rdoba\n");  // Í» would be a Greek letter of UTF-8
  EXPECT_THAT(windows.errors, IsEmpty());
  EXPECT_THAT(windows.cells, ElementsAre(ElementsAre("«AQUÍ»"), ElementsAre("Córdoba")));
}

TEST(Csv, TheFirstLineMayNameTheSeparator) {
  for (const char* line : {"sep=;\r\n", "SEP=;\n", "\"sep=;\"\n", "\xEF\xBB\xBFsep=;\n"}) {
    const Read result = read(std::string(line) + "a,x;b\n1;2\n");
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_THAT(result.table.headings, ElementsAre("a,x", "b")) << line;
    EXPECT_THAT(result.lines, ElementsAre(2)) << "spreadsheets do not show that line";
  }
}

TEST(Csv, KnowsWhatIsNoCsv) {
  using namespace std::string_view_literals;
  const std::string help = "\n  ayuda: ábralo en la hoja de cálculo y guárdelo como «CSV UTF-8»";
  EXPECT_THAT(read("\xFF\xFE"
                   "a\0"sv)
                  .errors,
              ElementsAre("datos.csv: el archivo está en UTF-16" + help));
  EXPECT_THAT(read("a\0,\0b\0"sv).errors, ElementsAre("datos.csv: el archivo está en UTF-16" + help));
  EXPECT_THAT(read("PK\x03\x04zip").errors,
              ElementsAre("datos.csv: es un libro de hoja de cálculo, no un CSV" + help));
  EXPECT_THAT(read("%PDF-1.7\n").errors, ElementsAre("datos.csv: es un documento PDF, no un CSV" + help));
  EXPECT_THAT(read("<!DOCTYPE html>\n").errors,
              ElementsAre("datos.csv: es una página web, no un CSV" + help));
  EXPECT_THAT(read("GIF89a\0\1\2"sv).errors, ElementsAre("datos.csv: no es un archivo de texto" + help));
  EXPECT_TRUE(read("a,b\n1,2\n3,x\0\n"sv).table.may_be_unsound) << "who reads the cells says which";
}

TEST(Csv, LocatesQuotesThatAreWrongAndReadsOn) {
  const std::string help =
      "\n  ayuda: encierre la celda entera entre comillas y escriba dobles (\"\") las de dentro";
  const Read open = read("a,b\n1,2\n\"abierta,3\n4,5\n6,7,8\n");
  EXPECT_THAT(open.errors,
              ElementsAre("datos.csv, línea 3: hay unas comillas que no se cierran" + help,
                          "datos.csv, línea 5: la fila tiene 3 celdas y el encabezado 2\n"
                          "  ayuda: si una celda lleva el separador dentro, enciérrela entre comillas"));
  EXPECT_THAT(open.cells, ElementsAre(ElementsAre("1", "2"), ElementsAre("4", "5")));
  const Read misplaced = read("a,b\n1,2\nla \"casa\",3\n\"x\"y,4\n5,6\n");
  EXPECT_THAT(misplaced.errors, ElementsAre("datos.csv, línea 3: hay unas comillas fuera de lugar" + help,
                                            "datos.csv, línea 4: hay unas comillas fuera de lugar" + help));
  EXPECT_THAT(misplaced.lines, ElementsAre(2, 5));
  const Read swallowing = read("a,b\n1,\"x\n2,\"y\"\n3,4,5\n");
  EXPECT_THAT(swallowing.errors,
              ElementsAre("datos.csv, línea 2: hay unas comillas que no se cierran" + help,
                          "datos.csv, línea 4: la fila tiene 3 celdas y el encabezado 2\n"
                          "  ayuda: si una celda lleva el separador dentro, enciérrela entre "
                          "comillas"))
      << "what opens the next cell closes none";
  EXPECT_THAT(swallowing.cells, ElementsAre(ElementsAre("2", "y")));
  EXPECT_THAT(read("a,\"b\n1,2\n").errors,
              ElementsAre("datos.csv, línea 1: hay unas comillas que no se cierran" + help));
}

TEST(Csv, LocatesRowsOfAnotherWidthThanTheHeading) {
  const Read result = read("a,b\n1,2,3\n4\n5,6,,\n\n");
  EXPECT_THAT(
      result.errors,
      ElementsAre(
          "datos.csv, línea 2: la fila tiene 3 celdas y el encabezado 2\n"
          "  ayuda: si una celda lleva el separador dentro, enciérrela entre comillas",
          "datos.csv, línea 3: la fila tiene 1 celda y el encabezado 2\n"
          "  ayuda: a la fila le falta algo: complétela; una celda sin dato lleva también su separador"));
  EXPECT_THAT(result.lines, ElementsAre(4)) << "empty columns at the end are nothing, nor are empty lines";
}

TEST(Csv, SaysWhereTheHeadingComesAgain) {
  const Read result = read("código,nombre\n05001,Medellín\ncódigo,nombre\n05002,Abejorral\n");
  EXPECT_THAT(result.errors,
              ElementsAre("datos.csv, línea 3: la fila repite el encabezado\n  ayuda: bórrela"));
  EXPECT_THAT(result.lines, ElementsAre(2, 4));
}

TEST(Csv, BlanksAroundACellMeanNothing) {
  EXPECT_THAT(read("a, b ,c\n 1 , \"x, y\" ,2\n").cells, ElementsAre(ElementsAre("1", "x, y", "2")));
  EXPECT_THAT(read("a\tb\n1\t \n").cells, ElementsAre(ElementsAre("1", ""))) << "a tab separates";
}

TEST(Csv, EmptyColumnsOfTheHeadingAreNoColumns) {
  EXPECT_THAT(read("a,b,,\n1,2,,\n").table.headings, ElementsAre("a", "b"));
}

TEST(DataErrors, KeepTheFirstAndCountAll) {
  DataErrors errors;
  for (std::size_t line = 1; line <= DataErrors::most_kept + 7; ++line)
    errors.push_back({"datos.csv", line, {}, "mal", {}});
  EXPECT_EQ(errors.size(), DataErrors::most_kept + 7);
  EXPECT_EQ(errors.left_out(), 7U);
  EXPECT_EQ(std::distance(errors.begin(), errors.end()), static_cast<long>(DataErrors::most_kept));
  EXPECT_EQ(errors.front().line, 1U);
  DataErrors others;
  others.push_back({"datos.csv", 1, {}, "mal", {}});
  others.leave_out(errors.left_out());
  EXPECT_EQ(others.size(), 8U);
  EXPECT_EQ(others.left_out(), 7U);
}

TEST(Csv, AnEmptyFileIsAnError) {
  EXPECT_THAT(read("").errors,
              ElementsAre("datos.csv: el archivo está vacío\n  ayuda: escriba al menos el encabezado"));
  EXPECT_THAT(read("\n\n").errors,
              ElementsAre("datos.csv: el archivo está vacío\n  ayuda: escriba al menos el encabezado"));
}

TEST(CsvLine, QuotesWhatMustBeQuoted) {
  EXPECT_EQ(csv_line({"a", "b,c", "di \"no\"", "x\ny", ""}), "a,\"b,c\",\"di \"\"no\"\"\",\"x\ny\",\r\n");
}

TEST(CsvLine, ACellMadeBeforehandIsWhatTheWriterMakes) {
  const std::vector<std::string> cells = {"sí", "a,b", "dos\nlíneas", "con \"comillas\"", "=1+1", "", "-3.5"};
  CsvWriter writer;
  for (const std::string& cell : cells)
    writer.written_cell(csv_cell(cell));
  writer.end_row();
  EXPECT_EQ(writer.text(), csv_line(cells));
}

TEST(CsvLine, MakesFormulasHarmless) {
  EXPECT_EQ(csv_line({"=1+1", "+57", "-3.5", "-x", "@a", "a=b"}), "'=1+1,+57,-3.5,'-x,'@a,a=b\r\n");
  EXPECT_EQ(csv_line({"=CMD(\"x\",1)"}), "\"'=CMD(\"\"x\"\",1)\"\r\n");
}

RC_GTEST_PROP(CsvLine, WhatIsWrittenIsReadBack, ()) {
  // Letters that the format treats in a way of its own, and some that it does not. Blanks at the ends of a
  // cell mean nothing in data, so there are none; and formulas gain an apostrophe on purpose.
  const auto cell = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab1,;\"\n.")));
  const auto rows = *rc::gen::container<Cells>(rc::gen::container<std::vector<std::string>>(3, cell));
  std::string text = "x,y,z\n";
  for (const auto& row : rows)
    text += csv_line(row);
  const Read result = read(text);
  RC_ASSERT(result.errors.empty());
  Cells expected;
  for (const auto& row : rows) {
    if (row != std::vector<std::string>(3)) expected.push_back(row);
  }
  RC_ASSERT(result.cells == expected);
}

}  // namespace
}  // namespace cauce::engine
