// cauce explicar: what it says of each kind of answer, and how entities are named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// A text as a person reads it, wherever its lines break.
std::string flowing(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

constexpr const char* policy = R"(
programa prueba "Programa de prueba" { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes festivos Colombia }
rol central por nación { administra publicar, asignar }
fuente L617 "Ley 617 de 2000, categorización; https://ejemplo.gov.co/ley?a=1&b=2"
parámetro umbral "Umbral de gestión" = 50
tabla apremio(rural: sí o no): número decide la única fila {
  | rural | => |
  | sí    | 10 |
  | no    | 0  |
}
entidad municipio {
  campo código: texto clave
  campo nombre: texto obligatorio
  campo categoría: uno de {ESP, 1, 2}
  campo gestión: número de 0 a 100
  campo rural: sí o no
  campo región: texto
}
focalización municipios "Municipios <acompañados>" de municipio {
  excluye si categoría = ESP porque "Equipos propios" según L617 "art. 2"
  califica si gestión < umbral porque "Gestión baja"
  puntaje brecha "Brecha" = 100 - gestión
  puntaje apremio_rural "Apremio" = apremio(rural)
  cupo por región { "Norte": 1, cada una de las otras: 2 }
}
)";

class ExplainTest : public testing::Test {
 protected:
  ExplainTest() {
    write_file(folder / "prueba.cauce", policy);
    write_file(folder / "municipios.csv",
               "código,nombre,categoría,gestión,rural,región\n"
               "01,Uno,1,30,no,Norte\n"
               "02,Dos,1,34.5,sí,Norte\n"
               "03,Tres,2,60,no,Sur\n"
               "04,Cuatro,ESP,20,no,Sur\n"
               "05,Cinco,2,,sí,Sur\n"
               "06,Uno,2,40,no,Sur\n");
  }

  Outcome explain(const std::string& key, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"explicar", folder.path(), key, "--datos", folder.path()};
    words.insert(words.end(), more.begin(), more.end());
    return cauce(words);
  }

  CommandLineForTests cauce;
  FolderForTests folder;
};

TEST_F(ExplainTest, WhoWaits) {
  const Outcome outcome = explain("01");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Es elegible: «Gestión baja».\n"));
  EXPECT_THAT(
      outcome.out,
      HasSubstr("Quedó en espera: cuando llegó su turno estaba lleno el cupo de región «Norte» (1).\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Le faltaron 5.5 puntos para alcanzar a Dos (02) y entrar.\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Puesto 2 de 3 elegibles; 1 de 1 en espera.\n"));
  EXPECT_THAT(outcome.out,
              HasSubstr("  - Si la gestión fuera de 24.5 o menos (es 30; bajaría 5.5), entraría (puesto 1).\n"
                        "  - Si la respuesta a «rural» fuera sí (es no), entraría (puesto 1).\n"));
}

TEST_F(ExplainTest, WhoIsIn) {
  const std::string out = explain("02").out;
  EXPECT_THAT(out, HasSubstr("  Respuesta: seleccionado\n"));
  EXPECT_THAT(out,
              HasSubstr("Le lleva 5.5 puntos a Uno (01): con un empate o por debajo perdería su lugar."));
}

TEST_F(ExplainTest, WhoIsNotEligible) {
  const std::string out = explain("Tres").out;
  EXPECT_THAT(out, HasSubstr("No es elegible: no se cumple ninguna de las razones para calificar."));
  EXPECT_THAT(
      flowing(out),
      HasSubstr("- Si la gestión fuera menor que 50 (es 60; bajaría más de 10), sería elegible; con 49.9, "
                "entraría (puesto 4)."));
  EXPECT_THAT(out, HasSubstr("El puntaje no cuenta"));
}

