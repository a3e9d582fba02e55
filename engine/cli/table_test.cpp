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

TEST(TextTable, LineEndsInCellsAreSpaces) {
  TextTable table({{"A"}, {"B"}});
  table.add({"uno\ndos", "x"});
  EXPECT_EQ(printed(table, 0), "A        B\nuno dos  x\n");
}

TEST(Wrap, BreaksAtSpacesAndLongWordsWhereItMust) {
  EXPECT_THAT(wrap("uno dos tres", 7), ElementsAre("uno dos", "tres"));
  EXPECT_THAT(wrap("áéíóúáéíóú", 4), ElementsAre("áéíó", "úáéí", "óú"));
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
