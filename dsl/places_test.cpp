#include "dsl/places.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cauce::dsl {
namespace {

/// Every place of the file, whether or not a letter begins there, as `locate` finds it by reading the file.
void expect_found_as_by_reading(const std::string& text) {
  const Sources sources{{"p.cauce", text}};
  Places places(sources);
  const FilePlaces& found = *places.in(0);
  for (std::size_t at = 0; at <= text.size() + 2; ++at) {
    const Place place = found.locate(at);
    const Place read = locate(sources[0], at);
    ASSERT_EQ(place.line, read.line) << at;
    ASSERT_EQ(place.column, read.column) << at;
    ASSERT_EQ(place.line_text, read.line_text) << at;
  }
  EXPECT_EQ(found.count_code_points(0, text.size()), count_code_points(text));
}

std::string repeated(const std::string& part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i)
    text += part;
  return text;
}

TEST(Places, ArePlacesAsReadingFindsThem) {
  expect_found_as_by_reading("");
  expect_found_as_by_reading("\n");
  expect_found_as_by_reading("año\r\nñandú x\n\nfin");
  expect_found_as_by_reading("\xEF\xBB\xBF");
  expect_found_as_by_reading(
      "\xEF\xBB\xBF"
      "ab\nc\n");
  expect_found_as_by_reading("a\xF1o\xC3\n\xE2\x82 b");
}

TEST(Places, AreFoundInLongLinesAndInManyLines) {
  expect_found_as_by_reading(repeated("añojo … ", 700) + "\n" + repeated("漢", 900));
  expect_found_as_by_reading(repeated("ñ\n", 2'000));
}

TEST(Places, CodePointsBetweenTwoPlaces) {
  const Sources sources{{"p.cauce", repeated("ñ", 5'000)}};
  Places places(sources);
  EXPECT_EQ(places.in(0)->count_code_points(2, 8), 3U);
  EXPECT_EQ(places.in(0)->count_code_points(1'022, 9'000), 3'989U);
  EXPECT_EQ(places.in(0)->count_code_points(9'998, 20'000), 1U) << "the file ends before";
}

TEST(Places, OfAFileThatThereIsNot) {
  const Sources sources{{"p.cauce", "x"}};
  EXPECT_EQ(Places(sources).in(1), nullptr);
}

}  // namespace
}  // namespace cauce::dsl
