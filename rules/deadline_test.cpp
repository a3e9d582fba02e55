#include "rules/deadline.hpp"

#include <memory>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rules/colombia_fixture.hpp"

namespace cauce::rules {
namespace {

using std::chrono::days;

Date date(int year, int month, int day) {
  return make_date(year, month, day).value();
}

/// Mondays to Fridays without the holidays of Colombia and the recess of the year's end.
const Calendar& official() {
  static const Calendar calendar(
      "oficial", {{CalendarRule::Weekdays{{1, 2, 3, 4, 5}, true}},
                  {CalendarRule::Holidays{std::make_shared<const HolidaySet>(colombia_fixture())}},
                  {CalendarRule::Days{{12, 24, {}}, {12, 31, {}}, false, "Receso de fin de año"}}});
  return calendar;
}

Period month_of_2024(int month) {
  return {PeriodUnit::month, 2024, month};
}

/// When it is due, for a report of `period` and an anchor, as people read it.
template <typename Rule>
std::string due(Rule rule, Rolling rolling = Rolling::next_working_day, std::optional<Period> period = {},
                std::optional<Date> anchor = {}) {
  const auto day = due_date({rule, rolling, ""}, {2024, period, anchor}, official());
  return day ? to_iso(*day) : "por fijar";
}

TEST(DeadlineTest, ADateMovesToTheNextWorkingDay) {
  EXPECT_EQ(due(OnDate{date(2024, 5, 31)}), "2024-05-31");
  EXPECT_EQ(due(OnDate{date(2024, 3, 31)}), "2024-04-01") << "Easter Sunday";
  EXPECT_EQ(due(OnDate{date(2024, 3, 31)}, Rolling::exact), "2024-03-31");
  EXPECT_EQ(due(OnDate{date(2024, 3, 31)}, Rolling::previous_working_day), "2024-03-27")
      << "before Jueves Santo";
  EXPECT_EQ(due(OnDate{date(2024, 12, 25)}), "2025-01-02");
}

std::string moved(int year, int month, int day, Rolling rolling = Rolling::next_working_day) {
  return why_moved(*due_day({OnDate{date(year, month, day)}, rolling, ""}, {year, {}, {}}, official()),
                   official());
}

TEST(DeadlineTest, SaysWhyADayIsNotTheOneThatTheWordsName) {
  EXPECT_EQ(moved(2024, 5, 31), "");
  EXPECT_EQ(moved(2024, 6, 15), "pasa al lunes 17 de junio por caer en sábado, seguido de domingo");
  EXPECT_EQ(moved(2024, 6, 1),
            "pasa al martes 4 de junio por caer en sábado, seguido de domingo y festivo (Corpus Christi)");
  EXPECT_EQ(
      moved(2024, 12, 25),
      "pasa al jueves 2 de enero de 2025 por caer en Receso de fin de año, seguido de festivo (Año Nuevo)");
  EXPECT_EQ(moved(2024, 3, 29, Rolling::previous_working_day),
            "se adelanta al miércoles 27 de marzo por caer en festivo (Viernes Santo), precedido de festivo "
            "(Jueves Santo)");
  EXPECT_EQ(moved(2024, 3, 29, Rolling::exact), "");
}

TEST(DeadlineTest, EdgesOfAMonthOfTheVigencia) {
  EXPECT_EQ(due(EdgeOfMonth{true, false, 3}), "2024-04-01") << "the 31st is Easter Sunday";
  EXPECT_EQ(due(EdgeOfMonth{true, true, 3}), "2024-03-27");
  EXPECT_EQ(due(EdgeOfMonth{false, false, 5}), "2024-05-02") << "the 1st is Día del Trabajo";
  EXPECT_EQ(due(EdgeOfMonth{false, true, 5}), "2024-05-02");
  EXPECT_EQ(due(EdgeOfMonth{true, true, 12}), "2024-12-23");
  EXPECT_EQ(due(EdgeOfMonth{true, false, 2}), "2024-02-29");
}

TEST(DeadlineTest, EdgesOfThePeriodsLastMonth) {
  const Period second_quarter{PeriodUnit::quarter, 2024, 2};
  EXPECT_EQ(due(EdgeOfMonth{true, true, {}}, Rolling::next_working_day, second_quarter), "2024-06-28");
  EXPECT_EQ(due(EdgeOfMonth{false, true, {}}, Rolling::next_working_day, second_quarter), "2024-06-04");
  EXPECT_EQ(due(EdgeOfMonth{true, false, {}}, Rolling::exact, second_quarter), "2024-06-30");
}

TEST(DeadlineTest, DayOfTheMonthAfterThePeriod) {
  EXPECT_EQ(due(NthOfNextMonth{5, true}, Rolling::next_working_day, month_of_2024(5)), "2024-06-11")
      << "two holidays of June 2024";
  EXPECT_EQ(due(NthOfNextMonth{5, false}, Rolling::next_working_day, month_of_2024(4)), "2024-05-06");
  EXPECT_EQ(due(NthOfNextMonth{31, false}, Rolling::next_working_day, month_of_2024(1)), "2024-02-29");
  EXPECT_EQ(due(NthOfNextMonth{31, false}, Rolling::next_working_day, month_of_2024(5)), "2024-07-02")
      << "June has 30, a Sunday, and 1 July is a holiday";
  EXPECT_EQ(due(NthOfNextMonth{15, true}, Rolling::next_working_day, month_of_2024(12)), "2025-01-23");
  EXPECT_EQ(due(NthOfNextMonth{5, true}, Rolling::next_working_day, Period{PeriodUnit::year, 2024, 1}),
            "2025-01-09");
}

TEST(DeadlineTest, DaysAfterThePeriod) {
  EXPECT_EQ(due(AfterPeriod{{5, DayUnit::working}}, Rolling::next_working_day, month_of_2024(5)),
            "2024-06-11");
  EXPECT_EQ(due(AfterPeriod{{5, DayUnit::calendar}}, Rolling::next_working_day, month_of_2024(5)),
            "2024-06-05");
  EXPECT_EQ(due(AfterPeriod{{3, DayUnit::calendar}}, Rolling::next_working_day, month_of_2024(5)),
            "2024-06-04");
}

TEST(DeadlineTest, DaysAfterAnAnchorAreUnknownUntilItHappens) {
  const AfterAnchor rule{{10, DayUnit::working}, {7}};
  EXPECT_EQ(due(rule), "por fijar");
  EXPECT_EQ(due(rule, Rolling::next_working_day, {}, date(2024, 3, 22)), "2024-04-10");
}

TEST(DeadlineTest, DaysBeforeADateCountFromTheDateAsWritten) {
  EXPECT_EQ(due(BeforeDate{{1, DayUnit::working}, date(2024, 3, 31)}), "2024-03-27");
  EXPECT_EQ(due(BeforeDate{{10, DayUnit::calendar}, date(2024, 3, 31)}), "2024-03-21");
  EXPECT_EQ(due(BeforeDate{{2, DayUnit::calendar}, date(2024, 3, 31)}), "2024-04-01")
      << "Viernes Santo, moved on";
}

TEST(DeadlineTest, WithoutAPeriodWhatNeedsOneIsUnknown) {
  EXPECT_EQ(due(NthOfNextMonth{5, true}), "por fijar");
  EXPECT_EQ(due(AfterPeriod{{5, DayUnit::working}}), "por fijar");
  EXPECT_EQ(due(EdgeOfMonth{true, true, {}}), "por fijar");
}

TEST(DeadlineTest, BeyondTheLastYearNoDayCanBeTold) {
  const Period last{PeriodUnit::year, last_year, 1};
  EXPECT_EQ(due(NthOfNextMonth{5, true}, Rolling::next_working_day, last), "por fijar");
  EXPECT_EQ(due(NthOfNextMonth{5, false}, Rolling::next_working_day, last), "por fijar");
  EXPECT_EQ(due(AfterPeriod{{1'000'000, DayUnit::working}}, Rolling::next_working_day, month_of_2024(5)),
            "por fijar");
  EXPECT_EQ(due(BeforeDate{{1'000'000, DayUnit::calendar}, date(2024, 1, 1)}), "por fijar");
}

// --- Against counting day by day

Date naive_next(Date day) {
  while (!official().is_working_day(day))
    day += days(1);
  return day;
}

Date naive_previous(Date day) {
  while (!official().is_working_day(day))
    day -= days(1);
  return day;
}

Date naive_step(Date day, DayOffset offset, int sign) {
  for (int left = offset.days; left > 0;) {
    day += days(sign);
    if (offset.unit == DayUnit::calendar || official().is_working_day(day)) --left;
  }
  return day;
}

Date naive_last_of_month(Date day) {
  while (month_of(day + days(1)) == month_of(day))
    day += days(1);
  return day;
}

/// The n-th (working) day of the month of `day`, or its last one.
Date naive_nth(Date day, int n, bool working) {
  std::vector<Date> of_month;
  const int month = month_of(day);
  for (day -= days(day_of(day) - 1); month_of(day) == month; day += days(1)) {
    if (!working || official().is_working_day(day)) of_month.push_back(day);
  }
  return of_month[std::min(of_month.size(), static_cast<std::size_t>(n)) - 1];
}

Date any_date() {
  return date(1984, 1, 1) + days(*rc::gen::inRange(0, 28'000));
}

DayOffset any_offset() {
  return {*rc::gen::inRange(0, 200), *rc::gen::element(DayUnit::working, DayUnit::calendar)};
}

Period any_period(int year) {
  const PeriodUnit unit = *rc::gen::element(PeriodUnit::month, PeriodUnit::bimester, PeriodUnit::quarter,
                                            PeriodUnit::semester, PeriodUnit::year);
  return {unit, year, *rc::gen::inRange(1, 12 / months_in(unit) + 1)};
}

/// Every day of the months of a period, walked from its first.
Date naive_last_of_period(const Period& period) {
  Date day = date(period.year, period.first_month(), 1);
  for (int month = 1; month < months_in(period.unit); ++month)
    day = naive_last_of_month(day) + days(1);
  return naive_last_of_month(day);
}

RC_GTEST_PROP(DeadlineProperty, EveryFormIsWhatCountingDayByDayGives, ()) {
  const int vigencia = *rc::gen::inRange(1984, 2061);
  const Period period = any_period(vigencia);
  const Date anchor = any_date();
  const DayOffset offset = any_offset();
  const bool working = *rc::gen::arbitrary<bool>();
  const int n = *rc::gen::inRange(1, 32);
  const Date end = naive_last_of_period(period);

  Deadline deadline;
  Date expected;
  switch (*rc::gen::inRange(0, 8)) {
    case 0:
      deadline.rule = OnDate{anchor};
      expected = anchor;
      break;
    case 1: {
      const int month = *rc::gen::inRange(1, 13);
      deadline.rule = EdgeOfMonth{true, working, month};
      expected = naive_nth(date(vigencia, month, 1), 99, working);
      break;
    }
    case 2: {
      const int month = *rc::gen::inRange(1, 13);
      deadline.rule = EdgeOfMonth{false, working, month};
      expected = naive_nth(date(vigencia, month, 1), 1, working);
      break;
    }
    case 3:
      deadline.rule = EdgeOfMonth{true, working, {}};
      expected = naive_nth(end, 99, working);
      break;
    case 4:
      deadline.rule = NthOfNextMonth{n, working};
      expected = naive_nth(end + days(1), n, working);
      break;
    case 5:
      deadline.rule = AfterPeriod{offset};
      expected = naive_step(end, offset, 1);
      break;
    case 6:
      deadline.rule = AfterAnchor{offset, {}};
      expected = naive_step(anchor, offset, 1);
      break;
    default:
      deadline.rule = BeforeDate{offset, anchor};
      expected = naive_step(anchor, offset, -1);
  }
  const DeadlineContext context{vigencia, period, anchor};
  deadline.rolling = Rolling::exact;
  RC_ASSERT(due_date(deadline, context, official()) == expected);
  deadline.rolling = Rolling::next_working_day;
  RC_ASSERT(due_date(deadline, context, official()) == naive_next(expected));
  deadline.rolling = Rolling::previous_working_day;
  RC_ASSERT(due_date(deadline, context, official()) == naive_previous(expected));
}

}  // namespace
}  // namespace cauce::rules
