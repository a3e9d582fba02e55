// cauce hacer: takes an action of the plan's stage, or of many plans from a CSV file.
#include "engine/cli/batch.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/plan_command.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  std::optional<std::string> plan_name;
  std::optional<std::string> action;
  std::optional<std::string> motive;
  std::optional<std::string> judgement;
  BatchOptions batch;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("PLAN", options.plan_name, "el plan: PAT/05001/2024");
  arguments.optional("ACCIÓN", options.action,
                     "una acción de la etapa en que está: enviar, aprobar, terminar…");
  arguments.option("--motivo", "TEXTO", options.motive, "por qué, si la acción lo pide");
  arguments.option("--valoración,--valoracion", "TEXTO", options.judgement,
                   "el juicio cualitativo, si la acción lo pide");
  take_batch(arguments, options.batch, "plan, acción, motivo, valoración");
  take_if_version(arguments, options.plan);
}

BatchShape file_of_actions() {
  return {{"acción"},
          {"motivo", "valoración"},
          [](BatchRow& row) {
            const std::string motive = row.text("motivo");
            const std::string judgement = row.text("valoración");
            if (!motive.empty() && !judgement.empty())
              row.say_mistake("valoración", "va un motivo o una valoración, no los dos");
            return workflows::Act{row.text("acción"), motive.empty() ? judgement : motive};
          },
          "Ejecutando acciones",
          "acción ejecutada",
          "acciones ejecutadas"};
}

int run(const Options& options, Session& session) {
  if (options.batch.file) {
    refuse_beside_file(options.plan_name || options.motive || options.judgement || options.plan.if_version);
    return run_batch(options.batch, file_of_actions(), session);
  }
  if (options.motive && options.judgement) throw WrongUsage("van «--motivo» o «--valoración», no los dos");
  const std::string text = options.motive.value_or(options.judgement.value_or(""));
  refuse_without_file(options.batch);
  PlanOptions plan = options.plan;
  plan.plan = given(options.plan_name, "PLAN");
  return run_on_plan(plan, workflows::Act{given(options.action, "ACCIÓN"), text}, session);
}

}  // namespace

Command act_command() {
  return {"hacer",
          "act",
          Group::plans,
          Access::writes,
          "ejecuta una acción de la etapa del plan, o de muchos desde un archivo",
          "$ cauce hacer PAT/05002/2024 devolver --motivo 'Precisar los servicios' --como luis\n"
          "PAT/05002/2024\n"
          "  ejecutó «devolver»: de «revisión» a «borrador»; motivo «Precisar los servicios»",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
