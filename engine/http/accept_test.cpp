#include "engine/http/accept.hpp"

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

/// The form that is chosen of those of a query; `-` for none.
std::string_view chosen(std::string_view accept) {
  const std::vector<std::string_view> offered = {"application/json", "text/csv", "text/calendar"};
  const auto which = preferred(accept, offered);
  return which ? offered[*which] : "-";
}

TEST(Accept, WhoSaysNothingTakesTheFirst) {
  EXPECT_EQ(chosen(""), "application/json");
  EXPECT_EQ(chosen("*/*"), "application/json");
  EXPECT_EQ(chosen("text/*"), "text/csv");
}

TEST(Accept, TheWeightDecides) {
  EXPECT_EQ(chosen("text/csv;q=0.5, application/json;q=0.9"), "application/json");
  EXPECT_EQ(chosen("text/csv; q=0.9, application/json; q=0.123"), "text/csv");
  EXPECT_EQ(chosen("text/calendar, */*;q=0.1"), "text/calendar");
  EXPECT_EQ(chosen("text/*;q=0.3, text/calendar;q=0.7, */*;q=0.5"), "text/calendar");
  EXPECT_EQ(chosen("text/csv;q=0, text/*"), "text/calendar") << "the most exact one says it";
}

TEST(Accept, OfEqualOnesTheOneThatIsNamedAndThenTheFirst) {
  EXPECT_EQ(chosen("*/*, text/csv"), "text/csv");
  EXPECT_EQ(chosen("text/calendar, text/csv"), "text/calendar");
  EXPECT_EQ(chosen("text/csv;charset=utf-8, application/json"), "text/csv");
}

TEST(Accept, WhatIsNotTakenIsNotGiven) {
  EXPECT_EQ(chosen("text/csv;q=0"), "-");
  EXPECT_EQ(chosen("text/csv;q=0, */*"), "application/json");
  EXPECT_EQ(chosen("image/png"), "-");
  EXPECT_EQ(chosen("*/*;q=0"), "-");
  EXPECT_EQ(chosen("application/*;q=0, text/*;q=0.001"), "text/csv");
}

TEST(Accept, WhatIsBadlyWrittenCountsForNothing) {
  for (const char* bad : {"json", ",", "text/csv;q=2", "text/csv;q=1.001", "text/csv;q=0.1234",
                          "text/csv;q=", "text/csv;q=a", "text/csv;q=0,5"})
    EXPECT_EQ(chosen(std::string(bad) + ", text/calendar;q=0.001"), "text/calendar") << bad;
}

}  // namespace
}  // namespace cauce::engine
