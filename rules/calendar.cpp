#include "rules/calendar.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <set>
#include <stdexcept>

namespace cauce::rules {
namespace {

using std::chrono::days;

const Date first_date = Date(std::chrono::year(first_year) / 1 / 1);
const Date last_date = Date(std::chrono::year(last_year) / 12 / 31);

/// A day of a year; 29 February of a year that lacks it is its 28.
Date day_in_year(const HolidayRule::MonthDay& day, int year) {
  const auto last = last_day_of(year, day.month);
  const auto wanted = last - days(day_of(last)) + days(day.day);
  return std::min(last, wanted);
}

Date next_monday(Date date) {
  return date + days((8 - iso_weekday(date)) % 7);
}

/// Years by which the day that a law names and the day on which it falls may lie apart.
int spread_in_years(const HolidayRule& rule) {
  const auto* from_easter = std::get_if<HolidayRule::FromEaster>(&rule.day);
  return 1 + (from_easter ? std::abs(from_easter->days) / 365 : 0);
}

/// The day on which the holiday of `year` falls, if there is one. All years of a rule are those of the day
/// that the law names, before it moves to Monday.
std::optional<Date> falls_on(const HolidayRule& rule, int year) {
  if (rule.in_force_from && year < *rule.in_force_from) return std::nullopt;
  if (rule.in_force_to && year > *rule.in_force_to) return std::nullopt;
  Date date;
  if (const auto* fixed = std::get_if<HolidayRule::MonthDay>(&rule.day)) {
    if (fixed->year && *fixed->year != year) return std::nullopt;
    date = day_in_year(*fixed, year);
  } else {
    date = easter_sunday(year) + days(std::get<HolidayRule::FromEaster>(rule.day).days);
  }
  const bool moves = rule.to_monday && year >= rule.monday_since.value_or(year);
  return moves ? next_monday(date) : date;
}

struct DateRange {
  Date first;
  Date last;
};

/// A range with a year: an end without one is the nearest that makes it a range.
DateRange only_range(const CalendarRule::Days& rule) {
  int first_of = rule.first.year.value_or(rule.last.year.value_or(0));
  int last_of = rule.last.year.value_or(first_of);
  const bool backwards = day_in_year(rule.last, last_of) < day_in_year(rule.first, first_of);
  if (backwards && !rule.last.year) ++last_of;
  if (backwards && !rule.first.year) --first_of;
  return {day_in_year(rule.first, first_of), day_in_year(rule.last, last_of)};
}

/// The days of a line that begin in `year`, if any do.
std::optional<DateRange> begun_in(const CalendarRule::Days& rule, int year) {
  if (rule.first.year || rule.last.year) {
    const DateRange range = only_range(rule);
    return year_of(range.first) == year ? std::optional(range) : std::nullopt;
  }
  const Date first = day_in_year(rule.first, year);
  const Date last = day_in_year(rule.last, year);
  return DateRange{first, first <= last ? last : day_in_year(rule.last, year + 1)};
}

/// What a line says of one day: nothing, or why it is no working day (empty: it is one).
struct WordOn {
  Date date;

  std::optional<std::string> operator()(const CalendarRule::Weekdays& rule) const {
    const int weekday = iso_weekday(date);
    if (std::count(rule.iso_weekdays.begin(), rule.iso_weekdays.end(), weekday) == 0) return std::nullopt;
    return rule.working ? std::string() : std::string(weekday_name(weekday));
  }

  std::optional<std::string> operator()(const CalendarRule::Holidays& rule) const {
    std::string names;
    for (const Holiday& holiday : rule.set->in_year(year_of(date))) {
      if (holiday.date == date) names += (names.empty() ? "" : ", ") + holiday.name;
    }
    if (names.empty()) return std::nullopt;
    return "festivo (" + names + ")";
  }

  std::optional<std::string> operator()(const CalendarRule::Days& rule) const {
    for (const int year : {year_of(date) - 1, year_of(date)}) {
      const auto range = begun_in(rule, year);
      if (!range || date < range->first || date > range->last) continue;
      if (rule.working) return std::string();
      return rule.name.empty() ? "día no hábil" : rule.name;
    }
    return std::nullopt;
  }
};

/// For each day of the span, whether it is a working day. The lines are applied from the last to the first:
/// the first word on a day stands, and what is decided is not gone through again, however many lines there
/// are.
class Days {
 public:
  Days()
      : working_(static_cast<std::size_t>((last_date - first_date).count()) + 1, false),
        undecided_from_(working_.size() + 1) {
    std::iota(undecided_from_.begin(), undecided_from_.end(), 0U);
  }

  /// What of [first, last] lies in the span and has not been marked before.
  void mark(Date first, Date last, bool working) {
    if (last < first_date || first > last_date) return;
    const std::size_t end = index_of(std::min(last, last_date));
    for (std::size_t day = undecided(index_of(std::max(first, first_date))); day <= end;
         day = undecided(day)) {
      working_[day] = working;
      undecided_from_[day] = static_cast<std::uint32_t>(day + 1);
    }
  }

  void apply(const CalendarRule::Weekdays& rule) {
    constexpr int days_of_a_week = 7;
    for (const int weekday : rule.iso_weekdays) {
      bool& decided = decided_weekdays_.at(static_cast<std::size_t>(weekday));
      if (decided) continue;
      decided = true;
      const int before_it = (weekday - iso_weekday(first_date) + days_of_a_week) % days_of_a_week;
      for (Date date = first_date + days(before_it); date <= last_date; date += days(days_of_a_week))
        mark(date, date, rule.working);
    }
  }

