#include "dsl/source.hpp"

#include <gtest/gtest.h>

namespace cauce::dsl {
namespace {

TEST(Source, CountsLinesAndColumnsFromOneInCodePoints) {
  const SourceFile file{"p", "año\r\nñandú x\n\nfin"};
  const Place place = locate(file, file.text.find('x'));
  EXPECT_EQ(place.line, 2U);
  EXPECT_EQ(place.column, 7U);
  EXPECT_EQ(place.line_text, "ñandú x");
  EXPECT_EQ(locate(file, 0).line_text, "año");
  EXPECT_EQ(locate(file, file.text.size()).line, 4U);
  EXPECT_EQ(locate(file, file.text.size()).column, 4U);
}

TEST(Source, AnOffsetBeyondTheEndIsTheEnd) {
  const SourceFile file{"p", "ab"};
  EXPECT_EQ(locate(file, 99).column, 3U);
}

TEST(Source, AByteOrderMarkCountsForNothing) {
  const SourceFile file{"p",
                        "\xEF\xBB\xBF"
                        "ab\nc"};
  EXPECT_EQ(locate(file, 4).column, 2U);
  EXPECT_EQ(locate(file, 4).line_text, "ab");
  EXPECT_EQ(locate(file, 0).column, 1U);
  EXPECT_EQ(locate(file, 6).line, 2U);
}

TEST(Source, WordsStandOnOneLineWithoutComments) {
  const Sources sources = {{"p", "a  >\r\n  1 # por qué\n\t y b = \"x  # \\\" y\" # fin"}};
  const auto end = static_cast<std::uint32_t>(sources[0].text.size());
  EXPECT_EQ(words_of(sources, {0, end, 0}), "a > 1 y b = \"x  # \\\" y\"");
  EXPECT_EQ(words_of(sources, {1, 4, 0}), ">");
  EXPECT_EQ(words_of(sources, {0, end, 1}), "") << "a file that there is not";
}

TEST(Source, FindsTheFirstByteThatIsNotUtf8) {
  EXPECT_EQ(find_invalid_utf8("año"), std::string_view::npos);
  EXPECT_EQ(find_invalid_utf8("a\xF1o"), 1U);
  EXPECT_EQ(find_invalid_utf8("a\xC3"), 1U);
  EXPECT_EQ(find_invalid_utf8("\xED\xA0\x80"), 0U) << "a surrogate";
  EXPECT_EQ(find_invalid_utf8("\xC0\xAF"), 0U) << "an overlong form";
}

TEST(Source, AByteThatIsNotUtf8CountsAsOne) {
  EXPECT_EQ(count_code_points("año"), 3U);
  EXPECT_EQ(count_code_points("a\xF1o"), 3U);
  EXPECT_EQ(count_code_points(""), 0U);
}

}  // namespace
}  // namespace cauce::dsl