TEST_F(ExplainTest, WhoIsExcluded) {
  const std::string out = explain("04").out;
  EXPECT_THAT(out, HasSubstr("Queda excluido: «Equipos propios».\n"));
  EXPECT_THAT(out, HasSubstr("Ley 617 de 2000, categorización"));
  EXPECT_THAT(out, HasSubstr("  - Si la categoría fuera 1 o 2 (es ESP), sería elegible; "));
}

TEST_F(ExplainTest, WhoIsToBeVerified) {
  const std::string out = explain("cinco").out;
  EXPECT_THAT(out, HasSubstr("No se puede decir todavía: falta la gestión.\n"));
  EXPECT_THAT(out, HasSubstr("  - Si la gestión fuera menor que 50, entraría.\n"));
  EXPECT_THAT(out, HasSubstr("  - Si la gestión fuera de 50 o más, no sería elegible.\n"));
}

TEST_F(ExplainTest, AProvisionalSelectionSaysWhoCouldStillEnter) {
  // 05 is to be verified, and its score is not known.
  const std::string selected = explain("03").out;
  EXPECT_THAT(selected, HasSubstr("  Selección: provisional\n"));
  EXPECT_THAT(flowing(explain("02").out),
              HasSubstr("La selección es provisional: Cinco (05) está por verificar y podría "
                        "entrar; aunque entrara, Dos conservaría su lugar."));
  EXPECT_THAT(explain("04").out, HasSubstr("Cinco (05) está por verificar y podría entrar.\n"));
  EXPECT_THAT(explain("05").out,
              HasSubstr("Según lo que se sepa podría entrar: mientras tanto la selección es provisional.\n"));
  const json report = json::parse(explain("02", {"--json"}).out);
  EXPECT_EQ(report.at("provisional"), true);
  EXPECT_EQ(report.at("provisional_because"), json::array({"05"}));
  // The north has one place.
  write_file(folder / "municipios.csv",
             "código,nombre,categoría,gestión,rural,región\n"
             "01,Uno,1,30,no,Norte\n02,Dos,1,,no,Norte\n03,Tres,1,40,no,Norte\n");
  EXPECT_THAT(explain("01").out, HasSubstr("podría entrar; Uno podría perder su lugar."));
  EXPECT_THAT(flowing(explain("03").out),
              HasSubstr("podría entrar; aunque entrara, Tres seguiría en espera."));
  write_file(folder / "municipios.csv",
             "código,nombre,categoría,gestión,rural,región\n01,Uno,1,30,no,Norte\n");
  EXPECT_THAT(explain("01").out, Not(HasSubstr("provisional")));
}

TEST_F(ExplainTest, AGroupThatIsAnEntityHasItsName) {
  const std::string departments = R"(
programa p "P" { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes festivos Colombia }
rol jefe por nación { administra publicar, asignar }
entidad departamento { campo código: texto clave campo nombre: texto }
entidad municipio en departamento { campo código: texto clave campo gestión: número }
focalización f de municipio {
  puntaje brecha = gestión
  cupo por departamento { cada una de las otras: 1 }
  mínimo 1 por departamento
}
)";
  write_file(folder / "prueba.cauce", departments);
  write_file(folder / "departamentos.csv", "código,nombre\n05,Antioquia\n");
  write_file(folder / "municipios.csv", "código,departamento,gestión\n01,05,30\n02,05,40\n");
  EXPECT_THAT(explain("01").out, HasSubstr("cupo de departamento «05 Antioquia» (1)"));
  EXPECT_THAT(cauce({"focalizar", folder.path(), "--datos", folder.path()}).out,
              HasSubstr("\n05 Antioquia "));
}

constexpr const char* by_minimum = R"(
programa p "P" { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes festivos Colombia }
rol jefe por nación { administra publicar, asignar }
entidad municipio { campo código: texto clave campo gestión: número campo región: texto }
focalización f "F" de municipio {
  puntaje g = gestión
  cupo 2
  mínimo 1 por región
}
)";

