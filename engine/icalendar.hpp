// Deadlines for the calendar program of whoever has them (RFC 5545).
#pragma once

#include <string>
#include <vector>

#include "engine/clock.hpp"
#include "rules/date.hpp"

namespace cauce::engine {

/// Something that stands on a whole day.
struct CalendarEvent {
  std::string identity;  ///< what makes it the same event in the next export, whatever else changes
  rules::Date day;
  std::string summary;
  std::string description = {};
  std::vector<std::string> categories = {};
};

/// A whole iCalendar object, lines ended by CRLF and folded at 75 octets. `stamp` is when it was made.
std::string to_icalendar(const std::string& name, const std::vector<CalendarEvent>& events, Instant stamp);

}  // namespace cauce::engine
