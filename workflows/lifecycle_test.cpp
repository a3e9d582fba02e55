#include "workflows/lifecycle.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace cauce::workflows {
namespace {

constexpr Phase F = Phase::formulation;
constexpr Phase M = Phase::monitoring;
constexpr Phase E = Phase::evaluation;
constexpr Phase C = Phase::closed;
constexpr Standing active = Standing::active;
constexpr Standing suspended = Standing::suspended;
constexpr Standing cancelled = Standing::cancelled;

using After = std::optional<LifecycleState>;
constexpr After no = std::nullopt;

After to(Phase phase, Standing standing) {
  return LifecycleState{phase, standing};
}

/// What each granted input does in a state.
struct Row {
  LifecycleState from;
  After finish, reopen, suspend, resume, cancel;
};

// clang-format off
const std::array<Row, 12> table = {{
  //  from             finish         reopen         suspend           resume         cancel
  {{F, active},     to(M, active), no,            to(F, suspended), no,            to(F, cancelled)},
  {{M, active},     to(E, active), to(F, active), to(M, suspended), no,            to(M, cancelled)},
  {{E, active},     to(C, active), to(M, active), to(E, suspended), no,            to(E, cancelled)},
  {{C, active},     no,            to(E, active), to(C, suspended), no,            to(C, cancelled)},
  {{F, suspended},  no,            no,            no,               to(F, active), to(F, cancelled)},
  {{M, suspended},  no,            no,            no,               to(M, active), to(M, cancelled)},
  {{E, suspended},  no,            no,            no,               to(E, active), to(E, cancelled)},
  {{C, suspended},  no,            no,            no,               to(C, active), to(C, cancelled)},
  {{F, cancelled},  no,            no,            no,               no,            no},
  {{M, cancelled},  no,            no,            no,               no,            no},
  {{E, cancelled},  no,            no,            no,               no,            no},
  {{C, cancelled},  no,            no,            no,               no,            no},
}};
// clang-format on

std::string shown(LifecycleState state) {
  return std::string(name_of(state.phase)) + "/" + std::string(name_of(state.standing));
}

TEST(Lifecycle, EveryGrantedInputInEveryStateDoesWhatTheTableSays) {
  for (const Row& row : table) {
    SCOPED_TRACE(shown(row.from));
    EXPECT_EQ(advance(row.from, FinishPhase{true}), row.finish);
    EXPECT_EQ(advance(row.from, ReopenPhase{true}), row.reopen);
    EXPECT_EQ(advance(row.from, SuspendPlan{true}), row.suspend);
    EXPECT_EQ(advance(row.from, ResumePlan{true}), row.resume);
    EXPECT_EQ(advance(row.from, CancelPlan{true}), row.cancel);
  }
}

TEST(Lifecycle, WithoutTheGrantOfThePolicyNothingMoves) {
  for (const Row& row : table) {
    SCOPED_TRACE(shown(row.from));
    EXPECT_EQ(advance(row.from, FinishPhase{}), no);
    EXPECT_EQ(advance(row.from, ReopenPhase{}), no);
    EXPECT_EQ(advance(row.from, SuspendPlan{}), no);
    EXPECT_EQ(advance(row.from, ResumePlan{}), no);
    EXPECT_EQ(advance(row.from, CancelPlan{}), no);
  }
}

TEST(Lifecycle, ANewPlanIsActiveInFormulation) {
  EXPECT_EQ(LifecycleState{}, (LifecycleState{F, active}));
}

TEST(Lifecycle, NamesReadBack) {
  for (const Phase phase : {F, M, E, C})
    EXPECT_EQ(find_phase(name_of(phase)), phase);
  for (const Standing standing : {active, suspended, cancelled})
    EXPECT_EQ(find_standing(name_of(standing)), standing);
  EXPECT_EQ(find_phase("seguimiento"), std::nullopt);
  EXPECT_EQ(find_standing(""), std::nullopt);
  EXPECT_EQ(spanish_name(M), "seguimiento");
  EXPECT_EQ(spanish_name(C), "cerrado");
  EXPECT_EQ(spanish_name(suspended), "suspendido");
}

}  // namespace
}  // namespace cauce::workflows
