// cauce festivos: the public holidays of a year.
#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string year;
  std::optional<std::string> path;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("AÑO", options.year, "de 1984 en adelante");
  arguments.optional("RUTA", options.path, "una política con sus propios festivos; si no, los de Colombia");
}

/// The policy that stands for none: it uses the set that ships with the engine.
const dsl::Sources& built_in_policy() {
  static const dsl::Sources sources = {
      {"festivos de Colombia",
       "programa festivos { vigencia 2024 zona \"America/Bogota\" calendario c }\n"
       "calendario c { hábil lunes a viernes festivos Colombia }\n"
       "rol r por nación { administra publicar, asignar }\n"}};
  return sources;
}

std::vector<rules::Holiday> holidays_of(const std::vector<rules::HolidaySet>& sets, int year) {
  std::vector<rules::Holiday> holidays;
  for (const rules::HolidaySet& set : sets) {
    const auto more = set.in_year(year);
    holidays.insert(holidays.end(), more.begin(), more.end());
  }
  std::stable_sort(holidays.begin(), holidays.end(),
                   [](const rules::Holiday& a, const rules::Holiday& b) { return a.date < b.date; });
  return holidays;
}

void print_holidays(const std::vector<rules::Holiday>& holidays, Session& session) {
  if (session.globals.json) {
    Json json = Json::array();
    for (const rules::Holiday& holiday : holidays) {
      json.push_back({{"date", rules::to_iso(holiday.date)}, {"name", holiday.name}});
    }
    print_json(json, session);
    return;
  }
  TextTable table({{"Fecha"}, {"Día"}, {"Festivo"}});
  for (const rules::Holiday& holiday : holidays) {
    table.add({rules::to_iso(holiday.date),
               std::string(rules::weekday_name(rules::iso_weekday(holiday.date))), holiday.name});
  }
  print(table, session);
}

/// From which on the set that ships is right: Ley 51 de 1983 moved holidays to Monday.
constexpr int first_known_year = 1984;

int run(const Options& options, Session& session) {
  const int year = number_option(options.year, "AÑO");
  if (year < rules::first_year || year > rules::last_year) {
    throw WrongUsage("el año " + options.year + " no está entre " + std::to_string(rules::first_year) +
                     " y " + std::to_string(rules::last_year));
  }
  if (!options.path) {
    if (year < first_known_year)
      say_note(
          session,
          "los festivos de Colombia que vienen con Cauce son ciertos desde 1984; antes regían otras leyes");
    const auto compiled = workflows::compile(built_in_policy());
    print_holidays(holidays_of(compiled.policy->rules->holidays, year), session);
    return exit_done;
  }
  const auto loaded = load_policy(session, {*options.path});
  if (!loaded) return exit_refused;
  print_holidays(holidays_of(loaded->rules().holidays, year), session);
  return exit_done;
}

}  // namespace

Command holidays_command() {
  return {"festivos",
          "holidays",
          Group::policies,
          Access::files,
          "muestra los festivos de un año",
          "$ cauce festivos 2026\n"
          "Fecha       Día      Festivo\n"
          "2026-01-01  jueves   Año Nuevo\n"
          "2026-01-12  lunes    Reyes Magos\n"
          "…",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
