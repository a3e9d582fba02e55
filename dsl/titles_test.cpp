#include "dsl/titles.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cauce::dsl {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(Titles, AreThoseOfDeclarations) {
  const std::string text =
      "rol enlace \"Enlace Territorial\" por municipio\n"
      "  FUENTE L152 \"Ley 152 de 1994\" # comentario\n"
      "campo enlace2 \"Enlace de datos\": texto\n"
      "rol sin_título por nación\n"
      "rol abierto \"Enlace sin cerrar\n"
      "hito \"Enlace sin nombre\"\n";
  const Titles titles(text);
  ASSERT_THAT(titles.that_begin_with("enlace"), SizeIs(2));
  EXPECT_EQ(titles.that_begin_with("enlace").front().name, "enlace");
  EXPECT_EQ(titles.that_begin_with("enlace").front().title, "Enlace Territorial");
  EXPECT_EQ(titles.that_begin_with("enlace").back().name, "enlace2");  // a condition may cite a field so
  EXPECT_EQ(titles.that_begin_with("ley").front().name, "L152");
  EXPECT_THAT(titles.that_begin_with("territorial"), IsEmpty());
  EXPECT_THAT(Titles("").that_begin_with(""), IsEmpty());
}

TEST(Titles, ThatAreAlikeByTheThousandAreNotAllKept) {
  std::string text;
  for (int i = 0; i < 5'000; ++i)
    text += "plan P" + std::to_string(i) + " \"Plan " + std::to_string(i) + "\" por municipio { }\n";
  EXPECT_THAT(Titles(text).that_begin_with("plan"), SizeIs(100));
}

}  // namespace
}  // namespace cauce::dsl
