// Validators and superiors: validate, return, waive, extend, annul.
#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

const std::vector<FieldInput> good_report = {{"actividades", "4"}, {"resumen", "Dos talleres"}};

class Review : public Story {
 protected:
  Review() { create(); }
  void deliver(const std::string& date = "2024-03-05") {
    must("ana", date, DeliverReport{"mensual", february, good_report});
  }
  const Obligation& report() const { return owed("mensual", february); }
  bool resolved() const { return is_resolved(report(), at(kind().obligations, report().kind)); }
};

TEST_F(Review, AValidatedDeliveryIsResolved) {
  deliver();
  const Decision decision = must("rosa", "2024-03-06", ValidateObligation{"mensual", february, "Bien"});
  EXPECT_EQ(decision.acting_role, "articulador");
  EXPECT_EQ(report().state, ObligationState::validated);
  EXPECT_TRUE(resolved());
  EXPECT_EQ(told(refused("rosa", "2024-03-07", ValidateObligation{"mensual", february})),
            "el reporte «mensual» de febrero de 2024 ya está validado");
}

TEST_F(Review, OnlyWhatWasDeliveredCanBeValidated) {
  const Refusal refusal = refused("rosa", "2024-03-05", ValidateObligation{"mensual", february});
  EXPECT_EQ(refusal.kind, RefusalKind::wrong_state);
  EXPECT_EQ(told(refusal),
            "el reporte «mensual» de febrero de 2024 no se ha entregado (vence el 7 de marzo de 2024)\n"
            "@ Enlace Territorial");
  EXPECT_EQ(refusal.holders, std::vector<std::string>{"ana"});
}

TEST_F(Review, OnlyTheValidatorsMayDoIt) {
  deliver();
  EXPECT_EQ(told(refused("ana", "2024-03-06", ValidateObligation{"mensual", february})),
            "la persona «ana» no valida el reporte «mensual» de febrero de 2024\n@ Articulador Regional");
}

TEST_F(Review, NobodyValidatesOrReturnsWhatTheyThemselvesDelivered) {
  world.dismiss("ana");
  must("rosa", "2024-03-05", DeliverReport{"mensual", february, good_report});
  EXPECT_EQ(told(refused("rosa", "2024-03-06", ValidateObligation{"mensual", february})),
            "la persona «rosa» entregó el reporte «mensual» de febrero de 2024: debe validarlo otra "
            "persona\n@ Articulador Regional");
  EXPECT_EQ(told(refused("rosa", "2024-03-06", ReturnObligation{"mensual", february, "x"})),
            "la persona «rosa» entregó el reporte «mensual» de febrero de 2024: debe devolverlo otra "
            "persona\n@ Articulador Regional");
}

TEST_F(Review, WhatNobodyValidatesNeedsNoValidation) {
  EXPECT_EQ(told(refused("rosa", "2024-03-05", ValidateObligation{"diagnóstico"})),
            "el hito «diagnóstico» no necesita validación\n= la política no dice quién lo valida");
}

TEST_F(Review, ReturningOpensACorrectionTerm) {
  deliver("2024-03-07");
  EXPECT_EQ(told(refused("rosa", "2024-03-08", ReturnObligation{"mensual", february, ""})),
            "falta el motivo\n= escriba por qué se devuelve");
  EXPECT_EQ(told(refused("rosa", "2024-03-08", ReturnObligation{"mensual", february, "Faltan\ncifras"})),
            "el motivo va en un solo renglón, sin saltos de línea ni caracteres de control");
  must("rosa", "2024-03-08", ReturnObligation{"mensual", february, "Faltan cifras"});
  EXPECT_EQ(report().state, ObligationState::returned);
  EXPECT_EQ(report().correction_due, day("2024-03-13"));
  EXPECT_EQ(report().due, day("2024-03-07"));
  EXPECT_EQ(report().deadline_number, 2U);
  EXPECT_EQ(report().on_time, true);
  EXPECT_FALSE(is_overdue(plan(), report(), day("2024-03-13")));
  EXPECT_TRUE(is_overdue(plan(), report(), day("2024-03-14")));
  must("ana", "2024-03-15", DeliverReport{"mensual", february, good_report});
  EXPECT_EQ(report().state, ObligationState::delivered);
  EXPECT_EQ(report().on_time, true) << "judged on the first delivery";
  EXPECT_EQ(report().returns, 1U);
}

