// The whole pipeline, from text to policy.
#pragma once

#include <memory>

#include "dsl/diagnostic.hpp"
#include "dsl/parse.hpp"
#include "rules/compile.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

struct Compiled {
  std::shared_ptr<const Policy> policy;  ///< what could be compiled; whole if there are no errors
  dsl::SyntaxTree tree;
  dsl::Diagnostics diagnostics;  ///< sorted

  bool ok() const { return !dsl::has_errors(diagnostics); }
};

/// Compiles a policy: parse, resolve and check, lower, analyse. All independent mistakes in one run.
Compiled compile(const dsl::Sources& sources, const rules::CompileOptions& options = {});

}  // namespace cauce::workflows
