#include "engine/cli/document_output.hpp"

#include <algorithm>
#include <ostream>
#include <variant>

#include "engine/cli/table.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

constexpr std::size_t default_width = 100;

std::string text_of(const document::Document& document, const document::Text& text) {
  std::string words;
  for (const document::Run& run : text) {
    switch (run.style) {
      case document::Run::Style::plain:
      case document::Run::Style::strong:
        words += run.text;
        break;
      case document::Run::Style::code:
        words += quote(run.text);
        break;
      case document::Run::Style::reference:
        words += "artículo " + std::to_string(document.number_of(run.text));
        break;
    }
  }
  return words;
}

class Printer {
 public:
  Printer(const document::Document& document, std::size_t most_rows, const std::string& where_all,
          Session& session)
      : document_(document), most_rows_(most_rows), where_all_(where_all), session_(session) {}

  void print() {
    const Style style = out_style(session_);
    session_.out << style.bold(document_.title) << "\n";
    for (const document::Fact& fact : document_.facts)
      session_.out << "  " << fact.label << ": " << fact.value << "\n";
    for (const document::Chapter& chapter : document_.chapters) {
      session_.out << "\n" << style.bold(chapter.title) << "\n";
      for (const document::Article& article : chapter.articles) {
        if (chapter.articles.size() > 1 || article.title != chapter.title)
          session_.out << "\n" << style.bold(article.title) << "\n";
        for (const document::Block& block : article.blocks)
          std::visit([&](const auto& one) { print(one); }, block);
      }
    }
  }

 private:
  void print(const document::Paragraph& paragraph) { print_wrapped("", text_of(document_, paragraph.text)); }

  void print(const document::List& list) {
    for (const document::Text& item : list.items)
      print_wrapped("- ", text_of(document_, item));
  }

  void print(const document::Table& table) {
    if (!table.caption.empty()) session_.out << "\n" << table.caption << "\n";
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < table.heading.size(); ++i)
      columns.push_back({table.heading[i], table.numeric.contains(i) ? Align::right : Align::left});
    TextTable text(std::move(columns));
    for (std::size_t i = 0; i < std::min(table.rows.size(), most_rows_); ++i) {
      std::vector<std::string> cells;
      for (const document::Text& cell : table.rows[i])
        cells.push_back(text_of(document_, cell));
      text.add(std::move(cells));
    }
    cli::print(text, session_);
    if (table.rows.size() > most_rows_)
      session_.out << "… y " << table.rows.size() - most_rows_ << " más; " << where_all_ << "\n";
  }

  void print(const document::Figure&) {}  // tables say the same

  void print_wrapped(const std::string& before, const std::string& text) {
    const std::size_t terminal = session_.environment.width > 0 ? session_.environment.width : default_width;
    std::string indent = before;
    for (const std::string& line : wrap(text, terminal - before.size())) {
      session_.out << indent << line << "\n";
      indent = std::string(before.size(), ' ');
    }
  }

  const document::Document& document_;
  std::size_t most_rows_;
  const std::string& where_all_;
  Session& session_;
};

}  // namespace

void print_document(const document::Document& document, std::size_t most_rows, const std::string& where_all,
                    Session& session) {
  Printer(document, most_rows, where_all, session).print();
}

}  // namespace cauce::engine::cli
