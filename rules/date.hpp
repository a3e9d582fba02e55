// Civil dates: days of the proleptic Gregorian calendar, without a time or a zone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cauce::rules {

using Date = std::chrono::sys_days;

/// Years in which dates may fall, and for which calendars are computed.
inline constexpr int first_year = 1900;
inline constexpr int last_year = 2199;

/// The date, if it exists and its year lies between first_year and last_year.
std::optional<Date> make_date(int year, int month, int day);
int year_of(Date date);
int month_of(Date date);
int day_of(Date date);
/// The last day of a month.
Date last_day_of(int year, int month);

/// `2024-02-07`
std::string to_iso(Date date);
/// Exactly the form of to_iso; nothing if the date does not exist.
std::optional<Date> parse_iso_date(std::string_view text);
/// `7 de febrero de 2024`
std::string to_spanish(Date date);
/// `enero` … `diciembre` for 1 to 12.
std::string_view month_name(int month);
/// `lunes` … `domingo` for ISO 1 to 7.
std::string_view weekday_name(int iso_weekday);
/// 1 Monday … 7 Sunday.
int iso_weekday(Date date);

/// A time of day at which alerts may go out.
struct TimeOfDay {
  int hour = 8;
  int minute = 0;
  auto operator<=>(const TimeOfDay&) const = default;
};

}  // namespace cauce::rules
