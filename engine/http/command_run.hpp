// A command run for who asks from another machine.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "engine/cli/command.hpp"
#include "engine/clock.hpp"

namespace cauce::engine {

struct CommandRun {
  int code = 0;  ///< as `cauce` would end (cli.md)
  std::string out;
  std::string err;
  bool is_too_long = false;  ///< it would have said more than `most`: then `out` is empty
};

/// Runs a command for `caller`, of whom `most` bytes are told. Of one that changes something all is to be
/// told: it cannot be taken back.
CommandRun run_command(const cli::Command& command, const std::vector<std::string>& words,
                       const cli::Caller& caller, const std::shared_ptr<const Clock>& clock,
                       std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace cauce::engine
