// cauce cumplir: records that a milestone was reached, or many from a CSV file.
#include "engine/cli/batch.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/plan_command.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  std::optional<std::string> plan_name;
  std::optional<std::string> hito;
  std::optional<std::string> day;
  std::optional<std::string> evidence;
  BatchOptions batch;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("PLAN", options.plan_name, "el plan: PAT/05001/2024");
  arguments.optional("HITO", options.hito, "el hito, por su nombre");
  arguments.option("--el", "AAAA-MM-DD", options.day, "el día en que ocurrió (si no, hoy)");
  arguments.option("--evidencia", "TEXTO", options.evidence, "un texto, un enlace o la huella de un archivo");
  take_batch(arguments, options.batch, "plan, hito, el, evidencia");
  take_if_version(arguments, options.plan);
}

BatchShape file_of_milestones() {
  return {{"hito"},
          {"el", "evidencia"},
          [](BatchRow& row) {
            return workflows::AchieveHito{row.text("hito"), row.day("el"), row.text("evidencia")};
          },
          "Cumpliendo hitos",
          "hito cumplido",
          "hitos cumplidos"};
}

int run(const Options& options, Session& session) {
  if (options.batch.file) {
    refuse_beside_file(options.plan_name || options.day || options.evidence || options.plan.if_version);
    return run_batch(options.batch, file_of_milestones(), session);
  }
  refuse_without_file(options.batch);
  PlanOptions plan = options.plan;
  plan.plan = given(options.plan_name, "PLAN");
  workflows::AchieveHito command{given(options.hito, "HITO"), std::nullopt, options.evidence.value_or("")};
  if (options.day) command.happened_on = date_option(*options.day, "--el");
  return run_on_plan(plan, command, session);
}

}  // namespace

Command achieve_command() {
  return {"cumplir",
          "achieve",
          Group::plans,
          Access::writes,
          "registra que un hito se cumplió, o muchos desde un archivo",
          "$ cauce cumplir PAT/05002/2024 pdt_adoptado --el 2024-05-30 --evidencia 'Acuerdo 012' --como ana\n"
          "PAT/05002/2024\n"
          "  cumplió el hito «pdt_adoptado» el 2024-05-30, a tiempo; evidencia «Acuerdo 012»",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
