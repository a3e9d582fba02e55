#include "engine/cli/arguments.hpp"

#include <algorithm>
#include <functional>

#include <CLI/CLI.hpp>

#include "dsl/fold.hpp"

namespace cauce::engine::cli {

struct Arguments::Parser {
  CLI::App app;
  std::vector<std::pair<CLI::Option*, std::string>> required = {};  ///< with what they are called
  std::function<void()> rearrange = [] {};  ///< what stands at the place of something that may be left out
};

namespace {

std::string first_of(const std::string& names) {
  return names.substr(0, names.find(','));
}

/// `--si-versión,--si-version` in its parts.
std::vector<std::string> spellings(const std::string& names) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= names.size()) {
    const std::size_t end = std::min(names.find(',', begin), names.size());
    parts.push_back(names.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// What a shell makes several words of where it has no quotes; empty for other arguments.
std::string whole_in_quotes(const std::string& name, const CLI::Option& option,
                            const std::vector<std::string>& words) {
  if (name != "CONSULTA" && name != "EXPR") return {};
  std::string whole = option.results().front();
  for (const std::string& word : words)
    whole += " " + word;
  return "ponga " + name + " entre comillas: '" + whole + "'";
}

/// The words that CLI11 did not take, as a mistake in Spanish.
WrongUsage unexpected(const CLI::App& app, const std::vector<std::pair<CLI::Option*, std::string>>& required,
                      const std::vector<std::string>& words) {
  const std::string& word = words.front();
  if (!word.starts_with("-") || word.size() < 2) {
    const bool has_last = !required.empty() && !required.back().first->empty();
    return WrongUsage(
        "sobra «" + word + "»",
        has_last ? whole_in_quotes(required.back().second, *required.back().first, words) : std::string());
  }
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& known : option->get_lnames())
      names.push_back("--" + known);
  }
  const std::string_view nearest = dsl::nearest_name(name, {names.begin(), names.end()});
  return WrongUsage("no existe la opción «" + name + "»",
                    nearest.empty() ? std::string() : "¿quiso decir «" + std::string(nearest) + "»?");
}

WrongUsage lacks_value(const std::string& option) {
  return WrongUsage("a «" + option + "» le falta su valor");
}

/// CLI11 would take the next option for the value of one that has none.
void require_values(const CLI::App& app, const std::vector<std::string>& words) {
  const auto option_of = [&](const std::string& word) -> const CLI::Option* {
    return word.starts_with("--") ? app.get_option_no_throw(word.substr(0, word.find('='))) : nullptr;
  };
  for (std::size_t i = 0; i + 1 < words.size() && words[i] != "--"; ++i) {
    const CLI::Option* option = option_of(words[i]);
    const bool value_follows =
        option != nullptr && option->get_items_expected_max() > 0 && words[i].find('=') == std::string::npos;
    if (!value_follows) continue;
    if (option_of(words[i + 1]) != nullptr) throw lacks_value(words[i]);
    ++i;
  }
}

/// After `--datos a=x.csv` another `b=y.csv` is meant for that option, which takes one value a time.
void require_option_each_time(const std::vector<ArgumentHelp>& help, const std::vector<std::string>& words) {
  const auto is_pair = [](const std::string& word) {
    return !word.starts_with("-") && word.find('=') != std::string::npos;
  };
  for (std::size_t i = 0; i + 2 < words.size() && words[i] != "--"; ++i) {
    const bool takes_several = std::any_of(help.begin(), help.end(), [&](const ArgumentHelp& one) {
      return one.repeated && std::find(one.names.begin(), one.names.end(), words[i]) != one.names.end();
    });
    if (takes_several && is_pair(words[i + 1]) && is_pair(words[i + 2]))
      throw WrongUsage("antes de «" + words[i + 2] + "» falta «" + words[i] + "»",
                       "repita la opción con cada valor: " + words[i] + " " + words[i + 1] + " " + words[i] +
                           " " + words[i + 2]);
  }
}

/// The option that a message of CLI11 begins with: `--base: 1 required TEXT missing`.
std::string option_in(const std::string& message) {
  return message.substr(0, std::min(message.find(':'), message.find(' ')));
}

}  // namespace

std::string ArgumentHelp::shown() const {
  if (positional()) return value;
  return names.front() + (value.empty() ? "" : " " + value);
}

