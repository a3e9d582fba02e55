// The way from a policy on disk to plans, reports and questions, command by command.
#include <algorithm>
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

class DatabaseCommandsTest : public testing::Test {
 protected:
  Outcome init(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {
        "iniciar",         folder.path(), "--datos", folder.path(), "--personas", folder / "personas.csv",
        "--administrador", "dora",        "--base",  folder.base()};
    words.insert(words.end(), more.begin(), more.end());
    return cauce(words);
  }

  /// A command on the database, as `person` if not empty.
  Outcome on_base(std::vector<std::string> words, const std::string& person = {}) {
    words.insert(words.end(), {"--base", folder.base()});
    if (!person.empty()) words.insert(words.end(), {"--como", person});
    return cauce(words);
  }

  json status(const std::string& plan) { return json::parse(on_base({"estado", plan, "--json"}).out); }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

// --- iniciar
// ----------------------------------------------------------------------------------------------------

TEST_F(DatabaseCommandsTest, InitDoesEverythingAndSaysWhat) {
  const Outcome outcome = init();
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, folder.base() +
                             ": base nueva\n"
                             "  política       Programa de prueba, vigencia 2024\n"
                             "  región         2\n"
                             "  municipio      4\n"
                             "  asignaciones   6\n"
                             "\n"
                             "Entidad    Campo      Sin dato  De        %\n"
                             "región     sede              2   2  100.0 %\n"
                             "municipio  mdm               1   4   25.0 %\n"
                             "municipio  población         3   4   75.0 %\n"
                             "municipio  visita            2   4   50.0 %\n"
                             "municipio  categoría         1   4   25.0 %\n"
                             "\n"
                             "municipios, al 2024-01-10\n"
                             "  seleccionados        3\n"
                             "  en espera            0\n"
                             "  no elegibles         1\n"
                             "  excluidos            0\n"
                             "  por verificar        0\n"
                             "\n"
                             "5 planes: 3 PAT y 2 PCCT\n"
                             "25 obligaciones, 3 por fijar\n");
  EXPECT_TRUE(std::filesystem::exists(folder.base()));
}

TEST_F(DatabaseCommandsTest, InitDoesNotTouchADatabaseThatIsThere) {
  ASSERT_EQ(init().code, 0);
  const std::string before = read_file(folder.base());
  EXPECT_EQ(init().code, 3);
  EXPECT_EQ(read_file(folder.base()), before);
}

TEST_F(DatabaseCommandsTest, AFailedInitLeavesNothing) {
  folder.write("personas.csv", "persona,nombre,correo,rol,entidad,desde,hasta\nana,Ana,,enlaze,05001,,\n");
  EXPECT_EQ(init().code, 3);
  EXPECT_FALSE(std::filesystem::exists(folder.base()));
  // Refused inside the transaction: the administrator's file gives one person more than the role may carry.
  std::string overloaded = "persona,nombre,correo,rol,entidad,desde,hasta\n";
  for (const char* key : {"05001", "05002", "19001", "19002"}) {
    overloaded += std::string("ana,Ana,,enlace,") + key + ",,\n";
  }
  folder.write("personas.csv", overloaded);
  const Outcome outcome = init();
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("rechazado: "));
  EXPECT_FALSE(std::filesystem::exists(folder.base()));
  EXPECT_FALSE(std::filesystem::exists(folder.base() + "-wal"));
}

TEST_F(DatabaseCommandsTest, TheSelectedGetThePlansHoweverTheFileIsSorted) {
  folder.write("municipios.csv",
               "código,nombre,región,pdet,mdm,población,visita,categoría\n"
               "19002,Almaguer,Pacífico,no,30,,,2\n"
               "19001,Popayán,Pacífico,sí,55.5,,2024-02-07,1\n"
               "05002,Abejorral,Caribe,sí,,,,\n"
               "05001,Medellín,Caribe,sí,40,2500000,2024-02-07,ESP\n");
  ASSERT_EQ(init().code, 0);
  const json plans =
      json::parse(on_base({"consultar", "planes donde tipo = PAT muestra entidad", "--json"}).out);
  EXPECT_EQ(plans.at("rows"), json::parse(R"([["05001"],["05002"],["19001"]])"));
}

