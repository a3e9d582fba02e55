// What is said about texts that cannot be read. More of it is in tests/golden/syntax/bad.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "dsl/parse_for_tests.hpp"

namespace cauce::dsl {
namespace {

std::vector<std::string> broken_names(const std::string& text) {
  Diagnostics diagnostics;
  std::vector<std::string> names;
  for (const Name& name : parse({{"p.cauce", text}}, diagnostics).broken)
    names.push_back(name.text);
  return names;
}

/// The codes of what is said about `text`, in its order.
std::string codes_in(const std::string& text) {
  Diagnostics diagnostics;
  parse({{"p.cauce", text}}, diagnostics);
  sort_diagnostics(diagnostics);
  std::string codes;
  for (const Diagnostic& diagnostic : diagnostics)
    codes += std::string(code_id(diagnostic.code)) + " ";
  return codes;
}

std::string mistakes_in_expression(const std::string& text) {
  const Sources sources{{"expresión", text}};
  Diagnostics diagnostics;
  EXPECT_FALSE(parse_expression(sources, 0, diagnostics).has_value());
  std::string shown;
  for (const Diagnostic& diagnostic : diagnostics)
    shown += render(diagnostic, sources);
  return shown;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

TEST(ParseErrors, AMisspeltWordIsGuessed) {
  EXPECT_EQ(mistakes_in("programa p {\n  zna \"America/Bogota\"\n}\n"),
            R"(error E0102: aquí no se entiende «zna»; se esperaba «vigencia», «zona», «calendario» o «}»
 --> p.cauce:2:3
  |
2 |   zna "America/Bogota"
  |   ^^^
  = ¿quiso decir «zona»?
)");
}

TEST(ParseErrors, ABrokenDeclarationIsAHoleAndTheOthersAreRead) {
  const Sources sources{{"p.cauce",
                         "rol a1 por 3\nfuente F \"x\"\nplan P por {\n  hito calendario {\n  }\n}\nfuente G "
                         "\"y\"\nrol b1 por\n"}};
  Diagnostics diagnostics;
  const SyntaxTree tree = parse(sources, diagnostics);
  EXPECT_EQ(diagnostics.size(), 3U);
  ASSERT_EQ(tree.sources.size(), 2U);
  EXPECT_EQ(tree.sources[1].head.name.text, "G");
  EXPECT_EQ(tree.broken.size(), 3U);
  EXPECT_TRUE(tree.roles.empty());
}

TEST(ParseErrors, ABraceThatIsMissingIsNamed) {
  EXPECT_EQ(
      mistakes_in("plan P por m {\n  formulación {\n    vence 3 de mayo\n\nrol r por nación\n"),
      R"(error E0102: aquí no se entiende «rol»; se esperaba «exacto», «al», «desde», «vence», «gracia», «etapa», «reporte», «hito», «indicador», «nivel» o «}»
 --> p.cauce:5:1
  |
5 | rol r por nación
  | ^^^
  = ¿falta la llave que cierra esta?:
 --> p.cauce:1:14
  |
1 | plan P por m {
  |              -
)");
}

TEST(ParseErrors, ABraceTooManyIsOneMistake) {
  EXPECT_EQ(codes_in("rol r por nación { carga máxima 3 } }\nrol s por nación\n"), "E0102 ");
}

TEST(ParseErrors, ClausesNamedAsDeclarationsDoNotEndABrokenOne) {
  const std::string text =
      "programa p {\n  zna 3\ncalendario oficial\n}\nplan P por m {\n  alertas escalera\n  x\n}\n";
  EXPECT_EQ(codes_in(text), "E0102 E0102 ");
  EXPECT_EQ(broken_names(text), (std::vector<std::string>{"p", "P"}));
}

TEST(ParseErrors, TheEndOfTheTextIsShownWhereTheWritingEnds) {
  EXPECT_EQ(mistakes_in("servicio s forma\n\n\n"),
            R"(error E0102: el texto termina aquí; se esperaba un nombre
 --> p.cauce:1:17
  |
1 | servicio s forma
  |                 ^
)");
}

TEST(ParseErrors, AReservedWordIsNoName) {
  EXPECT_EQ(mistakes_in("rol por por nación"),
            R"(error E0102: aquí no se entiende «por»; se esperaba un nombre
 --> p.cauce:1:5
  |
1 | rol por por nación
  |     ^^^
  = «por» es una palabra del lenguaje y no puede ser un nombre
)");
}

TEST(ParseErrors, NumberHabitsAreNamedOnceEachAndHideNothingElsewhere) {
  EXPECT_EQ(codes_in("parámetro x = 0,5\nparámetro w = 1.000\nparámetro z = 1\nrol r\n"),
            "E0103 E0104 E0102 ");
  EXPECT_EQ(broken_names("parámetro x = 0,5\nparámetro w = 1.000\nparámetro z = 1\n"),
            (std::vector<std::string>{"x", "w"}));
  EXPECT_EQ(codes_in("parámetro x = 0.125\nparámetro w = 1.5\nparámetro z = 1_000\n"), "");
  EXPECT_EQ(codes_in("fuente F \"0,5 y 1.000\" # 0,5\n"), "");
}

TEST(ParseErrors, AReplacementMendsTheText) {
  const auto mended = [](std::string text) {
    Diagnostics diagnostics;
    parse({{"p.cauce", text}}, diagnostics);
    EXPECT_EQ(diagnostics.size(), 1U) << text;
    const Diagnostic& first = diagnostics.at(0);
    return text.replace(first.span.begin, first.span.end - first.span.begin,
                        first.replacement.value_or("???"));
  };
  EXPECT_EQ(mended("parámetro x = 0,5"), "parámetro x = 0.5");
  EXPECT_EQ(mended("parámetro x = 1.234,5"), "parámetro x = 1_234.5");
  EXPECT_EQ(mended("parámetro x = 1.234.567"), "parámetro x = 1_234_567");
  EXPECT_EQ(mended("fuente F “Ley 1”"), "fuente F \"Ley 1\"");
  EXPECT_EQ(mended("focalización f de m { requiere x <> 3 }"), "focalización f de m { requiere x != 3 }");
  EXPECT_EQ(mended("focalización f de m { requiere x == 3 }"), "focalización f de m { requiere x = 3 }");
  EXPECT_EQ(mended("focalización f de m { requiere x e iq }"), "focalización f de m { requiere x y iq }");
  EXPECT_EQ(mended("focalización f de m { requiere x || iq }"), "focalización f de m { requiere x o iq }");
  EXPECT_EQ(mended("focalización f de m { requiere si x entonces z sino w }"),
            "focalización f de m { requiere si x entonces z si no w }");
  EXPECT_EQ(mended("plam P por m {}"), "plan P por m {}");
}

TEST(ParseErrors, FilesThatCannotBeReadAtAll) {
  EXPECT_EQ(mistakes_in("rol a\xF1o"), R"(error E0101: desde aquí el archivo no es UTF-8
 --> p.cauce:1:6
  |
1 | rol a�o
  |      ^
  = guárdelo con la codificación UTF-8
)");
  EXPECT_EQ(mistakes_in(std::string(max_file_bytes + 1, ' ') + "rol"),
            "error E0108: este archivo tiene 10485764 bytes\n --> p.cauce:1:1\n  |\n1 | " +
                std::string(160, ' ') +
                "…\n  | ^\n  = se leen archivos de hasta 10485760 bytes (10 MB); reparta sus declaraciones "
                "en varios\n");
  EXPECT_EQ(codes_in(std::string(max_file_bytes, ' ')), "");
}

TEST(ParseErrors, NestingIsLimitedWhateverIsNested) {
  const auto repeated = [](const std::string& part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i)
      text += part;
    return text;
  };
  for (const std::string part : {"(", "no ", "-", "f(", "x en {", "si x entonces "}) {
    EXPECT_EQ(first_line(mistakes_in_expression(repeated(part, 200'000) + "1")),
              "error E0107: aquí la expresión pasa de 200 niveles, uno dentro de otro")
        << part;
  }
  EXPECT_EQ(parse_good_expression(repeated("(", 200) + "1" + repeated(")", 200)), parse_good_expression("1"));
  EXPECT_EQ(first_line(mistakes_in_expression("1" + repeated(" + 1", 200'000))),
            "error E0107: esta expresión encadena más de 1000 operadores");
  EXPECT_EQ(first_line(mistakes_in_expression("a1" + repeated(".b1", 200'000))),
            "error E0107: esta expresión encadena más de 1000 operadores");
  parse_good_expression("1" + repeated(" + 1", 1000));
}

TEST(ParseErrors, ClausesThatStandTwice) {
  EXPECT_EQ(mistakes_in("rol r por nación {\n  carga máxima 1\n  carga máxima 2\n}\n"),
            R"(error E0205: aquí «carga máxima» se repite
 --> p.cauce:3:3
  |
3 |   carga máxima 2
  |   ^^^^^^^^^^^^^^
  = deje una sola
  = ya está aquí:
 --> p.cauce:2:3
  |
2 |   carga máxima 1
  |   --------------
)");
}

TEST(ParseErrors, ExpressionsAndQueriesAreReadToTheirEnd) {
  EXPECT_EQ(mistakes_in_expression("mdm 3"),
            R"(error E0102: aquí no se entiende «3»; se esperaba un operador o el final
 --> expresión:1:5
  |
1 | mdm 3
  |     ^
)");
  EXPECT_EQ(mistakes_in_expression("1 < 2 < 3"), R"(error E0109: aquí «<» compara lo que ya es una comparación
 --> expresión:1:7
  |
1 | 1 < 2 < 3
  |       ^
  = una comparación no sigue a otra: en lugar de «a < b < c» escriba «a < b y b < c»
)");
  const Sources sources{{"consulta", "planes muetra nombre"}};
  Diagnostics diagnostics;
  EXPECT_FALSE(parse_query(sources, 0, diagnostics));
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].help, "¿quiso decir «muestra»?");
}

/// Whatever stands in a file, reading it ends, and every place that is named lies in it.
RC_GTEST_PROP(ParseErrors, NoTextIsTooStrange, ()) {
  static const std::vector<std::string> pieces = {
      "plan", " ",     "\n", "{",  "}",    "(",   ")",     "|", "=>",  "\"",    "si",    "no",     "entonces",
      "hito", "vence", "31", "de", "mayo", "1,5", "1.000", "«", "á",   "tabla", "casos", "prueba", "espera",
      "P",    "por",   "#",  "..", "[",    "=",   "==",    "-", "rol", ":",     ",",     "\\"};
  std::string text;
  for (const auto& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)))
    text += piece + " ";
  const Sources sources{{"p.cauce", text}};
  Diagnostics diagnostics;
  parse(sources, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) {
    RC_ASSERT(diagnostic.span.begin <= diagnostic.span.end);
    RC_ASSERT(diagnostic.span.end <= text.size());
    RC_ASSERT(!render(diagnostic, sources).empty());
  }
}

}  // namespace
}  // namespace cauce::dsl
