#include "engine/cli/query_output.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/table.hpp"

namespace cauce::engine::cli {
Sheet sheet_of(QueryAnswer&& answer) {
  Sheet sheet{"Respuesta"};
  for (const QueryColumn& column : answer.columns)
    sheet.columns.push_back({column.heading, column.type.kind});
  sheet.rows = std::move(answer.rows);
  return sheet;
}

std::vector<std::string> remarks_on(const QueryAnswer& answer) {
  std::vector<std::string> remarks;
  if (answer.undetermined > 0) {
    remarks.push_back(std::to_string(answer.undetermined) + " por verificar" +
                      (answer.missing.empty() ? std::string() : ": " + join(answer.missing)));
  }
  remarks.insert(remarks.end(), answer.notes.begin(), answer.notes.end());
  return remarks;
}

Sheet about(const Asked& asked, std::size_t rows, const std::vector<std::string>& remarks) {
  Sheet sheet{"Acerca de", {{"Dato"}, {"Valor"}}};
  const auto say = [&](const std::string& label, rules::Value value) {
    sheet.rows.push_back({label, std::move(value)});
  };
  say("Consulta", asked.query);
  say("Programa", asked.program);
  say("Fecha", asked.today);
  if (asked.recorded_by) say("Como constaba el", *asked.recorded_by);
  if (asked.occurred_by) say("Lo ocurrido hasta el", *asked.occurred_by);
  say("Filas", rules::Decimal(static_cast<std::int64_t>(rows)));
  for (const std::string& remark : remarks)
    say("Nota", remark);
  return sheet;
}

Json to_json(const QueryAnswer& answer, const Sheet& sheet) {
  Json json = {{"columns", Json::array()},
               {"rows", Json::array()},
               {"undetermined", answer.undetermined},
               {"missing", answer.missing},
               {"notes", answer.notes}};
  for (const SheetColumn& column : sheet.columns)
    json["columns"].push_back({{"heading", column.heading}, {"type", name_of(column.kind)}});
  for (const auto& row : sheet.rows) {
    Json cells = Json::array();
    for (const rules::Value& value : row)
      cells.push_back(cli::to_json(value));
    json["rows"].push_back(std::move(cells));
  }
  return json;
}

void print_json_lines(const Sheet& sheet, Session& session) {
  const std::vector<std::string> names = distinct_headings(sheet);
  for (const auto& row : sheet.rows) {
    Json line = Json::object();
    for (std::size_t i = 0; i < names.size(); ++i)
      line[names[i]] = cli::to_json(row[i]);
    session.out << line.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
  }
}

void print_table(const Sheet& sheet, Session& session) {
  std::vector<TableColumn> columns;
  for (const SheetColumn& column : sheet.columns)
    columns.push_back({column.heading, column.is_numeric() ? Align::right : Align::left});
  TextTable table(std::move(columns));
  for (const auto& row : sheet.rows) {
    std::vector<std::string> cells;
    for (const rules::Value& value : row)
      cells.push_back(in_table(value));
    table.add(std::move(cells));
  }
  print(table, session);
}

}  // namespace cauce::engine::cli
