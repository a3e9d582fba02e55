// Policies with very many of one thing: each is compiled in a moment, and would take hours if the time grew
// with the square of their number. What is beyond a limit is said.
#include <functional>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workflows/policy_fixture.hpp"

namespace cauce::workflows {
namespace {

using testing::compile_text;
using ::testing::HasSubstr;
using testing::said_of;

constexpr int many = 20'000;

/// `pattern` for each number from 0 up to `count`: `@` is the number, `@+` the next one.
std::string repeated(std::string_view pattern, int count = many) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (pattern[at] != '@') {
        text += pattern[at];
        continue;
      }
      const bool next = at + 1 < pattern.size() && pattern[at + 1] == '+';
      text += std::to_string(next ? i + 1 : i);
      if (next) ++at;
    }
  }
  return text;
}

std::string plan(const std::string& lines) {
  return "plan PAT por municipio {\n a cargo de enlace\n" + lines + "\n}\n";
}

std::size_t count_errors(const std::string& text) {
  std::size_t errors = 0;
  for (const dsl::Diagnostic& diagnostic : compile_text(text).diagnostics)
    errors += dsl::severity_of(diagnostic.code) == dsl::Severity::error ? 1 : 0;
  return errors;
}

TEST(LargeTexts, NamesThatAreBroken) {
  const std::string broken = repeated("parámetro a@ = 1 + 1\n");
  EXPECT_EQ(count_errors(broken + repeated("parámetro b@ = a@\n")), count_errors(broken));
}

TEST(LargeTexts, UnknownNames) {
  EXPECT_EQ(count_errors(repeated("parámetro valor_@ = 1\nparámetro otro_@ = vlaor_@\n")),
            static_cast<std::size_t>(many));
}

