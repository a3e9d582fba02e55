#include "engine/cli/query_calendar.hpp"

#include <algorithm>
#include <set>

#include "dsl/fold.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

constexpr std::string_view what_to_show =
    "pregunte por hitos o reportes sin «muestra», o muestre plan, nombre, periodo (de un reporte) y vence";

/// Where the answer shows what a calendar needs.
struct Places {
  std::size_t plan = 0;
  std::size_t name = 0;
  std::size_t due = 0;
  std::optional<std::size_t> period = {};
  std::optional<std::size_t> entity = {};
};

std::optional<std::size_t> find_column(const Sheet& sheet, std::string_view heading) {
  const auto found = std::find_if(sheet.columns.begin(), sheet.columns.end(), [&](const SheetColumn& column) {
    return dsl::same_name(column.heading, heading);
  });
  if (found == sheet.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sheet.columns.begin());
}

Places places_in(const Sheet& sheet) {
  const auto needed = [&](std::string_view heading) {
    if (const auto column = find_column(sheet, heading)) return *column;
    throw WrongUsage("un calendario necesita saber de cada fila plan, nombre y vence, y falta «" +
                         std::string(heading) + "»",
                     std::string(what_to_show));
  };
  Places places{needed("plan"), needed("nombre"), needed("vence")};
  if (sheet.columns[places.due].kind != rules::TypeKind::date)
    throw WrongUsage("«vence» no es aquí una fecha", std::string(what_to_show));
  places.period = find_column(sheet, "periodo");
  places.entity = find_column(sheet, "nombre de la entidad");
  if (!places.entity) places.entity = find_column(sheet, "nombre_de_la_entidad");
  return places;
}

std::string cell(const std::vector<rules::Value>& row, std::optional<std::size_t> column) {
  if (!column || rules::is_missing(row[*column])) return {};
  return rules::to_display(row[*column]);
}

CalendarEvent event_of(const Sheet& sheet, const std::vector<rules::Value>& row, const Places& places,
                       rules::Date day) {
  const std::string plan = cell(row, places.plan);
  const std::string name = cell(row, places.name);
  const std::string period = cell(row, places.period);
  CalendarEvent event{plan + "/" + name + "/" + period, day, {}};
  const std::string entity = cell(row, places.entity);
  event.summary = name + (period.empty() ? "" : " " + period) + ", " +
                  (entity.empty() ? plan : entity + " (" + plan + ")");
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (rules::is_missing(row[i]) || i == places.due) continue;
    event.description +=
        (event.description.empty() ? "" : "\n") + sheet.columns[i].heading + ": " + rules::to_display(row[i]);
  }
  return event;
}

}  // namespace

Deadlines deadlines_of(const Sheet& sheet) {
  const Places places = places_in(sheet);
  Deadlines deadlines;
  std::set<std::string> seen;
  for (const auto& row : sheet.rows) {
    const auto* day = std::get_if<rules::Date>(&row[places.due]);
    if (day == nullptr) {
      ++deadlines.without_day;
      continue;
    }
    CalendarEvent event = event_of(sheet, row, places, *day);
    if (!seen.insert(event.identity).second)
      throw WrongUsage("dos filas serían lo mismo en el calendario: " + event.summary,
                       std::string(what_to_show));
    deadlines.events.push_back(std::move(event));
  }
  return deadlines;
}

}  // namespace cauce::engine::cli
