#include "engine/clock_doubt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const Instant morning = parse_iso_instant("2024-03-08T13:00:00.000Z").value();

/// A clock that runs as it should, one hour after the machine was started.
ClockReading reading(std::chrono::milliseconds later, std::chrono::milliseconds set_by = 0ms) {
  return {morning + later + set_by, 1h + later, false};
}

TEST(ClockDoubt, AClockThatRunsAsItShouldIsBelieved) {
  ClockDoubt doubt(false);
  EXPECT_EQ(doubt.look(reading(0ms), morning - 24h), std::nullopt);
  EXPECT_EQ(doubt.look(reading(10h), morning), std::nullopt);
  EXPECT_EQ(doubt.look(reading(20h, 4min), morning), std::nullopt) << "it may drift a little";
}

TEST(ClockDoubt, AClockThatIsSetIsDoubtedUntilItIsSynchronised) {
  for (const auto set_by : {24h, -24h}) {
    ClockDoubt doubt(false);
    doubt.look(reading(0ms), morning);
    const auto why = doubt.look(reading(1min, set_by), morning);
    ASSERT_TRUE(why);
    EXPECT_THAT(*why, HasSubstr(set_by > 0h ? "1440 minutos hacia adelante" : "1440 minutos hacia atrás"));
    EXPECT_TRUE(doubt.look(reading(2min, set_by), morning)) << "that it runs on from there is no reason";
    ClockReading held = reading(3min, set_by);
    held.synchronised = true;
    EXPECT_EQ(doubt.look(held, morning), std::nullopt);
    EXPECT_EQ(doubt.look(reading(4min, set_by), morning), std::nullopt);
  }
}

TEST(ClockDoubt, AtTheStartItIsHeldAgainstTheJournal) {
  EXPECT_THAT(ClockDoubt(false).look(reading(0ms), morning + 1s).value_or(""), HasSubstr("antes del último"));
  EXPECT_THAT(ClockDoubt(false).look(reading(0ms), morning - 24h * 8).value_or(""),
              HasSubstr("más de 7 días después"));
  EXPECT_EQ(ClockDoubt(false).look(reading(0ms), morning - 24h * 7), std::nullopt);
  EXPECT_EQ(ClockDoubt(false).look(reading(0ms), std::nullopt), std::nullopt);
}

TEST(ClockDoubt, WhoStartsItMayAnswerForTheTimeAsItIsThen) {
  ClockDoubt doubt(true);
  EXPECT_EQ(doubt.look(reading(0ms), morning - 24h * 80), std::nullopt);
  EXPECT_TRUE(doubt.look(reading(1min, 1h), morning));
}

TEST(ClockDoubt, AClockMovedByHandIsNeverDoubted) {
  ClockDoubt doubt(false);
  const ManualClock clock(morning);
  EXPECT_EQ(doubt.look(read_clock(clock), morning + 24h), std::nullopt);
}

}  // namespace
}  // namespace cauce::engine
