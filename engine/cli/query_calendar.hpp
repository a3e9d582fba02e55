// The deadlines among the rows of an answer, for a calendar program.
#pragma once

#include <vector>

#include "engine/icalendar.hpp"
#include "engine/sheet.hpp"

namespace cauce::engine::cli {

struct Deadlines {
  std::vector<CalendarEvent> events;
  std::size_t without_day = 0;  ///< rows por fijar or without a deadline
};

/// Each row that has one. An event is known by its plan, name and period, which the answer must therefore
/// show, as hitos and reportes do of themselves; all else that is shown goes into its description.
/// WrongUsage, with what to show, otherwise.
Deadlines deadlines_of(const Sheet& sheet);

}  // namespace cauce::engine::cli
