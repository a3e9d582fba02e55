// What section 5 of language.md promises that the checker says, promise by promise: each with the change to a
// policy without mistakes that breaks it, and the code that must then be told there. What takes more than one
// change in one file is tested elsewhere, and the last table says where.
#include <algorithm>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden.hpp"
#include "tests/project_folder.hpp"
#include "workflows/compile.hpp"

namespace cauce {
namespace {

constexpr std::string_view right = R"(programa p "Programa" {
  vigencia 2024
  zona "America/Bogota"
  calendario oficial
}
fuente L152 "Ley 152 de 1994"
calendario oficial {
  hábil lunes a viernes
  festivos Colombia
}
rol dirección por nación { administra publicar, asignar }
rol enlace por municipio bajo dirección
entidad región {
  campo nombre: texto clave
}
entidad municipio en región {
  campo código: texto clave
  campo mdm "Medición": número de 0 a 100
  campo pdet: sí o no
  campo categoría: uno de {ESP, 1, 2, 3}
  campo población: entero desde 0
  campo creado: fecha
}
frente capacidades "Capacidades" {
  corto "uno"
  mediano "dos"
  largo "tres"
}
servicio taller "Taller" forma capacitación
parámetro umbral "Umbral" = 55 según L152
tabla prioridad(mdm: número, pdet: sí o no): número decide la única fila {
  | mdm      | pdet | =>  |
  | < 40     | -    | 100 |
  | [40..60] | sí   | 80  |
  | [40..60] | no   | 50  |
  | > 60     | -    | 0   |
}
focalización f "Focalización" de municipio {
  excluye si categoría = ESP porque "Capital" según L152 "art. 40"
  califica si mdm < umbral porque "Bajo"
  requiere pdet
  puntaje total_p = prioridad(mdm, pdet)
  cupo 10
  ordena por puntaje descendente, código
}
plan PAT "Plan" por municipio focalizado en f {
  a cargo de enlace
  alertas escalera
  componente objetivos obligatorio
  formulación {
    desde el 15 de enero
    vence 15 de marzo
    etapa borrador inicial {
      enlace puede enviar y pasa a listo si componentes_completos porque "Falta"
    }
    etapa listo final
  }
  seguimiento {
    reporte informe "Informe" cada mes desde marzo hasta noviembre {
      vence día hábil 5 del mes siguiente
      campo resumen: texto obligatorio
    }
    hito adoptado "Adoptado" {
      vence 31 de mayo
      peso 100
      mediante taller
      aporta a capacidades.corto
    }
  }
}
alertas escalera a las 8:00 {
  3 días hábiles antes recuerda al responsable
  al vencer avisa al responsable
  3 días hábiles después escala a dirección
}
prueba "Quién" de f {
  casos {
    | pdet | mdm | => estado |
    | sí   | 42  | elegible |
  }
}
)";

struct Promise {
  std::string_view what;
  std::string_view code;
  std::string_view written;   ///< stands in the policy once
  std::string_view mistaken;  ///< stands in its place
};

