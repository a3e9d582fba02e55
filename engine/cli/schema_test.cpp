// What `--json` prints is what docs/schema/ says.
#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"
#include "engine/schema_for_tests.hpp"
#include "tests/project_folder.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;

std::string replaced(std::string text, const std::string& what, const std::string& instead) {
  return text.replace(text.find(what), what.size(), instead);
}

class SchemaTest : public testing::Test {
 protected:
  void expect_fits(const std::string& schema_name, std::vector<std::string> words, int code = 0) {
    words.insert(words.end(), {"--json", "--base", folder.base()});
    const Outcome outcome = cauce(words);
    EXPECT_EQ(outcome.code, code) << words.front() << ": " << outcome.err;
    expect_value_fits(schema_name, outcome.out);
  }
  void expect_value_fits(const std::string& schema_name, const std::string& printed) {
    const json schema = json::parse(read_file(project_folder() + "/docs/schema/" + schema_name + ".json"));
    const json value = json::parse(printed, nullptr, false);
    ASSERT_FALSE(value.is_discarded()) << schema_name << ": " << printed;
    for (const std::string& mismatch : mismatches(value, schema, schema_name))
      ADD_FAILURE() << mismatch;
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

TEST_F(SchemaTest, OfCommandsWithoutADatabase) {
  expect_fits("revisar", {"revisar", folder.path()});
  expect_fits("evaluar", {"evaluar", folder.path(), "mdm > 1", "--de", "municipio"});
  expect_fits("evaluar", {"evaluar", folder.path(), "100 / (mdm - mdm)", "--de", "municipio", "--dado",
                          "mdm=1", "--traza"});
  expect_fits("revisar", {"evaluar", folder.path(), "nada"}, 1);
  expect_fits("formatear", {"formatear", folder.path()});
  expect_fits("focalizar", {"focalizar", folder.path(), "--datos", folder.path()});
  for (const char* key : {"05001", "05002", "19001", "19002"})
    expect_fits("explicar", {"explicar", folder.path(), key, "--datos", folder.path()});
  folder.write("cupo.cauce", "focalización pocos de municipio { puntaje igual = 1  cupo 1 }\n");
  expect_fits("focalizar", {"focalizar", folder.path(), "pocos", "--datos", folder.path()});
  PolicyFolderForTests other;
  other.write("prueba.cauce", policy_for_tests + std::string("rol veedor por nación\n") +
                                  "focalización bajas de municipio { califica si mdm < 45 cupo 1 }\n");
  expect_fits("comparar", {"comparar", folder.path(), other.path(), "--datos", folder.path()});
  other.write("prueba.cauce",
              replaced(replaced(replaced(policy_for_tests, "califica si pdet",
                                         "excluye si categoría = ESP\n  califica si mdm < 45\n  cupo por "
                                         "región { \"Caribe\": 1, cada una de las otras: 1 }"),
                                "vence 30 de abril", "vence 15 de abril"),
                       "al vencer avisa", "1 día hábil después avisa"));
  expect_fits("comparar", {"comparar", folder.path(), other.path(), "--datos", folder.path()});
  expect_fits("comparar", {"comparar", folder.path(), other.path()});
  expect_fits("calendario", {"calendario", folder.path()});
  expect_fits("manual", {"manual", folder / "man1"});
  expect_fits("festivos", {"festivos", "2024"});
  expect_fits("documentar", {"documentar", folder.path(), "--salida", folder / "documento"});
  folder.write("pruebas.cauce", "prueba \"Sí\" { espera 1 = 1 }\nprueba \"No\" { espera 1 = 2 }\n");
  expect_fits("probar", {"probar", folder.path(), "--cobertura"}, 1);
}

TEST_F(SchemaTest, OfTheVersion) {
  cauce.environment.build = {"0123456789ab", "2024-01-09", "GNU 12.2.0, x86_64"};
  const Outcome outcome = cauce({"--version", "--json"});
  const json schema = json::parse(read_file(project_folder() + "/docs/schema/version.json"));
  EXPECT_EQ(mismatches(json::parse(outcome.out), schema, "version"), std::vector<std::string>());
}

TEST_F(SchemaTest, OfDataThatCannotBeUsed) {
  std::string municipalities = read_file(folder / "municipios.csv");
  folder.write("municipios.csv", municipalities + "05001\n");
  expect_fits("errores-de-datos", {"focalizar", folder.path(), "--datos", folder.path()}, exit_unusable_data);
}

TEST_F(SchemaTest, OfWhyNothingWasDone) {
  expect_fits("error", {"focalizar", folder.path(), "--datos", folder / "nada"}, exit_unusable_data);
  expect_fits("error", {"focalizar", folder.path()}, exit_wrong_usage);
  expect_fits("error", {"focalisar"}, exit_wrong_usage);
  expect_fits("error", {"estado"}, exit_unusable_data);
  expect_fits("iniciar", {"iniciar", folder.path(), "--datos", folder.path(), "--personas",
                          folder / "personas.csv", "--administrador", "dora"});
  expect_fits("error", {"importar", "--datos", folder.path(), "--como", "ana"}, exit_refused);
  expect_fits("error", {"hacer", "PAT/05001/2024", "aprobar", "--como", "ana"}, exit_refused);
  expect_fits("error", {"estado", "PAT/1/2024"}, exit_refused);
}

TEST_F(SchemaTest, OfExplanations) {
  expect_fits("explica-codigo", {"explica-código", "E0201"});
  expect_fits("explica-codigo", {"explica-código", "--todos"});
}

TEST_F(SchemaTest, OfCommandsWithADatabase) {
  expect_fits("iniciar", {"iniciar", folder.path(), "--datos", folder.path(), "--personas",
                          folder / "personas.csv", "--administrador", "dora"});
  cauce.set_time("2024-03-08T09:00");
  expect_fits("plan", {"completar", "PAT/05001/2024", "objetivos", "--campo", "meta=x", "--como", "ana"});
  folder.write("r.csv", "plan,reporte,periodo,actividades\nPAT/05001/2024,informe,2024-02,4\n");
  expect_fits("reportar-archivo", {"reportar", "--archivo", folder / "r.csv", "--como", "ana"});
  expect_fits("vigilar", {"vigilar", "--una-vez", "--buzón", folder / "buzon"});
  expect_fits("estado", {"estado", "PAT/05001/2024"});
  expect_fits("estado-general", {"estado"});
  expect_fits("estado-aportes", {"estado", "--aportes"});
  expect_fits("vencidos", {"vencidos"});
  expect_fits("vencidos-por", {"vencidos", "--por", "región"});
  expect_fits("consultar", {"consultar", "reportes"});
  const Outcome line = cauce({"consultar", "planes primeros 1", "--jsonl", "--base", folder.base()});
  expect_value_fits("consultar-linea", line.out);
  for (const char* kind : {"mensual", "trimestral", "anual"})
    expect_fits("informe", {"informe", kind});
  expect_fits("buscar", {"buscar", "x"});
  expect_fits("buscar", {"buscar", "nada"});
  expect_fits("historia", {"historia", "PAT/05001/2024"});
  expect_fits("alertas", {"alertas"});
  expect_fits("buzon", {"buzón"});
  expect_fits("buzon-mensaje", {"buzón", "1"});
  expect_fits("buzon-reenviar", {"buzón", "reenviar", "todos", "--como", "dora"});
  folder.write("cauce.toml", "canal = \"archivo\"\ncolor = 1\n");
  expect_fits("vigilar-config", {"vigilar", "--revisar-config", "--config", folder / "cauce.toml"}, 1);
  expect_fits("vigilar-prueba-correo",
              {"vigilar", "--prueba-correo", "ana@example.org", "--buzón", folder / "prueba"});
  expect_fits("auditar", {"auditar", "--reconstruir"});
  expect_fits("publicar", {"publicar", folder.path(), "--como", "dora"});
  folder.write("prueba.cauce", replaced(replaced(policy_for_tests, "vence 30 de abril }\n    hito adopción",
                                                 "vence 15 de mayo }\n    hito adopción"),
                                        "componente objetivos", "componente metas"));
  expect_fits("publicar", {"publicar", folder.path(), "--como", "dora"});
  expect_fits("migrar", {"migrar", "--plan-solo", "--como", "dora"}, 1);
  expect_fits("migrar", {"migrar", "--mapear", "objetivos=metas", "--como", "dora"});
  expect_fits("importar", {"importar", "--datos", folder.path(), "--como", "dora"});
  expect_fits("seleccionar", {"seleccionar", "--incluir", "19002", "--motivo", "x", "--como", "dora"});
  folder.write("personas.csv", read_file(folder / "personas.csv") + "dora,Dora Ruiz,,dirección,,,\n");
  expect_fits("personas", {"personas", folder / "personas.csv", "--como", "dora"});
  expect_fits("personas", {"personas", folder / "personas.csv", "--como", "dora", "--plan-solo"});
  expect_fits("planes-crear", {"planes", "crear", "--como", "dora", "--plan-solo"});
  expect_fits("planes-crear", {"planes", "crear", "--como", "dora"});
  expect_fits("publicar", {"publicar", folder.path(), "--como", "dora", "--plan-solo"});
  expect_fits("importar", {"importar", "--datos", folder.path(), "--como", "dora", "--plan-solo"});
  expect_fits("respaldar", {"respaldar", folder / "copia.db"});
  expect_fits("cuenta", {"cuentas", "abrir", "ana", "--como", "dora"});
  std::istringstream password("una frase bastante larga\n");
  cauce.environment.in = &password;
  expect_fits("cuenta", {"cuentas", "clave", "ana", "--como", "dora"});
  expect_fits("cuentas-ficha",
              {"cuentas", "ficha", "ana", "--para", "prueba", "--orden", "reportar", "--como", "dora"});
  expect_fits("cuentas", {"cuentas"});
  expect_fits("cuentas-fichas", {"cuentas", "fichas"});
  expect_fits("cuentas-cerrar", {"cuentas", "cerrar", "ana", "--como", "dora"});
  folder.write("c.csv", "plan,componente,meta\nPAT/05001/2024,objetivos,y\nPAT/0/2024,objetivos,y\n");
  expect_fits("por-archivo", {"completar", "--archivo", folder / "c.csv", "--parcial", "--como", "ana"}, 1);
  expect_fits("estado", {"estado", "PAT/05001/2024", "--a-fecha", "2024-03-08"});
}

}  // namespace
}  // namespace cauce::engine::cli
