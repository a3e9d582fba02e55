// cauce completar: writes a component of a plan, or many from a CSV file.
#include "engine/cli/batch.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/plan_command.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  std::optional<std::string> plan_name;
  std::optional<std::string> component;
  std::vector<std::string> fields;
  BatchOptions batch;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("PLAN", options.plan_name, "el plan: PAT/05001/2024");
  arguments.optional("COMPONENTE", options.component, "el componente, por su nombre");
  arguments.option("--campo", "C=V", options.fields,
                   "un campo y su valor, una vez por campo; de un componente sin campos: texto=…");
  take_batch(arguments, options.batch, "plan, componente, y una por campo");
  take_if_version(arguments, options.plan);
}

BatchShape file_of_components() {
  return {{"componente"},
          {},
          [](BatchRow& row) {
            return workflows::CompleteComponent{row.text("componente"), row.fields()};
          },
          "Completando componentes",
          "componente completado",
          "componentes completados"};
}

int run(const Options& options, Session& session) {
  if (options.batch.file) {
    refuse_beside_file(options.plan_name || !options.fields.empty() || options.plan.if_version);
    return run_batch(options.batch, file_of_components(), session);
  }
  refuse_without_file(options.batch);
  PlanOptions plan = options.plan;
  plan.plan = given(options.plan_name, "PLAN");
  const std::string& component = given(options.component, "COMPONENTE");
  if (options.fields.empty()) throw WrongUsage("falta «--campo C=V»");
  return run_on_plan(plan, workflows::CompleteComponent{component, field_inputs(options.fields)}, session);
}

}  // namespace

Command complete_command() {
  return {"completar",
          "complete",
          Group::plans,
          Access::writes,
          "escribe un componente del plan, o muchos desde un archivo",
          "$ cauce completar PAT/05002/2024 objetivos --campo 'texto=Fortalecer el banco de proyectos' "
          "--como ana\n"
          "PAT/05002/2024\n"
          "  completó el componente «Objetivos y resultados esperados»",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
