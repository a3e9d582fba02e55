// The place of a mistake: what stands there, what before it, what was expected, which brackets are open.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostic.hpp"
#include "dsl/recogniser.hpp"

namespace cauce::dsl {

struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

inline bool is_empty(Piece piece) {
  return piece.begin == piece.end;
}

inline Piece joined(Piece first, Piece last) {
  return {first.begin, last.end};
}

class Scene {
 public:
  /// Of the declaration that begins at `begin`, up to the farthest place that was understood.
  Scene(const Recogniser& recogniser, std::size_t begin);

  std::string_view text() const { return recogniser_.text(); }
  std::string_view text(Piece piece) const { return text().substr(piece.begin, piece.end - piece.begin); }
  std::string folded(Piece piece) const { return fold(text(piece)); }

  Piece here() const { return here_; }
  std::string word() const { return folded(here_); }  ///< what stands here, folded
  /// What stands before it, a blank or more away; empty at the beginning.
  Piece before() const { return before_; }
  /// The word before `piece` on its line; empty if something else stands there.
  Piece word_before(Piece piece) const;
  /// The first piece of the line in which `piece` begins.
  Piece first_of_line(Piece piece) const;
  /// The first word of the line that opens the innermost block here, folded; empty outside of blocks.
  std::string opening_word() const;
  /// What follows `piece`; empty at the end of the text.
  Piece after(Piece piece) const;
  /// The folded words that follow each other from `first` on; empty if others stand there.
  Piece phrase(Piece first, std::string_view words) const;

  /// Whether a clause can begin here.
  bool opens_clause() const { return at_line_start() || text(before_) == "{"; }
  bool at_end() const { return here_.begin >= text().size(); }
  bool at_line_start() const { return begins_line(here_); }
  bool begins_line(Piece piece) const;
  bool on_one_line(Piece a, Piece b) const;
  bool is_number(Piece piece) const;
  /// Whether it is a word, which a name could be.
  bool is_word(Piece piece) const;
  /// Whether a word or a number begins there, a text or a parenthesis: something that has a value.
  bool is_operand(Piece piece) const;

  /// The places of `(` and `{` that are open here, the innermost last.
  const std::vector<std::size_t>& parentheses() const { return parentheses_; }
  const std::vector<std::size_t>& braces() const { return braces_; }

  const Titles& titles() const { return recogniser_.titles(); }

  bool expects(std::string_view what) const;
  const std::vector<Wanted>& expected() const { return recogniser_.expected; }

  Span span(Piece piece) const;
  /// A mistake at `piece` of the kind «aquí no se entiende».
  Diagnostic not_understood(Piece piece, std::string help, std::optional<std::string> replacement = {}) const;
  /// A mistake of the kind «aquí falta», directly before `piece` or behind it.
  Diagnostic missing_before(Piece piece, const std::string& what, std::string help,
                            std::optional<std::string> replacement = {}) const;
  Diagnostic missing_behind(Piece piece, const std::string& what, std::string help,
                            std::optional<std::string> replacement = {}) const;
  /// The same where `replacement` is what is written here.
  Diagnostic meant(Piece piece, std::string replacement) const;
  /// The same of words in place of a sign that stands here, perhaps without a blank before it.
  Diagnostic meant_word(Piece piece, const std::string& replacement) const;

 private:
  const Recogniser& recogniser_;
  Piece here_;
  Piece before_;
  std::vector<std::size_t> parentheses_;
  std::vector<std::size_t> braces_;
};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

inline std::string quoted(std::string_view text) {
  return "«" + std::string(text) + "»";
}

/// «aquí no se entiende «X»», cut where X is long.
std::string not_understood(std::string_view piece);

}  // namespace cauce::dsl
