#include "dsl/characters.hpp"

#include <gtest/gtest.h>

namespace cauce::dsl {
namespace {

TEST(Characters, BlankIsNothingButSpacesOfAnyKind) {
  EXPECT_TRUE(is_blank(""));
  EXPECT_TRUE(is_blank(" \t\r\n\u00A0\u3000"));
  EXPECT_FALSE(is_blank("\u00A0ñ"));
  EXPECT_FALSE(is_blank("\xFF"));
}

TEST(Characters, ControlsAreWhatBreaksALineOrTheOrderInWhichItIsRead) {
  EXPECT_FALSE(has_control_characters("Faltan cifras: 3 de 10 — año 2024"));
  for (const char* text : {"a\nb", "a\x1B[2J", "a\u2028b", "a\u202Eb", "a\u2066b", "a\x7F", "\xC3"})
    EXPECT_TRUE(has_control_characters(text));
}

TEST(Characters, ControlsAreShownAsSigns) {
  EXPECT_EQ(with_controls_shown("Año 2024\tsí\n— 3 %"), "Año 2024\tsí\n— 3 %");
  EXPECT_EQ(with_controls_shown("a\x1B[2Jb\ac\x7F\r"), "a␛[2Jb␇c␡␍");
  EXPECT_EQ(with_controls_shown("a\u202Eb\u2069\u200F\u0085\u2028"), "a�b����");
  EXPECT_EQ(with_controls_shown("a\xC3"), "a�");
}

}  // namespace
}  // namespace cauce::dsl