constexpr Promise promises[] = {
    // What the text promises (1)
    {"a comma between digits is an error", "E0103", "puntaje total_p = prioridad(mdm, pdet)",
     "puntaje total_p = 0,5 * prioridad(mdm, pdet)"},
    {"a point before three digits is an error", "E0104", "cupo 10", "cupo 1.000"},
    {"more than 34 digits are an error", "E0105", "= 55 según",
     "= 12345678901234567890123456789012345 según"},
    {"a text ends on its line", "E0106", R"(porque "Bajo")", R"(porque "Bajo)"},
    {"comparisons do not chain", "E0109", "califica si mdm < umbral", "califica si 10 < mdm < umbral"},
    {"sino is reported as si no", "E0110", "= prioridad(mdm, pdet)", "= si pdet entonces 1 sino 2"},
    {"a date in other forms is offered as one of ours", "E0111", "vence 31 de mayo", "vence 31/05/2024"},
    {"a date that does not exist", "E0302", "vence 31 de mayo", "vence 31 de abril"},
    {"29 de febrero without a year", "E0303", "vence 31 de mayo", "vence 29 de febrero"},
    // Names (2.1)
    {"names of one kind are unique", "E0202", "parámetro umbral", R"(parámetro umbral = 56
parámetro umbral)"},
    {"exactly one programa", "E0202", "fuente L152",
     R"(programa q { vigencia 2024 zona "America/Bogota" calendario oficial }
fuente L152)"},
    {"an unknown name", "E0201", R"(según L152
tabla)",
     R"(según L151
tabla)"},
    {"a name of the wrong kind", "E0203", R"(calendario oficial
})",
     R"(calendario enlace
})"},
    {"a field and a parameter of one name clash", "E0204", "parámetro umbral", R"(parámetro mdm = 3
parámetro umbral)"},
    {"no declaration takes the name of a function", "E0204", "parámetro umbral", R"(parámetro corte = 3
parámetro umbral)"},
    {"no report field that of an attribute", "E0204", "campo resumen: texto obligatorio",
     "campo vencido: texto obligatorio"},
    {"a clause twice", "E0205", "  cupo 10", R"(  ordena por código
  cupo 10)"},
    {"a clause missing", "E0206", R"(  zona "America/Bogota"
)",
     ""},
    {"the zone is an IANA name", "E0307", R"("America/Bogota")", R"("Bogota")"},
    {"the dates of a parameter rise", "E0308", "= 55 según",
     "= 55, 60 desde 1 de julio de 2025, 65 desde 1 de junio de 2025 según"},
    {"the dates of a parameter carry a year", "E0309", "= 55 según", "= 55, 60 desde 1 de julio según"},
    {"parameters have no cycle", "E0306", "= 55 según L152", R"(= otro
parámetro otro = umbral según L152)"},
    {"the values of a parameter are of one type", "E0301", "= 55 según",
     R"(= 55, "x" desde 1 de julio de 2025 según)"},
    // Calendars (2.2), roles and entities (2.3), services (2.4)
    {"at least one weekday is a working day", "E0705", "hábil lunes a viernes", "no hábil lunes a domingo"},
    {"a range of days goes forward", "E0706", "festivos Colombia", R"(festivos Colombia
  no hábil 31 de diciembre de 2024 a 24 de diciembre de 2024)"},
    {"superiors have no cycle", "E0801", "rol dirección por nación", "rol dirección por nación bajo enlace"},
    {"at least one role has publicar and one asignar", "E0802", "publicar, asignar", "publicar"},
    {"a scope is nación or kinds of entity", "E0804", "por municipio bajo", "por nación, municipio bajo"},
    {"each kind of entity has one clave", "E0206", R"(en región {
  campo código: texto clave)",
     R"(en región {
  campo código: texto)"},
    {"each kind of entity has only one clave", "E0205", R"(en región {
  campo código: texto clave)",
     R"(en región {
  campo código: texto clave
  campo otro: texto clave)"},
    {"bounds in order", "E0305", "de 0 a 100", "de 100 a 0"},
    {"kinds of entity form a tree", "E0306", "entidad región {", "entidad región en municipio {"},
    {"the forms of action are four", "E0201", "forma capacitación", "forma cursos"},
    // Tables (2.5)
    {"two rows that can match", "E0401", "| < 40     |", "| < 41     |"},
    {"gaps", "A1003", R"(  | > 60     | -    | 0   |
)",
     ""},
    {"rows never reached", "A1007", R"(única fila {
  | mdm      | pdet | =>  |
  | < 40     | -    | 100 |)",
     R"(primera fila {
  | mdm      | pdet | =>  |
  | < 40     | -    | 100 |
  | < 30     | -    | 90  |)"},
    {"as many cells as parameters", "E0402", "| [40..60] | sí   | 80  |", "| [40..60] | 80  |"},
    {"the header names the parameters in order", "E0402", "| mdm      | pdet |", "| pdet     | mdm  |"},
    {"a range in order", "E0305", "| [40..60] | sí   |", "| [60..40] | sí   |"},
    {"tables call no table in a circle", "E0306", "| 80  |", "| prioridad(mdm, no) |"},
    {"types are checked before anything runs", "E0301", "califica si mdm < umbral",
     R"(califica si mdm < "40")"},
    {"as many arguments as parameters", "E0304", "= prioridad(mdm, pdet)", "= prioridad(mdm)"},
    // Focalización (2.6)
    {"a quota of each group once", "E0501", "  cupo 10",
     "  cupo por categoría { ESP: 1, ESP: 2, cada una de las otras: 3 }"},
    {"groups are parents or fields of text", "E0502", "  cupo 10",
     "  cupo por población { cada una de las otras: 5 }"},
    {"the order names each key once", "E0503", "descendente, código", "descendente, puntaje"},
    {"a minimum above the quota of its group", "E0504", "  cupo 10",
     R"(  cupo por región { cada una de las otras: 3 }
  mínimo 4 por región)"},
    {"minimums above the whole quota", "E0504", "  cupo 10", R"(  cupo 2
  mínimo 4 por región)"},
    {"places that nobody can take", "A1010", "  cupo 10", R"(  cupo 10
  cupo por categoría { ESP: 1, 1: 1, 2: 1, 3: 1 })"},
    {"conditions always true", "A1008", "requiere pdet", "requiere mdm < 101"},
    {"conditions always false", "A1008", "requiere pdet", "requiere mdm > 100"},
    {"a percentage of what goes up to 100", "A1012", "requiere pdet", "requiere mdm > 40%"},
    // The life of a plan (2.7)
    {"the targeting is of the plan's kind of entity", "E0606", "por municipio focalizado",
     "por región focalizado"},
    {"exactly one stage is inicial", "E0601", "borrador inicial", "borrador"},
    {"at least one stage is final", "E0601", "etapa listo final", "etapa listo"},
    {"every stage is reachable", "E0602", "etapa listo final", R"(etapa listo final
    etapa sola {
      enlace puede volver y pasa a listo
    })"},
    {"every stage can reach a final one", "E0603", R"(porque "Falta")", R"(porque "Falta"
      enlace puede dejar y pasa a sola
    }
    etapa sola {
      enlace puede seguir y pasa a sola)"},
    {"an action that is never taken", "A1005", R"(porque "Falta")", R"(porque "Falta"
      enlace puede enviar y pasa a listo si componentes_completos)"},
    {"two transitions that can both hold", "A1011", R"(si componentes_completos porque "Falta")",
     R"(si mdm > 40
      enlace puede enviar y pasa a listo si población > 50)"},
    {"a condition that its stage decides", "A1008", "si componentes_completos", "si etapa = borrador"},
    {"somebody is in charge", "E0604", R"(  a cargo de enlace
)",
     ""},
    {"milestones do not require each other", "E0605", R"(aporta a capacidades.corto
    })",
     R"(aporta a capacidades.corto
      requiere otro
    }
    hito otro { vence 31 de mayo peso 0 requiere adoptado })"},
    {"only a field of an entity is the key", "E0607", "resumen: texto obligatorio", "resumen: texto clave"},
    {"two levels do not begin at one value", "E0608", "hito adoptado", R"(indicador i = avance
    nivel i { alto desde 90, bajo desde 90 }
    hito adoptado)"},
    {"weights that do not add up to 100", "A1002", "peso 100", "peso 90"},
    // Deadlines (2.7)
    {"a bare N días", "E0701", "vence 31 de mayo", "vence 5 días después de formulación"},
    {"what is counted from a period has periods", "E0702", "vence 31 de mayo",
     "vence 3 días hábiles después del periodo"},
    {"desde names the first month of a period", "E0703", "cada mes desde marzo",
     "cada trimestre desde febrero"},
    {"deadlines have no cycle", "E0704", R"(aporta a capacidades.corto
    })",
     R"(aporta a capacidades.corto
    }
    hito otro { vence 2 días hábiles después de tercero peso 0 }
    hito tercero { vence 2 días hábiles después de otro peso 0 })"},
    {"día hábil N up to 15", "E0307", "día hábil 5", "día hábil 16"},
    {"deadlines outside the vigencia", "A1006", "vence 31 de mayo", "vence 31 de enero de 2025"},
    {"deadlines before their phase", "A1006", "vence 31 de mayo", "vence 1 de febrero"},
    {"deadlines before their period", "A1006", "vence día hábil 5 del mes siguiente", "vence 5 de abril"},
    {"reports do not close before they are due", "A1006", "campo resumen: texto obligatorio",
     "cierra 31 de mayo campo resumen: texto obligatorio"},
    {"deadlines after the last phase", "A1006", R"(alertas escalera
  componente)",
     R"(alertas escalera
  evaluación { vence 30 de septiembre }
  componente)"},
    // Alerts (2.8) and what nothing uses
    {"a recipient once a line", "E0803", "al vencer avisa al responsable",
     "al vencer avisa al responsable, dirección, dirección"},
    {"steps that nobody can receive", "A1004", "entidad región {",
     R"(entidad vereda en municipio { campo código: texto clave }
rol veedor por vereda bajo enlace
alertas vecinas { al vencer avisa a veedor }
plan PV por municipio { a cargo de enlace alertas vecinas hito h { vence 31 de mayo peso 100 } }
entidad región {)"},
    {"unused source", "A1001", "fuente L152", R"(fuente L151 "x"
fuente L152)"},
    {"unused parameter", "A1001", "parámetro umbral", R"(parámetro tope = 3
parámetro umbral)"},
    {"unused table", "A1001", "focalización f", R"(tabla t(x: número): número decide la única fila {
  | x | => |
  | - | 1  |
}
focalización f)"},
    {"unused calendar", "A1001", "fuente L152", R"(calendario otro { hábil lunes a viernes }
fuente L152)"},
    {"unused holidays", "A1001", "fuente L152", R"(festivos otros { 1 de enero "x" }
fuente L152)"},
    {"unused ladder", "A1001", "alertas escalera a las", R"(alertas otra { al vencer avisa al responsable }
alertas escalera a las)"},
    {"unused role", "A1001", "fuente L152", R"(rol nadie por municipio bajo dirección
fuente L152)"},
    // Tests (4)
    {"a row of casos has the cells of its header", "E0901", "| sí   | 42  | elegible |",
     "| sí   | elegible |"},
};

