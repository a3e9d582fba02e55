// The smallest pieces of a text: blanks, words, texts in quotes, numbers. Offsets are bytes; the text is
// valid UTF-8. The grammar and the search for mistakes of spelling share them, so that both see the same
// pieces.
#pragma once

#include <string_view>

namespace cauce::dsl {

enum class LineEnds : bool { skip, keep };

/// The offset after the blanks at `at`; with LineEnds::skip also after line ends and comments.
std::size_t skip_blanks(std::string_view text, std::size_t at, LineEnds line_ends = LineEnds::skip);

/// Where the blanks directly before `at` begin, which stand in its line. It looks no further back than that:
/// a file may be one long line.
std::size_t blanks_begin(std::string_view text, std::size_t at);

/// The end of the word at `at` (a letter, then letters, digits and `_`); `at` itself if there is none.
std::size_t word_end(std::string_view text, std::size_t at);

/// Whether a letter, a digit or `_` stands at `at`, so that a number or a word before it has not ended.
bool continues_word(std::string_view text, std::size_t at);

/// The offset after the closing quote of the text whose opening quote is at `at`; npos if its line ends
/// first.
std::size_t string_end(std::string_view text, std::size_t at);

/// The end of the digits at `at`, in which single `_` may stand between two digits; `at` if there are none.
std::size_t digits_end(std::string_view text, std::size_t at);

/// The end of the number at `at` (`12`, `1_000`, `0.5`, `40%`); `at` if none stands there.
std::size_t number_end(std::string_view text, std::size_t at);

/// The end of the code point at `at`; a byte that is not UTF-8 counts as one.
std::size_t code_point_end(std::string_view text, std::size_t at);

/// The end of the line in which `at` stands.
std::size_t line_end(std::string_view text, std::size_t at);

/// The end of the thing at `at` as a person sees it: a word, a number, a text or one sign.
std::size_t piece_end(std::string_view text, std::size_t at);

/// The offset at which the text after the byte-order mark begins.
std::size_t text_begin(std::string_view text);

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

inline bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_digit(text[at]);
}

}  // namespace cauce::dsl
