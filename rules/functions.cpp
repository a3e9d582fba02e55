#include "rules/functions.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace cauce::rules {

namespace {

using Kind = ArgumentKind;

const std::vector<FunctionInfo>& fixed_functions() {
  static const std::vector<FunctionInfo> functions = {
      {Function::round, "redondea", "redondea(x, n)", {Kind::number, Kind::integer}, TypeKind::number},
      {Function::truncate, "trunca", "trunca(x, n)", {Kind::number, Kind::integer}, TypeKind::number},
      {Function::absolute, "absoluto", "absoluto(x)", {Kind::number}, TypeKind::number},
      {Function::year, "año", "año(fecha)", {Kind::date}, TypeKind::integer},
      {Function::month, "mes", "mes(fecha)", {Kind::date}, TypeKind::integer},
      {Function::day, "dia", "día(fecha)", {Kind::date}, TypeKind::integer},
      {Function::days_between, "dias_entre", "días_entre(a, b)", {Kind::date, Kind::date}, TypeKind::integer},
      {Function::working_days_between,
       "dias_habiles_entre",
       "días_hábiles_entre(a, b)",
       {Kind::date, Kind::date},
       TypeKind::integer},
      {Function::add_days, "suma_dias", "suma_días(fecha, n)", {Kind::date, Kind::integer}, TypeKind::date},
      {Function::add_working_days,
       "suma_dias_habiles",
       "suma_días_hábiles(fecha, n)",
       {Kind::date, Kind::integer},
       TypeKind::date},
      {Function::contains, "contiene", "contiene(t, u)", {Kind::text, Kind::text}, TypeKind::truth},
      {Function::starts_with, "empieza_con", "empieza_con(t, u)", {Kind::text, Kind::text}, TypeKind::truth},
      {Function::length, "largo", "largo(t)", {Kind::text}, TypeKind::integer},
  };
  return functions;
}

struct AggregateName {
  Aggregate aggregate;
  std::string_view key;
  std::string_view name;
};
constexpr std::array<AggregateName, 7> aggregates = {{
    {Aggregate::count, "cuenta", "cuenta"},
    {Aggregate::sum, "suma", "suma"},
    {Aggregate::average, "promedio", "promedio"},
    {Aggregate::maximum, "maximo", "máximo"},
    {Aggregate::minimum, "minimo", "mínimo"},
    {Aggregate::all, "todos", "todos"},
    {Aggregate::any, "alguno", "alguno"},
}};

constexpr std::array<std::pair<ThingQuestion, std::string_view>, 6> questions = {{
    {ThingQuestion::achieved, "cumplido"},
    {ThingQuestion::delivered, "entregado"},
    {ThingQuestion::validated, "validado"},
    {ThingQuestion::overdue, "vencido"},
    {ThingQuestion::due, "vence"},
    {ThingQuestion::complete, "completo"},
}};

const Decimal& number(const Value& value) {
  return std::get<Decimal>(value);
}
Date date(const Value& value) {
  return std::get<Date>(value);
}
const std::string& text(const Value& value) {
  return std::get<std::string>(value);
}

Value from_decimal(const std::optional<Decimal>& result, std::string& fault) {
  if (result) return *result;
  fault = overflow_fault;
  return Missing{};
}

/// How many code points a text that is valid UTF-8 has.
std::int64_t length_of(std::string_view utf8) {
  return std::count_if(utf8.begin(), utf8.end(),
                       [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
}

/// `day` moved by `n` days of some kind, or sin dato where that leaves the years of the calendar.
template <typename Move>
Value moved(const Value& day, const Value& n, std::string& fault, Move move) {
  constexpr std::int64_t more_than_all_days = 366L * (last_year - first_year + 1);
  const auto days = number(n).to_int64();
  if (days && *days<more_than_all_days&& * days> - more_than_all_days) {
    try {
      const Date result = move(date(day), *days);
      if (year_of(result) >= first_year && year_of(result) <= last_year) return result;
    } catch (const std::out_of_range&) {
      // beyond the calendar: said below
    }
  }
  fault = "una fecha se sale de los años " + std::to_string(first_year) + " a " + std::to_string(last_year);
  return Missing{};
}

Value extreme(const std::vector<Value>& values, bool largest) {
  const Value* best = &values.front();
  for (const Value& value : values) {
    const bool less =
        std::holds_alternative<Date>(value) ? date(value) < date(*best) : number(value) < number(*best);
    const bool equal = value == *best;
    if (!equal && less != largest) best = &value;
  }
  return *best;
}

std::int64_t places_of(const Value& n) {
  constexpr std::int64_t more_than_all_digits = 10'000;
  const auto places = number(n).to_int64();
  if (places) return std::clamp(*places, -more_than_all_digits, more_than_all_digits);
  return number(n) < Decimal(0) ? -more_than_all_digits : more_than_all_digits;
}

}  // namespace

std::span<const FunctionInfo> all_functions() {
  return fixed_functions();
}

const FunctionInfo* find_function(std::string_view folded) {
  for (const FunctionInfo& info : fixed_functions()) {
    if (info.key == folded) return &info;
  }
  return nullptr;
}

std::optional<Aggregate> find_aggregate(std::string_view folded) {
  for (const AggregateName& entry : aggregates) {
    if (entry.key == folded) return entry.aggregate;
  }
  return std::nullopt;
}

std::optional<ThingQuestion> find_question(std::string_view folded) {
  for (const auto& [question, name] : questions) {
    if (name == folded) return question;
  }
  return std::nullopt;
}

std::string_view spanish_name(Aggregate aggregate) {
  return aggregates.at(static_cast<std::size_t>(aggregate)).name;
}

std::string_view spanish_name(ThingQuestion question) {
  return questions.at(static_cast<std::size_t>(question)).second;
}

const std::vector<std::string_view>& function_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all = {"si_falta"};
    for (const FunctionInfo& info : fixed_functions()) {
      all.push_back(info.usage.substr(0, info.usage.find('(')));
    }
    for (const AggregateName& entry : aggregates) {
      all.push_back(entry.name);
    }
    for (const auto& [question, name] : questions) {
      all.push_back(name);
    }
    return all;
  }();
  return names;
}

