// Whoever keeps the system going: those with any of the rights that a role `administra`.
#pragma once

#include <optional>

#include "engine/system.hpp"

namespace cauce::engine {

/// Nothing if the actor is one of them today; else why not, and who is.
std::optional<Refusal> refuse_unless_administrator(System& system, const Actor& actor);

}  // namespace cauce::engine
