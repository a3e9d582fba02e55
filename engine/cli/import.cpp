// cauce importar: the data of the territory.
#include "engine/import.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/data_output.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

void take(Arguments& arguments, DataOptions& options) {
  take_data_options(arguments, options, true);
}

int run(const DataOptions& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const auto policy = system->policy(system->current_version());
  const auto data = load_data(session, *policy->rules, options);
  if (!data) return exit_unusable_data;
  const auto changed = system->import_entities(data->territory, actor);
  if (!changed) return report_refusal(*system, changed.refusal(), system->current_version(), session);
  if (session.globals.json) {
    print_json({{"changed", changed.value()}, {"data", data_json(data->summaries)}}, session);
  } else {
    session.out << count_of(changed.value(), "entidad nueva o cambiada", "entidades nuevas o cambiadas")
                << "\n\n";
    print_missing(data->summaries, session);
  }
  return exit_done;
}

}  // namespace

Command import_command() {
  return {"importar",
          "import",
          Group::system_setup,
          Access::writes,
          "carga los datos del territorio; todo o nada",
          "$ cauce importar --datos datos/ --como marta\n"
          "14 entidades nuevas o cambiadas\n"
          "\n"
          "Entidad    Campo  Sin dato    De      %\n"
          "municipio  mdm          21  1122  1.8 %",
          with_options<DataOptions>(take, run)};
}

}  // namespace cauce::engine::cli
