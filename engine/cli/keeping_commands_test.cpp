// Keeping a database for years: copies of it, seeing what an order would do before it does it, many rows at
// once, and how things stood on a day that has passed.
#include <csignal>
#include <filesystem>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"
#include "engine/process_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class KeepingTest : public testing::Test {
 protected:
  KeepingTest() {
    const Outcome made = cauce({"iniciar", folder.path(), "--datos", folder.path(), "--personas",
                                folder / "personas.csv", "--administrador", "dora", "--base", folder.base()});
    if (made.code != 0) throw std::runtime_error(made.err);
  }

  Outcome on_base(std::vector<std::string> words, const std::string& person = {}) {
    words.insert(words.end(), {"--base", folder.base()});
    if (!person.empty()) words.insert(words.end(), {"--como", person});
    return cauce(words);
  }
  std::int64_t events() { return json::parse(on_base({"auditar", "--json"}).out).at("events"); }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

/// In a child whose files may not grow: as good as a full disk.
TEST_F(KeepingTest, WhereNothingWasRecordedNoRowIsSaidToBeLeft) {
  cauce.set_time("2024-03-04T10:00");
  const std::string long_text(1'000'000, 'x');
  folder.write("r.csv", "plan,reporte,periodo,actividades,resumen\nPAT/05001/2024,informe,2024-02,4," +
                            long_text + "\nPAT/05002/2024,informe,2024-02,muchas,Uno\n");
  ChildForTests child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {500'000, 500'000};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("no limit could be set");
    const Outcome outcome = on_base({"reportar", "--archivo", folder / "r.csv", "--parcial"}, "ana");
    if (outcome.code != 3) throw std::runtime_error(outcome.err);
  });
  EXPECT_EQ(child.wait(), 0);
  EXPECT_FALSE(std::filesystem::exists(folder / "r-rechazados.csv"));
  EXPECT_EQ(on_base({"reportar", "--archivo", folder / "r.csv", "--parcial"}, "ana").code, 1);
  EXPECT_TRUE(std::filesystem::exists(folder / "r-rechazados.csv")) << "once there is room";
}

// --- respaldar
// ------------------------------------------------------------------------------------------------

TEST_F(KeepingTest, ABackupIsADatabaseThatAnAnchorProves) {
  const std::string copy = folder / "copia.db";
  const json report = json::parse(on_base({"respaldar", copy, "--json"}).out);
  EXPECT_EQ(report.at("events"), events());
  const std::string anchor =
      std::to_string(report.at("events").get<int>()) + ":" + report.at("head").get<std::string>();
  EXPECT_EQ(cauce({"auditar", "--reconstruir", "--ancla", anchor, "--base", copy}).code, 0);
  EXPECT_EQ(on_base({"auditar", "--ancla", anchor}).code, 0);
  const Outcome again = on_base({"respaldar", copy});
  EXPECT_EQ(again.code, 3);
  EXPECT_EQ(again.err, "error: ya existe «" + copy + "»: no se toca\n");
  EXPECT_THAT(on_base({"respaldar", folder / "otra.db"}).out, HasSubstr("asientos; cabeza " + anchor + "\n"));
}

// --- --plan-solo
// ----------------------------------------------------------------------------------------------

TEST_F(KeepingTest, WhatPublishingWouldDoIsShown) {
  folder.write("prueba.cauce", policy_for_tests + "\n# otra\n");
  folder.write("nuevo.cauce", "rol veedor por nación\n");
  const auto before = events();
  const Outcome shown = on_base({"publicar", folder.path(), "--plan-solo"}, "dora");
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_EQ(shown.out,
            "se publicaría como versión 2; 5 planes seguirían con la suya\n"
            "  nuevo.cauce es nuevo\n"
            "  prueba.cauce cambia\n");
  EXPECT_THAT(shown.err, HasSubstr("no se hizo nada: es solo el plan\n"));
  EXPECT_EQ(events(), before);
  EXPECT_EQ(on_base({"publicar", folder.path(), "--plan-solo"}, "ana").code, 1) << "she has no right to";
}

