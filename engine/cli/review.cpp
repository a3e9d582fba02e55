// What a superior does with an obligation: validar, devolver, dispensar, prorrogar, reabrir, anular.
#include "engine/cli/batch.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/plan_command.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  ObligationOptions obligation;
  std::string reason;
};

void take_with_reason(Arguments& arguments, Options& options) {
  take_plan(arguments, options.plan);
  take_obligation(arguments, options.obligation);
  arguments.required_option("--motivo", "TEXTO", options.reason, "por qué");
  take_if_version(arguments, options.plan);
}

/// Runs one of the commands that are an obligation, a period and a reason.
template <typename Decided>
int run_with_reason(const Options& options, Session& session) {
  const auto period = period_option(options.obligation.period);
  return run_on_plan(options.plan, Decided{options.obligation.name, period, options.reason}, session);
}

struct ValidateOptions {
  PlanOptions plan;
  std::optional<std::string> plan_name;
  std::optional<std::string> obligation;
  std::optional<std::string> period;
  std::optional<std::string> text;
  BatchOptions batch;
};

void take_validate(Arguments& arguments, ValidateOptions& options) {
  arguments.optional("PLAN", options.plan_name, "el plan: PAT/05001/2024");
  arguments.optional("OBLIGACIÓN", options.obligation, "el reporte o hito, por su nombre, o la fase");
  arguments.optional("PERIODO", options.period, "de un reporte: 2024-05, 2024-T2, 2024-S1");
  arguments.option("--motivo", "TEXTO", options.text, "una observación");
  take_batch(arguments, options.batch, "plan, obligación, periodo, motivo");
  take_if_version(arguments, options.plan);
}

BatchShape file_of_validations() {
  return {{"obligación"},
          {"periodo", "motivo"},
          [](BatchRow& row) {
            return workflows::ValidateObligation{row.text("obligación"), row.period("periodo"),
                                                 row.text("motivo")};
          },
          "Validando",
          "obligación validada",
          "obligaciones validadas"};
}

int run_validate(const ValidateOptions& options, Session& session) {
  if (options.batch.file) {
    refuse_beside_file(options.plan_name || options.text || options.plan.if_version);
    return run_batch(options.batch, file_of_validations(), session);
  }
  refuse_without_file(options.batch);
  PlanOptions plan = options.plan;
  plan.plan = given(options.plan_name, "PLAN");
  const std::string& obligation = given(options.obligation, "OBLIGACIÓN");
  return run_on_plan(
      plan,
      workflows::ValidateObligation{obligation, period_option(options.period), options.text.value_or("")},
      session);
}

struct ExtendOptions {
  PlanOptions plan;
  ObligationOptions obligation;
  std::string until;
  std::string reason;
};

void take_extend(Arguments& arguments, ExtendOptions& options) {
  take_plan(arguments, options.plan);
  take_obligation(arguments, options.obligation);
  arguments.required_option("--hasta", "AAAA-MM-DD", options.until, "el nuevo plazo");
  arguments.required_option("--motivo", "TEXTO", options.reason, "por qué");
  take_if_version(arguments, options.plan);
}

int run_extend(const ExtendOptions& options, Session& session) {
  const auto period = period_option(options.obligation.period);
  return run_on_plan(options.plan,
                     workflows::ExtendDeadline{options.obligation.name, period,
                                               date_option(options.until, "--hasta"), options.reason},
                     session);
}

}  // namespace

Command validate_command() {
  return {"validar",
          "validate",
          Group::plans,
          Access::writes,
          "da por bueno lo entregado",
          "$ cauce validar PAT/05002/2024 corte_trimestral 2024-T1 --como luis\n"
          "PAT/05002/2024\n"
          "  validó el reporte «corte_trimestral» del primer trimestre de 2024",
          with_options<ValidateOptions>(take_validate, run_validate)};
}

Command return_command() {
  return {"devolver",
          "return",
          Group::plans,
          Access::writes,
          "devuelve lo entregado para que se corrija",
          "$ cauce devolver PAT/05002/2024 corte_trimestral 2024-T1 --motivo 'Faltan cifras' --como luis",
          with_options<Options>(take_with_reason, run_with_reason<workflows::ReturnObligation>)};
}

Command waive_command() {
  return {"dispensar",
          "waive",
          Group::plans,
          Access::writes,
          "exime de una obligación, con un motivo",
          "$ cauce dispensar PAT/05002/2024 informe_mensual 2024-05 --motivo 'Orden público' --como luis",
          with_options<Options>(take_with_reason, run_with_reason<workflows::WaiveObligation>)};
}

Command extend_command() {
  return {"prorrogar",
          "extend",
          Group::plans,
          Access::writes,
          "da un nuevo plazo a una obligación, con un motivo",
          "$ cauce prorrogar PAT/05002/2024 pdt_adoptado --hasta 2024-06-14 --motivo 'Concejo en receso' "
          "--como luis",
          with_options<ExtendOptions>(take_extend, run_extend)};
}

Command reopen_command() {
  return {"reabrir",
          "reopen",
          Group::plans,
          Access::writes,
          "vuelve a recibir un reporte cuyo cierre pasó",
          "$ cauce reabrir PAT/05002/2024 informe_mensual 2024-02 --motivo 'Fallas de conexión' --como luis",
          with_options<Options>(take_with_reason, run_with_reason<workflows::ReopenObligation>)};
}

Command annul_command() {
  return {"anular",
          "annul",
          Group::plans,
          Access::writes,
          "deja sin valor una entrega o un cumplimiento registrado por error",
          "$ cauce anular PAT/05002/2024 pdt_radicado --motivo 'Era de otro municipio' --como luis",
          with_options<Options>(take_with_reason, run_with_reason<workflows::AnnulObligation>)};
}

}  // namespace cauce::engine::cli
