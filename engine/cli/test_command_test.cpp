// cauce probar.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

class TestCommandTest : public testing::Test {
 protected:
  Outcome run(const std::string& tests, std::vector<std::string> options = {}) {
    folder.write("pruebas.cauce", tests);
    options.insert(options.begin(), {"probar", folder.path()});
    return cauce(options);
  }
  /// What is printed, with the folder cut from the names of files.
  std::string without_folder(std::string text) const {
    const std::string prefix = folder.path() + "/";
    for (std::size_t at = text.find(prefix); at != text.npos; at = text.find(prefix))
      text.erase(at, prefix.size());
    return text;
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

TEST_F(TestCommandTest, ALineATestAndASummary) {
  const Outcome outcome = run(R"(prueba "Suma" {
  espera 1 + 1 = 2
}
prueba "Resta" {
  espera 3 - 1 = 1
}
escenario "Nace en borrador" de PAT {
  espera etapa = borrador
}
prueba "Del año pasado" al 1 de marzo de 2023 {
  espera 1 = 1
}
)");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(without_folder(outcome.out), R"(✓ Suma
✗ Resta
  esperado 1, fue 2
   --> pruebas.cauce:5:10
    |
  5 |   espera 3 - 1 = 1
    |          ^^^^^^^^^
    de dónde sale:
      3 - 1 = 1 → no
        3 - 1 → 2
✓ Nace en borrador
– Del año pasado: no aplica, nombra el año 2023, y la vigencia es 2024
2 pruebas pasan, 1 falla, 1 no aplica
)");
}

TEST_F(TestCommandTest, NotesStandUnderTheLine) {
  EXPECT_EQ(without_folder(run(R"(escenario "Sin objetivos" de PAT {
  el 1 de febrero enlace ejecuta enviar
  espera etapa = revisión
}
)")
                               .out),
            R"(✗ Sin objetivos
  se rechazó el paso: todavía no se puede «enviar» este plan
   --> pruebas.cauce:2:19
    |
  2 |   el 1 de febrero enlace ejecuta enviar
    |                   ^^^^^^^^^^^^^^^^^^^^^
    = Faltan componentes
    = el componente «objetivos» está incompleto
0 pruebas pasan, 1 falla
)");
}

TEST_F(TestCommandTest, AllPassing) {
  const Outcome outcome = run("prueba \"Suma\" {\n  espera 1 + 1 = 2\n}\n");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "✓ Suma\n1 prueba pasa\n");
  EXPECT_EQ(cauce({"test", folder.path()}).out, outcome.out) << "by its English name";
}

TEST_F(TestCommandTest, WithoutTestsItSaysSo) {
  const Outcome outcome = cauce({"probar", folder.path()});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "la política no tiene pruebas\n");
}

TEST_F(TestCommandTest, JsonHasTheAgreedShape) {
  const std::string tests = R"(prueba "Suma" {
  espera 1 + 1 = 2
}
prueba "Resta" de municipios {
  dado { pdet: no }
  espera elegible
}
prueba "Del año pasado" al 1 de marzo de 2023 {
  espera 1 = 1
}
)";
  const Outcome outcome = run(tests, {"--json"});
  EXPECT_EQ(outcome.code, 1);
  const std::string file = folder / "pruebas.cauce";
  EXPECT_EQ(json::parse(outcome.out),
            json({{"tests",
                   {{{"name", "Suma"}, {"file", file}, {"line", 1}, {"status", "passed"}, {"passed", true}},
                    {{"name", "Resta"},
                     {"file", file},
                     {"line", 4},
                     {"status", "failed"},
                     {"passed", false},
                     {"message", file + ":6:3: esperado elegible, fue no elegible (califica si pdet → no)"}},
                    {{"name", "Del año pasado"},
                     {"file", file},
                     {"line", 8},
                     {"status", "not_applicable"},
                     {"passed", false},
                     {"message", "nombra el año 2023, y la vigencia es 2024"}}}},
                  {"passed", 1},
                  {"failed", 1}}));
  EXPECT_EQ(json::parse(run(tests, {"--json", "--vigencia", "2023"}).out).at("passed"), 2);
}

TEST_F(TestCommandTest, AFilterKeepsTestsByTheirTitle) {
  const std::string tests = "prueba \"La Suma\" { espera 1 + 1 = 2 }\nprueba \"Resta\" { espera 1 = 2 }\n";
  const Outcome outcome = run(tests, {"--filtro", "SÚMA"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "✓ La Suma\n1 prueba pasa\n");
  const Outcome none = run(tests, {"--filtro", "resto"});
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, StartsWith("error: ninguna prueba tiene «resto» en su título\n"));
}

TEST_F(TestCommandTest, ErrorsOfThePolicyComeFirst) {
  const Outcome outcome = run("prueba \"Suma\" { espera 1 + 1 }\n");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("error E0301"));
}

// --- datos

TEST_F(TestCommandTest, DataStandBesideThePolicy) {
  folder.write("pocos.csv",
               "código,nombre,región,pdet,mdm\n05001,Medellín,Caribe,sí,40\n19002,Almaguer,Pacífico,no,30\n");
  const Outcome outcome = run(R"(prueba "Datos" de municipios {
  datos "pocos.csv"
  espera seleccionado("05001") y no seleccionado("19002")
  espera cuenta(seleccionados) = 1
}
)");
  EXPECT_EQ(outcome.out, "✓ Datos\n1 prueba pasa\n") << outcome.err;
}

