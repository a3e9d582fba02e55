#include "engine/cli/data_output.hpp"

#include <algorithm>
#include <ostream>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/cli/table.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

std::string name_of_separator(char separator) {
  if (separator == '\t') return "tabulador";
  return separator == ';' ? "punto y coma" : "coma";
}

/// `a, b, c y 9 más`
std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t most_named = 6;
  if (names.size() <= most_named) return join(names);
  std::vector<std::string> some(names.begin(), names.begin() + most_named);
  some.push_back(std::to_string(names.size() - most_named) + " más");
  return join(some);
}

std::vector<std::string> fields_with_gaps(const ImportSummary& summary) {
  std::vector<std::string> texts;
  for (const auto& [field, rows] : summary.missing) {
    if (rows > 0) texts.push_back(field + " " + std::to_string(rows));
  }
  return texts;
}

std::string percentage(std::size_t part, std::size_t whole) {
  if (whole == 0) return "";
  // Neither none nor all is said of some.
  if (part > 0 && 2000 * part < whole) return "< 0.1 %";
  if (part < whole && 2000 * (whole - part) < whole) return "> 99.9 %";
  const std::size_t tenths = (2000 * part + whole) / (2 * whole);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

}  // namespace

void say_how_read(const ImportSummary& summary, Session& session) {
  say_note(session, summary.file + ": " + count_of(summary.rows, "fila", "filas") + " (separador " +
                        name_of_separator(summary.dialect.separator.value_or(',')) + ", decimales con " +
                        (summary.dialect.decimal == ',' ? "coma" : "punto") + ", " +
                        summary.dialect.encoding.value_or("utf-8") + ")");
  if (const auto gaps = fields_with_gaps(summary); !gaps.empty())
    say_note(session, "  sin dato: " + join(gaps));
  if (!summary.absent.empty())
    say_note(session, "  sin columna, y por eso sin dato: " + join(summary.absent));
  if (!summary.ignored.empty())
    say_note(session, "  columnas que la política no usa: " + some_of(summary.ignored));
  if (summary.kept_beside.value_or(0) > 0) {
    say_note(session, *summary.kept_beside == 1
                          ? "  1 que está en la base no viene en el archivo: queda como estaba"
                          : "  " + std::to_string(*summary.kept_beside) +
                                " que están en la base no vienen en el archivo: quedan como estaban");
  }
  for (const std::string& warning : summary.warnings)
    session.err << "  " << err_style(session).bold("aviso:") << " " << warning << "\n";
}

void print_missing(const std::vector<ImportSummary>& summaries, Session& session) {
  TextTable table(
      {{"Entidad"}, {"Campo"}, {"Sin dato", Align::right}, {"De", Align::right}, {"%", Align::right}});
  for (const ImportSummary& summary : summaries) {
    const auto add = [&](const std::string& field, std::size_t rows) {
      if (rows == 0) return;
      table.add({summary.kind, field, std::to_string(rows), std::to_string(summary.rows),
                 percentage(rows, summary.rows)});
    };
    for (const auto& [field, rows] : summary.missing)
      add(field, rows);
    for (const std::string& field : summary.absent)
      add(field, summary.rows);
  }
  if (table.empty()) {
    session.out << "ningún dato falta\n";
  } else {
    print(table, session);
  }
}

Json data_json(const std::vector<ImportSummary>& summaries) {
  Json files = Json::array();
  for (const ImportSummary& summary : summaries) {
    Json missing = Json::object();
    for (const auto& [field, rows] : summary.missing)
      missing[field] = rows;
    Json file = {{"entity", summary.kind},
                 {"file", summary.file},
                 {"rows", summary.rows},
                 {"separator", std::string(1, summary.dialect.separator.value_or(','))},
                 {"decimal", std::string(1, summary.dialect.decimal.value_or('.'))},
                 {"encoding", summary.dialect.encoding.value_or("utf-8")},
                 {"missing", std::move(missing)},
                 {"without_column", summary.absent},
                 {"ignored_columns", summary.ignored},
                 {"warnings", summary.warnings}};
    if (summary.kept_beside) file["kept_beside"] = *summary.kept_beside;
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace cauce::engine::cli
