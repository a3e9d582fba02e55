// How words compare: without case and without the accents of vowels; ñ stays ñ (language.md, 1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cauce::dsl {

/// The form by which names compare: NFC, lower case, vowels without accent or diaeresis. `Focalización` and
/// `FOCALIZACION` give `focalizacion`; `Año` gives `año`. `text` is valid UTF-8.
std::string fold(std::string_view text);

/// Whether two words are one name.
inline bool same_name(std::string_view a, std::string_view b) {
  return fold(a) == fold(b);
}

/// The letters-and-digits form by which a column heading of a file is compared with a field: folded, with
/// runs of anything else made one `_`.
std::string fold_heading(std::string_view text);

/// Of `candidates`, the one nearest to `word` by edit distance over folded code points, if it is near enough
/// to be what was meant (at most a third of the word's length, and at least one letter kept); else empty.
std::string_view nearest_name(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace cauce::dsl
