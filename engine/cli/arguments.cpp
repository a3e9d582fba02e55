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

/// The words that CLI11 did not take, as a mistake in Spanish.
WrongUsage unexpected(const CLI::App& app, const std::vector<std::string>& words) {
  const std::string& word = words.front();
  if (!word.starts_with("-") || word.size() < 2) return WrongUsage("sobra «" + word + "»");
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

/// The option that a message of CLI11 begins with: `--base: 1 required TEXT missing`.
std::string option_in(const std::string& message) {
  return message.substr(0, std::min(message.find(':'), message.find(' ')));
}

}  // namespace

Arguments::Arguments() : parser_(std::make_unique<Parser>()) {
  parser_->app.set_help_flag();  // its help is English; ours is help.cpp
  parser_->app.allow_extras();   // told apart in Spanish by unexpected()
}
Arguments::~Arguments() = default;

void Arguments::required(const std::string& name, std::string& target, const std::string& help) {
  parser_->required.emplace_back(parser_->app.add_option(name, target), name);
  help_.push_back({name, help, true, true, false});
}

void Arguments::optional(const std::string& name, std::optional<std::string>& target,
                         const std::string& help) {
  parser_->app.add_option(name, target);
  help_.push_back({name, help, true, false, false});
}

void Arguments::required(const std::string& name, std::vector<std::string>& target, const std::string& help) {
  parser_->required.emplace_back(parser_->app.add_option(name, target), name);
  help_.push_back({name, help, true, true, true});
}

void Arguments::optional_before(const std::string& name, std::optional<std::string>& target,
                                const std::string& help, const std::string& required_name,
                                std::string& required_target, const std::string& required_help) {
  optional(name, target, help);
  CLI::Option* second = parser_->app.add_option(required_name, required_target);
  help_.push_back({required_name, required_help, true, true, false});
  parser_->rearrange = [&target, &required_target, second, required_name] {
    if (!second->empty()) return;
    if (!target) throw WrongUsage("falta «" + required_name + "»");
    required_target = *target;
    target.reset();
  };
}

void Arguments::flag(const std::string& names, bool& target, const std::string& help) {
  parser_->app.add_flag(names, target);
  help_.push_back({first_of(names), help, false, false, false});
}

void Arguments::option(const std::string& names, const std::string& value, std::optional<std::string>& target,
                       const std::string& help) {
  parser_->app.add_option(names, target);
  help_.push_back({first_of(names) + " " + value, help, false, false, false});
}

void Arguments::required_option(const std::string& names, const std::string& value, std::string& target,
                                const std::string& help) {
  parser_->required.emplace_back(parser_->app.add_option(names, target), first_of(names));
  help_.push_back({first_of(names) + " " + value, help, false, true, false});
}

void Arguments::option(const std::string& names, const std::string& value, std::vector<std::string>& target,
                       const std::string& help) {
  // One value a time: `--campo a=1 --campo b=2`, so that what follows is not swallowed.
  parser_->app.add_option(names, target)->allow_extra_args(false);
  help_.push_back({first_of(names) + " " + value, help, false, false, true});
}

void Arguments::required_option(const std::string& names, const std::string& value,
                                std::vector<std::string>& target, const std::string& help) {
  option(names, value, target, help);
  parser_->required.emplace_back(parser_->app.get_option(first_of(names)), first_of(names));
  help_.back().required = true;
}

void Arguments::read(const std::vector<std::string>& words) {
  require_values(parser_->app, words);
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
  if (parser_->app.remaining_size() > 0) {  // which does not count `--`, and the list holds it
    std::vector<std::string> extras = parser_->app.remaining();
    if (const auto mark = std::find(extras.begin(), extras.end(), "--"); mark != extras.end())
      extras.erase(mark);
    throw unexpected(parser_->app, extras);
  }
  for (const auto& [option, name] : parser_->required) {
    if (option->empty()) throw WrongUsage("falta «" + name + "»");
  }
  parser_->rearrange();
}

}  // namespace cauce::engine::cli
