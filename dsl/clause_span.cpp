#include "dsl/clause_span.hpp"

#include <algorithm>
#include <vector>

#include "dsl/placement.hpp"

namespace cauce::dsl {
namespace {

/// Where the clause around `at` begins on its line.
std::size_t clause_begin(std::string_view text, std::size_t at) {
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
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
  const std::size_t begin = clause_begin(text, at);
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
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  const std::size_t begin = skip_blanks(text, line, LineEnds::keep);
  const std::size_t end = line_end(text, at);
  const std::string_view written = text.substr(std::min(begin, at), end - std::min(begin, at));
  const auto opened = std::count(written.begin(), written.end(), '{');
  const bool whole = line > 0 && opened == std::count(written.begin(), written.end(), '}');
  return whole ? Piece{std::min(begin, at), end} : clause_around(text, at);
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
