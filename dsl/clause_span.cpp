#include "dsl/clause_span.hpp"

#include <algorithm>
#include <vector>

#include "dsl/placement.hpp"

namespace cauce::dsl {
namespace {

/// Each mistake in a line costs a look at it; a whole policy on one line is not taken apart.
constexpr std::size_t longest_line = 2'000;

/// Where the line around `at` begins, if it does not stand too far from there.
std::optional<std::size_t> line_begin(std::string_view text, std::size_t at) {
  const std::size_t nearby = at - std::min(at, longest_line);
  const std::size_t last_end = text.substr(nearby, at - nearby).rfind('\n');
  if (last_end != std::string_view::npos) return nearby + last_end + 1;
  if (nearby == 0) return 0;
  return std::nullopt;
}

/// Where the clause around `at` begins on its line, which begins at `line`.
std::size_t clause_begin(std::string_view text, std::size_t line, std::size_t at) {
  std::vector<std::size_t> outer;
  std::size_t begin = skip_blanks(text, line, LineEnds::keep);
  for (std::size_t next = begin; next < at;) {
    const std::size_t end = piece_end(text, next);
    const std::size_t after = skip_blanks(text, end, LineEnds::keep);
    if (text[next] == '{') {
      outer.push_back(begin);
      begin = after;
    } else if (text[next] == '}') {
      begin = outer.empty() ? after : outer.back();
      if (!outer.empty()) outer.pop_back();
    }
    next = std::max(after, next + 1);
  }
  return std::min(begin, at);
}

}  // namespace

std::optional<Piece> clause_around(std::string_view text, std::size_t at) {
  const auto line = line_begin(text, at);
  if (!line) return std::nullopt;
  const std::size_t begin = clause_begin(text, *line, at);
  std::size_t depth = 0;
  std::size_t end = at;
  for (std::size_t next = skip_blanks(text, at, LineEnds::keep); next < text.size();) {
    const char first = text[next];
    const bool line_ends = first == '\n' || first == '#';
    if (depth == 0 && (line_ends || first == '}')) return Piece{begin, end};
    if (first == '{') ++depth;
    if (first == '}') --depth;
    end = line_ends ? next + 1 : piece_end(text, next);
    if (first == '#') end = line_end(text, next);
    if (first == '}' && depth == 0) return Piece{begin, end};
    next = skip_blanks(text, end, LineEnds::keep);
  }
  if (depth > 0) return std::nullopt;
  return Piece{begin, end};
}

std::optional<Piece> line_or_clause_around(std::string_view text, std::size_t at) {
  const auto line = line_begin(text, at);
  const std::size_t end = line_end(text.substr(0, at + longest_line), at);
  if (!line || end - *line >= longest_line) return std::nullopt;
  const std::size_t begin = std::min(skip_blanks(text, *line, LineEnds::keep), at);
  const std::string_view written = text.substr(begin, end - begin);
  const auto opened = std::count(written.begin(), written.end(), '{');
  const bool whole = *line > 0 && opened == std::count(written.begin(), written.end(), '}');
  return whole ? Piece{begin, end} : clause_around(text, at);
}

std::optional<Piece> clause_word_of_line(std::string_view text, std::size_t at) {
  const auto line = line_begin(text, at);
  if (!line) return std::nullopt;
  const std::size_t begin = skip_blanks(text, *line, LineEnds::keep);
  const Piece word{begin, word_end(text, begin)};
  const std::string folded = fold(text.substr(begin, word.end - begin));
  const bool declares = begin == *line && folded == "alertas";  // at the margin it is no clause
  if (begin > at || declares || place_of_clause(folded).empty()) return std::nullopt;
  return word;
}

Piece with_rows_of_header(std::string_view text, Piece clause) {
  const std::size_t brace = text.substr(0, clause.begin).rfind('{');
  const bool opens = brace != std::string_view::npos && skip_blanks(text, brace + 1) == clause.begin;
  if (!opens || text.substr(clause.begin, clause.end - clause.begin).find('|') == std::string_view::npos)
    return clause;
  const std::string_view earlier = text.substr(0, brace);
  const std::size_t word = earlier.find_last_not_of(" \t\r\n");
  const std::size_t begin = earlier.find_last_of(" \t\r\n{}", word) + 1;  // npos + 1 is 0
  std::size_t end = clause.begin;
  for (std::size_t depth = 1; depth > 0 && end < text.size(); end = skip_blanks(text, piece_end(text, end))) {
    if (text[end] == '{') ++depth;
    if (text[end] == '}' && --depth == 0) return {begin, end + 1};
  }
  return {begin, text.size()};
}

void blank_out(std::string& text, Piece clause) {
  const auto begin = text.begin() + static_cast<std::ptrdiff_t>(clause.begin);
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(clause.end);
  std::replace_if(
      begin, end, [](char c) { return c != '\n'; }, ' ');
}

bool begins_clause(std::string_view text, std::size_t left_out, Piece clause, const Diagnostic& mistake) {
  if (skip_blanks(text, left_out) < clause.begin) return true;  // something between them was understood
  if (text.substr(clause.begin).starts_with('|')) return true;
  const std::string word = fold(text.substr(clause.begin, word_end(text, clause.begin) - clause.begin));
  const bool misspelt = mistake.replacement && mistake.span.begin == clause.begin;
  return misspelt || !place_of_clause(word).empty();
}

}  // namespace cauce::dsl