TEST_F(TestCommandTest, DataThatCannotBeUsedFailTheTestAndEndWithThree) {
  folder.write("malos.csv", "código,nombre,región,mdm\n05001,Medellín,Caribe,ochenta\n05002,Cali,Andes,3\n");
  const Outcome outcome = run(R"(prueba "Malos" de municipios {
  datos "malos.csv"
  espera cuenta(seleccionados) = 1
}
prueba "No están" de municipios {
  datos "ninguno.csv"
  espera cuenta(seleccionados) = 1
}
prueba "Suma" {
  espera 1 + 1 = 2
}
)");
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(without_folder(outcome.out), R"(✗ Malos
  no se pueden usar los datos
   --> pruebas.cauce:2:9
    |
  2 |   datos "malos.csv"
    |         ^^^^^^^^^^^
    = malos.csv, línea 2, columna «mdm»: «ochenta»: se esperaba un número de 0 a 100, con punto decimal (12.5)
    = malos.csv, línea 3, columna «región»: no hay región con la clave «Andes»
✗ No están
  no se pueden usar los datos
   --> pruebas.cauce:6:9
    |
  6 |   datos "ninguno.csv"
    |         ^^^^^^^^^^^^^
    = no se puede leer «ninguno.csv»: no existe
✓ Suma
1 prueba pasa, 2 fallan
)");
}

TEST_F(TestCommandTest, WhatToDoAboutDataStandsOnTheirLine) {
  folder.write("anchos.csv", "código,nombre,región\n05001,Medellín,Caribe,sobra\n");
  const Outcome outcome = run(R"(prueba "Anchos" de municipios {
  datos "anchos.csv"
  espera cuenta(seleccionados) = 1
}
)");
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.out,
              HasSubstr("anchos.csv, línea 2: la fila tiene 4 celdas y el encabezado 3; si una celda "
                        "lleva el separador dentro, enciérrela entre comillas\n"));
}

// --- Coverage

constexpr const char* some_tests = R"(prueba "Entra" de municipios {
  dado { pdet: no }
  espera no elegible
}
escenario "Se alerta" de PAT {
  el 1 de febrero enlace completa objetivos
  el 1 de febrero enlace ejecuta enviar
  el 18 de marzo
  espera alerta al vencer por formulación
}
)";

TEST_F(TestCommandTest, CoverageTellsWhatNoTestReaches) {
  const Outcome outcome = run(some_tests, {"--cobertura"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(without_folder(outcome.out), R"(✓ Entra
✓ Se alerta
2 pruebas pasan

Cobertura: 2 de 6
  focalización municipios: 0 de 1 cláusula
  plan PAT: 1 de 4 acciones
  alertas escalera: 1 de 1 peldaño

Ninguna prueba llega a:
  prueba.cauce:20  califica si pdet  (solo dio no)
  prueba.cauce:59  articulador puede devolver y pasa a borrador con motivo
  prueba.cauce:60  articulador puede aprobar y pasa a aprobado por otra persona
  prueba.cauce:72  articulador puede calificar y pasa a calificado con valoración
)");
}

TEST_F(TestCommandTest, CoverageOfWhatIsFilteredOnly) {
  const json report = json::parse(run(some_tests, {"--cobertura", "--filtro", "entra", "--json"}).out);
  EXPECT_EQ(report.at("tests").size(), 1U);
  const json& coverage = report.at("coverage");
  EXPECT_EQ(coverage.at("reached"), 0);
  EXPECT_EQ(coverage.at("total"), 6);
  EXPECT_EQ(coverage.at("groups").at(0),
            json({{"part", "clause"}, {"of", "municipios"}, {"reached", 0}, {"total", 1}}));
  EXPECT_EQ(coverage.at("unreached").at(0), json({{"part", "clause"},
                                                  {"of", "municipios"},
                                                  {"file", folder / "prueba.cauce"},
                                                  {"line", 20},
                                                  {"text", "califica si pdet"},
                                                  {"was_false", true},
                                                  {"was_unknown", false}}));
  EXPECT_EQ(coverage.at("unreached").size(), 6U);
  EXPECT_FALSE(json::parse(run(some_tests, {"--json"}).out).contains("coverage"));
}

TEST_F(TestCommandTest, TheListingMarksThePolicy) {
  const std::string out = without_folder(run(some_tests, {"--listado"}).out);
  EXPECT_THAT(out, HasSubstr("\nprueba.cauce\n   1 |\n   2 | programa prueba "));
  EXPECT_THAT(out, HasSubstr("\n✗ 20 |   califica si pdet\n  21 |   puntaje desempeño = 100 - mdm\n"));
  EXPECT_THAT(out, HasSubstr("\n✓ 23 | alertas escalera { al vencer avisa al responsable }\n"));
  EXPECT_THAT(out, HasSubstr("\n✓ 56 |       enlace puede enviar y pasa a revisión si"));
  EXPECT_THAT(out, testing::Not(HasSubstr("\npruebas.cauce\n"))) << "nothing in it can be reached";
}

}  // namespace
}  // namespace cauce::engine::cli
