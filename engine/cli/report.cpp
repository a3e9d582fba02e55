// cauce reportar: delivers a report, or many from a CSV file.
#include "engine/cli/batch.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/plan_command.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  std::optional<std::string> plan_name;
  std::optional<std::string> report;
  std::optional<std::string> period;
  std::vector<std::string> fields;
  BatchOptions batch;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("PLAN", options.plan_name, "el plan: PAT/05001/2024");
  arguments.optional("REPORTE", options.report, "el reporte, por su nombre");
  arguments.optional("PERIODO", options.period,
                     "2024-05, 2024-T2, 2024-S1; de un reporte al cierre, ninguno");
  arguments.option("--campo", "C=V", options.fields, "un campo del reporte y su valor, una vez por campo");
  take_batch(arguments, options.batch, "plan, reporte, periodo, y una por campo");
  take_if_version(arguments, options.plan);
}

BatchShape file_of_reports() {
  return {{"reporte"},
          {"periodo"},
          [](BatchRow& row) {
            return workflows::DeliverReport{row.text("reporte"), row.period("periodo"), row.fields()};
          },
          "Entregando reportes",
          "reporte entregado",
          "reportes entregados",
          "delivered"};
}

int run(const Options& options, Session& session) {
  if (options.batch.file) {
    refuse_beside_file(options.plan_name || !options.fields.empty() || options.plan.if_version);
    return run_batch(options.batch, file_of_reports(), session);
  }
  refuse_without_file(options.batch);
  PlanOptions plan = options.plan;
  plan.plan = given(options.plan_name, "PLAN");
  return run_on_plan(plan,
                     workflows::DeliverReport{given(options.report, "REPORTE"), period_option(options.period),
                                              field_inputs(options.fields)},
                     session);
}

}  // namespace

Command report_command() {
  return {
      "reportar",
      "report",
      Group::plans,
      Access::writes,
      "entrega un reporte, o muchos desde un archivo",
      "$ cauce reportar PAT/05002/2024 informe_mensual 2024-02 --campo actividades=4 --campo 'resumen=Dos "
      "talleres' --como ana\n"
      "PAT/05002/2024\n"
      "  entregó el reporte «informe_mensual» de febrero de 2024, a tiempo",
      with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
