// `prueba`: every form, holding and failing.
#include <gtest/gtest.h>

#include "workflows/test_runner_fixture.hpp"

namespace cauce::workflows {
namespace {

using testing::run_tests;
using testing::TestedPolicy;

// --- casos

TEST(RunPrueba, CasesThatHold) {
  EXPECT_EQ(run_tests(R"(
prueba "Casos" de municipios {
  casos {
    | tipo     | población | pdet     | mdm      | => estado     | puntaje    | desempeño |
    | rural    | 8000      | sí       | 42       | elegible      | 37         | 29        |
    | rural    | 8000      | no       | 80       | no elegible   | -          | -         |
    | rural    | 8000      | no       | sin dato | por verificar | sin dato   | sin dato  |
    | urbano   | sin dato  | sí       | sin dato | excluido      | -          | -         |
    | rural    | sin dato  | sí       | 42       | por verificar | [30..40]   | > 28      |
    | rural    | 0         | sí       | 42       | no elegible, excluido | no (36, 38) | 29 |
  }
})"),
            "pasa\n");
}

TEST(RunPrueba, CasesThatFailSayRowColumnAndBothSides) {
  EXPECT_EQ(run_tests(R"(
prueba "Casos" de municipios {
  casos {
    | tipo  | población | pdet | mdm      | => estado | puntaje    |
    | rural | 8000      | no   | 80       | elegible  | -          |
    | rural | 8000      | sí   | 42       | elegible  | 59.2       |
    | rural | 8000      | no   | sin dato | excluido  | [0..100]   |
    | rural | 8000      | sí   | 42       | no (elegible) | no (> 30) |
  }
})"),
            R"(elegible: fila 1, columna «estado»: esperado elegible, fue no elegible
- califica si pdet porque "Municipio PDET" según C4091 → no
- califica si mdm < umbral porque "Desempeño bajo" → no
> pdet → no
> mdm < umbral → no
>  mdm → 80
>  umbral → 55
59.2: fila 2, columna «puntaje»: esperado 59.2, fue 37
> 0.5 * (100 - mdm) → 29
>  100 - mdm → 58
>   mdm → 42
> 0.1 * prioridad(mdm, pdet) → 8
>  prioridad(mdm, pdet) → 80
>   mdm → 42
>   pdet → sí
>   | >= 40 | sí | 80 | → 80
excluido: fila 3, columna «estado»: esperado excluido, fue por verificar
- califica si mdm < umbral porque "Desempeño bajo" → sin dato
- sin dato: mdm
> mdm < umbral → sin dato
>  mdm → sin dato
>  umbral → 55
[0..100]: fila 3, columna «puntaje»: esperado [0..100], fue sin dato
- sin dato: mdm
> 0.5 * (100 - mdm) → sin dato
>  100 - mdm → sin dato
>   mdm → sin dato
> 0.1 * prioridad(mdm, pdet) → sin dato
>  prioridad(mdm, pdet) → sin dato
>   mdm → sin dato
>   pdet → no
no (elegible): fila 4, columna «estado»: esperado no (elegible), fue elegible
no (> 30): fila 4, columna «puntaje»: esperado no (> 30), fue 37
> 0.5 * (100 - mdm) → 29
>  100 - mdm → 58
>   mdm → 42
> 0.1 * prioridad(mdm, pdet) → 8
>  prioridad(mdm, pdet) → 80
>   mdm → 42
>   pdet → sí
>   | >= 40 | sí | 80 | → 80
)");
}

TEST(RunPrueba, WhatIsGivenHoldsForEveryRowUnlessItSaysOtherwise) {
  EXPECT_EQ(run_tests(R"(
prueba "Casos" de municipios {
  dado { tipo: rural, población: 10, pdet: sí, mdm: 20 }
  casos {
    | tipo     | => estado     |
    | rural    | elegible      |
    | urbano   | excluido      |
    | sin dato | por verificar |
  }
})"),
            "pasa\n");
}

/// What language.md, 2.6, says of `tested_policy`, by cases; a value that is not given is sin dato.
std::string status_by_hand(const std::optional<bool>& urban, const std::optional<int>& population,
                           const std::optional<bool>& pdet, const std::optional<int>& mdm) {
  if (urban == true) return "excluido";
  const bool low = mdm && *mdm < 55;
  const bool neither = pdet == false && mdm && !low;
  if (population == 0 || neither) return "no elegible";
  const bool qualifies = pdet == true || low;
  const bool score_known = mdm && (*mdm < 40 || pdet);
  return urban && population && qualifies && score_known ? "elegible" : "por verificar";
}

TEST(RunPrueba, EveryCombinationOfKnownAndMissingValues) {
  std::string right;
  std::string wrong;
  int row = 0;
  const auto cell = [](const auto& value, const std::string& text) { return value ? text : "sin dato"; };
  for (const std::optional<bool> urban : {std::optional<bool>(), std::optional(false), std::optional(true)})
    for (const std::optional<int> population : {std::optional<int>(), std::optional(0), std::optional(9)})
      for (const std::optional<bool> pdet :
           {std::optional<bool>(), std::optional(false), std::optional(true)})
        for (const std::optional<int> mdm :
             {std::optional<int>(), std::optional(20), std::optional(50), std::optional(80)}) {
          const std::string given = "| " + cell(urban, urban == true ? "urbano" : "rural") + " | " +
                                    cell(population, std::to_string(population.value_or(0))) + " | " +
                                    cell(pdet, pdet == true ? "sí" : "no") + " | " +
                                    cell(mdm, std::to_string(mdm.value_or(0))) + " | ";
          const std::string status = status_by_hand(urban, population, pdet, mdm);
          right += given + status + " |\n";
          wrong += given + "no (" + status + ") |\n";
          ++row;
        }
  const std::string begin =
      "prueba \"Todas\" de municipios { casos {\n| tipo | población | pdet | mdm | => estado |\n";
  EXPECT_EQ(run_tests(begin + right + "} }"), "pasa\n");
  const TestedPolicy all_wrong(begin + wrong + "} }");
  EXPECT_EQ(row, 108);
  EXPECT_EQ(all_wrong.failures(), 108U);
}

// --- dado, and a status

TEST(RunPrueba, AStatusAndItsReason) {
  EXPECT_EQ(run_tests(R"(
prueba "Excluido" de municipios {
  dado { tipo: urbano, población: 10, pdet: sí, mdm: 20 }
  espera excluido
  espera excluido porque "Tiene capacidad propia"
  espera excluido porque "Tiene capacidad propia" según L617
  espera excluido porque "Tiene capacidad propia" según L617 "art. 6"
}
prueba "Por verificar" de municipios {
  dado { población: 10, pdet: sí, mdm: 20 }
  espera por verificar porque "Tiene capacidad propia"
})"),
            "pasa\npasa\n");
}

TEST(RunPrueba, AnotherStatusShowsTheClausesThatGaveIt) {
  EXPECT_EQ(run_tests(R"(
prueba "No" de municipios {
  dado { tipo: rural, población: 0, pdet: sí, mdm: 20 }
  espera elegible
})"),
            R"(espera elegible: esperado elegible, fue no elegible
- requiere población > 0 → no
> población > 0 → no
>  población → 0
)");
}

TEST(RunPrueba, TheRightStatusForAnotherReasonFails) {
  EXPECT_EQ(run_tests(R"(
prueba "Otra razón" de municipios {
  dado { tipo: rural, población: 10, pdet: sí, mdm: 90 }
  espera elegible porque "Desempeño bajo"
  espera elegible porque "Municipio PDET" según L617
  espera elegible porque "Municipio PDET" según C4091 "art. 1"
})"),
            R"(espera elegible porque "Desempeño bajo": quedó elegible, pero no por esa razón
- califica si pdet porque "Municipio PDET" según C4091 → sí
> pdet → sí
espera elegible porque "Municipio PDET" según L617: quedó elegible, pero no por esa razón
- califica si pdet porque "Municipio PDET" según C4091 → sí
> pdet → sí
espera elegible porque "Municipio PDET" según C4091 "art. 1": quedó elegible, pero no por esa razón
- califica si pdet porque "Municipio PDET" según C4091 → sí
> pdet → sí
)");
}

TEST(RunPrueba, AGroupThatTheTestIsSilentAboutDoesNotMatterUnlessItSaysSinDato) {
  EXPECT_EQ(run_tests(R"(
prueba "Callada" de municipios {
  dado { tipo: rural, población: 10, pdet: sí, mdm: 20 }
  espera elegible
}
prueba "Dicho" de municipios {
  dado { tipo: rural, población: 10, pdet: sí, mdm: 20, región: sin dato }
  espera elegible
})"),
            R"(pasa
espera elegible: esperado elegible, fue por verificar
- califica si pdet porque "Municipio PDET" según C4091 → sí
- califica si mdm < umbral porque "Desempeño bajo" → sí
- sin dato: región
> pdet → sí
> mdm < umbral → sí
>  mdm → 20
>  umbral → 55
)");
}

TEST(RunPrueba, TheDayDecidesWhichValueOfAParameterHolds) {
  EXPECT_EQ(run_tests(R"(
prueba "Antes" de municipios {
  dado { tipo: rural, población: 10, pdet: no, mdm: 57 }
  espera no elegible
  espera corte = 1 de enero
}
prueba "Desde julio" de municipios al 1 de julio {
  dado { tipo: rural, población: 10, pdet: no, mdm: 57 }
  espera elegible
  espera corte = 2024-07-01
})"),
            "pasa\npasa\n");
}

// --- espera EXPR

TEST(RunPrueba, ExpressionsOverTheEntityItsParentsAndItsScore) {
  EXPECT_EQ(run_tests(R"(
prueba "Valores" de municipios {
  dado { nombre: "Abejorral", tipo: rural, población: 10, pdet: sí, mdm: 42, región: "Caribe" }
  espera nombre = "Abejorral" y población + 1 = 11
  espera puntaje = 37 y desempeño = 29
  espera región = "Caribe"
  espera departamento sin dato
  espera código sin dato
  espera pdet
})"),
            "pasa\n");
}

TEST(RunPrueba, WithoutAnEntityNothingIsKnown) {
  EXPECT_EQ(run_tests(R"(
prueba "Nada" de municipios {
  espera mdm sin dato y puntaje sin dato y desempeño sin dato
  espera cuenta(seleccionados) = 0
})"),
            "pasa\n");
}

/// It would hold of a key with a slip in it too, for ever.
TEST(RunPrueba, WhoIsNotInTheDataIsNotSelectedAndThatIsSaid) {
  EXPECT_EQ(run_tests(R"(
prueba "Nadie" de municipios {
  espera no seleccionado("99")
})"),
            "seleccionado(\"99\"): se pregunta por quien no está en los datos de la prueba\n"
            "- no hay municipio con la clave «99»\n");
}

TEST(RunPrueba, AnExpressionThatFailsShowsBothSidesOfEachPartThatIsNotTrue) {
  EXPECT_EQ(run_tests(R"(
prueba "Fallan" de municipios {
  dado { tipo: rural, pdet: sí, mdm: 42 }
  espera prioridad(39, no) = 80
  espera 80 = prioridad(39, no)
  espera mdm > 50 y pdet y mdm + 1 != 43
  espera 50 < mdm
  espera mdm en {40, 41}
  espera mdm entre 50 y 60
  espera mdm en ]42..50[
  espera población con dato
  espera mdm sin dato
  espera población > 0
  espera no pdet
  espera mdm = 1 o pdet = no
})"),
            R"(prioridad(39, no) = 80: esperado 80, fue 100
> prioridad(39, no) = 80 → no
>  prioridad(39, no) → 100
>   | < 40 | - | 100 | → 100
80 = prioridad(39, no): esperado 80, fue 100
> 80 = prioridad(39, no) → no
>  prioridad(39, no) → 100
>   | < 40 | - | 100 | → 100
mdm > 50: esperado > 50, fue 42
> mdm > 50 → no
>  mdm → 42
mdm + 1 != 43: esperado != 43, fue 43
> mdm + 1 != 43 → no
>  mdm + 1 → 43
>   mdm → 42
50 < mdm: esperado > 50, fue 42
> 50 < mdm → no
>  mdm → 42
mdm en {40, 41}: esperado uno de {40, 41}, fue 42
> mdm en {40, 41} → no
>  mdm → 42
mdm entre 50 y 60: esperado en [50..60], fue 42
> mdm entre 50 y 60 → no
>  mdm → 42
mdm en ]42..50[: esperado en ]42..50[, fue 42
> mdm en ]42..50[ → no
>  mdm → 42
población con dato: esperado con dato, fue sin dato
> población con dato → no
>  población → sin dato
mdm sin dato: esperado sin dato, fue 42
> mdm sin dato → no
>  mdm → 42
población > 0: esperado > 0, fue sin dato
- sin dato: población
> población > 0 → sin dato
>  población → sin dato
no pdet: esperado no, fue sí
> no pdet → no
>  pdet → sí
mdm = 1 o pdet = no: esperado sí, fue no
> mdm = 1 o pdet = no → no
>  mdm = 1 → no
>   mdm → 42
>  pdet = no → no
>   pdet → sí
)");
}

TEST(RunPrueba, FaultsOfAnExpressionAreSaid) {
  EXPECT_EQ(run_tests(R"(
prueba "División" {
  espera 1 / 0 = 1
})"),
            R"(1 / 0 = 1: esperado 1, fue sin dato
- división por cero
> 1 / 0 = 1 → sin dato
>  1 / 0 → sin dato
)");
}

TEST(RunPrueba, DeadlinesOfPlansThatDoNotExistYet) {
  EXPECT_EQ(run_tests(R"(
prueba "Plazos" {
  espera vence(PAT.mensual, febrero) = 2024-03-07
  espera vence(PAT.mensual) = 7 de marzo
  espera vence(PAT.formulación) = 15 de marzo
  espera vence(PCCT.mesa) = 30 de abril
}
prueba "Otro" {
  espera vence(PAT.mensual, febrero) = 2024-03-08
})"),
            R"(pasa
vence(PAT.mensual, febrero) = 2024-03-08: esperado 2024-03-08, fue 2024-03-07
> vence(PAT.mensual, febrero) = 2024-03-08 → no
>  vence(PAT.mensual, febrero) → 2024-03-07
)");
}

// --- datos

class RunPruebaWithData : public ::testing::Test {
 protected:
  /// Five municipalities of two regions; two places, one for each region.
  static rules::Territory data_for(const Policy& policy) {
    const rules::Ruleset& rules = *policy.rules;
    rules::Territory territory = rules::empty_territory(rules);
    const auto row = [](const char* code, int mdm, const char* department) {
      return rules::EntityRow{{std::string(code), std::string("Municipio ") + code, std::string("rural"),
                               rules::Decimal(100), true, rules::Decimal(mdm)},
                              department};
    };
    rules::add_entities(territory, rules, *rules.find_entity("región"),
                        {{{std::string("Caribe")}, ""}, {{std::string("Andes")}, ""}});
    rules::add_entities(territory, rules, *rules.find_entity("departamento"),
                        {{{std::string("08")}, "Caribe"}, {{std::string("05")}, "Andes"}});
    rules::add_entities(territory, rules, *rules.find_entity("municipio"),
                        {row("08001", 30, "08"), row("08002", 20, "08"), row("05001", 40, "05")});
    return territory;
  }

