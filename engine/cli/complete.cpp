// cauce completar: writes a component of a plan.
#include "engine/cli/commands.hpp"
#include "engine/cli/plan_command.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  std::string component;
  std::vector<std::string> fields;
};

void take(Arguments& arguments, Options& options) {
  take_plan(arguments, options.plan);
  arguments.required("COMPONENTE", options.component, "el componente, por su nombre");
  arguments.required_option("--campo", "C=V", options.fields,
                            "un campo y su valor, una vez por campo; de un componente sin campos: texto=…");
  take_if_version(arguments, options.plan);
}

int run(const Options& options, Session& session) {
  return run_on_plan(options.plan,
                     workflows::CompleteComponent{options.component, field_inputs(options.fields)}, session);
}

}  // namespace

Command complete_command() {
  return {"completar",
          "complete",
          Group::plans,
          Access::writes,
          "escribe un componente del plan",
          "$ cauce completar PAT/05002/2024 objetivos --campo 'texto=Fortalecer el banco de proyectos' "
          "--como ana\n"
          "PAT/05002/2024\n"
          "  completó el componente «Objetivos y resultados esperados»",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
