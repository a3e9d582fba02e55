// Passing a plan to another version of its policy.
#include <gtest/gtest.h>

#include "workflows/migration.hpp"
#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

/// The story's policy with some of its text replaced.
std::shared_ptr<const Policy> with(const std::vector<std::pair<std::string, std::string>>& replacements) {
  std::string text = story_policy;
  for (const auto& [what, instead] : replacements) {
    const std::size_t at = text.find(what);
    if (at == text.npos) throw std::invalid_argument("the story has no " + what);
    text.replace(at, what.size(), instead);
  }
  return compile_story(text);
}

class MigrateTest : public Story {
 protected:
  /// Publishes the story with replacements as the next version.
  void publish(const std::vector<std::pair<std::string, std::string>>& replacements) {
    world.publish(with(replacements));
  }
  /// Passes the plan to the last version; what changed, as people read it.
  std::vector<std::string> migrate(const std::string& date, const std::vector<Renaming>& renamings = {}) {
    const Plan before = plan();
    const PlanKind& from = kind();
    must("dora", date, MigratePlan{world.current_version(), renamings});
    std::vector<std::string> said;
    for (const MigrationChange& change : migration_changes({before, from}, {plan(), kind()}))
      said.push_back(to_spanish(change));
    return said;
  }
  std::string why_not(const std::string& date, const std::vector<Renaming>& renamings = {}) {
    const Plan before = plan();
    const std::string told_why = told(refused("dora", date, MigratePlan{world.current_version(), renamings}));
    EXPECT_EQ(plan(), before);
    return told_why;
  }
};

using Said = std::vector<std::string>;

TEST_F(MigrateTest, ThePlanStandsUnderTheNewVersionAndNothingElseChangesWhereNothingDiffers) {
  enter_monitoring();
  publish({{"\"Faltan los anexos\"", "\"Faltan anexos\""}});
  Plan before = plan();
  EXPECT_EQ(migrate("2024-03-01"), Said{});
  before.policy_version = 2;
  EXPECT_EQ(plan(), before);
}

TEST_F(MigrateTest, DeadlinesThatAreOpenMoveWithTheirNumber) {
  enter_monitoring();
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 10 de mayo }"}});
  EXPECT_EQ(migrate("2024-03-01"), Said{"el hito «diagnóstico» pasa del 2024-04-30 al 2024-05-10"});
  EXPECT_EQ(owed("diagnóstico").due, day("2024-05-10"));
  EXPECT_EQ(owed("diagnóstico").deadline_number, 2U);
}

TEST_F(MigrateTest, WhatFellDueStaysAsItIsThoughItWasGivenMoreTime) {
  enter_monitoring();
  must("rosa", "2024-05-06", ExtendDeadline{"diagnóstico", {}, day("2024-05-20"), "Lluvias"});
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 28 de junio }"}});
  EXPECT_EQ(migrate("2024-05-07"), Said{});
  EXPECT_EQ(owed("diagnóstico").due, day("2024-05-20"));
  EXPECT_EQ(owed("diagnóstico").missed, day("2024-04-30"));
}

TEST_F(MigrateTest, ADeadlineComesNoNearerThanTheGrace) {
  enter_monitoring();
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 4 de marzo }"}});
  migrate("2024-03-01");  // a Friday: the fifth working day after it
  EXPECT_EQ(owed("diagnóstico").due, day("2024-03-08"));
}

TEST_F(MigrateTest, ADeadlineThatWasNearMovesForwardByItsRuleAndNotByGrace) {
  enter_monitoring();
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 29 de abril }"}});
  migrate("2024-04-29");
  EXPECT_EQ(owed("diagnóstico").due, day("2024-04-30")) << "never later than it was because of the grace";
}

TEST_F(MigrateTest, WhatASuperiorGrantedIsNotTakenAway) {
  enter_monitoring();
  must("rosa", "2024-03-01", ExtendDeadline{"diagnóstico", {}, day("2024-06-14"), "Lluvias"});
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 10 de mayo }"}});
  EXPECT_EQ(migrate("2024-03-04"), Said{});
  EXPECT_EQ(owed("diagnóstico").due, day("2024-06-14"));
}