Arguments::Arguments() : parser_(std::make_unique<Parser>()) {
  parser_->app.set_help_flag();  // its help is English; ours is help.cpp
  parser_->app.allow_extras();   // told apart in Spanish by unexpected()
}
Arguments::~Arguments() = default;

void Arguments::required(const std::string& name, std::string& target, const std::string& help,
                         std::vector<std::string> choices) {
  parser_->required.emplace_back(parser_->app.add_option(name, target), name);
  help_.push_back({{}, name, help, true, false, std::move(choices)});
}

void Arguments::optional(const std::string& name, std::optional<std::string>& target,
                         const std::string& help) {
  parser_->app.add_option(name, target);
  help_.push_back({{}, name, help, false, false});
}

void Arguments::required(const std::string& name, std::vector<std::string>& target, const std::string& help) {
  parser_->required.emplace_back(parser_->app.add_option(name, target), name);
  help_.push_back({{}, name, help, true, true});
}

void Arguments::optional(const std::string& name, std::vector<std::string>& target, const std::string& help) {
  parser_->app.add_option(name, target);
  help_.push_back({{}, name, help, false, true});
}

void Arguments::optional_before(const std::string& name, std::optional<std::string>& target,
                                const std::string& help, const std::string& required_name,
                                std::string& required_target, const std::string& required_help) {
  optional(name, target, help);
  CLI::Option* second = parser_->app.add_option(required_name, required_target);
  help_.push_back({{}, required_name, required_help, true, false});
  parser_->rearrange = [&target, &required_target, second, required_name] {
    if (!second->empty()) return;
    if (!target) throw WrongUsage("falta «" + required_name + "»");
    required_target = *target;
    target.reset();
  };
}

void Arguments::flag(const std::string& names, bool& target, const std::string& help) {
  parser_->app.add_flag(names, target);
  help_.push_back({spellings(names), "", help, false, false});
}

void Arguments::option(const std::string& names, const std::string& value, std::optional<std::string>& target,
                       const std::string& help) {
  parser_->app.add_option(names, target);
  help_.push_back({spellings(names), value, help, false, false});
}

void Arguments::choice(const std::string& names, const std::string& value, std::optional<std::string>& target,
                       std::vector<std::string> choices, const std::string& help) {
  option(names, value, target, help);
  help_.back().choices = std::move(choices);
}

void Arguments::required_option(const std::string& names, const std::string& value, std::string& target,
                                const std::string& help) {
  parser_->required.emplace_back(parser_->app.add_option(names, target), first_of(names));
  help_.push_back({spellings(names), value, help, true, false});
}

void Arguments::option(const std::string& names, const std::string& value, std::vector<std::string>& target,
                       const std::string& help) {
  // One value a time: `--campo a=1 --campo b=2`, so that what follows is not swallowed.
  parser_->app.add_option(names, target)->allow_extra_args(false);
  help_.push_back({spellings(names), value, help, false, true});
}

void Arguments::required_option(const std::string& names, const std::string& value,
                                std::vector<std::string>& target, const std::string& help) {
  option(names, value, target, help);
  parser_->required.emplace_back(parser_->app.get_option(first_of(names)), first_of(names));
  help_.back().required = true;
}

void Arguments::read(const std::vector<std::string>& words) {
  require_values(parser_->app, words);
  require_option_each_time(help_, words);
  try {
    parser_->app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 reads from the back
  } catch (const CLI::ArgumentMismatch& mismatch) {
    const std::string option = option_in(mismatch.what());
    const bool has_no_value = std::string_view(mismatch.what()).find("missing") != std::string_view::npos;
    throw has_no_value ? lacks_value(option)
                       : WrongUsage("«" + option + "» se dio más veces de las que vale");
  } catch (const CLI::ParseError&) {
    throw WrongUsage("no se entienden los argumentos");
  }
  std::vector<std::string> extras = parser_->app.remaining();
  // CLI11 leaves there the `--` after which nothing is an option; a second one is an argument.
  if (const auto mark = std::find(extras.begin(), extras.end(), "--"); mark != extras.end())
    extras.erase(mark);
  if (!extras.empty()) throw unexpected(parser_->app, parser_->required, extras);
  for (const auto& [option, name] : parser_->required) {
    if (option->empty()) throw WrongUsage("falta «" + name + "»");
  }
  parser_->rearrange();
}

}  // namespace cauce::engine::cli
