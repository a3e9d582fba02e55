#include "engine/clock.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cauce::engine {
namespace {

using std::chrono::milliseconds;

const std::string bogota = "America/Bogota";
const std::string santiago = "America/Santiago";  // has summer time, which Colombia has not

rules::Date day(int year, int month, int number) {
  return rules::make_date(year, month, number).value();
}

TEST(Clock, AManualClockMovesByHand) {
  ManualClock clock(parse_iso_instant("2024-02-07T13:05:09.123Z").value());
  EXPECT_EQ(to_iso(clock.now()), "2024-02-07T13:05:09.123Z");
  clock.set(parse_iso_instant("2024-02-08T00:00:00.000Z").value());
  EXPECT_EQ(to_iso(clock.now()), "2024-02-08T00:00:00.000Z");
}

TEST(Clock, ZonesAreThoseOfTheMachine) {
  EXPECT_TRUE(zone_exists(bogota));
  EXPECT_TRUE(zone_exists("UTC"));
  EXPECT_FALSE(zone_exists("America/Bogotá"));
  EXPECT_FALSE(zone_exists(""));
}

TEST(Clock, AnInstantIsACivilDateInTheZone) {
  const Instant late = parse_iso_instant("2024-02-08T04:59:59.999Z").value();
  EXPECT_EQ(to_moment(late, bogota).date, day(2024, 2, 7));
  EXPECT_EQ(to_moment(late, "UTC").date, day(2024, 2, 8));
  EXPECT_EQ(to_local(late, bogota), (LocalTime{day(2024, 2, 7), {23, 59}}));
  EXPECT_EQ(to_moment(late + milliseconds(1), bogota).date, day(2024, 2, 8));
}

TEST(Clock, ATimeThatDoesNotOccurIsTheEndOfTheGap) {
  // Chile: at midnight of 8 September 2024 clocks went from 0:00 to 1:00.
  EXPECT_EQ(to_iso(to_instant({day(2024, 9, 8), {0, 30}}, santiago)), "2024-09-08T04:00:00.000Z");
}

TEST(Clock, ATimeThatOccursTwiceIsTheFirst) {
  // Chile: at midnight of 7 April 2024 clocks went back to 23:00 of the 6th.
  EXPECT_EQ(to_iso(to_instant({day(2024, 4, 6), {23, 30}}, santiago)), "2024-04-07T02:30:00.000Z");
}

TEST(Clock, InstantsAreReadInTheirForms) {
  const auto read = [](std::string_view text) {
    const auto instant = parse_instant(text, bogota);
    return instant ? to_iso(*instant) : std::string("-");
  };
  EXPECT_EQ(read("2024-02-07"), "2024-02-07T05:00:00.000Z");
  EXPECT_EQ(read("2024-02-07T13:05"), "2024-02-07T18:05:00.000Z");
  EXPECT_EQ(read("2024-02-07T13:05:09"), "2024-02-07T18:05:09.000Z");
  EXPECT_EQ(read("2024-02-07T13:05Z"), "2024-02-07T13:05:00.000Z");
  EXPECT_EQ(read("2024-02-07T13:05:09.5Z"), "2024-02-07T13:05:09.500Z");
  for (const std::string_view wrong :
       {"", "2024-02-30", "2024-02-07T", "2024-02-07T24:00", "2024-02-07T13:60", "2024-02-07T1:05",
        "2024-02-07T13:05:60", "2024-02-07T13:05:09.", "2024-02-07T13:05ZZ", "2024-02-07 13:05",
        "2024-02-07Z", "2024-02-07T-1:05"}) {
    EXPECT_EQ(read(wrong), "-") << wrong;
  }
}

TEST(Clock, OnlyUtcIsAnIsoInstant) {
  EXPECT_FALSE(parse_iso_instant("2024-02-07T13:05:09.123"));
  EXPECT_FALSE(parse_iso_instant("2024-02-07"));
}

RC_GTEST_PROP(Clock, WhatIsWrittenIsRead, ()) {
  const auto millis = *rc::gen::inRange<std::int64_t>(-2'000'000'000'000, 4'000'000'000'000);
  const Instant instant{milliseconds(millis)};
  RC_ASSERT(parse_iso_instant(to_iso(instant)) == instant);
}

RC_GTEST_PROP(Clock, LocalTimesComeBack, ()) {
  const auto minutes = *rc::gen::inRange<std::int64_t>(0, 80'000'000);
  const Instant instant{std::chrono::minutes(minutes)};
  RC_ASSERT(to_instant(to_local(instant, bogota), bogota) <= instant);
  RC_ASSERT(to_local(to_instant(to_local(instant, bogota), bogota), bogota) == to_local(instant, bogota));
}

}  // namespace
}  // namespace cauce::engine
