// cauce migrar, from the command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::string replaced(std::string text, const std::string& what, const std::string& instead) {
  return text.replace(text.find(what), what.size(), instead);
}

class MigrateCommandTest : public ::testing::Test {
 protected:
  MigrateCommandTest() {
    EXPECT_EQ(on_base({"iniciar", folder.path(), "--datos", folder.path(), "--personas",
                       folder / "personas.csv", "--administrador", "dora"})
                  .code,
              0);
    cauce.set_time("2024-03-04T10:00");
  }

  Outcome on_base(std::vector<std::string> words, const std::string& person = {}) {
    words.insert(words.end(), {"--base", folder.base()});
    if (!person.empty()) words.insert(words.end(), {"--como", person});
    return cauce(words);
  }
  /// Stage, deadline and milestones change.
  void publish() {
    std::string text = replaced(policy_for_tests, "y pasa a revisión", "y pasa a concertación");
    text = replaced(text, "etapa revisión", "etapa concertación");
    text = replaced(text, "hito diagnóstico { vence 30 de abril }",
                    "hito diagnóstico { vence 15 de mayo }\n    hito taller { vence 28 de junio }");
    folder.write("prueba.cauce", text);
    EXPECT_EQ(on_base({"publicar", folder.path()}, "dora").code, 0);
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

TEST_F(MigrateCommandTest, ShowsWhatWouldChangeAndThenDoesIt) {
  on_base({"completar", "PAT/05001/2024", "objetivos", "--campo", "meta=x"}, "ana");
  on_base({"hacer", "PAT/05001/2024", "enviar"}, "ana");
  publish();
  const Outcome shown = on_base({"migrar", "--donde", "tipo = PAT", "--plan-solo"}, "dora");
  EXPECT_EQ(shown.code, 1) << "one of them cannot pass";
  EXPECT_EQ(shown.out,
            "2 planes pasarían a la versión 2\n"
            "  el hito «diagnóstico» pasa del 2024-04-30 al 2024-05-15 (los 2 planes)\n"
            "  aparece el hito «taller», que vence el 2024-06-28 (los 2 planes)\n"
            "1 plan no puede pasar\n"
            "  PAT/05001/2024: el plan no puede pasar sin más a la versión 2\n"
            "    - la etapa «revisión», en que está el plan, no existe en la formulación de la versión 2; "
            "tiene: borrador y concertación\n"
            "    diga a qué corresponde con «--mapear HOY=NUEVO», o resuélvalo antes\n");
  EXPECT_THAT(shown.err, HasSubstr("no se hizo nada: es solo el plan"));

  const Outcome done = on_base({"migrar", "--mapear", "revisión=concertación"}, "dora");
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.out,
            "5 planes pasaron a la versión 2\n"
            "  la etapa «revisión» pasa a ser «concertación» (PAT/05001/2024)\n"
            "  el hito «diagnóstico» pasa del 2024-04-30 al 2024-05-15 (PAT/05001/2024, PAT/05002/2024 y "
            "PAT/19001/2024)\n"
            "  aparece el hito «taller», que vence el 2024-06-28 (PAT/05001/2024, PAT/05002/2024 y "
            "PAT/19001/2024)\n");
  EXPECT_THAT(on_base({"historia", "PAT/05001/2024"}).out,
              HasSubstr("  ejecutó «enviar»: de «borrador» a «revisión»\n"));
  EXPECT_THAT(on_base({"historia", "PAT/05001/2024"}).out,
              HasSubstr("  pasó el plan de la versión 1 de la política a la 2; pide además el hito "
                        "«taller», que vence el 2024-06-28; «revisión» se llama ahora «concertación»\n"
                        "  el hito «diagnóstico» vence el 2024-05-15, por cambio de política\n"));
  EXPECT_EQ(json::parse(on_base({"estado", "PAT/05001/2024", "--json"}).out).at("stage"), "concertación");
  EXPECT_EQ(on_base({"auditar", "--reconstruir"}).code, 0);
  EXPECT_EQ(on_base({"migrar"}, "dora").out, "0 planes pasaron a la versión 2\n") << "there is nothing left";
}

TEST_F(MigrateCommandTest, WhatIsAskedBesidesAndWhatClosesLaterIsInTheHistory) {
  std::string text = replaced(policy_for_tests, "vence día hábil 5 del mes siguiente",
                              "vence día hábil 8 del mes siguiente");
  text = replaced(
      text, "hito diagnóstico {",
      "reporte visitas cada mes desde marzo hasta mayo { vence día hábil 5 del mes siguiente  campo v: "
      "entero }\n    reporte balance cada semestre hasta junio { vence último día del mes  campo v: "
      "entero }\n    hito diagnóstico {");
  folder.write("prueba.cauce", text);
  EXPECT_EQ(on_base({"publicar", folder.path()}, "dora").code, 0);
  EXPECT_EQ(on_base({"migrar", "--plan", "PAT/05001/2024"}, "dora").code, 0);
  const std::string told = on_base({"historia", "PAT/05001/2024"}).out;
  EXPECT_THAT(told,
              HasSubstr("pasó el plan de la versión 1 de la política a la 2; pide además el reporte "
                        "«visitas» de 3 periodos; el reporte «balance» del primer semestre de 2024, que "
                        "vence el 2024-07-02\n"));
  EXPECT_THAT(
      told, HasSubstr("el reporte «informe» de marzo de 2024 vence el 2024-04-10 y recibe entregas hasta el "
                      "2024-05-09, por cambio de política\n"));
}

TEST_F(MigrateCommandTest, AClosingThatIsTakenAwayIsInTheHistory) {
  folder.write("prueba.cauce", replaced(policy_for_tests, "cierra 20 días hábiles después", ""));
  EXPECT_EQ(on_base({"publicar", folder.path()}, "dora").code, 0);
  EXPECT_EQ(on_base({"migrar", "--plan", "PAT/05001/2024"}, "dora").code, 0);
  EXPECT_THAT(on_base({"historia", "PAT/05001/2024"}).out,
              HasSubstr("el reporte «informe» de febrero de 2024 ya no se cierra, por cambio de política\n"));
}

TEST_F(MigrateCommandTest, PlansAreNamedOrChosenByACondition) {
  publish();
  EXPECT_EQ(on_base({"migrar", "--plan", "pat/05001/2024"}, "dora").out,
            "1 plan pasó a la versión 2\n"
            "  el hito «diagnóstico» pasa del 2024-04-30 al 2024-05-15\n"
            "  aparece el hito «taller», que vence el 2024-06-28\n");
  EXPECT_EQ(on_base({"migrar", "--plan", "PAT/05001/2024", "--donde", "vencidos > 0"}, "dora").code, 2);
  EXPECT_EQ(on_base({"migrar", "--plan", "PAT/1/2024"}, "dora").code, 1);
  EXPECT_THAT(on_base({"migrar", "--donde", "etapaa = borrador"}, "dora").err, HasSubstr("«etapa»"));
  EXPECT_EQ(on_base({"migrar", "--mapear", "revisión"}, "dora").code, 2);
  EXPECT_EQ(on_base({"migrar"}, "ana").code, 1) << "she has no right to";
}

TEST_F(MigrateCommandTest, WhatEndedStaysAsItIs) {
  on_base({"cancelar", "PAT/05001/2024", "--motivo", "Fusión"}, "carla");
  publish();
  const Outcome outcome = on_base({"migrar", "--versión", "2"}, "dora");
  EXPECT_THAT(outcome.err, HasSubstr("1 plan cerrado o cancelado se queda como está"));
  EXPECT_THAT(outcome.out, HasSubstr("4 planes pasaron a la versión 2\n"));
}

TEST_F(MigrateCommandTest, WhatKeepsSeveralPlansFromPassingIsToldOnce) {
  on_base({"suspender", "PAT/05001/2024", "--motivo", "Paro"}, "carla");
  on_base({"suspender", "PAT/05002/2024", "--motivo", "Paro"}, "carla");
  publish();
  EXPECT_THAT(on_base({"migrar"}, "dora").out,
              HasSubstr("2 planes no pueden pasar y se quedan como estaban\n"
                        "  PAT/05001/2024 y PAT/05002/2024: el plan está suspendido desde el 4 de marzo de "
                        "2024\n"));
  const Outcome none = on_base({"migrar", "--plan", "PAT/05001/2024", "--plan-solo"}, "dora");
  EXPECT_TRUE(none.out.starts_with("1 plan no puede pasar\n")) << none.out;
  const Outcome one = on_base({"migrar", "--plan", "PAT/05001/2024"}, "dora");
  EXPECT_TRUE(one.out.starts_with("1 plan no puede pasar y se queda como estaba\n")) << one.out;
}

TEST_F(MigrateCommandTest, AMappingThatCannotBeFollowedIsRefusedBeforeAnyPlanIsTouched) {
  publish();
  const Outcome twice =
      on_base({"migrar", "--mapear", "revisión=concertación", "--mapear", "revisión=borrador", "--plan-solo"},
              "dora");
  EXPECT_EQ(twice.code, 1);
  EXPECT_EQ(twice.out, "");
  EXPECT_EQ(twice.err,
            "rechazado: «revisión» no puede pasar a ser a la vez «concertación» y «borrador»\n"
            "  ayuda: cada nombre de hoy se da una sola vez\n");
  EXPECT_EQ(on_base({"migrar", "--mapear", "revision_=concertación"}, "dora").err,
            "rechazado: ninguno de los planes tiene nada llamado «revision_»\n"
            "  ayuda: ¿quiso decir «revisión»?\n");
}

}  // namespace
}  // namespace cauce::engine::cli
