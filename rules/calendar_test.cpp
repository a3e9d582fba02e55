#include "rules/calendar.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/colombia_fixture.hpp"

namespace cauce::rules {

void PrintTo(const Holiday& holiday, std::ostream* out) {
  *out << to_iso(holiday.date) << " " << holiday.name;
}

namespace {

using std::chrono::days;
using testing::ElementsAre;

using MonthDay = HolidayRule::MonthDay;

Date date(int year, int month, int day) {
  return make_date(year, month, day).value();
}

CalendarRule weekdays(std::vector<int> iso_weekdays, bool working = true) {
  return {CalendarRule::Weekdays{std::move(iso_weekdays), working}};
}

CalendarRule stretch(MonthDay first, MonthDay last, bool working = false) {
  return {CalendarRule::Days{first, last, working, ""}};
}

const CalendarRule monday_to_friday = weekdays({1, 2, 3, 4, 5});

std::vector<std::string> iso_days(const std::vector<Holiday>& holidays) {
  std::vector<std::string> list;
  for (const Holiday& holiday : holidays)
    list.push_back(to_iso(holiday.date));
  return list;
}

HolidayRule fixed(MonthDay day, std::string name, bool to_monday = false) {
  HolidayRule rule{.day = day, .name = std::move(name), .to_monday = to_monday};
  return rule;
}

TEST(EasterTest, FallsWhereTheChurchSays) {
  EXPECT_EQ(easter_sunday(1961), date(1961, 4, 2));
  EXPECT_EQ(easter_sunday(1984), date(1984, 4, 22));
  EXPECT_EQ(easter_sunday(2000), date(2000, 4, 23));
  EXPECT_EQ(easter_sunday(2008), date(2008, 3, 23));
  EXPECT_EQ(easter_sunday(2024), date(2024, 3, 31));
  EXPECT_EQ(easter_sunday(2025), date(2025, 4, 20));
  EXPECT_EQ(easter_sunday(2026), date(2026, 4, 5));
  EXPECT_EQ(easter_sunday(2038), date(2038, 4, 25)) << "the latest possible";
  for (int year = first_year; year <= last_year; ++year) {
    EXPECT_EQ(iso_weekday(easter_sunday(year)), 7) << year;
    EXPECT_GE(easter_sunday(year), date(year, 3, 22));
    EXPECT_LE(easter_sunday(year), date(year, 4, 25));
  }
}

TEST(HolidaySetTest, ColombiaIn2024) {
  EXPECT_THAT(
      iso_days(colombia_fixture().in_year(2024)),
      ElementsAre("2024-01-01", "2024-01-08", "2024-03-25", "2024-03-28", "2024-03-29", "2024-05-01",
                  "2024-05-13", "2024-06-03", "2024-06-10", "2024-07-01", "2024-07-20", "2024-08-07",
                  "2024-08-19", "2024-10-14", "2024-11-04", "2024-11-11", "2024-12-08", "2024-12-25"));
}

TEST(HolidaySetTest, ColombiaIn2025WithTwoOnOneDate) {
  EXPECT_THAT(
      iso_days(colombia_fixture().in_year(2025)),
      ElementsAre("2025-01-01", "2025-01-06", "2025-03-24", "2025-04-17", "2025-04-18", "2025-05-01",
                  "2025-06-02", "2025-06-23", "2025-06-30", "2025-06-30", "2025-07-20", "2025-08-07",
                  "2025-08-18", "2025-10-13", "2025-11-03", "2025-11-17", "2025-12-08", "2025-12-25"));
}

TEST(HolidaySetTest, ColombiaIn2026WithTheOneThatLey2578Added) {
  EXPECT_THAT(iso_days(colombia_fixture().in_year(2026)),
              ElementsAre("2026-01-01", "2026-01-12", "2026-03-23", "2026-04-02", "2026-04-03", "2026-05-01",
                          "2026-05-18", "2026-06-08", "2026-06-15", "2026-06-29", "2026-07-13", "2026-07-20",
                          "2026-08-07", "2026-08-17", "2026-10-12", "2026-11-02", "2026-11-16", "2026-12-08",
                          "2026-12-25"));
}

TEST(HolidaySetTest, BeforeLey51TheDaysStayed) {
  EXPECT_THAT(
      iso_days(colombia_fixture().in_year(1983)),
      ElementsAre("1983-01-01", "1983-01-06", "1983-03-19", "1983-03-31", "1983-04-01", "1983-05-01",
                  "1983-05-12", "1983-06-02", "1983-06-10", "1983-06-29", "1983-07-20", "1983-08-07",
                  "1983-08-15", "1983-10-12", "1983-11-01", "1983-11-11", "1983-12-08", "1983-12-25"));
}

TEST(HolidaySetTest, ColombiaHasEighteenThenNineteen) {
  for (int year = 1984; year <= 2060; ++year) {
    EXPECT_EQ(colombia_fixture().in_year(year).size(), year < 2026 ? 18U : 19U) << year;
  }
}

TEST(HolidaySetTest, IsInTheOrderOfDatesThenOfTheRules) {
  const HolidaySet set{"x", "x", {fixed({8, 1}, "b"), fixed({8, 1}, "a"), fixed({2, 1}, "c")}};
  EXPECT_THAT(set.in_year(2024), ElementsAre(Holiday{date(2024, 2, 1), "c"}, Holiday{date(2024, 8, 1), "b"},
                                             Holiday{date(2024, 8, 1), "a"}));
}

TEST(HolidaySetTest, OneThatMovesPastTheNewYearIsListedWhereItFalls) {
  HolidayRule rule = fixed({12, 31}, "Fin de año", true);
  const HolidaySet set{"x", "x", {rule}};
  EXPECT_THAT(iso_days(set.in_year(2024)), ElementsAre("2024-01-01")) << "that of 2023, a Sunday";
  EXPECT_THAT(iso_days(set.in_year(2025)), ElementsAre("2025-01-06")) << "that of 2024, a Tuesday";
  EXPECT_THAT(iso_days(set.in_year(2026)), ElementsAre("2026-01-05")) << "that of 2025, a Wednesday";
}

TEST(HolidaySetTest, HoldsInTheYearsOfItsLaw) {
  HolidayRule rule = fixed({10, 5}, "Centenario");
  rule.in_force_from = 2024;
  rule.in_force_to = 2025;
  const HolidaySet set{"x", "x", {rule, fixed({6, 6, 2024}, "Una vez")}};
  EXPECT_THAT(iso_days(set.in_year(2023)), ElementsAre());
  EXPECT_THAT(iso_days(set.in_year(2024)), ElementsAre("2024-06-06", "2024-10-05"));
  EXPECT_THAT(iso_days(set.in_year(2025)), ElementsAre("2025-10-05"));
  EXPECT_THAT(iso_days(set.in_year(2026)), ElementsAre());
}

TEST(CalendarTest, LaterLinesWin) {
  const Calendar calendar("oficial",
                          {monday_to_friday,
                           {CalendarRule::Holidays{std::make_shared<const HolidaySet>(colombia_fixture())}},
                           stretch({12, 24}, {12, 31}),
                           stretch({12, 28, 2024}, {12, 28, 2024}, true)});
  EXPECT_EQ(calendar.name(), "oficial");
  EXPECT_TRUE(calendar.is_working_day(date(2024, 12, 23)));
  EXPECT_FALSE(calendar.is_working_day(date(2024, 12, 24)));
  EXPECT_TRUE(calendar.is_working_day(date(2024, 12, 28))) << "a Saturday made a working day";
  EXPECT_FALSE(calendar.is_working_day(date(2025, 12, 28)));
  EXPECT_FALSE(calendar.is_working_day(date(2024, 3, 29))) << "Viernes Santo";
}

TEST(CalendarTest, ARangeMayPassTheNewYear) {
  const Calendar every_year("x", {monday_to_friday, stretch({12, 24}, {1, 5})});
  EXPECT_FALSE(every_year.is_working_day(date(1900, 1, 5))) << "the first of the span too";
  EXPECT_FALSE(every_year.is_working_day(date(2024, 1, 5)));
  EXPECT_TRUE(every_year.is_working_day(date(2024, 1, 8)));
  EXPECT_FALSE(every_year.is_working_day(date(2199, 12, 31)));
  for (const auto& [first, last] : std::vector<std::pair<MonthDay, MonthDay>>{
           {{12, 24, 2024}, {1, 5, 2025}}, {{12, 24, 2024}, {1, 5}}, {{12, 24}, {1, 5, 2025}}}) {
    const Calendar once("x", {monday_to_friday, stretch(first, last)});
    EXPECT_TRUE(once.is_working_day(date(2024, 12, 23)));
    EXPECT_FALSE(once.is_working_day(date(2024, 12, 24)));
    EXPECT_FALSE(once.is_working_day(date(2025, 1, 3)));
    EXPECT_TRUE(once.is_working_day(date(2025, 1, 6)));
    EXPECT_TRUE(once.is_working_day(date(2025, 12, 24)));
    EXPECT_TRUE(once.is_working_day(date(2023, 12, 26)));
  }
}

TEST(CalendarTest, SaysWhyADayIsNotAWorkingDay) {
  const Calendar calendar("c",
                          {{CalendarRule::Weekdays{{1, 2, 3, 4, 5}, true}},
                           {CalendarRule::Weekdays{{3}, false}},
                           {CalendarRule::Holidays{std::make_shared<const HolidaySet>(colombia_fixture())}},
                           {CalendarRule::Days{{12, 22, {}}, {1, 3, {}}, false, "Receso"}},
                           {CalendarRule::Days{{8, 5, 2024}, {8, 5, 2024}, false, ""}},
                           {CalendarRule::Days{{6, 30, 2025}, {6, 30, 2025}, true, ""}}});
  EXPECT_EQ(calendar.why_not_working(date(2024, 6, 4)), "");
  EXPECT_EQ(calendar.why_not_working(date(2024, 6, 1)), "sábado") << "no line speaks of it";
  EXPECT_EQ(calendar.why_not_working(date(2024, 6, 5)), "miércoles") << "a line does";
  EXPECT_EQ(calendar.why_not_working(date(2024, 6, 3)), "festivo (Corpus Christi)");
  EXPECT_EQ(calendar.why_not_working(date(2024, 6, 30)), "domingo");
  EXPECT_EQ(calendar.why_not_working(date(2024, 12, 25)), "Receso") << "the later line";
  EXPECT_EQ(calendar.why_not_working(date(2025, 1, 3)), "Receso") << "begun the year before";
  EXPECT_EQ(calendar.why_not_working(date(2024, 8, 5)), "día no hábil") << "a line without a name";
  EXPECT_EQ(calendar.why_not_working(date(2025, 6, 30)), "") << "two holidays, and made a working day";
}

TEST(CalendarTest, RefusesDaysBeyondItsSpan) {
  const Calendar calendar("x", {monday_to_friday});
  const Date beyond = date(2199, 12, 31) + days(1);
  EXPECT_TRUE(calendar.covers(date(1900, 1, 1)));
  EXPECT_TRUE(calendar.covers(date(2199, 12, 31)));
  EXPECT_FALSE(calendar.covers(beyond));
  EXPECT_FALSE(Calendar().covers(date(2024, 1, 1)));
  EXPECT_THROW(calendar.is_working_day(beyond), std::out_of_range);
  EXPECT_THROW(calendar.is_working_day(date(1900, 1, 1) - days(1)), std::out_of_range);
  EXPECT_THROW(Calendar().is_working_day(date(2024, 1, 1)), std::out_of_range);
  EXPECT_THROW(calendar.add_working_days(date(2199, 12, 31), 1), std::out_of_range);
  EXPECT_THROW(calendar.add_working_days(date(1900, 1, 1), -1), std::out_of_range);
  EXPECT_THROW(calendar.add_working_days(date(2024, 1, 1), std::numeric_limits<std::int64_t>::max()),
               std::out_of_range);
  EXPECT_THROW(calendar.add_working_days(date(2024, 1, 1), std::numeric_limits<std::int64_t>::min()),
               std::out_of_range);
  EXPECT_EQ(calendar.add_working_days(date(1900, 1, 2), -1), date(1900, 1, 1));
  const Calendar idle("x", {});
  EXPECT_THROW(idle.next_working_day(date(2024, 1, 1)), std::out_of_range);
  EXPECT_THROW(idle.previous_working_day(date(2024, 1, 1)), std::out_of_range);
  EXPECT_THROW(idle.nth_working_day_of(2024, 1, 1), std::out_of_range);
}

TEST(CalendarTest, AMonthWithoutWorkingDaysGivesTheNextOneAfterIt) {
  const Calendar calendar("x", {monday_to_friday, stretch({1, 1}, {1, 31})});
  EXPECT_EQ(calendar.nth_working_day_of(2024, 1, 5), date(2024, 2, 1));
  EXPECT_EQ(calendar.nth_working_day_of(2024, 2, 99), date(2024, 2, 29)) << "the last, where it has fewer";
}

// --- Against counting day by day

MonthDay any_month_day(bool with_year) {
  const int month = *rc::gen::inRange(1, 13);
  const int day = *rc::gen::inRange(1, day_of(last_day_of(2023, month)) + 1);
  const auto year = with_year ? std::optional<int>(*rc::gen::inRange(1984, 2061)) : std::nullopt;
  return {month, day, year};
}

HolidayRule any_holiday() {
  HolidayRule rule = fixed({1, 1}, "festivo", *rc::gen::arbitrary<bool>());
  if (*rc::gen::arbitrary<bool>()) {
    rule.day = HolidayRule::FromEaster{*rc::gen::inRange(-100, 100)};
  } else {
    rule.day = any_month_day(*rc::gen::inRange(0, 4) == 0);
  }
  if (*rc::gen::arbitrary<bool>()) rule.monday_since = *rc::gen::inRange(1984, 2061);
  if (*rc::gen::arbitrary<bool>()) rule.in_force_from = *rc::gen::inRange(1984, 2061);
  if (*rc::gen::arbitrary<bool>()) rule.in_force_to = *rc::gen::inRange(1984, 2061);
  return rule;
}

CalendarRule any_line() {
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return weekdays({*rc::gen::inRange(1, 8)}, *rc::gen::arbitrary<bool>());
    case 1: {
      HolidaySet set;
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        set.rules.push_back(any_holiday());
      return {CalendarRule::Holidays{std::make_shared<const HolidaySet>(set)}};
    }
    case 2: {
      const MonthDay day = any_month_day(*rc::gen::arbitrary<bool>());
      return stretch(day, day, *rc::gen::arbitrary<bool>());
    }
    default:
      return stretch(any_month_day(false), any_month_day(false), *rc::gen::arbitrary<bool>());
  }
}

/// What a law says of one day, asked the other way round: is this day that holiday?
bool is_that_holiday(const HolidayRule& rule, Date day) {
  for (int back = 0; back < 7; ++back) {
    const Date named = day - days(back);
    int year = year_of(named);
    bool is_named;
    if (const auto* month_day = std::get_if<MonthDay>(&rule.day)) {
      is_named = month_of(named) == month_day->month && day_of(named) == month_day->day &&
                 month_day->year.value_or(year) == year;
    } else {
      const Date easter = named - days(std::get<HolidayRule::FromEaster>(rule.day).days);
      year = year_of(easter);
      is_named = easter == easter_sunday(year);
    }
    const bool in_force =
        rule.in_force_from.value_or(year) <= year && year <= rule.in_force_to.value_or(year);
    if (!is_named || !in_force) continue;
    const bool moves = rule.to_monday && rule.monday_since.value_or(year) <= year && iso_weekday(named) != 1;
    if (moves ? iso_weekday(day) == 1 : back == 0) return true;
  }
  return false;
}

/// What the lines of a calendar say of one day, asked day by day.
bool is_working(const std::vector<CalendarRule>& lines, Date day) {
  bool working = false;
  const auto key = [](int month, int of_month) { return month * 100 + of_month; };
  for (const CalendarRule& line : lines) {
    if (const auto* weekly = std::get_if<CalendarRule::Weekdays>(&line.rule)) {
      if (std::count(weekly->iso_weekdays.begin(), weekly->iso_weekdays.end(), iso_weekday(day)) > 0) {
        working = weekly->working;
      }
    } else if (const auto* holidays = std::get_if<CalendarRule::Holidays>(&line.rule)) {
      for (const HolidayRule& rule : holidays->set->rules) {
        if (is_that_holiday(rule, day)) working = false;
      }
    } else {
      const auto& range = std::get<CalendarRule::Days>(line.rule);
      const int today = key(month_of(day), day_of(day));
      const int first = key(range.first.month, range.first.day);
      const int last = key(range.last.month, range.last.day);
      const bool in_year = range.first.year.value_or(year_of(day)) == year_of(day);
      const bool within = first <= last ? first <= today && today <= last : first <= today || today <= last;
      if (in_year && within) working = range.working;
    }
  }
  return working;
}

std::vector<CalendarRule> any_lines() {
  std::vector<CalendarRule> lines = {monday_to_friday};
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
    lines.push_back(any_line());
  return lines;
}

RC_GTEST_PROP(CalendarProperty, EveryDayIsWhatTheLinesSayOfIt, ()) {
  const auto lines = any_lines();
  const Calendar calendar("x", lines);
  for (Date day = date(1984, 1, 1); day <= date(2060, 12, 31); day += days(1)) {
    if (calendar.is_working_day(day) != is_working(lines, day)) RC_FAIL(to_iso(day));
  }
}

RC_GTEST_PROP(CalendarProperty, CountsAsOneCountsOnFingers, ()) {
  const Calendar calendar("x", any_lines());
  const Date from = date(1984, 1, 1) + days(*rc::gen::inRange(0, 28'000));
  const Date to = from + days(*rc::gen::inRange(-900, 900));
  std::int64_t counted = 0;
  for (Date day = from; day < to; day += days(1))
    counted += calendar.is_working_day(day + days(1)) ? 1 : 0;
  for (Date day = from; day > to; day -= days(1))
    counted -= calendar.is_working_day(day) ? 1 : 0;
  RC_ASSERT(calendar.working_days_between(from, to) == counted);
}

RC_GTEST_PROP(CalendarProperty, MovesAsOneMovesOnFingers, ()) {
  const Calendar calendar("x", any_lines());
  RC_PRE(calendar.working_days_between(date(1983, 12, 31), date(1984, 12, 31)) > 100);
  const Date from = date(1985, 1, 1) + days(*rc::gen::inRange(0, 27'000));
  const int n = *rc::gen::inRange(-300, 300);
  Date day = from;
  try {
    for (int left = std::abs(n); left > 0;) {
      day += days(n > 0 ? 1 : -1);
      if (calendar.is_working_day(day)) --left;
    }
    RC_ASSERT(calendar.add_working_days(from, n) == day);
    for (day = from; !calendar.is_working_day(day);)
      day += days(1);
    RC_ASSERT(calendar.next_working_day(from) == day);
    for (day = from; !calendar.is_working_day(day);)
      day -= days(1);
    RC_ASSERT(calendar.previous_working_day(from) == day);
  } catch (const std::out_of_range&) {
    RC_DISCARD("the lines leave too few working days");
  }
}

RC_GTEST_PROP(CalendarProperty, CountsWithinAMonth, ()) {
  const Calendar calendar("x", any_lines());
  const int year = *rc::gen::inRange(1984, 2061);
  const int month = *rc::gen::inRange(1, 13);
  const int n = *rc::gen::inRange(1, 32);
  std::vector<Date> working;
  for (Date day = date(year, month, 1); month_of(day) == month; day += days(1)) {
    if (calendar.is_working_day(day)) working.push_back(day);
  }
  RC_PRE(!working.empty());
  const std::size_t index = std::min(static_cast<std::size_t>(n), working.size()) - 1;
  RC_ASSERT(calendar.nth_working_day_of(year, month, n) == working[index]);
}

}  // namespace
}  // namespace cauce::rules
