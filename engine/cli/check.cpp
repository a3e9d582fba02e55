// cauce revisar: every diagnostic of a policy.
#include <ostream>

#include "dsl/places.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/text.hpp"
#include "engine/policy_files.hpp"
#include "rules/absent_values.hpp"
#include "rules/gap_entities.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  bool strict = false;
  DataOptions data;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.paths, "un archivo *.cauce, o la carpeta de la política");
  arguments.flag("--estricto", options.strict, "los avisos cuentan como errores");
  take_data_options(arguments, options.data, false);
}

std::string summary_of(std::size_t files, std::size_t errors, std::size_t warnings) {
  const std::string read = count_of(files, "archivo", "archivos") + ": ";
  if (errors == 0 && warnings == 0) return read + "sin errores ni avisos";
  return read + count_of(errors, "error", "errores") + ", " + count_of(warnings, "aviso", "avisos");
}

/// With data, warnings about gaps of tables say how many entities fall into them, and what no entity has in
/// a field is no value to ask for. False if the data has errors.
bool look_into_data(const Options& options, Session& session, workflows::Compiled& compiled) {
  if (!compiled.ok()) {
    say_note(session, "los datos no se miran mientras la política tenga errores");
    return true;
  }
  const rules::Ruleset& rules = *compiled.policy->rules;
  const auto data = load_data(session, rules, options.data);
  if (!data) return false;
  rules::count_entities_in_gaps(rules, data->territory, evaluation_date(session, rules.zone),
                                compiled.diagnostics);
  rules::warn_of_absent_values(rules, data->territory, compiled.diagnostics);
  dsl::sort_diagnostics(compiled.diagnostics);
  return true;
}

int run(const Options& options, Session& session) {
  const dsl::Sources sources = read_policy(options.paths);
  rules::CompileOptions compiling;
  if (session.globals.vigencia) compiling.vigencia = number_option(*session.globals.vigencia, "--vigencia");
  auto compiled = workflows::compile(sources, compiling);
  if (!options.data.data.empty() && !look_into_data(options, session, compiled)) return exit_unusable_data;
  const std::size_t errors = dsl::count(compiled.diagnostics, dsl::Severity::error);
  const std::size_t warnings = dsl::count(compiled.diagnostics, dsl::Severity::warning);
  if (session.globals.json) {
    session.out << dsl::to_json(compiled.diagnostics, sources) << "\n";
  } else {
    // Here the diagnostics are the result, not a remark on it.
    dsl::Places places(sources);
    for (const dsl::Diagnostic& diagnostic : dsl::shown(compiled.diagnostics)) {
      session.out << dsl::render(diagnostic, places, out_style(session).colour()) << "\n";
    }
    const std::size_t more = compiled.diagnostics.size() - dsl::shown(compiled.diagnostics).size();
    if (more > 0) session.out << "… y " << more << " más\n";
    session.out << summary_of(sources.size(), errors, warnings) << "\n";
  }
  return errors > 0 || (options.strict && warnings > 0) ? exit_refused : exit_done;
}

}  // namespace

Command check_command() {
  return {"revisar",
          "check",
          Group::policies,
          Access::files,
          "revisa una política y muestra todos sus errores y avisos",
          "$ cauce revisar politica/\n"
          "error E0201: no hay ningún parámetro «umbral»\n"
          " --> politica/focalizacion.cauce:12:22\n"
          "  …\n"
          "1 archivo: 1 error, 0 avisos\n"
          "$ cauce revisar politica/ --datos datos/    (además: qué valores no tiene nadie, y quién cae en "
          "cada vacío de una tabla)",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
