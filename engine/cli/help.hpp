// What `--help` says.
#pragma once

#include <iosfwd>

#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

/// `cauce --help`: the commands in groups.
void print_overview(const std::vector<Command>& commands, Session& session);
/// `cauce ORDEN --help`: how it is called, what it takes, and a worked example.
void print_help(const Command& command, const Arguments& arguments, Session& session);

}  // namespace cauce::engine::cli
