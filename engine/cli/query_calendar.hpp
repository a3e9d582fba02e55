// The deadlines among the rows of an answer, for a calendar program.
#pragma once

#include <vector>

#include "engine/icalendar.hpp"
#include "engine/query.hpp"
#include "engine/sheet.hpp"

namespace cauce::engine::cli {

struct Deadlines {
  std::vector<CalendarEvent> events;
  std::size_t without_day = 0;  ///< rows por fijar or without a deadline
};

/// Each row that has one, with all that `sheet` shows of it as its description. WrongUsage if the rows of the
/// answer are no deadlines.
Deadlines deadlines_of(const QueryAnswer& answer, const Sheet& sheet);

}  // namespace cauce::engine::cli
