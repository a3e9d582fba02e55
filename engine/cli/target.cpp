// cauce focalizar: the selection, its summary by group, and what stands por verificar.
#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/data_output.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/selection_csv.hpp"
#include "engine/cli/selection_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string path;
  std::optional<std::string> name;
  DataOptions data;
  std::optional<std::string> csv;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
  arguments.optional("NOMBRE", options.name, "la focalización, si la política tiene varias");
  take_data_options(arguments, options.data, true);
  arguments.option("--csv", "ARCHIVO", options.csv,
                   "escribe ahí el resultado de cada entidad («-»: aquí mismo)");
}

void write_csv(const std::string& path, const SelectionView& view,
               const rules::ColumnarSelection& selection) {
  FileWriter file(path);
  write_selection_csv(view, selection, [&](std::string_view piece) { file.append(piece); });
  file.put_in_place();
}

int run(const Options& options, Session& session) {
  const auto loaded = load_policy(session, {options.path});
  if (!loaded) return exit_refused;
  const rules::Ruleset& rules = loaded->rules();
  const rules::Targeting& targeting = targeting_option(rules, options.name);
  const auto data = load_data(session, rules, options.data);
  if (!data) return exit_unusable_data;

  const rules::Date as_of = evaluation_date(session, rules.zone);
  const rules::ColumnarSelection selection(targeting, rules, data->territory, as_of);
  const SelectionView view{targeting, rules, data->territory, selection, as_of, loaded->sources};
  if (options.csv && *options.csv == "-") {
    write_selection_csv(view, selection, [&](std::string_view piece) { session.out << piece; });
  } else {
    if (options.csv) write_csv(*options.csv, view, selection);
    if (session.globals.json) {
      Json json = selection_json(view);
      json["data"] = data_json(data->summaries);
      print_json(json, session);
    } else {
      print_selection(view, session, options.csv.has_value());
    }
  }
  const bool failed = std::any_of(view.notes.begin(), view.notes.end(),
                                  [](const rules::SelectionNote& note) { return note.error; });
  return failed ? exit_refused : exit_done;
}

}  // namespace

Command target_command() {
  return {"focalizar",
          "target",
          Group::policies,
          Access::files,
          "aplica una focalización a los datos: quién entra, quién espera y qué falta por verificar",
          "$ cauce focalizar politica/ municipios --datos datos/ --csv seleccion.csv\n"
          "Municipios con asistencia técnica directa, al 2024-03-01\n"
          "  seleccionados   400\n"
          "  en espera       228\n"
          "  …",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
