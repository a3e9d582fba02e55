// What those in charge hand in: components, reports, milestones.
#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

const std::vector<FieldInput> good_report = {{"actividades", "4"}, {"resumen", "Dos talleres"}};

class Components : public Story {};

TEST_F(Components, AreFilledInLittleByLittleAndReplaced) {
  create();
  must("ana", "2024-01-20", CompleteComponent{"OBJETIVOS", {{"Meta", "12"}}});
  must("ana", "2024-01-21", CompleteComponent{"objetivos", {{"asistencia", "Apoyar"}}});
  const auto& fields = plan().components.at(0).fields;
  EXPECT_EQ(fields.at(0), rules::Value("Apoyar"));
  EXPECT_EQ(fields.at(1), rules::Value(rules::Decimal(12)));
  must("ana", "2024-01-22", CompleteComponent{"objetivos", {{"meta", ""}}});
  EXPECT_TRUE(rules::is_missing(plan().components.at(0).fields.at(1)));
}

TEST_F(Components, AllBadFieldsAreToldAtOnce) {
  create();
  const Refusal refusal = refused(
      "ana", "2024-01-20",
      CompleteComponent{"objetivos",
                        {{"meta", "-1"}, {"asistensia", "x"}, {"asistencia", "a"}, {"asistencia", "b"}}});
  EXPECT_EQ(refusal.kind, RefusalKind::invalid_input);
  EXPECT_EQ(
      told(refusal),
      "el componente «objetivos» tiene 3 datos por corregir\n- el campo «meta» dice «-1»: se esperaba un "
      "número entero desde 0, sin puntos de miles\n- no hay un campo «asistensia» (¿quiso decir "
      "«asistencia»?)\n- el campo «asistencia» se dio dos veces\n= sus campos: asistencia y meta");
}

TEST_F(Components, AreTheirsWhoAreInChargeAndHaveANameAndAContent) {
  create();
  EXPECT_EQ(told(refused("rosa", "2024-01-20", CompleteComponent{"objetivos", {{"meta", "1"}}})),
            "la persona «rosa» no está a cargo del plan\n@ Enlace Territorial");
  EXPECT_EQ(told(refused("ana", "2024-01-20", CompleteComponent{"objetibos", {{"meta", "1"}}})),
            "el plan PAT no tiene un componente llamado «objetibos»\n= ¿quiso decir «objetivos»?");
  EXPECT_EQ(told(refused("ana", "2024-01-20", CompleteComponent{"anexos"})),
            "el componente «anexos» se dio sin ningún campo\n= sus campos: texto");
}

class Reports : public Story {
 protected:
  Reports() { create(); }
};

TEST_F(Reports, DeliveredByItsDayIsOnTime) {
  must("ana", "2024-03-07", DeliverReport{"mensual", february, good_report});
  const Obligation& report = owed("mensual", february);
  EXPECT_EQ(report.state, ObligationState::delivered);
  EXPECT_EQ(report.fulfilled_on, day("2024-03-07"));
  EXPECT_EQ(report.on_time, true);
  EXPECT_EQ(report.late_days, 0);
  EXPECT_EQ(report.delivered_by, "ana");
  EXPECT_EQ(report.fields.at(0), rules::Value(rules::Decimal(4)));
  EXPECT_FALSE(is_resolved(report, at(kind().obligations, report.kind))) << "someone has to validate it";
}

TEST_F(Reports, AfterItsDayItIsLateByWorkingDays) {
  EXPECT_FALSE(is_overdue(plan(), owed("mensual", february), day("2024-03-07")));
  EXPECT_TRUE(is_overdue(plan(), owed("mensual", february), day("2024-03-08")));
  const auto& calendar = world.policy(1).rules->calendar;
  EXPECT_EQ(late_days(owed("mensual", february), day("2024-03-12"), calendar), 3);
  must("ana", "2024-03-12", DeliverReport{"mensual", february, good_report});
  EXPECT_EQ(owed("mensual", february).on_time, false);
  EXPECT_EQ(owed("mensual", february).late_days, 3);
  EXPECT_EQ(late_days(owed("mensual", february), day("2024-09-01"), calendar), 3) << "frozen";
}

TEST_F(Reports, LateOnAHolidayIsAtLeastOneDay) {
  must("rosa", "2024-03-01", ExtendDeadline{"mensual", february, day("2024-03-22"), "Comisión"});
  must("ana", "2024-03-24", DeliverReport{"mensual", february, good_report});  // a Sunday
  EXPECT_EQ(owed("mensual", february).late_days, 1);
}

