// cauce personas: who holds which role, for which entity.
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string file;
  DataOptions dialect;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("CSV", options.file,
                     "persona,nombre,correo,rol,entidad,desde,hasta: reemplaza las que había");
  take_dialect_options(arguments, options.dialect);
}

int run(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const auto policy = system->policy(system->current_version());
  const ImportedPeople people =
      read_people(*policy->rules, system->world().territory(), options.file, dialect_of(options.dialect));
  if (!people.errors.empty()) {
    print_data_errors(session, people.errors);
    return exit_unusable_data;
  }
  const auto assignments = system->import_people(people.rows, actor);
  if (!assignments) return report_refusal(*system, assignments.refusal(), system->current_version(), session);
  if (session.globals.json) {
    print_json({{"assignments", assignments.value()}}, session);
  } else {
    session.out << count_of(assignments.value(), "asignación", "asignaciones") << "\n";
  }
  return exit_done;
}

}  // namespace

Command people_command() {
  return {"personas",
          "people",
          Group::system_setup,
          Access::writes,
          "carga quién tiene qué rol y dónde",
          "$ cauce personas personas.csv --como marta\n"
          "412 asignaciones",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
