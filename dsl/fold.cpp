#include "dsl/fold.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utf8proc.h>
#include <utility>

namespace cauce::dsl {
namespace {

using CodePoints = std::vector<utf8proc_int32_t>;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Every letter apart from its marks, the marks in canonical order. A byte that is not UTF-8 is left out.
CodePoints decompose(std::string_view text) {
  CodePoints decomposed(text.size() * 4 + 4);  // no code point has more than four canonical parts
  const auto count = utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), decomposed.data(),
                                        static_cast<utf8proc_ssize_t>(decomposed.size()), UTF8PROC_DECOMPOSE);
  decomposed.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return decomposed;
}

bool is_vowel(utf8proc_int32_t c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

bool is_mark(utf8proc_int32_t c) {
  return utf8proc_category(c) == UTF8PROC_CATEGORY_MN;
}

/// The code points of the folded form, still apart from the marks that they keep.
CodePoints fold_decomposed(std::string_view text) {
  CodePoints folded;
  bool after_vowel = false;
  for (const utf8proc_int32_t c : decompose(text)) {
    if (is_mark(c) && after_vowel) continue;
    const utf8proc_int32_t lower = utf8proc_tolower(c);
    if (!is_mark(c)) after_vowel = is_vowel(lower);
    folded.push_back(lower);
  }
  return folded;
}

std::string compose(CodePoints code_points) {
  auto count = static_cast<utf8proc_ssize_t>(code_points.size());
  code_points.resize(code_points.size() + 1);  // the encoder writes its bytes, and a 0 after them, in place
  count = utf8proc_reencode(code_points.data(), count,
                            static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  return std::string(reinterpret_cast<const char*>(code_points.data()), static_cast<std::size_t>(count));
}

// Nearly all that is folded is Spanish, whose letters beyond ASCII are among U+00C0 to U+00FF: in UTF-8 a
// lead byte and one more, which say the same wherever they stand.
constexpr unsigned char lead_of_latin_letters = 0xC3;
constexpr unsigned char first_continuation = 0x80;
constexpr std::size_t latin_letters = 0x40;

/// Each of them folded, by its second byte.
const std::array<std::string, latin_letters>& folded_latin_letters() {
  static const std::array<std::string, latin_letters> letters = [] {
    std::array<std::string, latin_letters> made;
    for (std::size_t i = 0; i < made.size(); ++i) {
      const std::string letter = {static_cast<char>(lead_of_latin_letters),
                                  static_cast<char>(first_continuation + i)};
      made.at(i) = compose(fold_decomposed(letter));
    }
    return made;
  }();
  return letters;
}

/// Nothing for a text with anything but ASCII and those letters.
std::optional<std::string> fold_latin(std::string_view text) {
  const auto& letters = folded_latin_letters();
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < first_continuation) {
      folded += lower_ascii(text[at]);
      continue;
    }
    if (byte != lead_of_latin_letters || ++at == text.size()) return std::nullopt;
    const std::size_t letter = static_cast<unsigned char>(text[at]) - std::size_t{first_continuation};
    if (letter >= letters.size()) return std::nullopt;
    folded += letters.at(letter);
  }
  return folded;
}

/// Writes the code points of the folded form of `text` to `folded`.
void fold_to(std::string_view text, CodePoints& folded) {
  if (is_ascii(text)) {
    folded.resize(text.size());
    std::transform(text.begin(), text.end(), folded.begin(), lower_ascii);
    return;
  }
  folded = fold_decomposed(text);
  const auto count =
      utf8proc_normalize_utf32(folded.data(), static_cast<utf8proc_ssize_t>(folded.size()),
                               static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  folded.resize(static_cast<std::size_t>(count));
}

/// However long a name is, one with more mistakes than these is another name. It also keeps the time in
/// proportion to the length of names, which is the author's to choose.
constexpr std::size_t most_edits = 24;

/// Damerau-Levenshtein distances (a transposition of neighbours is one edit; optimal string alignment) of
/// names of which few are near: what cannot lead to a distance within the limit is not computed.
class Distances {
 public:
  /// That of `a` and `b`; nothing if it is more than `limit`.
  std::optional<std::size_t> within(std::size_t limit, const CodePoints& a, const CodePoints& b) {
    return a.size() <= b.size() ? of_shorter(a, b, limit) : of_shorter(b, a, limit);
  }

 private:
  /// Row `i` has in column `j` the distance of the first `i` letters of `a` and the first `j` of `b`, or more
  /// than the limit. A step away from the diagonals between the two corners is an edit, and has to be made
  /// good by another: so no row has more columns of use than the limit, and one.
  std::optional<std::size_t> of_shorter(const CodePoints& a, const CodePoints& b, std::size_t limit) {
    const std::size_t longer_by = b.size() - a.size();
    if (longer_by > limit) return std::nullopt;
    const std::size_t below = (limit - longer_by) / 2;
    const std::size_t above = longer_by + below;
    const std::size_t too_far = limit + 1;
    two_before_.assign(b.size() + 1, too_far);
    before_.assign(b.size() + 1, too_far);
    now_.assign(b.size() + 1, too_far);
    for (std::size_t j = 0; j <= std::min(above, b.size()); ++j)
      now_[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      std::swap(two_before_, before_);
      std::swap(before_, now_);
      const std::size_t first = i > below ? i - below : 1;
      const std::size_t last = std::min(i + above, b.size());
      now_[first - 1] = i <= below ? i : too_far;
      std::size_t smallest = now_[first - 1];
      for (std::size_t j = first; j <= last; ++j) {
        const std::size_t changed = before_[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        now_[j] = std::min({before_[j] + 1, now_[j - 1] + 1, changed});
        const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        if (swapped) now_[j] = std::min(now_[j], two_before_[j - 2] + 1);
        smallest = std::min(smallest, now_[j]);
      }
      if (smallest > limit) return std::nullopt;
    }
    return now_[b.size()] > limit ? std::nullopt : std::optional(now_[b.size()]);
  }

  std::vector<std::size_t> two_before_, before_, now_;  ///< rows; kept from one pair of names to the next
};

}  // namespace

std::string fold(std::string_view text) {
  if (auto folded = fold_latin(text)) return *std::move(folded);
  return compose(fold_decomposed(text));
}

std::string fold_heading(std::string_view text) {
  const auto is_letter_or_digit = [](utf8proc_int32_t c) {
    const auto category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           category == UTF8PROC_CATEGORY_ND || is_mark(c);
  };
  CodePoints heading;
  for (const utf8proc_int32_t c : fold_decomposed(text)) {
    if (is_letter_or_digit(c)) {
      heading.push_back(c);
    } else if (!heading.empty() && heading.back() != '_') {
      heading.push_back('_');
    }
  }
  if (!heading.empty() && heading.back() == '_') heading.pop_back();
  return compose(std::move(heading));
}

std::string_view nearest_name(std::string_view word, const std::vector<std::string_view>& candidates) {
  CodePoints wanted;
  CodePoints offered;
  fold_to(word, wanted);
  Distances distances;
  std::string_view nearest;
  // A distance must be smaller to count.
  std::size_t smallest = std::min(wanted.size() / 3, most_edits) + 1;
  for (const std::string_view candidate : candidates) {
    if (smallest == 0) break;
    fold_to(candidate, offered);
    const auto distance = distances.within(smallest - 1, wanted, offered);
    if (distance && *distance < std::max(wanted.size(), offered.size())) {
      smallest = *distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace cauce::dsl
