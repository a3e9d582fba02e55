// The rows that a query looks at. Only query.cpp needs it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/sight.hpp"
#include "engine/system.hpp"
#include "rules/scope.hpp"

namespace cauce::engine {

/// Rows that share what names mean in them: those of one kind of plan under one version of the policy, the
/// entities of a kind …
struct RowGroup {
  std::string called;  ///< in notes: `los planes PAT`
  std::shared_ptr<const workflows::Policy> policy;
  std::shared_ptr<const rules::Scope> scope;
  std::vector<std::unique_ptr<rules::Facts>> rows;
};

/// What a collection holds, and what is shown of it where the query does not say.
struct Collection {
  std::vector<RowGroup> groups;
  std::vector<std::string> shown;  ///< names of the scope
};

/// The collection of that (folded) name, as far as `sight` reaches; nothing if there is none. Its facts live
/// as long as the system's view.
std::optional<Collection> gather_rows(System& system, const std::string& name, rules::Date today,
                                      const Sight& sight);

/// Every collection, as people call it.
std::vector<std::string> collection_names(System& system);

}  // namespace cauce::engine
