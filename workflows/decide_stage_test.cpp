// Stages and phases: which action does what, who may take it, and what a phase needs to end.
#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

class Stages : public Story {
 protected:
  std::string stage() const { return plan().stage ? at(kind().stages, *plan().stage).name : ""; }
  void complete(const std::string& date = "2024-02-01") {
    must("ana", date, CompleteComponent{"objetivos", {{"asistencia", "Apoyar"}}});
    must("ana", date, CompleteComponent{"anexos", {{"texto", "Ninguno"}}});
  }
};

TEST_F(Stages, BeforeThePhaseBeginsItsActionsAreRefused) {
  create();
  const Refusal refusal = refused("ana", "2024-01-14", Act{"enviar"});
  EXPECT_EQ(refusal.kind, RefusalKind::too_early);
  EXPECT_EQ(told(refusal), "la formulación aún no empieza\n= empieza el 15 de enero de 2024");
}

TEST_F(Stages, AConditionThatDoesNotHoldSaysWhyAndNamesWhatIsIncomplete) {
  create();
  const Refusal refusal = refused("ana", "2024-02-01", Act{"enviar"});
  EXPECT_EQ(refusal.kind, RefusalKind::condition_unmet);
  EXPECT_EQ(told(refusal),
            "todavía no se puede «enviar» este plan\n- Faltan componentes obligatorios\n- el componente "
            "«objetivos» está incompleto");
  EXPECT_TRUE(refusal.clause);
}

TEST_F(Stages, AConditionOnMissingDataIsNoSilentNo) {
  id.entity = "08078";
  world.assign("ana", "enlace", "municipio", "08078");
  must("dora", "2024-01-10", CreatePlan{"PAT", "08078"});
  const Refusal refusal = refused("ana", "2024-02-01", Act{"archivar"});
  EXPECT_EQ(refusal.kind, RefusalKind::missing_data);
  EXPECT_EQ(told(refusal), "todavía no se puede «archivar» este plan\n- falta el dato «población»");
}

TEST_F(Stages, AnActionMovesThePlanToItsStage) {
  create();
  complete();
  const Decision decision = must("ana", "2024-02-01", Act{"ENVIAR"});
  EXPECT_EQ(decision.acting_role, "enlace");
  EXPECT_FALSE(decision.stand_in);
  EXPECT_EQ(stage(), "revisión");
  EXPECT_EQ(plan().last_action, (LastAction{"ana", "enviar"}));
}

TEST_F(Stages, OnlyTheRolesThatThePolicyNamesMayAct) {
  create();
  complete();
  const Refusal refusal = refused("rosa", "2024-02-01", Act{"enviar"});
  EXPECT_EQ(refusal.kind, RefusalKind::not_allowed);
  EXPECT_EQ(told(refusal),
            "la persona «rosa» no tiene un rol que pueda «enviar» este plan\n@ Enlace Territorial");
  EXPECT_EQ(refusal.holders, std::vector<std::string>{"ana"});
}

TEST_F(Stages, WhereNobodyHoldsTheRoleItsSuperiorActsAndTheRecordSaysSo) {
  create();
  complete();
  world.dismiss("ana");
  const Decision decision = must("rosa", "2024-02-02", Act{"enviar"});
  EXPECT_EQ(decision.acting_role, "articulador");
  EXPECT_TRUE(decision.stand_in);
}

TEST_F(Stages, WhereNobodyHoldsTheRoleTheRefusalNamesWhoStandsIn) {
  create();
  complete();
  world.dismiss("ana");
  const Refusal refusal = refused("nadie", "2024-02-02", Act{"enviar"});
  EXPECT_EQ(refusal.who_could, (std::vector<std::string>{"Enlace Territorial", "Articulador Regional"}));
  EXPECT_EQ(refusal.holders, std::vector<std::string>{"rosa"});
}

TEST_F(Stages, AnotherPersonMustTakeAnActionThatAsksForIt) {
  create();
  complete();
  world.dismiss("ana");
  must("rosa", "2024-02-02", Act{"enviar"});
  const Refusal refusal = refused("rosa", "2024-02-02", Act{"aprobar"});
  EXPECT_EQ(refusal.kind, RefusalKind::not_allowed);
  EXPECT_EQ(told(refusal),
            "«aprobar» debe hacerlo otra persona: «rosa» hizo la acción anterior, «enviar»\n@ Articulador "
            "Regional");
  EXPECT_TRUE(refusal.holders.empty()) << "nobody else holds it";
}