TEST_F(KeepingTest, TheSamePolicyIsTheSameVersionFromWhereverItIsRead) {
  const std::string same = "es la misma política que la versión 1, que está en vigor; no se hizo nada\n";
  EXPECT_EQ(on_base({"publicar", folder / "prueba.cauce"}, "dora").out, same);
  EXPECT_EQ(on_base({"publicar",
                     folder.path() + "/../" + std::filesystem::path(folder.path()).filename().string() + "/"},
                    "dora")
                .out,
            same);
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : std::string(policy_for_tests))
    windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  folder.write("prueba.cauce", windows);
  EXPECT_EQ(on_base({"publicar", folder.path()}, "dora").out, same);
  folder.write("prueba.cauce", policy_for_tests + "\n");
  EXPECT_THAT(on_base({"publicar", folder.path()}, "dora").out, HasSubstr("versión 2"));
}

TEST_F(KeepingTest, WhatAnImportWouldChangeIsShown) {
  folder.write("municipios.csv",
               "código,nombre,región,pdet,mdm,población,visita,categoría\n"
               "05001,Medellín,Pacífico,sí,41.5,2500000,2024-02-07,ESP\n"
               "05003,Nuevo,Caribe,sí,,,,\n");
  const auto before = events();
  const Outcome shown = on_base({"importar", "--datos", folder.path(), "--plan-solo"}, "dora");
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_THAT(shown.out, StartsWith("2 entidades serían nuevas o cambiarían\n"
                                    "  municipio 05001: pasa de «Caribe» a «Pacífico»; mdm: 40 → 41.5\n"
                                    "  municipio 05003: nueva\n"));
  EXPECT_EQ(events(), before);
  EXPECT_THAT(on_base({"importar", "--datos", folder.path()}, "dora").out,
              StartsWith("2 entidades nuevas o cambiadas\n"));
}

TEST_F(KeepingTest, WhoWouldBeginEndAndBeMissedIsShown) {
  folder.write("personas.csv",
               "persona,nombre,correo,rol,entidad,desde,hasta\n"
               "dora,Dora Ruiz,,dirección,,,\n"
               "ana,Ana Pérez,ana@example.org,enlace,05001,,\n"
               "eva,Eva Paz,,enlace,05001,2024-02-01,2024-06-30\n"
               "carla,Carla Sáenz,carla@example.org,articulador,Caribe,,\n");
  const auto before = events();
  const Outcome shown = on_base({"personas", folder / "personas.csv", "--plan-solo"}, "dora");
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_EQ(shown.out,
            "quedarían 4 asignaciones\n"
            "Empezarían (1)\n"
            "  eva: enlace en 05001, desde 2024-02-01, hasta 2024-06-30\n"
            "Terminarían (3)\n"
            "  ana: enlace en 05002\n"
            "  luis: enlace en 19001\n"
            "  paz: articulador en Pacífico\n"
            "vacante hoy: articulador, a cargo de 1 plan (PCCT/Pacífico/2024); actúa Dirección\n"
            "vacante hoy: enlace, a cargo de 2 planes (PAT/05002/2024…); actúa Dirección o articulador\n");
  EXPECT_EQ(events(), before);
  const json told = json::parse(on_base({"personas", folder / "personas.csv", "--json"}, "dora").out);
  EXPECT_EQ(told.at("applied"), true);
  EXPECT_EQ(told.at("vacant").at(1).at("plans").size(), 2U);
}