bool is_function_name(std::string_view folded) {
  return folded == "corte" || folded == "si_falta" || find_function(folded) != nullptr ||
         find_aggregate(folded) || find_question(folded);
}

Value call_function(Function function, const std::vector<Value>& arguments, const Calendar& calendar,
                    std::string& fault) {
  const auto& a = arguments;
  switch (function) {
    case Function::minimum:
      return extreme(a, false);
    case Function::maximum:
      return extreme(a, true);
    case Function::round:
      return from_decimal(number(a[0]).round(places_of(a[1])), fault);
    case Function::truncate:
      return from_decimal(number(a[0]).truncate(places_of(a[1])), fault);
    case Function::absolute:
      return number(a[0]).absolute();
    case Function::year:
      return Decimal(year_of(date(a[0])));
    case Function::month:
      return Decimal(month_of(date(a[0])));
    case Function::day:
      return Decimal(day_of(date(a[0])));
    case Function::days_between:
      return Decimal((date(a[1]) - date(a[0])).count());
    case Function::working_days_between:
      return Decimal(calendar.working_days_between(date(a[0]), date(a[1])));
    case Function::add_days:
      return moved(a[0], a[1], fault, [](Date day, std::int64_t n) { return day + std::chrono::days(n); });
    case Function::add_working_days:
      return moved(a[0], a[1], fault,
                   [&](Date day, std::int64_t n) { return calendar.add_working_days(day, n); });
    case Function::contains:
      return text(a[0]).find(text(a[1])) != std::string::npos;
    case Function::starts_with:
      return text(a[0]).starts_with(text(a[1]));
    case Function::length:
      return Decimal(length_of(text(a[0])));
    case Function::if_missing:
      break;
  }
  throw std::logic_error("si_falta is evaluated by evaluate()");
}

}  // namespace cauce::rules
