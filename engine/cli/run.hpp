// The command line as a function.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

/// Runs `cauce ARGUMENTS…`: results to `out`, everything else to `err`. Gives the exit code (cli.md). Every
/// exception ends here.
int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err,
        const Environment& environment);

/// Runs one command, its arguments given as the words that follow its name. What comes of it is told as with
/// `--json` where they say so. For those who ask from another machine: engine/http.
int run(const Command& command, const std::vector<std::string>& words, std::ostream& out, std::ostream& err,
        const Environment& environment);

}  // namespace cauce::engine::cli
