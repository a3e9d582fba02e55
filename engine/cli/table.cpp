#include "engine/cli/table.hpp"

#include <algorithm>
#include <numeric>
#include <ostream>

namespace cauce::engine::cli {
namespace {

constexpr std::string_view gap = "  ";
constexpr std::size_t narrowest = 8;  ///< a column gives way no further

std::string padded(const std::string& text, std::size_t width, Align align, bool last) {
  const std::size_t taken = width_of(text);
  const std::string spaces(width > taken ? width - taken : 0, ' ');
  if (align == Align::right) return spaces + text;
  return last ? text : text + spaces;
}

/// One row over as many lines as its tallest cell takes.
std::string lines_of(const std::vector<std::string>& cells, const std::vector<TableColumn>& columns,
                     const std::vector<std::size_t>& widths) {
  std::vector<std::vector<std::string>> wrapped;
  std::size_t height = 1;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    wrapped.push_back(wrap(cells[i], widths[i]));
    height = std::max(height, wrapped.back().size());
  }
  std::string text;
  for (std::size_t line = 0; line < height; ++line) {
    std::string row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string cell = line < wrapped[i].size() ? wrapped[i][line] : std::string();
      if (i > 0) row += gap;
      row += padded(cell, widths[i], columns[i].align, i + 1 == columns.size());
    }
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + "\n";
  }
  return text;
}

}  // namespace

void TextTable::add(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::string& cell : cells)
    std::replace(cell.begin(), cell.end(), '\n', ' ');
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::column_widths(std::size_t width) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t widest = std::max<std::size_t>(width_of(columns_[i].heading), 1);
    for (const auto& row : rows_)
      widest = std::max(widest, width_of(row[i]));
    widths.push_back(widest);
  }
  if (width == 0) return widths;
  const auto total = [&] {
    return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) + gap.size() * (widths.size() - 1);
  };
  while (total() > width) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const bool may_give = columns_[i].align == Align::left && widths[i] > narrowest;
      if (may_give && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
    }
    if (widest == widths.size()) break;
    --widths[widest];
  }
  return widths;
}

void TextTable::print(std::ostream& out, std::size_t width, const Style& style) const {
  const auto widths = column_widths(width);
  std::vector<std::string> headings;
  for (const TableColumn& column : columns_)
    headings.push_back(column.heading);
  std::string heading = lines_of(headings, columns_, widths);
  heading.pop_back();
  out << style.bold(heading) << "\n";
  for (const auto& row : rows_)
    out << lines_of(row, columns_, widths);
}

void print(const TextTable& table, Session& session) {
  table.print(session.out, session.environment.out_is_terminal ? session.environment.width : 0,
              out_style(session));
}

}  // namespace cauce::engine::cli
