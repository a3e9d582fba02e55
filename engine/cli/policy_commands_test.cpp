// The commands for those who write policies: no database.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class PolicyCommandsTest : public testing::Test {
 protected:
  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

// --- revisar
// ----------------------------------------------------------------------------------------------------

TEST_F(PolicyCommandsTest, CheckSaysThatAPolicyIsRight) {
  const Outcome outcome = cauce({"revisar", folder.path()});
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("1 archivo: "));
  EXPECT_EQ(outcome.err, "");
}

TEST_F(PolicyCommandsTest, CheckShowsMistakesAndEndsWithOne) {
  std::string broken = policy_for_tests;
  broken.replace(broken.find("califica si pdet"), 16, "califica si pdett");
  folder.write("prueba.cauce", broken);
  const Outcome outcome = cauce({"revisar", folder.path()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("E0201"));
  EXPECT_THAT(outcome.out, HasSubstr("¿quiso decir «pdet»?"));
  const json report = json::parse(cauce({"revisar", folder.path(), "--json"}).out);
  EXPECT_EQ(report.at("errors"), 1);
  EXPECT_EQ(report.at("diagnostics").at(0).at("code"), "E0201");
  // Every other command refuses it the same way, on the error stream.
  EXPECT_EQ(cauce({"calendario", folder.path()}).code, 1);
  EXPECT_THAT(cauce({"calendario", folder.path()}).err, HasSubstr("E0201"));
  EXPECT_EQ(json::parse(cauce({"evaluar", folder.path(), "1", "--json"}).out), report);
}

TEST_F(PolicyCommandsTest, AMissingPolicyIsUnusableData) {
  const Outcome outcome = cauce({"revisar", folder / "otra.cauce"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.err, "error: no se puede leer «" + (folder / "otra.cauce") + "»: no existe\n");
  std::filesystem::create_directory(folder / "vacía");
  EXPECT_EQ(cauce({"revisar", folder / "vacía"}).err,
            "error: en «" + (folder / "vacía") + "» no hay archivos *.cauce\n");
}

/// The policy of the tests with a table that leaves gaps, of which the score of each municipality asks.
std::string policy_with_gaps() {
  std::string policy = policy_for_tests;
  const std::string score = "puntaje desempeño = 100 - mdm";
  policy.replace(policy.find(score), score.size(), "puntaje desempeño = prioridad(mdm, pdet)");
  return policy + R"(
tabla prioridad(mdm: número de 0 a 100, pdet: sí o no): número decide la primera fila {
  | mdm     | pdet | => |
  | < 40    | sí   | 1  |
  | > 90    | -    | 2  |
  | [40..90] | no  | 3  |
}
)";
}

TEST_F(PolicyCommandsTest, CheckCountsTheEntitiesInTheGapsOfTables) {
  folder.write("prueba.cauce", policy_with_gaps());
  const Outcome outcome = cauce({"revisar", folder.path(), "--datos", folder.path(), "--json"});
  EXPECT_EQ(outcome.code, 0);
  std::vector<std::string> messages;
  const json report = json::parse(outcome.out);
  for (const json& diagnostic : report.at("diagnostics")) {
    if (diagnostic.at("code") == "A1003") messages.push_back(diagnostic.at("message"));
  }
  EXPECT_THAT(
      messages,
      ElementsAre(
          "ninguna fila de la tabla «prioridad» corresponde a mdm en [0..40[ y pdet = no (por ejemplo, "
          "mdm = 20 y pdet = no); 1 municipio cae aquí: 19002 Almaguer",
          "ninguna fila de la tabla «prioridad» corresponde a mdm en [40..90] y pdet = sí (por ejemplo, "
          "mdm = 65 y pdet = sí); 2 municipios caen aquí: 05001 Medellín y 19001 Popayán"))
      << "05002 has no mdm, which is no gap";
  EXPECT_THAT(cauce({"revisar", folder.path()}).out, Not(HasSubstr("municipios caen")));
}

TEST_F(PolicyCommandsTest, CheckCountsTheEntitiesInTheGapsOfTablesThatTablesCall) {
  std::string policy = policy_with_gaps();
  const std::string score = "= prioridad(mdm, pdet)";
  policy.replace(policy.find(score), score.size(), "= ajustada(mdm, pdet)");
  folder.write("prueba.cauce", policy + R"(
tabla ajustada(medida: número de 0 a 100, pdet: sí o no): número decide la primera fila {
  | medida | pdet | => |
  | < 10   | -    | 0  |
  | -      | -    | 2 * prioridad(medida, pdet) |
}
)");
  const Outcome outcome = cauce({"revisar", folder.path(), "--datos", folder.path()});
  EXPECT_THAT(outcome.out, HasSubstr("1 municipio cae aquí: 19002 Almaguer"));
  EXPECT_THAT(outcome.out, HasSubstr("2 municipios caen aquí: 05001 Medellín y 19001 Popayán"));
}

TEST_F(PolicyCommandsTest, CheckTellsValuesThatNobodyHas) {
  std::string policy = policy_for_tests;
  policy.insert(policy.find("califica si pdet"),
                "excluye si región en {\"Caribe\", \"Caribbe\"} o código = \"Medellín\"\n"
                "  requiere nombre != \"Ninguno de ellos\"\n  ");
  folder.write("prueba.cauce", policy);
  const Outcome outcome = cauce({"revisar", folder.path(), "--datos", folder.path(), "--json"});
  EXPECT_EQ(outcome.code, 0);
  std::vector<std::string> told;
  const json report = json::parse(outcome.out);
  for (const json& diagnostic : report.at("diagnostics")) {
    if (diagnostic.at("code") == "A1008")
      told.push_back(std::string(diagnostic.at("message")) + "; " + diagnostic.value("help", ""));
  }
  EXPECT_THAT(told,
              ElementsAre("en los datos nadie tiene «Caribbe» en «región»; ¿quiso decir \"Caribe\"?",
                          "en los datos nadie tiene «Medellín» en «código»; «código» es una clave, y la "
                          "de Medellín es \"05001\"",
                          "en los datos nadie tiene «Ninguno de ellos» en «nombre»; "));
  EXPECT_THAT(cauce({"revisar", folder.path()}).out, Not(HasSubstr("en los datos")));
}

TEST_F(PolicyCommandsTest, CheckShowsThreeOfManyEntities) {
  folder.write("prueba.cauce", policy_with_gaps());
  folder.write("municipios.csv",
               "código,nombre,región,pdet,mdm\n1,Uno,Caribe,sí,50\n2,Dos,Caribe,sí,60\n3,Tres,Caribe,sí,70\n"
               "4,Cuatro,Caribe,sí,80\n");
  const Outcome outcome = cauce({"revisar", folder.path(), "--datos", folder.path()});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("pdet = no); en los datos nada cae aquí"));
  EXPECT_THAT(outcome.out, HasSubstr("4 municipios caen aquí, entre otros 1 Uno, 2 Dos y 3 Tres"));
  EXPECT_EQ(cauce({"revisar", folder.path(), "--datos", folder.path(), "--estricto"}).code, 1);
}

