#include "engine/document/markdown.hpp"

#include <algorithm>

namespace cauce::engine::document {
namespace {

/// Text that Markdown takes for nothing else; line ends become spaces.
std::string escaped(std::string_view text) {
  constexpr std::string_view special = "\\`*_{}[]<>#|~&";
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) != special.npos) escaped += '\\';
    escaped += c == '\n' || c == '\r' ? ' ' : c;
  }
  return escaped;
}

/// At the beginning of a line some more begins a list or a heading: `1.`, `-`, `+`, `=`.
std::string at_line_start(std::string text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')')) {
    text.insert(digits, "\\");
  } else if (!text.empty() && std::string_view("-+=").find(text[0]) != std::string_view::npos) {
    text.insert(0, "\\");
  }
  return text;
}

/// A span of code; its fence is longer than any run of backticks in it. In a table `|` ends a cell, fence or
/// not.
std::string code_span(std::string_view text, bool in_table) {
  std::size_t longest = 0;
  std::size_t run = 0;
  std::string shown;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    if (c == '|' && in_table) shown += '\\';
    shown += c == '\n' || c == '\r' ? ' ' : c;
  }
  const std::string fence(longest + 1, '`');
  const std::string pad = longest > 0 ? " " : "";
  return fence + pad + shown + pad + fence;
}

class Printer {
 public:
  explicit Printer(const Document& document) : document_(document) {}

  std::string print() {
    out_ += "# " + escaped(document_.title) + "\n\n";
    if (!document_.subtitle.empty()) out_ += "**" + escaped(document_.subtitle) + "**\n\n";
    for (const Fact& fact : document_.facts)
      out_ += "- " + escaped(fact.label) + ": " + escaped(fact.value) + "\n";
    if (!document_.facts.empty()) out_ += "\n";
    print_contents();
    for (const Chapter& chapter : document_.chapters) {
      out_ += "## Capítulo " + std::to_string(chapter.number) + ". " + escaped(chapter.title) + "\n\n";
      for (const Article& article : chapter.articles)
        print(article);
    }
    print_index();
    while (out_.ends_with("\n\n"))
      out_.pop_back();
    return std::move(out_);
  }

 private:
  static std::string name_of(const Article& article) { return "Artículo " + std::to_string(article.number); }

  void print_contents() {
    out_ += "## Contenido\n\n";
    for (const Chapter& chapter : document_.chapters) {
      const std::string mark = std::to_string(chapter.number) + ". ";
      const std::string within(mark.size(), ' ');
      out_ += mark + escaped(chapter.title) + "\n";
      for (const Article& article : chapter.articles)
        out_ +=
            within + "- [" + name_of(article) + ". " + escaped(article.title) + "](#" + article.id + ")\n";
    }
    out_ += "\n";
  }

  void print(const Article& article) {
    out_ += "<a id=\"" + article.id + "\"></a>\n\n";
    out_ += "### " + name_of(article) + ". " + escaped(article.title) + "\n\n";
    for (const Block& block : article.blocks)
      std::visit([&](const auto& one) { print(one); }, block);
  }

  void print(const Paragraph& paragraph) {
    out_ += (paragraph.note ? "> " : "") + at_line_start(in_line(paragraph.text, false)) + "\n\n";
  }

  void print(const List& list) {
    int number = 0;
    for (const Text& item : list.items)
      out_ += (list.ordered ? std::to_string(++number) + ". " : "- ") + at_line_start(in_line(item, false)) +
              "\n";
    out_ += "\n";
  }

  void print(const Table& table) {
    if (!table.caption.empty()) out_ += "*" + escaped(table.caption) + "*\n\n";
    for (const std::string& heading : table.heading)
      out_ += "| " + escaped(heading) + " ";
    out_ += "|\n";
    for (std::size_t i = 0; i < table.heading.size(); ++i)
      out_ += table.numeric.contains(i) ? "| ---: " : "| --- ";
    out_ += "|\n";
    for (const auto& row : table.rows) {
      for (const Text& cell : row)
        out_ += "| " + in_line(cell, true) + " ";
      out_ += "|\n";
    }
    out_ += "\n";
  }

  void print(const Figure& figure) {
    out_ += "*" + escaped(figure.caption) + "*\n\n```mermaid\n" + figure.mermaid + "```\n\n";
  }

  std::string in_line(const Text& text, bool in_table) const {
    std::string out;
    for (const Run& run : text) {
      switch (run.style) {
        case Run::Style::plain:
          out += escaped(run.text);
          break;
        case Run::Style::strong:
          out += "**" + escaped(run.text) + "**";
          break;
        case Run::Style::code:
          out += code_span(run.text, in_table);
          break;
        case Run::Style::reference:
          out += "[artículo " + std::to_string(document_.number_of(run.text)) + "](#" + run.text + ")";
          break;
      }
    }
    return out;
  }

  void print_index() {
    if (document_.terms.empty()) return;
    out_ += "## Índice de términos\n\n";
    for (const auto& [key, entry] : document_.terms)
      out_ += "- " + at_line_start(escaped(entry.term)) + ": [artículo " +
              std::to_string(document_.number_of(entry.article)) + "](#" + entry.article + ")\n";
    out_ += "\n";
  }

  const Document& document_;
  std::string out_;
};

}  // namespace

std::string to_markdown(const Document& document) {
  return Printer(document).print();
}

}  // namespace cauce::engine::document
