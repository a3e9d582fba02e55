// One of two versions that are compared.
#pragma once

#include "dsl/source.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

/// A policy without errors, the text it was made of, and the data that it is applied to.
struct Version {
  const Policy& policy;
  const dsl::Sources& sources;
  const rules::Territory* territory = nullptr;  ///< none: nobody is selected
  Date as_of;

  const rules::Ruleset& rules() const { return *policy.rules; }
};

}  // namespace cauce::workflows
