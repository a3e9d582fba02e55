// The data of a `prueba`, which stand in a file beside its policy.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/import.hpp"
#include "workflows/policy.hpp"

namespace cauce::engine {

/// What is wrong with the data of a test.
struct TestDataErrors {
  dsl::Span span;                     ///< of the name of the file
  std::vector<std::string> messages;  ///< as people read them
};

/// Whether the test has `datos`.
bool has_data(const dsl::TestDecl& test);

/// The entities of a test that has `datos`: those of its file, and of the kinds above that have a file beside
/// the policy; the others above are known by their key only.
std::variant<rules::Territory, TestDataErrors> read_test_data(const dsl::TestDecl& test,
                                                              const rules::Ruleset& rules,
                                                              const dsl::Sources& sources);

}  // namespace cauce::engine
