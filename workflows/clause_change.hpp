// The clauses of a focalización in two versions: which is which, and what each says of one entity.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/targeting.hpp"
#include "workflows/pairing.hpp"
#include "workflows/version.hpp"

namespace cauce::workflows {

using ClauseList = rules::StatusReason::List;

/// By what a clause is recognised: its condition, its reason, what it reads.
Keys keys_of(const rules::TargetingClause& clause, const Version& version);

/// A clause in both versions; null where it is not in one.
struct ClausePair {
  ClauseList list = ClauseList::exclusion;
  const rules::TargetingClause* before = nullptr;
  const rules::TargetingClause* after = nullptr;

  const rules::TargetingClause& shown() const { return after != nullptr ? *after : *before; }
  bool in_both() const { return before != nullptr && after != nullptr; }
};
std::vector<ClausePair> pair_clauses(const rules::Targeting& before, const Version& before_version,
                                     const rules::Targeting& after, const Version& after_version);

/// Something that a clause reads, as it was and as it is; nothing where that version does not read it.
struct SeenValue {
  std::string name;
  std::optional<Value> before = {};
  std::optional<Value> after = {};
  bool of_policy = false;  ///< a parameter: the value with which others are compared
};

/// What a clause said and says of an entity; nothing where the clause is not there.
struct ClauseChange {
  ClausePair clause;
  std::optional<Value> before = {};
  std::optional<Value> after = {};
  std::vector<SeenValue> seen = {};
  std::string condition_before = {};  ///< as written, where the two versions have another condition
  std::string condition_after = {};

  /// Whether its answer is another one. A clause that is not there counts as one that stops nobody and lets
  /// nobody in.
  bool answers_otherwise() const;
};

/// The rows of the entity in the data of each version.
ClauseChange judge_clause(const ClausePair& clause, const Version& before, std::uint32_t before_row,
                          const Version& after, std::uint32_t after_row, EntityKindId kind_before,
                          EntityKindId kind_after);

}  // namespace cauce::workflows
