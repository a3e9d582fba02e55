#include "dsl/broken_block.hpp"

#include <algorithm>

namespace cauce::dsl {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// The things that were expected, each once, as `«a», «b» o un nombre`.
std::string enumerate(const std::vector<Wanted>& expected) {
  std::vector<std::string> names;
  for (const Wanted& wanted : expected) {
    std::string name = wanted.literal ? quoted(wanted.text) : std::string(wanted.text);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  constexpr std::size_t most = 8;
  const std::size_t shown = std::min(names.size(), most);
  std::string list;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) list += i + 1 == names.size() ? " o " : ", ";
    list += names[i];
  }
  return shown < names.size() ? list + " …" : list;
}

}  // namespace

bool expects_word(const Recogniser& recogniser, std::string_view word) {
  return std::any_of(recogniser.expected.begin(), recogniser.expected.end(),
                     [&](const Wanted& wanted) { return wanted.literal && fold(wanted.text) == word; });
}

Diagnostic explain_unfinished_clause(const Scene& before) {
  const Piece last = before.before();
  if (before.text(last) == ".")
    return before.not_understood(last, "una cláusula termina sin punto: quítelo", "");
  std::string what = "aquí falta " + enumerate(before.expected());
  if (before.expects("una expresión")) what = "después de " + quoted(before.text(last)) + " falta un valor";
  return {Code::unexpected_text,
          before.span({last.end, last.end}),
          std::move(what),
          "la línea siguiente empieza otra cláusula",
          {},
          {}};
}

bool denies(const Scene& before) {
  const Piece no = before.before();
  const Piece earlier = before.word_before(no);
  return before.folded(no) == "no" && before.expects("un operador") && earlier.begin < earlier.end;
}

Diagnostic explain_no_before_clause(const Scene& before) {
  const Piece no = before.before();
  return {
      Code::unexpected_text,
      before.span(no),
      "este " + quoted(before.text(no)) + " niega lo que sigue, y la línea siguiente empieza otra cláusula",
      "si es el valor, enciérrelo entre paréntesis; si no, falta lo que niega",
      "(" + std::string(before.text(no)) + ")",
      {}};
}

Diagnostic explain_unclosed_block(const Recogniser& recogniser, Piece clause, std::size_t brace) {
  const std::string_view text = recogniser.text();
  const auto span = [&](std::size_t begin, std::size_t end) {
    return Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), recogniser.tree.file};
  };
  const std::size_t indent = blanks_begin(text, clause.begin);
  return {Code::unexpected_text,
          span(clause.begin, clause.begin),
          quoted(text.substr(clause.begin, clause.end - clause.begin)) +
              " empieza otra cláusula, y antes falta cerrar un bloque",
          "escriba «}» antes de esta línea",
          "}\n" + std::string(text.substr(indent, clause.begin - indent)),
          {{span(brace, brace + 1), "esta llave no se cierra"}}};
}

char missing_brace(const Diagnostic& mistake) {
  if (!mistake.replacement || mistake.span.end - mistake.span.begin > 1) return 0;
  const std::string_view written = *mistake.replacement;
  const std::size_t first = written.find_first_not_of(blanks);
  if (first == std::string_view::npos || first != written.find_last_not_of(blanks)) return 0;
  return written[first] == '{' || written[first] == '}' ? written[first] : '\0';
}

bool supply_brace(std::string& text, std::size_t place, char brace) {
  const auto is_blank_at = [&](std::size_t at) {
    return at < text.size() && blanks.find(text[at]) != std::string_view::npos;
  };
  const bool stands_for_it = place < text.size() && text[place] == ':';
  if (!stands_for_it && place > 0 && !is_blank_at(place)) --place;
  if (!stands_for_it && !is_blank_at(place)) return false;
  text[place] = brace;
  return true;
}

}  // namespace cauce::dsl
