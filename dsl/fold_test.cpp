#include "dsl/fold.hpp"

#include <algorithm>
#include <utf8proc.h>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "dsl/source.hpp"

namespace cauce::dsl {
namespace {

TEST(Fold, TakesCaseAndTheAccentsOfVowelsAway) {
  EXPECT_EQ(fold("Focalización"), "focalizacion");
  EXPECT_EQ(fold("FOCALIZACIÓN"), "focalizacion");
  EXPECT_EQ(fold("ÁÉÍÓÚÜ àèìòù âêîôû"), "aeiouu aeiou aeiou");
  EXPECT_EQ(fold("umbral_MDM 2"), "umbral_mdm 2");
  EXPECT_EQ(fold(""), "");
}

TEST(Fold, KeepsTheOtherLetters) {
  EXPECT_EQ(fold("AÑO"), "año");
  EXPECT_NE(fold("año"), fold("ano"));
  EXPECT_EQ(fold("Çç"), "çç");
}

TEST(Fold, ComposedAndDecomposedAreOne) {
  EXPECT_EQ(fold("focalizacio\u0301n"), "focalizacion");
  EXPECT_EQ(fold("an\u0303o"), "año");
  EXPECT_EQ(fold("AN\u0303O"), "año");
  EXPECT_EQ(fold("pingu\u0308ino"), "pinguino");
}

std::string encode(const std::vector<std::uint16_t>& code_points) {
  std::string text;
  for (const std::uint16_t c : code_points) {
    utf8proc_uint8_t bytes[4];
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    const auto length = utf8proc_encode_char(surrogate ? 'x' : c, bytes);
    text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  }
  return text;
}

RC_GTEST_PROP(Fold, TwiceIsOnce, (const std::vector<std::uint16_t>& code_points)) {
  const std::string once = fold(encode(code_points));
  RC_ASSERT(find_invalid_utf8(once) == std::string_view::npos);
  RC_ASSERT(fold(once) == once);
}

RC_GTEST_PROP(Fold, DecomposedIsTheSame, (const std::vector<std::uint16_t>& code_points)) {
  std::string text = encode(code_points);
  std::erase(text, '\0');
  utf8proc_uint8_t* decomposed = utf8proc_NFD(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
  const std::string other(reinterpret_cast<const char*>(decomposed));
  std::free(decomposed);
  RC_ASSERT(same_name(text, other));
}

// What is spelled in the letters of Spanish is folded without looking each up: beside a letter of another
// alphabet everything is.
RC_GTEST_PROP(Fold, LettersOfSpanishAreFoldedAsAllOthers, ()) {
  const auto letters = *rc::gen::container<std::vector<std::uint16_t>>(
      rc::gen::oneOf(rc::gen::inRange<std::uint16_t>(1, 0x80), rc::gen::inRange<std::uint16_t>(0xC0, 0x100)));
  const std::string text = encode(letters);
  const std::string other = "\u0142";
  RC_ASSERT(fold(text) + other == fold(text + other));
}

TEST(FoldHeading, MakesWhatIsNoLetterOneUnderscore) {
  EXPECT_EQ(fold_heading("  Código  DIVIPOLA (2024)"), "codigo_divipola_2024");
  EXPECT_EQ(fold_heading("población_2024"), "poblacion_2024");
  EXPECT_EQ(fold_heading("%"), "");
}

TEST(NearestName, FindsWhatWasMeant) {
  EXPECT_EQ(nearest_name("umbral_mdn", {"umbral_ipm", "umbral_mdm"}), "umbral_mdm");
  EXPECT_EQ(nearest_name("venec", {"peso", "vence"}), "vence")
      << "neighbours in the wrong order are one mistake";
  EXPECT_EQ(nearest_name("Formulacion", {"Formulación"}), "Formulación");
  EXPECT_EQ(nearest_name("ano", {"año"}), "año");
}

TEST(NearestName, DoesNotGuessWildly) {
  EXPECT_EQ(nearest_name("peso", {"vence", "valida"}), "");
  EXPECT_EQ(nearest_name("ab", {"ac"}), "") << "more than a third of the word";
  EXPECT_EQ(nearest_name("x", {"y"}), "");
  EXPECT_EQ(nearest_name("x", {}), "");
}

TEST(NearestName, OfLongNamesMeansOnlyThoseWithFewMistakes) {
  const std::string word(200, 'w');
  EXPECT_EQ(nearest_name(word, {word.substr(24)}), word.substr(24));
  EXPECT_EQ(nearest_name(word, {word.substr(25)}), "");
}

using Letters = std::vector<std::uint16_t>;

/// The whole table, as the textbooks have it.
std::size_t plain_distance(const Letters& a, const Letters& b) {
  std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      rows[i][j] = std::max(i, j);
      if (i == 0 || j == 0) continue;
      rows[i][j] = std::min(
          {rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.size()][b.size()];
}

/// A word of few different letters, so that many are near one another.
Letters some_word(std::size_t most) {
  const auto letter = rc::gen::element<std::uint16_t>('b', 'c', 0xF1);
  return *rc::gen::resize(static_cast<int>(most), rc::gen::container<Letters>(letter));
}

/// `word` with a few mistakes.
Letters mistaken(Letters word) {
  for (auto mistakes = *rc::gen::inRange(0, 8); mistakes > 0; --mistakes) {
    const auto at = static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, word.size() + 1));
    const auto place = word.begin() + at;
    const int kind = *rc::gen::inRange(0, 3);
    if (kind == 0) {
      word.insert(place, 'd');
    } else if (kind == 1 && place != word.end()) {
      word.erase(place);
    } else if (word.end() - place > 1) {
      std::swap(*place, *(place + 1));
    }
  }
  return word;
}

// Most of what the distances are computed from is left out: it changes nothing.
RC_GTEST_PROP(NearestName, IsTheFirstOfThoseAtTheSmallestDistance, ()) {
  const Letters word = some_word(40);
  std::vector<std::string> texts;
  std::size_t nearest = 0;
  std::size_t smallest = word.size() / 3 + 1;
  const int others = *rc::gen::inRange(1, 8);
  for (int i = 0; i < others; ++i) {
    const Letters other = *rc::gen::arbitrary<bool>() ? mistaken(word) : some_word(40);
    texts.push_back(encode(other));
    const std::size_t distance = plain_distance(word, other);
    if (distance < smallest && distance < std::max(word.size(), other.size())) {
      smallest = distance;
      nearest = texts.size();
    }
  }
  RC_CLASSIFY(nearest > 0, "one is near");
  const std::string_view expected = nearest > 0 ? std::string_view(texts[nearest - 1]) : std::string_view();
  RC_ASSERT(nearest_name(encode(word), {texts.begin(), texts.end()}) == expected);
}

}  // namespace
}  // namespace cauce::dsl
