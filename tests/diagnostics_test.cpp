// A code of the register that no golden provokes is a promise that nobody checks.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dsl/diagnostic.hpp"
#include "dsl/explanation.hpp"
#include "tests/golden.hpp"
#include "tests/project_folder.hpp"

namespace cauce {
namespace {

TEST(Diagnostics, EveryCodeOfTheRegisterIsProvokedByAGolden) {
  std::string said;
  for (const auto& golden : golden::find_cases(std::filesystem::path(project_folder()) / "tests/golden")) {
    said += golden::read_file(golden::expected_file(golden));
  }
  std::vector<std::string> missing;
  for (const dsl::Code code : dsl::all_codes()) {
    // What takes a file of megabytes is provoked by its explanation (explanations_test.cpp).
    const auto explanation = dsl::explanation_of(code);
    const bool too_long_to_print =
        explanation && dsl::to_print(explanation->wrong) != explanation->wrong.text;
    if (too_long_to_print) {
      continue;
    }
    if (said.find(dsl::code_id(code)) == std::string::npos) {
      missing.emplace_back(dsl::code_id(code));
    }
  }
  EXPECT_THAT(missing, testing::IsEmpty()) << "add a policy under tests/golden/AREA/bad/ for each";
}

}  // namespace
}  // namespace cauce
