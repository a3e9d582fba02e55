#include "engine/cli/query_calendar.hpp"

#include "engine/cli/arguments.hpp"

namespace cauce::engine::cli {
namespace {

/// Known by the place that the obligation has in its plan: the event of a calendar stays the same one when a
/// version of the policy names the obligation anew, or its deadline moves.
CalendarEvent event_of(const AskedDeadline& deadline) {
  CalendarEvent event{deadline.plan + "#" + std::to_string(deadline.number), *deadline.due, {}};
  event.summary = deadline.title + (deadline.period.empty() ? "" : " " + deadline.period) + ", " +
                  deadline.entity + " (" + deadline.plan + ")";
  return event;
}

std::string description_of(const Sheet& sheet, const std::vector<rules::Value>& row) {
  std::string description;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (rules::is_missing(row[i])) continue;
    description +=
        (description.empty() ? "" : "\n") + sheet.columns[i].heading + ": " + rules::to_display(row[i]);
  }
  return description;
}

}  // namespace

Deadlines deadlines_of(const QueryAnswer& answer, const Sheet& sheet) {
  if (!answer.deadlines)
    throw WrongUsage("un calendario es de hitos o reportes, uno por fila",
                     "pregunte por «hitos» o «reportes», sin «agrupa por»");
  Deadlines deadlines;
  for (std::size_t i = 0; i < answer.deadlines->size(); ++i) {
    const AskedDeadline& deadline = (*answer.deadlines)[i];
    if (!deadline.due) {
      ++deadlines.without_day;
      continue;
    }
    deadlines.events.push_back(event_of(deadline));
    deadlines.events.back().description = description_of(sheet, sheet.rows[i]);
  }
  return deadlines;
}

}  // namespace cauce::engine::cli
