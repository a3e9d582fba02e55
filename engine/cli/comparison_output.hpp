// A comparison of two versions as other programs read it.
#pragma once

#include "engine/cli/command.hpp"
#include "workflows/comparison.hpp"

namespace cauce::engine::cli {

void print_comparison_json(const workflows::Comparison& comparison, const workflows::Version& before,
                           const workflows::Version& after, Session& session);

}  // namespace cauce::engine::cli
