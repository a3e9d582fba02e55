#include "engine/http/rate_limit.hpp"

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

using std::chrono::seconds;

TEST(RateLimit, FillsAgainWithTime) {
  RateLimit limit(60, 2);
  const RateLimit::Time now = std::chrono::steady_clock::now();
  EXPECT_EQ(limit.take("a", now), std::nullopt);
  EXPECT_EQ(limit.take("a", now), std::nullopt);
  EXPECT_EQ(limit.take("a", now), 1);
  EXPECT_EQ(limit.take("b", now), std::nullopt);
  EXPECT_EQ(limit.look("a", now + seconds(1)), std::nullopt);
  EXPECT_EQ(limit.take("a", now + seconds(1)), std::nullopt);
  EXPECT_EQ(limit.take("a", now + seconds(1)), 1);
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(limit.take("a", now + seconds(100)), std::nullopt);
  EXPECT_EQ(limit.take("a", now + seconds(100)), 1);
}

TEST(RateLimit, SaysHowLongToWait) {
  RateLimit limit(2, 1);
  const RateLimit::Time now = std::chrono::steady_clock::now();
  EXPECT_EQ(limit.take("a", now), std::nullopt);
  EXPECT_EQ(limit.take("a", now), 30);
  EXPECT_EQ(limit.take("a", now + seconds(10)), 20);
}

}  // namespace
}  // namespace cauce::engine
