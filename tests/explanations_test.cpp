// Every code is explained, and no explanation lies: its wrong example provokes it, its mend does not, and
// docs/diagnósticos.md says the same.
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dsl/explanation.hpp"
#include "engine/cli/explanation_output.hpp"
#include "tests/golden.hpp"
#include "tests/project_folder.hpp"
#include "workflows/compile.hpp"

namespace cauce {
namespace {

struct Heard {
  std::set<std::string> codes;
  std::string text;
};

/// What an example provokes. The base stands for the rest of a policy: that nothing uses what it declares, or
/// what the example declares, is no mistake of the example.
Heard heard_from(const dsl::Example& example, dsl::Code explained) {
  const dsl::Sources sources = dsl::to_sources(example);
  Heard heard;
  for (const dsl::Diagnostic& diagnostic : workflows::compile(sources).diagnostics) {
    const bool in_base = !example.whole && diagnostic.span.file == 0;
    const bool unused = diagnostic.code == dsl::Code::unused_declaration;
    if (unused && (in_base || explained != dsl::Code::unused_declaration)) continue;
    heard.codes.emplace(dsl::code_id(diagnostic.code));
    heard.text += dsl::render(diagnostic, sources);
  }
  return heard;
}

class Explanation : public testing::TestWithParam<dsl::Code> {};

TEST_P(Explanation, StandsAndItsExamplesDoWhatItSays) {
  const std::string id(dsl::code_id(GetParam()));
  const auto explanation = dsl::explanation_of(GetParam());
  ASSERT_TRUE(explanation) << "a code without an explanation: " << id << "; write dsl/explanations/" << id
                           << ".md, with a meaning, a ```cauce mal and a ```cauce bien (as in E0201.md)";
  EXPECT_FALSE(dsl::family_title(GetParam()).empty()) << "a family without a title: " << id;

  const Heard wrong = heard_from(explanation->wrong, GetParam());
  EXPECT_THAT(wrong.codes, testing::ElementsAre(id))
      << "the wrong example in dsl/explanations/" << id << ".md provokes:\n"
      << wrong.text;
  const Heard mended = heard_from(explanation->mended, GetParam());
  EXPECT_THAT(mended.codes, testing::IsEmpty())
      << "the mended example in dsl/explanations/" << id << ".md provokes:\n"
      << mended.text;
}

INSTANTIATE_TEST_SUITE_P(All, Explanation,
                         testing::ValuesIn(dsl::all_codes().begin(), dsl::all_codes().end()),
                         [](const auto& code) { return std::string(dsl::code_id(code.param)); });

TEST(Explanations, EachBelongsToACode) {
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(project_folder()) / "dsl/explanations")) {
    if (entry.path().extension() != ".md") continue;
    EXPECT_TRUE(dsl::find_code(entry.path().stem().string()))
        << "an explanation without a code: " << entry.path();
  }
}

TEST(Explanations, ThePageIsUpToDate) {
  const auto file = std::filesystem::path(project_folder()) / "docs/diagnósticos.md";
  const std::string page = engine::cli::page_of_codes();
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(file, std::ios::binary) << page;
    GTEST_SKIP() << "rewritten: " << file;
  }
  const std::string written = golden::read_file(file);
  EXPECT_TRUE(written == page)
      << "docs/diagnósticos.md is not what «cauce explica-código --todos --formato md» "
         "prints (- written, + now):\n"
      << golden::diff(written, page).substr(0, 4000)
      << "\nwrite it with UPDATE_GOLDEN=1 ctest --preset dev -R project\n";
}

}  // namespace
}  // namespace cauce