TEST_F(KeepingTest, SomebodyCanAssignOnEveryDayToCome) {
  cauce.set_time("2024-03-04T10:00");
  const std::string heading = "persona,nombre,correo,rol,entidad,desde,hasta\n";
  folder.write("personas.csv", heading + "dora,Dora Ruiz,,dirección,,,2024-03-04\n");
  const Outcome ends_today = on_base({"personas", folder / "personas.csv"}, "dora");
  EXPECT_EQ(ends_today.code, 1);
  EXPECT_THAT(ends_today.err, HasSubstr("nadie podría asignar a nadie desde el 2024-03-05"));
  folder.write("personas.csv", heading +
                                   "dora,Dora Ruiz,,dirección,,,2024-05-31\n"
                                   "ana,Ana Pérez,,dirección,,2024-06-02,\n");
  const Outcome gap = on_base({"personas", folder / "personas.csv"}, "dora");
  EXPECT_EQ(gap.code, 1);
  EXPECT_THAT(gap.err, HasSubstr("nadie podría asignar a nadie desde el 2024-06-01"));
  folder.write("personas.csv", heading +
                                   "ana,Ana Pérez,,dirección,,2024-06-01,\n"
                                   "dora,Dora Ruiz,,dirección,,,2024-05-31\n");
  EXPECT_EQ(on_base({"personas", folder / "personas.csv", "--plan-solo"}, "dora").code, 0)
      << "one after the other";
}

TEST_F(KeepingTest, LoadsBeyondTheMostAreRefusedAndSaid) {
  const std::string people =
      "persona,nombre,correo,rol,entidad,desde,hasta\ndora,Dora Ruiz,,dirección,,,\n"
      "ana,,,enlace,05001,,2024-05-31\nana,,,enlace,05001,2024-06-01,\nana,,,enlace,05002,,\n"
      "ana,,,enlace,19001,,\n";
  folder.write("personas.csv", people);
  EXPECT_EQ(on_base({"personas", folder / "personas.csv", "--plan-solo"}, "dora").code, 0)
      << "three entities, one of them twice";
  folder.write("personas.csv", people + "ana,,,enlace,19002,2024-04-01,\n");
  const Outcome refused = on_base({"personas", folder / "personas.csv"}, "dora");
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(
      refused.err,
      HasSubstr("«ana»: sirve a 4 entidades desde el 2024-06-01 como «enlace», cuya carga máxima es 3\n"));
}

TEST_F(KeepingTest, WhichPlansWouldBeMadeIsShown) {
  ASSERT_EQ(on_base({"seleccionar", "--incluir", "19002", "--motivo", "Convenio"}, "dora").code, 0);
  const auto before = events();
  const Outcome shown = on_base({"planes", "crear", "--plan-solo"}, "dora");
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_THAT(shown.out, StartsWith("se crearía 1 plan nuevo, 5 ya existían; "));
  EXPECT_THAT(shown.out, HasSubstr("\n  PAT/19002/2024\n"));
  EXPECT_EQ(events(), before);
  EXPECT_THAT(on_base({"planes", "crear"}, "dora").out, StartsWith("1 plan nuevo, 5 ya existían; "));
}

// --- Many at once
// ---------------------------------------------------------------------------------------------

TEST_F(KeepingTest, WithParcialWhatCanBeIsDoneAndTheRestIsGivenBack) {
  cauce.set_time("2024-03-04T10:00");
  folder.write("r.csv",
               "plan,reporte,periodo,actividades,resumen\n"
               "PAT/05001/2024,informe,2024-02,4,Bien\n"
               "PAT/05002/2024,informe,2024-02,,Sin la cuenta\n"
               "PAT/99/2024,informe,2024-02,4,\n"
               "PAT/05002/2024,informe,ayer,4,\n");
  const Outcome part = on_base({"reportar", "--archivo", folder / "r.csv", "--parcial"}, "ana");
  EXPECT_EQ(part.code, 1);
  EXPECT_EQ(part.out, "1 reporte entregado\n");
  EXPECT_THAT(part.err, HasSubstr("3 filas rechazadas quedan en «" + (folder / "r-rechazados.csv") + "»"));
  const std::string rest = read_file(folder / "r-rechazados.csv");
  EXPECT_THAT(rest, StartsWith("\xEF\xBB\xBF"
                               "plan,reporte,periodo,actividades,resumen,rechazado_porque"))
      << "with the mark by which a spreadsheet program knows its letters";
  EXPECT_THAT(rest, HasSubstr("\nPAT/05002/2024,informe,2024-02,,Sin la cuenta,"));
  EXPECT_THAT(rest, HasSubstr("PAT/99/2024,informe,2024-02,4,,no existe el plan «PAT/99/2024»"));
  EXPECT_THAT(rest, HasSubstr("PAT/05002/2024,informe,ayer,4,,\"«ayer»: se esperaba un periodo, como"));
  EXPECT_THAT(rest, Not(HasSubstr("PAT/05001/2024")));

  // Mended, the same file is given again.
  folder.write("r-rechazados.csv",
               "plan,reporte,periodo,actividades,resumen,rechazado_porque\n"
               "PAT/05002/2024,informe,2024-02,3,Con la cuenta,faltaba\n");
  const Outcome mended = on_base({"reportar", "--archivo", folder / "r-rechazados.csv", "--parcial"}, "ana");
  EXPECT_EQ(mended.code, 0) << mended.err;
  EXPECT_EQ(mended.out, "1 reporte entregado\n");
}

