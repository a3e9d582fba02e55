// What can be asked over HTTP: one table, from which requests are dispatched and the OpenAPI document is
// made. Nearly every route is a command of the command line; what it takes is what the command declares.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cli/command.hpp"
#include "rules/ruleset.hpp"

namespace cauce::engine {

/// What one must hold to be answered at all. What a command shows is further kept to one's own territory, and
/// what it changes to one's roles.
enum class Needs : std::uint8_t {
  nothing,    ///< not even to be known
  account,    ///< to be known
  system,     ///< a right over the system, whichever
  own_right,  ///< the one that the route names
};

/// What stands in the place of files that the command line reads.
enum class Upload : std::uint8_t {
  none,
  table,   ///< the body is CSV, given to one argument
  policy,  ///< `archivos`: the texts of a policy by name
  data,    ///< `datos`: CSV by kind of entity
};

/// What answers, where no command does.
enum class AnsweredBy : std::uint8_t { command, log_in, log_out, who_am_i, own_password, changes, document };

struct Route {
  std::string_view method;
  std::string_view path;  ///< below /api/v1; `{clase}/{entidad}/{vigencia}` are a plan
  std::string_view command = {};
  Needs needs = Needs::account;
  std::string_view schema = {};   ///< of the answer, in docs/schema
  std::string_view summary = {};  ///< empty: the command's
  Upload upload = Upload::none;
  std::string_view upload_argument = {};       ///< `--archivo`, `CSV`
  std::vector<std::string> fixed = {};         ///< words that it always gives the command
  std::vector<std::string_view> without = {};  ///< what the command takes and this does not
  std::optional<rules::Right> right = {};
  bool tells_anyway = false;  ///< a refusal is itself the answer: what an audit found
  AnsweredBy answer = AnsweredBy::command;
};

inline constexpr std::string_view api_root = "/api/v1";

const std::vector<Route>& all_routes();
/// The command of a route; none where something else answers.
const cli::Command* command_of(const Route& route);
std::string_view summary_of(const Route& route);
bool is_write(const Route& route);
/// Whether it changes one plan, which has a version: then `If-Match` must come with it.
bool changes_a_plan(const Route& route);
bool is_about_a_plan(const Route& route);

/// Whether it answers a list, or rows, of which a part can be asked for (page.hpp).
bool is_paged(const Route& route);

/// `/api/v1/planes/{clase}/…` in its segments, from the first below the root.
std::vector<std::string> segments_of(std::string_view path);
struct Match {
  const Route* route = nullptr;               ///< none: there is no such address, or not with that method
  std::map<std::string, std::string> places;  ///< what stands in `{…}`
  std::vector<std::string> methods;           ///< that the address knows
};
/// The route of a method and a raw target, without its query.
Match find_route(std::string_view method, std::string_view path);

/// `%C3%B3` as it is meant; nothing if it is badly written, no UTF-8, or a control character.
std::optional<std::string> decoded(std::string_view text, bool plus_is_space);
/// The other way round: `%C3%B3` for all but letters of ASCII, digits and `-._~`.
std::string encoded(std::string_view text);

/// One thing that a route takes, as its command declares it.
struct Parameter {
  std::string name;    ///< as in JSON and in an address: `si_version`
  std::string option;  ///< `--motivo`; empty: by place
  std::string help;
  bool in_path = false;
  bool required = false;
  bool repeated = false;
  bool flag = false;
  bool names_file = false;  ///< of this machine: never offered
  bool pairs = false;       ///< an object of names and values: `--campo c=v`
};
/// In the order in which the command takes them. Those that name files of this machine are none.
std::vector<Parameter> parameters_of(const Route& route);

}  // namespace cauce::engine
