#include "engine/cli/table.hpp"

#include <algorithm>
#include <numeric>
#include <ostream>

#include "workflows/plan.hpp"

namespace cauce::engine::cli {
namespace {

constexpr std::string_view gap = "  ";
constexpr std::size_t narrowest = 8;  ///< no word of letters is cut to less
constexpr std::size_t longest_name =
    30;  ///< what is longer in the midst of a text is cut: addresses of pages

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

// --- How narrow a column may be

/// What gives way in a table that is too wide, each with all before it.
enum class Giving : std::uint8_t {
  headings_of_numbers,
  texts,              ///< at their spaces
  parts_of_headings,  ///< at their underscores: `días_de_mora`
  words,              ///< of letters, within texts of several
  names,              ///< at their underscores, and the names of plans at their spaces
};
constexpr Giving ways_of_giving[] = {Giving::headings_of_numbers, Giving::texts, Giving::parts_of_headings,
                                     Giving::words, Giving::names};

template <typename Visit>
void each_part(std::string_view text, std::string_view ends, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(ends), text.size());
    const bool keeps_its_end = end < text.size() && text[end] != ' ';
    visit(text.substr(0, end + (keeps_its_end ? 1 : 0)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::size_t longest_part(std::string_view text, std::string_view ends) {
  std::size_t longest = 0;
  each_part(text, ends, [&](std::string_view part) { longest = std::max(longest, width_of(part)); });
  return longest;
}

/// The name of a plan is that of an entity too, and may have spaces: `PCCT/San Andrés/2024`.
bool is_plan_name(std::string_view cell) {
  const auto plan = workflows::PlanId::parse(cell);
  return plan && plan->kind.find(' ') == std::string::npos;
}

/// Whether a word is a name, a day or a number, rather than one of a text.
bool is_name(std::string_view word) {
  return word.find_first_of("0123456789_/@") != word.npos;
}

/// How wide a column must be.
class Needs {
 public:
  explicit Needs(const TableColumn& column)
      : is_of_numbers_(column.align == Align::right),
        heading_(std::max<std::size_t>(width_of(column.heading), 1)),
        heading_word_(std::max<std::size_t>(longest_part(column.heading, " "), 1)),
        heading_part_(std::max<std::size_t>(longest_part(column.heading, " _"), 1)) {}

  void take(std::string_view cell) {
    const std::size_t width = width_of(cell);
    const bool is_plan = is_plan_name(cell);
    cell_ = std::max(cell_, width);
    piece_ = std::max(piece_, is_plan ? width : longest_part(cell, " "));
    part_ = std::max(part_, longest_part(cell, is_plan ? " " : " _"));
    if (is_plan) {
      uncut_ = std::max(uncut_, width);
    } else {
      each_part(cell, " ", [&](std::string_view word) {
        uncut_ = std::max(uncut_, std::min(width_of(word), is_name(word) ? longest_name : narrowest));
      });
      has_texts_ = has_texts_ || cell.find(' ') != cell.npos;
    }
  }

  std::size_t width(Giving giving) const {
    const std::size_t heading = giving < Giving::parts_of_headings ? heading_word_ : heading_part_;
    if (is_of_numbers_) return std::max(heading, cell_);  // no number is ever broken
    switch (giving) {
      case Giving::headings_of_numbers:
        return std::max(heading_, cell_);
      case Giving::texts:
      case Giving::parts_of_headings:
        return std::max(heading, piece_);
      case Giving::words:
        return std::max(heading, has_texts_ ? uncut_ : piece_);
      case Giving::names:
        return std::max(heading, has_texts_ ? std::min(uncut_, part_) : part_);
    }
    return heading;
  }

  /// What is not to be broken of its values, were there no other columns.
  std::size_t width_of_values() const { return is_of_numbers_ ? cell_ : uncut_; }

 private:
  bool is_of_numbers_;
  std::size_t heading_;
  std::size_t heading_word_;
  std::size_t heading_part_;
  std::size_t cell_ = 0;
  std::size_t piece_ = 0;  ///< what is not broken at spaces
  std::size_t part_ = 0;   ///< nor at underscores
  std::size_t uncut_ = 0;  ///< what is left of a piece where its words are cut
  bool has_texts_ = false;
};

std::vector<Needs> needs_of(const std::vector<TableColumn>& columns,
                            const std::vector<std::vector<std::string>>& rows) {
  std::vector<Needs> needs;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    needs.emplace_back(columns[i]);
    for (const auto& row : rows)
      needs.back().take(row[i]);
  }
  return needs;
}

/// The widest column that is wider than it must be; there is one.
std::size_t widest_that_gives(const std::vector<std::size_t>& widths, const std::vector<std::size_t>& least) {
  std::size_t widest = widths.size();
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (widths[i] > least[i] && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
  }
  return widest;
}

}  // namespace

void TextTable::add(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::string& cell : cells)
    std::replace(cell.begin(), cell.end(), '\n', ' ');
  rows_.push_back(std::move(cells));
}

std::optional<std::vector<std::size_t>> TextTable::column_widths(std::size_t width) const {
  const auto total_of = [](const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), gap.size() * (widths.size() - 1));
  };
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    widths.push_back(std::max<std::size_t>(width_of(columns_[i].heading), 1));
    for (const auto& row : rows_)
      widths.back() = std::max(widths.back(), width_of(row[i]));
  }
  std::size_t total = total_of(widths);
  if (width == 0 || total <= width) return widths;
  const std::vector<Needs> needs = needs_of(columns_, rows_);
  for (const Giving giving : ways_of_giving) {
    std::vector<std::size_t> least;
    for (const Needs& one : needs)
      least.push_back(one.width(giving));
    if (total_of(least) > width) continue;
    for (; total > width; --total)
      --widths[widest_that_gives(widths, least)];
    return widths;
  }
  return std::nullopt;
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
  std::size_t least = 1;  ///< no word of a heading is cut for what stands behind it
  for (const TableColumn& column : columns_)
    least = std::max(least, longest_part(column.heading, " "));
  std::size_t longest = 0;  ///< of what should stand on one line
  for (const Needs& needs : needs_of(columns_, rows_))
    longest = std::max(longest, needs.width_of_values());
  margin = std::min({margin, width / 2, std::max(least, width - std::min(width, longest + gap.size()))});
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
