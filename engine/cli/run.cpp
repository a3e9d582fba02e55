#include "engine/cli/run.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "engine/cli/command_line.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/globals.hpp"
#include "engine/cli/help.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/terminal_stream.hpp"
#include "engine/cli/text.hpp"
#include "engine/cli/version_output.hpp"
#include "engine/event_json.hpp"
#include "engine/policy_files.hpp"
#include "engine/system.hpp"
#include "engine/system_error.hpp"

namespace cauce::engine::cli {
namespace {

const Words help_words = {"--help", "-h", "--ayuda"};

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
  if (has_word(line.words, help_words)) {
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
  const CommandLine line = take_apart(all_commands(), words);
  session.globals.json = has_word(line.words, {"--json"});
  if (line.name.empty() && has_word(line.words, {"--versión", "--version"})) {
    print_version(session);
    return exit_done;
  }
  if (line.name.empty() && has_word(line.words, help_words)) {
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
