#include "engine/policy_files.hpp"

#include <filesystem>

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
