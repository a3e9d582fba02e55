// What a command is, and what it works with.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cli/arguments.hpp"
#include "engine/cli/build.hpp"
#include "engine/clock.hpp"

namespace cauce::engine::cli {

/// Exit codes (cli.md).
enum ExitCode : int {
  exit_done = 0,
  exit_refused = 1,  ///< the policy, a test or an audit has errors, or a command was refused
  exit_wrong_usage = 2,
  exit_unusable_data = 3,      ///< data or files cannot be read or written
  exit_unusable_database = 4,  ///< busy, newer or damaged
  exit_our_fault = 70
};

struct Caller;

/// What surrounds the program. Tests bring their own.
struct Environment {
  std::function<std::optional<std::string>(const std::string&)> variable;
  std::shared_ptr<const Clock> clock;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t width = 0;  ///< of the terminal, in columns; 0: no limit
  std::istream* in = nullptr;
  const Caller* caller = nullptr;  ///< none: whoever sits at this machine, who sees everything
  Build build = {};
};
/// That of this process.
Environment process_environment();

/// What can be given to every command.
struct Globals {
  std::optional<std::string> base = {};
  bool json = false;
  std::optional<std::string> date = {};
  std::optional<std::string> recorded_by = {};  ///< `--a-fecha`
  std::optional<std::string> occurred_by = {};  ///< `--ocurrido-a`
  std::optional<std::string> vigencia = {};
  std::optional<std::string> acting = {};  ///< `--como`
  std::optional<std::string> now = {};     ///< `--ahora`
};

/// What a command touches, which says which of the global options it takes.
enum class Access {
  nothing,  ///< what it knows by itself
  files,    ///< no database
  reads,    ///< a database, on a date
  lists,    ///< what a database has recorded, whatever the date
  writes,   ///< changes it, for the person of `--como`
  runs      ///< changes it of its own accord (the daemon)
};

/// One run of one command.
struct Session {
  std::ostream& out;
  std::ostream& err;
  const Environment& environment;
  Globals globals = {};
  Access access = Access::files;  ///< of the command that runs
};

enum class Group { policies, system_setup, plans, asking, alerts, help };
inline constexpr Group all_groups[] = {Group::policies, Group::system_setup, Group::plans,
                                       Group::asking,   Group::alerts,       Group::help};
std::string_view title_of(Group group);

struct Command {
  std::string name;   ///< `revisar`, `planes crear`
  std::string alias;  ///< English: `check`
  Group group = Group::policies;
  Access access = Access::files;
  std::string summary;  ///< one line, no final stop
  std::string example;  ///< worked: what is typed and what comes of it
  /// Declares what it takes and gives what runs it.
  std::function<std::function<int(Session&)>(Arguments&)> declare;
};

/// A command whose options are one struct: `take` declares them, `run` works with them.
template <typename Options>
auto with_options(void (*take)(Arguments&, Options&), int (*run)(const Options&, Session&)) {
  return [take, run](Arguments& arguments) -> std::function<int(Session&)> {
    auto options = std::make_shared<Options>();
    take(arguments, *options);
    return [options, run](Session& session) { return run(*options, session); };
  };
}

}  // namespace cauce::engine::cli
