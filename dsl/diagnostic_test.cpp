#include "dsl/diagnostic.hpp"

#include <set>

#include <gtest/gtest.h>

namespace cauce::dsl {
namespace {

Span span_of(const SourceFile& file, std::string_view part) {
  const auto begin = static_cast<std::uint32_t>(file.text.find(part));
  return {begin, static_cast<std::uint32_t>(begin + part.size()), 0};
}

std::string shown(const std::string& text, std::string_view part) {
  const Sources sources{{"p.cauce", text}};
  return render({Code::unknown_name, span_of(sources[0], part), "mensaje"}, sources);
}

TEST(Diagnostic, TheRegisterHasEachIdOnce) {
  std::set<std::string_view> ids;
  for (const Code code : all_codes()) {
    EXPECT_TRUE(ids.insert(code_id(code)).second) << code_id(code);
    EXPECT_FALSE(code_title(code).empty());
    EXPECT_EQ(find_code(code_id(code)), code);
  }
  EXPECT_EQ(find_code("e0201"), Code::unknown_name);
  EXPECT_EQ(find_code("E9999"), std::nullopt);
  EXPECT_EQ(find_code(""), std::nullopt);
}

TEST(Diagnostic, TheFirstLetterIsTheSeverity) {
  EXPECT_EQ(severity_of(Code::invalid_utf8), Severity::error);
  EXPECT_EQ(severity_of(Code::table_gap), Severity::warning);
}

TEST(Diagnostic, RendersThePlaceAndTheHelp) {
  const Sources sources{{"focalizacion.cauce", "\n\n  califica si mdm < umbral_mdn porque \"…\"\n"}};
  const Diagnostic diagnostic{Code::unknown_name, span_of(sources[0], "umbral_mdn"),
                              "no existe un parámetro «umbral_mdn»", "¿quiso decir «umbral_mdm»?"};
  EXPECT_EQ(render(diagnostic, sources), R"(error E0201: no existe un parámetro «umbral_mdn»
 --> focalizacion.cauce:3:21
  |
3 |   califica si mdm < umbral_mdn porque "…"
  |                     ^^^^^^^^^^
  = ¿quiso decir «umbral_mdm»?
)");
}

TEST(Diagnostic, RendersRelatedPlacesWithOneMargin) {
  const Sources sources{{"a.cauce", "uno\n"}, {"b.cauce", "\n\n\n\n\n\n\n\n\n\n\ndos\n"}};
  const Diagnostic diagnostic{
      Code::declared_twice, {0, 3, 0}, "«uno» ya existe", "", {}, {{{11, 14, 1}, "se declaró aquí"}}};
  EXPECT_EQ(render(diagnostic, sources), R"(error E0202: «uno» ya existe
  --> a.cauce:1:1
   |
 1 | uno
   | ^^^
   = se declaró aquí:
  --> b.cauce:12:1
   |
12 | dos
   | ---
)");
}

TEST(Diagnostic, AWarningIsAnAviso) {
  const Sources sources{{"p.cauce", "tabla"}};
  EXPECT_EQ(render({Code::table_gap, {0, 5, 0}, "falta un caso"}, sources), R"(aviso A1003: falta un caso
 --> p.cauce:1:1
  |
1 | tabla
  | ^^^^^
)");
}

TEST(Diagnostic, TheUnderlineStandsUnderWideLettersTabsAndMarks) {
  EXPECT_EQ(shown("\taño\tmalo x", "malo"),
            "error E0201: mensaje\n --> p.cauce:1:6\n  |\n1 | \taño\tmalo x\n  | \t   \t^^^^\n");
  EXPECT_EQ(shown("a\u0301 malo", "malo"),
            "error E0201: mensaje\n --> p.cauce:1:4\n  |\n1 | a\u0301 malo\n  |   ^^^^\n");
  EXPECT_EQ(shown("漢 malo", "malo"),
            "error E0201: mensaje\n --> p.cauce:1:3\n  |\n1 | 漢 malo\n  |    ^^^^\n");
}

TEST(Diagnostic, SeveralLinesAreUnderlinedToTheEndOfTheFirst) {
  EXPECT_EQ(shown("x plan {\r\n}\r\n", "plan {\r\n}"),
            "error E0201: mensaje\n --> p.cauce:1:3\n  |\n1 | x plan {\n  |   ^^^^^^\n");
}

TEST(Diagnostic, AnEmptySpanIsOneCaret) {
  const Sources sources{{"p.cauce", "plan"}};
  EXPECT_EQ(render({Code::unexpected_text, {4, 4, 0}, "mensaje"}, sources),
            "error E0102: mensaje\n --> p.cauce:1:5\n  |\n1 | plan\n  |     ^\n");
}

TEST(Diagnostic, WhatCannotBeShownDoesNotReachTheTerminal) {
  EXPECT_EQ(shown("a\x1b[31m\xF1 malo", "malo"),
            "error E0201: mensaje\n --> p.cauce:1:9\n  |\n1 | a\uFFFD[31m\uFFFD malo\n  |         ^^^^\n");
}

TEST(Diagnostic, OfALongLineThePartAroundThePlaceIsShown) {
  const std::string text = std::string(500, 'a') + "malo" + std::string(500, 'b');
  EXPECT_EQ(shown(text, "malo"), "error E0201: mensaje\n --> p.cauce:1:501\n  |\n1 | …" +
                                     std::string(53, 'a') + "malo" + std::string(103, 'b') + "…\n  |  " +
                                     std::string(53, ' ') + "^^^^\n");
}

TEST(Diagnostic, OfALongLineNoLetterIsCut) {
  std::string text;
  for (int i = 0; i < 500; ++i)
    text += "ñ";
  const std::string shown_text = shown(text + "malo" + text, "malo" + text);
  const auto times = [](const std::string& part, int count) {
    std::string all;
    for (int i = 0; i < count; ++i)
      all += part;
    return all;
  };
  EXPECT_EQ(shown_text, "error E0201: mensaje\n --> p.cauce:1:501\n  |\n1 | …" + times("ñ", 53) + "malo" +
                            times("ñ", 103) + "…\n  |  " + std::string(53, ' ') + std::string(107, '^') +
                            "\n");
  EXPECT_EQ(shown(text + "malo", "malo"), "error E0201: mensaje\n --> p.cauce:1:501\n  |\n1 | …" +
                                              times("ñ", 53) + "malo\n  |  " + std::string(53, ' ') +
                                              "^^^^\n");
}

TEST(Diagnostic, WithoutAFileOnlyTheMessageIsShown) {
  EXPECT_EQ(render({Code::unknown_name, {0, 1, 7}, "mensaje", "ayuda"}, {}),
            "error E0201: mensaje\n  = ayuda\n");
}

TEST(Diagnostic, ColourIsAddedOnRequest) {
  const Sources sources{{"p.cauce", "x"}};
  EXPECT_EQ(render({Code::unknown_name, {0, 1, 0}, "mensaje"}, sources, true),
            "\x1b[1;31merror E0201\x1b[0m\x1b[1m: mensaje\x1b[0m\n"
            " \x1b[1;34m-->\x1b[0m p.cauce:1:1\n"
            " \x1b[1;34m |\x1b[0m\n"
            "\x1b[1;34m1 |\x1b[0m x\n"
            " \x1b[1;34m |\x1b[0m \x1b[1;31m^\x1b[0m\n");
}

TEST(Diagnostic, SortsByPlaceAndKeepsTheSameOnce) {
  Diagnostics diagnostics{{Code::wrong_type, {9, 10, 0}, "tercero"},
                          {Code::unknown_name, {1, 2, 1}, "cuarto"},
                          {Code::wrong_type, {5, 6, 0}, "segundo"},
                          {Code::unknown_name, {5, 6, 0}, "primero"},
                          {Code::wrong_type, {9, 10, 0}, "tercero"}};
  sort_diagnostics(diagnostics);
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics)
    order += diagnostic.message + " ";
  EXPECT_EQ(order, "primero segundo tercero cuarto ");
}

TEST(Diagnostic, OfVeryManyTheFirstAreShownAndAllAreCounted) {
  const Diagnostics few(3, {Code::wrong_type, {0, 1, 0}, "una"});
  EXPECT_EQ(shown(few).size(), 3U);
  const Diagnostics many(most_shown_diagnostics + 7, {Code::wrong_type, {0, 1, 0}, "una"});
  EXPECT_EQ(shown(many).size(), most_shown_diagnostics);
  const std::string json = to_json(many, {{"p.cauce", "x"}});
  EXPECT_NE(json.find("\"errors\":507"), std::string::npos);
}

TEST(Diagnostic, NorDoesItInAMessage) {
  const Sources sources{{"p.cauce", "a\x1b[31m\n"}};
  EXPECT_EQ(
      render({Code::unexpected_text, {1, 2, 0}, "dice «\x1b»", "quite «\x07»"}, sources),
      "error E0102: dice «\uFFFD»\n --> p.cauce:1:2\n  |\n1 | a\uFFFD[31m\n  |  ^\n  = quite «\uFFFD»\n");
}

TEST(Diagnostic, JsonIsForMachines) {
  const Sources sources{{"p.cauce", "año \"mál\"\n"}};
  const Diagnostics diagnostics{
      {Code::unknown_name, span_of(sources[0], "\"mál\""), "dice \"mál\"", "¿\"mal\"?", "\"mal\""},
      {Code::table_gap, {0, 4, 0}, "falta"}};
  EXPECT_EQ(
      to_json(diagnostics, sources),
      R"({"diagnostics":[{"code":"E0201","severity":"error","file":"p.cauce","line":1,"column":5,"length":5,)"
      R"("message":"dice \"mál\"","help":"¿\"mal\"?","replacement":"\"mal\""},)"
      R"({"code":"A1003","severity":"warning","file":"p.cauce","line":1,"column":1,"length":3,"message":"falta"}],)"
      R"("errors":1,"warnings":1})");
  EXPECT_EQ(to_json({}, sources), R"({"diagnostics":[],"errors":0,"warnings":0})");
}

}  // namespace
}  // namespace cauce::dsl
