// cauce reportar: delivers a report, or many from a CSV file.
#include <algorithm>
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/plan_command.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/text.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  PlanOptions plan;
  std::optional<std::string> plan_name;
  std::optional<std::string> report;
  std::optional<std::string> period;
  std::vector<std::string> fields;
  std::optional<std::string> file;
  DataOptions dialect;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("PLAN", options.plan_name, "el plan: PAT/05001/2024");
  arguments.optional("REPORTE", options.report, "el reporte, por su nombre");
  arguments.optional("PERIODO", options.period,
                     "2024-05, 2024-T2, 2024-S1; de un reporte al cierre, ninguno");
  arguments.option("--campo", "C=V", options.fields, "un campo del reporte y su valor, una vez por campo");
  arguments.option("--archivo", "CSV", options.file,
                   "muchos a la vez, todos o ninguno: columnas plan, reporte, periodo, y una por campo");
  take_dialect_options(arguments, options.dialect);
  take_if_version(arguments, options.plan);
}

// --- Many from a file
// -----------------------------------------------------------------------------------------

struct Deliveries {
  std::vector<std::pair<PlanId, workflows::Command>> commands;
  std::vector<std::size_t> lines;  ///< of the file, one for each
};

struct BatchColumns {
  std::optional<std::size_t> plan, report, period;
  std::vector<std::size_t> fields;
};

BatchColumns find_columns(const CsvTable& table, DataErrors& errors) {
  BatchColumns columns;
  for (std::size_t i = 0; i < table.headings.size(); ++i) {
    const std::string heading = dsl::fold_heading(table.headings[i]);
    if (heading == "plan") {
      columns.plan = i;
    } else if (heading == "reporte") {
      columns.report = i;
    } else if (heading == "periodo") {
      columns.period = i;
    } else {
      columns.fields.push_back(i);
    }
  }
  if (!columns.plan) errors.push_back({table.file, 1, {}, "falta la columna «plan»", {}});
  if (!columns.report) errors.push_back({table.file, 1, {}, "falta la columna «reporte»", {}});
  return columns;
}

std::string cell_of(const CsvRow& row, std::optional<std::size_t> column) {
  return std::string(row.cell(column));
}

/// Plans by any spelling of their id.
std::map<std::string, PlanId> plans_by_name(System& system) {
  std::map<std::string, PlanId> plans;
  for (const std::string& id : system.store().plan_ids()) {
    if (const auto parsed = PlanId::parse(id)) plans.emplace(dsl::fold(id), *parsed);
  }
  return plans;
}

Deliveries read_deliveries(const CsvTable& table, System& system, DataErrors& errors) {
  const BatchColumns columns = find_columns(table, errors);
  const auto plans = plans_by_name(system);
  Deliveries deliveries;
  if (!errors.empty()) return deliveries;
  table.each_row(errors, [&](const CsvRow& row) {
    const auto plan = plans.find(dsl::fold(cell_of(row, columns.plan)));
    if (plan == plans.end()) {
      errors.push_back({table.file,
                        row.line,
                        table.headings[*columns.plan],
                        "no existe el plan " + quote(cell_of(row, columns.plan)),
                        {}});
      return;
    }
    workflows::DeliverReport delivery{cell_of(row, columns.report)};
    const std::string period = cell_of(row, columns.period);
    delivery.period = period.empty() ? std::nullopt : rules::Period::parse(period);
    if (!period.empty() && !delivery.period) {
      errors.push_back({table.file,
                        row.line,
                        table.headings[*columns.period],
                        quote(period) + ": se esperaba un periodo, como 2024-05 o 2024-T2",
                        {}});
    }
    for (const std::size_t field : columns.fields) {
      // An empty cell is no field: reports of several kinds may share a file.
      if (const std::string cell = cell_of(row, field); !cell.empty())
        delivery.fields.push_back({table.headings[field], cell});
    }
    deliveries.commands.emplace_back(plan->second, std::move(delivery));
    deliveries.lines.push_back(row.line);
  });
  return deliveries;
}

int deliver_file(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  DataErrors errors;
  const CsvTable table =
      parse_csv(*options.file, read_file(*options.file), dialect_of(options.dialect), errors);
  const auto system = open_system(session);
  const Deliveries deliveries = errors.empty() ? read_deliveries(table, *system, errors) : Deliveries();
  if (!errors.empty()) {
    print_data_errors(session, errors);
    return exit_unusable_data;
  }
  const auto outcome =
      system->run_all(deliveries.commands, actor, progress_bar(session, "Entregando reportes"));
  if (const auto* refused = std::get_if<System::RefusedAt>(&outcome)) {
    const PlanId& plan = deliveries.commands.at(refused->index).first;
    say_note(session, *options.file + ", línea " + std::to_string(deliveries.lines.at(refused->index)) +
                          ": " + plan.to_string());
    report_refusal(*system, refused->refusal, system->world().plan(plan)->policy_version, session);
    say_note(session, "no se registró ninguno");
    return exit_refused;
  }
  const auto& outcomes = std::get<std::vector<RunOutcome>>(outcome);
  const auto repeated = static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [](const RunOutcome& o) { return o.repeated; }));
  if (session.globals.json) {
    print_json({{"delivered", outcomes.size() - repeated}, {"repeated", repeated}}, session);
    return exit_done;
  }
  session.out << count_of(outcomes.size() - repeated, "reporte entregado", "reportes entregados");
  if (repeated > 0) session.out << "; " << count_of(repeated, "ya estaba", "ya estaban");
  session.out << "\n";
  return exit_done;
}

int run(const Options& options, Session& session) {
  if (options.file) {
    if (options.plan_name || !options.fields.empty()) {
      throw WrongUsage("con «--archivo» no van plan ni campos: están en el archivo");
    }
    return deliver_file(options, session);
  }
  if (!options.plan_name) throw WrongUsage("falta «PLAN»");
  if (!options.report) throw WrongUsage("falta «REPORTE»");
  PlanOptions plan = options.plan;
  plan.plan = *options.plan_name;
  return run_on_plan(
      plan,
      workflows::DeliverReport{*options.report, period_option(options.period), field_inputs(options.fields)},
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
