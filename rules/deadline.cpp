#include "rules/deadline.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

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

std::optional<DueDay> due_day(const Deadline& deadline, const DeadlineContext& context,
                              const Calendar& calendar) {
  try {
    const auto day = std::visit(DayOf{context, calendar}, deadline.rule);
    if (!day) return std::nullopt;
    return DueDay{*day, roll(*day, deadline.rolling, calendar)};
  } catch (const std::out_of_range&) {
    return std::nullopt;  // beyond the last year of calendars no day can be told
  }
}

std::optional<Date> due_date(const Deadline& deadline, const DeadlineContext& context,
                             const Calendar& calendar) {
  const auto day = due_day(deadline, context, calendar);
  return day ? std::optional(day->due) : std::nullopt;
}

std::string why_moved(const DueDay& day, const Calendar& calendar) {
  if (day.named == day.due) return {};
  std::vector<std::string> reasons;
  const days step(day.due > day.named ? 1 : -1);
  for (Date date = day.named; date != day.due; date += step) {
    const std::string reason = calendar.why_not_working(date);
    if (!reason.empty() && (reasons.empty() || reasons.back() != reason)) reasons.push_back(reason);
  }
  std::string text = day.due > day.named ? "pasa al " : "se adelanta al ";
  text += std::string(weekday_name(iso_weekday(day.due))) + " " + std::to_string(day_of(day.due)) + " de " +
          std::string(month_name(month_of(day.due)));
  if (year_of(day.due) != year_of(day.named)) text += " de " + std::to_string(year_of(day.due));
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (i == 0) {
      text += " por caer en ";
    } else if (i == 1) {
      text += day.due > day.named ? ", seguido de " : ", precedido de ";
    } else {
      text += i + 1 == reasons.size() ? " y " : ", ";
    }
    text += reasons[i];
  }
  return text;
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
