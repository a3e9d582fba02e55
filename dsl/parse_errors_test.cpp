// What is said about texts that cannot be read. More of it is in tests/golden/syntax/bad.

#include <gmock/gmock.h>
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
            R"(error E0102: aquí no se entiende «zna»
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
  EXPECT_EQ(mistakes_in("plan P por m {\n  formulación {\n    vence 3 de mayo\n\nrol r por nación\n"),
            R"(error E0102: «rol» empieza otra declaración, y falta cerrar un bloque
 --> p.cauce:5:1
  |
5 | rol r por nación
  | ^^^
  = escriba antes la llave «}» que falta
  = esta llave no se cierra:
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

TEST(ParseErrors, ThatWhichIsMissingIsShownWhereItIsMissing) {
  EXPECT_EQ(mistakes_in("festivos f {\n  5 de mayo  # fiesta\n  6 de mayo \"Otra\"\n}\n"),
            R"(error E0102: aquí falta un texto entre comillas
 --> p.cauce:2:12
  |
2 |   5 de mayo  # fiesta
  |            ^
)");
}

TEST(ParseErrors, ANameThatIsMissingBeforeAnotherDeclarationHidesNothing) {
  const std::string text =
      "fuente F \"x\"\nrol r por nación bajo  # nadie\nplan P por m { }\nrol s por\nrol t por\n";
  EXPECT_EQ(mistakes_in(text), R"(error E0102: aquí falta un nombre
 --> p.cauce:2:22
  |
2 | rol r por nación bajo  # nadie
  |                      ^
  = la línea siguiente empieza otra declaración
error E0102: aquí falta un nombre
 --> p.cauce:4:10
  |
4 | rol s por
  |          ^
  = la línea siguiente empieza otra declaración
error E0102: el texto termina aquí; se esperaba un nombre
 --> p.cauce:5:10
  |
5 | rol t por
  |          ^
)");
  Diagnostics diagnostics;
  const SyntaxTree tree = parse({{"p.cauce", text}}, diagnostics);
  EXPECT_EQ(tree.plans.size(), 1U);
  EXPECT_EQ(tree.roles.size(), 2U);
  EXPECT_EQ(broken_names(text), (std::vector<std::string>{"plan", "rol", "t"}));
}

