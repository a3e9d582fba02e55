#include "engine/document/html.hpp"

#include "engine/document/html_blocks.hpp"
#include "engine/html_text.hpp"

namespace cauce::engine::document {
namespace {

class Printer {
 public:
  explicit Printer(const Document& document) : document_(document) {}

  std::string print() {
    out_ += "<!DOCTYPE html>\n<html lang=\"es\">\n<head>\n<meta charset=\"utf-8\">\n";
    out_ += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out_ += "<title>" + to_html_text(document_.title) + "</title>\n<style>" + std::string(style_sheet()) +
            "</style>\n</head>\n<body>\n";
    print_header();
    print_contents();
    out_ += "<main>\n";
    for (const Chapter& chapter : document_.chapters)
      print(chapter);
    print_index();
    out_ += "</main>\n<footer><p>" + to_html_text(document_.closing) + "</p></footer>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  /// `Artículo 3. `; nothing in a document without numbers.
  std::string before(const Article& article) const {
    return document_.numbered ? "Artículo " + std::to_string(article.number) + ". " : std::string();
  }
  std::string name_of(const Chapter& chapter) const {
    return document_.numbered ? "Capítulo " + std::to_string(chapter.number) : std::string();
  }

  void print_header() {
    out_ += "<header>\n<h1>" + to_html_text(document_.title) + "</h1>\n";
    if (!document_.subtitle.empty())
      out_ += "<p class=\"subtitle\">" + to_html_text(document_.subtitle) + "</p>\n";
    if (!document_.facts.empty()) {
      out_ += "<dl class=\"facts\">\n";
      for (const Fact& fact : document_.facts)
        out_ += "<dt>" + to_html_text(fact.label) + "</dt><dd>" + to_html_text(fact.value) + "</dd>\n";
      out_ += "</dl>\n";
    }
    out_ += "</header>\n";
  }

  void print_contents() {
    out_ += "<nav aria-labelledby=\"contenido\">\n<h2 id=\"contenido\">Contenido</h2>\n<ol>\n";
    for (const Chapter& chapter : document_.chapters) {
      out_ += "<li><a href=\"#" + chapter.id + "\">" + name_of(chapter) + (document_.numbered ? ". " : "") +
              to_html_text(chapter.title) + "</a>\n<ol>\n";
      for (const Article& article : chapter.articles)
        out_ += "<li><a href=\"#" + article.id + "\">" + before(article) + to_html_text(article.title) +
                "</a></li>\n";
      out_ += "</ol></li>\n";
    }
    out_ += "</ol>\n</nav>\n";
  }

  void print(const Chapter& chapter) {
    out_ +=
        "<section aria-labelledby=\"" + chapter.id + "\">\n<h2 id=\"" + chapter.id + "\">" +
        (document_.numbered ? "<span class=\"ordinal\">" + name_of(chapter) + "</span> " : std::string()) +
        to_html_text(chapter.title) + "</h2>\n";
    for (const Article& article : chapter.articles) {
      out_ += "<article aria-labelledby=\"" + article.id + "\">\n<h3 id=\"" + article.id + "\">" +
              before(article) + to_html_text(article.title) + "</h3>\n";
      for (const Block& block : article.blocks)
        out_ += to_html(block, [&](const std::string& id) { return document_.number_of(id); });
      out_ += "</article>\n";
    }
    out_ += "</section>\n";
  }

  void print_index() {
    if (document_.terms.empty()) return;
    out_ +=
        "<section aria-labelledby=\"indice\">\n<h2 id=\"indice\">Índice de términos</h2>\n<ul "
        "class=\"terms\">\n";
    for (const auto& [key, entry] : document_.terms)
      out_ += "<li>" + to_html_text(entry.term) + ": <a href=\"#" + entry.article + "\">artículo " +
              std::to_string(document_.number_of(entry.article)) + "</a></li>\n";
    out_ += "</ul>\n</section>\n";
  }

  const Document& document_;
  std::string out_;
};

}  // namespace

std::string to_html(const Document& document) {
  return Printer(document).print();
}

}  // namespace cauce::engine::document
