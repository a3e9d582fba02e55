#include "engine/document/page.hpp"

#include <string_view>

#include "engine/document/html_blocks.hpp"
#include "engine/html_text.hpp"

namespace cauce::engine::document {
namespace {

/// A sheet to be handed out: the paper of the country's offices is A4 or letter, and both hold it.
constexpr std::string_view page_style = R"css(
header { text-align: left; padding-top: 2rem; padding-bottom: 1rem; }
dl.facts { justify-content: start; }
h2 { margin: 1.8rem 0 .6rem; }
main { padding-top: .5rem; }
@media print {
  @page { size: A4; margin: 1.8cm 2cm 2cm; }
  html { font-size: 10pt; }
  main { padding-top: 0; }
}
)css";

}  // namespace

std::string to_html(const Page& page) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"es\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<title>" + to_html_text(page.title) + "</title>\n<style>" + std::string(style_sheet()) +
         std::string(page_style) + "</style>\n</head>\n<body>\n";
  out += "<header>\n<h1>" + to_html_text(page.title) + "</h1>\n";
  if (!page.subtitle.empty()) out += "<p class=\"subtitle\">" + to_html_text(page.subtitle) + "</p>\n";
  out += "<dl class=\"facts\">\n";
  for (const Fact& fact : page.facts)
    out += "<dt>" + to_html_text(fact.label) + "</dt><dd>" + to_html_text(fact.value) + "</dd>\n";
  out += "</dl>\n</header>\n<main>\n";
  const auto no_articles = [](const std::string&) { return 0; };
  for (const Section& section : page.sections) {
    out += "<section>\n<h2>" + to_html_text(section.title) + "</h2>\n";
    for (const Block& block : section.blocks)
      out += to_html(block, no_articles);
    out += "</section>\n";
  }
  return out + "</main>\n<footer><p>" + to_html_text(page.foot) + "</p></footer>\n</body>\n</html>\n";
}

}  // namespace cauce::engine::document
