// Tables for a terminal: columns as wide as they must be, wrapped where the terminal is narrower.
#pragma once

#include <iosfwd>
#include <optional>
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

  /// Prints it in at most `width` columns (0: no limit). What does not fit goes over several lines: the
  /// headings of numbers first, then texts at their spaces, then long words of texts; names that are taken to
  /// the next command only when nothing else is left, and then not the name of a plan but at a space of its
  /// own. What does not fit so either is printed row by row, each value on a line behind its heading.
  void print(std::ostream& out, std::size_t width, const Style& style) const;

 private:
  /// Nothing if they cannot be made to fit.
  std::optional<std::vector<std::size_t>> column_widths(std::size_t width) const;
  void print_row_by_row(std::ostream& out, std::size_t width, const Style& style) const;

  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// Prints to the session's output, as wide as its terminal.
void print(const TextTable& table, Session& session);

}  // namespace cauce::engine::cli