TEST_F(KeepingTest, NumbersAreReadWithTheMarkOfTheFile) {
  cauce.set_time("2024-02-05T10:00");
  folder.write("c.csv", "plan;componente;meta;valor\nPAT/05001/2024;objetivos;De 1,5 a 2;4,5\n");
  const Outcome found = on_base({"completar", "--archivo", folder / "c.csv"}, "ana");
  EXPECT_EQ(found.out, "1 componente completado\n") << found.err;
  const std::string history = on_base({"historia", "PAT/05001/2024", "--json"}).out;
  EXPECT_THAT(history, HasSubstr("4.5"));
  EXPECT_THAT(history, HasSubstr("De 1,5 a 2")) << "a text keeps its comma";

  folder.write("c.csv", "plan,componente,meta,valor\nPAT/05002/2024,objetivos,Dos,\"2,5\"\n");
  EXPECT_EQ(on_base({"completar", "--archivo", folder / "c.csv"}, "ana").code, 1) << "points, with commas";
  EXPECT_EQ(on_base({"completar", "--archivo", folder / "c.csv", "--decimal", ","}, "ana").code, 0);

  folder.write("c.csv",
               "plan;componente;meta;valor\nPAT/05001/2024;objetivos;Uno;4,5\n"
               "PAT/05002/2024;objetivos;Dos;4.5\n");
  const Outcome both = on_base({"completar", "--archivo", folder / "c.csv"}, "ana");
  EXPECT_EQ(both.code, 3);
  EXPECT_THAT(both.err, HasSubstr("línea 3, columna «valor»: «4.5» lleva punto, y «4,5» (línea 2"));
  folder.write("c.csv", "plan;componente;meta;valor\nPAT/05001/2024;objetivos;Uno;4.500\n");
  const Outcome unclear = on_base({"completar", "--archivo", folder / "c.csv"}, "ana");
  EXPECT_EQ(unclear.code, 3);
  EXPECT_THAT(unclear.err, HasSubstr("columna «valor»: «4.500»: no se sabe si separa miles o decimales"));
}

TEST_F(KeepingTest, ADateBeyondTheCalendarIsToldItsLimits) {
  const Outcome far = on_base({"vencidos", "--fecha", "9999-12-31"});
  EXPECT_EQ(far.code, 2);
  EXPECT_THAT(far.err, HasSubstr("escríbala como 2024-02-07, de 1900 a 2199\n"));
}