TEST(ParseErrors, EachClauseOfADeclarationThatIsWrongIsReported) {
  EXPECT_EQ(mistakes_in("plan P por m {\n"
                        "  a cargo de enlace\n"
                        "  hito uno { vence 31 mayo  peso 3 }\n"
                        "  formulación {\n"
                        "    etapa a1 inicail {\n"
                        "      enlace puede x1 y pasa\n"
                        "    }\n"
                        "    etapa b1 final\n"
                        "  }\n"
                        "}\n"),
            R"(error E0102: aquí no se entiende «31 mayo»
 --> p.cauce:3:20
  |
3 |   hito uno { vence 31 mayo  peso 3 }
  |                    ^^^^^^^
  = se escribe «31 de mayo»
error E0102: aquí no se entiende «inicail»
 --> p.cauce:5:14
  |
5 |     etapa a1 inicail {
  |              ^^^^^^^
  = ¿quiso decir «inicial»?
)");
}

TEST(ParseErrors, TheRestOfAClauseThatIsWrongIsNoOtherMistake) {
  EXPECT_EQ(codes_in("plan P por m {\n"
                     "  formulación {\n"
                     "    etapa a1 inicial {\n"
                     "      enlace peude enviar y pasa a b1\n"
                     "        si avance > 3\n"
                     "        porque \"Falta\"\n"
                     "    }\n"
                     "  }\n"
                     "}\n"),
            "E0102 ");
  EXPECT_EQ(
      codes_in(
          "tabla t(x: número): número decide la primera fila {\n  | x | y |\n  | 1 | 2 |\n  | 1 | 2\n}\n"),
      "E0102 ");
}

TEST(ParseErrors, AnOperandThatIsMissingDoesNotTakeTheNextClause) {
  const auto in_plan = [](const std::string& clause) {
    return codes_in("plan P por m {\n" + clause +
                    "  componente c1 obligatorio\n"
                    "  reporte r1 cada mes {\n"
                    "    vence 3 de mayo\n"
                    "    a cargo de\n"
                    "    valida enlace\n"
                    "    valida\n"
                    "    campo x1: entero\n"
                    "  }\n"
                    "}\n");
  };
  EXPECT_EQ(in_plan("  a cargo de\n"), "E0102 E0102 E0102 ");
  EXPECT_EQ(in_plan("  alertas\n"), "E0102 E0102 E0102 ");
}

TEST(ParseErrors, ANoThatIsAValueDeniesNothing) {
  EXPECT_EQ(codes_in("focalización f de m {\n  requiere pdet = no\n  cupo x\n}\n"), "E0102 ");
  EXPECT_EQ(codes_in("entidad e {\n  campo a1: sí o no\n  campo b1 y: texto\n}\n"), "E0102 ");
}

TEST(ParseErrors, ABlockWithoutItsOpeningBraceIsReadOn) {
  for (const std::string line : {"alertas escalera", "a cargo de enlace", "gracia 5 días hábiles"}) {
    const std::string plan = "plan P por m focalizado en f\n  " + line + "\n  alertas otra\n  gracia x\n}\n";
    EXPECT_EQ(codes_in(plan + "fuente F \"x\"\n"), "E0102 E0102 ") << line;
  }
  EXPECT_EQ(codes_in("calendario c\n  festivos Colombia\n  hábil lunes a viernes\n}\n"), "E0102 ");
}

TEST(ParseErrors, AListWithoutItsClosingBraceIsReadOn) {
  EXPECT_EQ(codes_in("entidad e {\n  campo a1: uno de {x, y\n  campo b1: texto\n  campo c1: txto\n}\n"),
            "E0102 E0102 ");
  EXPECT_EQ(codes_in("focalización f de m {\n  cupo por r { x: 60\n  ordena por a1\n}\n"), "E0102 ");
}

TEST(ParseErrors, WithoutItsHeaderNoRowOfATableIsJudged) {
  for (const std::string header : {"x | => |", "| x => |", "| x | =>", "| x |"}) {
    EXPECT_EQ(codes_in("tabla t(x: número): número decide la única fila {\n  " + header +
                       "\n  | 1 | 2 |\n  | 3 | 4 |\n}\n"),
              "E0102 ")
        << header;
  }
  EXPECT_EQ(
      codes_in(
          "prueba \"p\" de f {\n  casos {\n    | x | => estado\n    | 1 | elegible |\n  }\n  dadoo\n}\n"),
      "E0102 E0102 ");
}

TEST(ParseErrors, WhatFollowsADeclarationIsExplainedByIt) {
  EXPECT_EQ(mistakes_in("rol r por nación\nparámetro tope = 40 * 2\nrol s por nación\n"),
            R"(error E0102: aquí no se entiende «*»
 --> p.cauce:2:21
  |
2 | parámetro tope = 40 * 2
  |                     ^
  = aquí va un valor, no un cálculo: escriba el resultado
)");
}

TEST(ParseErrors, DatesOfOtherShapesAreNamedAndCalculationsAreNot) {
  EXPECT_EQ(mistakes_in("parámetro d = 31/05/2024"), R"(error E0111: una fecha no se escribe «31/05/2024»
 --> p.cauce:1:15
  |
1 | parámetro d = 31/05/2024
  |               ^^^^^^^^^^
  = escriba «31 de mayo de 2024»
)");
  const auto codes_of = [](const std::string& condition) {
    return codes_in("focalización f de m { requiere x > " + condition + " }");
  };
  for (const std::string date :
       {"2024/5/31", "31-05-2024", "31.05.2024", "5/31/2024", "2024-5-31", "2024.05.31"})
    EXPECT_EQ(codes_of(date), "E0111 ") << date;
  for (const std::string good : {"2024-05-31", "31 / 5 / 2024", "31/5", "31/5/24", "31/5/2024_0",
                                 "31/5/20240", "2024/5", "x1/5/2024", "1/2/3/2024", "entregado(r, 2024-05)"})
    EXPECT_EQ(codes_of(good), "") << good;
}

TEST(ParseErrors, ATableHasALimitAndOneThatIsLargerIsAHole) {
  const auto table_of = [](std::size_t rows) {
    std::string text = "tabla t(x: número): número decide la primera fila {\n  | x | => |\n";
    for (std::size_t i = 0; i < rows; ++i)
      text += "  | " + std::to_string(i) + " | 1 |\n";
    return text + "}\n";
  };
  EXPECT_EQ(codes_in(table_of(max_table_rows)), "");
  EXPECT_EQ(mistakes_in(table_of(max_table_rows + 1)), R"(error E0112: la tabla «t» tiene 10001 filas
 --> p.cauce:1:7
  |
1 | tabla t(x: número): número decide la primera fila {
  |       ^
  = una tabla tiene hasta 10000 filas: divídala en varias
)");
  EXPECT_EQ(broken_names(table_of(max_table_rows + 1)), std::vector<std::string>{"t"});
}

TEST(ParseErrors, AFileThatCannotBeReadIsRemembered) {
  Diagnostics diagnostics;
  EXPECT_FALSE(parse({{"p.cauce", "rol r por nación"}}, diagnostics).unread);
  EXPECT_TRUE(parse({{"p.cauce", "rol r por nación"}, {"q.cauce", "\xFF"}}, diagnostics).unread);
  EXPECT_TRUE(parse({{"p.cauce", std::string(max_file_bytes + 1, ' ')}}, diagnostics).unread);
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

// Where work grew with the square of the text, these would not end.
TEST(ParseErrors, TextsMadeToBeSlowAreReadInTimeThatGrowsWithThem) {
  const auto repeated = [](const std::string& part, std::size_t times) {
    std::string text;
    text.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i)
      text += part;
    return text;
  };
  constexpr std::size_t many = 500'000;
  EXPECT_EQ(parse_good(repeated(" ", 4 * many) + "fuente F \"x\"").sources.size(), 1U);
  EXPECT_EQ(parse_good(repeated("\u00A0", many) + "fuente F \"x\"").sources.size(), 1U);
  EXPECT_EQ(parse_good("fuente F \"" + repeated("\\\"", many) + "\"").sources.at(0).text.value.size(), many);

  Diagnostics quotes;
  parse({{"p.cauce", "fuente F " + repeated("“ley” ", many)}}, quotes);
  EXPECT_EQ(quotes.size(), many);
  Diagnostics escapes;
  parse({{"p.cauce", "fuente F \"" + repeated("\\\"\\á", many) + "\""}}, escapes);
  EXPECT_EQ(escapes.size(), many);
  Diagnostics commas;
  parse({{"p.cauce", "prueba \"p\" {\n" + repeated("espera 1,5 > x ", many) + "\n}"}}, commas);
  EXPECT_EQ(commas.size(), many);
  Diagnostics unclosed;
  parse({{"p.cauce", repeated("plan P por m {\n", many / 5) + repeated(" ", many)}}, unclosed);
  EXPECT_EQ(unclosed.size(), many / 5);
}

// Each mistake of a declaration that is found beside the first costs another reading of it.
TEST(ParseErrors, OfALargeDeclarationFewerMistakesAreToldAtOnce) {
  const auto told = [](std::size_t bytes_of_comment) {
    std::string text = "entidad m {\n  # " + std::string(bytes_of_comment, 'x') + "\n";
    for (int i = 0; i < 50; ++i)
      text += "  campo c" + std::to_string(i) + ": txto\n";
    Diagnostics diagnostics;
    parse({{"p.cauce", text + "}\n"}}, diagnostics);
    return diagnostics.size();
  };
  EXPECT_EQ(told(10), 21U);
  EXPECT_EQ(told(1'000'000), 5U);
}

TEST(ParseErrors, AWholePolicyOnOneLineIsNotTakenApart) {
  const auto told = [](std::size_t hitos) {
    std::string text = "plan P por m { ";
    for (std::size_t i = 0; i < hitos; ++i)
      text += "hito h" + std::to_string(i) + " { peso 1 } ";
    Diagnostics diagnostics;
    parse({{"p.cauce", text + "hito a { peso x } hito b { peso y } }\n"}}, diagnostics);
    return diagnostics.size();
  };
  EXPECT_EQ(told(3), 2U);
  EXPECT_EQ(told(1'000), 1U);
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
            R"(error E0102: aquí falta un operador
 --> expresión:1:5
  |
1 | mdm 3
  |     ^
  = si los compara, escriba «=»
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

TEST(ParseErrors, QueriesInTheWordsOfSqlAreExplained) {
  const auto helped = [](const std::string& query) {
    Diagnostics diagnostics;
    EXPECT_FALSE(parse_query({{"consulta", query}}, 0, diagnostics)) << query;
    return diagnostics.empty() ? std::string() : diagnostics.front().help;
  };
  EXPECT_EQ(helped("planes where fase = seguimiento"), "se escribe «donde»");
  EXPECT_EQ(helped("planes group by región"), "se escribe «agrupa por»");
  EXPECT_EQ(helped("planes donde vencidos > 2 group by región"), "se escribe «agrupa por»");
  EXPECT_EQ(helped("planes muestra plan order by avance"), "se escribe «ordena por»");
  EXPECT_EQ(helped("planes muestra plan, avance limit 3"), "se escribe «primeros»");
  EXPECT_EQ(helped("planes top 3"), "se escribe «primeros»");
  EXPECT_EQ(helped("planes muestra cuenta() as \"n\""), "se escribe «como»");
  EXPECT_EQ(helped("planes muestra cuenta(hitos where cumplido)"), "se escribe «donde»");
  EXPECT_THAT(helped("select plan from planes"), testing::HasSubstr("primero va de qué se pregunta"));
  EXPECT_THAT(helped("select * from planes"), testing::HasSubstr("primero va de qué se pregunta"));
  EXPECT_THAT(helped("planes primeros 3 donde fase = seguimiento"),
              testing::StartsWith("«donde» va antes de «primeros»"));
  EXPECT_THAT(helped("planes ordena por avance agrupa por región"),
              testing::StartsWith("«agrupa» va antes de «ordena»"));
  EXPECT_EQ(helped("planes donde vencidos > 2 donde fase = seguimiento"),
            "ya hay «donde»: una las condiciones con «y»");
  EXPECT_EQ(helped("planes muestra plan muestra fase"), "ya hay «muestra»: separe con comas");
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
