// Working days and public holidays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/date.hpp"

namespace cauce::rules {

/// Easter Sunday of the Gregorian calendar, from 1583 on (anonymous Gregorian computus, Meeus, Astronomical
/// Algorithms, ch. 8).
Date easter_sunday(int year);

/// A public holiday as a law gives it.
struct HolidayRule {
  struct MonthDay {
    int month = 1;
    int day = 1;
    std::optional<int> year = {};  ///< only in that year
  };
  struct FromEaster {
    int days = 0;  ///< calendar days after (or, negative, before) Easter Sunday
  };
  std::variant<MonthDay, FromEaster> day;
  std::string name;
  bool to_monday = false;                ///< moved to the next Monday (Ley 51 de 1983) …
  std::optional<int> monday_since = {};  ///< … from this year on; before it, it stays
  std::optional<int> in_force_from = {};
  std::optional<int> in_force_to = {};
};

struct Holiday {
  Date date;
  std::string name;
  bool operator==(const Holiday&) const = default;
};

struct HolidaySet {
  std::string name;
  std::string title;
  std::vector<HolidayRule> rules;

  /// The holidays that fall in `year`, by date, then in the order of the rules.
  std::vector<Holiday> in_year(int year) const;
};

/// What a calendar says line by line; later lines win.
struct CalendarRule {
  struct Weekdays {
    std::vector<int> iso_weekdays;
    bool working = true;
  };
  struct Holidays {
    std::shared_ptr<const HolidaySet> set;
  };
  /// Every year without `year`, else in that one only; a range may pass the new year.
  struct Days {
    HolidayRule::MonthDay first;
    HolidayRule::MonthDay last;
    bool working = false;
    std::string name;
  };
  std::variant<Weekdays, Holidays, Days> rule;
};

/// Which days are working days, for every day from first_year to last_year. All functions take days in that
/// span and throw std::out_of_range beyond it. Immutable once made; counting and moving are O(1).
class Calendar {
 public:
  Calendar() = default;
  explicit Calendar(std::string name, const std::vector<CalendarRule>& rules);

  const std::string& name() const { return name_; }
  /// Whether the other functions can be asked about `date`.
  bool covers(Date date) const;
  bool is_working_day(Date date) const;
  /// Why `date` is no working day, for people: `sábado`, `festivo (Corpus Christi)`, `Receso de fin de año`.
  /// Empty for a working day.
  std::string why_not_working(Date date) const;
  /// `date` itself or the next working day after it.
  Date next_working_day(Date date) const;
  /// `date` itself or the last working day before it.
  Date previous_working_day(Date date) const;
  /// The n-th working day after `date` (n > 0), before it (n < 0), or `date` itself (n = 0).
  Date add_working_days(Date date, std::int64_t n) const;
  /// Working days after `from`, up to `to`; negative when `to` lies before `from` (those after `to`, up to
  /// `from`).
  std::int64_t working_days_between(Date from, Date to) const;
  /// The n-th working day of a month (n >= 1), or its last one if it has fewer; the next one after the month
  /// if it has none.
  Date nth_working_day_of(int year, int month, int n) const;

 private:
  std::size_t index_of(Date date) const;

  std::string name_;
  std::vector<CalendarRule> rules_;
  std::vector<std::uint32_t> working_before_;  ///< for each day, how many working days lie before it
  std::vector<Date> working_days_;
};

}  // namespace cauce::rules
