#include "engine/file_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(FileLockTest, OneHasItUntilItIsClosed) {
  const FolderForTests folder;
  const std::string path = folder / "candado";
  const int first = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const int second = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  EXPECT_TRUE(take_lock(first, path));
  EXPECT_FALSE(take_lock(second, path));
  ::close(first);
  EXPECT_TRUE(take_lock(second, path));
  ::close(second);
}

TEST(FileLockTest, WhereThereAreNoLocksItIsNotSaidThatAnotherHasIt) {
  const int closed = -1;  // what flock cannot lock, as a file on some network drives
  try {
    take_lock(closed, "/red/cauce.db");
    FAIL() << "it was locked";
  } catch (const FileUnusable& unusable) {
    EXPECT_THAT(unusable.what(), AllOf(HasSubstr("«/red/cauce.db»"), HasSubstr("unidad de red")));
  }
}

}  // namespace
}  // namespace cauce::engine