TEST_F(MigrateTest, WhatASuperiorGrantedIsNotAddedToByTheGrace) {
  enter_monitoring();
  must("rosa", "2024-04-29", ExtendDeadline{"diagnóstico", {}, day("2024-05-03"), "Lluvias"});
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 26 de abril }"}});
  EXPECT_EQ(migrate("2024-05-02"), Said{});
  EXPECT_EQ(owed("diagnóstico").due, day("2024-05-03"));
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 6 de mayo }"}});
  EXPECT_EQ(migrate("2024-05-02"), Said{"el hito «diagnóstico» pasa del 2024-05-03 al 2024-05-06"})
      << "the rule of all gives more now";
}

TEST_F(MigrateTest, WhatASuperiorGrantedHoldsAgainAfterAVersionThatGaveMore) {
  enter_monitoring();
  must("rosa", "2024-03-01", ExtendDeadline{"diagnóstico", {}, day("2024-06-14"), "Lluvias"});
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 28 de junio }"}});
  EXPECT_EQ(migrate("2024-03-04"), Said{"el hito «diagnóstico» pasa del 2024-06-14 al 2024-06-28"});
  publish({});
  EXPECT_EQ(migrate("2024-03-05"), Said{"el hito «diagnóstico» pasa del 2024-06-28 al 2024-06-14"})
      << "and not to the day of the rule, 30 April";
}

TEST_F(MigrateTest, WhatOnlyAVersionGaveIsNotKeptWhenAnotherAsksForItAgain) {
  enter_monitoring();
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 28 de junio }"}});
  migrate("2024-03-04");
  publish({{"hito diagnóstico { vence 30 de abril }", "hito línea_base { vence 30 de mayo }"},
           {"requiere diagnóstico", "requiere línea_base"}});
  migrate("2024-03-05");
  publish({});
  migrate("2024-03-06");
  EXPECT_EQ(owed("diagnóstico").due, day("2024-04-30")) << "nobody extended it";
}

TEST_F(MigrateTest, ADeadlineThatWasNearMovesBackByItsRuleAndNotByGrace) {
  enter_monitoring();
  publish({{"diagnóstico { vence 30 de abril }", "diagnóstico { vence 2 de mayo }"}});
  migrate("2024-04-29");
  EXPECT_EQ(owed("diagnóstico").due, day("2024-05-02"));
}

TEST_F(MigrateTest, AnotherClosingIsTold) {
  enter_monitoring();
  publish({{"cierra 20 días hábiles después", "cierra 25 días hábiles después"}});
  EXPECT_EQ(migrate("2024-04-09"),
            Said{"el reporte «mensual» de abril de 2024 se cierra el 2024-06-17, y no el 2024-06-07"});
  publish({{"    cierra 20 días hábiles después\n", ""}});
  EXPECT_EQ(migrate("2024-04-09"),
            Said{"el reporte «mensual» de abril de 2024, que cerraba el 2024-06-17, ya no se cierra"});
  publish({});
  EXPECT_EQ(migrate("2024-04-09"), Said{"el reporte «mensual» de abril de 2024 se cierra el 2024-06-07"});
}

TEST_F(MigrateTest, WhatWasRetiredAndIsAskedForAgainIsTheSameObligation) {
  enter_monitoring();
  const std::size_t obligations = plan().obligations.size();
  must("rosa", "2024-03-01", ExtendDeadline{"fijo", {}, day("2024-07-05"), "Lluvias"});
  publish({{"    hito fijo { vence 29 de junio exacto }\n", ""},
           {"hito diagnóstico { vence 30 de abril }", "hito línea_base { vence 30 de mayo }"},
           {"requiere diagnóstico", "requiere línea_base"},
           {"desde febrero hasta abril", "desde febrero hasta marzo"}});
  migrate("2024-03-04");
  EXPECT_EQ(plan().obligations.size(), obligations + 1) << "línea_base";
  must("dora", "2024-05-06", MigratePlan{1});
  EXPECT_EQ(plan().obligations.size(), obligations + 1);
  EXPECT_EQ(plan().obligations.back().state, ObligationState::retired) << "línea_base";
  EXPECT_EQ(owed("fijo").state, ObligationState::pending);
  EXPECT_EQ(owed("fijo").due, day("2024-07-05")) << "what was granted before still holds";
  EXPECT_EQ(owed("diagnóstico").enforceable_from, day("2024-05-06"));
  EXPECT_EQ(owed("diagnóstico").due, day("2024-05-14")) << "the grace of what is asked for anew";
  EXPECT_EQ(owed("mensual", april).state, ObligationState::not_due) << "April is over";
  must("ana", "2024-05-07", AchieveHito{"diagnóstico", {}, ""});
}

