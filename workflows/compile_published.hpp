// A policy as it was published: read again each time that the program starts.
#pragma once

#include <memory>

#include "dsl/source.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

/// The policy that was published for that year. It was judged then (its tests, tables without a row for
/// something, what is never used …), so only what it says is read now; nothing if it cannot be.
std::shared_ptr<const Policy> compile_published(const dsl::Sources& sources, int vigencia);

}  // namespace cauce::workflows
