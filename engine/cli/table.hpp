// Tables for a terminal: columns as wide as they must be, wrapped where the terminal is narrower.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/cli/text.hpp"

namespace cauce::engine::cli {

enum class Align { left, right };

struct TableColumn {
  std::string heading;
  Align align = Align::left;
};

class TextTable {
 public:
  explicit TextTable(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  std::size_t size() const { return rows_.size(); }

  /// Prints it in at most `width` columns (0: no limit). Columns aligned to the left give way, the widest
  /// first; their cells then go over several lines.
  void print(std::ostream& out, std::size_t width, const Style& style) const;

 private:
  std::vector<std::size_t> column_widths(std::size_t width) const;

  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// Prints to the session's output, as wide as its terminal.
void print(const TextTable& table, Session& session);

}  // namespace cauce::engine::cli
