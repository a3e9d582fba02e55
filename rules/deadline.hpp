// When an obligation is due: the forms of language.md, 2.7, as values, and the day that they give.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "rules/calendar.hpp"
#include "rules/period.hpp"

namespace cauce::rules {

using Rolling = dsl::Rolling;
using DayUnit = dsl::DayUnit;

struct DayOffset {
  int days = 0;
  DayUnit unit = DayUnit::working;  ///< never unspecified
  bool operator==(const DayOffset&) const = default;
};

/// What another event gives a day to: a milestone of the plan (by its index among the plan kind's
/// obligations) or the end of a phase. `obligation` is an index that workflows gives meaning to.
struct Anchor {
  std::uint32_t obligation = 0;
  bool operator==(const Anchor&) const = default;
};

struct OnDate {
  Date date;
};
struct EdgeOfMonth {
  bool last = false;
  bool working = false;
  std::optional<int> month;  ///< of the vigencia; none: the last month of the period
};
struct NthOfNextMonth {
  int n = 1;
  bool working = false;
};
struct AfterPeriod {
  DayOffset offset;
};
struct AfterAnchor {
  DayOffset offset;
  Anchor anchor;
};
struct BeforeDate {
  DayOffset offset;
  Date date;
};

struct Deadline {
  std::variant<OnDate, EdgeOfMonth, NthOfNextMonth, AfterPeriod, AfterAnchor, BeforeDate> rule;
  Rolling rolling = Rolling::next_working_day;
  std::string text;  ///< as the policy writes it, on one line, for people
};

/// The days that a deadline may be counted from.
struct DeadlineContext {
  int vigencia = 0;
  std::optional<Period> period = {};  ///< of a periodic report
  std::optional<Date> anchor = {};    ///< the day on which the anchor happened, once it has
};

/// A day that a deadline gives: as its words have it, and as it stands after rolling.
struct DueDay {
  Date named;
  Date due;
};
/// Both days of a deadline; as due_date.
std::optional<DueDay> due_day(const Deadline& deadline, const DeadlineContext& context,
                              const Calendar& calendar);

/// Why the day is not the one that the words name: `pasa al martes 4 de junio por caer en sábado, domingo y
/// festivo (Corpus Christi)`; empty if it is.
std::string why_moved(const DueDay& day, const Calendar& calendar);

/// The day on which it is due, rolled to a working day as the deadline says (Ley 4 de 1913, art. 62). Nothing
/// while its anchor has not happened (*por fijar*).
std::optional<Date> due_date(const Deadline& deadline, const DeadlineContext& context,
                             const Calendar& calendar);

/// N working or calendar days after `day`; not rolled.
Date after(Date day, DayOffset offset, const Calendar& calendar);

/// The day as `rolling` moves it.
Date roll(Date day, Rolling rolling, const Calendar& calendar);

}  // namespace cauce::rules
