#include "engine/cell_habits.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "dsl/fold.hpp"
#include "rules/date.hpp"
#include "rules/decimal.hpp"
#include "rules/digits.hpp"

namespace cauce::engine {
namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// --- Numbers

void replace_all(std::string& text, std::string_view old, std::string_view by) {
  for (std::size_t place = text.find(old); place != text.npos; place = text.find(old, place + by.size()))
    text.replace(place, old.size(), by);
}

/// The number that a text writes with its thousands apart (`2.616.335`, `1,234.5`, `21 468`), without them.
std::optional<std::string> without_thousands(std::string text, char decimal) {
  for (const std::string_view space : {"\u00A0", "\u202F", "'", "’"})
    replace_all(text, space, " ");
  const bool negative = text.starts_with('-');
  if (negative) text.erase(0, 1);
  const std::size_t mark = text.find_first_not_of("0123456789");
  if (mark == text.npos || std::string_view(" .,").find(text[mark]) == std::string_view::npos)
    return std::nullopt;
  const char grouping = text[mark];
  std::string_view whole = text;
  std::string_view fraction;
  if (const std::size_t other = whole.find(grouping == ',' ? '.' : ','); other != whole.npos) {
    fraction = whole.substr(other + 1);
    whole = whole.substr(0, other);
    if (!all_digits(fraction)) return std::nullopt;
  }
  const auto groups = split(whole, std::string_view(&grouping, 1));
  const bool grouped = groups.size() > 1 && all_digits(groups[0]) && groups[0].size() <= 3 &&
                       std::all_of(groups.begin() + 1, groups.end(), [](std::string_view group) {
                         return group.size() == 3 && all_digits(group);
                       });
  if (!grouped) return std::nullopt;
  std::string plain = negative ? "-" : "";
  for (const std::string_view group : groups)
    plain += group;
  if (!fraction.empty()) plain.append(1, decimal).append(fraction);
  return plain;
}

/// Between a number and its sign a spreadsheet puts spaces that do not break lines.
std::string_view without_spaces_behind(std::string_view text) {
  for (const std::string_view space : {" ", "\u00A0", "\u202F"}) {
    while (text.ends_with(space))
      text.remove_suffix(space.size());
  }
  return text;
}

/// `de 0 a 1`, `desde 0`, `hasta 100`.
std::string bounds_of(const rules::Type& type, char decimal) {
  const auto bound = [&](const std::optional<rules::Value>& value) {
    std::string text = rules::to_display(*value);
    std::replace(text.begin(), text.end(), '.', decimal);
    return text;
  };
  if (type.low && type.high) return "de " + bound(type.low) + " a " + bound(type.high);
  return type.low ? "desde " + bound(type.low) : "hasta " + bound(type.high);
}

/// A number with the other mark for its decimals.
std::optional<std::string> with_other_mark(std::string_view cell, char decimal) {
  const char other = decimal == '.' ? ',' : '.';
  if (!is_decimal_with(cell, other)) return std::nullopt;
  std::string mended(cell);
  std::replace(mended.begin(), mended.end(), other, decimal);
  return mended;
}

/// What is written with the mark of the file, as a number.
std::optional<rules::Decimal> number_in(std::string_view cell, char decimal) {
  std::string text(cell);
  if (decimal != '.') std::replace(text.begin(), text.end(), decimal, '.');
  return rules::Decimal::parse(text);
}

std::string written_with(const rules::Decimal& number, char decimal) {
  std::string text = number.to_string();
  std::replace(text.begin(), text.end(), '.', decimal);
  return text;
}

bool is_within(const rules::Decimal& number, const rules::Type& type) {
  const rules::Value value(number);
  return !(type.low && value < *type.low) && !(type.high && *type.high < value) &&
         (type.kind != rules::TypeKind::integer || number.is_integer());
}

/// Whether a field holds parts of one, and not percentages.
bool is_part_of_one(const rules::Type& type) {
  return type.high == rules::Value(rules::Decimal(1));
}

/// `45 %` as the field has it: the part of one, or the number itself. Of a field without limits either may
/// be.
std::string help_with_percentage(const rules::Decimal& percentage, const rules::Type& type, char decimal) {
  const auto part = divide(percentage, rules::Decimal(100));
  if (!part) return "escriba el número sin el signo %";
  const bool of_one = is_part_of_one(type);
  const rules::Decimal meant = of_one ? *part : percentage;
  if (!is_within(meant, type)) {
    return "sería " + written_with(meant, decimal) + ", y el campo va " + bounds_of(type, decimal);
  }
  if (of_one) return "escriba " + written_with(*part, decimal) + ": el campo va " + bounds_of(type, decimal);
  const bool either = !type.high && is_within(*part, type);
  return "escriba " + written_with(percentage, decimal) +
         (either
              ? " si el campo es un porcentaje, o " + written_with(*part, decimal) + " si es una parte de 1"
              : ", sin el signo");
}

/// A number with either mark for its decimals, the one of the file rather.
std::optional<rules::Decimal> number_with_any_mark(std::string_view cell, char decimal) {
  if (auto number = number_in(cell, decimal)) return number;
  const auto mended = with_other_mark(cell, decimal);
  return mended ? number_in(*mended, decimal) : std::nullopt;
}

std::string help_with_number(std::string_view cell, const rules::Type& type, char decimal) {
  if (cell.ends_with('%')) {
    const auto number = number_with_any_mark(without_spaces_behind(cell.substr(0, cell.size() - 1)), decimal);
    return number ? help_with_percentage(*number, type, decimal) : "escriba el número sin el signo %";
  }
  if (const auto number = number_in(cell, decimal); number && is_part_of_one(type)) {
    const auto part = divide(*number, rules::Decimal(100));
    if (part && is_within(*part, type)) return "si es un porcentaje, escriba " + written_with(*part, decimal);
  }
  if (cell.find_first_of("$") != cell.npos || cell.find("€") != cell.npos || dsl::fold(cell).ends_with("cop"))
    return "escriba el número sin el signo de moneda";
  if (const auto plain = without_thousands(std::string(cell), decimal)) {
    const auto value = with_other_mark(cell, decimal);
    if (!value || type.kind == rules::TypeKind::integer)
      return "escriba " + *plain + ", sin separar los miles";
    return "escriba " + *value + " si son decimales, o " + *plain + " si son miles";
  }
  if (const auto value = with_other_mark(cell, decimal)) return "escriba " + *value;
  if (is_shortened_number(cell))
    return "la hoja de cálculo lo acortó: dé a la columna un formato de número sin exponente";
  return {};
}

// --- Dates

std::optional<std::string> date_of(std::string_view year, std::string_view month, std::string_view day) {
  const auto y = rules::parse_digits(year);
  const auto m = rules::parse_digits(month);
  const auto d = rules::parse_digits(day);
  if (!y || !m || !d) return std::nullopt;
  const auto date = rules::make_date(*y < 100 ? *y + 2000 : *y, *m, *d);
  return date ? std::optional(rules::to_iso(*date)) : std::nullopt;
}

/// Why there is no such date: a year that the rules do not reach, or a month that has fewer days. Empty if
/// neither.
std::string why_no_date(std::string_view year, std::string_view month, std::string_view day) {
  const auto y = rules::parse_digits(year);
  const auto m = rules::parse_digits(month);
  const auto d = rules::parse_digits(day);
  if (!y || !m || !d || *m < 1 || *m > 12 || *d < 1 || *d > 31) return {};
  const int full_year = year.size() == 2 ? *y + 2000 : *y;
  if (full_year < rules::first_year || full_year > rules::last_year) {
    return "el año va de " + std::to_string(rules::first_year) + " a " + std::to_string(rules::last_year);
  }
  const rules::Date last = rules::last_day_of(full_year, *m);
  if (*d <= rules::day_of(last)) return {};
  return "ese día no existe: el último de ese mes es " + rules::to_iso(last);
}

std::string help_with_date(std::string_view cell) {
  if (const std::size_t hour = cell.find_first_of(" T"); hour != cell.npos) {
    const std::string_view day = cell.substr(0, hour);
    if (rules::parse_iso_date(day)) return "escriba " + std::string(day) + ", sin la hora";
    return help_with_date(day);
  }
  if (all_digits(cell) && cell.size() == 5)
    return "es el número con que la hoja de cálculo guarda una fecha: dé a la columna el formato aaaa-mm-dd";
  const auto parts = split(cell, "/-.");
  if (parts.size() != 3 || rules::parse_iso_date(cell)) return {};
  if (parts[0].size() == 4) {
    const auto date = date_of(parts[0], parts[1], parts[2]);
    return date ? "escriba " + *date : why_no_date(parts[0], parts[1], parts[2]);
  }
  const auto day_first = date_of(parts[2], parts[1], parts[0]);
  const auto month_first = date_of(parts[2], parts[0], parts[1]);
  if (day_first && month_first && day_first != month_first)
    return "escriba " + *day_first + " o " + *month_first + ": no se sabe cuál es el día y cuál el mes";
  if (day_first || month_first) return "escriba " + (day_first ? *day_first : *month_first);
  const std::string why = why_no_date(parts[2], parts[1], parts[0]);
  return why.empty() ? why_no_date(parts[2], parts[0], parts[1]) : why;
}

// --- Truth values

std::string help_with_truth(std::string_view cell) {
  const std::string word = dsl::fold(cell);
  if (word == "x")
    return "escriba sí; si la columna solo marca los sí, la política lo dice con «vacío es no»";
  if (word == "verdadero") return "escriba sí";
  if (word == "falso") return "escriba no";
  return {};
}

std::string help_with_enumerator(std::string_view cell, const rules::Type& type) {
  if (!type.values) return {};
  const std::vector<std::string_view> values(type.values->begin(), type.values->end());
  const std::string_view meant = dsl::nearest_name(cell, values);
  return meant.empty() ? std::string() : "¿quiso decir «" + std::string(meant) + "»?";
}

}  // namespace

