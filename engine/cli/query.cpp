// cauce consultar: a question in the policy language's own expressions.
#include "engine/query.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"
#include "engine/csv.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string query;
  std::optional<std::string> csv;
};

void take(Arguments& arguments, Options& options) {
  arguments.required(
      "CONSULTA", options.query,
      "COLECCIÓN [donde COND] [agrupa por NOMBRES] [muestra EXPRS] [ordena por …] [primeros N]; las "
      "colecciones son planes, hitos, reportes, componentes, alertas, personas y cada clase de entidad");
  arguments.option("--csv", "ARCHIVO", options.csv, "escribe ahí el resultado («-»: aquí mismo)");
}

std::string in_csv(const rules::Value& value) {
  return rules::is_missing(value) ? std::string() : rules::to_display(value);
}

std::vector<std::string> cells_of(const std::vector<rules::Value>& row,
                                  std::string (*shown)(const rules::Value&)) {
  std::vector<std::string> cells;
  for (const rules::Value& value : row)
    cells.push_back(shown(value));
  return cells;
}

std::string to_csv(const QueryAnswer& answer) {
  std::vector<std::string> headings;
  for (const QueryColumn& column : answer.columns)
    headings.push_back(column.heading);
  std::string csv = csv_line(headings);
  for (const auto& row : answer.rows)
    csv += csv_line(cells_of(row, in_csv));
  return csv;
}

Json to_json(const QueryAnswer& answer) {
  Json json = {{"columns", Json::array()},
               {"rows", Json::array()},
               {"undetermined", answer.undetermined},
               {"missing", answer.missing}};
  for (const QueryColumn& column : answer.columns) {
    json["columns"].push_back({{"heading", column.heading}, {"type", name_of(column.type.kind)}});
  }
  for (const auto& row : answer.rows) {
    Json cells = Json::array();
    for (const rules::Value& value : row)
      cells.push_back(cli::to_json(value));
    json["rows"].push_back(std::move(cells));
  }
  return json;
}

void print_table(const QueryAnswer& answer, Session& session) {
  std::vector<TableColumn> columns;
  for (const QueryColumn& column : answer.columns) {
    columns.push_back({column.heading, column.type.is_numeric() ? Align::right : Align::left});
  }
  TextTable table(std::move(columns));
  for (const auto& row : answer.rows)
    table.add(cells_of(row, in_table));
  print(table, session);
}

/// What was not shown: rows that stand por verificar, kinds that were left out.
void say_what_is_not_shown(const QueryAnswer& answer, Session& session) {
  if (answer.undetermined > 0) {
    say_note(session, std::to_string(answer.undetermined) + " por verificar" +
                          (answer.missing.empty() ? std::string() : ": " + join(answer.missing)));
  }
  for (const std::string& note : answer.notes)
    say_note(session, note);
}

int run(const Options& options, Session& session) {
  if (options.csv && session.globals.json) throw WrongUsage("van «--csv» o «--json», no los dos");
  const auto system = open_system(session);
  const dsl::Sources sources = {{"consulta", options.query}};
  dsl::Diagnostics diagnostics;
  const auto answer =
      answer_query(*system, sources, 0, reading_date(session, *system), diagnostics, sight_of(session));
  if (!answer) {
    print_diagnostics(session, diagnostics, sources);
    return exit_refused;
  }
  if (options.csv && *options.csv == "-") {
    session.out << to_csv(*answer);
  } else if (options.csv) {
    write_file(*options.csv, to_csv(*answer));
    say_note(session, *options.csv + ": " + count_of(answer->rows.size(), "fila", "filas"));
  } else if (session.globals.json) {
    print_json(to_json(*answer), session);
  } else {
    print_table(*answer, session);
  }
  say_what_is_not_shown(*answer, session);
  return exit_done;
}

}  // namespace

Command query_command() {
  return {"consultar",
          "query",
          Group::asking,
          Access::reads,
          "pregunta sobre planes, hitos, reportes, personas, avisos y entidades",
          "$ cauce consultar 'planes agrupa por región muestra cuenta(), promedio(avance) como \"avance "
          "medio\"'\n"
          "región         cuenta()  avance medio\n"
          "RAP Caribe          108         12.5\n"
          "…",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
