#include "engine/new_file.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

TEST(NewFile, OfTwoThatMakeOneOnlyTheFirstDoes) {
  const FolderForTests folder;
  const std::string place = folder / "plan.db";
  {
    NewFile first(place);
    write_file(first.path(), "primera");
    try {
      NewFile second(place);
      FAIL() << "it was let in";
    } catch (const FileUnusable& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr("otra orden está haciendo"));
    }
    EXPECT_EQ(read_file(first.path()), "primera") << "what the first has made is untouched";
    first.keep();
  }
  EXPECT_EQ(read_file(place), "primera");
  EXPECT_THROW(NewFile third(place), FileUnusable);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1) << "nothing is left";
}

TEST(NewFile, TakesAwayWhatADeadProcessLeft) {
  const FolderForTests folder;
  const std::string place = folder / "plan.db";
  write_file(place + ".parcial", "a medias");
  write_file(place + ".parcial.turno", "");
  { const NewFile file(place); }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace cauce::engine
