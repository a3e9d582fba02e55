// The options that go with every command of some kind: declared once, for reading, help, manual and
// completion.
#pragma once

#include <string>
#include <vector>

#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

void take_globals(Arguments& arguments, Globals& globals);
/// Those that go with what a command touches, and `--help`.
std::vector<ArgumentHelp> global_help(Access access);
/// Whether `word` is one that a value follows.
bool is_global_with_value(const std::string& word);
/// WrongUsage where one was given that does not go with what the command touches.
void check_globals(const Command& command, const Globals& globals);

}  // namespace cauce::engine::cli
