// The main job end to end: the reference policy on the real data, from rule files to alerts. The figures were
// reckoned by hand from the policy: 400 municipalities, 33 departments, 8 regions; a PAT owes 23 things, a
// PATD 14, a PCCT 16.
#include <filesystem>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"
#include "tests/project_folder.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string shared = project_folder() + "/../shared";
const std::string policy = shared + "/reference-policy";
const std::string data = shared + "/data";

class RealDataTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(policy)) GTEST_SKIP() << "the reference policy is not at hand";
    write_file(folder / "personas.csv",
               "persona,nombre,correo,rol,entidad,desde,hasta\n"
               "ana,Ana Pérez,ana@example.org,enlace_territorial,05004,,\n"
               "luis,Luis Gil,luis@example.org,articulador_regional,RAP Eje y Antioquía,,\n");
  }

  Outcome on_base(std::vector<std::string> words, const std::string& now) {
    words.insert(words.end(), {"--base", folder / "cauce.db", "--ahora", now});
    return cauce(words);
  }
  json answer(std::vector<std::string> words, const std::string& now) {
    words.emplace_back("--json");
    return json::parse(on_base(std::move(words), now).out);
  }

  CommandLineForTests cauce;
  FolderForTests folder;
};

TEST_F(RealDataTest, ThePolicyIsRight) {
  EXPECT_EQ(cauce({"revisar", policy, "--estricto"}).out, "8 archivos: sin errores ni avisos\n");
}

TEST_F(RealDataTest, AQuotaThatLeftoversPassedWasFull) {
  const auto outcome =
      cauce({"explicar", policy, "municipios", "13894", "--datos", data, "--fecha", "2024-03-01", "--json"});
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report.at("status"), "selected");
  EXPECT_EQ(report.at("quotas").at(0).at("stopped"), false) << "leftovers belong to the total one";
  EXPECT_EQ(report.at("quotas").at(1).at("taken"), 104);
  EXPECT_EQ(report.at("quotas").at(1).at("stopped"), true);
}

TEST_F(RealDataTest, WhatWouldGiveAPlaceIsARangeThoughItAlsoBreaksTies) {
  const auto outcome =
      cauce({"explicar", policy, "municipios", "05002", "--datos", data, "--fecha", "2024-03-01"});
  EXPECT_THAT(outcome.out, HasSubstr("la pobreza multidimensional 2018 fuera de 47.5965 o más"));
}

TEST_F(RealDataTest, TheSelectionKeepsItsQuotas) {
  const Outcome outcome = cauce({"focalizar", policy, "--datos", data, "--fecha", "2024-03-01", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report.at("summary").at("selected"), 400);
  EXPECT_EQ(report.at("results").size(), 1122U);
  EXPECT_EQ(report.at("provisional"), true);
  std::map<std::string, int> selected;
  for (const json& result : report.at("results")) {
    if (result.at("status") == "selected") ++selected[result.value("group", "")];
    if (result.at("status") == "undetermined") {
      EXPECT_FALSE(result.at("missing").empty());
    }
  }
  EXPECT_EQ(selected.at("Amazonía"), 25);
  EXPECT_EQ(selected.at("RAP Pacífico"), 75);
  EXPECT_LE(selected.at("San Andrés"), 5);
}

TEST_F(RealDataTest, FromRuleFilesToAlerts) {
  const Outcome init = on_base({"iniciar", policy, "--datos", data, "--personas", folder / "personas.csv",
                                "--administrador", "marta", "--ensayo"},
                               "2024-01-15T09:00");
  ASSERT_EQ(init.code, 0) << init.err;
  EXPECT_THAT(init.out, HasSubstr("Por verificar (2), y qué falta\n"
                                  "  27493 NUEVO BELÉN DE BAJIRÁ: categoría, pdet, mdm y ipm\n"
                                  "  94343 BARRANCOMINAS: mdm\n"));
  EXPECT_THAT(init.out,
              HasSubstr("441 planes: 400 PAT, 33 PATD y 8 PCCT\n9790 obligaciones, 400 por fijar\n"));

  // Nothing is late yet; on 18 March the first report and the formulation are, of every PAT and PATD, and the
  // formulation of every PCCT.
  EXPECT_EQ(answer({"vencidos"}, "2024-03-07T10:00").size(), 8U);
  EXPECT_EQ(answer({"vencidos"}, "2024-03-18T10:00").size(), 2U * 400 + 2U * 33 + 8U);

  const std::string plan = "PAT/05004/2024";
  EXPECT_EQ(on_base({"reportar", plan, "informe_mensual", "2024-02", "--campo", "actividades=4", "--campo",
                     "resumen=Dos talleres", "--como", "ana"},
                    "2024-03-07T16:00")
                .out,
            plan + "\n  entregó el reporte «informe_mensual» de febrero de 2024, a tiempo\n");
  EXPECT_EQ(answer({"vencidos"}, "2024-03-08T10:00").size(), 399U + 33U + 8U);

  EXPECT_EQ(on_base({"vigilar", "--una-vez"}, "2024-03-18T08:00").code, 0);
  const json alerts = answer({"alertas", plan, "--todas"}, "2024-03-18T09:00");
  ASSERT_EQ(alerts.size(), 2U) << "delivered in time, so only the formulation is late";
  EXPECT_EQ(alerts.at(0).at("state"), "superseded")
      << "the reminder before it, which nobody ran the watch for";
  EXPECT_EQ(alerts.at(1).at("obligation"), "formulación");
  EXPECT_EQ(alerts.at(1).at("step"), "al vencer avisa al responsable");
  EXPECT_EQ(alerts.at(1).at("recipient"), "ana");
  EXPECT_TRUE(std::filesystem::exists(folder / "buzon"));
  EXPECT_THAT(on_base({"vigilar", "--una-vez"}, "2024-03-18T08:10").out,
              testing::StartsWith("0 avisos, 0 resúmenes, 0 mensajes"));

  EXPECT_EQ(on_base({"estado", "PAT/05002/2024"}, "2024-03-18").err,
            "rechazado: no existe el plan «PAT/05002/2024»\n"
            "  ayuda: municipio 05002 ABEJORRAL no está en la selección «municipios»\n");
  const json answers =
      answer({"consultar", "planes donde tipo = PAT y vencidos > 1 muestra cuenta()"}, "2024-03-18T10:00");
  EXPECT_EQ(answers.at("rows"), json::parse(R"([["399"]])"));
  EXPECT_EQ(on_base({"auditar", "--reconstruir"}, "2024-03-18T10:00").code, 0);
}

}  // namespace
}  // namespace cauce::engine::cli
