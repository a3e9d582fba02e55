#include "rules/date.hpp"

#include <array>

#include "rules/digits.hpp"

namespace cauce::rules {
namespace {

constexpr std::array<std::string_view, 12> months = {"enero",      "febrero", "marzo",     "abril",
                                                     "mayo",       "junio",   "julio",     "agosto",
                                                     "septiembre", "octubre", "noviembre", "diciembre"};
constexpr std::array<std::string_view, 7> weekdays = {"lunes",   "martes", "miércoles", "jueves",
                                                      "viernes", "sábado", "domingo"};

std::chrono::year_month_day civil(Date date) {
  return std::chrono::year_month_day(date);
}

std::string padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  if (year < first_year || year > last_year || month < 1 || month > 12 || day < 1 || day > 31) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return Date(date);
}

int year_of(Date date) {
  return static_cast<int>(civil(date).year());
}

int month_of(Date date) {
  return static_cast<int>(static_cast<unsigned>(civil(date).month()));
}

int day_of(Date date) {
  return static_cast<int>(static_cast<unsigned>(civil(date).day()));
}

Date last_day_of(int year, int month) {
  const std::chrono::month in_year(static_cast<unsigned>(month));
  return Date(
      std::chrono::year_month_day_last(std::chrono::year(year), std::chrono::month_day_last(in_year)));
}

std::string to_iso(Date date) {
  return padded(year_of(date), 4) + "-" + padded(month_of(date), 2) + "-" + padded(day_of(date), 2);
}

std::optional<Date> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return make_date(*year, *month, *day);
}

std::string to_spanish(Date date) {
  return std::to_string(day_of(date)) + " de " + std::string(month_name(month_of(date))) + " de " +
         std::to_string(year_of(date));
}

std::string_view month_name(int month) {
  return months.at(static_cast<std::size_t>(month - 1));
}

std::string_view weekday_name(int iso_weekday) {
  return weekdays.at(static_cast<std::size_t>(iso_weekday - 1));
}

int iso_weekday(Date date) {
  return static_cast<int>(std::chrono::weekday(date).iso_encoding());
}

}  // namespace cauce::rules