TEST_F(MigrateTest, WhatIsAskedForAgainInALaterPhaseIsOwedOnlyThere) {
  enter_monitoring();
  publish({{"    hito fijo { vence 29 de junio exacto }\n", ""}});
  migrate("2024-03-04");
  publish({{"    hito fijo { vence 29 de junio exacto }\n", ""},
           {"  evaluación {\n", "  evaluación {\n    hito fijo { vence 10 de mayo exacto }\n"}});
  EXPECT_EQ(migrate("2024-05-20"), Said{"aparece el hito «fijo», que vence el 2024-05-10"});
  EXPECT_EQ(owed("fijo").enforceable_from, std::nullopt);
  EXPECT_FALSE(is_overdue(plan(), owed("fijo"), day("2024-05-20")));
}

TEST_F(MigrateTest, WhatWasOwedAndMovesToALaterPhaseIsOwedOnlyThere) {
  enter_monitoring();
  publish({{"    hito fijo { vence 29 de junio exacto }\n", ""},
           {"  evaluación {\n", "  evaluación {\n    hito fijo { vence 10 de mayo exacto }\n"}});
  EXPECT_EQ(migrate("2024-03-04"), (Said{"el hito «fijo» ya no se debe hasta la fase de evaluación",
                                         "el hito «fijo» pasa del 2024-06-29 al 2024-05-10"}));
  EXPECT_EQ(owed("fijo").enforceable_from, std::nullopt);
  EXPECT_FALSE(is_overdue(plan(), owed("fijo"), day("2024-05-20")));
}

TEST_F(MigrateTest, SomethingAskedForAgainAppears) {
  enter_monitoring();
  publish({{"    hito fijo { vence 29 de junio exacto }\n", ""}});
  EXPECT_EQ(migrate("2024-03-04"), Said{"se retira el hito «fijo», que vencía el 2024-06-29"});
  publish({});
  EXPECT_EQ(migrate("2024-03-04"), Said{"aparece el hito «fijo», que vence el 2024-06-29"});
}

TEST_F(MigrateTest, WhatMovesIntoAPhaseThatRunsHasTheGrace) {
  publish({{"    hito fijo { vence 29 de junio exacto }\n", ""},
           {"  evaluación {\n", "  evaluación {\n    hito fijo { vence 10 de mayo exacto }\n"}});
  enter_monitoring();
  publish({{"hito fijo { vence 29 de junio exacto }", "hito fijo { vence 10 de mayo exacto }"}});
  EXPECT_EQ(migrate("2024-05-08"), Said{"el hito «fijo» pasa del 2024-05-10 al 2024-05-16"});
  EXPECT_EQ(owed("fijo").enforceable_from, day("2024-05-08"));
}

TEST_F(MigrateTest, WhatFellDueOrWasDeliveredIsNeverChanged) {
  enter_monitoring();
  must("ana", "2024-03-05", DeliverReport{"mensual", february, {{"actividades", "4"}, {"resumen", "Dos"}}});
  publish({{"vence día hábil 5 del mes siguiente", "vence día hábil 10 del mes siguiente"},
           {"diagnóstico { vence 30 de abril }", "diagnóstico { vence 10 de mayo }"}});
  const Obligation delivered = owed("mensual", february);
  EXPECT_EQ(migrate("2024-05-02"),
            (Said{"el reporte «mensual» de abril de 2024 pasa del 2024-05-08 al 2024-05-16",
                  "el reporte «mensual» de abril de 2024 se cierra el 2024-06-17, y no el 2024-06-07"}));
  EXPECT_EQ(owed("mensual", february), delivered);
  EXPECT_EQ(owed("mensual", march).due, day("2024-04-05")) << "it fell due";
  EXPECT_EQ(owed("diagnóstico").due, day("2024-04-30")) << "so did this";
}

