// festivos and calendario.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>

#include "dsl/fold.hpp"
#include "dsl/parse.hpp"
#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

constexpr std::string_view colombia_key = "colombia";

/// A day of a calendar or of a set of holidays: of every year, or of the one that it names.
std::optional<HolidayRule::MonthDay> to_month_day(const dsl::DateRef& written, Lowering& lowering) {
  if (written.following_year) {
    lowering.report(dsl::Code::wrong_calendar_line, written.span,
                    "«del año siguiente» no va en un calendario",
                    "escriba el año, o ninguno si la fecha vale todos los años");
    return std::nullopt;
  }
  // Any year that is not a leap one: 29 de febrero is reported by to_date.
  constexpr int any_year = 2025;
  if (!to_date(written, any_year, lowering.diagnostics)) return std::nullopt;
  return HolidayRule::MonthDay{written.month, written.day, written.year};
}

std::optional<int> to_calendar_year(const std::optional<dsl::Integer>& written, bool& ok,
                                    Lowering& lowering) {
  if (!written) return std::nullopt;
  if (written->value >= first_year && written->value <= last_year) return static_cast<int>(written->value);
  lowering.report(dsl::Code::out_of_range, written->span,
                  "el año " + std::to_string(written->value) + " queda fuera del calendario",
                  "los años van de " + std::to_string(first_year) + " a " + std::to_string(last_year));
  ok = false;
  return std::nullopt;
}

std::optional<HolidayRule> lower_holiday(const dsl::HolidayRule& written, Lowering& lowering) {
  constexpr int days_of_a_year = 366;
  HolidayRule rule{HolidayRule::FromEaster{}, written.name.value, written.to_monday, {}, {}, {}};
  bool ok = true;
  to_citations(written.sources, lowering.rules, lowering.diagnostics);
  if (const auto* easter = std::get_if<dsl::EasterOffset>(&written.day)) {
    if (easter->days > days_of_a_year || easter->days < -days_of_a_year) {
      lowering.report(dsl::Code::out_of_range, easter->span,
                      "el festivo está a " + std::to_string(easter->days) + " días de la Pascua",
                      "no puede estar a más de un año");
      ok = false;
    }
    rule.day = HolidayRule::FromEaster{easter->days};
  } else {
    const auto day = to_month_day(std::get<dsl::DateRef>(written.day), lowering);
    ok = day.has_value();
    if (day) rule.day = *day;
  }
  rule.monday_since = to_calendar_year(written.monday_since, ok, lowering);
  rule.in_force_from = to_calendar_year(written.in_force_from, ok, lowering);
  rule.in_force_to = to_calendar_year(written.in_force_to, ok, lowering);
  if (rule.in_force_from && rule.in_force_to && *rule.in_force_to < *rule.in_force_from) {
    lowering.report(dsl::Code::wrong_calendar_line,
                    dsl::join(written.in_force_from->span, written.in_force_to->span),
                    "el festivo rige desde " + std::to_string(*rule.in_force_from) + " hasta " +
                        std::to_string(*rule.in_force_to) + ": termina antes de empezar",
                    "escriba primero el año menor");
    ok = false;
  }
  if (!ok) return std::nullopt;
  return rule;
}

std::optional<HolidaySet> lower_holiday_set(const dsl::HolidaysDecl& declaration, Lowering& lowering) {
  HolidaySet set{declaration.head.name.text, declaration.head.shown(), {}};
  for (const dsl::HolidayRule& written : declaration.rules) {
    if (auto rule = lower_holiday(written, lowering)) set.rules.push_back(*std::move(rule));
  }
  if (set.rules.size() != declaration.rules.size()) return std::nullopt;
  return set;
}

bool uses_colombia(const dsl::SyntaxTree& tree) {
  return std::any_of(tree.calendars.begin(), tree.calendars.end(), [](const dsl::CalendarDecl& calendar) {
    return std::any_of(calendar.lines.begin(), calendar.lines.end(), [](const dsl::CalendarLine& line) {
      const auto* use = std::get_if<dsl::UseHolidays>(&line.line);
      return use != nullptr && use->holidays.key == colombia_key;
    });
  });
}

/// The set that ships with the engine. Its text is ours: a mistake in it is a fault, not the author's.
HolidaySet built_in_colombia() {
  dsl::Diagnostics diagnostics;
  const dsl::SyntaxTree tree = dsl::parse({{"Colombia", colombia_holidays_source}}, diagnostics);
  Ruleset rules;
  BrokenNames broken;
  const Symbols symbols(tree);
  Lowering lowering{symbols, rules, broken, diagnostics};
  rules.sources = lower_sources(tree.sources, lowering);
  rules.sources_by_key = index_by_key(rules.sources);
  std::optional<HolidaySet> set;
  if (tree.holidays.size() == 1) set = lower_holiday_set(tree.holidays.front(), lowering);
  if (!set || !diagnostics.empty())
    throw std::logic_error("the built-in holidays of Colombia have a mistake");
  return *std::move(set);
}

// --- calendario
// ---------------------------------------------------------------------------------------------------

std::vector<int> weekdays_of(const dsl::WeekdaysLine& line) {
  constexpr int days_of_a_week = 7;
  std::vector<int> days;
  for (const dsl::WeekdayRange& range : line.days) {
    int day = range.first.iso;
    days.push_back(day);
    while (day != range.last.iso) {  // `sábado a lunes` passes the week's end
      day = day % days_of_a_week + 1;
      days.push_back(day);
    }
  }
  return days;
}

