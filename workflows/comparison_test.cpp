#include "workflows/comparison.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "dsl/format.hpp"
#include "rules/date.hpp"
#include "tests/project_folder.hpp"
#include "workflows/comparison_fixture.hpp"

namespace cauce::workflows {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string told(const Comparison& comparison) {
  std::string text;
  for (const OutlineChange& change : comparison.outline) {
    for (const std::string& step : change.path)
      text += step + " > ";
    text += change.aspect + ": " + change.before + " -> " + change.after + "\n";
  }
  for (const DeadlineChange& change : comparison.deadlines)
    text += change.obligation + ": " + change.rule_before + " -> " + change.rule_after + "\n";
  return text;
}

TEST(ComparisonTest, TheFormatterChangesNothing) {
  std::size_t compared = 0;
  for (const char* area : {"rules", "workflows", "format", "document"}) {
    for (const auto& entry : fs::directory_iterator(project_folder() + "/tests/golden/" + area + "/good")) {
      if (entry.path().extension() != ".cauce") continue;
      const dsl::Sources sources = {{"p.cauce", bytes_of(entry.path())}};
      dsl::Diagnostics diagnostics;
      const auto text = dsl::format(sources, diagnostics).at(0);
      const Compiled before = compile(sources);
      if (!text || !before.ok()) continue;
      const dsl::Sources formatted = {{"p.cauce", *text}};
      const Compiled after = compile(formatted);
      ASSERT_TRUE(after.ok()) << entry.path();
      const Date day = rules::make_date(2024, 1, 1).value();
      const Comparison comparison =
          compare({*before.policy, sources, nullptr, day}, {*after.policy, formatted, nullptr, day});
      EXPECT_EQ(told(comparison), "") << entry.path();
      ++compared;
    }
  }
  EXPECT_GT(compared, 5U);
}

TEST(ComparisonTest, WithoutDataNobodyIsSelected) {
  const testing::VersionForTests old(testing::compared_policy);
  const testing::VersionForTests now(testing::with(testing::compared_policy, "= 50", "= 15"));
  Version without = now.version();
  without.territory = nullptr;
  const Comparison comparison = compare(old.version(), without);
  EXPECT_FALSE(comparison.with_data);
  EXPECT_TRUE(comparison.selections.empty());
  EXPECT_TRUE(comparison.changed());
}

}  // namespace
}  // namespace cauce::workflows
