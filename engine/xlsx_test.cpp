#include "engine/xlsx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/another_program_for_tests.hpp"

namespace cauce::engine {
namespace {

using rules::Decimal;
using rules::Missing;
using rules::TypeKind;
using rules::Value;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Value text(const char* words) {
  return std::string(words);
}
Value number(const char* digits) {
  return Decimal::parse(digits).value();
}
Value day(int year, int month, int of_month) {
  return rules::make_date(year, month, of_month).value();
}

class XlsxTest : public testing::Test {
 protected:
  /// What openpyxl finds in the workbook: a line for each cell, with its type and format, and what its sheet
  /// has.
  std::string read(const std::vector<Sheet>& sheets) {
    losses = {};
    Workbook workbook{"Prueba", {}, *parse_iso_instant("2024-02-07T12:00:05.250Z")};
    for (const Sheet& sheet : sheets)
      workbook.sheets.push_back(&sheet);
    write_file(folder / "libro.xlsx", to_xlsx(workbook, losses));
    return read_by_python(R"py(
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(book.properties.title)
for sheet in book.worksheets:
    print('#', sheet.title, sheet.freeze_panes, sheet.auto_filter.ref)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                print(cell.coordinate, cell.data_type, repr(cell.value), cell.number_format, 'bold' if cell.font.b else '')
)py",
                          folder / "libro.xlsx");
  }

  FolderForTests folder;
  WorkbookLosses losses;
};

TEST_F(XlsxTest, AnotherProgramReadsNumbersDaysAndTextsAsSuch) {
  const Sheet sheet{"Planes",
                    {{"plan"},
                     {"vencidos", TypeKind::integer},
                     {"avance", TypeKind::number},
                     {"vence", TypeKind::date},
                     {"a tiempo", TypeKind::truth}},
                    {{text("PAT/05001/2024"), number("12"), number("33.5"), day(2024, 2, 7), true},
                     {text("Ñoño \"x\" <y>"), number("-3"), number("0.1"), Missing(), false}}};
  EXPECT_EQ(read({sheet}),
            "Prueba\n"
            "# Planes A2 A1:E3\n"
            "A1 s 'plan' General bold\n"
            "B1 s 'vencidos' General bold\n"
            "C1 s 'avance' General bold\n"
            "D1 s 'vence' General bold\n"
            "E1 s 'a tiempo' General bold\n"
            "A2 s 'PAT/05001/2024' General \n"
            "B2 n 12 0 \n"
            "C2 n 33.5 General \n"
            "D2 d datetime.datetime(2024, 2, 7, 0, 0) yyyy-mm-dd \n"
            "E2 s 'sí' General \n"
            "A3 s 'Ñoño \"x\" <y>' General \n"
            "B3 n -3 0 \n"
            "C3 n 0.1 General \n"
            "E3 s 'no' General \n");
  EXPECT_THAT(remarks_on(losses), IsEmpty());
}

TEST_F(XlsxTest, WhatASpreadsheetCannotHoldIsTold) {
  const std::string lot(40'000, 'x');
  const Sheet sheet{"Números",
                    {{"n", TypeKind::number}},
                    {{number("123456789012345")},
                     {number("9007199254740993")},
                     {number("33.33333333333333333333333333333333")},
                     {number("1000000000000000000000")},
                     {lot}}};
  const std::string seen = read({sheet});
  EXPECT_THAT(seen, HasSubstr("A2 n 123456789012345 0"));
  EXPECT_THAT(seen, HasSubstr("A3 s '9007199254740993'"));
  EXPECT_THAT(seen, HasSubstr("A4 n 33.3333333333333"));
  EXPECT_THAT(seen, HasSubstr("A5 n 1e+21 0"));
  EXPECT_THAT(seen, HasSubstr("A6 s '" + lot.substr(0, spreadsheet_letters) + "' General"));
  EXPECT_THAT(
      remarks_on(losses),
      ElementsAre(
          "1 número va con 15 cifras, las que guarda una hoja de cálculo; en --csv y --json están todas",
          "1 número va como texto: con más de 15 cifras, una hoja de cálculo lo cambiaría",
          "1 texto va cortado: una celda guarda 32767 letras"));
}

TEST_F(XlsxTest, NothingInTheDataIsRunAsAFormula) {
  const Sheet sheet{
      "x",
      {{"=A1"}},
      {{text("=1+1")}, {text("'+57 300")}, {text("-5")}, {text("@SUM(A1)")}, {text("http://example.org")}}};
  const std::string seen = read({sheet});
  EXPECT_EQ(seen,
            "Prueba\n"
            "# x A2 A1:A6\n"
            "A1 s '=A1' General bold\n"
            "A2 s '=1+1' @ \n"
            "A3 s \"'+57 300\" General \n"
            "A4 s '-5' @ \n"
            "A5 s '@SUM(A1)' @ \n"
            "A6 s 'http://example.org' General \n")
      << "cells are texts, as they were given, and stay so when somebody edits them";
}

TEST_F(XlsxTest, ALetterThatNoSpreadsheetHasSpoilsNoFile) {
  std::string far(2 * spreadsheet_letters, ' ');  // letters of four bytes and two units
  for (std::size_t i = 0; i < far.size(); i += 4)
    far.replace(i, 4, "\U0001F600");
  const std::string told =
      read({{"S", {{"t"}}, {{Value(std::string("a\uFFFFb\uFFFEc"))}, {Value(far + far)}}}});
  EXPECT_THAT(told, HasSubstr("'a\uFFFDb\uFFFDc'"));
  EXPECT_EQ(losses.cut, 1U);
}

TEST_F(XlsxTest, SheetsHaveNamesThatASpreadsheetTakes) {
  const std::string seen = read({{"Por región / enlace: [todo]"},
                                 {"Un título que es bastante más largo que lo que cabe"},
                                 {"Un título que es bastante más largo de lo que cabe"},
                                 {""}});
  EXPECT_THAT(seen, HasSubstr("# Por región   enlace   todo A2"));
  EXPECT_THAT(seen, HasSubstr("# Un título que es bastante más l A2"));
  EXPECT_THAT(seen, HasSubstr("# Un título que es bastante más 2 A2"));
  EXPECT_THAT(seen, HasSubstr("# Hoja A2"));
}

TEST_F(XlsxTest, MoreRowsThanASpreadsheetTakesAreRefused) {
  Sheet sheet{"x", {{"a"}}};
  sheet.rows.assign(spreadsheet_rows, {});
  EXPECT_THROW(read({sheet}), FileUnusable);
}

TEST(Sheet, IsWrittenAsCsv) {
  const Sheet sheet{"x", {{"a"}, {"b,c"}}, {{text("=1"), Missing()}, {number("0.30"), true}}};
  EXPECT_EQ(to_csv(sheet), "a,\"b,c\"\r\n'=1,\r\n0.3,sí\r\n");
}

TEST(Sheet, NoTwoHeadingsAreAlike) {
  EXPECT_THAT(distinct_headings({"x", {{"a"}, {"a"}, {"a 2"}, {"a"}, {"b"}}}),
              ElementsAre("a", "a 3", "a 2", "a 4", "b"));
}

}  // namespace
}  // namespace cauce::engine
