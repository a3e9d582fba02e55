#include "rules/date.hpp"

#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

Date date(int year, int month, int day) {
  return make_date(year, month, day).value();
}

TEST(DateTest, MakesOnlyDatesThatExist) {
  EXPECT_TRUE(make_date(2024, 2, 29));
  EXPECT_FALSE(make_date(2023, 2, 29));
  EXPECT_FALSE(make_date(2024, 4, 31));
  EXPECT_FALSE(make_date(2024, 0, 1));
  EXPECT_FALSE(make_date(2024, 13, 1));
  EXPECT_FALSE(make_date(2024, 1, 0));
  EXPECT_FALSE(make_date(2024, 1, 257)) << "does not wrap round";
  EXPECT_TRUE(make_date(1900, 1, 1));
  EXPECT_FALSE(make_date(1899, 12, 31));
  EXPECT_TRUE(make_date(2199, 12, 31));
  EXPECT_FALSE(make_date(2200, 1, 1));
}

TEST(DateTest, TellsItsParts) {
  const Date day = date(2024, 3, 31);
  EXPECT_EQ(year_of(day), 2024);
  EXPECT_EQ(month_of(day), 3);
  EXPECT_EQ(day_of(day), 31);
  EXPECT_EQ(iso_weekday(day), 7);
  EXPECT_EQ(iso_weekday(date(2024, 4, 1)), 1);
}

TEST(DateTest, KnowsTheEndOfMonths) {
  EXPECT_EQ(last_day_of(2024, 2), date(2024, 2, 29));
  EXPECT_EQ(last_day_of(1900, 2), date(1900, 2, 28));
  EXPECT_EQ(last_day_of(2000, 2), date(2000, 2, 29));
  EXPECT_EQ(last_day_of(2024, 12), date(2024, 12, 31));
}

TEST(DateTest, WritesAndReadsIso) {
  EXPECT_EQ(to_iso(date(2024, 2, 7)), "2024-02-07");
  EXPECT_EQ(parse_iso_date("2024-02-07"), date(2024, 2, 7));
  for (const char* wrong : {"", "2024-2-7", "2024-02-30", "2024/02/07", "07-02-2024", "2024-02-07 ",
                            "2024-02-7x", "-024-02-07", "2024-+2-07", "1899-01-01"}) {
    EXPECT_EQ(parse_iso_date(wrong), std::nullopt) << wrong;
  }
}

TEST(DateTest, SpeaksSpanish) {
  EXPECT_EQ(to_spanish(date(2024, 2, 7)), "7 de febrero de 2024");
  EXPECT_EQ(month_name(9), "septiembre");
  EXPECT_EQ(weekday_name(3), "miércoles");
}

}  // namespace
}  // namespace cauce::rules
