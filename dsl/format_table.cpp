#include "dsl/format_table.hpp"

#include <algorithm>

namespace cauce::dsl::formatting {
namespace {

/// A cell that is wider moves no other, so that one long text does not make every row as long.
constexpr std::size_t widest_aligned = 60;

using Cells = std::vector<std::string>;

Cells header_cells(View header, ClauseWriter& writer) {
  Cells cells;
  Cells outputs;
  std::size_t names = 0;
  for (const View child : header) {
    if (child.is(Kind::name)) {
      cells.push_back(writer.name(child, header, names++));
    } else {
      outputs.push_back(writer.name(child.first(), child, 0));
    }
  }
  cells.push_back(outputs.empty() ? "=>" : "=> " + outputs.front());
  if (outputs.size() > 1) cells.insert(cells.end(), outputs.begin() + 1, outputs.end());
  return cells;
}

std::string line_of(const Cells& cells, const std::vector<std::size_t>& widths) {
  std::string line = "|";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t width = display_width(cells[i]);
    line += ' ' + cells[i];
    line.append(widths[i] - std::min(widths[i], width), ' ');
    line += " |";
  }
  return line;
}

}  // namespace

std::vector<std::string> table_lines(const std::vector<View>& rows, ClauseWriter& writer) {
  std::vector<Cells> table;
  std::vector<std::size_t> widths;
  std::size_t inputs = 0;
  for (const View row : rows) {
    Cells cells;
    if (row.is(Kind::header)) {
      cells = header_cells(row, writer);
      for (const View child : row)
        inputs += child.is(Kind::name) ? 1 : 0;
    } else {
      for (const View cell : row)
        cells.push_back(writer.cell(cell, cells.size() < inputs));
    }
    widths.resize(std::max(widths.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::size_t width = display_width(cells[i]);
      if (width <= widest_aligned) widths[i] = std::max(widths[i], width);
    }
    table.push_back(std::move(cells));
  }
  std::vector<std::string> lines;
  for (const Cells& cells : table)
    lines.push_back(line_of(cells, widths));
  return lines;
}

}  // namespace cauce::dsl::formatting