TEST_F(Reports, OneOwedMoreThanOnceNeedsItsPeriod) {
  EXPECT_EQ(told(refused("ana", "2024-03-01", DeliverReport{"mensual", {}, good_report})),
            "falta decir de qué periodo es el reporte «mensual»\n= sus periodos: 2024-02, 2024-03 y 2024-04");
  const Period may = {rules::PeriodUnit::month, 2024, 5};
  EXPECT_EQ(told(refused("ana", "2024-06-01", DeliverReport{"mensual", may, good_report})),
            "el reporte «mensual» no se debe por mayo de 2024\n= sus periodos: 2024-02, 2024-03 y 2024-04");
}

TEST_F(Reports, AllBadAndAllMissingFieldsAreToldAtOnce) {
  const Refusal bad = refused(
      "ana", "2024-03-01", DeliverReport{"mensual", february, {{"actividades", "muchas"}, {"resumn", "x"}}});
  EXPECT_EQ(
      told(bad),
      "el reporte «mensual» de febrero de 2024 tiene 2 datos por corregir\n- el campo «actividades» dice "
      "«muchas»: se esperaba un número entero desde 0, sin puntos de miles\n- no hay un campo «resumn» "
      "(¿quiso decir «resumen»?)\n= sus campos: actividades y resumen");
  EXPECT_EQ(
      told(refused("ana", "2024-03-01",
                   DeliverReport{"mensual", february, {{"resumen", "x"}, {"presupuesto", "3"}}})),
      "el reporte «mensual» de febrero de 2024 tiene 2 datos por corregir\n- no hay un campo "
      "«presupuesto» (sus campos: actividades y resumen)\n- falta el campo «actividades»\n= sus campos: "
      "actividades y resumen");
  EXPECT_EQ(told(refused("ana", "2024-03-01", DeliverReport{"mensual", february, {{"resumen", " "}}})),
            "el reporte «mensual» de febrero de 2024 tiene 2 datos por corregir\n- falta el campo "
            "«actividades»\n- falta el campo «resumen»\n= sus campos: actividades y resumen");
}

TEST_F(Reports, IsRefusedBeforeItsPeriodBeginsAndTakenFromItsFirstDay) {
  const Refusal refusal = refused("ana", "2024-02-29", DeliverReport{"mensual", march, good_report});
  EXPECT_EQ(refusal.kind, RefusalKind::too_early);
  EXPECT_EQ(told(refusal),
            "el reporte «mensual» de marzo de 2024 es de un periodo que aún no empieza\n= podrá entregarse "
            "desde el 1 de marzo de 2024");
  must("ana", "2024-03-01", DeliverReport{"mensual", march, good_report});
}

TEST_F(Reports, OfAPhaseNotYetEnteredIsRefused) {
  const Refusal refusal = refused("ana", "2024-02-01", DeliverReport{"final", {}, {{"balance", "x"}}});
  EXPECT_EQ(refusal.kind, RefusalKind::too_early);
  EXPECT_EQ(
      told(refusal),
      "el reporte «final» es de la evaluación, y el plan está en formulación\n= podrá hacerse cuando el "
      "plan entre en evaluación");
}

TEST_F(Reports, AfterItsClosingIsRefusedUntilASuperiorReopensIt) {
  EXPECT_EQ(told(refused("rosa", "2024-04-09", ReopenObligation{"mensual", february, "Enlace caído"})),
            "el reporte «mensual» de febrero de 2024 todavía recibe entregas\n= no hace falta reabrirlo");
  const Refusal refusal = refused("ana", "2024-04-10", DeliverReport{"mensual", february, good_report});
  EXPECT_EQ(refusal.kind, RefusalKind::closed);
  EXPECT_EQ(told(refusal),
            "el reporte «mensual» de febrero de 2024 se cerró el 9 de abril de 2024\n= un superior puede "
            "reabrirlo, con un motivo\n@ Articulador Regional\n@ Dirección");
  EXPECT_EQ(told(refused("rosa", "2024-04-10", ReopenObligation{"mensual", february, ""})),
            "falta el motivo\n= escriba por qué se reabre");
  must("rosa", "2024-04-10", ReopenObligation{"mensual", february, "Enlace caído"});
  must("ana", "2024-04-11", DeliverReport{"mensual", february, good_report});
  EXPECT_EQ(owed("mensual", february).on_time, false);
  EXPECT_EQ(owed("mensual", february).reopenings, 1U);
  EXPECT_EQ(refused("ana", "2024-04-12", DeliverReport{"mensual", february, good_report}).kind,
            RefusalKind::closed)
      << "reopened for one delivery";
}

