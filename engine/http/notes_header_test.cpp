#include "engine/http/notes_header.hpp"

#include <gtest/gtest.h>

#include "engine/http/route.hpp"

namespace cauce::engine {
namespace {

TEST(NotesHeader, SaysEachLineInLettersThatAHeaderTakes) {
  EXPECT_EQ(notes_in_header(""), "");
  EXPECT_EQ(notes_in_header("2 por verificar: mdm\nno se miró «x», ni «y»\n"),
            "2%20por%20verificar%3A%20mdm, "
            "no%20se%20mir%C3%B3%20%C2%ABx%C2%BB%2C%20ni%20%C2%ABy%C2%BB");
}

TEST(NotesHeader, CountsWhatItHasNoRoomFor) {
  std::string said;
  for (int i = 0; i < 100; ++i)
    said += std::string(90, 'a') + "\n";
  const std::string header = notes_in_header(said);
  EXPECT_LT(header.size(), 2100U);
  const std::size_t last = header.rfind(", ");
  ASSERT_NE(last, std::string::npos);
  const std::size_t kept = (last + 2) / 92;
  EXPECT_EQ(decoded(header.substr(last + 2), false), "y " + std::to_string(100 - kept) + " más");
}

}  // namespace
}  // namespace cauce::engine
