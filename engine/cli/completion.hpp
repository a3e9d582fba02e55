// What may follow the words of a command line that is being typed. The shells ask for it (shells/), so that
// what is offered is always what the program that will run takes.
#pragma once

#include <string>
#include <vector>

#include "engine/cli/command_line.hpp"

namespace cauce::engine::cli {

/// Files are the shell's to find: it knows what `~` is, and how their names are to be quoted.
enum class Files { none, any, folders, csv, policies };

struct Candidate {
  std::string word;  ///< whole, in place of what was typed of it
  std::string help;
};
struct Completion {
  Files files = Files::none;
  std::vector<Candidate> candidates = {};
};

/// `words` follow `cauce`; the last is the one that is being typed, and may be empty.
Completion complete(const std::vector<Command>& commands, const Words& words, const Environment& environment);

}  // namespace cauce::engine::cli