  void apply(const CalendarRule::Holidays& rule) {
    if (!decided_sets_.insert(rule.set.get()).second) return;
    for (const HolidayRule& holiday : rule.set->rules) {
      const int spread = spread_in_years(holiday);
      for (int named = first_year - spread; named <= last_year + spread; ++named) {
        if (const auto date = falls_on(holiday, named)) mark(*date, *date, false);
      }
    }
  }

  void apply(const CalendarRule::Days& rule) {
    for (int year = first_year - 1; year <= last_year; ++year) {
      if (const auto range = begun_in(rule, year)) mark(range->first, range->last, rule.working);
    }
  }

  const std::vector<bool>& working() const { return working_; }

 private:
  static std::size_t index_of(Date date) { return static_cast<std::size_t>((date - first_date).count()); }

  /// The first day from `day` on that has not been marked.
  std::size_t undecided(std::size_t day) {
    while (undecided_from_[day] != day) {
      undecided_from_[day] = undecided_from_[undecided_from_[day]];  // shortens the way for the next time
      day = undecided_from_[day];
    }
    return day;
  }

  std::vector<bool> working_;
  std::vector<std::uint32_t>
      undecided_from_;  ///< for each day itself, or one nearer to the next undecided one
  std::array<bool, 8> decided_weekdays_ = {};  ///< by ISO number
  std::set<const HolidaySet*> decided_sets_;
};

}  // namespace

Date easter_sunday(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = b / 4;
  const int e = b % 4;
  const int f = (b + 8) / 25;
  const int g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4;
  const int k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return Date(std::chrono::year(year) / (n / 31) / (n % 31 + 1));
}

std::vector<Holiday> HolidaySet::in_year(int year) const {
  std::vector<Holiday> holidays;
  for (const HolidayRule& rule : rules) {
    const int spread = spread_in_years(rule);
    for (int named = year - spread; named <= year + spread; ++named) {
      const auto date = falls_on(rule, named);
      if (date && year_of(*date) == year) holidays.push_back({*date, rule.name});
    }
  }
  std::stable_sort(holidays.begin(), holidays.end(),
                   [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
  return holidays;
}

Calendar::Calendar(std::string name, const std::vector<CalendarRule>& rules)
    : name_(std::move(name)), rules_(rules) {
  Days days_of_span;
  for (auto line = rules.rbegin(); line != rules.rend(); ++line) {
    std::visit([&](const auto& rule) { days_of_span.apply(rule); }, line->rule);
  }
  working_before_.reserve(days_of_span.working().size() + 1);
  Date date = first_date;
  for (const bool working : days_of_span.working()) {
    working_before_.push_back(static_cast<std::uint32_t>(working_days_.size()));
    if (working) working_days_.push_back(date);
    date += days(1);
  }
  working_before_.push_back(static_cast<std::uint32_t>(working_days_.size()));
}

std::size_t Calendar::index_of(Date date) const {
  if (!covers(date)) throw std::out_of_range("date beyond the calendar: " + to_iso(date));
  return static_cast<std::size_t>((date - first_date).count());
}

bool Calendar::covers(Date date) const {
  return !working_before_.empty() && date >= first_date && date <= last_date;
}

bool Calendar::is_working_day(Date date) const {
  const std::size_t index = index_of(date);
  return working_before_[index + 1] > working_before_[index];
}

std::string Calendar::why_not_working(Date date) const {
  if (is_working_day(date)) return {};
  for (auto line = rules_.rbegin(); line != rules_.rend(); ++line) {
    if (const auto word = std::visit(WordOn{date}, line->rule)) return *word;
  }
  return std::string(weekday_name(iso_weekday(date)));  // no line makes it one
}

Date Calendar::next_working_day(Date date) const {
  return working_days_.at(working_before_[index_of(date)]);
}

Date Calendar::previous_working_day(Date date) const {
  const std::size_t up_to = working_before_[index_of(date) + 1];
  if (up_to == 0) throw std::out_of_range("no working day up to " + to_iso(date));
  return working_days_[up_to - 1];
}

Date Calendar::add_working_days(Date date, std::int64_t n) const {
  const std::size_t index = index_of(date);
  if (n == 0) return date;
  const std::int64_t first = n > 0 ? working_before_[index + 1] : working_before_[index];
  const auto size = static_cast<std::int64_t>(working_days_.size());
  // Compared so that no n overflows.
  if (n > size - first || n < -first) {
    throw std::out_of_range("working days beyond the calendar from " + to_iso(date));
  }
  return working_days_[static_cast<std::size_t>(n > 0 ? first + n - 1 : first + n)];
}

std::int64_t Calendar::working_days_between(Date from, Date to) const {
  return static_cast<std::int64_t>(working_before_[index_of(to) + 1]) -
         static_cast<std::int64_t>(working_before_[index_of(from) + 1]);
}

Date Calendar::nth_working_day_of(int year, int month, int n) const {
  const Date last = last_day_of(year, month);
  const Date before_first = last - days(day_of(last));
  const std::int64_t in_month =
      working_before_[index_of(last) + 1] - working_before_[index_of(before_first + days(1))];
  if (in_month == 0) return next_working_day(last);
  return working_days_[static_cast<std::size_t>(working_before_[index_of(before_first + days(1))] +
                                                std::min<std::int64_t>(n, in_month) - 1)];
}

}  // namespace cauce::rules
