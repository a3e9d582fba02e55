#include "dsl/format.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dsl/format_for_tests.hpp"
#include "dsl/parse_for_tests.hpp"

namespace cauce::dsl {
namespace {

/// The canonical form of `text`, which must keep the formatter's promises.
std::string canonical(const std::string& text) {
  EXPECT_EQ(mistakes_in(text), "");
  EXPECT_EQ(broken_promise(text), "");
  return formatted(text);
}

/// That of one clause of a focalización.
std::string canonical_clause(const std::string& clause) {
  const std::string begin = "focalización f de m {\n";
  const std::string text = canonical(begin + clause + "\n}\n");
  return text.substr(begin.size(), text.size() - begin.size() - 2);
}

// --- Files

TEST(Format, AFileEndsWithOneLineEnd) {
  EXPECT_EQ(canonical(""), "");
  EXPECT_EQ(canonical("\n \n\n"), "");
  EXPECT_EQ(canonical("# solo\n\n\n# comentarios"), "# solo\n\n# comentarios\n");
  EXPECT_EQ(canonical("fuente w \"b\""), "fuente w \"b\"\n");
  EXPECT_EQ(canonical("\n\nfuente w \"b\"\n\n\n# fin\n\n\n"), "fuente w \"b\"\n\n# fin\n");
}

TEST(Format, MarkAndWindowsLineEndsGo) {
  EXPECT_EQ(canonical("\xEF\xBB\xBF# uno \t\r\nfuente w \"b\"\r\n\r\n\r\nfuente c \"d\" # dos\r\n"),
            "# uno\nfuente w \"b\"\n\nfuente c \"d\"  # dos\n");
}

TEST(Format, AFileWithMistakesStaysAndHidesNoOther) {
  const Sources sources{{"a.cauce", "fuente A_b \"x\"\n"},
                        {"b.cauce", "fuente\n"},
                        {"c.cauce", "parametro p = 1 segun a_B"},
                        {"d.cauce", "prueba \"x\" { espera entregado(w, 1) }\nalertas w a las 25:00 {}\n"}};
  Diagnostics diagnostics;
  const auto texts = format(sources, diagnostics);
  EXPECT_THAT(texts, testing::ElementsAre("fuente A_b \"x\"\n", std::nullopt, "parámetro p = 1 según A_b\n",
                                          std::nullopt));
  ASSERT_EQ(diagnostics.size(), 2U);
  EXPECT_EQ(diagnostics[0].span.file, 1);
  EXPECT_EQ(diagnostics[1].code, Code::out_of_range);
}

TEST(Format, AFormThatCouldNotBeReadAgainIsNotGiven) {
  // Every row becomes twenty times as long. A table has few enough of them to be read.
  const std::string wide = "\"" + std::string(58, 'x') + "\"";
  std::string text;
  for (const char* name : {"t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9"}) {
    text.append("tabla ").append(name).append("(x: número): número suma las filas {\n|x|=>|\n|");
    text.append(wide).append("|").append(wide).append("|\n");
    for (int row = 0; row < 9'500; ++row)
      text += "|1|1|\n";
    text += "}\n";
  }
  Diagnostics diagnostics;
  const auto texts = format({{"t.cauce", text}}, diagnostics);
  EXPECT_EQ(texts.front(), std::nullopt);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics.front().code, Code::file_too_large);
}

// --- Blank lines and comments

TEST(Format, BlankLinesBetweenClausesStayAsOne) {
  EXPECT_EQ(
      canonical(
          "fuente w \"b\"\nfuente c \"d\"\n\n\n\nprograma p {\n\n\n zona \"z\"\n\n\n calendario c\n\n}"),
      "fuente w \"b\"\nfuente c \"d\"\n\nprograma p {\n  zona \"z\"\n\n  calendario c\n}\n");
}

TEST(Format, CommentsMoveWithTheirClauses) {
  EXPECT_EQ(canonical("programa p { # el bloque\n"
                      "  # del calendario\n\n"
                      "  # y otra línea\n"
                      "  calendario c # al lado\n"
                      "  # de la vigencia\n"
                      "  vigencia 2024\n\n"
                      "  # al final\n"
                      "} # después\n"),
            "programa p {  # el bloque\n"
            "  # de la vigencia\n"
            "  vigencia 2024\n"
            "  # del calendario\n\n"
            "  # y otra línea\n"
            "  calendario c  # al lado\n\n"
            "  # al final\n"
            "}  # después\n");
}

TEST(Format, CommentsInsideAClauseStayBetweenTheirWords) {
  EXPECT_EQ(canonical_clause("excluye # uno\nsi # dos\n# tres\nw\n\n# cuatro\no b # cinco"),
            "  excluye  # uno\n"
            "    si  # dos\n"
            "    # tres\n"
            "    w\n"
            "    # cuatro\n"
            "    o b  # cinco\n");
  EXPECT_EQ(canonical_clause("cupo por r { # uno\n w: 1, # dos\n # tres\n b: 2 # cuatro\n # cinco\n}"),
            "  cupo por r {  # uno\n"
            "    w: 1,  # dos\n"
            "    # tres\n"
            "    b: 2  # cuatro\n"
            "  # cinco\n"
            "  }\n");
}

TEST(Format, CommentsBetweenRows) {
  EXPECT_EQ(canonical("tabla t(x: número): número suma las filas { # w\n# b\n|x|=>|# c\n# d\n\n|1|22|\n|-|3| "
                      "# e\n# f\n}"),
            "tabla t(x: número): número suma las filas {  # w\n"
            "  # b\n"
            "  | x | => |  # c\n"
            "  # d\n\n"
            "  | 1 | 22 |\n"
            "  | - | 3  |  # e\n"
            "  # f\n"
            "}\n");
}

TEST(Format, ACommentKeepsAnArticleApart) {
  EXPECT_EQ(canonical_clause("mínimo 3 por # uno\n el # dos\n departamento"),
            "  mínimo 3 por  # uno\n    el  # dos\n    departamento\n");
  EXPECT_EQ(canonical("prueba \"x\" de # uno\n el f {}"), "prueba \"x\" de  # uno\n  el f {}\n");
  EXPECT_EQ(canonical("prueba \"x\" de el # uno\n f {}"), "prueba \"x\" del  # uno\n  f {}\n");
}

// --- Lines

TEST(Format, AReasonGoesToItsOwnLineWhereNotAllFits) {
  const std::string reason = "porque \"" + std::string(90, 'x') + "\"";
  EXPECT_EQ(canonical_clause("excluye si w " + reason), "  excluye si w " + reason + "\n");
  EXPECT_EQ(canonical_clause("excluye si una_condición " + reason),
            "  excluye si una_condición\n    " + reason + "\n");
  EXPECT_EQ(canonical_clause("excluye si w\nporque \"x\""), "  excluye si w\n    porque \"x\"\n")
      << "where its author put it on a line of its own, it stays there";
}

TEST(Format, LongConditionsHaveALineEach) {
  const std::string name(30, 'n');
  EXPECT_EQ(canonical_clause("requiere " + name + " > 1 y (" + name + " < 2 o " + name + " < 3 o " + name +
                             " < 4) y w"),
            "  requiere " + name + " > 1\n    y (" + name + " < 2 o " + name + " < 3 o " + name +
                " < 4)\n    y w\n");
}

TEST(Format, AValueGoesToItsOwnLineWhole) {
  const std::string name(40, 'n');
  EXPECT_EQ(canonical_clause("puntaje p = " + name + " * " + name + " * " + name),
            "  puntaje p =\n    " + name + " * " + name + "\n    * " + name + "\n");
  EXPECT_EQ(
      canonical_clause("puntaje p \"" + std::string(40, 't') + "\" = si_falta(" + name + ", " + name + ")"),
      "  puntaje p \"" + std::string(40, 't') + "\" =\n    si_falta(" + name + ", " + name + ")\n");
}

TEST(Format, ABlockOfOneClauseStaysOnTheLineOfItsAuthor) {
  EXPECT_EQ(canonical("rol r por e {carga máxima 1}"), "rol r por e { carga máxima 1 }\n");
  EXPECT_EQ(canonical("rol r por e {\ncarga máxima 1}"), "rol r por e {\n  carga máxima 1\n}\n");
  EXPECT_EQ(canonical("rol r por e { carga máxima 1 administra planes }"),
            "rol r por e {\n  carga máxima 1\n  administra planes\n}\n");
  EXPECT_EQ(canonical("rol r por e {\n\n}"), "rol r por e {}\n");
  const std::string names = "administra " + std::string(100, 'x');
  EXPECT_EQ(canonical("rol r por e { " + names + " }"), "rol r por e {\n  " + names + "\n}\n");
}

TEST(Format, BarsStandBelowOneAnotherByWhatIsSeen) {
  EXPECT_EQ(canonical("tabla t(n\u0303: texto): texto suma las filas "
                      "{\n|n\u0303|=>|\n|\"日本\"|\"w\"|\n|\"abcd\"|\"ñ\"|\n}"),
            "tabla t(n\u0303: texto): texto suma las filas {\n"
            "  | n\u0303      | =>  |\n"
            "  | \"日本\" | \"w\" |\n"
            "  | \"abcd\" | \"ñ\" |\n}\n");
}

TEST(Format, AVeryWideCellMovesNoOther) {
  const std::string wide = "\"" + std::string(70, 'x') + "\"";
  EXPECT_EQ(canonical("tabla t(w: texto): texto suma las filas {\n|w|=>|\n|" + wide + "|1|\n|\"b\"|2|\n}"),
            "tabla t(w: texto): texto suma las filas {\n  | w   | => |\n  | " + wide +
                " | 1  |\n  | \"b\" | 2  |\n}\n");
}

// --- Words and literals

TEST(Format, NumbersAreGroupedByThreesWhereTheirAuthorGroupedThem) {
  EXPECT_EQ(canonical_clause("cupo 1_0000"), "  cupo 10_000\n");
  EXPECT_EQ(canonical_clause("cupo 10000"), "  cupo 10000\n");
  EXPECT_EQ(canonical_clause("cupo 00_1"), "  cupo 1\n");
  EXPECT_EQ(canonical_clause("cupo 0"), "  cupo 0\n");
  EXPECT_EQ(canonical_clause("requiere w > 1_0_0_0.50 o w = 10_00% o w > 1_0.5_00"),
            "  requiere w > 1_000.50 o w = 1_000% o w > 10.5_00\n");
}

TEST(Format, DatesHaveOneForm) {
  EXPECT_EQ(canonical_clause("requiere w > 01 de Setiembre del 2024 o w > primero de enero o w > 2024-01-01"),
            "  requiere w > 1 de septiembre de 2024 o w > 1 de enero o w > 2024-01-01\n");
  EXPECT_EQ(canonical_clause("requiere w > 0 de enero o w > 10 de enero del AÑO siguiente o w > 1° de mayo"),
            "  requiere w > 0 de enero o w > 10 de enero del año siguiente o w > 1 de mayo\n");
}

TEST(Format, TextsStayWhatTheyAre) {
  EXPECT_EQ(canonical(R"(fuente w "\"b\" \\ \n ñ	tab")"), "fuente w \"\\\"b\\\" \\\\ \\n ñ\ttab\"\n");
}

TEST(Format, SignsHaveOneForm) {
  EXPECT_EQ(canonical_clause("requiere w≠1 y b≤2 y c≥3 y d × 2 ÷ 3 – −1>0 y e en (1 .. 2)"),
            "  requiere w != 1 y b <= 2 y c >= 3 y d * 2 / 3 - -1 > 0 y e en ]1..2[\n");
  EXPECT_EQ(canonical_clause("requiere - - w . b = -( c )"), "  requiere --w.b = -(c)\n");
}

TEST(Format, TruthValuesAndConditionsAreToldApart) {
  EXPECT_EQ(canonical_clause("requiere SI w ENTONCES (si) SI NO NO"),
            "  requiere si w entonces (sí) si no no\n");
  EXPECT_EQ(canonical_clause("requiere no no w = si y b = No"), "  requiere no no w = sí y b = no\n");
}

TEST(Format, WordsAgreeWithWhatTheyStandBeside) {
  EXPECT_EQ(canonical("alertas w a la 2:00 {\n1 días hábiles antes avisa a b\n2 día hábil después y cada 1 "
                      "hasta 1 veces avisa a b\n}"),
            "alertas w a las 2:00 {\n  1 día hábil antes avisa a b\n"
            "  2 días hábiles después y cada 1 hasta 1 vez avisa a b\n}\n");
  EXPECT_EQ(canonical("alertas w a las 01:05 {}"), "alertas w a la 1:05 {}\n");
  EXPECT_EQ(canonical("plan p por m {\nsuspenden w\ncancela w, b\n}"),
            "plan p por m {\n  suspende w\n  cancelan w, b\n}\n");
  EXPECT_EQ(canonical_clause("cupo por r { cada uno de las otras: 1, las otros juntos: 2 }"),
            "  cupo por r { cada uno de los otros: 1, las otras juntas: 2 }\n");
}

TEST(Format, ArticlesJoinTheirPreposition) {
  EXPECT_EQ(canonical("prueba \"x\" de el f al el 1 de marzo {}"), "prueba \"x\" del f al 1 de marzo {}\n");
  EXPECT_EQ(canonical("prueba \"x\" del la f {}"), "prueba \"x\" de la f {}\n");
  EXPECT_EQ(canonical("prueba \"x\" de el {}"), "prueba \"x\" de el {}\n") << "a name, if nothing follows it";
}

TEST(Format, AfterThePeriodIsNotAfterWhatIsCalledPeriod) {
  const auto due = [](const std::string& deadline) {
    const std::string text =
        canonical("plan p por m { hito h { vence 1 días hábiles después " + deadline + " } }");
    const std::size_t begin = text.find("después ") + std::string("después ").size();
    return text.substr(begin, text.find(" }", begin) - begin);
  };
  EXPECT_EQ(due("DEL PERIODO"), "del periodo");
  EXPECT_EQ(due("de el periodo"), "de el periodo");
  EXPECT_EQ(due("del el periodo"), "de el periodo");
  EXPECT_EQ(due("de periodo"), "de periodo");
  EXPECT_EQ(due("de el hito"), "del hito");
}

// --- Names

TEST(Format, NamesAreSpelledAsAnyFileDeclaresThem) {
  const Sources sources{{"a.cauce", "parámetro p = 1 segun CONPES\nrol ROL por NACION bajo jefe\n"},
                        {"b.cauce", "fuente ConPes \"x\"\nrol Jefe por nación\nparámetro Rol = P\n"}};
  Diagnostics diagnostics;
  EXPECT_THAT(format(sources, diagnostics),
              testing::ElementsAre("parámetro p = 1 según ConPes\nrol ROL por nación bajo Jefe\n",
                                   "fuente ConPes \"x\"\nrol Jefe por nación\nparámetro Rol = p\n"));
}

TEST(Format, NamesThatCouldBeTwoThingsStay) {
  EXPECT_EQ(
      canonical(
          "parámetro Año_base = 1\nparámetro b = AÑO_BASE\nparámetro año_Base = 1\nparámetro c = nada\n"),
      "parámetro Año_base = 1\nparámetro b = AÑO_BASE\nparámetro año_Base = 1\nparámetro c = nada\n");
}

TEST(Format, TheNearestDeclarationSpellsAName) {
  const std::string entities =
      "entidad e {\n  campo Valor: número\n}\nentidad otra {\n  campo VALOR: número\n}\n";
  EXPECT_EQ(canonical(entities + "focalización f de E {\n  requiere valor > 0\n}\n"),
            entities + "focalización f de e {\n  requiere Valor > 0\n}\n");
  EXPECT_EQ(
      canonical(entities +
                "tabla t(valor: número): número suma las filas {\n  | VALOR | => |\n  | 1 | Valor |\n}\n"),
      entities +
          "tabla t(valor: número): número suma las filas {\n  | valor | =>    |\n  | 1     | valor |\n}\n");
}

// --- Sizes

TEST(Format, TwoHundredLevels) {
  const std::string text =
      canonical_clause("requiere " + std::string(200, '(') + "x" + std::string(200, ')') + " > 0");
  EXPECT_EQ(text, "  requiere " + std::string(200, '(') + "x" + std::string(200, ')') + " > 0\n");
  std::string negated = "requiere ";
  for (int i = 0; i < 199; ++i)
    negated += "no ";
  EXPECT_EQ(canonical_clause(negated + "x"), "  " + negated + "x\n");
}

TEST(Format, ALongLine) {
  std::string text;
  for (int i = 0; text.size() < 200'000; ++i)
    text += "parametro p" + std::to_string(i) + "=1 rol r" + std::to_string(i) + " por e{carga maxima 1} ";
  EXPECT_EQ(broken_promise(text), "");
  std::string clause = "requiere x en {0";
  for (int i = 0; clause.size() < 200'000; ++i)
    clause += ", " + std::to_string(i);
  EXPECT_EQ(broken_promise("focalización f de m {" + clause + "}}"), "");
}

}  // namespace
}  // namespace cauce::dsl