TEST_F(Reports, ADeliveryReplacesTheFormerOneUntilItIsValidated) {
  must("ana", "2024-03-07", DeliverReport{"mensual", february, good_report});
  must("ana", "2024-03-11", DeliverReport{"mensual", february, {{"actividades", "5"}, {"resumen", "Tres"}}});
  EXPECT_EQ(owed("mensual", february).fields.at(0), rules::Value(rules::Decimal(5)));
  EXPECT_EQ(owed("mensual", february).on_time, true) << "judged on the first delivery";
  must("rosa", "2024-03-12", ValidateObligation{"mensual", february});
  EXPECT_EQ(told(refused("ana", "2024-03-13", DeliverReport{"mensual", february, good_report})),
            "el reporte «mensual» de febrero de 2024 ya está validado\n= si fue un error, un superior puede "
            "anularlo, con un motivo\n@ Articulador Regional\n@ Dirección");
}

TEST_F(Reports, AreTheirsWhoAreInChargeAndAreCalledReports) {
  EXPECT_EQ(told(refused("rosa", "2024-03-01", DeliverReport{"mensual", february, good_report})),
            "la persona «rosa» no está a cargo del reporte «mensual» de febrero de 2024\n@ Enlace "
            "Territorial");
  EXPECT_EQ(told(refused("ana", "2024-03-01", DeliverReport{"mensul", february, good_report})),
            "el plan PAT no tiene un reporte llamado «mensul»\n= ¿quiso decir «mensual»?");
  EXPECT_EQ(told(refused("ana", "2024-03-01", DeliverReport{"diagnóstico", {}, {}})),
            "«diagnóstico» es un hito, no un reporte\n= los hitos se cumplen: use «cumplir»");
}

TEST_F(Reports, OneThatIsNotOwedTakesNoDelivery) {
  must("rosa", "2024-03-01", WaiveObligation{"mensual", february, "Emergencia"});
  EXPECT_EQ(told(refused("ana", "2024-03-02", DeliverReport{"mensual", february, good_report})),
            "ya no se debe: el reporte «mensual» de febrero de 2024 está dispensado");
}

class Hitos : public Story {
 protected:
  Hitos() { enter_monitoring(); }
};

TEST_F(Hitos, IsFulfilledOnTheDayOnWhichItHappened) {
  must("ana", "2024-05-10", AchieveHito{"diagnóstico", day("2024-04-30")});
  EXPECT_EQ(owed("diagnóstico").state, ObligationState::achieved);
  EXPECT_EQ(owed("diagnóstico").fulfilled_on, day("2024-04-30"));
  EXPECT_EQ(owed("diagnóstico").on_time, true) << "lateness counts from the day on which it happened";
}

TEST_F(Hitos, ThatHappenedAfterItsDayIsLate) {
  must("ana", "2024-05-10", AchieveHito{"diagnóstico", day("2024-05-03")});
  EXPECT_EQ(owed("diagnóstico").on_time, false);
  EXPECT_EQ(owed("diagnóstico").late_days, 2);  // the 2nd and the 3rd: 1 May is a holiday
}

TEST_F(Hitos, ThatHappenedInItsTimeIsNotLateThoughItWasExtendedLater) {
  must("rosa", "2024-05-06", ExtendDeadline{"diagnóstico", {}, day("2024-05-20"), "Lluvias"});
  must("ana", "2024-05-08", AchieveHito{"diagnóstico", day("2024-04-30")});
  EXPECT_EQ(owed("diagnóstico").on_time, true);
  must("rosa", "2024-05-08", AnnulObligation{"diagnóstico", {}, "Era otro día"});
  must("ana", "2024-05-09", AchieveHito{"diagnóstico", day("2024-05-03")});
  EXPECT_EQ(owed("diagnóstico").on_time, false) << "what was annulled takes nothing of that back";
  EXPECT_EQ(owed("diagnóstico").late_days, 2);
}

TEST_F(Hitos, IsNotInTheFutureAndNotBeforeThePlan) {
  EXPECT_EQ(
      told(refused("ana", "2024-03-01", AchieveHito{"diagnóstico", day("2024-03-02")})),
      "el hito «diagnóstico» no puede haber ocurrido el 2 de marzo de 2024, que aún no llega\n= dé el día "
      "en que ocurrió, hasta hoy");
  EXPECT_EQ(told(refused("ana", "2024-03-01", AchieveHito{"diagnóstico", day("2024-01-09")})),
            "el hito «diagnóstico» no puede haber ocurrido el 9 de enero de 2024, antes de que existiera el "
            "plan\n= el plan se creó el 10 de enero de 2024");
  must("ana", "2024-03-01", AchieveHito{"diagnóstico", day("2024-01-10")});
}

