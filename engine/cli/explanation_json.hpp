// The explanation of one entity as other programs read it (docs/schema/explicar.json).
#pragma once

#include "engine/cli/json_output.hpp"
#include "engine/document/write_explanation.hpp"

namespace cauce::engine::cli {

Json explanation_json(const document::ExplainedCase& explained);

}  // namespace cauce::engine::cli