TEST_F(KeepingTest, ARowThatLacksCellsIsGivenBackLikeAnyOther) {
  cauce.set_time("2024-03-04T10:00");
  folder.write("r.csv",
               "plan;reporte;periodo;actividades;resumen\n"
               "PAT/05002/2024;informe;2024-02\n"
               "PAT/05001/2024;informe;2024-02;4;Bien\n");
  folder.write("r-rechazados.csv", "de antes\n");
  const Outcome part = on_base({"reportar", "--archivo", folder / "r.csv", "--parcial"}, "ana");
  EXPECT_EQ(part.code, 1);
  EXPECT_EQ(part.out, "1 reporte entregado\n");
  EXPECT_THAT(part.err, HasSubstr("línea 2: PAT/05002/2024\n"));
  EXPECT_THAT(part.err, HasSubstr("1 fila rechazada queda en «" + (folder / "r-rechazados-2.csv") +
                                  "»; corríjala y dé ese archivo otra vez"));
  EXPECT_EQ(read_file(folder / "r-rechazados.csv"), "de antes\n");
  EXPECT_EQ(read_file(folder / "r-rechazados-2.csv"),
            "\xEF\xBB\xBF"
            "plan;reporte;periodo;actividades;resumen;rechazado_porque\r\n"
            "PAT/05002/2024;informe;2024-02;;;la fila tiene 3 celdas y el encabezado 5\r\n");

  const auto before = events();
  const Outcome taken = on_base(
      {"reportar", "--archivo", folder / "r.csv", "--parcial", "--rechazados", folder / "r-rechazados.csv"},
      "ana");
  EXPECT_EQ(taken.code, 3);
  EXPECT_THAT(taken.err, HasSubstr("ya existe «" + (folder / "r-rechazados.csv") + "»"));
  EXPECT_EQ(events(), before);
}

TEST_F(KeepingTest, AllThatIsWrongWithAFileIsToldAtOnceAndNothingIsDone) {
  cauce.set_time("2024-03-04T10:00");
  folder.write("r.csv",
               "plan,reporte,periodo,actividades\n"
               "PAT/05001/2024,informe,2024-02,4\n"
               "PAT/05002/2024,informe,2024-02,muchas\n"
               "PAT/99/2024,informe,ayer,4\n"
               "PAT/19001/2024,informe,2024-02,4\n");
  const auto before = events();
  const Outcome told = on_base({"reportar", "--archivo", folder / "r.csv"}, "ana");
  EXPECT_EQ(told.code, 3);
  EXPECT_EQ(told.out, "");
  EXPECT_THAT(told.err, HasSubstr("r.csv, línea 3: PAT/05002/2024: "));
  EXPECT_THAT(told.err, HasSubstr("línea 4, columna «plan»: no existe el plan «PAT/99/2024»\n"));
  EXPECT_THAT(told.err, HasSubstr("línea 4, columna «periodo»: «ayer»: se esperaba un periodo"));
  EXPECT_THAT(told.err, HasSubstr("línea 5: PAT/19001/2024: la persona «ana» no está a cargo"));
  EXPECT_THAT(told.err, HasSubstr("4 errores en los datos: no se tomó ninguno\n"));
  EXPECT_EQ(events(), before);
}

TEST_F(KeepingTest, OfManyRefusedRowsEachIsTold) {
  cauce.set_time("2024-02-05T10:00");
  std::string rows = "plan,componente,meta\n";
  for (int i = 0; i < 14; ++i)
    rows += "PAT/19001/2024,objetivos,x\n";
  folder.write("c.csv", rows);
  const Outcome told = on_base({"completar", "--archivo", folder / "c.csv"}, "ana");
  EXPECT_EQ(told.code, 1);
  EXPECT_THAT(told.err, HasSubstr("c.csv, línea 15: PAT/19001/2024: la persona «ana» no está a cargo"));
}

TEST_F(KeepingTest, OnATerminalLongWorkShowsHowFarItIs) {
  cauce.set_time("2024-02-05T10:00");
  folder.write("c.csv", "plan,componente,meta\nPAT/19001/2024,objetivos,x\n");
  cauce.environment.err_is_terminal = true;
  const Outcome told = on_base({"completar", "--archivo", folder / "c.csv"}, "ana");
  EXPECT_THAT(told.err, HasSubstr(" [==============================] 1/1\n"));
  EXPECT_THAT(told.err, HasSubstr("\r"));
  EXPECT_THAT(told.err, Not(HasSubstr("␍")));
}