struct Elsewhere {
  std::string_view what;
  std::string_view file;
  std::string_view test;
};

constexpr Elsewhere elsewhere[] = {
    {"each code is stable, and has a golden that provokes it", "tests/diagnostics_test.cpp",
     "EveryCodeOfTheRegisterIsProvokedByAGolden"},
    {"each code has an entry with a wrong example and its mend", "tests/explanations_test.cpp",
     "StandsAndItsExamplesDoWhatItSays"},
    {"what is offered mends what it is offered for", "tests/replacements_test.cpp",
     "MendWhatTheyAreOfferedFor"},
    {"the place, the line and the underline", "dsl/diagnostic_test.cpp", "RendersThePlaceAndTheHelp"},
    {"related places", "dsl/diagnostic_test.cpp", "RendersRelatedPlacesWithOneMargin"},
    {"one run reports every independent mistake", "dsl/parse_errors_test.cpp",
     "EachClauseOfADeclarationThatIsWrongIsReported"},
    {"a mistake causes no second one", "dsl/parse_errors_test.cpp",
     "TheRestOfAClauseThatIsWrongIsNoOtherMistake"},
    {"what uses a declaration that failed is not reported", "rules/bind_test.cpp",
     "UsesOfBrokenNamesAreSilent"},
    {"text that is not UTF-8, and a file that is too large", "dsl/parse_errors_test.cpp",
     "FilesThatCannotBeReadAtAll"},
    {"nesting beyond the limit", "dsl/parse_errors_test.cpp", "NestingIsLimitedWhateverIsNested"},
    {"a table beyond the limit", "dsl/parse_errors_test.cpp", "ATableHasALimitAndOneThatIsLargerIsAHole"},
    {"gaps with their merged region", "rules/table_analysis_test.cpp", "GapsAreMergedIntoReadableRegions"},
    {"a missing argument is no gap", "rules/table_analysis_test.cpp", "AMissingArgumentIsNoGap"},
    {"the budget of the analysis is stated", "rules/table_analysis_test.cpp",
     "ATableTooLargeIsGivenUpAndSaysSo"},
    {"with data, how many entities fall into each gap", "engine/cli/policy_commands_test.cpp",
     "CheckCountsTheEntitiesInTheGapsOfTables"},
    {"nothing is said without being sure", "rules/condition_analysis_test.cpp",
     "NothingIsSaidWithoutBeingSure"},
};