TEST_F(MigrateTest, NewObligationsHaveTheGraceAndThoseNoLongerAskedForAreRetired) {
  enter_monitoring();
  publish({{"hito fijo { vence 29 de junio exacto }", "hito socializado { vence 1 de marzo }"},
           {"desde febrero hasta abril", "desde enero hasta marzo"}});
  EXPECT_EQ(migrate("2024-03-01"),
            (Said{"se retira el reporte «mensual» de abril de 2024, que vencía el 2024-05-08",
                  "se retira el hito «fijo», que vencía el 2024-06-29",
                  "aparece el hito «socializado», que vence el 2024-03-08"}));
  EXPECT_EQ(owed("mensual", april).state, ObligationState::retired);
  const Period january = {rules::PeriodUnit::month, 2024, 1};
  EXPECT_EQ(owed("mensual", january).state, ObligationState::not_due) << "its whole period had ended";
  EXPECT_EQ(owed("socializado").enforceable_from, day("2024-03-01"));
  EXPECT_EQ(told(refused("ana", "2024-05-02", DeliverReport{"mensual", april, {}})),
            "el reporte «mensual» no se debe por abril de 2024\n= sus periodos: 2024-01, 2024-02 y 2024-03");
}

TEST_F(MigrateTest, WhatIsOwedInALaterPhaseWaitsForItWithoutGrace) {
  create();
  publish({{"hito fijo {", "hito socializado { vence 1 de febrero }\n    hito fijo {"}});
  EXPECT_EQ(migrate("2024-02-01"), Said{"aparece el hito «socializado», que vence el 2024-02-01"});
  EXPECT_EQ(owed("socializado").enforceable_from, std::nullopt);
}

TEST_F(MigrateTest, ANewDeadlineThatCountsFromWhatHappenedIsFixedAtOnce) {
  enter_monitoring("2024-02-20");
  publish({{"hito fijo {",
            "hito socializado { vence 40 días hábiles después de la formulación }\n    hito fijo {"},
           {"armonización { vence 10 días hábiles después de adoptado }",
            "armonización { vence 10 días hábiles después de diagnóstico }"}});
  must("ana", "2024-03-01", AchieveHito{"diagnóstico", day("2024-02-28"), ""});
  EXPECT_EQ(migrate("2024-03-01"), (Said{"el hito «armonización» vence el 2024-03-13",
                                         "aparece el hito «socializado», que vence el 2024-04-19"}));
  EXPECT_EQ(owed("armonización").deadline_number, 1U) << "it was por fijar";
}

TEST_F(MigrateTest, ADeadlineThatNowCountsFromWhatHasNotHappenedIsPorFijarAgain) {
  enter_monitoring();
  publish(
      {{"hito fijo { vence 29 de junio exacto }", "hito fijo { vence 5 días hábiles después de adoptado }"}});
  EXPECT_EQ(migrate("2024-03-01"), Said{"el hito «fijo», que vencía el 2024-06-29, queda por fijar"});
  must("ana", "2024-03-04", AchieveHito{"diagnóstico", {}, ""});
  must("ana", "2024-03-04", AchieveHito{"adoptado", {}, "acuerdo.pdf"});
  EXPECT_EQ(owed("fijo").due, day("2024-03-11"));
}