TEST_F(Review, ACorrectionTermNeverEndsBeforeTheDeadline) {
  deliver("2024-03-01");
  must("rosa", "2024-03-01", ReturnObligation{"mensual", february, "Faltan cifras"});
  EXPECT_EQ(report().correction_due, day("2024-03-07"));
}

TEST_F(Review, ACorrectionTermRunsOnPastTheClosing) {
  deliver("2024-04-09");
  must("rosa", "2024-04-09", ReturnObligation{"mensual", february, "Faltan cifras"});
  must("ana", "2024-04-12", DeliverReport{"mensual", february, good_report});
}

TEST_F(Review, ASuperiorWaivesWithAReason) {
  EXPECT_EQ(told(refused("ana", "2024-03-01", WaiveObligation{"mensual", february, "x"})),
            "la persona «ana» no es superior de quien está a cargo del reporte «mensual» de febrero de "
            "2024\n@ Articulador Regional\n@ Dirección");
  EXPECT_EQ(told(refused("rosa", "2024-03-01", WaiveObligation{"mensual", february, ""})),
            "falta el motivo\n= escriba por qué se dispensa");
  must("dora", "2024-03-01", WaiveObligation{"mensual", february, "Emergencia"});
  EXPECT_EQ(report().state, ObligationState::waived);
  EXPECT_TRUE(resolved());
  EXPECT_EQ(told(refused("rosa", "2024-03-02", WaiveObligation{"mensual", february, "x"})),
            "el reporte «mensual» de febrero de 2024 ya está dispensado");
}

TEST_F(Review, AnExtensionMovesTheDeadlineItsNumberAndItsClosing) {
  must("rosa", "2024-03-05", ExtendDeadline{"mensual", february, day("2024-03-16"), "Comisión"});
  EXPECT_EQ(report().due, day("2024-03-18")) << "a Saturday moves to the next working day";
  EXPECT_EQ(report().deadline_number, 2U);
  EXPECT_EQ(report().closes, day("2024-04-18"));
}

TEST_F(Review, WhatWasLateStaysSoWhateverIsGrantedAfterwards) {
  must("rosa", "2024-03-12", ExtendDeadline{"mensual", february, day("2024-03-22"), "Comisión"});
  EXPECT_EQ(report().due, day("2024-03-22"));
  EXPECT_EQ(report().missed, day("2024-03-07"));
  EXPECT_FALSE(is_overdue(plan(), report(), day("2024-03-20"))) << "there is time again";
  EXPECT_EQ(
      told(refused("rosa", "2024-03-12", ValidateObligation{"mensual", february})),
      "el reporte «mensual» de febrero de 2024 venció el 7 de marzo de 2024, se prorrogó hasta el 22 de "
      "marzo de 2024 y no se ha entregado\n@ Enlace Territorial");
  must("rosa", "2024-03-26", ExtendDeadline{"mensual", february, day("2024-04-02"), "Otra vez"});
  EXPECT_EQ(report().missed, day("2024-03-07")) << "the first one counts";
  must("rosa", "2024-03-26", ExtendDeadline{"mensual", february, day("2024-04-03"), "Y otra"});
  deliver("2024-03-14");
  EXPECT_EQ(report().on_time, false);
  EXPECT_EQ(report().late_days, 5) << "from the 7th, the day on which it fell due";
}

TEST_F(Review, ASuspensionIsNoDelayForWhatIsLateAlreadyEither) {
  must("rosa", "2024-03-12", ExtendDeadline{"mensual", february, day("2024-03-22"), "Comisión"});
  must("rosa", "2024-03-13", Suspend{"Paro"});
  must("rosa", "2024-03-15", Resume{"Pasó"});
  EXPECT_EQ(report().due, day("2024-03-27")) << "the 25th is a holiday";
  deliver("2024-03-18");
  EXPECT_EQ(report().late_days, 5) << "of the seven working days since the 7th two were suspended";
}

TEST_F(Review, AnExtensionInTimeIsNoDelay) {
  must("rosa", "2024-03-07", ExtendDeadline{"mensual", february, day("2024-03-22"), "Comisión"});
  deliver("2024-03-14");
  EXPECT_EQ(report().on_time, true);
}