TEST_F(Stages, AnActionThatAsksForAMotiveNeedsOne) {
  create();
  complete();
  must("ana", "2024-02-01", Act{"enviar"});
  const Refusal refusal = refused("rosa", "2024-02-02", Act{"devolver", "  "});
  EXPECT_EQ(refusal.kind, RefusalKind::invalid_input);
  EXPECT_EQ(told(refusal), "«devolver» exige un motivo\n= escriba el motivo de la acción");
  EXPECT_EQ(told(refused("rosa", "2024-02-02", Act{"devolver", "Precisar\x1b[2J"})),
            "el motivo va en un solo renglón, sin saltos de línea ni caracteres de control");
  must("rosa", "2024-02-02", Act{"devolver", "Precisar"});
  EXPECT_EQ(stage(), "borrador");
}

TEST_F(Stages, AnActionOfAnotherStageIsToldFromOneThatDoesNotExist) {
  create();
  const Refusal elsewhere = refused("rosa", "2024-02-01", Act{"aprobar"});
  EXPECT_EQ(elsewhere.kind, RefusalKind::wrong_state);
  EXPECT_EQ(told(elsewhere),
            "la acción «aprobar» es de la etapa «revisión», y el plan está en «borrador»\n= en esta etapa se "
            "puede: enviar y archivar");
  const Refusal unknown = refused("ana", "2024-02-01", Act{"enviarr"});
  EXPECT_EQ(unknown.kind, RefusalKind::unknown_name);
  EXPECT_EQ(told(unknown), "el plan PAT no tiene la acción «enviarr»\n= ¿quiso decir «enviar»?");
}

TEST_F(Stages, TheFinalStageEndsThePhaseAndEntersTheNext) {
  create();
  complete();
  must("ana", "2024-02-20", Act{"enviar"});
  must("rosa", "2024-02-20", Act{"aprobar"});
  EXPECT_EQ(plan().lifecycle.phase, Phase::monitoring);
  EXPECT_EQ(plan().stage, std::nullopt) << "monitoring has no stages";
  EXPECT_EQ(owed("formulación").state, ObligationState::achieved);
  EXPECT_EQ(owed("formulación").on_time, true);
  EXPECT_EQ(owed("diagnóstico").enforceable_from, day("2024-02-20"));
  // Fifteen working days after the end of the formulation.
  EXPECT_EQ(owed("arranque").due, day("2024-03-12"));
  EXPECT_EQ(owed("arranque").deadline_number, 1U);
}

TEST_F(Stages, AFormulationThatEndsLateIsLateAndTheNextPhaseHasGrace) {
  create();
  complete();
  must("ana", "2024-04-29", CompleteComponent{"anexos", {{"texto", "Otro"}}});
  must("ana", "2024-04-29", Act{"enviar"});
  must("rosa", "2024-04-29", Act{"aprobar"});
  EXPECT_EQ(owed("formulación").on_time, false);
  EXPECT_EQ(owed("formulación").late_days, 28);
  EXPECT_EQ(owed("diagnóstico").due, day("2024-05-07")) << "one day was left: grace gives five";
  EXPECT_EQ(owed("diagnóstico").deadline_number, 2U);
  EXPECT_EQ(owed("adoptado").due, day("2024-05-31")) << "far enough away";
  EXPECT_EQ(owed("adoptado").deadline_number, 1U);
}

TEST_F(Stages, APhaseDoesNotEndWhileWhatItDemandsIsMissing) {
  create();
  must("ana", "2024-02-01", CompleteComponent{"objetivos", {{"asistencia", "Apoyar"}}});
  must("ana", "2024-02-01", Act{"enviar"});
  const Refusal refusal = refused("rosa", "2024-02-02", Act{"aprobar"});
  EXPECT_EQ(refusal.kind, RefusalKind::condition_unmet);
  EXPECT_EQ(told(refusal),
            "la formulación aún no puede terminar\n- Faltan los anexos\n- el componente «anexos» está "
            "incompleto\n= resuelva primero lo que falta");
  EXPECT_EQ(stage(), "revisión") << "the action is refused as a whole";
}