std::string with_mistake(const Promise& promise) {
  std::string text(right);
  text.replace(text.find(promise.written), promise.written.size(), promise.mistaken);
  return text;
}

std::string said_of(const std::string& text) {
  const dsl::Sources sources = {{"p.cauce", text}};
  std::string said;
  for (const dsl::Diagnostic& diagnostic : workflows::compile(sources).diagnostics)
    said += dsl::render(diagnostic, sources);
  return said;
}

TEST(Promises, NothingIsSaidOfThePolicyWithoutMistakes) {
  EXPECT_EQ(said_of(std::string(right)), "");
}

TEST(Promises, EachIsKept) {
  for (const Promise& promise : promises) {
    const std::size_t first = right.find(promise.written);
    ASSERT_NE(first, std::string_view::npos) << promise.what;
    ASSERT_EQ(right.find(promise.written, first + 1), std::string_view::npos) << promise.what;
    EXPECT_THAT(said_of(with_mistake(promise)), testing::HasSubstr(std::string(promise.code) + ": "))
        << promise.what;
  }
}

TEST(Promises, EachWarningOfTheRegisterIsPromised) {
  for (const dsl::Code code : dsl::all_codes()) {
    if (dsl::severity_of(code) != dsl::Severity::warning || code == dsl::Code::analysis_given_up) continue;
    EXPECT_TRUE(std::any_of(std::begin(promises), std::end(promises), [&](const Promise& promise) {
      return promise.code == dsl::code_id(code);
    })) << dsl::code_id(code);
  }
}

TEST(Promises, ThoseTestedElsewhereAre) {
  for (const Elsewhere& promise : elsewhere) {
    const std::string text =
        golden::read_file(std::filesystem::path(project_folder()) / std::string(promise.file));
    EXPECT_THAT(text, testing::HasSubstr(std::string(promise.test))) << promise.what;
  }
}

}  // namespace
}  // namespace cauce