TEST_F(MigrateTest, AStageThatIsGoneNeedsToBeMapped) {
  create();
  must("ana", "2024-01-16", CompleteComponent{"objetivos", {{"asistencia", "Apoyar"}}});
  must("ana", "2024-01-16", Act{"enviar"});
  std::string text = story_policy;
  for (std::size_t at = text.find("revisión"); at != text.npos; at = text.find("revisión"))
    text.replace(at, std::string("revisión").size(), "concertación");
  world.publish(compile_story(text));
  EXPECT_EQ(why_not("2024-01-17"),
            "el plan no puede pasar sin más a la versión 2\n"
            "- la etapa «revisión», en que está el plan, no existe en la formulación de la versión 2; tiene: "
            "borrador y concertación\n"
            "= diga a qué corresponde con «--mapear HOY=NUEVO», o resuélvalo antes");
  EXPECT_EQ(why_not("2024-01-17", {{"revisión", "revisada"}}),
            "la versión 2 no tiene nada llamado «revisada» que pueda ser «revisión»\n"
            "= «revisión» puede pasar a ser: concertación");
  EXPECT_EQ(why_not("2024-01-17", {{"revisión", "aprobado"}}),
            "el plan no puede pasar sin más a la versión 2\n"
            "- la etapa «aprobado» es final en la versión 2, y el plan no ha terminado la formulación\n"
            "= diga a qué corresponde con «--mapear HOY=NUEVO», o resuélvalo antes");
  EXPECT_EQ(migrate("2024-01-17", {{"revisión", "concertación"}}),
            Said{"la etapa «revisión» pasa a ser «concertación»"});
  EXPECT_EQ(told(refused("ana", "2024-01-17", Act{"aprobar"})),
            "la persona «ana» no tiene un rol que pueda «aprobar» este plan\n@ Articulador Regional");
  must("rosa", "2024-01-17", Act{"devolver", "Precisar"});
}

TEST_F(MigrateTest, APhaseThatGetsStagesBeginsWithItsFirst) {
  enter_monitoring();
  publish({{"seguimiento {\n    hito diagnóstico",
            "seguimiento {\n    etapa marcha inicial { enlace puede cerrar y pasa a cerrada }\n"
            "    etapa cerrada final\n    hito diagnóstico"}});
  EXPECT_EQ(migrate("2024-03-01"), Said{"la etapa «en_curso» pasa a ser «marcha»"});
}

TEST_F(MigrateTest, ARenamedObligationKeepsItsHistory) {
  enter_monitoring();
  must("ana", "2024-03-01", AchieveHito{"diagnóstico", day("2024-02-28"), ""});
  publish({{"diagnóstico { vence 30 de abril }", "línea_base { vence 30 de abril }"},
           {"requiere diagnóstico", "requiere línea_base"}});
  EXPECT_EQ(migrate("2024-03-04", {{"DIAGNOSTICO", "Linea_Base"}}),
            Said{"el hito «diagnóstico» pasa a ser «línea_base»"});
  EXPECT_EQ(owed("línea_base").fulfilled_on, day("2024-02-28"));
  must("ana", "2024-03-04", AchieveHito{"adoptado", {}, "acuerdo.pdf"});
}

