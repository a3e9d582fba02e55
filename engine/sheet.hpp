// A table of values under a name: as answers and reports are handed out, whatever the form of the file.
#pragma once

#include <string>
#include <vector>

#include "rules/value.hpp"

namespace cauce::engine {

struct SheetColumn {
  std::string heading;
  rules::TypeKind kind = rules::TypeKind::text;

  bool is_numeric() const { return kind == rules::TypeKind::integer || kind == rules::TypeKind::number; }
};

struct Sheet {
  std::string title;
  std::vector<SheetColumn> columns = {};
  std::vector<std::vector<rules::Value>> rows = {};  ///< a value for each column
};

/// The headings and every row, as CsvWriter writes them; *sin dato* is an empty cell.
std::string to_csv(const Sheet& sheet);

/// The headings, no two alike: a second «vence» is «vence 2». For forms that tell values by their names.
std::vector<std::string> distinct_headings(const Sheet& sheet);

}  // namespace cauce::engine
