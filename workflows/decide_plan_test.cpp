// Suspending, resuming, cancelling, going a phase back.
#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

const std::vector<FieldInput> good_report = {{"actividades", "4"}, {"resumen", "Dos talleres"}};

class WholePlan : public Story {
 protected:
  WholePlan() { create(); }
};

TEST_F(WholePlan, SuperiorsSuspendWithAReason) {
  EXPECT_EQ(told(refused("ana", "2024-03-04", Suspend{"Orden público"})),
            "la persona «ana» no puede suspender el plan\n@ Articulador Regional\n@ Dirección");
  EXPECT_EQ(told(refused("rosa", "2024-03-04", Suspend{" "})),
            "falta el motivo\n= escriba por qué se suspende");
  must("rosa", "2024-03-04", Suspend{"Orden público"});
  EXPECT_EQ(plan().lifecycle.standing, Standing::suspended);
  EXPECT_EQ(plan().suspended_on, day("2024-03-04"));
  EXPECT_EQ(told(refused("rosa", "2024-03-05", Suspend{"Otra vez"})),
            "el plan ya está suspendido desde el 4 de marzo de 2024");
}

TEST_F(WholePlan, SuspendedTakesNoOtherCommandAndNothingFallsDue) {
  must("rosa", "2024-03-04", Suspend{"Orden público"});
  const Refusal refusal = refused("ana", "2024-03-08", DeliverReport{"mensual", february, good_report});
  EXPECT_EQ(refusal.kind, RefusalKind::wrong_state);
  EXPECT_EQ(told(refusal),
            "el plan está suspendido desde el 4 de marzo de 2024\n= debe reanudarse primero\n@ Articulador "
            "Regional\n@ Dirección");
  EXPECT_FALSE(is_overdue(plan(), owed("mensual", february), day("2024-03-20")));
}

TEST_F(WholePlan, ResumingMovesWhatHadNotPassedByTheWorkingDaysOfTheSuspension) {
  must("rosa", "2024-03-07", Suspend{"Orden público"});   // the very day of February's report
  must("rosa", "2024-03-14", Resume{"Volvió la calma"});  // 7, 8, 11, 12, 13: five working days
  EXPECT_EQ(owed("mensual", february).due, day("2024-03-14"));
  EXPECT_EQ(owed("mensual", february).deadline_number, 2U);
  EXPECT_EQ(owed("mensual", february).closes, day("2024-04-16"));
  EXPECT_EQ(owed("formulación").due, day("2024-03-22"));
  EXPECT_EQ(owed("fijo").due, day("2024-06-29")) << "exact days stay";
  EXPECT_EQ(owed("fijo").deadline_number, 1U);
  EXPECT_EQ(owed("armonización").due, std::nullopt);
}

TEST_F(WholePlan, WhatHadPassedStaysAndTheSuspensionIsNoDelay) {
  const auto& calendar = world.policy(1).rules->calendar;
  must("rosa", "2024-03-11", Suspend{"Orden público"});  // two working days late by the end of the 11th
  EXPECT_EQ(late_days(owed("mensual", february), day("2024-03-13"), calendar), 1)
      << "only the 8th counts while it stands still";
  must("rosa", "2024-03-14", Resume{"Volvió la calma"});
  EXPECT_EQ(owed("mensual", february).due, day("2024-03-07"));
  EXPECT_EQ(owed("mensual", february).deadline_number, 1U);
  EXPECT_EQ(owed("mensual", february).closes, day("2024-04-12")) << "the closing had not passed";
  must("ana", "2024-03-15", DeliverReport{"mensual", february, good_report});
  EXPECT_EQ(owed("mensual", february).late_days, 3);  // 8, 14, 15
}

TEST_F(WholePlan, AReportWhoseWholePeriodWasSuspendedIsNotOwed) {
  must("rosa", "2024-02-01", Suspend{"Orden público"});
  must("rosa", "2024-03-01", Resume{"Volvió la calma"});
  EXPECT_EQ(owed("mensual", february).state, ObligationState::not_due);
  EXPECT_EQ(owed("mensual", march).state, ObligationState::pending);
}