TEST_F(PolicyCommandsTest, CheckWithUnusableDataEndsWithThree) {
  folder.write("municipios.csv", "código,nombre,región,mdm\n1,Uno,Caribe,mucho\n");
  const Outcome outcome = cauce({"revisar", folder.path(), "--datos", folder.path()});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("municipios.csv, línea 2, columna «mdm»"));
  EXPECT_EQ(cauce({"revisar", folder.path(), "--datos", folder / "otra"}).code, 3);
}

TEST_F(PolicyCommandsTest, CheckDoesNotReadDataWhileThePolicyHasMistakes) {
  folder.write("prueba.cauce", policy_with_gaps() + "parámetro suelto = nada\n");
  const Outcome outcome = cauce({"revisar", folder.path(), "--datos", folder.path()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("E0201"));
  EXPECT_EQ(outcome.err, "los datos no se miran mientras la política tenga errores\n");
}

// --- evaluar
// ----------------------------------------------------------------------------------------------------

TEST_F(PolicyCommandsTest, EvalIsExact) {
  const Outcome outcome = cauce({"evaluar", folder.path(), "0.1 + 0.2"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "0.3  (número)\n");
  EXPECT_EQ(json::parse(cauce({"evaluar", folder.path(), "0.1 + 0.2", "--json"}).out),
            json::parse(R"({"value": "0.3", "type": "number", "unknown": false, "missing": []})"));
}

TEST_F(PolicyCommandsTest, EvalReadsGivenValues) {
  EXPECT_EQ(
      cauce({"evaluar", folder.path(), "mdm > 40 y pdet", "--de", "municipio", "--dado", "mdm=42.5,pdet=s"})
          .out,
      "sí  (sí o no)\n");
  EXPECT_EQ(
      cauce({"evaluar", folder.path(), "nombre", "--de", "municipio", "--dado", "nombre=\"Cali, la grande\""})
          .out,
      "Cali, la grande  (texto)\n");
  EXPECT_EQ(
      cauce({"evaluar", folder.path(), "región = \"Caribe\"", "--de", "municipio", "--dado", "región=Caribe"})
          .out,
      "sí  (sí o no)\n");
  EXPECT_EQ(cauce({"evaluar", folder.path(), "mdm", "--de", "municipio", "--dado", "mdn=1"}).err,
            "error: no hay un campo «mdn»\n  ayuda: ¿quiso decir «mdm»?\n");
  EXPECT_THAT(
      cauce({"evaluar", folder.path(), "mdm", "--de", "municipio", "--dado", "mdm=101"}).err,
      StartsWith("error: en «--dado», «mdm»: se esperaba un número de 0 a 100, con punto decimal (12.5)\n"));
}

TEST_F(PolicyCommandsTest, EvalSaysWhenSomethingOfAPlanIsDue) {
  EXPECT_EQ(cauce({"evaluar", folder.path(), "vence(PAT.diagnóstico)"}).out, "2024-04-30  (fecha)\n");
  EXPECT_EQ(
      cauce({"evaluar", folder.path(), "vence(PAT.informe, marzo) > vence(PAT.informe, febrero) y mdm > 3",
             "--de", "municipio", "--dado", "mdm=40"})
          .out,
      "sí  (sí o no)\n");
  EXPECT_THAT(cauce({"evaluar", folder.path(), "vence(PAT.informe, marzo)", "--traza"}).out,
              HasSubstr("  PAT.informe de marzo de 2024: "));
  const Outcome outside = cauce({"evaluar", folder.path(), "vence(PAT.informe, enero)"});
  EXPECT_EQ(outside.code, 1);
  EXPECT_THAT(outside.err, HasSubstr("enero de 2024 no es uno de los periodos de «informe»"));
  EXPECT_THAT(outside.err, HasSubstr("van de febrero de 2024 a abril de 2024"));
}

TEST_F(PolicyCommandsTest, EvalSaysWhatIsMissing) {
  const Outcome outcome = cauce({"evaluar", folder.path(), "mdm > 40", "--de", "municipio"});
  EXPECT_EQ(outcome.out, "sin dato  (sí o no)\npor verificar, porque falta: mdm\n");
  EXPECT_EQ(json::parse(cauce({"evaluar", folder.path(), "mdm > 40", "--de", "municipio", "--json"}).out),
            json::parse(R"({"value": null, "type": "truth", "unknown": true, "missing": ["mdm"]})"));
}

TEST_F(PolicyCommandsTest, EvalReadsAnEntityOfTheData) {
  EXPECT_EQ(cauce({"evaluar", folder.path(), "100 - mdm", "--de", "municipio", "--clave", "19001", "--datos",
                   folder.path()})
                .out,
            "44.5  (número)\n");
}

TEST_F(PolicyCommandsTest, EvalShowsMistakesInTheExpression) {
  const Outcome outcome = cauce({"evaluar", folder.path(), "1 + sí"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("E0301"));
  EXPECT_THAT(outcome.err, HasSubstr("expresión:1:"));
  EXPECT_EQ(json::parse(cauce({"evaluar", folder.path(), "1 +", "--json"}).out).at("errors"), 1);
  EXPECT_THAT(cauce({"evaluar", folder.path(), "mdm > 40"}).err,
              HasSubstr("= es un campo: diga de qué entidad con «--de municipio»\n"));
  EXPECT_EQ(
      cauce({"evaluar", folder.path(), "mdm", "--de", "municipio", "--dado", "mdm=42,5"}).err,
      "error: en «--dado» se esperaba campo=valor y no «5»\n  ayuda: los decimales van con punto, como en "
      "«mdm=42.5»\n");
}

TEST_F(PolicyCommandsTest, EvalTraces) {
  const Outcome outcome = cauce(
      {"evaluar", folder.path(), "(100 - mdm) * 2", "--de", "municipio", "--dado", "mdm=40", "--traza"});
  EXPECT_THAT(outcome.out, StartsWith("120  (número)\n"));
  EXPECT_THAT(outcome.out, HasSubstr("mdm → 40\n"));
}

TEST_F(PolicyCommandsTest, EvalTracesTheRuleThatHeldOnTheDay) {
  folder.write("más.cauce",
               "parámetro umbral = 55, 60 desde 1 de julio de 2024\n"
               "tabla prioridad(mdm: número, pdet: sí o no): número decide la única fila {\n"
               "  | mdm   | pdet | =>  |\n"
               "  | < 60  | -    | 100 |\n"
               "  | >= 60 | sí   | 80  |\n"
               "}\n");
  const std::vector<std::string> words = {"evaluar",        folder.path(), "prioridad(mdm, pdet) > umbral",
                                          "--de",           "municipio",   "--dado",
                                          "mdm=70,pdet=sí", "--traza"};
  const auto on = [&](const std::string& date, std::vector<std::string> more = {}) {
    std::vector<std::string> all = words;
    all.insert(all.end(), {"--fecha", date});
    all.insert(all.end(), more.begin(), more.end());
    return cauce(all);
  };
  EXPECT_EQ(on("2024-08-01").out,
            "sí  (sí o no)\n"
            "  prioridad(mdm, pdet) > umbral → sí\n"
            "    prioridad(mdm, pdet) → 80\n"
            "      mdm → 70\n"
            "      pdet → sí\n"
            "      fila 2 de prioridad: | >= 60 | sí | 80 | → 80  (más.cauce:5)\n"
            "    umbral → 60  (desde el 1 de julio de 2024, más.cauce:1)\n");
  EXPECT_THAT(on("2024-03-01").out, HasSubstr("    umbral → 55  (más.cauce:1)\n"));
  const json trace = json::parse(on("2024-08-01", {"--json"}).out).at("trace");
  EXPECT_EQ(trace.size(), 6U);
  EXPECT_EQ(trace.at(5), json::parse(R"({"text": "umbral", "value": "60", "depth": 1, "kind": "parameter",
                                         "line": 1, "from": "2024-07-01", "file": ")" +
                                     (folder / "más.cauce") + R"("})"));
  EXPECT_EQ(trace.at(4).at("row"), 2);
  EXPECT_FALSE(json::parse(cauce({"evaluar", folder.path(), "1", "--json"}).out).contains("trace"));
}

TEST_F(PolicyCommandsTest, EvalReportsFaults) {
  const Outcome outcome = cauce({"evaluar", folder.path(), "1 / (2 - 2)", "--traza"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "atención: división por cero\n");
  EXPECT_THAT(outcome.out, HasSubstr("  1 / (2 - 2) → sin dato  (división por cero)\n"));
  EXPECT_EQ(json::parse(cauce({"evaluar", folder.path(), "1 / (2 - 2)", "--json"}).out),
            json::parse(R"({"value": null, "type": "number", "unknown": true, "missing": [],
                            "faults": ["división por cero"]})"));
}

TEST_F(PolicyCommandsTest, EvalWarnsOfPercentages) {
  const std::vector<std::string> words = {"evaluar",   folder.path(), "mdm < 40%", "--de",
                                          "municipio", "--dado",      "mdm=42"};
  const Outcome outcome = cauce(words);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "no  (sí o no)\n");
  EXPECT_THAT(outcome.err, HasSubstr("aviso A1012: «mdm» llega hasta 100, y «40%» es 0.4"));
}

TEST_F(PolicyCommandsTest, DatesAreCheckedWhereTheyChangeNothing) {
  for (const char* command : {"revisar", "probar", "calendario"})
    EXPECT_EQ(cauce({command, folder.path(), "--fecha", "hoy"}).code, 2) << command;
}

TEST_F(PolicyCommandsTest, EvalTakesTheVigencia) {
  EXPECT_EQ(cauce({"evaluar", folder.path(), "31 de mayo"}).out, "2024-05-31  (fecha)\n");
  EXPECT_EQ(cauce({"evaluar", folder.path(), "31 de mayo", "--vigencia", "2026"}).out,
            "2026-05-31  (fecha)\n");
  EXPECT_EQ(cauce({"evaluar", folder.path(), "corte", "--fecha", "2024-06-03"}).out, "2024-06-03  (fecha)\n");
}

// --- focalizar
// --------------------------------------------------------------------------------------------------

TEST_F(PolicyCommandsTest, TargetSaysWhoIsSelected) {
  const Outcome outcome =
      cauce({"focalizar", folder.path(), "--datos", folder.path(), "--fecha", "2024-03-01"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out,
            "municipios, al 2024-03-01\n"
            "  seleccionados        3\n"
            "  en espera            0\n"
            "  no elegibles         1\n"
            "  excluidos            0\n"
            "  por verificar        0\n");
  EXPECT_THAT(outcome.err,
              HasSubstr("municipios.csv: 4 filas (separador coma, decimales con punto, utf-8)\n"));
}

TEST_F(PolicyCommandsTest, TargetJsonHasTheAgreedShape) {
  const Outcome outcome =
      cauce({"focalizar", folder.path(), "municipios", "--datos", folder.path(), "--json"});
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report.at("targeting"), "municipios");
  EXPECT_EQ(report.at("date"), "2024-01-10") << "today, in the policy's zone";
  EXPECT_EQ(report.at("summary"),
            json::parse(R"({"selected": 3, "waitlisted": 0, "eligible": 3, "ineligible": 1,
                                                  "excluded": 0, "undetermined": 0})"));
  EXPECT_EQ(report.at("provisional"), false);
  const json& first = report.at("results").at(0);
  EXPECT_EQ(first.at("key"), "05001");
  EXPECT_EQ(first.at("name"), "Medellín");
  EXPECT_EQ(first.at("status"), "selected");
  EXPECT_EQ(first.at("score"), "60");
  EXPECT_EQ(first.at("parts"), json::parse(R"({"desempeño": "60"})"));
  EXPECT_EQ(first.at("rank"), 1);
  EXPECT_EQ(first.at("selected_by"), "order");
  EXPECT_EQ(report.at("results").at(3).at("status"), "ineligible");
  const json& data = report.at("data").at(1);
  EXPECT_EQ(data.at("entity"), "municipio");
  EXPECT_EQ(data.at("rows"), 4);
  EXPECT_EQ(data.at("missing").at("población"), 3);
}

TEST_F(PolicyCommandsTest, TargetTellsWhoWaitsWhyAndWithWhomTheyTie) {
  folder.write(
      "cupo.cauce",
      "focalización pocos \"Pocos\" de municipio {\n"
      "  puntaje igual = 1\n  cupo 2\n  cupo por región { \"Caribe\": 1, cada una de las otras: 9 }\n}\n");
  const std::vector<std::string> words = {"focalizar", folder.path(), "pocos", "--datos", folder.path()};
  std::vector<std::string> in_json = words;
  in_json.push_back("--json");
  const json report = json::parse(cauce(in_json).out);
  const json& waiting = report.at("results").at(1);
  EXPECT_EQ(waiting.at("key"), "05002");
  EXPECT_EQ(waiting.at("status"), "waitlisted");
  EXPECT_EQ(waiting.at("wait_place"), 1);
  EXPECT_EQ(waiting.at("full_quotas"), json::array({"cupo de región «Caribe» (1)"}));
  EXPECT_EQ(report.at("ties").at(0), json::parse(R"(["05001", "05002", "19001", "19002"])"));
  EXPECT_EQ(report.at("tied_at"), json::array({"cupo total (2)", "cupo de región «Caribe» (1)"}));
  std::vector<std::string> in_csv = words;
  in_csv.insert(in_csv.end(), {"--csv", "-"});
  EXPECT_THAT(cauce(in_csv).out,
              HasSubstr("05002,Abejorral,en espera,2,1,1,1,Caribe,,cupo de región «Caribe» (1),,\r\n"));
}

TEST_F(PolicyCommandsTest, HowDataIsWrittenCanBeSaid) {
  folder.write("municipios.csv",
               "c\xF3"
               "digo;nombre;regi\xF3n;mdm\n05001;Medell\xEDn;Caribe;40,5\n");
  folder.write("regiones.csv", "nombre\nCaribe\n");
  const std::vector<std::string> words = {"focalizar", folder.path(), "--datos", folder.path(), "--json"};
  const json detected = json::parse(cauce(words).out).at("data").at(1);
  EXPECT_EQ(detected.at("separator"), ";");
  EXPECT_EQ(detected.at("decimal"), ",");
  EXPECT_EQ(detected.at("encoding"), "windows-1252");
  std::vector<std::string> said = words;
  said.insert(said.end(), {"--separador", ";", "--decimal", ".", "--codificación", "windows-1252"});
  const Outcome refused = cauce(said);
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err,
              HasSubstr("columna «mdm»: «40,5»: se esperaba un número de 0 a 100, con punto decimal "
                        "(12.5)\n  ayuda: escriba 40.5\n"));
}

TEST_F(PolicyCommandsTest, TargetWritesCsv) {
  const Outcome outcome = cauce({"focalizar", folder.path(), "--datos", folder.path(), "--csv", "-"});
  EXPECT_THAT(outcome.out, StartsWith("clave,nombre,estado,puesto,puesto en espera,puntaje,puntaje desempeño,"
                                      "razones,cupos llenos,a mano,falta\r\n"
                                      "05001,Medellín,seleccionado,1,,60,60,"));
  EXPECT_EQ(cauce({"focalizar", folder.path(), "--datos", folder.path(), "--csv", folder / "s.csv"}).code, 0);
  EXPECT_EQ(read_file(folder / "s.csv"), outcome.out);
}

TEST_F(PolicyCommandsTest, TargetRefusesBadData) {
  folder.write("municipios.csv", "código,nombre,región,mdm\n05001,Medellín,Caribe,ochenta\n");
  const Outcome outcome = cauce({"focalizar", folder.path(), "--datos", folder.path()});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "error: " + (folder / "municipios.csv") +
                ", línea 2, columna «mdm»: «ochenta»: se esperaba un número de 0 a 100, con punto decimal "
                "(12.5)\n1 error en los datos: no se tomó ninguno\n");
  EXPECT_EQ(cauce({"focalizar", folder.path(), "municpios", "--datos", folder.path()}).err,
            "error: la política no tiene la focalización «municpios»\n  ayuda: ¿quiso decir «municipios»?\n");
}

// --- festivos, calendario
// -----------------------------------------------------------------------------------------

TEST_F(PolicyCommandsTest, HolidaysOfColombia) {
  const json holidays = json::parse(cauce({"festivos", "2024", "--json"}).out);
  EXPECT_EQ(holidays.size(), 18U);
  EXPECT_EQ(holidays.at(0), json::parse(R"({"date": "2024-01-01", "name": "Año Nuevo"})"));
  EXPECT_EQ(cauce({"festivos", "2024", folder.path(), "--json"}).out,
            cauce({"festivos", "2024", "--json"}).out);
  EXPECT_THAT(cauce({"festivos", "2024"}).out,
              StartsWith("Fecha       Día        Festivo\n2024-01-01  lunes      Año Nuevo\n"));
  EXPECT_EQ(cauce({"festivos", "1984"}).err, "");
  EXPECT_THAT(cauce({"festivos", "1983"}).err, HasSubstr("ciertos desde 1984"));
}

TEST_F(PolicyCommandsTest, CalendarHasEveryObligationWithItsRule) {
  const json all = json::parse(cauce({"calendario", folder.path(), "--plan", "pat", "--json"}).out);
  EXPECT_EQ(all.at(0),
            json::parse(R"({"plan": "PAT", "obligation": "informe", "kind": "report", "period": "2024-02",
                                       "due": "2024-03-07", "rule": "día hábil 5 del mes siguiente"})"));
  EXPECT_EQ(all.at(1), json::parse(R"({"plan": "PAT", "obligation": "formulación", "kind": "phase",
                                       "due": "2024-03-15", "rule": "15 de marzo"})"));
  EXPECT_EQ(all.back(), json::parse(R"({"plan": "PAT", "obligation": "adopción", "kind": "milestone",
                                        "rule": "10 días hábiles después de diagnóstico"})"));
  EXPECT_EQ(
      json::parse(cauce({"calendario", folder.path(), "--plan", "PAT", "--vigencia", "2025", "--json"}).out)
          .at(0)
          .at("due"),
      "2025-03-07");
  EXPECT_EQ(cauce({"calendario", folder.path(), "--plan", "PTA"}).code, 2);
}

TEST_F(PolicyCommandsTest, CalendarSaysWhatMovedADeadlineAndWhatHasNone) {
  // Viernes Santo is a Friday: the deadline of 29 March passes to the Monday.
  const Outcome outcome = cauce({"calendario", folder.path(), "--plan", "PCCT"});
  EXPECT_EQ(outcome.out,
            "Plan  Vence       Día     Obligación             Periodo  Regla\n"
            "PCCT  2024-04-01  lunes   fin de la formulación           29 de marzo, pasa al lunes 1 de abril "
            "por caer en "
            "festivo (Viernes Santo), seguido de sábado y domingo\n"
            "PCCT  2024-04-30  martes  Mesa instalada                  30 de abril\n");
  const json all = json::parse(cauce({"calendario", folder.path(), "--plan", "PCCT", "--json"}).out);
  EXPECT_EQ(all.at(0), json::parse(R"({"plan": "PCCT", "obligation": "formulación", "kind": "phase",
    "due": "2024-04-01", "rule": "29 de marzo", "moved_from": "2024-03-29",
    "moved_because": "pasa al lunes 1 de abril por caer en festivo (Viernes Santo), seguido de sábado y domingo"})"));
  EXPECT_THAT(cauce({"calendario", folder.path(), "--plan", "PAT"}).out,
              HasSubstr("\n\nPor fijar o sin plazo:\nPlan  Obligación  Periodo  Regla\n"
                        "PAT   adopción             10 días hábiles después de diagnóstico\n"));
}

TEST_F(PolicyCommandsTest, CalendarForAnotherProgram) {
  const Outcome outcome = cauce({"calendario", folder.path(), "--plan", "PCCT", "--ics"});
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Cauce//Plazos//ES\r\n"));
  EXPECT_THAT(outcome.out, HasSubstr("DTSTAMP:20240110T140000Z\r\nDTSTART;VALUE=DATE:20240401\r\n"));
  EXPECT_THAT(outcome.out, HasSubstr("SUMMARY:PCCT: termina la formulación\r\n"));
  EXPECT_EQ(cauce({"calendario", folder.path(), "--plan", "PCCT", "--ics"}).out, outcome.out)
      << "the same events have the same identity";
  EXPECT_EQ(cauce({"calendario", folder.path(), "--plan", "PAT", "--ics"}).err,
            "no va 1 obligación que está por fijar o sin plazo\n");
  EXPECT_EQ(cauce({"calendario", folder.path(), "--ics", "--json"}).code, 2);
}

// --- diagrama, documentar
// -----------------------------------------------------------------------------------------

TEST_F(PolicyCommandsTest, DiagramInTheFormatsThatNeedNothing) {
  const Outcome dot = cauce({"diagrama", folder.path(), "pat"});
  EXPECT_EQ(dot.code, 0) << dot.err;
  EXPECT_THAT(dot.out, StartsWith("digraph vida {\n"));
  EXPECT_THAT(dot.out, HasSubstr("stage0 -> stage1 [label=\"  enviar\\l  enlace\\l  si todos los componentes "
                                 "obligatorios\\l  están completos\\l\"];\n"));
  EXPECT_THAT(cauce({"diagrama", folder.path(), "PAT", "--formato", "mermaid"}).out,
              StartsWith("flowchart TB\n"));
  EXPECT_EQ(cauce({"diagrama", folder.path(), "PAT", "--salida", folder / "pat.dot"}).err,
            "escrito: " + (folder / "pat.dot") + "\n");
  EXPECT_EQ(read_file(folder / "pat.dot"), dot.out);
  EXPECT_EQ(cauce({"diagrama", folder.path(), "PTA"}).err,
            "error: la política no tiene la clase de plan «PTA»\n  ayuda: ¿quiso decir «PAT»?\n");
  EXPECT_EQ(cauce({"diagrama", folder.path(), "otro"}).err,
            "error: la política no tiene la clase de plan «otro»\n  ayuda: aquí hay PCCT y PAT\n");
  EXPECT_EQ(cauce({"diagrama", folder.path()}).err,
            "error: la política tiene varias clases de plan: diga cuál\n  ayuda: PCCT o PAT\n");
  EXPECT_EQ(cauce({"diagrama", folder.path(), "PAT", "--formato", "png"}).err,
            "error: no hay un formato «png»\n  ayuda: los formatos son dot, mermaid y svg\n");
}

TEST_F(PolicyCommandsTest, DiagramSaysWhatSvgNeeds) {
  const std::string absent = folder / "no-hay";
  cauce.environment.variable = [&](const std::string& name) {
    return name == "CAUCE_DOT" ? std::optional(absent) : std::nullopt;
  };
  const Outcome outcome = cauce({"diagrama", folder.path(), "PAT", "--formato", "svg"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(
      outcome.err,
      "error: para dibujar hace falta Graphviz, y no se encuentra el programa «" + absent +
          "»\n  ayuda: instálelo (en Debian: apt-get install graphviz), o pida «--formato dot» o «--formato "
          "mermaid», que no necesitan Graphviz\n");
  const Outcome document = cauce({"documentar", folder.path(), "--salida", folder / "d"});
  EXPECT_EQ(document.code, 0);
  EXPECT_EQ(document.err,
            "el documento va sin dibujos: para dibujar hace falta Graphviz, y no se encuentra el "
            "programa «" +
                absent + "»\n");
}

TEST_F(PolicyCommandsTest, DiagramAsSvg) {
  const Outcome outcome = cauce({"diagrama", folder.path(), "PAT", "--formato", "svg"});
  ASSERT_EQ(outcome.code, 0) << "graphviz is in scripts/setup: " << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("<svg"));
  EXPECT_THAT(outcome.out, HasSubstr("enviar<"));
}

TEST_F(PolicyCommandsTest, DocumentIsMarkdownOrAFolder) {
  const Outcome outcome = cauce({"documentar", folder.path()});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("# Programa de prueba\n\n**Reglas de la vigencia 2024**\n"));
  const Outcome written = cauce({"documentar", folder.path(), "--salida", folder / "a/b"});
  EXPECT_EQ(written.out, "escrito: " + (folder / "a/b/politica.html") +
                             "\nescrito: " + (folder / "a/b/politica.md") + "\n");
  EXPECT_EQ(read_file(folder / "a/b/politica.md"), outcome.out);
  EXPECT_THAT(read_file(folder / "a/b/politica.html"), StartsWith("<!DOCTYPE html>\n<html lang=\"es\">\n"));
  EXPECT_EQ(cauce({"documentar", folder.path(), "--json"}).code, 2);
  EXPECT_EQ(cauce({"documentar", folder.path(), "--salida", folder / "prueba.cauce"}).code, 3);
}

}  // namespace
}  // namespace cauce::engine::cli