TEST_F(KeepingTest, TwoRowsOfAFileDoNotDeliverTheSame) {
  cauce.set_time("2024-03-04T10:00");
  folder.write("r.csv",
               "plan,reporte,periodo,actividades\n"
               "PAT/05001/2024,informe,2024-02,4\n"
               "PAT/05002/2024,informe,2024-02,3\n"
               "pat/05001/2024,INFORME,2024-02,5\n");
  const auto before = events();
  const Outcome whole = on_base({"reportar", "--archivo", folder / "r.csv"}, "ana");
  EXPECT_EQ(whole.code, 3);
  EXPECT_THAT(whole.err, HasSubstr("r.csv, línea 4: es lo mismo que entrega la línea 2: deje una sola de las "
                                   "dos\n"));
  EXPECT_EQ(events(), before);
  const Outcome part = on_base({"reportar", "--archivo", folder / "r.csv", "--parcial"}, "ana");
  EXPECT_EQ(part.out, "2 reportes entregados\n");
  EXPECT_EQ(on_base({"reportar", "--archivo", folder / "r.csv", "--parcial"}, "ana").out,
            "0 reportes entregados; 2 ya estaban\n")
      << "the file again delivers nothing again";
  EXPECT_EQ(on_base({"reportar", "PAT/05001/2024", "informe", "2024-02", "--parcial"}, "ana").code, 2)
      << "an option of files, without a file";
}

TEST_F(KeepingTest, NobodyIsGivenTheSameTwice) {
  const std::string people =
      "persona,nombre,correo,rol,entidad,desde,hasta\ndora,Dora Ruiz,,dirección,,,\n"
      "ana,,,enlace,05001,,2024-05-31\nana,,,enlace,05001,2024-05-01,\n"
      "paz,,,articulador,Caribe,,\npaz,,,articulador,Caribe,,\n";
  folder.write("personas.csv", people);
  const Outcome refused = on_base({"personas", folder / "personas.csv"}, "dora");
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, HasSubstr("línea 4, columna «persona»: «ana» ya tiene este rol aquí en algunos de "
                                     "los mismos días por la línea 3"));
  EXPECT_THAT(refused.err,
              HasSubstr("línea 6, columna «persona»: «paz» ya tiene este rol aquí por la línea 5"));
}

TEST_F(KeepingTest, WhatFailedIsWrittenDownOrNothingIsDone) {
  cauce.set_time("2024-03-04T10:00");
  folder.write("r.csv",
               "plan,reporte,periodo,actividades\nPAT/05001/2024,informe,2024-02,4\n"
               "PAT/99/2024,informe,2024-02,4\n");
  const auto before = events();
  const Outcome outcome = on_base(
      {"reportar", "--archivo", folder / "r.csv", "--parcial", "--rechazados", folder / "no/hay.csv"}, "ana");
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(events(), before);
}

TEST_F(KeepingTest, OtherOrdersTakeAFileToo) {
  cauce.set_time("2024-02-01T10:00");
  folder.write("c.csv", "plan,componente,meta\nPAT/05001/2024,objetivos,Uno\nPAT/05002/2024,objetivos,Dos\n");
  EXPECT_EQ(on_base({"completar", "--archivo", folder / "c.csv"}, "ana").out, "2 componentes completados\n");
  folder.write("h.csv", "plan,acción,motivo\nPAT/05001/2024,enviar,\nPAT/05002/2024,enviar,\n");
  EXPECT_EQ(on_base({"hacer", "--archivo", folder / "h.csv"}, "ana").out, "2 acciones ejecutadas\n");
  folder.write("h.csv", "plan,acción,motivo\nPAT/05001/2024,aprobar,\nPAT/05002/2024,devolver,Precisar\n");
  EXPECT_EQ(on_base({"hacer", "--archivo", folder / "h.csv"}, "carla").out, "2 acciones ejecutadas\n");
  folder.write("m.csv", "plan,hito,el,evidencia\nPAT/05001/2024,diagnóstico,2024-01-31,Acta 1\n");
  EXPECT_EQ(on_base({"cumplir", "--archivo", folder / "m.csv"}, "ana").out, "1 hito cumplido\n");
  cauce.set_time("2024-03-04T10:00");
  folder.write("r.csv", "plan,reporte,periodo,actividades\nPAT/05001/2024,informe,2024-02,4\n");
  EXPECT_EQ(on_base({"reportar", "--archivo", folder / "r.csv"}, "ana").code, 0);
  folder.write("v.csv", "plan,obligación,periodo\nPAT/05001/2024,informe,2024-02\n");
  EXPECT_EQ(on_base({"validar", "--archivo", folder / "v.csv"}, "carla").out, "1 obligación validada\n");
  folder.write("v.csv", "plan,periodo\nPAT/05001/2024,2024-02\n");
  EXPECT_EQ(on_base({"validar", "--archivo", folder / "v.csv"}, "carla").code, 3);
  EXPECT_EQ(on_base({"validar"}, "carla").code, 2) << "by hand it needs a plan";
}

