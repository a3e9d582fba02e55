#include "engine/sheet.hpp"

#include <set>

#include "engine/csv.hpp"

namespace cauce::engine {

std::string to_csv(const Sheet& sheet) {
  CsvWriter csv;
  for (const SheetColumn& column : sheet.columns)
    csv.cell(column.heading);
  csv.end_row();
  for (const auto& row : sheet.rows) {
    for (const rules::Value& value : row)
      csv.cell(rules::is_missing(value) ? std::string() : rules::to_display(value));
    csv.end_row();
  }
  return csv.text();
}

std::vector<std::string> distinct_headings(const Sheet& sheet) {
  std::set<std::string> all;
  for (const SheetColumn& column : sheet.columns)
    all.insert(column.heading);
  std::set<std::string> taken;
  std::vector<std::string> headings;
  for (const SheetColumn& column : sheet.columns) {
    std::string heading = column.heading;
    for (int number = 2; taken.contains(heading); ++number) {
      const std::string next = column.heading + " " + std::to_string(number);
      if (!all.contains(next)) heading = next;
    }
    taken.insert(heading);
    headings.push_back(std::move(heading));
  }
  return headings;
}

}  // namespace cauce::engine
