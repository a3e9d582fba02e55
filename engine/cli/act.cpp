// cauce hacer: takes an action of the plan's stage.
#include "engine/cli/commands.hpp"
#include "engine/cli/plan_command.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  std::string action;
  std::optional<std::string> motive;
  std::optional<std::string> judgement;
};

void take(Arguments& arguments, Options& options) {
  take_plan(arguments, options.plan);
  arguments.required("ACCIÓN", options.action,
                     "una acción de la etapa en que está: enviar, aprobar, terminar…");
  arguments.option("--motivo", "TEXTO", options.motive, "por qué, si la acción lo pide");
  arguments.option("--valoración,--valoracion", "TEXTO", options.judgement,
                   "el juicio cualitativo, si la acción lo pide");
  take_if_version(arguments, options.plan);
}

int run(const Options& options, Session& session) {
  if (options.motive && options.judgement) throw WrongUsage("van «--motivo» o «--valoración», no los dos");
  const std::string text = options.motive.value_or(options.judgement.value_or(""));
  return run_on_plan(options.plan, workflows::Act{options.action, text}, session);
}

}  // namespace

Command act_command() {
  return {"hacer",
          "act",
          Group::plans,
          Access::writes,
          "ejecuta una acción de la etapa del plan",
          "$ cauce hacer PAT/05002/2024 devolver --motivo 'Precisar los servicios' --como luis\n"
          "PAT/05002/2024\n"
          "  ejecutó «devolver»: de «revisión» a «borrador»; motivo «Precisar los servicios»",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