TEST_F(MigrateTest, RenamingsThatContradictEachOtherAreRefused) {
  enter_monitoring();
  publish({{"hito diagnóstico { vence 30 de abril }", "hito línea_base { vence 30 de abril }"},
           {"requiere diagnóstico", "requiere línea_base"},
           {"hito fijo", "hito firme"}});
  const std::string date = "2024-03-04";
  EXPECT_EQ(why_not(date, {{"diagnóstico", "línea_base"}, {"diagnóstico", "firme"}}),
            "«diagnóstico» no puede pasar a ser a la vez «línea_base» y «firme»\n"
            "= cada nombre de hoy se da una sola vez");
  EXPECT_EQ(why_not(date, {{"diagnóstico", "firme"}, {"fijo", "firme"}}),
            "«diagnóstico» y «fijo» no pueden pasar a ser los dos «firme»\n"
            "= cada uno pasa a un nombre distinto");
  EXPECT_EQ(why_not(date, {{"diagnóstico", "adoptado"}}),
            "«diagnóstico» y «adoptado» no pueden pasar a ser los dos «adoptado»\n"
            "= «adoptado» conserva su nombre en la versión 2; «diagnóstico» puede pasar a ser: línea_base y "
            "firme");
  EXPECT_EQ(why_not(date, {{"diagnóstico", "mensual"}}),
            "«diagnóstico» es un hito, y «mensual», un reporte de la versión 2: uno no puede ser el otro\n"
            "= «diagnóstico» puede pasar a ser: línea_base y firme");
  EXPECT_EQ(
      why_not(date, {{"resumen", "actividades"}}),
      "«actividades» y «resumen» no pueden pasar a ser los dos «actividades»\n"
      "= «actividades» conserva su nombre en la versión 2; la versión 2 no tiene un campo de nombre nuevo "
      "al que pueda pasar «resumen»");
  // Names are read all at once, so that two can change places, and one be given twice alike.
  EXPECT_EQ(
      migrate(date, {{"diagnóstico", "firme"}, {"fijo", "línea_base"}, {"fijo", "línea_base"}}),
      (Said{"el hito «diagnóstico» pasa a ser «firme»", "el hito «firme» pasa del 2024-04-30 al 2024-06-29",
            "el hito «fijo» pasa a ser «línea_base»",
            "el hito «línea_base» pasa del 2024-06-29 al 2024-04-30"}));
}

TEST_F(MigrateTest, ReportsOfDifferentPeriodsMayBecomeOne) {
  world.publish(
      with({{"reporte mensual cada mes desde febrero hasta abril {",
             "reporte otro cada mes desde mayo hasta junio { vence día hábil 5 del mes siguiente }\n"
             "  reporte mensual cada mes desde febrero hasta abril {"}}));
  enter_monitoring();
  publish({{"desde febrero hasta abril", "desde febrero hasta junio"}});
  EXPECT_EQ(migrate("2024-03-01", {{"otro", "mensual"}}).front(),
            "el reporte «otro» de mayo de 2024 pasa a ser «mensual»");
  EXPECT_EQ(owed("mensual", Period{rules::PeriodUnit::month, 2024, 6}).due, day("2024-07-08"));
}

TEST_F(MigrateTest, WhatWasAchievedAndIsNoLongerAskedForStaysAsARecordAndCountsNoMore) {
  enter_monitoring();
  must("ana", "2024-03-01", AchieveHito{"fijo", day("2024-02-28"), ""});
  EXPECT_EQ(progress(plan(), kind()), Value(rules::Decimal(20)));
  const ObligationId fijo = find("fijo");
  publish({{"hito fijo { vence 29 de junio exacto }", ""}});
  EXPECT_EQ(migrate("2024-03-04"), Said{});
  EXPECT_EQ(plan().obligation(fijo).state, ObligationState::achieved);
  EXPECT_EQ(plan().obligation(fijo).fulfilled_on, day("2024-02-28"));
  EXPECT_EQ(kind_of(kind(), plan().obligation(fijo)).name, "fijo");
  EXPECT_EQ(progress(plan(), kind()), Value(rules::Decimal(0)));

  must("dora", "2024-03-05", MigratePlan{1});
  EXPECT_EQ(owed("fijo").fulfilled_on, day("2024-02-28")) << "it counts again under the former version";
  EXPECT_EQ(plan().obligations.size(), 10U) << "and is not asked for twice";
}

TEST_F(MigrateTest, WhatIsOverdueOrByHalvesMustBeSettledBefore) {
  enter_monitoring();
  must("ana", "2024-03-05", DeliverReport{"mensual", february, {{"actividades", "4"}, {"resumen", "Dos"}}});
  publish({{"hito diagnóstico { vence 30 de abril }\n", ""},
           {"requiere diagnóstico ", ""},
           {"reporte mensual", "reporte mensualidad"}});
  EXPECT_EQ(why_not("2024-05-02"),
            "el plan no puede pasar sin más a la versión 2\n"
            "- el reporte «mensual» de febrero de 2024 se entregó y no se ha validado, y la versión 2 no lo "
            "tiene; de nombre nuevo tiene: mensualidad\n"
            "- el reporte «mensual» de marzo de 2024 venció el 5 de abril de 2024 y no se ha entregado, y la "
            "versión 2 no lo tiene; de nombre nuevo tiene: mensualidad\n"
            "- el hito «diagnóstico» venció el 30 de abril de 2024 y no se ha cumplido, y la versión 2 no lo "
            "tiene\n"
            "= diga a qué corresponde con «--mapear HOY=NUEVO», o resuélvalo antes");
  must("rosa", "2024-05-02", WaiveObligation{"diagnóstico", {}, "Ya no se pide"});
  EXPECT_EQ(migrate("2024-05-02", {{"mensual", "mensualidad"}}).size(), 3U) << "three months with a new name";
}

