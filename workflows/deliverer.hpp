// Who may hand in a report or a milestone, asked apart from whether it can be handed in now.
#pragma once

#include "workflows/decide.hpp"

namespace cauce::workflows {

/// Why the actor may not deliver what `command` delivers; nothing if they may, or if it delivers nothing.
std::optional<Refusal> refuse_deliverer(const World& world, const PlanId& id, const Command& command,
                                        const Moment& moment, const Actor& actor);

}  // namespace cauce::workflows