/// The sets of holidays by folded name, shared by the lines that use them.
using HolidaySets = std::map<std::string, std::shared_ptr<const HolidaySet>, std::less<>>;

HolidaySets by_key(const std::vector<HolidaySet>& sets) {
  HolidaySets shared;
  for (const HolidaySet& set : sets)
    shared.emplace(dsl::fold(set.name), std::make_shared<const HolidaySet>(set));
  return shared;
}

std::optional<CalendarRule> lower_line(const dsl::UseHolidays& line, dsl::Span, const HolidaySets& sets,
                                       Lowering& lowering) {
  const auto found = sets.find(line.holidays.key);
  if (found == sets.end()) {
    lowering.report_unknown(NameKind::holidays, line.holidays);
    return std::nullopt;
  }
  return CalendarRule{CalendarRule::Holidays{found->second}};
}

std::optional<CalendarRule> lower_line(const dsl::WeekdaysLine& line, dsl::Span, const HolidaySets&,
                                       Lowering&) {
  return CalendarRule{CalendarRule::Weekdays{weekdays_of(line), line.working}};
}

std::optional<CalendarRule> lower_line(const dsl::DatesLine& line, dsl::Span span, const HolidaySets&,
                                       Lowering& lowering) {
  const auto first = to_month_day(line.first, lowering);
  const auto last = line.last ? to_month_day(*line.last, lowering) : first;
  if (!first || !last) return std::nullopt;
  if (first->year.has_value() != last->year.has_value()) {
    lowering.report(dsl::Code::wrong_calendar_line, span, "solo uno de los extremos del rango dice su año",
                    "escriba el año en los dos o en ninguno");
    return std::nullopt;
  }
  if (first->year &&
      make_date(*last->year, last->month, last->day) < make_date(*first->year, first->month, first->day)) {
    lowering.report(dsl::Code::wrong_calendar_line, span, "el rango termina antes de empezar",
                    "escriba primero la fecha menor");
    return std::nullopt;
  }
  // Without a year, `24 de diciembre a 5 de enero` passes the year's end; within a month nobody means that.
  if (!first->year && first->month == last->month && last->day < first->day) {
    lowering.report(dsl::Code::wrong_calendar_line, span, "el rango termina antes de empezar",
                    "escriba primero el día menor");
    return std::nullopt;
  }
  return CalendarRule{CalendarRule::Days{*first, *last, line.working, line.name ? line.name->value : ""}};
}

/// Whether some day of the week is a working day once all lines are read.
bool has_working_weekday(const std::vector<CalendarRule>& rules) {
  std::set<int> working;
  for (const CalendarRule& rule : rules) {
    const auto* weekdays = std::get_if<CalendarRule::Weekdays>(&rule.rule);
    if (weekdays == nullptr) continue;
    for (const int day : weekdays->iso_weekdays) {
      if (weekdays->working) {
        working.insert(day);
      } else {
        working.erase(day);
      }
    }
  }
  return !working.empty();
}

std::optional<std::vector<CalendarRule>> lower_calendar(const dsl::CalendarDecl& declaration,
                                                        const HolidaySets& sets, Lowering& lowering) {
  std::vector<CalendarRule> rules;
  for (const dsl::CalendarLine& line : declaration.lines) {
    auto rule = std::visit(
        [&](const auto& written) { return lower_line(written, line.span, sets, lowering); }, line.line);
    if (rule) rules.push_back(*std::move(rule));
  }
  if (rules.size() != declaration.lines.size()) return std::nullopt;
  if (!has_working_weekday(rules)) {
    lowering.report(dsl::Code::no_working_day, declaration.head.name.span,
                    "ningún día de la semana es hábil en el calendario «" + declaration.head.name.text + "»",
                    "escriba por ejemplo «hábil lunes a viernes»");
    return std::nullopt;
  }
  return rules;
}

}  // namespace

std::vector<HolidaySet> lower_holidays(const dsl::SyntaxTree& tree, Lowering& lowering) {
  std::vector<HolidaySet> sets;
  bool has_colombia = lowering.broken.contains(colombia_key);
  for (const auto* declaration : distinct(tree.holidays, NameKind::holidays, lowering.diagnostics)) {
    has_colombia = has_colombia || declaration->head.name.key == colombia_key;
    if (auto set = lower_holiday_set(*declaration, lowering)) {
      sets.push_back(*std::move(set));
    } else {
      lowering.fail(declaration->head.name);
    }
  }
  if (!has_colombia && uses_colombia(tree)) sets.push_back(built_in_colombia());
  return sets;
}

Calendar lower_calendars(const std::vector<dsl::CalendarDecl>& declarations,
                         const std::optional<dsl::Name>& chosen, Lowering& lowering) {
  const HolidaySets sets = by_key(lowering.rules.holidays);
  Calendar calendar;
  bool found = false;
  for (const auto* declaration : distinct(declarations, NameKind::calendar, lowering.diagnostics)) {
    const auto rules = lower_calendar(*declaration, sets, lowering);
    if (!rules) {
      lowering.fail(declaration->head.name);
    } else if (chosen && chosen->key == declaration->head.name.key) {
      calendar = Calendar(declaration->head.name.text, *rules);
      found = true;
    }
  }
  if (chosen && !found) lowering.report_unknown(NameKind::calendar, *chosen);
  return calendar;
}

}  // namespace cauce::rules
