// The tests of a policy, run (language.md, 4). Pure: nothing here reads the clock or a file.
#pragma once

#include <string>

#include "dsl/source.hpp"
#include "workflows/coverage.hpp"
#include "workflows/test_result.hpp"
#include "workflows/test_scope.hpp"

namespace cauce::workflows {

/// Runs tests of a policy without errors, which with its sources must outlive this. `coverage` is told what
/// they reach.
class TestRunner {
 public:
  TestRunner(const Policy& policy, const dsl::Sources& sources, Coverage* coverage = nullptr)
      : policy_(policy), sources_(sources), scopes_(policy), coverage_(coverage) {}

  /// `data` are the entities of its `datos`, which only somebody who may read files can get; null without.
  TestResult run(const dsl::TestDecl& test, const rules::Territory* data = nullptr) const;
  TestResult run(const dsl::ScenarioDecl& scenario) const;

  /// Why a test is not run in this vigencia; empty if it is.
  std::string why_not_applicable(const dsl::TestDecl& test) const;

 private:
  const Policy& policy_;
  const dsl::Sources& sources_;
  TestScopes scopes_;
  Coverage* coverage_;
};

}  // namespace cauce::workflows
