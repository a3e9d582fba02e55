// Ladders of alerts, as written and as values (language.md, 2.8).
#pragma once

#include "workflows/lowering.hpp"

namespace cauce::workflows {

/// The ladder. If it has a mistake, `lowering` is not sound afterwards.
Ladder lower_ladder(const dsl::LadderDecl& written, Lowering& lowering);

}  // namespace cauce::workflows