std::string help_with_cell(std::string_view cell, const rules::Type& type, char decimal) {
  if (is_failed_formula(cell)) return "corrija la fórmula, o deje la celda vacía si no hay dato";
  if (says_that_nothing_is_known(cell)) return "si no hay dato, deje la celda vacía";
  switch (type.kind) {
    case rules::TypeKind::integer:
    case rules::TypeKind::number:
      return help_with_number(cell, type, decimal);
    case rules::TypeKind::date:
      return help_with_date(cell);
    case rules::TypeKind::truth:
      return help_with_truth(cell);
    case rules::TypeKind::one_of:
      return help_with_enumerator(cell, type);
    case rules::TypeKind::text:
    case rules::TypeKind::nothing:
      break;
  }
  return {};
}

bool is_decimal_with(std::string_view cell, char mark) {
  if (cell.starts_with('-')) cell.remove_prefix(1);
  const std::size_t place = cell.find(mark);
  return place != cell.npos && all_digits(cell.substr(0, place)) && all_digits(cell.substr(place + 1));
}

bool says_that_nothing_is_known(std::string_view cell) {
  constexpr std::array<std::string_view, 17> marks = {"-",
                                                      "--",
                                                      ".",
                                                      "nd",
                                                      "n.d.",
                                                      "n/d",
                                                      "na",
                                                      "n/a",
                                                      "n.a.",
                                                      "s/d",
                                                      "s.d.",
                                                      "null",
                                                      "sin dato",
                                                      "sin datos",
                                                      "sin informacion",
                                                      "no disponible",
                                                      "nan"};
  const bool has_digits = std::any_of(cell.begin(), cell.end(), is_digit);  // as nearly all keys do
  return !has_digits && std::find(marks.begin(), marks.end(), dsl::fold(cell)) != marks.end();
}

bool is_shortened_number(std::string_view cell) {
  if (cell.empty() || (!is_digit(cell.front()) && cell.front() != '-')) return false;
  const std::size_t exponent = cell.find_first_of("eE");
  if (exponent == cell.npos) return false;
  std::string_view digits = cell.substr(exponent + 1);
  if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
  const std::string_view number = cell.substr(0, exponent);
  return all_digits(digits) &&
         (all_digits(number) || is_decimal_with(number, '.') || is_decimal_with(number, ','));
}

bool is_failed_formula(std::string_view cell) {
  if (cell.size() < 4 || cell.front() != '#') return false;
  return cell.back() == '!' || cell.back() == '?' || cell == "#N/A" || cell == "#N/D";
}

}  // namespace cauce::engine