TEST_F(ExplainTest, OfAMinimumItIsSaidWhetherItWasNeeded) {
  write_file(folder / "prueba.cauce", by_minimum);
  write_file(folder / "municipios.csv", "código,gestión,región\n01,9,Norte\n02,8,Norte\n03,1,Sur\n");
  EXPECT_THAT(flowing(explain("01").out),
              HasSubstr("Entró para cumplir el mínimo de región «Norte» (1); sin el mínimo también habría "
                        "entrado por su puesto."));
  EXPECT_THAT(flowing(explain("03").out), HasSubstr("Entró para cumplir el mínimo de región «Sur» (1). "));
  EXPECT_EQ(json::parse(explain("01", {"--json"}).out).at("also_by_order"), true);
  EXPECT_EQ(json::parse(explain("03", {"--json"}).out).at("also_by_order"), false);
}

constexpr const char* with_ratio = R"(
programa p "P" { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes festivos Colombia }
rol jefe por nación { administra publicar, asignar }
entidad municipio { campo código: texto clave campo nombre: texto campo meta: número campo base: número }
focalización f "F" de municipio {
  requiere meta > 0
  puntaje razón "Razón" = meta / base
  cupo 1
}
)";

TEST_F(ExplainTest, AScoreThatCannotBeReckonedSaysWhy) {
  write_file(folder / "prueba.cauce", with_ratio);
  write_file(folder / "municipios.csv", "código,nombre,meta,base\n01,Uno,5,0\n02,Dos,5,2\n");
  const std::string why = "l puntaje no se puede calcular: división por cero en «Razón»";
  EXPECT_THAT(flowing(explain("01").out),
              HasSubstr("Cumple las cláusulas, pero no se puede decir su lugar. E" + why + "."));
  EXPECT_EQ(json::parse(explain("01", {"--json"}).out).at("faults"), json::array({"e" + why}));
  EXPECT_EQ(json::parse(explain("02", {"--json"}).out).at("faults"), json::array());

  const std::vector<std::string> select = {"focalizar", folder.path(), "--datos", folder.path()};
  EXPECT_THAT(cauce(select).out, HasSubstr("  01 Uno: e" + why + "\n"));
  std::vector<std::string> as_json = select;
  as_json.push_back("--json");
  const json results = json::parse(cauce(as_json).out).at("results");
  for (const json& result : results)
    EXPECT_EQ(result.contains("faults"), result.at("key") == "01") << result;
  std::vector<std::string> as_csv = select;
  as_csv.insert(as_csv.end(), {"--csv", folder / "salida.csv"});
  cauce(as_csv);
  EXPECT_THAT(read_file(folder / "salida.csv"), HasSubstr("e" + why));
}

TEST_F(ExplainTest, AQuotaWithoutPlacesIsTheReason) {
  std::string closed = policy;
  closed.replace(closed.find("\"Norte\": 1"), 10, "\"Norte\": 0");
  write_file(folder / "prueba.cauce", closed);
  const std::string out = explain("01").out;
  EXPECT_THAT(flowing(out),
              HasSubstr("Ni en el primer puesto habría entrado: el cupo de región «Norte» (0) no "
                        "tiene ningún lugar."));
  EXPECT_THAT(flowing(out), HasSubstr("- Si la región fuera distinta de «Norte» (es «Norte»), entraría"));
  EXPECT_EQ(json::parse(explain("01", {"--json"}).out).at("bar").at("kind"), "unreachable");
}

TEST_F(ExplainTest, AScoreThatCouldNoLongerBeReckonedIsToVerify) {
  write_file(folder / "prueba.cauce", with_ratio);
  write_file(folder / "municipios.csv", "código,nombre,meta,base\n01,Uno,5,2\n");
  const std::string out = explain("01").out;
  EXPECT_THAT(out, HasSubstr("quedaría por verificar"));
  EXPECT_THAT(out, Not(HasSubstr("seguiría")));
}

