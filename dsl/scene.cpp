#include "dsl/scene.hpp"

#include <algorithm>

namespace cauce::dsl {

Scene::Scene(const Recogniser& recogniser, std::size_t begin) : recogniser_(recogniser) {
  const std::size_t at = recogniser.farthest;
  for (std::size_t next = begin; next < at;) {
    before_ = {next, piece_end(text(), next)};
    const char first = text()[next];
    if (first == '(') parentheses_.push_back(next);
    if (first == ')' && !parentheses_.empty()) parentheses_.pop_back();
    if (first == '{') braces_.push_back(next);
    if (first == '}' && !braces_.empty()) braces_.pop_back();
    next = skip_blanks(text(), before_.end);
  }
  here_ = {at, piece_end(text(), at)};
}

Piece Scene::word_before(Piece piece) const {
  const std::string_view earlier = text().substr(0, piece.begin);
  const std::size_t last = earlier.find_last_not_of(" \t");
  if (last == std::string_view::npos) return {piece.begin, piece.begin};
  constexpr std::string_view breaks = " \t\r\n()[]{},;:.=<>|\"#+-*/";
  const std::size_t stop = earlier.find_last_of(breaks, last);
  const std::size_t begin = stop == std::string_view::npos ? 0 : stop + 1;
  if (begin > last || word_end(text(), begin) != last + 1) return {piece.begin, piece.begin};
  return {begin, last + 1};
}

Piece Scene::first_of_line(Piece piece) const {
  const std::size_t line = piece.begin == 0 ? 0 : text().rfind('\n', piece.begin - 1) + 1;  // npos + 1 is 0
  const std::size_t begin = skip_blanks(text(), line, LineEnds::keep);
  return {begin, piece_end(text(), begin)};
}

std::string Scene::opening_word() const {
  if (braces_.empty()) return {};
  return folded(first_of_line({braces_.back(), braces_.back()}));
}

Piece Scene::after(Piece piece) const {
  const std::size_t begin = skip_blanks(text(), piece.end);
  return {begin, piece_end(text(), begin)};
}

Piece Scene::phrase(Piece first, std::string_view words) const {
  Piece last = first;
  for (Piece piece = first; !words.empty(); piece = after(piece)) {
    const std::size_t blank = std::min(words.find(' '), words.size());
    if (piece.begin == piece.end || folded(piece) != words.substr(0, blank))
      return {first.begin, first.begin};
    words.remove_prefix(std::min(blank + 1, words.size()));
    last = piece;
  }
  return {first.begin, last.end};
}

bool Scene::begins_line(Piece piece) const {
  const std::string_view earlier = text().substr(0, piece.begin);
  const std::size_t last = earlier.find_last_not_of(" \t");
  return last == std::string_view::npos || earlier[last] == '\n';
}

bool Scene::on_one_line(Piece a, Piece b) const {
  return text().substr(a.begin, b.end - a.begin).find('\n') == std::string_view::npos;
}

bool Scene::is_number(Piece piece) const {
  return piece.begin < piece.end && number_end(text(), piece.begin) == piece.end;
}

bool Scene::is_word(Piece piece) const {
  return piece.begin < piece.end && word_end(text(), piece.begin) == piece.end;
}

bool Scene::is_operand(Piece piece) const {
  if (piece.begin >= piece.end) return false;
  const char first = text()[piece.begin];
  return first == '(' || first == '"' || continues_word(text(), piece.begin);
}

bool Scene::expects(std::string_view what) const {
  return std::any_of(expected().begin(), expected().end(),
                     [&](const Wanted& wanted) { return wanted.text == what; });
}

Span Scene::span(Piece piece) const {
  return {static_cast<std::uint32_t>(piece.begin), static_cast<std::uint32_t>(piece.end),
          recogniser_.tree.file};
}

Diagnostic Scene::not_understood(Piece piece, std::string help,
                                 std::optional<std::string> replacement) const {
  return {Code::unexpected_text,  span(piece), dsl::not_understood(text(piece)), std::move(help),
          std::move(replacement), {}};
}

Diagnostic Scene::missing_before(Piece piece, const std::string& what, std::string help,
                                 std::optional<std::string> replacement) const {
  return {Code::unexpected_text, span({piece.begin, piece.begin}), "aquí falta " + what,
          std::move(help),       std::move(replacement),           {}};
}

Diagnostic Scene::missing_behind(Piece piece, const std::string& what, std::string help,
                                 std::optional<std::string> replacement) const {
  return {Code::unexpected_text, span({piece.end, piece.end}), "aquí falta " + what,
          std::move(help),       std::move(replacement),       {}};
}

Diagnostic Scene::meant(Piece piece, std::string replacement) const {
  std::string help = "se escribe " + quoted(replacement);
  return not_understood(piece, std::move(help), std::move(replacement));
}

Diagnostic Scene::meant_word(Piece piece, const std::string& replacement) const {
  Diagnostic mistake = meant(piece, replacement);
  if (before_.end == piece.begin) mistake.replacement = " " + replacement;
  return mistake;
}

std::string not_understood(std::string_view piece) {
  constexpr std::size_t longest = 40;
  if (count_code_points(piece) <= longest) return "aquí no se entiende " + quoted(piece);
  std::size_t cut = longest;
  while (cut > 0 && (static_cast<unsigned char>(piece[cut]) & 0xC0U) == 0x80U)
    --cut;  // never inside a letter
  return "aquí no se entiende " + quoted(std::string(piece.substr(0, cut)) + "…");
}

}  // namespace cauce::dsl
