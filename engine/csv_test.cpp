#include "engine/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Read {
  CsvTable table;
  std::vector<std::string> errors;
};

Read read(std::string_view bytes, const CsvDialect& dialect = {}) {
  std::vector<DataError> errors;
  Read result{parse_csv("datos.csv", bytes, dialect, errors), {}};
  for (const DataError& error : errors)
    result.errors.push_back(render(error));
  return result;
}

std::vector<std::vector<std::string>> cells(const CsvTable& table) {
  std::vector<std::vector<std::string>> rows;
  for (const CsvRow& row : table.rows)
    rows.push_back(row.cells);
  return rows;
}

std::vector<std::size_t> lines(const CsvTable& table) {
  std::vector<std::size_t> numbers;
  for (const CsvRow& row : table.rows)
    numbers.push_back(row.line);
  return numbers;
}

TEST(Csv, ReadsHeadingsAndRows) {
  const Read result = read("código,nombre\n05001,Medellín\n05002,\"Abejorral, el \"\"alto\"\"\"\n");
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(result.table.headings, ElementsAre("código", "nombre"));
  EXPECT_THAT(cells(result.table),
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
  EXPECT_THAT(lines(read("a,b\n\"x\ny\",1\n\n2,3\n").table), ElementsAre(2, 4));
  EXPECT_THAT(lines(read("a,b\r\n1,2\r\n\r\n,\r\n3,4\r\n").table), ElementsAre(2, 5));
  EXPECT_THAT(lines(read("a,b\r1,2\r\r3,4").table), ElementsAre(2, 4));
}

TEST(Csv, ReadsWindows1252WhenItIsNotUtf8) {
  const Read result = read("regi\xF3n,precio\nC\xF3rdoba,5 \x80\n");
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(result.table.encoding, "windows-1252");
  EXPECT_THAT(result.table.headings, ElementsAre("región", "precio"));
  EXPECT_THAT(cells(result.table), ElementsAre(ElementsAre("Córdoba", "5 €")));
}

TEST(Csv, SkipsTheByteOrderMark) {
  const Read result = read(
      "\xEF\xBB\xBF"
      "código\n05001\n");
  EXPECT_EQ(result.table.encoding, "utf-8");
  EXPECT_THAT(result.table.headings, ElementsAre("código"));
}

TEST(Csv, RefusesWhatItCannotDecode) {
  EXPECT_THAT(read("\xFF\xFE"
                   "a\0")
                  .errors,
              ElementsAre("datos.csv: el archivo está en UTF-16\n  ayuda: guárdelo como «CSV UTF-8»"));
  EXPECT_THAT(read("a\n1\n\x81\n").errors,
              ElementsAre("datos.csv, línea 3: el texto no es UTF-8 ni Windows-1252\n"
                          "  ayuda: guarde el archivo como «CSV UTF-8»"));
  EXPECT_THAT(read("a\n\xF3\n", {{}, {}, "utf-8"}).errors,
              ElementsAre("datos.csv, línea 2: el texto no es UTF-8\n"
                          "  ayuda: quite «--codificación», o guarde el archivo como «CSV UTF-8»"));
}

TEST(Csv, LocatesQuotesThatAreWrong) {
  const std::string help =
      "\n  ayuda: encierre la celda entera entre comillas y escriba dobles (\"\") las de dentro";
  EXPECT_THAT(read("a,b\n1,2\n\"abierta,3\n4,5\n").errors,
              ElementsAre("datos.csv, línea 3: hay unas comillas que no se cierran" + help));
  EXPECT_THAT(read("a,b\n1,2\nla \"casa\",3\n").errors,
              ElementsAre("datos.csv, línea 3: hay unas comillas fuera de lugar" + help));
}

TEST(Csv, LocatesRowsLongerThanTheHeading) {
  EXPECT_THAT(read("a,b\n1,2,3\n4\n5,6,,\n").errors,
              ElementsAre("datos.csv, línea 2: la fila tiene 3 celdas y el encabezado 2\n"
                          "  ayuda: si una celda lleva el separador dentro, enciérrela entre comillas"));
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

TEST(CsvLine, MakesFormulasHarmless) {
  EXPECT_EQ(csv_line({"=1+1", "+57", "-3.5", "-x", "@a", "a=b"}), "'=1+1,+57,-3.5,'-x,'@a,a=b\r\n");
  EXPECT_EQ(csv_line({"=CMD(\"x\",1)"}), "\"'=CMD(\"\"x\"\",1)\"\r\n");
}

RC_GTEST_PROP(CsvLine, WhatIsWrittenIsReadBack, ()) {
  // Letters that the format treats in a way of its own, and some that it does not. Blanks at the ends of a
  // cell mean nothing in data, so there are none; and formulas gain an apostrophe on purpose.
  const auto cell = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab1,;\"\n.")));
  const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::container<std::vector<std::string>>(3, cell));
  std::string text = "x,y,z\n";
  for (const auto& row : rows)
    text += csv_line(row);
  const Read result = read(text);
  RC_ASSERT(result.errors.empty());
  std::vector<std::vector<std::string>> expected;
  for (const auto& row : rows) {
    if (row != std::vector<std::string>(3)) expected.push_back(row);
  }
  RC_ASSERT(cells(result.table) == expected);
}

}  // namespace
}  // namespace cauce::engine
