#include "tests/golden.hpp"
#include "tests/project_folder.hpp"

#include <cctype>
#include <cstdlib>
#include <fstream>
#include <ostream>

#include <gtest/gtest.h>

namespace cauce::golden {

/// How GoogleTest names a case.
static void PrintTo(const Case& golden, std::ostream* out) {
  *out << golden.policy;
}

namespace {

const std::filesystem::path root = std::filesystem::path(project_folder()) / "tests/golden";

class Golden : public testing::TestWithParam<Case> {};

TEST_P(Golden, SaysWhatItMust) {
  const Case& golden = GetParam();
  const Outcome outcome = run(golden);
  const std::filesystem::path file = expected_file(golden);

  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(file, std::ios::binary) << outcome.text;
    GTEST_SKIP() << "rewritten: " << file;
  }
  ASSERT_TRUE(std::filesystem::exists(file))
      << "missing " << file << "; see it with\n"
      << "  UPDATE_GOLDEN=1 ctest --preset dev -R project && git diff\n";
  const std::string expected = read_file(file);
  EXPECT_TRUE(outcome.text == expected) << golden.policy << " (- expected, + now):\n"
                                        << diff(expected, outcome.text) << "if the new text is right:\n"
                                        << "  UPDATE_GOLDEN=1 ctest --preset dev -R project\n";
  if (golden.good) {
    EXPECT_FALSE(outcome.has_errors) << "a policy under good/ has errors";
  } else {
    EXPECT_FALSE(outcome.is_clean) << "a policy under bad/ has nothing to say";
  }
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  std::string name =
      info.param.area + (info.param.good ? "_good_" : "_bad_") + info.param.policy.stem().string();
  for (char& letter : name) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) {
      letter = '_';
    }
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Golden, testing::ValuesIn(find_cases(root)), name_of);

TEST(GoldenHelper, TheDiffShowsBothSides) {
  EXPECT_EQ(diff("uno\ndos\ntres\n", "uno\ntres\ncuatro\n"), "  uno\n- dos\n  tres\n+ cuatro\n");
}

}  // namespace
}  // namespace cauce::golden
