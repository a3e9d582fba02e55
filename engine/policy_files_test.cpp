#include "engine/policy_files.hpp"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "engine/folder_for_tests.hpp"

namespace cauce::engine {
namespace {

TEST(FileWriter, IsThereOnceItIsPutInPlaceAndNotBefore) {
  const FolderForTests folder;
  const std::string path = folder / "seleccion.csv";
  write_file(path, "lo de antes");
  {
    FileWriter file(path);
    file.append("a,");
    file.append("b\r\n");
    EXPECT_EQ(read_file(path), "lo de antes");
    file.put_in_place();
  }
  EXPECT_EQ(read_file(path), "a,b\r\n");
}

TEST(FileWriter, LeavesNothingIfItIsGivenUp) {
  const FolderForTests folder;
  { FileWriter(folder / "seleccion.csv").append("a medias"); }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(FileWriter, WritesToAPipeAndDoesNotReplaceIt) {
  const FolderForTests folder;
  const std::string path = folder / "tubo";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reading = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  write_file(path, "a,b\r\n");
  char taken[16] = {};
  EXPECT_EQ(::read(reading, taken, sizeof taken), 5);
  EXPECT_STREQ(taken, "a,b\r\n");
  ::close(reading);
  EXPECT_TRUE(std::filesystem::is_fifo(path));
}

TEST(FileWriter, SaysWhyItCannotBeWritten) {
  const FolderForTests folder;
  EXPECT_THROW(FileWriter(folder / "no hay/seleccion.csv"), FileUnusable);
  const std::string taken = folder / "carpeta";
  std::filesystem::create_directory(taken);
  write_file(taken + "/algo", "");
  FileWriter file(taken);
  EXPECT_THROW(file.put_in_place(), FileUnusable);
}

}  // namespace
}  // namespace cauce::engine
