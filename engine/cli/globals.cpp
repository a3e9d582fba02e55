#include "engine/cli/globals.hpp"

#include <algorithm>

#include "engine/cli/inputs.hpp"

namespace cauce::engine::cli {
namespace {

/// One global option with a value.
struct Global {
  const char* name;
  const char* value;
  const char* help;
  std::optional<std::string> Globals::*target;
  std::vector<Access> goes_with;
};

const std::vector<Global>& globals_with_value() {
  using enum Access;
  static const std::vector<Global> table = {
      {"--base",
       "ARCHIVO",
       "la base de datos (si no, CAUCE_BASE o cauce.db)",
       &Globals::base,
       {reads, lists, writes, runs}},
      {"--fecha", "AAAA-MM-DD", "la fecha con la que se evalúa (si no, hoy)", &Globals::date, {files, reads}},
      {"--a-fecha", "AAAA-MM-DD", "como constaba al final de ese día", &Globals::recorded_by, {reads}},
      {"--ocurrido-a",
       "AAAA-MM-DD",
       "lo que había ocurrido ese día, según se sabe hoy",
       &Globals::occurred_by,
       {reads}},
      {"--vigencia", "AÑO", "otra vigencia que la que dice la política", &Globals::vigencia, {files}},
      {"--como", "PERSONA", "quién actúa", &Globals::acting, {writes}},
      {"--ahora",
       "INSTANTE",
       "la hora de esta orden; solo en una base de ensayo",
       &Globals::now,
       {reads, lists, writes, runs}},
  };
  return table;
}

ArgumentHelp help_of(const Global& global) {
  return {{global.name}, global.value, global.help, false, false};
}

}  // namespace

void take_globals(Arguments& arguments, Globals& globals) {
  for (const Global& global : globals_with_value())
    arguments.option(global.name, global.value, globals.*global.target, global.help);
  arguments.flag("--json", globals.json, "");
}

std::vector<ArgumentHelp> global_help(Access access) {
  std::vector<ArgumentHelp> help;
  for (const Global& global : globals_with_value()) {
    if (std::find(global.goes_with.begin(), global.goes_with.end(), access) != global.goes_with.end())
      help.push_back(help_of(global));
  }
  // Before what only a few need, and after where the database is.
  const auto place = help.begin() + (access == Access::nothing || access == Access::files ? 0 : 1);
  help.insert(place,
              ArgumentHelp{{"--json"}, "", "el resultado en JSON, para otros programas", false, false});
  help.push_back({{"--help", "-h", "--ayuda"}, "", "esta ayuda", false, false});
  return help;
}

bool is_global_with_value(const std::string& word) {
  const auto& table = globals_with_value();
  return std::any_of(table.begin(), table.end(), [&](const Global& global) { return word == global.name; });
}

void check_globals(const Command& command, const Globals& globals) {
  const auto refuse = [&](bool given, const std::string& option, const std::string& why) {
    if (given) throw WrongUsage("«" + option + "» no va con «" + command.name + "»: " + why);
  };
  if (globals.date) date_option(*globals.date, "--fecha");  // also where what is asked depends on no date
  if (command.access == Access::nothing) {
    for (const Global& global : globals_with_value()) {
      // `--base` is taken everywhere: who works on one base gives it always.
      if (global.target != &Globals::base)
        refuse((globals.*global.target).has_value(), global.name, "no lee ninguna política ni base de datos");
    }
    return;
  }
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

}  // namespace cauce::engine::cli
