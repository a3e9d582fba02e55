// cauce revisar: every diagnostic of a policy.
#include <ostream>

#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/text.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  bool strict = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.paths, "un archivo *.cauce, o la carpeta de la política");
  arguments.flag("--estricto", options.strict, "los avisos cuentan como errores");
}

std::string summary_of(std::size_t files, std::size_t errors, std::size_t warnings) {
  const std::string read = count_of(files, "archivo", "archivos") + ": ";
  if (errors == 0 && warnings == 0) return read + "sin errores ni avisos";
  return read + count_of(errors, "error", "errores") + ", " + count_of(warnings, "aviso", "avisos");
}

int run(const Options& options, Session& session) {
  const dsl::Sources sources = read_policy(options.paths);
  rules::CompileOptions compiling;
  if (session.globals.vigencia) compiling.vigencia = number_option(*session.globals.vigencia, "--vigencia");
  const auto compiled = workflows::compile(sources, compiling);
  const std::size_t errors = dsl::count(compiled.diagnostics, dsl::Severity::error);
  const std::size_t warnings = dsl::count(compiled.diagnostics, dsl::Severity::warning);
  if (session.globals.json) {
    session.out << dsl::to_json(compiled.diagnostics, sources) << "\n";
  } else {
    // Here the diagnostics are the result, not a remark on it.
    for (const dsl::Diagnostic& diagnostic : dsl::shown(compiled.diagnostics)) {
      session.out << dsl::render(diagnostic, sources, out_style(session).colour()) << "\n";
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
          "1 archivo: 1 error, 0 avisos",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
