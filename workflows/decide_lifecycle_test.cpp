// Every command in every state that a plan can be in: whether the lifecycle lets it through to be decided,
// and what is said where it does not.
#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

/// One of each command on a plan that exists, by somebody who may.
std::vector<std::pair<std::string, Command>> all_commands() {
  return {{"ana", CompleteComponent{"anexos", {{"texto", "x"}}}},
          {"ana", Act{"enviar"}},
          {"ana", DeliverReport{"mensual", february, {}}},
          {"ana", AchieveHito{"diagnóstico", {}, ""}},
          {"rosa", ValidateObligation{"mensual", february}},
          {"rosa", ReturnObligation{"mensual", february, "Motivo"}},
          {"rosa", WaiveObligation{"mensual", february, "Motivo"}},
          {"rosa", ExtendDeadline{"mensual", february, day("2024-12-02"), "Motivo"}},
          {"rosa", ReopenObligation{"mensual", february, "Motivo"}},
          {"rosa", AnnulObligation{"mensual", february, "Motivo"}},
          {"rosa", Suspend{"Motivo"}},
          {"rosa", Resume{"Motivo"}},
          {"rosa", Cancel{"Motivo"}},
          {"rosa", ReopenPreviousPhase{"Motivo"}},
          {"dora", MigratePlan{2, {}}}};
}

constexpr std::array phases = {Phase::formulation, Phase::monitoring, Phase::evaluation, Phase::closed};

class LifecycleOfCommands : public Story {
 protected:
  LifecycleOfCommands() {
    create();
    world.publish(shared_policy());
  }

  void put_in(Phase phase, Standing standing) {
    Plan& plan = world.plans.at(id);
    plan.lifecycle = {phase, standing};
    plan.stage = phase == Phase::closed ? std::nullopt : kind().phase(phase).initial;
    plan.suspended_on = standing == Standing::suspended ? std::optional(day("2024-06-03")) : std::nullopt;
  }

  /// What is said to `command` in that state; empty: done.
  std::string answer(Phase phase, Standing standing, const std::string& person, const Command& command) {
    put_in(phase, standing);
    const auto outcome = decide(world, id, command, noon(day("2024-06-10")), {person});
    return outcome ? std::string() : outcome.refusal().message;
  }
};

TEST_F(LifecycleOfCommands, ACancelledPlanTakesNone) {
  for (const Phase phase : phases) {
    for (const auto& [person, command] : all_commands()) {
      EXPECT_EQ(answer(phase, Standing::cancelled, person, command), "el plan está cancelado")
          << kind_of(command) << " in " << name_of(phase);
    }
  }
}

TEST_F(LifecycleOfCommands, ASuspendedPlanIsOnlyResumedOrCancelled) {
  for (const Phase phase : {Phase::formulation, Phase::monitoring, Phase::evaluation}) {
    for (const auto& [person, command] : all_commands()) {
      const std::string said = answer(phase, Standing::suspended, person, command);
      const std::string what = std::string(kind_of(command)) + " in " + std::string(name_of(phase));
      if (std::holds_alternative<Resume>(command) || std::holds_alternative<Cancel>(command)) {
        EXPECT_EQ(said, "") << what;
      } else if (std::holds_alternative<Suspend>(command)) {
        EXPECT_EQ(said, "el plan ya está suspendido desde el 3 de junio de 2024") << what;
      } else {
        EXPECT_EQ(said, "el plan está suspendido desde el 3 de junio de 2024") << what;
      }
    }
  }
}

TEST_F(LifecycleOfCommands, AClosedPlanIsOnlyReopened) {
  for (const auto& [person, command] : all_commands()) {
    const std::string said = answer(Phase::closed, Standing::active, person, command);
    EXPECT_EQ(said, std::holds_alternative<ReopenPreviousPhase>(command) ? "" : "el plan está cerrado")
        << kind_of(command);
  }
}

TEST_F(LifecycleOfCommands, AnActivePlanTakesAllButWhatWouldChangeNothing) {
  for (const Phase phase : {Phase::formulation, Phase::monitoring, Phase::evaluation}) {
    for (const auto& [person, command] : all_commands()) {
      const std::string said = answer(phase, Standing::active, person, command);
      const std::string what = std::string(kind_of(command)) + " in " + std::string(name_of(phase));
      EXPECT_NE(said, "el plan está cancelado") << what;
      EXPECT_NE(said, "el plan está cerrado") << what;
      EXPECT_EQ(said.find("suspendido desde"), std::string::npos) << what;
      if (std::holds_alternative<Suspend>(command) || std::holds_alternative<Cancel>(command)) {
        EXPECT_EQ(said, "") << what;
      } else if (std::holds_alternative<Resume>(command)) {
        EXPECT_EQ(said, "el plan no está suspendido") << what;
      } else if (std::holds_alternative<ReopenPreviousPhase>(command)) {
        EXPECT_EQ(said, phase == Phase::formulation
                            ? "el plan está en formulación: no hay una fase anterior que reabrir"
                            : "")
            << what;
      }
    }
  }
}

TEST_F(LifecycleOfCommands, NoCommandMovesThePhaseOrTheStandingButByTheLifecycle) {
  for (const Phase phase : phases) {
    for (const Standing standing : {Standing::active, Standing::suspended, Standing::cancelled}) {
      for (const auto& [person, command] : all_commands()) {
        put_in(phase, standing);
        const auto outcome = decide(world, id, command, noon(day("2024-06-10")), {person});
        if (!outcome) continue;
        Plan after = plan();
        for (const Event& event : outcome.value().events)
          after = evolve(std::move(after), event, {person});
        const LifecycleState before = plan().lifecycle;
        const std::vector<std::optional<LifecycleState>> allowed = {before,
                                                                    advance(before, FinishPhase{true}),
                                                                    advance(before, ReopenPhase{true}),
                                                                    advance(before, SuspendPlan{true}),
                                                                    advance(before, ResumePlan{true}),
                                                                    advance(before, CancelPlan{true})};
        EXPECT_NE(std::find(allowed.begin(), allowed.end(), std::optional(after.lifecycle)), allowed.end())
            << kind_of(command) << " in " << name_of(phase) << ", " << name_of(standing);
      }
    }
  }
}

}  // namespace
}  // namespace cauce::workflows
