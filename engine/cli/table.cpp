#include "engine/cli/table.hpp"

#include <algorithm>
#include <numeric>
#include <ostream>
#include <sstream>

namespace cauce::engine::cli {
namespace {

constexpr std::string_view gap = "  ";
constexpr std::size_t narrowest_text = 8;  ///< a column of texts gives way no further

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

/// A number is never broken, nor a word of its heading.
std::size_t TextTable::narrowest(std::size_t column) const {
  if (columns_[column].align == Align::left) return narrowest_text;
  std::size_t widest = 1;
  std::istringstream words(columns_[column].heading);
  for (std::string word; words >> word;)
    widest = std::max(widest, width_of(word));
  for (const auto& row : rows_)
    widest = std::max(widest, width_of(row[column]));
  return widest;
}

std::optional<std::vector<std::size_t>> TextTable::column_widths(std::size_t width) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t widest = std::max<std::size_t>(width_of(columns_[i].heading), 1);
    for (const auto& row : rows_)
      widest = std::max(widest, width_of(row[i]));
    widths.push_back(widest);
  }
  std::size_t total = std::accumulate(widths.begin(), widths.end(), gap.size() * (widths.size() - 1));
  if (width == 0 || total <= width) return widths;
  std::vector<std::size_t> least;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    least.push_back(narrowest(i));
  for (const Align align : {Align::right, Align::left}) {
    while (total > width) {
      std::size_t widest = widths.size();
      for (std::size_t i = 0; i < widths.size(); ++i) {
        const bool may_give = columns_[i].align == align && widths[i] > least[i];
        if (may_give && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
      }
      if (widest == widths.size()) break;
      --widths[widest];
      --total;
    }
  }
  if (total > width) return std::nullopt;
  return widths;
}

void TextTable::print(std::ostream& out, std::size_t width, const Style& style) const {
  const auto widths = column_widths(width);
  if (!widths) return print_row_by_row(out, width, style);
  std::vector<std::string> headings;
  for (const TableColumn& column : columns_)
    headings.push_back(column.heading);
  std::string heading = lines_of(headings, columns_, *widths);
  heading.pop_back();
  out << style.bold(heading) << "\n";
  for (const auto& row : rows_)
    out << lines_of(row, columns_, *widths);
}

void TextTable::print_row_by_row(std::ostream& out, std::size_t width, const Style& style) const {
  std::size_t margin = 0;
  for (const TableColumn& column : columns_)
    margin = std::max(margin, width_of(column.heading));
  margin = std::min(margin, width / 2);
  const std::size_t room = width > margin + gap.size() ? width - margin - gap.size() : 1;
  bool first = true;
  for (const auto& row : rows_) {
    if (!first) out << "\n";
    first = false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto names = wrap(columns_[i].heading, margin);
      const auto values = wrap(row[i], room);
      for (std::size_t line = 0; line < std::max(names.size(), values.size()); ++line) {
        const std::string name = line < names.size() ? names[line] : std::string();
        const std::string value = line < values.size() ? values[line] : std::string();
        out << style.bold(name);
        if (!value.empty()) out << std::string(margin - width_of(name), ' ') << gap << value;
        out << "\n";
      }
    }
  }
}

void print(const TextTable& table, Session& session) {
  table.print(session.out, session.environment.out_is_terminal ? session.environment.width : 0,
              out_style(session));
}

}  // namespace cauce::engine::cli
