#include "engine/person_id.hpp"

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

TEST(PersonId, IsOneWordThatNeedsNoQuotes) {
  for (const char* id : {"ana", "marta.quiroga", "ana_2", "52123456", "52.123.456", "Íñigo",
                         "ana@example.org", "ana+planes@example.org", "José-Luis"})
    EXPECT_TRUE(is_person_id(id)) << id;
  for (const char* other :
       {"", "ana ruiz", " ana", "ana\n", "ana,luis", "--como", "-ana", ".ana", "@ana", "ana/luis", "ana;rm",
        "«ana»", "ana\u00A0ruiz", "ana\u200B", "ana\xFF", "$HOME", "*"})
    EXPECT_FALSE(is_person_id(other)) << other;
}

}  // namespace
}  // namespace cauce::engine