  static std::string run(const std::string& tests) {
    const TestedPolicy tested(tests);
    const rules::Territory data = data_for(tested.policy());
    return tested.run(&data);
  }
};

TEST_F(RunPruebaWithData, WhoIsSelected) {
  EXPECT_EQ(run(R"(
prueba "Datos" de municipios {
  datos "municipios.csv"
  espera seleccionado("08002")
  espera seleccionado("05001") y no seleccionado("08001")
  espera cuenta(seleccionados) = 2
  espera cuenta(seleccionados donde región = "Caribe") = 1
  espera promedio(mdm de seleccionados) = 30
  espera todos(seleccionados donde pdet)
})"),
            "pasa\n");
}

TEST_F(RunPruebaWithData, WhoIsNotShowsWhy) {
  EXPECT_EQ(run(R"(
prueba "Datos" de municipios {
  datos "municipios.csv"
  espera cuenta(seleccionados donde región = "Andes") = 2
  espera seleccionado("08001")
  espera no seleccionado("08002") y cuenta(seleccionados) = 1
  espera seleccionado("99999")
})"),
            R"(cuenta(seleccionados donde región = "Andes") = 2: esperado 2, fue 1
> cuenta(seleccionados donde región = "Andes") = 2 → no
>  cuenta(seleccionados donde región = "Andes") → 1
>   cuenta(seleccionados donde región = "Andes") → no
>    región = "Andes" → no
>     región → Caribe
>   cuenta(seleccionados donde región = "Andes") → sí
>    región = "Andes" → sí
>     región → Andes
seleccionado("08001"): esperado sí, fue no
- «08001» quedó en espera
- califica si pdet porque "Municipio PDET" según C4091 → sí
- califica si mdm < umbral porque "Desempeño bajo" → sí
- no quedaba lugar: cupo de región «Caribe» (1)
> seleccionado("08001") → no
> pdet → sí
> mdm < umbral → sí
>  mdm → 30
>  umbral → 55
no seleccionado("08002"): esperado no, fue sí
- «08002» quedó seleccionado
- califica si pdet porque "Municipio PDET" según C4091 → sí
- califica si mdm < umbral porque "Desempeño bajo" → sí
> no seleccionado("08002") → no
>  seleccionado("08002") → sí
> pdet → sí
> mdm < umbral → sí
>  mdm → 20
>  umbral → 55
cuenta(seleccionados) = 1: esperado 1, fue 2
> cuenta(seleccionados) = 1 → no
>  cuenta(seleccionados) → 2
seleccionado("99999"): esperado sí, fue no
- no hay municipio con la clave «99999»
> seleccionado("99999") → no
)");
}

TEST_F(RunPruebaWithData, AnEntityAmongTheData) {
  EXPECT_EQ(run(R"(
prueba "Entra" de municipios {
  datos "municipios.csv"
  dado { tipo: rural, población: 5, pdet: sí, mdm: 10, departamento: "08" }
  espera seleccionado
  espera región = "Caribe"
  espera no seleccionado("08002")
}
prueba "Espera" de municipios {
  datos "municipios.csv"
  dado { tipo: rural, población: 5, pdet: sí, mdm: 50, departamento: "08" }
  espera en espera
}
prueba "No espera" de municipios {
  datos "municipios.csv"
  dado { tipo: rural, población: 5, pdet: sí, mdm: 50, departamento: "08" }
  espera seleccionado
}
prueba "Con la clave de otro" de municipios {
  datos "municipios.csv"
  dado { código: "08001", mdm: 0 }
  espera seleccionado
  espera nombre = "Municipio 08001" y mdm = 0
})"),
            R"(pasa
pasa
espera seleccionado: esperado seleccionado, fue en espera
- califica si pdet porque "Municipio PDET" según C4091 → sí
- califica si mdm < umbral porque "Desempeño bajo" → sí
- no quedaba lugar: cupo total (2)
- no quedaba lugar: cupo de región «Caribe» (1)
> pdet → sí
> mdm < umbral → sí
>  mdm → 50
>  umbral → 55
pasa
)");
}

// --- no aplica

TEST(RunPrueba, ATestThatNamesAnotherYearIsNotRun) {
  const std::string tests = R"(
prueba "Del 2024" al 1 de marzo de 2024 {
  espera corte = 1 de enero
}
prueba "Espera una fecha del 2024" {
  espera vence(PAT.mensual, febrero) = 2024-03-07
}
prueba "Los datos no cuentan" de municipios {
  dado { tipo: rural, población: 10, pdet: sí, mdm: 20 }
  espera elegible
}
)";
  EXPECT_EQ(run_tests(tests, {2025}), R"(no aplica: nombra el año 2024, y la vigencia es 2025
no aplica: nombra el año 2024, y la vigencia es 2025
pasa
)");
}

}  // namespace
}  // namespace cauce::workflows
