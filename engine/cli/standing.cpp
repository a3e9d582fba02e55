// cauce suspender, reanudar, cancelar: whether a plan runs at all; reabrir-fase: one phase back.
#include "engine/cli/commands.hpp"
#include "engine/cli/plan_command.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  std::string reason;
};

void take(Arguments& arguments, Options& options) {
  take_plan(arguments, options.plan);
  arguments.required_option("--motivo", "TEXTO", options.reason, "por qué");
  take_if_version(arguments, options.plan);
}

template <typename Decided>
int run(const Options& options, Session& session) {
  return run_on_plan(options.plan, Decided{options.reason}, session);
}

}  // namespace

Command suspend_command() {
  return {"suspender",
          "suspend",
          Group::plans,
          Access::writes,
          "suspende un plan: nada vence y no hay avisos",
          "$ cauce suspender PAT/05002/2024 --motivo 'Emergencia invernal' --como luis",
          with_options<Options>(take, run<workflows::Suspend>)};
}

Command resume_command() {
  return {"reanudar",
          "resume",
          Group::plans,
          Access::writes,
          "reanuda un plan suspendido; los plazos abiertos se corren",
          "$ cauce reanudar PAT/05002/2024 --motivo 'Superada la emergencia' --como luis",
          with_options<Options>(take, run<workflows::Resume>)};
}

Command cancel_command() {
  return {"cancelar",
          "cancel",
          Group::plans,
          Access::writes,
          "cancela un plan: lo abierto queda sin efecto",
          "$ cauce cancelar PAT/05002/2024 --motivo 'El municipio se retira' --como luis",
          with_options<Options>(take, run<workflows::Cancel>)};
}

Command reopen_phase_command() {
  return {"reabrir-fase",
          "reopen-phase",
          Group::plans,
          Access::writes,
          "vuelve un plan a la fase anterior",
          "$ cauce reabrir-fase PAT/05002/2024 --motivo 'Se aprobó por error' --como luis",
          with_options<Options>(take, run<workflows::ReopenPreviousPhase>)};
}

}  // namespace cauce::engine::cli
