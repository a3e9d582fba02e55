// What `cauce --version` says.
#pragma once

#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

/// The release alone in the first line; below, from what it was built and the libraries that run with it.
void print_version(Session& session);

}  // namespace cauce::engine::cli