TEST_F(DatabaseCommandsTest, WhatADeadProcessLeftIsNoDatabase) {
  { const auto half = System::create(folder.base() + ".parcial", false, cauce.environment.clock); }
  ASSERT_EQ(init().code, 0) << "what was left is no hindrance";
  EXPECT_FALSE(std::filesystem::exists(folder.base() + ".parcial"));

  std::filesystem::remove(folder.base());
  { const auto half = System::create(folder.base(), false, cauce.environment.clock); }
  const Outcome outcome = on_base({"estado"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_EQ(outcome.err,
            "error: la base «" + folder.base() + "» quedó a medio hacer: bórrela y repita «cauce iniciar»\n");
}

TEST_F(DatabaseCommandsTest, ARehearsalGoesForwardOnly) {
  ASSERT_EQ(init({"--ensayo", "--ahora", "2024-02-01T08:00"}).code, 0);
  const Outcome outcome = on_base({"vigilar", "--una-vez", "--ahora", "2024-01-31T08:00"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err,
            "error: la base ya va en 2024-02-01T08:00 y no vuelve atrás\n"
            "  ayuda: dé a «--ahora» ese instante o uno posterior\n");
  EXPECT_EQ(on_base({"estado", "--ahora", "2024-01-31T08:00"}).code, 0) << "one may look back";
}

TEST_F(DatabaseCommandsTest, WhatIsListedDependsOnNoDate) {
  ASSERT_EQ(init().code, 0);
  const Outcome outcome = on_base({"alertas", "--fecha", "2024-01-31"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("«--fecha» no va con «alertas»: muestra lo registrado"));
}

TEST_F(DatabaseCommandsTest, PeopleCannotLockEverybodyOut) {
  ASSERT_EQ(init().code, 0);
  const Outcome outcome = on_base({"personas", folder / "personas.csv"}, "dora");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err,
            "rechazado: con estas asignaciones nadie podría volver a asignar a nadie\n"
            "  ayuda: incluya hoy a alguien en un rol que administre «asignar»\n");
}

TEST_F(DatabaseCommandsTest, WhoHasNoAddressStillHasALetterInTheFolder) {
  folder.write("personas.csv", "persona,nombre,correo,rol,entidad,desde,hasta\n");
  ASSERT_EQ(init({"--ensayo", "--ahora", "2024-01-15T09:00"}).code, 0);
  const Outcome round = on_base({"vigilar", "--una-vez", "--ahora", "2024-03-18T09:00", "--json"});
  EXPECT_EQ(round.code, 0) << round.err;
  EXPECT_GT(json::parse(round.out).at("sent"), 0);
  EXPECT_EQ(json::parse(round.out).at("dead"), 0);
  EXPECT_THAT(on_base({"alertas", "--ahora", "2024-03-18T10:00"}).out, HasSubstr("enviada"));
}

TEST_F(DatabaseCommandsTest, OnlyARehearsalTakesAnotherHour) {
  EXPECT_EQ(init({"--ahora", "2024-03-01"}).code, 2);
  ASSERT_EQ(init({"--ensayo", "--ahora", "2024-02-01T08:00"}).code, 0);
  EXPECT_EQ(on_base({"vencidos", "--ahora", "2024-03-18"}).code, 0);
}

TEST_F(DatabaseCommandsTest, AnotherHourIsRefusedOutsideARehearsal) {
  ASSERT_EQ(init().code, 0);
  const Outcome outcome = on_base({"estado", "--ahora", "2024-03-01"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(
      outcome.err,
      "error: «--ahora» solo va con una base de ensayo\n  ayuda: una base de ensayo se hace con «iniciar "
      "--ensayo»\n");
}

// --- The life of a plan
// ----------------------------------------------------------------------------------------

TEST_F(DatabaseCommandsTest, APlanGoesThroughItsStages) {
  ASSERT_EQ(init().code, 0);
  cauce.set_time("2024-02-01T10:00");
  const Outcome early = on_base({"hacer", "PAT/05001/2024", "enviar"}, "ana");
  EXPECT_EQ(early.code, 1);
  EXPECT_EQ(early.out, "");
  EXPECT_THAT(early.err, StartsWith("rechazado: "));
  EXPECT_THAT(early.err, HasSubstr("prueba.cauce:"));
  EXPECT_THAT(early.err, HasSubstr("| enlace puede enviar y pasa a revisión si componentes_completos"));

  EXPECT_EQ(on_base({"completar", "pat/05001/2024", "Objetivos", "--campo", "meta=Diez talleres"}, "ana").out,
            "PAT/05001/2024\n  completó el componente «objetivos»\n");
  EXPECT_EQ(on_base({"hacer", "PAT/05001/2024", "enviar"}, "ana").code, 0);
  EXPECT_EQ(status("PAT/05001/2024").at("stage"), "revisión");
  EXPECT_EQ(on_base({"hacer", "PAT/05001/2024", "aprobar"}, "ana").code, 1) << "not hers to approve";
  EXPECT_EQ(on_base({"hacer", "PAT/05001/2024", "devolver"}, "carla").code, 1) << "a motive is needed";
  EXPECT_EQ(on_base({"hacer", "PAT/05001/2024", "aprobar"}, "carla").code, 0);
  const json after = status("PAT/05001/2024");
  EXPECT_EQ(after.at("phase"), "monitoring");
  EXPECT_EQ(after.at("standing"), "active");
}

TEST_F(DatabaseCommandsTest, AReportIsDeliveredReturnedAndValidated) {
  ASSERT_EQ(init().code, 0);
  cauce.set_time("2024-03-06T10:00");
  const std::vector<std::string> delivery = {"reportar", "PAT/05001/2024", "informe", "2024-02",
                                             "--campo",  "actividades=4",  "--campo", "resumen=Dos talleres"};
  EXPECT_EQ(on_base(delivery, "ana").out,
            "PAT/05001/2024\n  entregó el reporte «informe» de febrero de 2024, a tiempo\n");
  EXPECT_EQ(on_base(delivery, "ana").out, "PAT/05001/2024: ya estaba registrado; no se hizo nada\n");
  const Outcome told = on_base(delivery, "luis");
  EXPECT_EQ(told.code, 1) << "who may not deliver it does not learn that it is there";
  EXPECT_THAT(told.err, HasSubstr("la persona «luis» no está a cargo del reporte «informe»"));
  EXPECT_EQ(on_base({"validar", "PAT/05001/2024", "informe", "2024-02"}, "ana").code, 1)
      << "she delivered it";
  EXPECT_EQ(
      on_base({"devolver", "PAT/05001/2024", "informe", "2024-02", "--motivo", "Faltan cifras"}, "carla").out,
      "PAT/05001/2024\n  devolvió el reporte «informe» de febrero de 2024, para corregir hasta el "
      "2024-03-13: "
      "«Faltan cifras»\n")
      << "the deadline itself has not moved";
  EXPECT_THAT(on_base({"historia", "PAT/05001/2024"}).out, Not(HasSubstr("para la corrección")));
  EXPECT_EQ(status("PAT/05001/2024").at("obligations").at(0).at("state"), "returned");
}

TEST_F(DatabaseCommandsTest, ManyReportsAreAllDeliveredOrNone) {
  ASSERT_EQ(init().code, 0);
  cauce.set_time("2024-03-06T10:00");
  folder.write("reportes.csv",
               "plan,reporte,periodo,actividades,resumen\n"
               "PAT/05001/2024,informe,2024-02,4,Bien\npat/05002/2024,informe,2024-02,,Sin la cuenta\n");
  const Outcome refused = on_base({"reportar", "--archivo", folder / "reportes.csv"}, "ana");
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("reportes.csv, línea 3: PAT/05002/2024\n"));
  EXPECT_THAT(refused.err, HasSubstr("no se registró nada; con «--parcial» se toma lo demás: 1 fila\n"));
  EXPECT_EQ(status("PAT/05001/2024").at("obligations").at(0).at("state"), "pending");

  folder.write("reportes.csv",
               "plan,reporte,periodo,actividades,resumen\n"
               "PAT/05001/2024,informe,2024-02,4,Bien\npat/05002/2024,informe,2024-02,2,También\n");
  EXPECT_EQ(on_base({"reportar", "--archivo", folder / "reportes.csv"}, "ana").out,
            "2 reportes entregados\n");
  EXPECT_EQ(on_base({"reportar", "--archivo", folder / "reportes.csv"}, "ana").out,
            "0 reportes entregados; 2 ya estaban\n");

  folder.write("reportes.csv", "plan,reporte,periodo\nPAT/99/2024,informe,febrero\n");
  const Outcome bad = on_base({"reportar", "--archivo", folder / "reportes.csv"}, "ana");
  EXPECT_EQ(bad.code, 3);
  EXPECT_THAT(bad.err, HasSubstr("línea 2, columna «plan»: no existe el plan «PAT/99/2024»\n"));
}

TEST_F(DatabaseCommandsTest, AStaleVersionIsRefused) {
  ASSERT_EQ(init().code, 0);
  const std::int64_t version = status("PAT/05001/2024").at("version");
  cauce.set_time("2024-02-01T10:00");
  const std::vector<std::string> words = {
      "completar",    "PAT/05001/2024",       "objetivos", "--campo", "meta=Talleres",
      "--si-versión", std::to_string(version)};
  EXPECT_EQ(on_base(words, "ana").code, 0);
  EXPECT_EQ(on_base(words, "ana").code, 1);
}

TEST_F(DatabaseCommandsTest, AnUnknownPlanOffersTheNearest) {
  ASSERT_EQ(init().code, 0);
  const Outcome outcome = on_base({"historia", "PAT/05004/2024"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err,
            "rechazado: no existe el plan «PAT/05004/2024»\n  ayuda: ¿quiso decir «PAT/05001/2024»?\n");
  EXPECT_EQ(on_base({"historia", "05001"}).err,
            "rechazado: no existe el plan «05001»\n  ayuda: un plan se nombra como PAT/05001/2024\n");
}

TEST_F(DatabaseCommandsTest, ASuspendedPlanTakesNoCommands) {
  ASSERT_EQ(init().code, 0);
  cauce.set_time("2024-02-01T10:00");
  EXPECT_EQ(on_base({"suspender", "PAT/05001/2024", "--motivo", "Emergencia"}, "carla").out,
            "PAT/05001/2024\n  suspendió el plan: «Emergencia»\n");
  EXPECT_EQ(status("PAT/05001/2024").at("standing"), "suspended");
  EXPECT_EQ(on_base({"completar", "PAT/05001/2024", "objetivos", "--campo", "meta=x"}, "ana").code, 1);
  EXPECT_EQ(on_base({"reanudar", "PAT/05001/2024", "--motivo", "Pasó"}, "carla").code, 0);
  EXPECT_EQ(status("PAT/05001/2024").at("standing"), "active");
}

TEST_F(DatabaseCommandsTest, OnlyTheDeadlinesThatMovedAreTold) {
  ASSERT_EQ(init().code, 0);
  cauce.set_time("2024-03-12T10:00");  // the report of February fell due on the 7th and closes in April
  ASSERT_EQ(on_base({"suspender", "PAT/05001/2024", "--motivo", "Emergencia"}, "carla").code, 0);
  cauce.set_time("2024-03-14T10:00");
  const std::string told = on_base({"reanudar", "PAT/05001/2024", "--motivo", "Pasó"}, "carla").out;
  EXPECT_THAT(told, HasSubstr("  la formulación vence el 2024-03-19, por reanudarse el plan\n"));
  EXPECT_THAT(told, Not(HasSubstr("el reporte «informe» de febrero de 2024 vence")));
  EXPECT_THAT(told, HasSubstr("el reporte «informe» de febrero de 2024 recibe entregas hasta el 2024-04-"));
  EXPECT_THAT(on_base({"historia", "PAT/05001/2024"}).out, HasSubstr(told.substr(told.find("  la formul"))));
}

TEST_F(DatabaseCommandsTest, WhatIsAnnulledLeavesWhatHungOnItToBeFixed) {
  ASSERT_EQ(init().code, 0);
  cauce.set_time("2024-02-01T10:00");
  ASSERT_EQ(on_base({"completar", "PAT/05001/2024", "objetivos", "--campo", "meta=x"}, "ana").code, 0);
  ASSERT_EQ(on_base({"hacer", "PAT/05001/2024", "enviar"}, "ana").code, 0);
  ASSERT_EQ(on_base({"hacer", "PAT/05001/2024", "aprobar"}, "carla").code, 0);
  ASSERT_EQ(on_base({"cumplir", "PAT/05001/2024", "diagnóstico"}, "ana").code, 0);
  EXPECT_THAT(
      on_base({"anular", "PAT/05001/2024", "diagnóstico", "--motivo", "Era de otro"}, "carla").out,
      HasSubstr(
          "el hito «adopción» queda otra vez por fijar, por anularse lo que lo fijaba: «Era de otro»\n"));
  EXPECT_THAT(on_base({"dispensar", "PAT/05001/2024", "formulación", "--motivo", "Sobra"}, "carla").err,
              HasSubstr("la formulación ya está cumplida\n"));
}

TEST_F(DatabaseCommandsTest, WhoAnnulsIsToldWhatWasBuiltOnIt) {
  ASSERT_EQ(init().code, 0);
  cauce.set_time("2024-02-01T10:00");
  ASSERT_EQ(on_base({"completar", "PAT/05001/2024", "objetivos", "--campo", "meta=x"}, "ana").code, 0);
  ASSERT_EQ(on_base({"hacer", "PAT/05001/2024", "enviar"}, "ana").code, 0);
  ASSERT_EQ(on_base({"hacer", "PAT/05001/2024", "aprobar"}, "carla").code, 0);
  ASSERT_EQ(on_base({"cumplir", "PAT/05001/2024", "diagnóstico"}, "ana").code, 0);
  ASSERT_EQ(on_base({"cumplir", "PAT/05001/2024", "adopción", "--evidencia", "acta"}, "ana").code, 0);
  const std::string told =
      "anuló lo registrado del hito «diagnóstico»: «Era de otro»; lo requiere, y sigue cumplido, el hito "
      "«adopción»\n";
  EXPECT_THAT(on_base({"anular", "PAT/05001/2024", "diagnóstico", "--motivo", "Era de otro"}, "carla").out,
              HasSubstr(told));
  EXPECT_THAT(on_base({"historia", "PAT/05001/2024"}).out, HasSubstr(told));
}

TEST_F(DatabaseCommandsTest, ADayBeforeEverythingHasNoAnswer) {
  ASSERT_EQ(init().code, 0);
  for (const char* option : {"--a-fecha", "--ocurrido-a"}) {
    const Outcome outcome = on_base({"estado", option, "2024-01-09"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("el 2024-01-09 la base aún no tenía nada\n"));
  }
}

TEST_F(DatabaseCommandsTest, AnAnswerWithoutRowsSaysSo) {
  ASSERT_EQ(init().code, 0);
  EXPECT_THAT(on_base({"consultar", "planes donde vencidos > 100"}).err,
              HasSubstr("no hay nada que lo cumpla\n"));
}

// --- Asking
// -----------------------------------------------------------------------------------------------------

TEST_F(DatabaseCommandsTest, OverdueSaysWhatHowMuchAndWho) {
  ASSERT_EQ(init().code, 0);
  EXPECT_EQ(on_base({"vencidos"}).out, "");
  EXPECT_EQ(on_base({"vencidos"}).err, "nada está vencido al 2024-01-10\n");
  const Outcome late = on_base({"vencidos", "--fecha", "2024-03-12"});
  EXPECT_EQ(late.out,
            "Plan            Entidad    Obligación  Periodo  Venció      Mora  A cargo\n"
            "PAT/05001/2024  Medellín   informe     2024-02  2024-03-07     3  Ana Pérez\n"
            "PAT/05002/2024  Abejorral  informe     2024-02  2024-03-07     3  Ana Pérez\n"
            "PAT/19001/2024  Popayán    informe     2024-02  2024-03-07     3  Luis Gil\n");
  EXPECT_EQ(late.err, "3 obligaciones vencidas al 2024-03-12; la mora va en días hábiles\n");
  EXPECT_EQ(on_base({"vencidos", "--por", "region", "--fecha", "2024-03-12"}).out,
            "región    Vencidos  Planes  Mayor mora\n"
            "Caribe           2       2           3\n"
            "Pacífico         1       1           3\n");
}

TEST_F(DatabaseCommandsTest, StatusOfAllIsByRegionAndPhase) {
  ASSERT_EQ(init().code, 0);
  EXPECT_EQ(on_base({"estado", "--fecha", "2024-03-12"}).out,
            "región    Plan  Planes  Formulación  Seguimiento  Evaluación  Cerrados  Suspendidos  Cancelados "
            " Vencidos\n"
            "Caribe    PAT        2            2            0           0         0            0           0 "
            "        2\n"
            "Caribe    PCCT       1            1            0           0         0            0           0 "
            "        0\n"
            "Pacífico  PAT        1            1            0           0         0            0           0 "
            "        1\n"
            "Pacífico  PCCT       1            1            0           0         0            0           0 "
            "        0\n");
}

TEST_F(DatabaseCommandsTest, StatusOfAPlanTellsWhatCanBeDone) {
  ASSERT_EQ(init().code, 0);
  const Outcome outcome = on_base({"estado", "PAT/05002/2024"});
  EXPECT_THAT(outcome.out, StartsWith("PAT/05002/2024  PAT, Abejorral\n"
                                      "  fase       formulación, etapa «borrador»\n"
                                      "  avance     0\n"
                                      "  a cargo    Ana Pérez\n"));
  EXPECT_THAT(outcome.out, HasSubstr("  se puede   enviar → revisión (enlace)\n"));
  EXPECT_THAT(outcome.out, HasSubstr("objetivos   sí           por completar\n"));
  EXPECT_THAT(outcome.out, HasSubstr("2024-03-07  informe      2024-02  pendiente\n"));
  EXPECT_THAT(outcome.out, HasSubstr("por fijar   adopción "));
}

TEST_F(DatabaseCommandsTest, StatusJsonHasTheAgreedShape) {
  ASSERT_EQ(init().code, 0);
  const json plan = json::parse(on_base({"estado", "PAT/05002/2024", "--json", "--fecha", "2024-03-12"}).out);
  EXPECT_EQ(plan.at("id"), "PAT/05002/2024");
  EXPECT_EQ(plan.at("phase"), "formulation");
  EXPECT_EQ(plan.at("standing"), "active");
  EXPECT_EQ(plan.at("stage"), "borrador");
  EXPECT_EQ(plan.at("progress"), "0");
  EXPECT_TRUE(plan.at("version").is_number_integer());
  EXPECT_EQ(plan.at("obligations").at(0),
            json::parse(R"({"name": "informe", "kind": "report", "period": "2024-02", "due": "2024-03-07",
                            "state": "pending", "overdue": true, "late_days": 3})"));
}

TEST_F(DatabaseCommandsTest, HistoryIsReadable) {
  ASSERT_EQ(init().code, 0);
  cauce.set_time("2024-03-08T10:05");
  ASSERT_EQ(
      on_base({"reportar", "PAT/05001/2024", "informe", "2024-02", "--campo", "actividades=4"}, "ana").code,
      0);
  const Outcome outcome = on_base({"historia", "pat/05001/2024"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("  creó el plan, con "));
  EXPECT_THAT(outcome.out,
              HasSubstr("2024-03-08 10:05  Ana Pérez (enlace)\n"
                        "  entregó el reporte «informe» de febrero de 2024, con 1 día hábil de mora\n"));
  const json entries = json::parse(on_base({"historia", "PAT/05001/2024", "--json"}).out);
  EXPECT_EQ(entries.back().at("kind"), "ReportDelivered");
  EXPECT_EQ(entries.back().at("actor"), "ana");
}

// --- seleccionar
// ------------------------------------------------------------------------------------------------

TEST_F(DatabaseCommandsTest, APersonWithTheRightDecidesOneByHand) {
  ASSERT_EQ(init().code, 0);
  const std::vector<std::string> include = {"seleccionar", "--incluir", "19002", "--motivo", "Convenio 12"};
  EXPECT_EQ(on_base({"seleccionar", "--incluir", "19002"}, "dora").code, 2) << "without a reason";
  EXPECT_EQ(on_base({"seleccionar", "--incluir", "19002", "--motivo", "  "}, "dora").code, 1)
      << "a blank reason";
  EXPECT_THAT(on_base({"seleccionar", "--incluir", "19002", "--motivo", "uno\ndos"}, "dora").err,
              HasSubstr("el motivo va en un solo renglón"));
  EXPECT_EQ(on_base({"seleccionar", "--incluir", "19002", "--dejar", "05001", "--motivo", "x"}, "dora").code,
            2);
  const Outcome refused = on_base(include, "ana");
  EXPECT_EQ(refused.code, 1) << "she has no right to";
  const Outcome unknown = on_base({"seleccionar", "--dejar", "99", "--motivo", "x"}, "dora");
  EXPECT_EQ(unknown.code, 1);
  EXPECT_EQ(unknown.err, "rechazado: no hay municipio con la clave «99»\n");
  EXPECT_EQ(on_base({"seleccionar", "--incluir", "almaguer", "--motivo", "x"}, "dora").err,
            "rechazado: no hay municipio con la clave «almaguer»\n  ayuda: la clave de Almaguer es 19002\n");
  EXPECT_EQ(on_base({"seleccionar", "--motivo", "uno\x1b[2J"}, "dora").code, 1);

  std::vector<std::string> only_show = include;
  only_show.emplace_back("--plan-solo");
  EXPECT_THAT(on_base(only_show, "dora").out, HasSubstr("Entrarían (1)\n  19002 Almaguer\nSaldrían (0)\n"));
  const Outcome done = on_base(include, "dora");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("Entran (1)\n  19002 Almaguer\nSalen (0)\nDecidido a mano\n"
                                  "  19002 Almaguer: incluido por dora, «Convenio 12»\n"));
  EXPECT_THAT(on_base({"planes", "crear", "PAT"}, "dora").out, StartsWith("1 plan nuevo, 3 ya existían"));
}

TEST_F(DatabaseCommandsTest, HandDecisionsStandUntilTheyAreGivenBack) {
  ASSERT_EQ(init().code, 0);
  const Outcome leave = on_base({"seleccionar", "--dejar", "05001", "--motivo", "Sin enlace"}, "dora");
  ASSERT_EQ(leave.code, 0);
  EXPECT_THAT(leave.out, HasSubstr("  por verificar        0\n  dejados a mano       1\n"));
  const json again = json::parse(on_base({"seleccionar", "--json"}, "dora").out);
  EXPECT_EQ(again.at("applied"), true);
  EXPECT_EQ(again.at("enter"), json::array());
  EXPECT_EQ(again.at("leave"), json::array());
  EXPECT_EQ(again.at("summary").at("selected"), 2);
  EXPECT_EQ(again.at("summary").at("left_by_hand"), 1);
  const auto left = std::find_if(again.at("results").begin(), again.at("results").end(),
                                 [](const json& result) { return result.at("key") == "05001"; });
  ASSERT_NE(left, again.at("results").end());
  EXPECT_EQ(left->at("by_hand"),
            json::parse(R"({"decision": "leave", "reason": "Sin enlace", "person": "dora"})"));
  EXPECT_EQ(left->at("status"), "eligible");

  const json back = json::parse(on_base({"seleccionar", "--según-reglas", "05001", "--json"}, "dora").out);
  EXPECT_EQ(back.at("enter"), json::array({"05001"}));
  const Outcome twice = on_base({"seleccionar", "--según-reglas", "05001"}, "dora");
  EXPECT_EQ(twice.code, 1);
  EXPECT_EQ(twice.err, "rechazado: sobre «05001» nadie ha decidido a mano\n");
  EXPECT_EQ(on_base({"auditar", "--reconstruir"}).code, 0);
}

TEST_F(DatabaseCommandsTest, AProvisionalSelectionIsAppliedOnlyWithAReason) {
  folder.write("municipios.csv",
               "código,nombre,región,pdet,mdm,población,visita,categoría\n"
               "05001,Medellín,Caribe,sí,40,2500000,2024-02-07,ESP\n"
               "19002,Almaguer,Pacífico,,30,,,2\n");
  folder.write("personas.csv", "persona,nombre,correo,rol,entidad,desde,hasta\nana,Ana,,enlace,05001,,\n");
  ASSERT_EQ(init({"--motivo", "Arranque con lo que hay"}).code, 0);
  EXPECT_EQ(on_base({"planes", "crear"}, "dora").err,
            "la selección «municipios» es provisional (Arranque con lo que hay)\n");
  const Outcome without = on_base({"seleccionar"}, "dora");
  EXPECT_EQ(without.code, 1);
  EXPECT_THAT(without.err, StartsWith("rechazado: la focalización es provisional"));
  EXPECT_EQ(on_base({"seleccionar", "--motivo", "  "}, "dora").code, 1) << "a blank reason";
  EXPECT_EQ(on_base({"seleccionar", "--motivo", "Urge"}, "dora").code, 0);
}

TEST_F(DatabaseCommandsTest, ADecisionByHandDoesNotConfirmAProvisionalSelection) {
  folder.write("municipios.csv",
               "código,nombre,región,pdet,mdm,población,visita,categoría\n"
               "05001,Medellín,Caribe,sí,40,2500000,2024-02-07,ESP\n"
               "19001,Popayán,Pacífico,no,55.5,,2024-02-07,1\n"
               "19002,Almaguer,Pacífico,,30,,,2\n");
  folder.write("personas.csv", "persona,nombre,correo,rol,entidad,desde,hasta\nana,Ana,,enlace,05001,,\n");
  ASSERT_EQ(init().code, 0);
  const std::vector<std::string> include = {"seleccionar", "--incluir", "19001", "--motivo", "Convenio 12"};
  const Outcome refused = on_base(include, "dora");
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("la selección es provisional"));
  EXPECT_THAT(refused.err, HasSubstr("«--provisional TEXTO»"));
  std::vector<std::string> confirmed = include;
  confirmed.insert(confirmed.end(), {"--provisional", "No hay dato antes de abril"});
  const Outcome done = on_base(confirmed, "dora");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("incluido por dora, «Convenio 12»"));
  EXPECT_THAT(on_base({"planes", "crear"}, "dora").err,
              HasSubstr("provisional (No hay dato antes de abril)"));
}

// --- Keeping
// ---------------------------------------------------------------------------------------------------

TEST_F(DatabaseCommandsTest, PublishingTheSameTwiceIsNoChange) {
  ASSERT_EQ(init().code, 0);
  EXPECT_EQ(on_base({"publicar", folder.path()}, "dora").out,
            "es la misma política que la versión 1, que está en vigor; no se hizo nada\n");
  folder.write("prueba.cauce", policy_for_tests + "\n# otra\n");
  EXPECT_EQ(on_base({"publicar", folder.path()}, "ana").code, 1) << "she has no right to";
  EXPECT_EQ(on_base({"publicar", folder.path()}, "dora").out,
            "política publicada: versión 2; los planes que ya existen siguen con la suya\n");
}

TEST_F(DatabaseCommandsTest, DataPeopleAndPlansCanFollowLater) {
  ASSERT_EQ(init().code, 0);
  EXPECT_EQ(on_base({"importar", "--datos", folder.path()}, "dora").out,
            "0 entidades nuevas o cambiadas\n\n"
            "Entidad    Campo      Sin dato  De        %\n"
            "región     sede              2   2  100.0 %\n"
            "municipio  mdm               1   4   25.0 %\n"
            "municipio  población         3   4   75.0 %\n"
            "municipio  visita            2   4   50.0 %\n"
            "municipio  categoría         1   4   25.0 %\n");
  folder.write("personas.csv", "persona,nombre,correo,rol,entidad,desde,hasta\ndora,Dora,,dirección,,,\n");
  EXPECT_EQ(on_base({"personas", folder / "personas.csv"}, "dora").out,
            "1 asignación\n"
            "Terminan (5)\n"
            "  ana: enlace en 05001\n"
            "  ana: enlace en 05002\n"
            "  carla: articulador en Caribe\n"
            "  luis: enlace en 19001\n"
            "  paz: articulador en Pacífico\n"
            "vacante hoy: articulador, a cargo de 2 planes (PCCT/Caribe/2024…); actúa Dirección\n"
            "vacante hoy: enlace, a cargo de 3 planes (PAT/05001/2024…); actúa Dirección\n");
  EXPECT_EQ(on_base({"planes", "crear"}, "dora").out,
            "0 planes nuevos, 5 ya existían; 0 obligaciones, 0 por fijar\n");
}

TEST_F(DatabaseCommandsTest, NewEntitiesComeAloneWhereTheirParentsAreInTheBase) {
  ASSERT_EQ(init().code, 0);
  FolderForTests fresh;
  write_file(fresh / "municipios.csv", "código,nombre,región,pdet\n05009,Nuevo,Caribe,no\n");
  const Outcome outcome = on_base({"importar", "--datos", fresh.path()}, "dora");
  EXPECT_THAT(outcome.out, StartsWith("1 entidad nueva o cambiada\n"));
  EXPECT_THAT(outcome.err,
              HasSubstr("  4 que están en la base no vienen en el archivo: quedan como estaban\n"));
  write_file(fresh / "municipios.csv", "código,nombre,región,pdet\n5001,Medellín,Caribe,no\n");
  const json refused = json::parse(on_base({"importar", "--datos", fresh.path(), "--json"}, "dora").out);
  EXPECT_EQ(refused.at("data_errors").at(0).at("line"), 2);
}

TEST_F(DatabaseCommandsTest, AuditTellsThatTheJournalIsWhole) {
  ASSERT_EQ(init().code, 0);
  const Outcome outcome = on_base({"auditar", "--reconstruir"});
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("la cadena está entera\nlas tablas son lo que dice el diario\n"));
  const json report = json::parse(on_base({"auditar", "--json"}).out);
  EXPECT_EQ(report.at("ok"), true);
  const std::string head = report.at("head");
  const std::string other(64, '0');
  EXPECT_EQ(on_base({"auditar", "--ancla", std::to_string(report.at("events").get<int>()) + ":" + head}).code,
            0);
  const Outcome absent = on_base({"auditar", "--ancla", "1:" + other});
  EXPECT_EQ(absent.code, 1);
  EXPECT_THAT(absent.out, HasSubstr("la cadena está entera\nel ancla no está en el diario: no corresponde a "
                                    "ningún asiento: el diario se reescribió"));
  const std::vector<std::string> wrong = {
      "1:00", "1", "x:" + other, "0:" + other, "1:" + other.substr(1) + "g", "1:"};
  for (const std::string& bad : wrong)
    EXPECT_EQ(on_base({"auditar", "--ancla", bad}).code, 2) << bad;
}

TEST_F(DatabaseCommandsTest, AJournalThatCannotBeReadIsADamagedDatabase) {
  ASSERT_EQ(init().code, 0);
  {
    const auto system = System::open(folder.base(), cauce.environment.clock);
    system->store().append({system->store().head()->sequence + 1, "2030-01-01T00:00:00.000Z",
                            "PAT/05001/2024", "", "", "PlanResumed", "{", 1, std::string(32, 'x')});
  }
  const Outcome outcome = on_base({"estado", "PAT/05001/2024"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("«cauce auditar» dice si alguien tocó el diario"));
  EXPECT_THAT(on_base({"auditar"}).out, HasSubstr("la cadena se rompe"));
}

// --- Alerts
// -----------------------------------------------------------------------------------------------------

TEST_F(DatabaseCommandsTest, WhatIsLateIsToldOnce) {
  ASSERT_EQ(init().code, 0);
  cauce.set_time("2024-03-08T08:30");
  const Outcome first = on_base({"vigilar", "--una-vez", "--buzón", folder / "buzon"});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(first.out, "3 avisos, 0 resúmenes, 2 mensajes; 2 enviados\n");
  EXPECT_EQ(on_base({"vigilar", "--una-vez", "--buzón", folder / "buzon"}).out,
            "0 avisos, 0 resúmenes, 0 mensajes; 0 enviados\n");
  const json alerts = json::parse(on_base({"alertas", "PAT/05001/2024", "--json"}).out);
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_EQ(alerts.at(0).at("obligation"), "informe");
  EXPECT_EQ(alerts.at(0).at("period"), "2024-02");
  EXPECT_EQ(alerts.at(0).at("recipient"), "ana");
  EXPECT_EQ(alerts.at(0).at("step"), "al vencer avisa al responsable");
  EXPECT_THAT(on_base({"buzón"}).out, HasSubstr("enviado"));
  EXPECT_THAT(on_base({"alertas", "--para", "luis"}).out, Not(HasSubstr("PAT/05001/2024")));
}

}  // namespace
}  // namespace cauce::engine::cli
