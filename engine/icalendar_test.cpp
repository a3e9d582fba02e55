#include "engine/icalendar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::engine {
namespace {

Instant noon() {
  return *parse_iso_instant("2024-02-07T12:00:05.250Z");
}

TEST(ICalendarTest, AnEventOnAWholeDay) {
  const CalendarEvent event{"p/PAT/informe/2024-02",
                            *rules::make_date(2024, 12, 31),
                            "PAT: informe, mensual",
                            "5; día\nhábil \\ fin\x01",
                            {"Reporte", "a,b"}};
  EXPECT_EQ(to_icalendar("Programa; uno", {event}, noon()),
            "BEGIN:VCALENDAR\r\n"
            "VERSION:2.0\r\n"
            "PRODID:-//Cauce//Plazos//ES\r\n"
            "CALSCALE:GREGORIAN\r\n"
            "X-WR-CALNAME:Programa\\; uno\r\n"
            "BEGIN:VEVENT\r\n"
            "UID:da3fa8e5c37cde0729d1d6ed91d3a11a@cauce\r\n"
            "DTSTAMP:20240207T120005Z\r\n"
            "DTSTART;VALUE=DATE:20241231\r\n"
            "DTEND;VALUE=DATE:20250101\r\n"
            "SUMMARY:PAT: informe\\, mensual\r\n"
            "DESCRIPTION:5\\; día\\nhábil \\\\ fin\r\n"
            "CATEGORIES:Reporte,a\\,b\r\n"
            "TRANSP:TRANSPARENT\r\n"
            "END:VEVENT\r\n"
            "END:VCALENDAR\r\n");
}

TEST(ICalendarTest, HoldsSomethingWhereNothingIsDue) {
  const std::string text = to_icalendar("Programa", {}, noon());
  EXPECT_NE(text.find("BEGIN:VTIMEZONE\r\n"), text.npos);
  EXPECT_EQ(text.find("BEGIN:VEVENT"), text.npos);
}

/// The lines as a reader puts them together again.
std::string unfolded(const std::string& text) {
  std::string whole;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "\r\n ") == 0) {
      i += 2;
    } else {
      whole += text[i];
    }
  }
  return whole;
}

RC_GTEST_PROP(ICalendarProperty, FoldsWithoutCuttingALetter, ()) {
  std::string summary;
  for (const int letter : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4))) {
    summary += letter == 0 ? "ñ" : letter == 1 ? "→" : letter == 2 ? "😀" : "x";
  }
  const std::string text =
      to_icalendar("c", {{"id", *rules::make_date(2024, 1, 1), summary, summary, {}}}, noon());
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find("\r\n", begin);
    RC_ASSERT(end != std::string::npos);
    RC_ASSERT(end - begin <= 75U);
    RC_ASSERT(begin == end || (static_cast<unsigned char>(text[begin]) & 0xC0) != 0x80);
    RC_ASSERT(text[begin] != ' ' || (static_cast<unsigned char>(text[begin + 1]) & 0xC0) != 0x80);
    begin = end + 2;
  }
  RC_ASSERT(unfolded(text).find("\r\nSUMMARY:" + summary + "\r\n") != std::string::npos);
}

}  // namespace
}  // namespace cauce::engine
