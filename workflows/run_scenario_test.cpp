// `escenario`: every step and expectation, holding and failing.
#include <gtest/gtest.h>

#include "workflows/test_runner_fixture.hpp"

namespace cauce::workflows {
namespace {

using testing::run_tests;
using testing::tested_policy;
using testing::TestedPolicy;

std::string scenario(const std::string& lines) {
  return run_tests("escenario \"Historia\" de PAT {\n" + lines + "\n}\n");
}

/// Up to the end of the formulation, on 5 February.
const std::string formulated = R"(
  el 1 de febrero enlace completa objetivos
  el 1 de febrero enlace completa anexos
  el 1 de febrero enlace ejecuta enviar
  el 5 de febrero articulador ejecuta aprobar
)";

// --- The plan and its surroundings

TEST(RunScenario, APlanIsNewOnTheFirstOfJanuaryUnlessItSaysWhen) {
  EXPECT_EQ(scenario(R"(
  espera corte = 1 de enero y fase = formulación y etapa = borrador
  espera avance = 0 y vencidos = 0 y no componentes_completos
)"),
            "pasa\n");
  EXPECT_EQ(scenario("  creado el 15 de enero\n  espera corte = 2024-01-15\n"), "pasa\n");
}

TEST(RunScenario, TheEntityIsWhatIsGivenAndTheRestIsSinDato) {
  EXPECT_EQ(scenario(R"(
  dado { nombre: "Abejorral", población: 20, región: "Caribe", pdet: sin dato }
  espera nombre = "Abejorral" y población = 20 y región = "Caribe"
  espera departamento sin dato y código sin dato y mdm sin dato y pdet sin dato
)"),
            "pasa\n");
  EXPECT_EQ(scenario(R"(
  dado { código: "05002", departamento: "05" }
  espera entidad = "05002" y código = "05002" y departamento = "05" y región sin dato
)"),
            "pasa\n");
}

TEST(RunScenario, LinkedPlansExistAndAreNew) {
  EXPECT_EQ(run_tests(R"(
escenario "El de la región" de PCCT {
  dado { nombre: "Caribe" }
  espera cuenta(PAT) = 1
  espera cobertura = 0
  espera todos(PAT donde etapa = borrador)
}
escenario "El del municipio" de PAT {
  dado { región: "Caribe" }
  espera fase = formulación
})"),
            "pasa\npasa\n");
}

// --- Steps

TEST(RunScenario, StepsOfTheFormulation) {
  EXPECT_EQ(scenario(R"(
  el 1 de febrero enlace completa objetivos { asistencia: "Apoyar", meta: 7 }
  espera completo(objetivos) y componentes_completos y no completo(anexos)
  el 1 de febrero enlace completa anexos
  espera completo(anexos)
  el 2 de febrero enlace ejecuta enviar
  espera etapa = revisión
  el 5 de febrero articulador ejecuta devolver con "Precisar la meta"
  espera etapa = borrador
  el 6 de febrero enlace ejecuta enviar
  el 7 de febrero articulador ejecuta aprobar
  espera fase = seguimiento y etapa = en_curso
)"),
            "pasa\n");
}

TEST(RunScenario, AComponentCompletedWithoutSayingHowFitsItsFields) {
  EXPECT_EQ(scenario("  el 1 de febrero enlace completa objetivos\n  espera completo(objetivos)\n"),
            "pasa\n");
}

TEST(RunScenario, StepsOfReports) {
  EXPECT_EQ(scenario(R"(
  el 5 de marzo enlace entrega mensual de febrero { actividades: 3, resumen: "Dos visitas" }
  espera entregado(mensual, febrero) y no validado(mensual, febrero)
  el 6 de marzo articulador devuelve mensual de febrero con "Faltan fechas"
  espera no entregado(mensual, febrero)
  el 7 de marzo enlace entrega mensual de febrero { actividades: 3, resumen: "Dos visitas, el 3 y el 4" }
  el 8 de marzo articulador valida mensual de febrero
  espera validado(mensual, febrero)
  el 8 de marzo articulador prorroga mensual de marzo hasta el 12 de abril con "Paro de transporte"
  espera vence(mensual, marzo) = 12 de abril
  el 15 de abril dirección dispensa mensual de marzo con "Sin actividades"
  espera no vencido(mensual, marzo) y cuenta(reportes) = 2
  el 10 de junio
  espera rechazo cuando enlace entrega mensual de abril { actividades: 1, resumen: "Tarde" }
  el 10 de junio articulador reabre mensual de abril con "Se cayó el sistema"
  el 11 de junio enlace entrega mensual de abril { actividades: 1, resumen: "Tarde" }
  espera entregado(mensual, abril)
  el 12 de junio articulador anula mensual de abril con "Era de otro municipio"
  espera no entregado(mensual, abril)
)"),
            "pasa\n");
}

TEST(RunScenario, StepsOfMilestones) {
  EXPECT_EQ(scenario(formulated + R"(
  espera rechazo cuando enlace cumple adoptado con "Acta 3"
  el 20 de abril enlace cumple diagnóstico ocurrido el 15 de abril
  espera cumplido(diagnóstico) y avance = 40
  espera rechazo cuando enlace cumple adoptado
  el 20 de mayo enlace cumple adoptado con "Acta 3"
  espera avance = 100
)"),
            "pasa\n");
}

TEST(RunScenario, StepsOfTheWholePlan) {
  EXPECT_EQ(scenario(formulated + R"(
  el 6 de febrero articulador suspende con "Elecciones"
  espera situación = suspendido
  espera rechazo cuando enlace entrega mensual de febrero { actividades: 1, resumen: "…" }
  el 20 de febrero articulador reanuda con "Ya pasaron"
  espera situación = activo
  el 21 de febrero articulador reabre formulación con "Cambió la alcaldía"
  espera fase = formulación
  el 22 de febrero articulador cancela con "Renunció"
  espera situación = cancelado
)"),
            "pasa\n");
}

TEST(RunScenario, AStepThatIsRefusedFailsAndEndsTheScenario) {
  EXPECT_EQ(scenario(R"(
  el 1 de febrero enlace completa anexos
  el 2 de febrero enlace ejecuta enviar
  espera etapa = revisión
)"),
            R"(enlace ejecuta enviar: se rechazó el paso: todavía no se puede «enviar» este plan
- Faltan componentes obligatorios
- el componente «objetivos» está incompleto
)");
}

TEST(RunScenario, ARefusalSaysWhoCould) {
  EXPECT_EQ(scenario("  el 1 de febrero dirección completa anexos\n  espera completo(anexos)\n"),
            R"(dirección completa anexos: se rechazó el paso: la persona «dirección» no está a cargo del plan
- puede hacerlo: Enlace Territorial
)");
}

TEST(RunScenario, AnotherPhaseThanTheOneBeforeIsNotReopened) {
  EXPECT_EQ(
      scenario("  el 1 de febrero articulador reabre formulación con \"x\"\n  espera avance = 0\n"),
      "articulador reabre formulación con \"x\": se rechazó el paso: no se puede reabrir la formulación: "
      "el plan está en formulación\n");
}

// --- Expectations

TEST(RunScenario, ExpectationsThatFailShowBothSidesAndTheRestGoesOn) {
  EXPECT_EQ(scenario(R"(
  el 1 de febrero enlace completa anexos
  espera etapa = revisión
  el 18 de marzo
  espera no vencido(formulación)
)"),
            R"(etapa = revisión: esperado revisión, fue borrador
> etapa = revisión → no
>  etapa → borrador
no vencido(formulación): esperado no, fue sí
> no vencido(formulación) → no
>  vencido(formulación) → sí
)");
}

TEST(RunScenario, ARefusalThatIsExpected) {
  EXPECT_EQ(scenario(R"(
  el 1 de febrero enlace completa objetivos
  espera rechazo cuando articulador ejecuta aprobar
  espera rechazo cuando enlace ejecuta enviar
  espera etapa = borrador
)"),
            "espera rechazo cuando enlace ejecuta enviar: esperado un rechazo, y se puede hacer\n")
      << "what is only asked is not done";
}

// --- Alerts

TEST(RunScenario, AlertsSinceTheDayBefore) {
  EXPECT_EQ(scenario(R"(
  el 11 de marzo
  espera alerta al vencer a enlace por mensual
  espera alerta 3 días hábiles antes por mensual
  espera ninguna alerta a articulador
  el 12 de marzo
  espera alerta 3 días hábiles después a articulador por mensual
  espera alerta 3 días hábiles antes a enlace por formulación
  espera ninguna alerta al vencer
  el 20 de marzo
  espera alerta 5 días hábiles después a dirección por mensual
  espera alerta al vencer por formulación
  el 25 de marzo
  espera ninguna alerta por mensual
)"),
            "pasa\n");
}

TEST(RunScenario, WhatIsHandedInRaisesNothing) {
  EXPECT_EQ(scenario(R"(
  el 5 de marzo enlace entrega mensual de febrero { actividades: 3, resumen: "Dos visitas" }
  el 30 de marzo
  espera ninguna alerta por mensual
)"),
            "pasa\n");
}

TEST(RunScenario, DigestsAreMeantWhereTheyAreNamed) {
  EXPECT_EQ(scenario(R"(
  el 4 de marzo
  espera alerta resumen a articulador por mensual
  espera ninguna alerta a articulador
  el 5 de marzo
  espera ninguna alerta resumen
)"),
            "pasa\n");
}

TEST(RunScenario, AnAlertThatIsNotRaisedShowsThoseThatWere) {
  EXPECT_EQ(scenario(R"(
  el 5 de febrero
  espera alerta a dirección
  el 5 de marzo
  espera alerta al vencer a enlace por mensual
)"),
            R"(espera alerta a dirección: no se dio esa alerta
- desde el «el» anterior no se dio ninguna
espera alerta al vencer a enlace por mensual: no se dio esa alerta
- se dio «resumen cada lunes a las 7:00 a articulador», a articulador, por el reporte «mensual» de febrero de 2024
- se dio «3 días hábiles antes recuerda al responsable», a enlace, por el reporte «mensual» de febrero de 2024
)");
}

TEST(RunScenario, AnAlertThatIsRaisedAndShouldNotBeIsShown) {
  EXPECT_EQ(
      scenario("  el 8 de marzo\n  espera ninguna alerta al vencer\n"),
      R"(espera ninguna alerta al vencer: se dio una alerta que no se esperaba: «al vencer avisa al responsable», a enlace, por el reporte «mensual» de febrero de 2024
)");
}

TEST(RunScenario, WhatBecomesDueByAStepIsRaisedAtOnce) {
  // Resumed on 21 March, with what had fallen due before the suspension: its step of 14 March was not sent.
  EXPECT_EQ(scenario(R"(
  el 13 de marzo articulador suspende con "Elecciones"
  el 15 de marzo
  espera ninguna alerta
  el 15 de marzo articulador reanuda con "Ya pasaron"
  espera alerta 5 días hábiles después a dirección por mensual
)"),
            "pasa\n");
}

// --- no aplica

TEST(RunScenario, OneThatNamesAnotherYearIsNotRun) {
  const std::string tests = R"(
escenario "Del 2024" de PAT {
  creado el 15 de enero de 2024
  espera corte = 2024-01-15
}
escenario "De cualquiera" de PAT {
  creado el 15 de enero
  espera corte = 15 de enero
}
escenario "Pasa de un año a otro" de PAT {
  creado el 15 de enero de 2024
  el 10 de enero de 2025
  espera corte = 2025-01-10
}
)";
  EXPECT_EQ(run_tests(tests), "pasa\npasa\npasa\n");
  EXPECT_EQ(run_tests(tests, {2025}), R"(no aplica: nombra el año 2024, y la vigencia es 2025
pasa
no aplica: nombra el año 2024, y la vigencia es 2025
)");
}

}  // namespace
}  // namespace cauce::workflows