TEST(LargeTexts, KindsOfEntityWithTheirFocalizacionesTestsAndPlans) {
  EXPECT_EQ(count_errors(repeated(R"(
entidad e@ en región { campo código: texto clave  campo n: número }
focalización f@ de e@ { califica si n > 3  mínimo 1 por región  ordena por n, código }
plan P@ por e@ focalizado en f@ {
  a cargo de dirección
  seguimiento { hito h { vence 30 de abril } }
}
prueba "p@" de f@ { dado { n: 4 } espera elegible }
prueba "q@" { espera vence(P@.h) = 2024-04-30 }
escenario "s@" de P@ { el 10 de marzo dirección cumple h  espera avance = 100 }
)",
                                  4'000)),
            0U);
}

TEST(LargeTexts, KindsOfEntityInOneAnother) {
  EXPECT_THAT(said_of("entidad e0 { campo c: texto clave }\n" +
                      repeated("entidad e@+ en e@ { campo c: texto clave }\n")),
              HasSubstr("la entidad «e21» tiene 21 encima"));
}

TEST(LargeTexts, FieldsOfAKindThatManyLieIn) {
  EXPECT_EQ(count_errors("entidad grande {\n campo c: texto clave\n" + repeated("campo f@: número\n", 1'000) +
                         "}\n" + repeated("entidad e@ en grande { campo c: texto clave }\n")),
            0U);
}

TEST(LargeTexts, RolesBelowOneAnother) {
  EXPECT_THAT(said_of("rol r0 por nación\n" + repeated("rol r@+ por nación bajo r@\n")),
              HasSubstr("el rol «r21» tiene 21 superiores, uno sobre otro"));
}

TEST(LargeTexts, RolesInOnePlace) {
  EXPECT_THAT(said_of(repeated("rol r@ por nación\n", 101) + "plan PAT por municipio {\n a cargo de r0" +
                      [] {
                        std::string names;
                        for (int i = 1; i < 101; ++i)
                          names += ", r" + std::to_string(i);
                        return names;
                      }() +
                      "\n seguimiento { hito h { vence 30 de abril } }\n}\n"),
              HasSubstr("aquí se nombran 101 roles"));
}

TEST(LargeTexts, LinesOfACalendar) {
  const Compiled compiled = compile(
      {{"p.cauce",
        "programa p { vigencia 2024 zona \"UTC\" calendario c }\nrol r por nación { administra publicar, "
        "asignar }\n"
        "calendario c {\n hábil lunes a domingo\n" +
            repeated(
                "no hábil sábado, domingo\nhábil lunes a viernes\nno hábil 3 de mayo\nfestivos Colombia\n") +
            "}\n"}});
  ASSERT_TRUE(compiled.ok());
  const rules::Calendar& calendar = compiled.policy->rules->calendar;
  EXPECT_FALSE(calendar.is_working_day(*rules::make_date(2024, 5, 3)));
  EXPECT_FALSE(calendar.is_working_day(*rules::make_date(2024, 5, 4)));
  EXPECT_TRUE(calendar.is_working_day(*rules::make_date(2024, 5, 6)));
}

TEST(LargeTexts, ValuesOfAParameter) {
  std::string values = "parámetro p = 1";
  for (int year = 1900; year < 2198; ++year)
    values += ", 2 desde 1 de enero de " + std::to_string(year);
  EXPECT_THAT(said_of(values + "\n"), HasSubstr("el parámetro «p» tiene 299 valores"));
}

TEST(LargeTexts, ParametersInACircle) {
  EXPECT_THAT(said_of("parámetro p20000 = p0\n" + repeated("parámetro p@ = p@+\n")),
              HasSubstr("p16 = p17 = p18 = … = p20000"));
}

TEST(LargeTexts, TablesThatCallOthersTwice) {
  const std::string said = said_of(
      "tabla t0(x: número): número decide la primera fila {\n| x | => |\n| - | x |\n}\n" +
      repeated(
          "tabla t@+(x: número): número decide la primera fila {\n| x | => |\n| - | t@(x) + t@(x) |\n}\n",
          64) +
      "focalización f de municipio { califica si t64(población) > 0 }\n");
  EXPECT_THAT(said, HasSubstr("la tabla «t13» llama a otras hasta 16382 veces para dar un resultado"));
}

TEST(LargeTexts, MinimumsAndQuotas) {
  EXPECT_EQ(count_errors("focalización f de municipio {\n cupo 1000000\n cupo por tipo { " +
                         repeated("\"t@\": 30, ") + "cada una de las otras: 30 }\n" +
                         repeated("mínimo 1 por tipo\nmínimo 1 por región\n") + "}\n"),
            0U);
}

TEST(LargeTexts, AMinimumAboveManyQuotasTellsTheFirst) {
  EXPECT_THAT(said_of("focalización f de municipio {\n cupo por tipo { " + repeated("\"t@\": @, ", 30) +
                      "cada una de las otras: 30 }\n mínimo 40 por tipo\n}\n"),
              HasSubstr("el mínimo por tipo es 40, y el menor de otros 10 cupos es 20"));
}

TEST(LargeTexts, LevelsOfAnIndicator) {
  EXPECT_EQ(count_errors(plan("seguimiento { hito h { vence 30 de abril } }\n"
                              "evaluación { vence 19 de diciembre  indicador i = avance\n nivel i { " +
                              [] {
                                std::string levels = "n desde 0";
                                for (int i = 1; i < many; ++i)
                                  levels += ", n" + std::to_string(i) + " desde " + std::to_string(i);
                                return levels;
                              }() +
                              " } }")),
            0U);
}

TEST(LargeTexts, ActionsOfOneName) {
  EXPECT_EQ(count_errors(plan("formulación {\n vence 30 de abril\n etapa borrador inicial {\n" +
                              repeated("enlace puede enviar y pasa a firmado si vencidos = @\n", 3'000) +
                              "}\n etapa firmado final\n}\n seguimiento { hito h { vence 30 de mayo } }")),
            0U);
}

TEST(LargeTexts, IndicatorsThatReadOneAnother) {
  const std::string said = said_of(plan("evaluación {\n vence 15 de diciembre\n indicador i0 = avance\n" +
                                        repeated("indicador i@+ = i@ + 1\n") + "}"));
  EXPECT_THAT(said, HasSubstr("el indicador «i50» se calcula con otro"));
  EXPECT_THAT(said, Not(HasSubstr("«i51»")));
}

TEST(LargeTexts, HitosThatRequireThemselvesAndTheNext) {
  EXPECT_EQ(count_errors(plan("seguimiento {\n hito h20000 { vence 30 de abril }\n" +
                              repeated("hito h@ { vence 30 de abril  requiere h@+, h@ }\n") + "}")),
            static_cast<std::size_t>(many));
}

TEST(LargeTexts, HitosThatAllRequireThoseBefore) {
  const std::string said =
      said_of(plan("seguimiento {\n hito h20000 { vence 30 de abril  requiere " +
                   [] {
                     std::string names = "h0";
                     for (int i = 1; i < many; ++i)
                       names += ", h" + std::to_string(i);
                     return names;
                   }() +
                   " }\n" + repeated("hito h@ { vence 30 de abril  requiere h@+ }\n") + "}"));
  EXPECT_THAT(said, HasSubstr("«h18» y 19981 más se requieren en círculo"));
}

TEST(LargeTexts, DeadlinesInACircle) {
  EXPECT_EQ(count_errors(plan("seguimiento {\n hito h20000 { vence 5 días hábiles después de h0 }\n" +
                              repeated("hito h@ { vence 5 días hábiles después de h@+ }\n") + "}")),
            1U);
}

TEST(LargeTexts, NobodyInCharge) {
  EXPECT_THAT(said_of("plan PAT por municipio {\n seguimiento {\n" +
                      repeated("hito h@ { vence 30 de abril }\n", 30) + "}\n}\n"),
              HasSubstr("«h19» y 13 más"));
}

TEST(LargeTexts, StepsOfAScenario) {
  EXPECT_EQ(count_errors("alertas escalera {\n" +
                         repeated("@+ días hábiles después avisa al responsable\n", 1'000) + "}\n" +
                         plan("alertas escalera\n" + repeated("componente c@\n") + "seguimiento {\n" +
                              repeated("hito h@ { vence 30 de abril }\n") + "}") +
                         "escenario \"e\" de PAT {\n" +
                         repeated("el 10 de marzo enlace cumple h@\nel 10 de marzo enlace completa c@\n"
                                  "espera alerta 700 días hábiles después por h@\n") +
                         "}\n"),
            0U);
}

}  // namespace
}  // namespace cauce::workflows
