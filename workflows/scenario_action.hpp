// The steps of a scenario as commands.
#pragma once

#include "workflows/decide.hpp"

namespace cauce::workflows {

/// What `action` asks of a plan. A component that is completed without saying how gets something in each
/// obligatory field (in its first, if it has none). `reabre` of a phase reopens the phase before, and is
/// refused if that is another.
Result<Command> command_of(const dsl::PlanAction& action, const Policy& policy, const Plan& plan, Date today);

}  // namespace cauce::workflows
