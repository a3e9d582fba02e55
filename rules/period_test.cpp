#include "rules/period.hpp"

#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

Date date(int year, int month, int day) {
  return make_date(year, month, day).value();
}

TEST(PeriodTest, CoversWholeMonths) {
  const Period second_quarter{PeriodUnit::quarter, 2024, 2};
  EXPECT_EQ(second_quarter.first_day(), date(2024, 4, 1));
  EXPECT_EQ(second_quarter.last_day(), date(2024, 6, 30));
  const Period february{PeriodUnit::month, 2024, 2};
  EXPECT_EQ(february.first_day(), date(2024, 2, 1));
  EXPECT_EQ(february.last_day(), date(2024, 2, 29));
  const Period year{PeriodUnit::year, 2024, 1};
  EXPECT_EQ(year.first_day(), date(2024, 1, 1));
  EXPECT_EQ(year.last_day(), date(2024, 12, 31));
}

TEST(PeriodTest, TheOnesOfAYearFollowWithoutGap) {
  for (const PeriodUnit unit : {PeriodUnit::month, PeriodUnit::bimester, PeriodUnit::quarter,
                                PeriodUnit::semester, PeriodUnit::year}) {
    Date next = date(2024, 1, 1);
    for (int index = 1; index <= 12 / months_in(unit); ++index) {
      const Period period{unit, 2024, index};
      EXPECT_EQ(period.first_day(), next);
      EXPECT_EQ(Period::parse(period.to_string()), period);
      next = period.last_day() + std::chrono::days(1);
    }
    EXPECT_EQ(next, date(2025, 1, 1));
  }
}

TEST(PeriodTest, IsWrittenAsTheLanguageSays) {
  EXPECT_EQ((Period{PeriodUnit::month, 2024, 5}).to_string(), "2024-05");
  EXPECT_EQ((Period{PeriodUnit::month, 2024, 12}).to_string(), "2024-12");
  EXPECT_EQ((Period{PeriodUnit::bimester, 2024, 3}).to_string(), "2024-B3");
  EXPECT_EQ((Period{PeriodUnit::quarter, 2024, 2}).to_string(), "2024-T2");
  EXPECT_EQ((Period{PeriodUnit::semester, 2024, 1}).to_string(), "2024-S1");
  EXPECT_EQ((Period{PeriodUnit::year, 2024, 1}).to_string(), "2024");
}

TEST(PeriodTest, IsCalledAsPeopleCallIt) {
  EXPECT_EQ((Period{PeriodUnit::month, 2024, 5}).to_spanish(), "mayo de 2024");
  EXPECT_EQ((Period{PeriodUnit::bimester, 2024, 6}).to_spanish(), "sexto bimestre de 2024");
  EXPECT_EQ((Period{PeriodUnit::quarter, 2024, 3}).to_spanish(), "tercer trimestre de 2024");
  EXPECT_EQ((Period{PeriodUnit::semester, 2024, 1}).to_spanish(), "primer semestre de 2024");
  EXPECT_EQ((Period{PeriodUnit::year, 2024, 1}).to_spanish(), "2024");
}

TEST(PeriodTest, ReadsAnyCaseAndNothingElse) {
  EXPECT_EQ(Period::parse("2024-t4"), (Period{PeriodUnit::quarter, 2024, 4}));
  for (const char* wrong :
       {"", "24", "2024-", "2024-5", "2024-13", "2024-00", "2024-T5", "2024-T0", "2024-B7", "2024-S3",
        "2024-X1", "2024-T", "2024-T11", "2024-005", "20245", "1899", "2200-01"}) {
    EXPECT_EQ(Period::parse(wrong), std::nullopt) << wrong;
  }
}

TEST(PeriodTest, OneThatAPolicyNamesFallsInTheVigencia) {
  EXPECT_EQ(to_period({PeriodUnit::quarter, 2, {}, {}}, 2024), (Period{PeriodUnit::quarter, 2024, 2}));
  EXPECT_EQ(to_period({PeriodUnit::month, 5, 2025, {}}, 2024), (Period{PeriodUnit::month, 2025, 5}));
  EXPECT_EQ(to_period({PeriodUnit::quarter, 5, {}, {}}, 2024), std::nullopt);
}

}  // namespace
}  // namespace cauce::rules
