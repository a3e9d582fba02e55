#include "engine/cli/table.hpp"

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using testing::ElementsAre;

std::string printed(const TextTable& table, std::size_t width) {
  std::ostringstream out;
  table.print(out, width, Style(CommandLineForTests().environment, false));
  return out.str();
}

TextTable example() {
  TextTable table({{"Región"}, {"Planes", Align::right}, {"Título"}});
  table.add({"Caribe", "108", "Plan de Asistencia Técnica"});
  table.add({"Pacífico", "7", "Informe final cuantitativo y cualitativo"});
  return table;
}

TEST(TextTable, ColumnsAreAsWideAsTheirWidestCell) {
  EXPECT_EQ(printed(example(), 0),
            "Región    Planes  Título\n"
            "Caribe       108  Plan de Asistencia Técnica\n"
            "Pacífico       7  Informe final cuantitativo y cualitativo\n");
}

TEST(TextTable, TheWidestColumnGivesWayToANarrowTerminal) {
  EXPECT_EQ(printed(example(), 40),
            "Región    Planes  Título\n"
            "Caribe       108  Plan de Asistencia\n"
            "                  Técnica\n"
            "Pacífico       7  Informe final\n"
            "                  cuantitativo y\n"
            "                  cualitativo\n");
}

TEST(TextTable, TheHeadingOfNumbersGivesWayButNoNumberDoes) {
  TextTable table({{"Plan"}, {"Mayor mora", Align::right}, {"Días hábiles", Align::right}});
  table.add({"PAT/05001/2024", "7", "123456"});
  EXPECT_EQ(printed(table, 30),
            "Plan            Mayor     Días\n"
            "                 mora  hábiles\n"
            "PAT/05001/2024      7   123456\n");
}

TEST(TextTable, WhatDoesNotFitIsPrintedRowByRow) {
  TextTable table({{"Plan"}, {"Entidad"}, {"Vencidos", Align::right}, {"Avance", Align::right}});
  table.add({"PAT/05001/2024", "Medellín", "2", "12.5"});
  table.add({"PAT/05002/2024", "", "0", ""});
  EXPECT_EQ(printed(table, 24),
            "Plan      PAT/05001/2024\n"
            "Entidad   Medellín\n"
            "Vencidos  2\n"
            "Avance    12.5\n"
            "\n"
            "Plan      PAT/05002/2024\n"
            "Entidad\n"
            "Vencidos  0\n"
            "Avance\n");
}

RC_GTEST_PROP(TextTableProperty, NoLineIsWiderThanTheTerminal, ()) {
  const auto words = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab c")));
  const auto count = *rc::gen::inRange<std::size_t>(1, 9);
  std::vector<TableColumn> columns;
  for (std::size_t i = 0; i < count; ++i)
    columns.push_back({*words, *rc::gen::element(Align::left, Align::right)});
  TextTable table(std::move(columns));
  for (int row = 0; row < 3; ++row)
    table.add(*rc::gen::container<std::vector<std::string>>(count, words));
  const auto width = *rc::gen::inRange<std::size_t>(10, 60);
  std::istringstream lines(printed(table, width));
  for (std::string line; std::getline(lines, line);)
    RC_ASSERT(width_of(line) <= width);
}

TEST(TextTable, ColumnsOfWordsGiveWayBeforeNames) {
  TextTable table({{"plan"}, {"nombre de la entidad"}, {"nombre"}, {"días_de_mora", Align::right}});
  table.add({"PAT/05004/2024", "SAN ANDRÉS DE SOTAVENTO", "pdt_diagnóstico", "95"});
  table.add({"PCCT/San Andrés/2024", "Tolú", "agenda", "7"});
  EXPECT_EQ(printed(table, 62),
            "plan                  nombre de  nombre           días_de_mora\n"
            "                      la\n"
            "                      entidad\n"
            "PAT/05004/2024        SAN        pdt_diagnóstico            95\n"
            "                      ANDRÉS DE\n"
            "                      SOTAVENTO\n"
            "PCCT/San Andrés/2024  Tolú       agenda                      7\n");
  EXPECT_EQ(printed(table, 54),
            "plan                  nombre    nombre           días_\n"
            "                      de la                        de_\n"
            "                      entidad                     mora\n"
            "PAT/05004/2024        SAN       pdt_diagnóstico     95\n"
            "                      ANDRÉS\n"
            "                      DE\n"
            "                      SOTAVENT\n"
            "                      O\n"
            "PCCT/San Andrés/2024  Tolú      agenda               7\n")
      << "then words of texts are cut";
  EXPECT_EQ(printed(table, 50),
            "plan            nombre de  nombre         días_de_\n"
            "                la                            mora\n"
            "                entidad\n"
            "PAT/05004/2024  SAN        pdt_                 95\n"
            "                ANDRÉS DE  diagnóstico\n"
            "                SOTAVENTO\n"
            "PCCT/San        Tolú       agenda                7\n"
            "Andrés/2024\n")
      << "and last of all names, where they have a space or an underscore";
}

TEST(TextTable, ATextOfNamesIsNoTextAndALongAddressIsCut) {
  TextTable table({{"plan"}, {"evidencia"}});
  table.add({"PAT/05004/2024", "https://example.org/actas/2024/febrero.pdf"});
  EXPECT_EQ(printed(table, 40),
            "plan       PAT/05004/2024\n"
            "evidencia  https://example.org/actas/202\n"
            "           4/febrero.pdf\n");
  table.add({"PAT/05031/2024", "acta firmada"});
  EXPECT_EQ(printed(table, 50),
            "plan            evidencia\n"
            "PAT/05004/2024  https://example.org/actas/2024/feb\n"
            "                rero.pdf\n"
            "PAT/05031/2024  acta firmada\n");
}

