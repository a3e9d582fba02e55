#include "engine/cli/page_output.hpp"

#include <algorithm>
#include <ostream>

#include "engine/cli/table.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

constexpr std::size_t default_width = 110;

std::string words_of(const document::Text& text) {
  std::string words;
  for (const document::Run& run : text)
    words += run.text;
  return words;
}

class Printer {
 public:
  explicit Printer(Session& session)
      : session_(session),
        style_(out_style(session)),
        width_(session.environment.width > 0 ? session.environment.width : default_width) {}

  void print(const document::Page& page) {
    session_.out << style_.bold(page.title) << "\n";
    if (!page.subtitle.empty()) session_.out << page.subtitle << "\n";
    for (const document::Fact& fact : page.facts)
      session_.out << "  " << fact.label << ": " << fact.value << "\n";
    for (const document::Section& section : page.sections) {
      session_.out << "\n" << style_.bold(section.title) << "\n";
      for (const document::Block& block : section.blocks)
        std::visit([&](const auto& one) { print(one); }, block);
    }
  }

 private:
  /// `text` behind `first`, its other lines behind as many spaces.
  void print_behind(const std::string& first, const std::string& text) {
    const std::size_t margin = width_of(first);
    std::string before = first;
    for (const std::string& line : wrap(text, width_ > margin + 20 ? width_ - margin : 20)) {
      session_.out << before << line << "\n";
      before = std::string(margin, ' ');
    }
  }

  void print(const document::Paragraph& paragraph) { print_behind("  ", words_of(paragraph.text)); }

  void print(const document::List& list) {
    int number = 0;
    for (const document::Text& item : list.items)
      print_behind(list.ordered ? "  " + std::to_string(++number) + ". " : "  - ", words_of(item));
  }

  void print(const document::Table& table) {
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < table.heading.size(); ++i)
      columns.push_back({table.heading[i], table.numeric.contains(i) ? Align::right : Align::left});
    TextTable lines(std::move(columns));
    for (const auto& row : table.rows) {
      std::vector<std::string> cells;
      for (const document::Text& cell : row)
        cells.push_back(words_of(cell));
      lines.add(std::move(cells));
    }
    lines.print(session_.out, width_, style_);
  }

  /// A drawing has no words of its own.
  void print(const document::Figure&) {}

  Session& session_;
  Style style_;
  std::size_t width_;
};

}  // namespace

void print_page(const document::Page& page, Session& session) {
  Printer(session).print(page);
}

}  // namespace cauce::engine::cli
