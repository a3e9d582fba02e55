// cauce comparar, from the command line.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"
#include "tests/project_folder.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CompareCommandTest : public testing::Test {
 protected:
  /// The policy with some of its words written otherwise, in a folder beside the data.
  std::string changed(const std::vector<std::pair<std::string_view, std::string_view>>& changes) {
    std::string text = policy_for_tests;
    for (const auto& [what, instead] : changes) {
      const std::size_t at = text.find(what);
      if (at == text.npos) throw std::logic_error("not in the policy: " + std::string(what));
      text.replace(at, what.size(), instead);
    }
    after.write("prueba.cauce", text);
    return after / "prueba.cauce";
  }
  Outcome compare(const std::string& to, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"comparar", before / "prueba.cauce", to, "--fecha", "2024-03-01"};
    words.insert(words.end(), more.begin(), more.end());
    return cauce(words);
  }

  /// What is printed is what the file says; the folders of the test are written as ANTES and DESPUÉS.
  void expect_golden(const std::string& name, std::string text) const {
    for (const auto& [path, shown] :
         {std::pair(before.path(), "ANTES"), std::pair(after.path(), "DESPUÉS")}) {
      for (std::size_t at = text.find(path); at != text.npos; at = text.find(path, at))
        text.replace(at, path.size(), shown);
    }
    const std::string file = project_folder() + "/tests/golden/document/good/" + name;
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      write_file(file, text);
      return;
    }
    EXPECT_EQ(text, read_file(file)) << "if the new text is right, run again with UPDATE_GOLDEN=1";
  }

  CommandLineForTests cauce;
  PolicyFolderForTests before;
  PolicyFolderForTests after;
};

