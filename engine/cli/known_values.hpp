// What is known of the values of an argument, by the word that stands for them in the help: `PLAN`,
// `CARPETA`.
#pragma once

#include <map>
#include <string>

#include "engine/cli/completion.hpp"

namespace cauce::engine::cli {

/// What the values of other arguments depend on.
struct TypedValues {
  std::string base;                          ///< path of the database
  std::map<std::string, std::string> given;  ///< the first of each argument: PLAN → PAT/05001/2024
};

/// Whatever the argument could be, begun or not.
Completion known_values(const ArgumentHelp& argument, const TypedValues& typed);

/// Whether `value` is a word that known_values() knows, be it as one of which nothing can be known. A test
/// asks it for every argument of every command.
bool is_known_placeholder(const std::string& value);

}  // namespace cauce::engine::cli