TEST_F(ExplainTest, WhatOnlyTheKeyTellsApartIsSaid) {
  write_file(folder / "municipios.csv",
             "código,nombre,categoría,gestión,rural,región\n01,Uno,1,30,no,Norte\n02,Dos,1,30,no,Norte\n");
  EXPECT_THAT(flowing(explain("02").out),
              HasSubstr("Está empatado con Uno (01), que entró: solo se distinguen por su clave."));
  EXPECT_THAT(flowing(explain("01").out),
              HasSubstr("Está empatado con Dos (02) y entró: solo se distinguen por su clave."));
}

TEST_F(ExplainTest, EachFileOfDataHasItsOption) {
  const Outcome outcome =
      cauce({"explicar", folder.path(), "01", "--datos", "municipio=a.csv", "departamento=b.csv"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("antes de «departamento=b.csv» falta «--datos»"));
}

TEST_F(ExplainTest, WhatWasTriedInPartIsSaid) {
  write_file(folder / "prueba.cauce", R"(
programa p "P" { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes festivos Colombia }
rol jefe por nación { administra publicar, asignar }
entidad municipio { campo código: texto clave campo gestión: número de 0 a 100 }
focalización f de municipio { requiere gestión * (100 - gestión) > 3000 }
)");
  write_file(folder / "municipios.csv", "código,gestión\n01,30\n");
  EXPECT_THAT(flowing(explain("01").out),
              HasSubstr("Se probaron solo algunos valores de la gestión: puede haber otros que "
                        "también cambien la "));
  EXPECT_EQ(json::parse(explain("01", {"--json"}).out).at("tried_in_part"), json::array({"gestión"}));
}

TEST_F(ExplainTest, ManyThatAreMissingAgree) {
  write_file(folder / "municipios.csv",
             "código,nombre,categoría,gestión,rural,región\n01,Uno,,,no,Norte\n02,Dos,1,,,Sur\n");
  EXPECT_THAT(explain("01").out, HasSubstr("No se puede decir todavía: faltan la categoría y la gestión.\n"));
}

TEST_F(ExplainTest, AnyValueIsSaidAsSuch) {
  write_file(folder / "prueba.cauce", std::string(policy) + R"(
focalización libre "Libre" de municipio {
  puntaje brecha = gestión
  cupo 5
}
)");
  write_file(folder / "municipios.csv", "código,nombre,categoría,gestión,rural,región\n01,Uno,1,,no,Norte\n");
  const std::string out = cauce({"explicar", folder.path(), "libre", "01", "--datos", folder.path()}).out;
  EXPECT_THAT(out, HasSubstr("  - Con cualquier valor de la gestión, entraría.\n"));
  EXPECT_THAT(out, Not(HasSubstr("cualquiera")));
}

TEST_F(ExplainTest, WhoIsNotEligibleIsToldFromWhichValueItWouldHaveAPlace) {
  // In the north there is one place, and 02 has it with 75.5 points.
  write_file(
      folder / "municipios.csv",
      "código,nombre,categoría,gestión,rural,región\n02,Dos,1,34.5,sí,Norte\n07,Siete,1,60,no,Norte\n");
  EXPECT_THAT(
      flowing(explain("07").out),
      HasSubstr("- Si la gestión fuera menor que 50 (es 60; bajaría más de 10), sería elegible; con 49.9, "
                "quedaría en espera (puesto 2); y si fuera menor que 24.5, entraría (con 24.4, puesto "
                "1)."));
  const json change = json::parse(explain("07", {"--json"}).out).at("changes").at(0);
  EXPECT_EQ(change.at("place").at("nearest"), "24.4");
  EXPECT_EQ(change.at("place").at("rank"), 1);
  EXPECT_EQ(change.at("status"), "waitlisted");
  EXPECT_EQ(change.at("status_of_nearest_only"), true) << "with less than 24.5 it would be selected";
  const json loses = json::parse(explain("02", {"--json"}).out).at("changes");
  for (const json& one : loses)
    EXPECT_TRUE(one.contains("status_of_nearest_only")) << one;
}

TEST_F(ExplainTest, EntitiesGoByKeyOrByTheirOnlyName) {
  EXPECT_EQ(explain("dos").out, explain("02").out);
  const Outcome twice = explain("Uno");
  EXPECT_EQ(twice.code, 2);
  EXPECT_THAT(twice.err, HasSubstr("error: el nombre «Uno» no dice cuál: dé la clave\n  ayuda: con ese "
                                   "nombre hay 2: 01 Uno y 06 Uno\n"));
  EXPECT_THAT(explain("Cuatto").err,
              HasSubstr("error: no hay municipio con la clave o el nombre «Cuatto»\n  ayuda: ¿quiso decir "
                        "04 Cuatro?\n"));
  EXPECT_EQ(explain("99999").code, 2);
}

TEST_F(ExplainTest, TheTargetingIsNamedWhereThereAreSeveral) {
  EXPECT_EQ(cauce({"explicar", folder.path(), "municipios", "02", "--datos", folder.path()}).out,
            explain("02").out);
  EXPECT_THAT(
      cauce({"explicar", folder.path(), "municipio", "02", "--datos", folder.path()}).err,
      HasSubstr("la política no tiene la focalización «municipio»\n  ayuda: ¿quiso decir «municipios»?"));
  write_file(folder / "otra.cauce", "focalización otra de municipio { requiere gestión > 1 }\n");
  EXPECT_THAT(explain("02").err,
              HasSubstr("la política tiene varias focalizaciones: diga cuál\n  ayuda: otra o municipios"));
  EXPECT_EQ(cauce({"explicar", folder.path(), "--datos", folder.path()}).err,
            "error: falta «CLAVE»\n  ayuda: «cauce explicar --help» dice cómo se usa\n");
}

TEST_F(ExplainTest, ThePageStandsAloneAndIsEscaped) {
  const Outcome outcome = explain("04", {"--html", folder / "cuatro.html"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("escrito: " + (folder / "cuatro.html")));
  const std::string html = read_file(folder / "cuatro.html");
  EXPECT_THAT(html, HasSubstr("<p class=\"subtitle\">Municipios &lt;acompañados&gt;</p>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"https://ejemplo.gov.co/ley?a=1&amp;b=2\">"));
  EXPECT_THAT(html, HasSubstr("size: A4"));
  EXPECT_THAT(html, Not(HasSubstr("<acompañados>")));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_EQ(explain("04", {"--html", "/no/hay/carpeta.html"}).code, 3);
}

TEST_F(ExplainTest, OtherProgramsReadIt) {
  const json report = json::parse(explain("01", {"--json"}).out);
  EXPECT_EQ(report.at("status"), "waitlisted");
  EXPECT_EQ(report.at("rank"), 2);
  EXPECT_EQ(report.at("clauses").at(1).at("values"), json::parse(R"({"gestión": "30", "umbral": "50"})"));
  EXPECT_EQ(report.at("parts").at(1).at("rows"), json::parse(R"([{"table": "apremio", "row": 2}])"));
  const json quota = {{"quota", "cupo de región «Norte» (1)"},
                      {"limit", 1},
                      {"taken", 1},
                      {"stopped", true},
                      {"last_in", "02"},
                      {"lead", "5.5"}};
  EXPECT_EQ(report.at("quotas"), json::array({quota}));
  EXPECT_EQ(report.at("bar"),
            json::parse(R"({"kind": "reach", "merit": "75.5", "rival": "02", "lead": "5.5"})"));
}

TEST_F(ExplainTest, WrongPoliciesAndDataEndAsEverywhere) {
  write_file(folder / "municipios.csv", "código,nombre,gestión\n01,Uno,mucha\n");
  EXPECT_EQ(explain("01").code, 3);
  write_file(folder / "mal.cauce", "parámetro x = nada\n");
  EXPECT_EQ(explain("01").code, 1);
}

}  // namespace
}  // namespace cauce::engine::cli