TEST_F(WholePlan, ASuspensionResumedOnItsOwnDayMovesNothing) {
  must("rosa", "2024-03-07", Suspend{"Error"});
  must("rosa", "2024-03-07", Resume{"Error"});
  EXPECT_EQ(owed("mensual", february).due, day("2024-03-07"));
  EXPECT_EQ(owed("mensual", february).deadline_number, 1U);
  EXPECT_EQ(told(refused("rosa", "2024-03-08", Resume{"Otra vez"})), "el plan no está suspendido");
}

TEST_F(WholePlan, ACorrectionTermMovesToo) {
  must("ana", "2024-03-07", DeliverReport{"mensual", february, good_report});
  must("rosa", "2024-03-08", ReturnObligation{"mensual", february, "Faltan cifras"});  // until the 13th
  must("rosa", "2024-03-12", Suspend{"Orden público"});
  must("rosa", "2024-03-14", Resume{"Volvió la calma"});
  EXPECT_EQ(owed("mensual", february).correction_due, day("2024-03-15"));
  EXPECT_EQ(owed("mensual", february).due, day("2024-03-07"));
}

TEST_F(WholePlan, CancellingMakesWhatIsOpenVoidAndEndsThePlan) {
  must("ana", "2024-03-05", DeliverReport{"mensual", february, good_report});
  must("rosa", "2024-03-06", ValidateObligation{"mensual", february});
  must("rosa", "2024-03-07", Suspend{"Orden público"});
  must("rosa", "2024-03-08", Cancel{"El municipio se retiró"});
  EXPECT_EQ(plan().lifecycle.standing, Standing::cancelled);
  EXPECT_EQ(owed("mensual", february).state, ObligationState::validated);
  EXPECT_EQ(owed("mensual", march).state, ObligationState::void_);
  EXPECT_EQ(owed("formulación").state, ObligationState::void_);
  const Refusal refusal = refused("rosa", "2024-03-09", Resume{"x"});
  EXPECT_EQ(told(refusal), "el plan está cancelado\n= un plan cancelado ya no admite cambios");
}

TEST_F(WholePlan, ASuperiorReopensThePhaseBefore) {
  EXPECT_EQ(told(refused("rosa", "2024-02-01", ReopenPreviousPhase{"x"})),
            "el plan está en formulación: no hay una fase anterior que reabrir");
  must("ana", "2024-02-20", CompleteComponent{"objetivos", {{"asistencia", "Apoyar"}}});
  must("ana", "2024-02-20", CompleteComponent{"anexos", {{"texto", "Ninguno"}}});
  must("ana", "2024-02-20", Act{"enviar"});
  must("rosa", "2024-02-20", Act{"aprobar"});
  EXPECT_EQ(
      told(refused("ana", "2024-02-21", ReopenPreviousPhase{"x"})),
      "la persona «ana» no puede reabrir la fase anterior del plan\n@ Articulador Regional\n@ Dirección");
  EXPECT_EQ(told(refused("rosa", "2024-02-21", ReopenPreviousPhase{""})),
            "falta el motivo\n= escriba por qué se reabre");
  must("rosa", "2024-02-21", ReopenPreviousPhase{"Cambió el alcalde"});
  EXPECT_EQ(plan().lifecycle.phase, Phase::formulation);
  EXPECT_EQ(at(kind().stages, *plan().stage).name, "borrador");
  EXPECT_EQ(owed("arranque").due, day("2024-03-12")) << "what was fixed stays fixed";
  // And once more through to monitoring: nothing becomes exigible twice.
  must("ana", "2024-02-22", Act{"enviar"});
  must("rosa", "2024-02-22", Act{"aprobar"});
  EXPECT_EQ(owed("diagnóstico").enforceable_from, day("2024-02-20"));
}

}  // namespace
}  // namespace cauce::workflows
