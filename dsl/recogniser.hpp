// What the grammar keeps while it reads: the flat tree so far, and what it would have liked to see at the
// farthest place that it reached, which is where a mistake is.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "dsl/concrete.hpp"
#include "dsl/fold.hpp"
#include "dsl/scan.hpp"
#include "dsl/titles.hpp"

namespace cauce::dsl {

/// Whether no name may be that word (language.md, 1).
inline bool is_reserved(std::string_view folded) {
  constexpr std::array<std::string_view, 13> reserved = {
      "si", "no", "y", "o", "entonces", "en", "entre", "sin", "con", "donde", "de", "a", "por"};
  return !folded.empty() && std::find(reserved.begin(), reserved.end(), folded) != reserved.end();
}

/// Something that may stand at a place: a word of the language (shown as «vence») or a description (un
/// nombre).
struct Wanted {
  std::string_view text;
  bool literal = false;
};

/// Thrown when an expression is nested more deeply than max_expression_depth (or would need a tree that
/// deep).
struct NestedTooDeep : std::runtime_error {
  NestedTooDeep(Span place, std::string message) : std::runtime_error(std::move(message)), span(place) {}
  Span span;
};

struct Word {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
  std::string folded;  ///< empty if no word begins there
  bool accented = false;
};

class Recogniser {
 public:
  Recogniser(std::string_view text, FileId file) { tree.text = text, tree.file = file; }

  ConcreteTree tree;

  std::size_t token_end = 0;                      ///< end of the last thing read, without the blanks after it
  LineEnds line_ends = LineEnds::skip;            ///< kept inside the row of a table
  std::size_t depth = 0;                          ///< of nested expressions
  std::size_t muted_at = std::string_view::npos;  ///< where a description stands for what it is made of

  std::size_t farthest = 0;      ///< the farthest offset at which something was expected in vain
  std::vector<Wanted> expected;  ///< what, there; the same may stand twice
  bool keeps_expected = true;    ///< what was expected is asked for only where there is a mistake

  std::string_view text() const { return tree.text; }

  /// The word at `at`. The last one is remembered: each place is tried with many words.
  const Word& word_at(std::size_t at) {
    if (word_.begin == at) return word_;
    word_.begin = at;
    word_.end = word_end(text(), at);
    const std::string_view written = text().substr(at, word_.end - at);
    word_.folded = fold(written);
    word_.accented = word_.folded.size() != written.size();
    return word_;
  }

  void expect(std::size_t at, Wanted what) {
    if (!keeps_expected || at < farthest || at == muted_at || what.text.empty()) return;
    if (at > farthest) expected.clear();
    farthest = at;
    expected.push_back(what);
  }

  /// What the text declares with a title: looked for once, and only where there is a mistake.
  const Titles& titles() const {
    if (!titles_) titles_ = std::make_shared<const Titles>(text());
    return *titles_;
  }

  void forget_tree() { tree.nodes.shorten(0); }

  /// After a mistake was reported, what is expected counts from `at`.
  void forget_mistake(std::size_t at) {
    farthest = at;
    expected.clear();
  }

 private:
  Word word_;
  mutable std::shared_ptr<const Titles> titles_;
};

}  // namespace cauce::dsl
