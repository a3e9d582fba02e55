// cauce autocompletado: the script for a shell; with words, what may follow them, for that script.
#include <algorithm>
#include <ostream>

#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/completion.hpp"
#include "engine/cli/shell_scripts.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string shell;
  std::vector<std::string> words;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("INTÉRPRETE", options.shell, "cuál completa: bash, zsh o fish", {"bash", "zsh", "fish"});
  arguments.optional("PALABRA", options.words,
                     "lo escrito después de «cauce», con «--» antes: responde qué puede seguir, como lo "
                     "pide el propio guion");
}

std::string_view script_for(const std::string& shell) {
  const std::string name = dsl::fold(shell);
  if (name == "bash") return bash_script;
  if (name == "zsh") return zsh_script;
  if (name == "fish") return fish_script;
  throw WrongUsage("no se conoce el intérprete " + quote(shell), "se conocen bash, zsh y fish");
}

std::string_view word_of(Files files) {
  switch (files) {
    case Files::none:
      return "ninguno";
    case Files::any:
      return "todos";
    case Files::folders:
      return "carpetas";
    case Files::csv:
      return "csv";
    case Files::policies:
      return "politicas";
  }
  return "";
}

/// What would break a line, or command a terminal.
bool is_control(char c) {
  return (c >= 0 && c < ' ') || c == '\x7F';
}

/// Which files, and a line for each word: `WORD<tab>HELP`.
void print_completion(const Completion& completion, Session& session) {
  session.out << word_of(completion.files) << "\n";
  for (const Candidate& candidate : completion.candidates) {
    if (std::any_of(candidate.word.begin(), candidate.word.end(), is_control)) continue;
    std::string help = candidate.help;
    std::replace_if(help.begin(), help.end(), is_control, ' ');
    session.out << candidate.word << (help.empty() ? "" : "\t" + help) << "\n";
  }
}

int run(const Options& options, Session& session) {
  const std::string_view script = script_for(options.shell);
  if (options.words.empty()) {
    session.out << script;
  } else {
    print_completion(complete(all_commands(), options.words, session.environment), session);
  }
  return exit_done;
}

}  // namespace

Command completion_command() {
  return {"autocompletado",
          "completion",
          Group::help,
          Access::nothing,
          "el guion con que bash, zsh o fish completan lo que se escribe",
          "$ cauce autocompletado bash > ~/.local/share/bash-completion/completions/cauce\n"
          "$ cauce foc⇥\n"
          "$ cauce focalizar",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
