// What the exit codes mean, in words (cli.md).
#pragma once

#include <string_view>
#include <vector>

#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

struct ExitMeaning {
  ExitCode code;
  std::string_view meaning;
};
const std::vector<ExitMeaning>& exit_meanings();

}  // namespace cauce::engine::cli
