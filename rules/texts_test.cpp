#include "rules/texts.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

TEST(Texts, GiveEqualTextsOneNumberAndKeepThem) {
  Texts texts;
  for (int i = 0; i < 2000; ++i)
    EXPECT_EQ(texts.place_of("lugar " + std::to_string(i % 1000)), i % 1000);
  EXPECT_EQ(texts.size(), 1000U);
  EXPECT_EQ(texts.at(999), "lugar 999");
  EXPECT_EQ(texts.find("lugar 7"), 7);
  EXPECT_EQ(texts.find("lugar"), std::nullopt);
  EXPECT_EQ(texts.place_of(""), 1000);
  EXPECT_EQ(texts.at(1000), "");
}

TEST(Texts, CopiesOutliveWhatTheyWereMadeFrom) {
  Texts copy;
  {
    Texts texts;
    texts.place_of("Leticia");
    copy = texts;
    texts.place_of("Arauca");
  }
  EXPECT_EQ(copy.place_of("Mitú"), 1);
  EXPECT_EQ(copy.at(0), "Leticia");
  EXPECT_EQ(copy.at(1), "Mitú");
}

}  // namespace
}  // namespace cauce::rules
