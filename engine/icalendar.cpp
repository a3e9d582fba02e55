#include "engine/icalendar.hpp"

#include <algorithm>

#include "engine/hash.hpp"

namespace cauce::engine {
namespace {

constexpr std::size_t longest_line = 75;  ///< octets, without the line end (RFC 5545, 3.1)

bool continues_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// A content line, folded so that no code point is cut.
void add_line(std::string& out, std::string_view line) {
  std::size_t room = longest_line;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 0 && continues_code_point(line[end]))
      --end;
    if (end == 0) end = room;  // not UTF-8
    out.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    room = longest_line - 1;  // the space counts
  }
  out.append(line).append("\r\n");
}

/// A value of type TEXT (RFC 5545, 3.3.11). Control characters have no place in one.
std::string escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') {
      escaped += '\\';
      escaped += c;
    } else if (c == '\n') {
      escaped += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      escaped += c;
    } else if (c == '\t') {
      escaped += ' ';
    }
  }
  return escaped;
}

std::string basic_date(rules::Date date) {
  std::string text = rules::to_iso(date);
  text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
  return text;
}

/// `20240207T130509Z`
std::string basic_instant(Instant instant) {
  std::string text = to_iso(instant);
  text = text.substr(0, text.find('.'));
  text.erase(
      std::remove_if(text.begin(), text.end(), [](char c) { return c == '-' || c == ':' || c == 'Z'; }),
      text.end());
  return text + "Z";
}

std::string uid_of(const CalendarEvent& event) {
  return to_hex(blake2b_256(event.identity)).substr(0, 32) + "@cauce";
}

void add_event(std::string& out, const CalendarEvent& event, Instant stamp) {
  add_line(out, "BEGIN:VEVENT");
  add_line(out, "UID:" + uid_of(event));
  add_line(out, "DTSTAMP:" + basic_instant(stamp));
  add_line(out, "DTSTART;VALUE=DATE:" + basic_date(event.day));
  add_line(out, "DTEND;VALUE=DATE:" + basic_date(event.day + std::chrono::days(1)));
  add_line(out, "SUMMARY:" + escaped(event.summary));
  if (!event.description.empty()) add_line(out, "DESCRIPTION:" + escaped(event.description));
  if (!event.categories.empty()) {
    std::string list;
    for (const std::string& category : event.categories)
      list += (list.empty() ? "" : ",") + escaped(category);
    add_line(out, "CATEGORIES:" + list);
  }
  add_line(out, "TRANSP:TRANSPARENT");
  add_line(out, "END:VEVENT");
}

/// What a calendar without events holds, since it must hold something (RFC 5545, 3.6).
void add_time_zone(std::string& out) {
  for (const char* line : {"BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
                           "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"})
    add_line(out, line);
}

}  // namespace

std::string to_icalendar(const std::string& name, const std::vector<CalendarEvent>& events, Instant stamp) {
  std::string out;
  add_line(out, "BEGIN:VCALENDAR");
  add_line(out, "VERSION:2.0");
  add_line(out, "PRODID:-//Cauce//Plazos//ES");
  add_line(out, "CALSCALE:GREGORIAN");
  add_line(out, "X-WR-CALNAME:" + escaped(name));
  for (const CalendarEvent& event : events)
    add_event(out, event, stamp);
  if (events.empty()) add_time_zone(out);
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace cauce::engine
