// The pages of the manual, as those who print them read them.
#include <algorithm>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cli/commands.hpp"
#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"
#include "tests/program_run.hpp"
#include "tests/project_folder.hpp"

namespace cauce {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Manual : public testing::Test {
 protected:
  void SetUp() override {
    const ProgramRun run = run_program(as_word(program_path()) + " manual " + as_word(pages()));
    ASSERT_EQ(run.code, 0) << run.out;
  }
  std::string pages() const { return folder / "man1"; }
  std::string shown(const std::string& page) const {
    const ProgramRun run = run_program("LC_ALL=C.UTF-8 MANWIDTH=90 MANROFFOPT=-c man -P cat -M " +
                                       as_word(folder.path()) + " " + page + " 2>&1 | col -bx");
    EXPECT_EQ(run.code, 0) << run.out;
    return run.out;
  }

  engine::FolderForTests folder;
};

TEST_F(Manual, NoReaderFindsAnythingToSay) {
  std::size_t read = 0;
  for (const auto& entry : fs::directory_iterator(pages())) {
    const std::string file = as_word(entry.path().string());
    const std::string warnings =
        run_program("cd " + as_word(folder.path()) + " && LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l " + file +
                    " 2>&1 >/dev/null")
            .out;
    EXPECT_EQ(warnings, "") << file;
    ++read;
  }
  EXPECT_GT(read, engine::cli::all_commands().size());
  // mandoc does not know the Spanish names of sections, nor pages in which nothing but another is named.
  const std::string lint =
      run_program("cd " + as_word(pages()) + " && mandoc -T lint -W warning $(grep -L '^\\.so' *.1) 2>&1")
          .out;
  EXPECT_EQ(lint, "");
}

TEST_F(Manual, EveryCommandHasItsPageAndTheFirstNamesThemAll) {
  std::string first = engine::read_file(pages() + "/cauce.1");
  std::erase(first, '\\');  // as a reader shows it
  for (const engine::cli::Command& command : engine::cli::all_commands()) {
    std::string page = "cauce-" + command.name;
    std::replace(page.begin(), page.end(), ' ', '-');
    EXPECT_TRUE(fs::exists(pages() + "/" + page + ".1")) << page;
    EXPECT_THAT(first, HasSubstr(command.name));
  }
}

TEST_F(Manual, APageSaysAllThatTheCommandTakes) {
  EXPECT_THAT(shown("cauce-dispensar"),
              HasSubstr("NOMBRE\n       cauce-dispensar - exime de una obligación, con un motivo\n"));
  const std::string page = shown("cauce-buzon");
  EXPECT_THAT(page, HasSubstr("cauce-buzón - "));
  for (const char* part :
       {"SINOPSIS\n", "OPCIONES\n", "--estado ESTADO\n", "--help, -h, --ayuda\n", "EJEMPLO\n",
        "ESTADO DE SALIDA\n", "CAUCE_BASE", "/etc/cauce/cauce.toml", "cauce(1)"})
    EXPECT_THAT(page, HasSubstr(part));
}

/// `man -k` knows them by their summaries.
TEST_F(Manual, TheSummariesAreFound) {
  const ProgramRun run = run_program("cd " + as_word(pages()) + " && lexgrog cauce.1 cauce-revisar.1 2>&1");
  EXPECT_EQ(run.code, 0) << run.out;
  EXPECT_THAT(run.out, HasSubstr("cauce-revisar.1: \"cauce-revisar - "));
}

}  // namespace
}  // namespace cauce
