// cauce cumplir: records that a milestone was reached.
#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/plan_command.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  std::string hito;
  std::optional<std::string> day;
  std::optional<std::string> evidence;
};

void take(Arguments& arguments, Options& options) {
  take_plan(arguments, options.plan);
  arguments.required("HITO", options.hito, "el hito, por su nombre");
  arguments.option("--el", "AAAA-MM-DD", options.day, "el día en que ocurrió (si no, hoy)");
  arguments.option("--evidencia", "TEXTO", options.evidence, "un texto, un enlace o la huella de un archivo");
  take_if_version(arguments, options.plan);
}

int run(const Options& options, Session& session) {
  workflows::AchieveHito command{options.hito, std::nullopt, options.evidence.value_or("")};
  if (options.day) command.happened_on = date_option(*options.day, "--el");
  return run_on_plan(options.plan, command, session);
}

}  // namespace

Command achieve_command() {
  return {"cumplir",
          "achieve",
          Group::plans,
          Access::writes,
          "registra que un hito se cumplió",
          "$ cauce cumplir PAT/05002/2024 pdt_adoptado --el 2024-05-30 --evidencia 'Acuerdo 012' --como ana\n"
          "PAT/05002/2024\n"
          "  cumplió el hito «pdt_adoptado» el 2024-05-30, a tiempo; evidencia «Acuerdo 012»",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