TEST_F(Review, AnExtensionLiesAfterTheDeadlineAndNotInThePast) {
  const Refusal refusal =
      refused("rosa", "2024-03-05", ExtendDeadline{"mensual", february, day("2024-03-07"), "x"});
  EXPECT_EQ(refusal.kind, RefusalKind::invalid_input);
  EXPECT_EQ(
      told(refusal),
      "el nuevo plazo, 7 de marzo de 2024, no es una prórroga\n= el reporte «mensual» de febrero de 2024 "
      "vence el 7 de marzo de 2024, y hoy es el 5 de marzo de 2024: dé un día posterior");
  EXPECT_EQ(refused("rosa", "2024-03-20", ExtendDeadline{"mensual", february, day("2024-03-12"), "x"}).kind,
            RefusalKind::invalid_input);
  EXPECT_EQ(told(refused("rosa", "2024-03-05", ExtendDeadline{"armonización", {}, day("2024-07-01"), "x"})),
            "el hito «armonización» no tiene todavía un plazo que prorrogar");
  EXPECT_EQ(told(refused("rosa", "2024-03-05", ExtendDeadline{"mensual", february, day("2024-04-01"), ""})),
            "falta el motivo\n= escriba por qué se prorroga");
}

TEST_F(Review, ThePhasesOwnDeadlineIsExtendedLikeAnyOther) {
  must("rosa", "2024-03-05", ExtendDeadline{"formulación", {}, day("2024-03-22"), "Empalme"});
  EXPECT_EQ(owed("formulación").due, day("2024-03-22"));
}

TEST_F(Review, AnAnnulledDeliveryNeverCounted) {
  EXPECT_EQ(told(refused("rosa", "2024-03-05", AnnulObligation{"mensual", february, "x"})),
            "el reporte «mensual» de febrero de 2024 no tiene una entrega que anular: está pendiente");
  deliver("2024-03-12");
  EXPECT_EQ(told(refused("rosa", "2024-03-12", AnnulObligation{"mensual", february, " "})),
            "falta el motivo\n= escriba por qué se anula");
  must("rosa", "2024-03-12", AnnulObligation{"mensual", february, "Era de otro municipio"});
  EXPECT_EQ(report().state, ObligationState::pending);
  EXPECT_EQ(report().on_time, std::nullopt);
  EXPECT_EQ(report().late_days, std::nullopt);
  EXPECT_TRUE(report().fields.empty());
  EXPECT_TRUE(is_overdue(plan(), report(), day("2024-03-12")));
}

TEST_F(Review, AnAnnulledCorrectionLeavesTheFirstDeliveryReturned) {
  deliver("2024-03-07");
  must("rosa", "2024-03-08", ReturnObligation{"mensual", february, "Faltan cifras"});
  must("ana", "2024-03-11", DeliverReport{"mensual", february, good_report});
  must("rosa", "2024-03-12", AnnulObligation{"mensual", february, "Archivo equivocado"});
  EXPECT_EQ(report().state, ObligationState::returned);
  EXPECT_EQ(report().correction_due, day("2024-03-13"));
  EXPECT_EQ(report().on_time, true);
}

TEST_F(Review, TheEndOfAPhaseIsNoDelivery) {
  EXPECT_EQ(told(refused("rosa", "2024-03-01", ValidateObligation{"formulación"})),
            "la formulación no se entrega ni se valida\n= una fase termina con la acción de su última etapa");
  EXPECT_EQ(told(refused("rosa", "2024-03-01", AnnulObligation{"formulación", {}, "x"})),
            "la formulación no es una entrega que pueda anularse\n= para volver atrás, reabra la fase");
}

TEST_F(Review, AnUnknownNameGetsASuggestion) {
  EXPECT_EQ(told(refused("rosa", "2024-03-01", WaiveObligation{"adoptdo", {}, "x"})),
            "el plan PAT no tiene nada que se deba y que se llame «adoptdo»\n= ¿quiso decir «adoptado»?");
  EXPECT_EQ(told(refused("rosa", "2024-03-01", WaiveObligation{"adoptado", february, "x"})),
            "«adoptado» se debe una sola vez, sin periodo\n= quite el periodo");
}

}  // namespace
}  // namespace cauce::workflows
