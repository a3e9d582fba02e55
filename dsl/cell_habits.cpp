#include "dsl/cell_habits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/foreign_words.hpp"

namespace cauce::dsl {
namespace {

using Maybe = std::optional<Diagnostic>;

bool wants_operator(const Scene& scene) {
  return scene.expects("un operador");
}

/// Whether here is within a row of a table.
bool in_cell(const Scene& scene) {
  const std::size_t line = scene.text().substr(0, scene.here().begin).rfind('\n') + 1;  // npos + 1 is 0
  return scene.text().substr(skip_blanks(scene.text(), line)).starts_with('|');
}

/// The first piece of the cell around here; that of here if it begins one.
Piece first_of_cell(const Scene& scene) {
  const std::string_view text = scene.text();
  const std::size_t bar = text.rfind('|', scene.here().begin == 0 ? 0 : scene.here().begin - 1);
  const std::size_t line = text.rfind('\n', scene.here().begin) + 1;  // npos + 1 is 0
  if (bar == std::string_view::npos || bar < line) return scene.here();
  return scene.after({bar, bar + 1});
}

/// Whether here is, in the cases of a test, a cell for what is given: left of the `=>` of their header.
bool is_given(const Scene& scene) {
  if (scene.opening_word() != "casos") return false;
  const std::string_view text = scene.text();
  const std::size_t header = scene.braces().back();
  const std::size_t arrow = text.find("=>", header);
  if (arrow == std::string_view::npos || arrow > scene.here().begin) return false;
  const std::size_t line = text.rfind('\n', scene.here().begin) + 1;  // npos + 1 is 0
  const std::size_t last = text.rfind('|', scene.here().begin - 1);
  if (last == std::string_view::npos || last < line) return false;
  const auto bars = [&](std::size_t from, std::size_t to) {
    return std::count(text.begin() + static_cast<std::ptrdiff_t>(from),
                      text.begin() + static_cast<std::ptrdiff_t>(to), '|');
  };
  return bars(line, last + 1) < bars(header, arrow);
}

bool is_sign(std::string_view word) {
  return word == "<" || word == "<=" || word == ">" || word == ">=" || word == "≤" || word == "≥";
}

/// `>= 40 y <= 60`: both bounds of a range, each with its sign.
Maybe two_bounds(const Scene& scene) {
  if (!is_sign(scene.word()) || !in_cell(scene) || scene.folded(scene.before()) != "y") return std::nullopt;
  const Piece first = first_of_cell(scene);
  const Piece low = scene.after(first);
  const Piece joint = scene.after(low);
  const Piece second = scene.after(joint);
  const Piece high = scene.after(second);
  const bool two = is_sign(scene.folded(first)) && scene.is_number(low) &&
                   second.begin == scene.here().begin && scene.is_number(high) &&
                   scene.text(scene.after(high)) == "|";
  if (!two) return std::nullopt;
  std::string from(scene.text(first));
  std::string to(scene.text(second));
  std::string_view lowest = scene.text(low);
  std::string_view highest = scene.text(high);
  if (from.front() == '<' || from == "≤") {
    std::swap(from, to);
    std::swap(lowest, highest);
  }
  const bool ordered = (from.front() == '>' || from == "≥") && (to.front() == '<' || to == "≤");
  if (!ordered) return std::nullopt;
  return scene.meant(joined(first, high), (from == ">" ? "]" : "[") + std::string(lowest) + ".." +
                                              std::string(highest) + (to == "<" ? "[" : "]"));
}

/// `de 40 a 60`, `desde 40 hasta 60`, `del 40 al 60`
Maybe bounds_in_words(const Scene& scene) {
  static constexpr std::array<std::string_view, 4> openings = {"de", "del", "desde", "entre"};
  static constexpr std::array<std::string_view, 5> joints = {"a", "al", "hasta", "y", "-"};
  if (!in_cell(scene)) return std::nullopt;
  const Piece first = first_of_cell(scene);  // the word may have been read as a name
  const Piece low = scene.after(first);
  const Piece joint = scene.after(low);
  const Piece high = scene.after(joint);
  const bool bounds = is_one_of(scene.folded(first), openings) && scene.is_number(low) &&
                      is_one_of(scene.folded(joint), joints) && scene.is_number(high);
  if (!bounds) return std::nullopt;
  return scene.meant(joined(first, high),
                     "[" + std::string(scene.text(low)) + ".." + std::string(scene.text(high)) + "]");
}

/// `> 60 o sin dato`
Maybe or_missing(const Scene& scene) {
  const bool missing = scene.word() == "sin" && scene.folded(scene.after(scene.here())) == "dato";
  if (!missing || !in_cell(scene) || scene.folded(scene.before()) != "o") return std::nullopt;
  return scene.not_understood(scene.before(), "las posibilidades de una celda se separan con comas", ",");
}

/// `=> estado | => puntaje`
Maybe second_arrow(const Scene& scene) {
  if (scene.text(scene.here()) != "=>" || !in_cell(scene) || scene.expects("=>")) return std::nullopt;
  if (!scene.expects("un nombre")) return std::nullopt;
  return scene.not_understood(scene.here(), "«=>» va una sola vez, antes del primer resultado: quítelo", "");
}

/// `en otro caso`, `los demás`
Maybe rest_of_rows(const Scene& scene) {
  if (!in_cell(scene)) return std::nullopt;
  const Piece first = first_of_cell(scene);
  for (const std::string_view words :
       {"en otro caso", "en los demas casos", "en cualquier otro caso", "los demas", "las demas", "el resto",
        "los otros", "las otras", "otro caso"}) {
    const Piece said = scene.phrase(first, words);
    if (is_empty(said)) continue;
    return scene.not_understood(
        said,
        "en la última fila escriba «-», y antes de la llave «decide la primera fila»: "
        "así recibe lo que ninguna otra toma");
  }
  return std::nullopt;
}

/// `menor a 40`, `mayor o igual a 40`, `0 a 39`, `*`, in a cell.
Maybe cell_in_words(const Scene& scene) {
  static constexpr std::array<ForeignWord, 8> signs{{{"mayor", ">"},
                                                     {"mas", ">"},
                                                     {"superior", ">"},
                                                     {"menor", "<"},
                                                     {"menos", "<"},
                                                     {"inferior", "<"},
                                                     {"desde", ">="},
                                                     {"hasta", "<="}}};
  const Piece here = scene.here();
  const std::string word = scene.word();
  if (scene.expects("una celda")) {
    if (word == "*" || word == "—" || word == "–") return scene.meant(here, "-");
    const Piece low = scene.after(here);
    const Piece joint = scene.after(low);
    const Piece high = scene.after(joint);
    const bool between =
        word == "entre" && scene.is_number(low) && scene.folded(joint) == "y" && scene.is_number(high);
    if (between)
      return scene.meant({here.begin, high.end},
                         "[" + std::string(scene.text(low)) + ".." + std::string(scene.text(high)) + "]");
  }
  const bool not_applicable =
      word == "a" && scene.text(scene.before()) == "/" && scene.expects("una expresión");
  if (not_applicable && scene.before().begin > 0) {
    const Piece n{scene.before().begin - 1, scene.before().begin};
    if (scene.folded(n) == "n") return scene.meant({n.begin, here.end}, is_given(scene) ? "sin dato" : "-");
  }
  if (!scene.expects("|") || !wants_operator(scene)) return std::nullopt;
  const Piece high = scene.after(here);
  const bool to = word == "a" || word == "hasta";
  if (to && scene.is_number(scene.before()) && scene.is_number(high)) {
    return scene.meant({scene.before().begin, high.end}, "[" + std::string(scene.text(scene.before())) +
                                                             ".." + std::string(scene.text(high)) + "]");
  }
  const bool filler = word == "a" || word == "que" || word == "de";
  if (!filler && !scene.is_number(here)) return std::nullopt;
  Piece first = scene.before();
  std::string equal;
  if (scene.folded(first) == "igual") {  // `mayor o igual`
    first = scene.word_before(scene.word_before(first));
    equal = "=";
  }
  const std::string comparison = scene.folded(first);
  const auto* sign = std::find_if(signs.begin(), signs.end(),
                                  [&](const ForeignWord& one) { return one.written == comparison; });
  if (sign == signs.end()) return std::nullopt;
  return scene.meant({first.begin, filler ? here.end : scene.before().end}, std::string(sign->meant) + equal);
}

/// A table pasted from a spreadsheet: its columns stand between tabs.
Maybe row_without_bars(const Scene& scene) {
  const std::string opening = scene.opening_word();
  const bool begins_row = (opening == "tabla" || opening == "casos") && scene.at_line_start() &&
                          !scene.at_end() && scene.expects("|") && scene.text(scene.here()) != "}";
  if (!begins_row) return std::nullopt;
  const std::size_t begin = scene.here().begin;
  const std::size_t end = line_end(scene.text(), begin);
  const std::string_view line = scene.text({begin, end});
  const bool in_columns =
      line.find('\t') != std::string_view::npos || line.find("  ") != std::string_view::npos;
  if (!in_columns || line.find('|') != std::string_view::npos) return std::nullopt;
  return scene.not_understood(
      {begin, scene.text().find_last_not_of(" \t\r", end - 1) + 1},
      "las columnas van entre barras, y antes de los resultados «=>», como en «| mdm | "
      "=> puntaje |»");
}

/// Lines of dashes in tables, and cells with nothing in them.
Maybe row_of_elsewhere(const Scene& scene) {
  const std::string_view text = scene.text();
  const Piece here = scene.here();
  if (scene.at_end()) return std::nullopt;
  const std::size_t start = text.rfind('\n', here.begin == 0 ? 0 : here.begin - 1);
  const std::size_t begin = start == std::string_view::npos ? 0 : start + 1;
  const std::string_view line = text.substr(begin, line_end(text, begin) - begin);
  const bool dashes = line.find("--") != std::string_view::npos &&
                      line.find_first_not_of(" \t\r|-:+=") == std::string_view::npos;
  if (dashes) {
    const std::size_t first = line.find_first_not_of(" \t");
    const std::size_t last = line.find_last_not_of(" \t\r");
    return scene.not_understood({begin + first, begin + last + 1},
                                "las filas no se separan con rayas: quite esta línea", "");
  }
  if (text[here.begin] != '|' || scene.text(scene.before()) != "|" || !scene.expects("una celda") ||
      !scene.on_one_line(scene.before(), here))
    return std::nullopt;
  const Piece empty{scene.before().end, here.begin};
  if (is_given(scene)) {
    return Diagnostic{Code::unexpected_text,
                      scene.span(empty.begin < empty.end ? empty : here),
                      "esta celda está vacía",
                      "escriba el valor, o «sin dato» si falta",
                      {},
                      {}};
  }
  return Diagnostic{Code::unexpected_text,
                    scene.span(empty.begin < empty.end ? empty : here),
                    "esta celda está vacía",
                    "escriba «-» si no importa, o «sin dato» si falta el dato",
                    empty.begin < empty.end ? std::optional<std::string>(" - ") : std::nullopt,
                    {}};
}

}  // namespace

std::optional<Diagnostic> explain_cell_habit(const Scene& scene) {
  static constexpr std::array habits = {row_without_bars, row_of_elsewhere, second_arrow, two_bounds,
                                        bounds_in_words,  or_missing,       rest_of_rows, cell_in_words};
  for (const auto habit : habits) {
    if (auto mistake = habit(scene)) return mistake;
  }
  return std::nullopt;
}

}  // namespace cauce::dsl