TEST_F(MigrateTest, ContentIsCarriedByTheNamesOfItsFields) {
  create();
  must("ana", "2024-01-16", CompleteComponent{"objetivos", {{"asistencia", "Apoyar"}, {"meta", "4"}}});
  publish({{"campo asistencia: texto obligatorio\n    campo meta: entero desde 0",
            "campo nota: fecha\n    campo apoyo: texto obligatorio"}});
  migrate("2024-01-17", {{"asistencia", "apoyo"}});
  EXPECT_EQ(plan().components[0].fields, (std::vector<Value>{rules::Missing(), std::string("Apoyar")}));
  EXPECT_EQ(std::get<PlanMigrated>(history.back().first).left_behind, Said{"objetivos.meta"});
}

TEST_F(MigrateTest, AComponentWithContentIsNotLost) {
  create();
  must("ana", "2024-01-16", CompleteComponent{"anexos", {{"texto", "Mapa"}}});
  publish({{"componente anexos", "componente soportes"}, {"completo(anexos)", "completo(soportes)"}});
  EXPECT_EQ(why_not("2024-01-17"),
            "el plan no puede pasar sin más a la versión 2\n"
            "- el componente «anexos» tiene contenido, y la versión 2 no lo tiene; de nombre nuevo tiene: "
            "soportes\n"
            "= diga a qué corresponde con «--mapear HOY=NUEVO», o resuélvalo antes");
  migrate("2024-01-17", {{"anexos", "soportes"}});
  EXPECT_EQ(plan().components[1].fields, (std::vector<Value>{std::string("Mapa")}));
}

TEST_F(MigrateTest, IsForThoseWithTheRightAndForPublishedVersionsOfTheSameYear) {
  create();
  EXPECT_EQ(why_not("2024-01-16"), "el plan ya está en la versión 1");
  EXPECT_EQ(told(refused("dora", "2024-01-16", MigratePlan{2})),
            "no se ha publicado la versión 2\n= la última es la 1");
  publish({});
  EXPECT_EQ(told(refused("rosa", "2024-01-16", MigratePlan{2})),
            "la persona «rosa» no tiene el derecho de pasar planes a otra versión\n@ Dirección");
  publish({{"vigencia 2024", "vigencia 2025"}});
  EXPECT_EQ(why_not("2024-01-16"),
            "la versión 3 es de la vigencia 2025, y el plan, de la 2024\n"
            "= un plan termina bajo una versión de su vigencia");
  publish({{"plan PAT \"Plan de Asistencia Técnica\"", "plan PATM"}});
  EXPECT_EQ(why_not("2024-01-16"),
            "la versión 4 no tiene la clase de plan «PAT»\n= un plan que ya no se quiere se cancela, con un "
            "motivo");
}

TEST_F(MigrateTest, WhatStandsStillOrHasEndedStaysAsItIs) {
  create();
  publish({});
  must("rosa", "2024-01-16", Suspend{"Orden público"});
  EXPECT_EQ(why_not("2024-01-17"),
            "el plan está suspendido desde el 16 de enero de 2024\n= debe reanudarse primero\n"
            "@ Articulador Regional\n@ Dirección");
  must("rosa", "2024-01-17", Cancel{"Fusión"});
  EXPECT_EQ(why_not("2024-01-17"), "el plan está cancelado\n= un plan cancelado ya no admite cambios");
}

}  // namespace
}  // namespace cauce::workflows
