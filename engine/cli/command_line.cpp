#include "engine/cli/command_line.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/cli/globals.hpp"

namespace cauce::engine::cli {
namespace {

const Command* find_command(const std::vector<Command>& commands, const std::string& name) {
  for (const Command& command : commands) {
    if (dsl::same_name(command.name, name) || dsl::same_name(command.alias, name)) return &command;
  }
  return nullptr;
}

}  // namespace

bool is_option(const std::string& word) {
  return word.size() > 1 && word.front() == '-';
}

bool has_word(const Words& words, const Words& wanted) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::find_first_of(words.begin(), end, wanted.begin(), wanted.end()) != end;
}

CommandLine take_apart(const std::vector<Command>& commands, const Words& arguments) {
  CommandLine line;
  std::size_t next = 0;
  while (next < arguments.size() && is_option(arguments[next])) {
    const bool two = is_global_with_value(arguments[next]) && next + 1 < arguments.size();
    line.words.insert(line.words.end(), arguments.begin() + static_cast<long>(next),
                      arguments.begin() + static_cast<long>(next + (two ? 2 : 1)));
    next += two ? 2 : 1;
  }
  if (next == arguments.size()) return line;
  line.name = arguments[next++];
  if (next < arguments.size() && !is_option(arguments[next])) {
    line.command = find_command(commands, line.name + " " + arguments[next]);
    if (line.command) ++next;
  }
  if (!line.command) line.command = find_command(commands, line.name);
  line.words.insert(line.words.end(), arguments.begin() + static_cast<long>(next), arguments.end());
  return line;
}

}  // namespace cauce::engine::cli
