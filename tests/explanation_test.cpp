// What cauce explicar says of five municipalities of the example, one of each answer, word by word:
//   tests/golden/explanation/{05172,…}.txt, and the page of one of them.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/cli/run.hpp"
#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"
#include "tests/golden.hpp"
#include "tests/project_folder.hpp"

namespace cauce::golden {
namespace {

class ExplanationTest : public testing::Test {
 protected:
  std::string explain(std::vector<std::string> more) const {
    const engine::cli::Environment environment{[](const std::string&) { return std::nullopt; },
                                               std::make_shared<engine::SystemClock>()};
    std::vector<std::string> words = {"explicar", example,   "municipios", "--datos",
                                      example,    "--fecha", "2025-03-01"};
    words.insert(words.end(), more.begin(), more.end());
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(engine::cli::run(words, out, err, environment), 0) << err.str();
    return out.str();
  }

  void expect_golden(const std::string& name, const std::string& text) const {
    const std::filesystem::path file =
        std::filesystem::path(project_folder()) / "tests/golden/explanation" / name;
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      std::filesystem::create_directories(file.parent_path());
      std::ofstream(file, std::ios::binary) << text;
      GTEST_SKIP() << "rewritten: " << file;
    }
    const std::string expected = read_file(file);
    EXPECT_TRUE(text == expected) << name << " (- expected, + now):\n"
                                  << diff(expected, text) << "if the new text is right:\n"
                                  << "  UPDATE_GOLDEN=1 ctest --preset dev -R project\n";
  }

  const std::string example = project_folder() + "/examples/acompanamiento";
};

class ExplanationOf : public ExplanationTest, public testing::WithParamInterface<std::string> {};

TEST_P(ExplanationOf, OnATerminal) {
  expect_golden(GetParam() + ".txt", explain({GetParam()}));
}

TEST_F(ExplanationTest, AsAPage) {
  const engine::FolderForTests folder;
  explain({"05172", "--html", folder / "05172.html"});
  expect_golden("05172.html", engine::read_file(folder / "05172.html"));
}

std::string with_single_blanks(const std::string& text) {
  std::istringstream words(text);
  std::string joined;
  for (std::string word; words >> word;)
    joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

/// The block of the guide after its `cauce explicar`: what stands between its «…» is all said, word by word.
TEST_F(ExplanationTest, TheGuideShowsWhatItSays) {
  const std::string guide = engine::read_file(project_folder() + "/docs/guía.md");
  const std::string fence = "```text\n";
  const std::size_t begin = guide.find(fence, guide.find("cauce explicar")) + fence.size();
  std::string block = guide.substr(begin, guide.find("```\n", begin) - begin);
  const std::string said = with_single_blanks(explain({"05172"}));
  const std::string mark = "…\n";
  int passages = 0;
  for (std::size_t end = 0; end != block.npos; ++passages) {
    end = block.find(mark);
    const std::string passage = with_single_blanks(block.substr(0, end));
    EXPECT_NE(said.find(passage), std::string::npos) << passage << "\nis not in\n" << said;
    if (end != block.npos) block.erase(0, end + mark.size());
  }
  EXPECT_EQ(passages, 3);
}

INSTANTIATE_TEST_SUITE_P(Example, ExplanationOf,
                         testing::Values("05001", "05002", "05120", "05172", "17541", "25754", "27205"),
                         [](const auto& parameter) { return "Of" + parameter.param; });

}  // namespace
}  // namespace cauce::golden
