#include "engine/document/html_blocks.hpp"

#include <algorithm>
#include <variant>

#include "engine/html_text.hpp"
#include "rules/date.hpp"

namespace cauce::engine::document {
namespace {

constexpr std::string_view style_sheet_text = R"css(
:root { --ink: #1b1f27; --soft: #5b6473; --line: #c9ced6; --shade: #f3f5f8; --accent: #1d4f7c; }
* { box-sizing: border-box; }
html { font-size: 17px; }
body { margin: 0; color: var(--ink); background: #fff; font-family: "Source Serif 4", "Noto Serif", Georgia, "DejaVu Serif", serif; line-height: 1.5; }
main, header, nav, footer { max-width: 46rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 3.5rem; padding-bottom: 1.5rem; border-bottom: 3px double var(--accent); text-align: center; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; }
.subtitle { font-size: 1.1rem; color: var(--soft); margin: 0 0 1.2rem; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, auto); gap: .15rem 1rem; justify-content: center; margin: 0; text-align: left; font-size: .95rem; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; margin: 3rem 0 1rem; padding-bottom: .3rem; border-bottom: 1px solid var(--accent); color: var(--accent); }
h2 .ordinal { display: block; font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; color: var(--soft); }
h3 { font-size: 1.05rem; margin: 1.9rem 0 .5rem; }
p, ul, ol { margin: .5rem 0; }
li { margin: .25rem 0; }
.note { color: var(--soft); font-style: italic; border-left: 3px solid var(--line); padding-left: .8rem; }
code { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: .85em; background: var(--shade); padding: .05em .3em; border-radius: 3px; overflow-wrap: anywhere; }
a { color: var(--accent); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
.scroll { overflow-x: auto; margin: .8rem 0 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
caption { text-align: left; font-weight: bold; padding-bottom: .35rem; }
th, td { border: 1px solid var(--line); padding: .3rem .55rem; text-align: left; vertical-align: top; }
thead th { background: var(--shade); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: normal; }
time { white-space: nowrap; }
figure { margin: 1.2rem 0; text-align: center; }
figure svg { max-width: 100%; height: auto; }
figcaption { font-size: .9rem; color: var(--soft); }
nav ol { list-style: none; padding: 0; }
nav > ol > li { margin: .7rem 0; font-weight: bold; }
nav ol ol { padding-left: 1.2rem; font-weight: normal; }
nav h2 { margin-top: 2rem; }
ul.terms { columns: 2; column-gap: 2rem; list-style: none; padding: 0; font-size: .9rem; }
ul.terms li { break-inside: avoid; }
footer { margin-top: 3rem; padding-top: .8rem; padding-bottom: 3rem; font-size: .8rem; color: var(--soft); border-top: 1px solid var(--line); }
@media screen and (max-width: 40rem) {
  main, header, nav, footer { padding-left: 1.1rem; padding-right: 1.1rem; }
  h1, h2, h3, p, li, dd, th, td { overflow-wrap: break-word; }
  dl.facts { display: block; }
  dl.facts dd { margin-bottom: .4rem; }
  table, caption, tbody, tr, tbody th, td { display: block; }
  thead { display: none; }
  tr { border: 1px solid var(--line); margin-bottom: .8rem; }
  tbody th, td { border: 0; }
  tbody th { background: var(--shade); font-weight: bold; }
  td:empty { display: none; }
  .number { text-align: left; }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); }
  ul.terms { columns: 1; }
}
@media print {
  @page { size: letter; margin: 2.2cm 2.2cm 2.4cm; @bottom-center { content: counter(page); } }
  html { font-size: 11pt; }
  main, header, nav, footer { max-width: none; padding-left: 0; padding-right: 0; }
  header { padding-top: 0; }
  footer { padding-bottom: 0; break-inside: avoid; }
  nav { break-after: page; }
  nav > ol { columns: 2; column-gap: 2rem; }
  h2, h3, h2 .ordinal, caption, thead, p:has(+ .scroll) { break-after: avoid; }
  h2, tr, figure, .note, nav > ol > li { break-inside: avoid; }
  figure svg { max-height: 19cm; }
  thead { display: table-header-group; }
  /* Half of the outer border lies outside of a table, and paper ends where its box does. */
  .scroll { overflow: visible; padding: 0 1px; }
  .wide { font-size: .78rem; }
  a { color: inherit; }
  p, li { orphans: 3; widows: 3; }
}
)css";

constexpr std::size_t most_columns_at_full_size = 3;

/// For HTML, and with every day as one, so that no line breaks within it.
std::string with_days(std::string_view text) {
  constexpr std::size_t length = 10;  // 2024-02-07
  std::string out;
  std::size_t begin = 0;
  for (std::size_t dash = text.find('-'); dash != text.npos; dash = text.find('-', dash + 1)) {
    if (dash < begin + 4) continue;
    const std::string_view day = text.substr(dash - 4, length);
    if (!rules::parse_iso_date(day)) continue;
    out += to_html_text(text.substr(begin, dash - 4 - begin));
    out += "<time>" + std::string(day) + "</time>";
    begin = dash - 4 + length;
  }
  return out + to_html_text(text.substr(begin));
}

/// For HTML, with every day as one, and with every address of the web as a link.
std::string with_links(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t begin = std::min({text.find("https://"), text.find("http://"), text.size()});
    const std::size_t end =
        std::min({text.find_first_of(" \n\t,;\"<>()", begin), text.find("»", begin), text.size()});
    const std::string address = to_html_text(text.substr(begin, end - begin));
    out += with_days(text.substr(0, begin));
    if (!address.empty()) out += "<a href=\"" + address + "\">" + address + "</a>";
    text.remove_prefix(end);
  }
  return out;
}

class Printer {
 public:
  explicit Printer(const ArticleNumber& number_of) : number_of_(number_of) {}

