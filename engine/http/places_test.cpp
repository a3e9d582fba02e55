// Who finds a place.
#include "engine/http/places.hpp"

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

TEST(Places, AreSoManyInAllAndSoManyForEach) {
  Places places(4, 2);
  auto first = places.take("ana");
  auto second = places.take("ana");
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(places.take("ana"));
  const auto of_luis = places.take("luis");
  EXPECT_TRUE(of_luis);
  EXPECT_EQ(places.taken(), 3U);
  first.reset();
  EXPECT_TRUE(first = places.take("ana"));
  const auto last = places.take("carla");
  EXPECT_TRUE(last);
  EXPECT_FALSE(places.take("dora"));
  second.reset();
  EXPECT_TRUE(places.take("dora"));
}

TEST(Places, AreUnlimitedForSomeUpToAll) {
  Places places(3, 1);
  std::vector<std::shared_ptr<void>> held;
  for (int i = 0; i < 3; ++i)
    held.push_back(places.take_unlimited("intermediario"));
  EXPECT_TRUE(held.back());
  EXPECT_FALSE(places.take_unlimited("intermediario"));
  held.clear();
  EXPECT_EQ(places.taken(), 0U);
  EXPECT_TRUE(places.take("ana"));
}

}  // namespace
}  // namespace cauce::engine
