#include "engine/headings.hpp"

#include <algorithm>
#include <utility>

#include "dsl/fold.hpp"
#include "engine/cell_words.hpp"

namespace cauce::engine {

std::optional<std::size_t> find_column(const CsvTable& table, const std::vector<std::string>& names,
                                       DataErrors& errors) {
  std::optional<std::size_t> found;
  for (std::size_t column = 0; column < table.headings.size(); ++column) {
    const std::string heading = dsl::fold_heading(table.headings[column]);
    const bool named = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return dsl::fold_heading(name) == heading;
    });
    if (!named) continue;
    if (found) {
      const bool same = dsl::fold_heading(table.headings[*found]) == heading;
      errors.push_back({table.file, 1, table.headings[column],
                        same ? "dos columnas tienen el mismo encabezado"
                             : "lo mismo dice la columna " + quote_cell(table.headings[*found]),
                        "deje una sola, o cambie el nombre de la otra"});
    } else {
      found = column;
    }
  }
  return found;
}

std::string heading_further_down(const CsvTable& table, const std::vector<std::string>& names) {
  constexpr std::size_t most_looked_at = 20;
  CsvReader reader(table.text, table.separator);
  CsvRow row;
  for (std::size_t i = 0; i < most_looked_at && reader.read(row); ++i) {
    const bool is_heading = std::any_of(row.cells.begin(), row.cells.end(), [&](std::string_view cell) {
      return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return dsl::fold_heading(name) == dsl::fold_heading(cell);
      });
    });
    if (is_heading)
      return "el encabezado está en la línea " + std::to_string(row.line) + ": borre lo que tiene encima";
  }
  return {};
}

void report_absent_column(const CsvTable& table, const std::string& wanted, std::string_view what,
                          DataErrors& errors, std::string help) {
  const std::vector<std::string_view> headings(table.headings.begin(), table.headings.end());
  if (help.empty()) help = did_you_mean_cell(wanted, headings);
  errors.push_back({table.file,
                    1,
                    {},
                    "falta la columna " + quote_cell(wanted) + ", " + std::string(what),
                    std::move(help)});
}

}  // namespace cauce::engine
