#include "rules/deadline.hpp"

#include <algorithm>
#include <stdexcept>

namespace cauce::rules {
namespace {

using std::chrono::days;

Date before(Date day, DayOffset offset, const Calendar& calendar) {
  return after(day, {-offset.days, offset.unit}, calendar);
}

/// The day that each form of deadline gives, not rolled; nothing where what it counts from is not known.
struct DayOf {
  const DeadlineContext& context;
  const Calendar& calendar;

  std::optional<Date> operator()(const OnDate& rule) const { return rule.date; }

  std::optional<Date> operator()(const EdgeOfMonth& rule) const {
    if (!rule.month && !context.period) return std::nullopt;
    const int year = rule.month ? context.vigencia : context.period->year;
    const int month = rule.month ? *rule.month : context.period->last_month();
    const Date last = last_day_of(year, month);
    if (rule.last) return rule.working ? calendar.previous_working_day(last) : last;
    return rule.working ? calendar.nth_working_day_of(year, month, 1) : last - days(day_of(last) - 1);
  }

  std::optional<Date> operator()(const NthOfNextMonth& rule) const {
    if (!context.period) return std::nullopt;
    const Date next = context.period->last_day() + days(1);
    if (rule.working) return calendar.nth_working_day_of(year_of(next), month_of(next), rule.n);
    return std::min(next + days(rule.n - 1), last_day_of(year_of(next), month_of(next)));
  }

  std::optional<Date> operator()(const AfterPeriod& rule) const {
    if (!context.period) return std::nullopt;
    return after(context.period->last_day(), rule.offset, calendar);
  }

  std::optional<Date> operator()(const AfterAnchor& rule) const {
    if (!context.anchor) return std::nullopt;
    return after(*context.anchor, rule.offset, calendar);
  }

  std::optional<Date> operator()(const BeforeDate& rule) const {
    return before(rule.date, rule.offset, calendar);
  }
};

}  // namespace

std::optional<Date> due_date(const Deadline& deadline, const DeadlineContext& context,
                             const Calendar& calendar) {
  try {
    const auto day = std::visit(DayOf{context, calendar}, deadline.rule);
    if (!day) return std::nullopt;
    return roll(*day, deadline.rolling, calendar);
  } catch (const std::out_of_range&) {
    return std::nullopt;  // beyond the last year of calendars no day can be told
  }
}

Date after(Date day, DayOffset offset, const Calendar& calendar) {
  if (offset.unit == DayUnit::calendar) return day + days(offset.days);
  return calendar.add_working_days(day, offset.days);
}

Date roll(Date day, Rolling rolling, const Calendar& calendar) {
  switch (rolling) {
    case Rolling::exact:
      return day;
    case Rolling::previous_working_day:
      return calendar.previous_working_day(day);
    case Rolling::next_working_day:
      break;
  }
  return calendar.next_working_day(day);
}

}  // namespace cauce::rules
