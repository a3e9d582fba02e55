#include "rules/period.hpp"

#include <array>

#include "rules/digits.hpp"

namespace cauce::rules {
namespace {

constexpr std::array<std::string_view, 6> ordinals = {"primer", "segundo", "tercer",
                                                      "cuarto", "quinto",  "sexto"};

/// `B`, `T` or `S`, as periods are written.
char letter_of(PeriodUnit unit) {
  switch (unit) {
    case PeriodUnit::bimester:
      return 'B';
    case PeriodUnit::quarter:
      return 'T';
    default:
      return 'S';
  }
}

std::string_view noun_of(PeriodUnit unit) {
  switch (unit) {
    case PeriodUnit::bimester:
      return "bimestre";
    case PeriodUnit::quarter:
      return "trimestre";
    default:
      return "semestre";
  }
}

std::optional<PeriodUnit> unit_of_letter(char letter) {
  switch (letter) {
    case 'B':
    case 'b':
      return PeriodUnit::bimester;
    case 'T':
    case 't':
      return PeriodUnit::quarter;
    case 'S':
    case 's':
      return PeriodUnit::semester;
    default:
      return std::nullopt;
  }
}

std::optional<Period> make_period(PeriodUnit unit, int year, int index) {
  if (year < first_year || year > last_year) return std::nullopt;
  if (index < 1 || index > 12 / months_in(unit)) return std::nullopt;
  return Period{unit, year, index};
}

}  // namespace

int months_in(PeriodUnit unit) {
  switch (unit) {
    case PeriodUnit::month:
      return 1;
    case PeriodUnit::bimester:
      return 2;
    case PeriodUnit::quarter:
      return 3;
    case PeriodUnit::semester:
      return 6;
    case PeriodUnit::year:
      return 12;
  }
  return 12;
}

int Period::first_month() const {
  return (index - 1) * months_in(unit) + 1;
}

int Period::last_month() const {
  return index * months_in(unit);
}

Date Period::first_day() const {
  return Date(std::chrono::year_month_day(std::chrono::year(year),
                                          std::chrono::month(static_cast<unsigned>(first_month())),
                                          std::chrono::day(1)));
}

Date Period::last_day() const {
  return last_day_of(year, last_month());
}

std::string Period::to_string() const {
  const std::string in_year = std::to_string(year);
  if (unit == PeriodUnit::year) return in_year;
  if (unit == PeriodUnit::month) return in_year + (index < 10 ? "-0" : "-") + std::to_string(index);
  return in_year + "-" + letter_of(unit) + std::to_string(index);
}

std::optional<Period> Period::parse(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  if (!year) return std::nullopt;
  if (text.size() == 4) return make_period(PeriodUnit::year, *year, 1);
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto unit = unit_of_letter(text[5]);
  const auto index = parse_digits(text.substr(unit ? 6 : 5));
  if (!index) return std::nullopt;
  return make_period(unit.value_or(PeriodUnit::month), *year, *index);
}

std::string Period::to_spanish() const {
  const std::string in_year = std::to_string(year);
  if (unit == PeriodUnit::year) return in_year;
  if (unit == PeriodUnit::month) return std::string(month_name(index)) + " de " + in_year;
  return std::string(ordinals.at(static_cast<std::size_t>(index - 1))) + " " + std::string(noun_of(unit)) +
         " de " + in_year;
}

std::optional<Period> to_period(const dsl::PeriodRef& written, int vigencia) {
  return make_period(written.unit, written.year.value_or(vigencia), written.index);
}

}  // namespace cauce::rules
