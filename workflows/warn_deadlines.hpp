// Deadlines that are surely not meant, told by the days that they give.
#pragma once

#include "dsl/diagnostic.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

/// Warns of what falls due after the end of the last phase, before the end of the phase before its own, or
/// outside the vigencia; once for each obligation. What waits for another event has no day yet, and is passed
/// over.
void warn_about_deadlines(const Policy& policy, dsl::Diagnostics& diagnostics);

}  // namespace cauce::workflows
