// The words of a command line: which command they call, and what is left for it.
#pragma once

#include <string>
#include <vector>

#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

using Words = std::vector<std::string>;

/// `planes crear` is one name of two words.
struct CommandLine {
  const Command* command = nullptr;
  std::string name = {};  ///< as it was typed, if there is no such command
  Words words = {};       ///< the rest, global options included
};
CommandLine take_apart(const std::vector<Command>& commands, const Words& arguments);

/// Whether it is spelt like an option.
bool is_option(const std::string& word);
/// Whether one of the words up to `--` is one of `wanted`.
bool has_word(const Words& words, const Words& wanted);

}  // namespace cauce::engine::cli