  std::string print_one(const Block& block) {
    std::visit([&](const auto& one) { print(one); }, block);
    return std::move(out_);
  }

 private:
  void print(const Paragraph& paragraph) {
    out_ += (paragraph.note ? "<p class=\"note\">" : "<p>") + in_line(paragraph.text) + "</p>\n";
  }

  void print(const List& list) {
    out_ += list.ordered ? "<ol>\n" : "<ul>\n";
    for (const Text& item : list.items)
      out_ += "<li>" + in_line(item) + "</li>\n";
    out_ += list.ordered ? "</ol>\n" : "</ul>\n";
  }

  void print(const Table& table) {
    const bool wide = table.heading.size() > most_columns_at_full_size;
    out_ += wide ? "<div class=\"scroll\"><table class=\"wide\">\n" : "<div class=\"scroll\"><table>\n";
    if (!table.caption.empty()) out_ += "<caption>" + to_html_text(table.caption) + "</caption>\n";
    out_ += "<thead><tr>";
    for (std::size_t i = 0; i < table.heading.size(); ++i)
      out_ += "<th scope=\"col\"" + class_of(table, i) + ">" + to_html_text(table.heading[i]) + "</th>";
    out_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      out_ += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) {
        out_ += i == 0 ? "<th scope=\"row\">" : "<td" + class_of(table, i) + label(table, i) + ">";
        out_ += in_line(row[i]) + (i == 0 ? "</th>" : "</td>");
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
  }

  static std::string class_of(const Table& table, std::size_t column) {
    return table.numeric.contains(column) ? " class=\"number\"" : "";
  }

  /// The heading of a cell, for screens so narrow that each stands on a line of its own.
  static std::string label(const Table& table, std::size_t column) {
    if (column >= table.heading.size() || table.heading[column].empty()) return {};
    return " data-label=\"" + to_html_text(table.heading[column]) + "\"";
  }

  /// Every drawing numbers its parts from one: here their ids must differ.
  static std::string with_own_ids(const Figure& figure) {
    constexpr std::string_view attribute = " id=\"";
    std::string svg = figure.svg;
    for (std::size_t at = 0; (at = svg.find(attribute, at)) != svg.npos; at += attribute.size())
      svg.insert(at + attribute.size(), figure.id + "-");
    return svg;
  }

  /// Without a drawing the tables beside it say the same.
  void print(const Figure& figure) {
    if (figure.svg.empty()) return;
    out_ += "<figure role=\"group\" aria-label=\"" + to_html_text(figure.caption) + "\">\n" +
            with_own_ids(figure) + "\n<figcaption>" + to_html_text(figure.caption) +
            "</figcaption>\n</figure>\n";
  }

  std::string in_line(const Text& text) const {
    std::string out;
    for (const Run& run : text) {
      switch (run.style) {
        case Run::Style::plain:
          out += with_links(run.text);
          break;
        case Run::Style::strong:
          out += "<strong>" + to_html_text(run.text) + "</strong>";
          break;
        case Run::Style::code:
          out += "<code>" + to_html_text(run.text) + "</code>";
          break;
        case Run::Style::reference:
          out += "<a href=\"#" + run.text + "\">artículo " + std::to_string(number_of_(run.text)) + "</a>";
          break;
      }
    }
    return out;
  }

  const ArticleNumber& number_of_;
  std::string out_;
};

}  // namespace

std::string_view style_sheet() {
  return style_sheet_text;
}

std::string to_html(const Block& block, const ArticleNumber& number_of) {
  return Printer(number_of).print_one(block);
}

}  // namespace cauce::engine::document
