#include "dsl/fold.hpp"

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

}  // namespace
}  // namespace cauce::dsl
