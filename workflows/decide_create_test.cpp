// Creation: who may, for whom, and what is owed from then on.
#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

class Create : public Story {};

TEST_F(Create, OpensEverythingThatThePlanWillOweWithItsDeadline) {
  create("2024-01-10");
  EXPECT_EQ(plan().created_on, day("2024-01-10"));
  EXPECT_EQ(plan().policy_version, 1);
  EXPECT_EQ(plan().lifecycle, (LifecycleState{Phase::formulation, Standing::active}));
  EXPECT_EQ(at(kind().stages, *plan().stage).name, "borrador");
  EXPECT_EQ(plan().linked_to, (PlanId{"PCCT", "Caribe", 2024}));
  EXPECT_EQ(plan().components.size(), 2U);
  // Three monthly reports, one at the close, five milestones, and the end of each phase.
  EXPECT_EQ(owed("mensual", february).due, day("2024-03-07"));
  EXPECT_EQ(owed("mensual", february).closes, day("2024-04-09"));
  EXPECT_EQ(owed("mensual", march).due, day("2024-04-05"));
  EXPECT_EQ(owed("mensual", april).due, day("2024-05-08"));
  EXPECT_EQ(owed("diagnóstico").due, day("2024-04-30"));
  EXPECT_EQ(owed("final").due, day("2024-12-13"));
  EXPECT_EQ(owed("formulación").due, day("2024-03-15"));
}

TEST_F(Create, ThePlansOwnIsExigibleAtOnceAPhasesWhenItIsEntered) {
  create("2024-01-10");
  EXPECT_EQ(owed("mensual", february).enforceable_from, day("2024-01-10"));
  EXPECT_EQ(owed("diagnóstico").enforceable_from, std::nullopt);
  EXPECT_EQ(owed("final").enforceable_from, std::nullopt);
}

TEST_F(Create, NothingOfAPhaseIsOwedBeforeTheDayFromWhichItRuns) {
  create("2024-01-10");
  EXPECT_EQ(owed("formulación").enforceable_from, day("2024-01-15"));
}

TEST_F(Create, WhatWaitsForAnotherEventIsStillToBeFixed) {
  create();
  EXPECT_EQ(owed("armonización").due, std::nullopt);
  EXPECT_EQ(owed("arranque").due, std::nullopt);
  EXPECT_FALSE(is_overdue(plan(), owed("armonización"), day("2024-12-31")));
}

TEST_F(Create, APlanCreatedLateHasGraceForWhatHasPassedOrIsNear) {
  create("2024-03-13");  // two working days before the formulation ends
  EXPECT_EQ(owed("formulación").due, day("2024-03-20"));
  EXPECT_EQ(owed("formulación").deadline_number, 1U);
  // April's deadline is far enough away.
  EXPECT_EQ(owed("mensual", april).due, day("2024-05-08"));
}

TEST_F(Create, AReportWhoseWholePeriodEndedBeforeIsNotOwed) {
  create("2024-03-01");
  EXPECT_EQ(owed("mensual", february).state, ObligationState::not_due);
  EXPECT_EQ(owed("mensual", march).state, ObligationState::pending) << "its period has not ended";
}

TEST_F(Create, AReportWhosePeriodEndsOnThatVeryDayIsOwedAndOneAtTheCloseAlwaysIs) {
  create("2024-02-29");
  EXPECT_EQ(owed("mensual", february).state, ObligationState::pending);
  world.plans.clear();
  id.entity = "08078";
  must("dora", "2025-02-03", CreatePlan{"PAT", "08078"});
  EXPECT_EQ(owed("mensual", april).state, ObligationState::not_due);
  EXPECT_EQ(owed("final").state, ObligationState::pending);
}

TEST_F(Create, NeedsTheRightToCreatePlans) {
  const Refusal refusal = refused("ana", "2024-01-10", CreatePlan{"PAT", "08001"});
  EXPECT_EQ(refusal.kind, RefusalKind::not_allowed);
  EXPECT_EQ(told(refusal), "la persona «ana» no tiene el derecho de crear planes\n@ Dirección");
  auto trusted = decide(world, id, CreatePlan{"PAT", "08001"}, noon(day("2024-01-10")), {"", true});
  EXPECT_TRUE(trusted);
}

TEST_F(Create, IsRefusedForWhatDoesNotExistOrExistsAlready) {
  EXPECT_EQ(told(refused("dora", "2024-01-10", CreatePlan{"PATT", "08001"})),
            "la política no tiene una clase de plan «PATT»\n= ¿quiso decir «PAT»?");
  EXPECT_EQ(told(refused("dora", "2024-01-10", CreatePlan{"PAT", "99999"})),
            "no hay un municipio con la clave «99999»\n= el plan PAT es por municipio: revise los datos "
            "importados");
  create();
  EXPECT_EQ(told(refused("dora", "2024-01-11", CreatePlan{"pat", "08001"})),
            "el plan PAT/08001/2024 ya existe");
}

TEST_F(Create, ACommandOnAPlanThatIsNotThereSaysSo) {
  const Refusal refusal = refused("ana", "2024-01-10", Act{"enviar"});
  EXPECT_EQ(refusal.kind, RefusalKind::unknown_name);
  EXPECT_EQ(told(refusal), "no existe el plan «PAT/08001/2024»\n= un plan se nombra TIPO/ENTIDAD/VIGENCIA");
}

TEST(PlanIds, ReadBackWhateverTheEntity) {
  const PlanId id{"PCCT", "Eje Cafetero / Antioquia", 2024};
  EXPECT_EQ(PlanId::parse(id.to_string()), id);
  EXPECT_EQ((PlanId{"PAT", "05001", 2024}).to_string(), "PAT/05001/2024");
  for (const char* bad :
       {"", "PAT", "PAT/05001", "PAT/05001/", "PAT/05001/24x", "/05001/2024", "PAT//2024", "PAT/05001/99999"})
    EXPECT_EQ(PlanId::parse(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace cauce::workflows
