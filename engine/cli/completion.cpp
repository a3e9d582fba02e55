#include "engine/cli/completion.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/globals.hpp"
#include "engine/cli/known_values.hpp"

namespace cauce::engine::cli {
namespace {

/// What the words before the one that is being typed have settled.
struct Typed {
  CommandLine line;
  std::vector<ArgumentHelp> options;  ///< of the command, global ones included
  std::vector<ArgumentHelp> positionals;
  std::vector<const ArgumentHelp*> used;  ///< options that were given
  std::size_t placed = 0;                 ///< how many arguments were given by place
  const ArgumentHelp* awaited = nullptr;  ///< the option whose value comes next
  bool only_places = false;               ///< after `--`
  TypedValues values;
};

const ArgumentHelp* find_option(const std::vector<ArgumentHelp>& options, const std::string& name) {
  for (const ArgumentHelp& option : options) {
    if (std::find(option.names.begin(), option.names.end(), name) != option.names.end()) return &option;
  }
  return nullptr;
}

/// The argument at the next place; the last one stays if it may be repeated.
const ArgumentHelp* next_place(const Typed& typed) {
  if (typed.placed < typed.positionals.size()) return &typed.positionals[typed.placed];
  if (!typed.positionals.empty() && typed.positionals.back().repeated) return &typed.positionals.back();
  return nullptr;
}

void take_value(Typed& typed, const ArgumentHelp* argument, const std::string& value) {
  if (argument)
    typed.values.given.emplace(argument->positional() ? argument->value : argument->names.front(), value);
}

void take_word(Typed& typed, const std::string& word) {
  if (typed.awaited) {
    take_value(typed, typed.awaited, word);
    typed.awaited = nullptr;
  } else if (word == "--") {
    typed.only_places = true;
  } else if (is_option(word) && !typed.only_places) {
    const std::size_t equals = word.find('=');
    const ArgumentHelp* option = find_option(typed.options, word.substr(0, equals));
    if (!option) return;
    typed.used.push_back(option);
    if (option->value.empty()) return;
    if (equals == word.npos) {
      typed.awaited = option;
    } else {
      take_value(typed, option, word.substr(equals + 1));
    }
  } else {
    take_value(typed, next_place(typed), word);
    ++typed.placed;
  }
}

/// The options that may stand before any command.
std::vector<ArgumentHelp> options_of_all() {
  std::vector<ArgumentHelp> options;
  for (const Access access : {Access::reads, Access::files, Access::writes}) {
    for (const ArgumentHelp& option : global_help(access)) {
      if (!find_option(options, option.names.front())) options.push_back(option);
    }
  }
  return options;
}

void take_words(Typed& typed, const Words& words) {
  if (typed.line.command) {
    Arguments arguments;
    typed.line.command->declare(arguments);
    for (const ArgumentHelp& argument : arguments.help())
      (argument.positional() ? typed.positionals : typed.options).push_back(argument);
    for (const ArgumentHelp& option : global_help(typed.line.command->access))
      typed.options.push_back(option);
  } else {
    typed.options = options_of_all();
    typed.options.push_back(
        {{"--version", "--versión"}, "", "de qué versión es este programa", false, false});
  }
  for (const std::string& word : words)
    take_word(typed, word);
}

bool begins_with(std::string_view word, std::string_view begin) {
  return dsl::fold(word).starts_with(dsl::fold(begin));
}

/// `planes crear` by its first word, where it is only typed so far.
void add_commands(const std::vector<Command>& commands, const std::string& current, Completion& completion) {
  const auto offered = [&](const std::string& word) {
    return std::any_of(completion.candidates.begin(), completion.candidates.end(),
                       [&](const Candidate& candidate) { return candidate.word == word; });
  };
  const auto offer = [&](const std::string& name, const Command& command) {
    const std::string word = name.substr(0, name.find(' '));
    if (!offered(word)) completion.candidates.push_back({word, command.summary});
  };
  for (const Command& command : commands) {
    // The alias is for who begins to type it.
    if (begins_with(command.name, current)) {
      offer(command.name, command);
    } else if (command.alias.starts_with(current)) {
      offer(command.alias, command);
    }
  }
}

/// The second words of the commands that begin with `first`.
void add_second_words(const std::vector<Command>& commands, const std::string& first,
                      const std::string& current, Completion& completion) {
  for (const Command& command : commands) {
    for (const std::string& name : {command.name, command.alias}) {
      const std::size_t space = name.find(' ');
      if (space == name.npos || !dsl::same_name(name.substr(0, space), first)) continue;
      if (begins_with(name.substr(space + 1), current))
        completion.candidates.push_back({name.substr(space + 1), command.summary});
    }
  }
}

void add_options(const Typed& typed, const std::string& current, Completion& completion) {
  for (const ArgumentHelp& option : typed.options) {
    const bool given = std::find(typed.used.begin(), typed.used.end(), &option) != typed.used.end();
    if (given && !option.repeated) continue;
    // The first spelling, or that other one which was begun.
    const auto spelt = std::find_if(option.names.begin(), option.names.end(), [&](const std::string& name) {
      return name.size() > 2 && name.starts_with(current);
    });
    if (spelt != option.names.end()) completion.candidates.push_back({*spelt, option.help});
  }
}

void add_values(const ArgumentHelp& argument, const Typed& typed, const std::string& before,
                const std::string& current, Completion& completion) {
  const Completion known = known_values(argument, typed.values);
  completion.files = known.files;
  for (const Candidate& candidate : known.candidates) {
    if (begins_with(candidate.word, current))
      completion.candidates.push_back({before + candidate.word, candidate.help});
  }
}

/// `--formato=d`: the option, if it is being given its value so.
const ArgumentHelp* option_with_value(const Typed& typed, const std::string& current) {
  const std::size_t equals = current.find('=');
  if (!is_option(current) || typed.only_places || equals == current.npos) return nullptr;
  const ArgumentHelp* option = find_option(typed.options, current.substr(0, equals));
  return option && !option->value.empty() ? option : nullptr;
}

/// Whether nothing but the first word of a command of two was typed: `alertas`.
bool follows_first_word(const Words& before, const std::string& first) {
  return !before.empty() && before.back() == first;
}

}  // namespace

Completion complete(const std::vector<Command>& commands, const Words& words,
                    const Environment& environment) {
  const std::string current = words.empty() ? std::string() : words.back();
  const Words before(words.begin(), words.empty() ? words.end() : words.end() - 1);
  Typed typed;
  typed.line = take_apart(commands, before);
  take_words(typed, typed.line.words);
  const auto base = typed.values.given.find("--base");
  typed.values.base =
      base_path(base == typed.values.given.end() ? std::nullopt : std::optional<std::string>(base->second),
                environment);

  Completion completion;
  if (typed.awaited) {
    add_values(*typed.awaited, typed, "", current, completion);
  } else if (const ArgumentHelp* option = option_with_value(typed, current)) {
    const std::size_t value = current.find('=') + 1;
    add_values(*option, typed, current.substr(0, value), current.substr(value), completion);
  } else if (current.starts_with("-") && !typed.only_places) {
    add_options(typed, current, completion);
  } else if (typed.line.name.empty()) {
    add_commands(commands, current, completion);
  } else {
    if (follows_first_word(before, typed.line.name))
      add_second_words(commands, typed.line.name, current, completion);
    const ArgumentHelp* place = next_place(typed);
    if (place) add_values(*place, typed, "", current, completion);
    if (typed.line.command && !place && current.empty() && completion.candidates.empty())
      add_options(typed, current, completion);
  }
  return completion;
}

}  // namespace cauce::engine::cli