TEST_F(CompareCommandTest, SaysASummaryFirstAndTheDetailsAfter) {
  const std::string to =
      changed({{"califica si pdet",
                "excluye si categoría = ESP porque \"Es especial\"\n  califica si pdet o mdm < 35 porque "
                "\"Le falta\""},
               {"vence 30 de abril } }\n  evaluación { indicador cobertura",
                "vence 15 de abril } }\n  evaluación { indicador cobertura"},
               {"al vencer avisa al responsable", "1 día hábil después avisa al responsable"},
               {"enlace puede enviar", "articulador puede enviar"}});
  const Outcome outcome = compare(to, {"--datos", before.path(), "--html", after / "cambios.html"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  expect_golden("comparacion.txt", outcome.out);
  expect_golden("comparacion.html", read_file(after / "cambios.html"));
}

TEST_F(CompareCommandTest, NothingChangesWhereOnlyTheLayoutDoes) {
  const std::string to = changed({{"rol dirección", "# Quien dirige\nrol   dirección"}});
  const Outcome outcome = compare(to, {"--datos", before.path(), "--falla-si-cambia"});
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("Nada cambia: las dos versiones dicen y dan lo mismo.\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Plazos      nada cambia\n"));
}

TEST_F(CompareCommandTest, FailsIfChangedWhereThatIsAsked) {
  const std::string to = changed({{"corrige en 5", "corrige en 6"}});
  EXPECT_EQ(compare(to).code, 0);
  const Outcome outcome = compare(to, {"--falla-si-cambia"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("no se compara: sin «--datos» no se sabe"));
  EXPECT_THAT(outcome.out, HasSubstr("se corrige en  5 días hábiles  6 días hábiles"));
}

TEST_F(CompareCommandTest, ComparesDataWithOnePolicy) {
  after.write("municipios.csv",
              "código,nombre,región,pdet,mdm,población,visita,categoría\n"
              "05001,Medellín,Caribe,sí,40,2500000,2024-02-07,ESP\n"
              "05002,Abejorral,Caribe,no,60,,,\n"
              "19001,Popayán,Pacífico,sí,55.5,,2024-02-07,1\n"
              "19002,Almaguer,Pacífico,sí,30,,,2\n");
  const json report =
      json::parse(compare(before / "prueba.cauce",
                          {"--datos-antes", before.path(), "--datos-después", after.path(), "--json"})
                      .out);
  const json& targeting = report.at("targeting").at("municipios");
  EXPECT_THAT(targeting.at("enter"), ElementsAre("19002"));
  EXPECT_THAT(targeting.at("leave"), ElementsAre("05002"));
  EXPECT_EQ(targeting.at("stay"), 2);
  const json& clause = targeting.at("entities").at(0).at("clauses").at(0);
  EXPECT_EQ(clause.at("text"), "pdet");
  EXPECT_EQ(clause.at("from"), false);
  EXPECT_EQ(clause.at("to"), true);
  EXPECT_EQ(clause.at("values").at(0), (json{{"name", "pdet"}, {"from", false}, {"to", true}}));
  EXPECT_THAT(report.at("rules"), IsEmpty());
  EXPECT_EQ(report.at("changed"), true);
}

/// A small focalización in which thresholds, groups, minimums and leftovers decide.
class CompareReasonsTest : public testing::Test {
 protected:
  static constexpr const char* policy = R"(
programa prueba "Programa" { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes festivos Colombia }
rol central por nación { administra publicar, asignar }
parámetro umbral = 55
entidad departamento { campo código: texto clave  campo nombre: texto }
entidad municipio en departamento {
  campo código: texto clave
  campo nombre: texto obligatorio
  campo mdm "Medición": número
  campo ingresos_propios: número
}
focalización f "Focalización" de municipio {
  califica si mdm < umbral porque "Bajo"
  puntaje falta = 100 - mdm
  cupo 3
  cupo por departamento { "05": 1, cada una de las otras: 2 }
}
)";
  static constexpr const char* towns =
      "código,nombre,departamento,mdm,ingresos_propios\n01,Uno,05,54.9969,1\n02,Dos,05,20,1\n"
      "03,Tres,27,30,1\n04,Cuatro,27,40.001,1\n";

  std::string with(std::string text, const std::string& what, const std::string& instead) const {
    const std::size_t at = text.find(what);
    if (at == text.npos) throw std::logic_error("not in the text: " + what);
    return text.replace(at, what.size(), instead);
  }
  /// What is printed of a change of the policy, and of the data.
  std::string compare(const std::string& policy_after, const std::string& towns_after = towns,
                      const std::string& policy_before = policy) {
    for (const FolderForTests* folder : {&before, &after})
      write_file(*folder / "departamentos.csv", "código,nombre\n05,Antioquia\n27,Chocó\n");
    write_file(before / "p.cauce", policy_before);
    write_file(after / "p.cauce", policy_after);
    write_file(before / "municipios.csv", towns);
    write_file(after / "municipios.csv", towns_after);
    const Outcome outcome = cauce({"comparar", before.path(), after.path(), "--datos-antes", before.path(),
                                   "--datos-después", after.path(), "--fecha", "2024-03-01"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.out;
  }

  CommandLineForTests cauce;
  FolderForTests before;
  FolderForTests after;
};

TEST_F(CompareReasonsTest, AValueIsNotRoundedToItsThreshold) {
  EXPECT_THAT(compare(with(policy, "umbral = 55", "umbral = 50")),
              HasSubstr("ya no califica por «Bajo» (mdm 54.997, umbral 55 → 50)"));
  EXPECT_THAT(compare(with(policy, "mdm < umbral", "mdm <= 40")),
              HasSubstr("que era «mdm < umbral» y es «mdm <= 40» (mdm 40.001"));
}

TEST_F(CompareReasonsTest, ScoresThatDifferAreToldApart) {
  EXPECT_THAT(compare(with(with(policy, "\"05\": 1", "\"05\": 2"), "cupo 3", "cupo 4"),
                      with(towns, "54.9969", "54.9968")),
              HasSubstr("puntaje 45.0031 → 45.0032"));
}

TEST_F(CompareReasonsTest, WhoChangesGroupIsTold) {
  const std::string out = compare(policy, with(towns, "01,Uno,05", "01,Uno,27"));
  EXPECT_THAT(out, HasSubstr("otro grupo: 1"));
  EXPECT_THAT(out, HasSubstr("Cambian de grupo (1)\nClave  Nombre  Qué cambia\n01     Uno     departamento: "
                             "de «Antioquia» (05) a «Chocó» (27)\n"));
  const std::string more = with(policy, "cupo 3", "cupo 5");
  const std::string enters =
      compare(more, with(with(towns, "01,Uno,05", "01,Uno,27"), "54.9969", "25"), more);
  EXPECT_THAT(enters,
              HasSubstr("cambia de departamento: de «Antioquia» (05) a «Chocó» (27); hay lugar en el cupo de "
                        "departamento «27» (2 lugares), en el que cuenta ahora, de donde sale Cuatro; no lo "
                        "había en el cupo de departamento «05» (1 lugar)"));
  const std::string leaves = compare(policy, with(towns, "04,Cuatro,27", "04,Cuatro,05"));
  EXPECT_THAT(leaves,
              HasSubstr("no alcanza lugar en el cupo de departamento «05» (1 lugar), en el que cuenta "
                        "ahora; antes contaba en el cupo de departamento «27» (2 lugares)"));
}

TEST_F(CompareReasonsTest, TheMinimumAndTheWalkAreNamed) {
  EXPECT_THAT(
      compare(with(with(policy, "cupo 3", "cupo 2\n  mínimo 1 por departamento"), "\"05\": 1", "\"05\": 2"),
              with(towns, "03,Tres,27,30", "03,Tres,05,21"),
              with(with(policy, "cupo 3", "cupo 2"), "\"05\": 1", "\"05\": 2")),
      HasSubstr("en el primer recorrido, por el mínimo de departamento «27» (1), que es nuevo"));
  EXPECT_THAT(compare(with(policy, "cupo 3", "cupo 4\n  sobrantes por orden")),
              HasSubstr("entra en el último recorrido, con los lugares del cupo total que los demás cupos "
                        "dejan libres, que ahora se dan por orden"));
}

TEST_F(CompareReasonsTest, WhatIsMissingAgrees) {
  const std::string strict = with(policy, "cupo 3", "requiere ingresos_propios < 2\n  cupo 3");
  EXPECT_THAT(compare(strict, with(towns, "02,Dos,05,20,1", "02,Dos,05,20,"), strict),
              HasSubstr("faltan los ingresos propios"));
  EXPECT_THAT(compare(strict, with(towns, "02,Dos,05,20,1", "02,Dos,05,,"), strict),
              HasSubstr("faltan los ingresos propios y la medición"));
  EXPECT_THAT(compare(policy, with(towns, "02,Dos,05,20,1", "02,Dos,05,,1")), HasSubstr("falta la medición"));
}

TEST_F(CompareReasonsTest, OfAnotherConditionBothAreTold) {
  EXPECT_THAT(
      compare(with(policy, "mdm < umbral", "mdm < 50")),
      HasSubstr("ya no califica por «Bajo», que era «mdm < umbral» y es «mdm < 50» (mdm 54.997, umbral 55 "
                "antes)"));
}

TEST_F(CompareReasonsTest, WhatTheScoreLacksIsTheReason) {
  const std::string scored =
      with(policy, "puntaje falta = 100 - mdm", "puntaje falta = 100 - mdm * ingresos_propios");
  const std::string out = compare(scored, with(towns, "02,Dos,05,20,1", "02,Dos,05,20,"), scored);
  EXPECT_THAT(out, HasSubstr("faltan los ingresos propios"));
  EXPECT_THAT(out, Not(HasSubstr("no se sabe si")));
  EXPECT_THAT(out, HasSubstr("provisional después"));
  EXPECT_THAT(out, HasSubstr("La selección es provisional después: Dos (02) está por verificar"));
}

TEST_F(CompareReasonsTest, WhatTheLeftoversNoLongerGiveIsNotAQuotaOfAGroup) {
  const std::string filled = with(policy, "cupo 3", "cupo 4\n  sobrantes por orden");
  const std::string out = compare(with(filled, "cupo 4", "cupo 3"), towns, filled);
  EXPECT_THAT(
      out, HasSubstr("antes entraba en el último recorrido, y ya no le alcanzan los lugares del cupo total "
                     "que los demás cupos dejan libres (1 → 0 lugares)"));
  EXPECT_THAT(out, Not(HasSubstr("no alcanza lugar en el cupo de departamento")));
}

TEST_F(CompareReasonsTest, OfEachVersionItIsSaidForWhomItIsProvisional) {
  const std::string one = with(towns, "02,Dos,05,20,1", "02,Dos,05,,1");
  const std::string other = with(towns, "03,Tres,27,30,1", "03,Tres,27,,1");
  compare(policy, other);
  write_file(before / "municipios.csv", one);
  const std::vector<std::string> words = {"comparar",      before.path(), after.path(),
                                          "--datos-antes", before.path(), "--datos-después",
                                          after.path(),    "--fecha",     "2024-03-01"};
  const auto flowing = [](std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  };
  EXPECT_THAT(
      flowing(cauce(words).out),
      HasSubstr("La selección es provisional en las dos versiones: antes, Dos (02) está por verificar y "
                "podría entrar; después, Tres (03) está por verificar y podría entrar."));
  write_file(after / "municipios.csv", one);
  EXPECT_THAT(flowing(cauce(words).out), HasSubstr("en las dos versiones: Dos (02) está por verificar"));
}

TEST_F(CompareReasonsTest, DaysOfTheCalendarAreCountedInTheSummary) {
  const std::string out =
      compare(with(policy, "festivos Colombia",
                   "festivos Colombia\n  no hábil 9 de diciembre a 13 de diciembre \"Receso\""));
  EXPECT_THAT(out, HasSubstr(" 5 días dejan de ser hábiles\n"));
  EXPECT_THAT(out, Not(HasSubstr("cambios en el 9 de diciembre")));
}

TEST_F(CompareReasonsTest, OneFocalizacionInThePlaceOfAnotherIsNetByGroup) {
  const std::string other = with(with(policy, "focalización f \"Focalización\"", "focalización g \"Otra\""),
                                 "cada una de las otras: 2", "cada una de las otras: 1");
  EXPECT_THAT(compare(other), HasSubstr("más: Chocó −1"));
}

TEST_F(CompareReasonsTest, OnePlaceForSeveralGroupsIsToldAsSuch) {
  const std::string together = with(policy, "cada una de las otras: 2", "las otras juntas: 2");
  EXPECT_THAT(compare(with(together, "juntas: 2", "juntas: 1"), towns, together),
              HasSubstr("juntas 2 → juntas 1"));
}

TEST_F(CompareReasonsTest, WithoutEntitiesThereIsNothingToCompare) {
  const std::string none = "código,nombre,departamento,mdm,ingresos_propios\n";
  write_file(before / "p.cauce", policy);
  write_file(before / "departamentos.csv", "código,nombre\n05,Antioquia\n27,Chocó\n");
  write_file(before / "municipios.csv", none);
  const Outcome both = cauce({"comparar", before.path(), before.path(), "--datos", before.path()});
  EXPECT_THAT(both.out,
              HasSubstr("Nada cambia en lo que dicen las dos versiones; a quién se llega no se pudo"));
  EXPECT_THAT(both.out, HasSubstr("no hay a quién comparar: los datos no traen ninguna fila de municipio"));
  compare(policy);
  write_file(after / "municipios.csv", none);
  const Outcome one = cauce({"comparar", before.path(), before.path(), "--datos-antes", before.path(),
                             "--datos-después", after.path()});
  EXPECT_THAT(one.out, HasSubstr("los datos de después no traen ninguna fila de municipio"));
}

TEST_F(CompareReasonsTest, WhatIsWrongInDataIsSaidOfTheirVersion) {
  compare(policy);
  write_file(after / "municipios.csv", "mal\n");
  const auto compare_data = [&](const std::string& first, const std::string& second) {
    return cauce(
        {"comparar", before.path(), before.path(), "--datos-antes", first, "--datos-después", second});
  };
  const Outcome bad = compare_data(before.path(), after.path());
  EXPECT_EQ(bad.code, 3);
  EXPECT_LT(bad.err.find("datos de después:"), bad.err.find("falta la columna"));
  const Outcome absent = compare_data(before / "no", after.path());
  EXPECT_EQ(absent.code, 3);
  EXPECT_THAT(absent.err, HasSubstr("datos de antes: "));
  write_file(after / "p.cauce", "programa");
  EXPECT_THAT(cauce({"comparar", before.path(), after.path()}).err,
              HasSubstr("la política de después, «" + after.path() + "», tiene errores"));
}

TEST_F(CompareReasonsTest, WhatOnlyMovesWithTheVigenciaIsSaidOnce) {
  const std::string plan = std::string(policy) + R"(
rol enlace por municipio bajo central
plan P por municipio {
  a cargo de enlace
  formulación { desde el 15 de enero  vence el 15 de marzo }
}
)";
  const std::string out = compare(with(plan, "vigencia 2024", "vigencia 2025"), towns, plan);
  EXPECT_THAT(out, HasSubstr("Las vigencias son distintas (2024 y 2025): lo que solo pasa al mismo día del "
                             "otro año no se cuenta"));
  EXPECT_THAT(out, HasSubstr("Planes  nada cambia"));
  EXPECT_THAT(out, Not(HasSubstr("15 de enero")));
}

TEST_F(CompareCommandTest, WritesAPageOfItsOwn) {
  const std::string to = changed({{"califica si pdet", "califica si mdm < 50 porque \"<b>Bajo</b>\""}});
  const Outcome outcome = compare(to, {"--datos", before.path(), "--html", after / "cambios.html"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const std::string page = read_file(after / "cambios.html");
  EXPECT_THAT(page, HasSubstr("<title>Qué cambia de una versión a otra</title>"));
  EXPECT_THAT(page, HasSubstr("&lt;b&gt;Bajo&lt;/b&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, Not(HasSubstr("Artículo")));
  EXPECT_THAT(page, Not(HasSubstr("://")));
}

TEST_F(CompareCommandTest, RefusesWhatCannotBeCompared) {
  const std::string broken = changed({{"califica si pdet", "califica si pdett"}});
  const Outcome outcome = compare(broken, {"--datos", before.path()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("E0201"));
  EXPECT_EQ(compare(before.path(), {"--datos-antes", before.path()}).code, 2);
  EXPECT_EQ(compare(before / "no.cauce").code, 3);
  EXPECT_EQ(compare(before.path(), {"--datos", before / "no"}).code, 3);
}

TEST_F(CompareCommandTest, PrintsWhatTheGuideShows) {
  const std::string example = project_folder() + "/examples/acompanamiento";
  const FolderForTests changed_example;
  for (const auto& entry : std::filesystem::directory_iterator(example)) {
    if (entry.path().extension() != ".cauce") continue;
    std::string text = read_file(entry.path().string());
    const std::string threshold = "\"Umbral de gestión\" = 52";
    if (const std::size_t at = text.find(threshold); at != text.npos)
      text.replace(at, threshold.size(), "\"Umbral de gestión\" = 45");
    write_file(changed_example / entry.path().filename().string(), text);
  }
  const Outcome outcome =
      cauce({"comparar", example, changed_example.path(), "--datos", example, "--fecha", "2025-01-15"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;

  const std::string guide = read_file(project_folder() + "/docs/guía.md");
  const std::string fence = "```";
  const std::size_t command = guide.find("cauce comparar examples/acompanamiento /tmp/ensayo/nueva");
  ASSERT_NE(command, guide.npos);
  const std::size_t end_of_command = guide.find(fence, command);
  const std::size_t begin = guide.find('\n', guide.find(fence, end_of_command + fence.size())) + 1;
  std::istringstream shown(guide.substr(begin, guide.find(fence, begin) - begin));
  std::size_t lines = 0;
  for (std::string line; std::getline(shown, line);) {
    if (line.empty() || line == "…") continue;
    EXPECT_THAT(outcome.out, HasSubstr(line));
    ++lines;
  }
  EXPECT_GT(lines, 8U);
}

// --- The reference policy with one change on the 1,122 municipalities. The figures were reckoned apart, by a
// program that reads the CSV files and selects by itself.

class CompareRealDataTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(policy)) GTEST_SKIP() << "the reference policy is not at hand";
  }
  /// What changes when `what` is written otherwise in one file of the policy.
  json change(const std::string& file, const std::string& what, const std::string& instead) {
    for (const auto& entry : std::filesystem::directory_iterator(policy)) {
      std::string text = read_file(entry.path().string());
      if (entry.path().filename() == file) text.replace(text.find(what), what.size(), instead);
      write_file(folder / entry.path().filename().string(), text);
    }
    const Outcome outcome = cauce({"comparar", policy, folder.path(), "--datos",
                                   project_folder() + "/../shared/data", "--fecha", "2024-03-01", "--json"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return json::parse(outcome.out);
  }

  const std::string policy = project_folder() + "/../shared/reference-policy";
  CommandLineForTests cauce;
  FolderForTests folder;
};

TEST_F(CompareRealDataTest, ALowerThreshold) {
  const json report = change("focalizacion.cauce", "= 55", "= 45");
  const json& municipios = report.at("targeting").at("municipios");
  EXPECT_EQ(municipios.at("enter").size(), 9U);
  EXPECT_EQ(municipios.at("leave").size(), 9U);
  EXPECT_EQ(municipios.at("stay"), 391);
  EXPECT_EQ(municipios.at("moved").size(), 133U);
  EXPECT_EQ(municipios.at("entities").size(), 9U + 9U + 156U);
  ASSERT_EQ(report.at("rules").size(), 1U);
  EXPECT_EQ(report.at("rules").at(0).at("from"), "55");
  EXPECT_THAT(report.at("deadlines"), IsEmpty());
}

TEST_F(CompareRealDataTest, AHigherMinimum) {
  const json report = change("focalizacion.cauce", "mínimo 3", "mínimo 5");
  const json& municipios = report.at("targeting").at("municipios");
  EXPECT_EQ(municipios.at("enter").size(), 8U);
  EXPECT_EQ(municipios.at("leave").size(), 8U);
  EXPECT_THAT(municipios.at("moved"), IsEmpty());
}

TEST_F(CompareRealDataTest, ADeadlineThatMoves) {
  const json report = change("pat.cauce", "vence 31 de mayo", "vence 15 de mayo");
  ASSERT_EQ(report.at("deadlines").size(), 1U);
  EXPECT_EQ(report.at("deadlines").at(0), (json{{"plan", "PAT"},
                                                {"obligation", "pdt_adoptado"},
                                                {"period", nullptr},
                                                {"change", "moves"},
                                                {"from", "2024-05-31"},
                                                {"to", "2024-05-15"},
                                                {"rule_from", "31 de mayo"},
                                                {"rule_to", "15 de mayo"}}));
  EXPECT_THAT(report.at("targeting").at("municipios").at("enter"), IsEmpty());
}

}  // namespace
}  // namespace cauce::engine::cli