// --- The past
// -------------------------------------------------------------------------------------------------

TEST_F(KeepingTest, QuestionsCanBeAskedOfADayThatHasPassed) {
  cauce.set_time("2024-02-01T10:00");
  ASSERT_EQ(on_base({"completar", "PAT/05001/2024", "objetivos", "--campo", "meta=x"}, "ana").code, 0);
  ASSERT_EQ(on_base({"hacer", "PAT/05001/2024", "enviar"}, "ana").code, 0);
  cauce.set_time("2024-03-20T10:00");
  const auto stage = [&](const std::vector<std::string>& when) {
    std::vector<std::string> words = {"estado", "PAT/05001/2024", "--json"};
    words.insert(words.end(), when.begin(), when.end());
    return json::parse(on_base(words).out).at("stage").get<std::string>();
  };
  EXPECT_EQ(stage({}), "revisión");
  EXPECT_EQ(stage({"--a-fecha", "2024-01-31"}), "borrador");
  EXPECT_EQ(stage({"--a-fecha", "2024-02-01"}), "revisión");
  EXPECT_EQ(stage({"--ocurrido-a", "2024-01-31"}), "borrador");
  EXPECT_THAT(on_base({"vencidos", "--a-fecha", "2024-02-15"}).err,
              HasSubstr("nada está vencido al 2024-02-15\n"));
  EXPECT_THAT(on_base({"vencidos"}).err, Not(HasSubstr("nada está vencido")));
  EXPECT_THAT(on_base({"consultar", "planes muestra cuenta()", "--a-fecha", "2024-02-15"}).out,
              HasSubstr("5\n"));
}

TEST_F(KeepingTest, ADayThatCannotBeAskedOfIsSaid) {
  const Outcome early = on_base({"estado", "--a-fecha", "2024-01-09"});
  EXPECT_EQ(early.code, 2);
  EXPECT_THAT(early.err, HasSubstr("el 2024-01-09 la base aún no tenía nada\n"));
  EXPECT_THAT(early.err, HasSubstr("su primer asiento es del 2024-01-10\n"));
  EXPECT_THAT(on_base({"estado", "--a-fecha", "2024-01-11"}).err,
              HasSubstr("«--a-fecha 2024-01-11» aún no llega: hoy es 2024-01-10\n"));
  EXPECT_EQ(on_base({"estado", "--a-fecha", "2024-01-10", "--ocurrido-a", "2024-01-10"}).code, 2);
  EXPECT_THAT(on_base({"estado", "--a-fecha", "2024-01-10", "--fecha", "2024-01-10"}).err,
              HasSubstr("«--fecha» no va con «estado»: «--a-fecha» ya dice el día\n"));
  EXPECT_EQ(on_base({"vencidos", "--ocurrido-a", "2024-01-10", "--fecha", "2024-01-10"}).code, 2);
  EXPECT_EQ(on_base({"hacer", "PAT/05001/2024", "enviar", "--a-fecha", "2024-01-10"}, "ana").code, 2);
}

}  // namespace
}  // namespace cauce::engine::cli