TEST_F(Hitos, NeedsFirstWhatItRequiresAndTheEvidenceThatItAsksFor) {
  const Refusal refusal = refused("ana", "2024-05-02", AchieveHito{"adoptado", {}, "acta 5"});
  EXPECT_EQ(refusal.kind, RefusalKind::condition_unmet);
  EXPECT_EQ(told(refusal),
            "el hito «adoptado» todavía no puede cumplirse\n- el hito «diagnóstico» venció el 30 de abril de "
            "2024 y no se ha cumplido\n= cumpla primero lo que requiere");
  must("ana", "2024-05-02", AchieveHito{"diagnóstico"});
  EXPECT_EQ(told(refused("ana", "2024-05-02", AchieveHito{"adoptado", {}, " "})),
            "el hito «adoptado» exige evidencia\n= dé un texto, un enlace o la huella de un archivo");
  must("ana", "2024-05-02", AchieveHito{"adoptado", {}, "acta 5"});
  EXPECT_EQ(owed("adoptado").evidence, "acta 5");
}

TEST_F(Hitos, HappenInTheOrderInWhichTheyRequireEachOther) {
  must("ana", "2024-05-10", AchieveHito{"diagnóstico", day("2024-04-10")});
  EXPECT_EQ(
      told(refused("ana", "2024-05-10", AchieveHito{"adoptado", day("2024-04-09"), "acta 5"})),
      "el hito «adoptado» no puede haber ocurrido el 9 de abril de 2024\n- el hito «diagnóstico» ocurrió "
      "el 10 de abril de 2024, y va primero\n= revise los días; un superior puede anular el que se "
      "registró mal");
  must("ana", "2024-05-10", AchieveHito{"adoptado", day("2024-04-10"), "acta 5"});

  must("rosa", "2024-05-11", AnnulObligation{"diagnóstico", {}, "Era otro día"});
  EXPECT_EQ(owed("adoptado").state, ObligationState::achieved) << "what was really done stays";
  EXPECT_EQ(
      told(refused("ana", "2024-05-11", AchieveHito{"diagnóstico", day("2024-04-12")})),
      "el hito «diagnóstico» no puede haber ocurrido el 12 de abril de 2024\n- el hito «adoptado» ocurrió "
      "el 10 de abril de 2024, y lo requiere\n= revise los días; un superior puede anular el que se "
      "registró mal");
  must("ana", "2024-05-11", AchieveHito{"diagnóstico", day("2024-04-08")});
}

TEST_F(Hitos, OneThatWasWaivedStandsInNobodysWay) {
  must("rosa", "2024-03-01", WaiveObligation{"diagnóstico", {}, "Ya existía"});
  must("ana", "2024-03-02", AchieveHito{"adoptado", {}, "acta 5"});
}

TEST_F(Hitos, FixesTheDeadlinesThatWaitForIt) {
  must("ana", "2024-05-02", AchieveHito{"diagnóstico"});
  must("ana", "2024-05-20", AchieveHito{"adoptado", day("2024-05-06"), "acta 5"});
  EXPECT_EQ(owed("armonización").due, day("2024-05-21")) << "ten working days after the day it happened";
  EXPECT_EQ(owed("armonización").deadline_number, 1U);
  EXPECT_TRUE(is_overdue(plan(), owed("armonización"), day("2024-05-22")));
}

TEST_F(Hitos, WaivedFixesThemTooFromThatDay) {
  must("rosa", "2024-05-06", WaiveObligation{"adoptado", {}, "No aplica"});
  EXPECT_EQ(owed("armonización").due, day("2024-05-21"));
}

TEST_F(Hitos, IsFulfilledOnce) {
  must("ana", "2024-04-01", AchieveHito{"diagnóstico"});
  EXPECT_EQ(told(refused("ana", "2024-04-02", AchieveHito{"diagnóstico"})),
            "el hito «diagnóstico» ya se cumplió el 1 de abril de 2024\n= si fue un error, un superior puede "
            "anularlo, con un motivo\n@ Articulador Regional\n@ Dirección");
}

TEST_F(Hitos, AnnulledAsAMistakeNeverCountedNorTheDeadlinesThatItFixed) {
  must("ana", "2024-05-02", AchieveHito{"diagnóstico"});
  must("ana", "2024-05-06", AchieveHito{"adoptado", {}, "acta 5"});
  must("rosa", "2024-05-07", AnnulObligation{"adoptado", {}, "Era otro municipio"});
  EXPECT_EQ(owed("adoptado").state, ObligationState::pending);
  EXPECT_EQ(owed("adoptado").on_time, std::nullopt);
  EXPECT_EQ(owed("adoptado").evidence, "");
  EXPECT_EQ(owed("armonización").due, std::nullopt);
  must("ana", "2024-05-28", AchieveHito{"adoptado", {}, "acta 9"});
  EXPECT_EQ(owed("armonización").due, day("2024-06-13"));  // the 3rd and the 10th of June are holidays
  EXPECT_EQ(owed("armonización").deadline_number, 2U);
}

}  // namespace
}  // namespace cauce::workflows
