// The rows that a query looks at. Only query.cpp needs it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/asked_texts.hpp"
#include "engine/query.hpp"
#include "engine/sight.hpp"
#include "engine/system.hpp"
#include "rules/scope.hpp"

namespace cauce::engine {

/// Where the rows of plans are: the past is kept as plans only.
RowsFrom rows_of(System& system);

/// What is evaluated in each row: the condition, and then everything that is shown, ordered or grouped by.
struct BoundRow {
  std::optional<rules::Expression> where = {};
  std::vector<rules::Expression> values = {};
};

/// Rows that share what names mean in them: those of one kind of plan under one version of the policy, the
/// entities of a kind …
struct RowGroup {
  /// Told of a row that stands for as many as are alike. It is gone afterwards.
  using Visitor = std::function<void(const rules::Facts& row, std::size_t times)>;

  std::shared_ptr<const workflows::Policy> policy = {};
  std::shared_ptr<const rules::Scope> scope = {};
  /// Visits each row for which the condition may hold or be unknown, and perhaps others; with `in_order`,
  /// always in the same order.
  std::function<void(const BoundRow& read, bool in_order, const Visitor& visit)> each = {};
  /// Of what is in plans: what is said of a plan itself as `plan.región`.
  const rules::Scope* of_plan = nullptr;

  /// The plans that they are, or are in.
  struct Plans {
    workflows::PolicyVersion version = 0;
    workflows::PlanKindId kind{};
    std::function<std::size_t()> count = {};
    KnownTexts texts = {};  ///< of what is in them: their names and titles
  };
  std::optional<Plans> plans = {};
};

/// What a collection holds, and what is shown of it where the query does not say.
struct Collection {
  std::vector<RowGroup> groups;
  std::vector<std::string> shown;  ///< names of the scope
  bool are_obligations = false;
};

/// The collection of that (folded) name, as far as `sight` reaches; nothing if there is none. It reads as
/// long as the system's view lives.
std::optional<Collection> gather_rows(System& system, const std::string& name, rules::Date today,
                                      RowsFrom from, const Sight& sight);

/// Every collection, as people call it.
std::vector<std::string> collection_names(System& system);

}  // namespace cauce::engine