TEST_F(Stages, APhaseDoesNotEndWhileSomethingOfItsOwnIsOverdue) {
  enter_monitoring();
  must("ana", "2024-03-01", AchieveHito{"arranque"});
  const Refusal refusal = refused("ana", "2024-05-02", Act{"terminar"});
  EXPECT_EQ(
      told(refusal),
      "el seguimiento aún no puede terminar\n- el hito «diagnóstico» venció el 30 de abril de 2024 y no "
      "se ha cumplido\n= resuelva primero lo que falta");
  must("ana", "2024-05-02", AchieveHito{"diagnóstico", day("2024-04-30")});
  must("ana", "2024-05-02", Act{"terminar"});
  EXPECT_EQ(plan().lifecycle.phase, Phase::evaluation);
  EXPECT_EQ(stage(), "valoración");
  EXPECT_EQ(owed("adoptado").state, ObligationState::pending) << "not yet due: still owed";
}

TEST_F(Stages, AnObligationFallsDueAtTheEndOfItsDay) {
  enter_monitoring();
  must("ana", "2024-03-01", AchieveHito{"arranque"});
  must("ana", "2024-04-30", Act{"terminar"});
  EXPECT_EQ(plan().lifecycle.phase, Phase::evaluation);
}

TEST_F(Stages, APhaseWithoutStagesEndsByTerminarOfWhoIsInCharge) {
  enter_monitoring();
  EXPECT_EQ(told(refused("ana", "2024-02-21", Act{"cerrar"})),
            "el seguimiento no tiene la acción «cerrar»\n= no tiene etapas: se termina con la acción "
            "«terminar»");
  EXPECT_EQ(told(refused("rosa", "2024-02-21", Act{"terminar"})),
            "la persona «rosa» no está a cargo del plan\n@ Enlace Territorial");
}

TEST_F(Stages, ThePlanClosesOnlyWhenEverythingIsResolved) {
  enter_monitoring();
  must("ana", "2024-03-01", AchieveHito{"arranque"});
  must("ana", "2024-03-01", AchieveHito{"diagnóstico"});
  must("ana", "2024-03-04", Act{"terminar"});
  EXPECT_EQ(told(refused("rosa", "2024-03-05", Act{"calificar", "Bien"})),
            "todavía no se puede «calificar» este plan\n- Falta el informe final");
  must("ana", "2024-03-05", DeliverReport{"final", {}, {{"balance", "Bueno"}}});
  const Refusal refusal = refused("rosa", "2024-03-05", Act{"calificar", "Bien"});
  EXPECT_EQ(
      told(refusal),
      "la evaluación aún no puede terminar\n- el reporte «mensual» de febrero de 2024 no se ha entregado "
      "(vence el 7 de marzo de 2024)\n- el reporte «mensual» de marzo de 2024 no se ha entregado (vence "
      "el 5 de abril de 2024)\n- el reporte «mensual» de abril de 2024 no se ha entregado (vence el 8 "
      "de mayo de 2024)\n- el hito «adoptado» no se ha cumplido (vence el 31 de mayo de 2024)\n- el "
      "hito «armonización» no se ha cumplido\n- el hito «fijo» no se ha cumplido (vence el 29 de junio "
      "de 2024)\n= resuelva primero lo que falta");
  for (const Period& period : {february, march, april})
    must("rosa", "2024-03-05", WaiveObligation{"mensual", period, "No aplica"});
  for (const char* hito : {"adoptado", "armonización", "fijo"})
    must("rosa", "2024-03-05", WaiveObligation{hito, {}, "No aplica"});
  must("rosa", "2024-03-05", Act{"calificar", "Cumplió lo esencial"});
  EXPECT_EQ(plan().lifecycle.phase, Phase::closed);
  EXPECT_EQ(plan().stage, std::nullopt);
  EXPECT_EQ(plan().judgement, "Cumplió lo esencial");
  ASSERT_EQ(plan().frozen_indicators.size(), 1U);
  EXPECT_EQ(plan().frozen_indicators[0], rules::Value(rules::Decimal(100)))
      << "what was waived does not count";
  EXPECT_EQ(told(refused("ana", "2024-03-06", DeliverReport{"final", {}, {{"balance", "Otro"}}})),
            "el plan está cerrado\n= un superior puede reabrir la evaluación, con un motivo\n"
            "@ Articulador Regional\n@ Dirección");
}

}  // namespace
}  // namespace cauce::workflows