TEST(TextTable, RowByRowAHeadingGivesWayToTheNameOfAPlan) {
  TextTable table({{"nombre de la entidad"}, {"plan"}, {"vence"}, {"fecha"}});
  table.add({"San Andrés", "PCCT/San Andrés/2024", "2024-05-31", "2024-06-11"});
  EXPECT_EQ(printed(table, 30),
            "nombre    San Andrés\n"
            "de la\n"
            "entidad\n"
            "plan      PCCT/San Andrés/2024\n"
            "vence     2024-05-31\n"
            "fecha     2024-06-11\n");
}

/// A cell of some sort, with what must stay whole in it for as long as there is room: the name of a plan, or
/// every word.
struct Cell {
  std::string text;
  std::vector<std::string> whole;
};

rc::Gen<Cell> plan_cell() {
  const auto letters = rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc d")));
  return rc::gen::map(letters, [](const std::string& entity) {
    const std::string plan = "PAT/x" + entity + "x/2024";
    return Cell{plan, {plan}};
  });
}
rc::Gen<Cell> words_cell() {
  const auto word =
      rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc_1"))));
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(word), [](std::vector<std::string> words) {
    Cell cell;
    for (const std::string& one : words)
      cell.text += (cell.text.empty() ? "" : " ") + one;
    cell.whole = std::move(words);
    return cell;
  });
}

RC_GTEST_PROP(TextTableProperty, NothingIsBrokenWhereAllThatIsWholeHasRoom, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 6);
  std::vector<TableColumn> columns;
  std::vector<std::vector<Cell>> cells(3);
  std::size_t least = 2 * (count - 1);  // the gaps
  for (std::size_t i = 0; i < count; ++i) {
    columns.push_back({"Título " + std::string(i, 'o')});
    std::size_t widest = std::max<std::size_t>(6, i);
    for (auto& row : cells) {
      row.push_back(*(i % 2 == 0 ? plan_cell() : words_cell()));
      for (const std::string& whole : row.back().whole)
        widest = std::max(widest, width_of(whole));
    }
    least += widest;
  }
  TextTable table(std::move(columns));
  for (const auto& row : cells) {
    std::vector<std::string> texts;
    for (const Cell& cell : row)
      texts.push_back(cell.text);
    table.add(texts);
  }
  const std::string out = printed(table, least + *rc::gen::inRange<std::size_t>(0, 30));
  for (const auto& row : cells) {
    for (const Cell& cell : row) {
      for (const std::string& whole : cell.whole)
        RC_ASSERT(out.find(whole) != out.npos);
    }
  }
}

RC_GTEST_PROP(TextTableProperty, ThePlainNameOfAPlanIsBrokenInNoTable, ()) {
  const auto words = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab c_1")));
  const auto count = *rc::gen::inRange<std::size_t>(0, 9);
  std::vector<TableColumn> columns = {{"plan"}};
  for (std::size_t i = 0; i < count; ++i)
    columns.push_back({*words, *rc::gen::element(Align::left, Align::right)});
  TextTable table(std::move(columns));
  std::vector<std::string> row = *rc::gen::container<std::vector<std::string>>(count, words);
  row.insert(row.begin(), "PAT/05004/2024");
  table.add(row);
  const auto width = *rc::gen::inRange<std::size_t>(40, 90);
  RC_ASSERT(printed(table, width).find("PAT/05004/2024") != std::string::npos);
}

TEST(TextTable, LineEndsInCellsAreSpaces) {
  TextTable table({{"A"}, {"B"}});
  table.add({"uno\ndos", "x"});
  EXPECT_EQ(printed(table, 0), "A        B\nuno dos  x\n");
}

TEST(Wrap, BreaksAtSpacesAndLongWordsWhereItMust) {
  EXPECT_THAT(wrap("uno dos tres", 7), ElementsAre("uno dos", "tres"));
  EXPECT_THAT(wrap("áéíóúáéíóú", 4), ElementsAre("áéíó", "úáéí", "óú"));
  EXPECT_THAT(wrap("pdt_diagnóstico", 13), ElementsAre("pdt_", "diagnóstico"));
  EXPECT_THAT(wrap("el pdt_adoptado", 13), ElementsAre("el", "pdt_adoptado"));
  EXPECT_THAT(wrap("", 4), ElementsAre(""));
  EXPECT_THAT(wrap("sin límite alguno", 0), ElementsAre("sin límite alguno"));
}

RC_GTEST_PROP(Wrap, NoLineIsTooWideAndNothingButSpacesIsLost, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab c")));
  const auto width = *rc::gen::inRange<std::size_t>(1, 12);
  std::string joined;
  for (const std::string& line : wrap(text, width)) {
    RC_ASSERT(width_of(line) <= width);
    joined += line;
  }
  const auto without_spaces = [](std::string words) {
    words.erase(std::remove(words.begin(), words.end(), ' '), words.end());
    return words;
  };
  RC_ASSERT(without_spaces(joined) == without_spaces(text));
}

}  // namespace
}  // namespace cauce::engine::cli
