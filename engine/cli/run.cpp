#include "engine/cli/run.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/help.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/terminal_stream.hpp"
#include "engine/cli/text.hpp"
#include "engine/event_json.hpp"
#include "engine/policy_files.hpp"
#include "engine/system.hpp"
#include "engine/system_error.hpp"

namespace cauce::engine::cli {
namespace {

using Words = std::vector<std::string>;

bool is_option(const std::string& word) {
  return word.size() > 1 && word.front() == '-';
}

bool is_help(const std::string& word) {
  return word == "--help" || word == "-h" || word == "--ayuda";
}

/// Whether the words up to `--` ask for help.
bool asks_for_help(const Words& words) {
  return std::any_of(words.begin(), std::find(words.begin(), words.end(), "--"), is_help);
}

/// The global options that may stand before the command and take a value.
bool takes_value(const std::string& word) {
  static const Words with_value = {"--base",     "--fecha", "--a-fecha", "--ocurrido-a",
                                   "--vigencia", "--como",  "--ahora"};
  return std::find(with_value.begin(), with_value.end(), word) != with_value.end();
}

/// A command line in its parts: `planes crear` is one name of two words.
struct CommandLine {
  const Command* command = nullptr;
  std::string name = {};  ///< as it was typed, if there is no such command
  Words words = {};       ///< the rest, global options included
};

const Command* find_command(const std::string& name) {
  for (const Command& command : all_commands()) {
    if (dsl::same_name(command.name, name) || dsl::same_name(command.alias, name)) return &command;
  }
  return nullptr;
}

CommandLine take_apart(const Words& arguments) {
  CommandLine line;
  std::size_t next = 0;
  while (next < arguments.size() && is_option(arguments[next])) {
    const bool two = takes_value(arguments[next]) && next + 1 < arguments.size();
    line.words.insert(line.words.end(), arguments.begin() + static_cast<long>(next),
                      arguments.begin() + static_cast<long>(next + (two ? 2 : 1)));
    next += two ? 2 : 1;
  }
  if (next == arguments.size()) return line;
  line.name = arguments[next++];
  if (next < arguments.size() && !is_option(arguments[next])) {
    line.command = find_command(line.name + " " + arguments[next]);
    if (line.command) ++next;
  }
  if (!line.command) line.command = find_command(line.name);
  line.words.insert(line.words.end(), arguments.begin() + static_cast<long>(next), arguments.end());
  return line;
}

void take_globals(Arguments& arguments, Globals& globals) {
  arguments.option("--base", "ARCHIVO", globals.base, "");
  arguments.flag("--json", globals.json, "");
  arguments.option("--fecha", "FECHA", globals.date, "");
  arguments.option("--a-fecha", "FECHA", globals.recorded_by, "");
  arguments.option("--ocurrido-a", "FECHA", globals.occurred_by, "");
  arguments.option("--vigencia", "AÑO", globals.vigencia, "");
  arguments.option("--como", "PERSONA", globals.acting, "");
  arguments.option("--ahora", "INSTANTE", globals.now, "");
}

/// WrongUsage where a global option does not go with what the command touches.
void check_globals(const Command& command, const Globals& globals) {
  const auto refuse = [&](bool given, const std::string& option, const std::string& why) {
    if (given) throw WrongUsage("«" + option + "» no va con «" + command.name + "»: " + why);
  };
  if (command.access == Access::writes || command.access == Access::runs) {
    refuse(globals.date.has_value(), "--fecha", "lo que cambia la base queda con la hora de ahora");
  }
  if (command.access == Access::reads && (globals.recorded_by || globals.occurred_by)) {
    refuse(globals.date.has_value(), "--fecha",
           globals.recorded_by ? "«--a-fecha» ya dice el día" : "«--ocurrido-a» ya dice el día");
  }
  if (command.access == Access::lists) {
    refuse(globals.date.has_value(), "--fecha", "muestra lo registrado, que no depende de una fecha");
  }
  if (command.access != Access::reads) {
    const std::string why = "solo va con lo que pregunta cómo están los planes";
    refuse(globals.recorded_by.has_value(), "--a-fecha", why);
    refuse(globals.occurred_by.has_value(), "--ocurrido-a", why);
  }
  if (command.access != Access::writes) {
    refuse(globals.acting.has_value(), "--como", "nadie actúa en ella");
  }
  if (command.access != Access::files) {
    refuse(globals.vigencia.has_value(), "--vigencia", "la vigencia es la de la política publicada");
  } else {
    refuse(globals.now.has_value(), "--ahora",
           "no usa base de datos; para evaluar en otra fecha está «--fecha»");
  }
}

/// What went wrong, to machines too where they ask.
void report_error(Session& session, std::string_view message, std::string_view help = {}) {
  if (session.globals.json) print_json({{"error", error_json(message, help)}}, session);
  say_error(session, message, help);
}

int unknown_command(const std::string& name, Session& session) {
  std::vector<std::string> names;
  for (const Command& command : all_commands()) {
    names.push_back(command.name);
    names.push_back(command.alias);
  }
  const std::string help = did_you_mean(name, names);
  report_error(session, "no existe la orden " + quote(name),
               help.empty() ? "«cauce --help» muestra todas" : help);
  return exit_wrong_usage;
}

int run_command(const CommandLine& line, Session& session) {
  Arguments arguments;
  const auto action = line.command->declare(arguments);
  if (asks_for_help(line.words)) {
    print_help(*line.command, arguments, session);
    return exit_done;
  }
  take_globals(arguments, session.globals);
  arguments.read(line.words);
  check_globals(*line.command, session.globals);
  session.access = line.command->access;
  return action(session);
}

int dispatch(const Words& words, Session& session) {
  const CommandLine line = take_apart(words);
  session.globals.json = std::find(line.words.begin(), line.words.end(), "--json") != line.words.end();
  const bool wants_version =
      std::find(line.words.begin(), line.words.end(), "--version") != line.words.end() ||
      std::find(line.words.begin(), line.words.end(), "--versión") != line.words.end();
  if (line.name.empty() && wants_version) {
    session.out << "cauce " << CAUCE_VERSION << "\n";
    return exit_done;
  }
  if (line.name.empty() && asks_for_help(line.words)) {
    print_overview(all_commands(), session);
    return exit_done;
  }
  if (line.name.empty()) throw WrongUsage("falta la orden", "«cauce --help» las muestra todas");
  if (!line.command) return unknown_command(line.name, session);
  try {
    return run_command(line, session);
  } catch (const WrongUsage& usage) {
    throw WrongUsage(usage.what(), usage.help().empty()
                                       ? "«cauce " + line.command->name + " --help» dice cómo se usa"
                                       : usage.help());
  }
}

/// Runs `action`; what it throws is told, and becomes the exit code.
int told_of_errors(Session& session, const std::function<int()>& action) {
  try {
    return action();
  } catch (const WrongUsage& usage) {
    report_error(session, usage.what(), usage.help());
    return exit_wrong_usage;
  } catch (const FileUnusable& unusable) {
    report_error(session, unusable.what());
    return exit_unusable_data;
  } catch (const DatabaseUnusable& unusable) {
    report_error(session, unusable.what());
    return exit_unusable_database;
  } catch (const std::filesystem::filesystem_error& unusable) {
    report_error(session, "no se puede usar «" + unusable.path1().string() +
                              "»: " + spanish_reason(unusable.code().value()));
    return exit_unusable_data;
  } catch (const std::bad_alloc&) {
    report_error(session, "no alcanza la memoria de esta máquina",
                 "divida el trabajo, o cierre otros programas");
    return exit_unusable_data;
  } catch (const JournalUnreadable& unreadable) {
    report_error(session, unreadable.what(), "«cauce auditar» dice si alguien tocó el diario");
    return exit_unusable_database;
  } catch (const std::exception& fault) {
    report_error(session, std::string("falla del programa: ") + fault.what(),
                 "no es culpa suya; nada quedó a medias. Repórtelo con la orden que escribió");
    return exit_our_fault;
  }
}

}  // namespace

Environment process_environment() {
  Environment environment;
  environment.variable = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (!value) return std::nullopt;
    return std::string(value);
  };
  environment.clock = std::make_shared<SystemClock>();
  environment.in = &std::cin;
  environment.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  environment.err_is_terminal = isatty(STDERR_FILENO) == 1;
  winsize size{};
  if (environment.out_is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
    environment.width = size.ws_col;
  return environment;
}

int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err,
        const Environment& environment) {
  std::optional<TerminalStream> terminal_out;
  std::optional<TerminalStream> terminal_err;
  if (environment.out_is_terminal) terminal_out.emplace(out);
  if (environment.err_is_terminal) terminal_err.emplace(err);
  Session session{terminal_out ? *terminal_out : out, terminal_err ? *terminal_err : err, environment};
  return told_of_errors(session, [&] { return dispatch(arguments, session); });
}

int run(const Command& command, const std::vector<std::string>& words, std::ostream& out, std::ostream& err,
        const Environment& environment) {
  Session session{out, err, environment};
  session.globals.json = std::find(words.begin(), words.end(), "--json") != words.end();
  return told_of_errors(session, [&] { return run_command({&command, command.name, words}, session); });
}

}  // namespace cauce::engine::cli
