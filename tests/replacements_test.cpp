// What a diagnostic offers as its replacement mends it: put in its place, the mistake is gone and no other of
// grammar stands there.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "dsl/explanation.hpp"
#include "tests/golden.hpp"
#include "tests/project_folder.hpp"

namespace cauce {
namespace {

struct Subject {
  std::string name;
  std::string area;  ///< as of goldens
  dsl::Sources sources;
};

std::vector<Subject> subjects() {
  std::vector<Subject> all;
  for (const auto& golden : golden::find_cases(std::filesystem::path(project_folder()) / "tests/golden")) {
    if (golden.good) continue;
    all.push_back({golden.policy.filename().string(),
                   golden.area,
                   {{golden.policy.filename().string(), golden::read_file(golden.policy)}}});
  }
  for (const dsl::Code code : dsl::all_codes()) {
    const auto explanation = dsl::explanation_of(code);
    if (!explanation || dsl::to_print(explanation->wrong) != explanation->wrong.text) continue;
    all.push_back({"dsl/explanations/" + std::string(dsl::code_id(code)) + ".md", "explanation",
                   dsl::to_sources(explanation->wrong)});
  }
  return all;
}

bool is_of_grammar(const dsl::Diagnostic& diagnostic) {
  return dsl::code_id(diagnostic.code).starts_with("E01");
}

/// What is wrong with the replacement of `diagnostic`; empty if it mends.
std::string what_stays(const Subject& subject, const dsl::Diagnostic& diagnostic) {
  dsl::Sources mended = subject.sources;
  const dsl::Span span = diagnostic.span;
  mended[span.file].text.replace(span.begin, span.end - span.begin, *diagnostic.replacement);
  const std::size_t end = span.begin + diagnostic.replacement->size();
  for (const dsl::Diagnostic& after : golden::diagnose(subject.area, mended)) {
    const bool same_place = after.span.file == span.file && after.span.begin == span.begin;
    const bool same = same_place && after.code == diagnostic.code && after.message == diagnostic.message;
    const bool touches =
        after.span.file == span.file && after.span.begin <= end && span.begin <= after.span.end;
    if (same || (touches && is_of_grammar(after))) return dsl::render(after, mended);
  }
  return {};
}

TEST(Replacements, MendWhatTheyAreOfferedFor) {
  std::size_t applied = 0;
  for (const Subject& subject : subjects()) {
    for (const dsl::Diagnostic& diagnostic : golden::diagnose(subject.area, subject.sources)) {
      if (!diagnostic.replacement) continue;
      ++applied;
      const std::string stays = what_stays(subject, diagnostic);
      EXPECT_EQ(stays, "") << subject.name << ": after «" << *diagnostic.replacement << "» in place of\n"
                           << dsl::render(diagnostic, subject.sources);
    }
  }
  EXPECT_GT(applied, 50U);
}

}  // namespace
}  // namespace cauce
