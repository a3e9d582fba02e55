// The periods of reports: months, bimesters, quarters, semesters and years of the calendar.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/syntax.hpp"
#include "rules/date.hpp"

namespace cauce::rules {

using PeriodUnit = dsl::PeriodUnit;

struct Period {
  PeriodUnit unit = PeriodUnit::month;
  int year = 0;
  int index = 1;  ///< from 1 within the year

  auto operator<=>(const Period&) const = default;

  Date first_day() const;
  Date last_day() const;
  int first_month() const;
  int last_month() const;

  /// `2024-05`, `2024-B3`, `2024-T2`, `2024-S1`, `2024`
  std::string to_string() const;
  /// The form of to_string, in any case; nothing if there is no such period.
  static std::optional<Period> parse(std::string_view text);
  /// As people call it: `mayo de 2024`, `segundo trimestre de 2024`, `2024`.
  std::string to_spanish() const;
};

/// How many months the unit has: 1, 2, 3, 6, 12.
int months_in(PeriodUnit unit);

/// The period that a policy names, in `vigencia` unless it says a year; nothing if its index does not exist.
std::optional<Period> to_period(const dsl::PeriodRef& written, int vigencia);

}  // namespace cauce::rules
