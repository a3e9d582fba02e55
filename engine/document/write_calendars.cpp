// calendario, festivos.
#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/document/writing.hpp"

namespace cauce::engine::document {
namespace {

constexpr int months_of_a_year = 12;

std::string in_words(const dsl::DateRef& date) {
  std::string words = std::to_string(date.day) + " de " + std::string(rules::month_name(date.month));
  if (date.year) words += " de " + std::to_string(*date.year);
  return words;
}

std::string named(const std::optional<dsl::Text>& name) {
  return name ? " («" + name->value + "»)" : std::string();
}

/// A line of a calendar as a sentence.
struct LineWords {
  const rules::Ruleset& rules;

  std::string operator()(const dsl::UseHolidays& line) const {
    std::string title = line.holidays.text;
    for (const rules::HolidaySet& set : rules.holidays) {
      if (dsl::same_name(set.name, line.holidays.text)) title = set.title;
    }
    return "No son hábiles los días de «" + title + "».";
  }

  std::string operator()(const dsl::WeekdaysLine& line) const {
    std::vector<std::string> days;
    for (const dsl::WeekdayRange& range : line.days) {
      std::string words(rules::weekday_name(range.first.iso));
      if (range.first.iso != range.last.iso)
        words += " a " + std::string(rules::weekday_name(range.last.iso));
      days.push_back(std::move(words));
    }
    return (line.working ? "Son hábiles los días de " : "No son hábiles los días de ") +
           rules::joined(days, "y") + named(line.name) + ".";
  }

  std::string operator()(const dsl::DatesLine& line) const {
    const std::string day = in_words(line.first);
    if (!line.last) return (line.working ? "Es hábil el " : "No es hábil el ") + day + named(line.name) + ".";
    return (line.working ? "Son hábiles los días del " : "No son hábiles los días del ") + day + " al " +
           in_words(*line.last) + named(line.name) + ".";
  }
};

Table holidays_table(const rules::HolidaySet& set, int year) {
  Table table{"«" + set.title + "» en " + std::to_string(year), {"Fecha", "Día", "Festivo"}, {}};
  for (const rules::Holiday& holiday : set.in_year(year)) {
    table.rows.push_back({plain(rules::to_spanish(holiday.date)),
                          plain(std::string(rules::weekday_name(rules::iso_weekday(holiday.date)))),
                          plain(holiday.name)});
  }
  return table;
}

Table working_days_table(const rules::Calendar& calendar, int year) {
  Table table{"Días hábiles de " + std::to_string(year), {"Mes", "Días hábiles", "Primero", "Último"}, {}};
  std::int64_t whole_year = 0;
  for (int month = 1; month <= months_of_a_year; ++month) {
    const rules::Date last = rules::last_day_of(year, month);
    const rules::Date before = last - std::chrono::days(rules::day_of(last));
    const std::int64_t count = calendar.working_days_between(before, last);
    whole_year += count;
    std::vector<Text> row = {
        plain(std::string(rules::month_name(month))), plain(std::to_string(count)), {}, {}};
    if (count > 0) {
      row[2] = plain(std::to_string(rules::day_of(calendar.next_working_day(before + std::chrono::days(1)))));
      row[3] = plain(std::to_string(rules::day_of(calendar.previous_working_day(last))));
    }
    table.rows.push_back(std::move(row));
  }
  table.rows.push_back({strong("Año"), strong(std::to_string(whole_year)), {}, {}});
  return table;
}

/// The sources that the lines of a set of holidays cite, each once.
std::vector<dsl::Citation> citations_of(const dsl::HolidaysDecl& holidays) {
  std::vector<dsl::Citation> all;
  for (const dsl::HolidayRule& rule : holidays.rules) {
    for (const dsl::Citation& citation : rule.sources) {
      if (std::find(all.begin(), all.end(), citation) == all.end()) all.push_back(citation);
    }
  }
  return all;
}

void write_holidays(Writing& writing, const rules::HolidaySet& set) {
  writing.begin_article("festivos-" + dsl::fold(set.name), "Festivos: " + set.title, set.title);
  for (const dsl::HolidaysDecl& declaration : writing.tree.holidays) {
    if (!dsl::same_name(declaration.head.name.text, set.name)) continue;
    writing.remark(declaration.head.name.span);
    if (const Text cited = writing.cite(citations_of(declaration)); !cited.empty())
      writing.say(plain("Estos días se fijan") + cited + ".");
  }
  const bool of_the_policy =
      std::any_of(writing.tree.holidays.begin(), writing.tree.holidays.end(),
                  [&](const auto& one) { return dsl::same_name(one.head.name.text, set.name); });
  if (!of_the_policy)
    writing.say(
        "La política no los escribe: vienen con Cauce, según la Ley 51 de 1983 y la Ley 2578 de 2026.");
  writing.add(holidays_table(set, writing.rules.vigencia));
}

}  // namespace

void write_calendars(Writing& writing) {
  writing.begin_chapter("dias-habiles", "Días hábiles y festivos");
  for (const dsl::CalendarDecl& declaration : writing.tree.calendars) {
    const bool chosen = dsl::same_name(declaration.head.name.text, writing.rules.calendar.name());
    const std::string& title = declaration.head.shown();
    writing.begin_article("calendario-" + declaration.head.name.key, "Calendario: " + title, title);
    writing.remark(declaration.head.name.span);
    writing.say(
        chosen
            ? "Los días hábiles del programa son los de este calendario. Donde dos líneas hablan de un mismo "
              "día, vale la última."
            : "Este calendario está escrito y no es el del programa.");
    List lines{true, {}};
    for (const dsl::CalendarLine& line : declaration.lines)
      lines.items.push_back(plain(std::visit(LineWords{writing.rules}, line.line)));
    writing.add(std::move(lines));
    if (chosen) writing.add(working_days_table(writing.rules.calendar, writing.rules.vigencia));
  }
  for (const rules::HolidaySet& set : writing.rules.holidays)
    write_holidays(writing, set);
}

}  // namespace cauce::engine::document
