// Which parts of a policy its tests have reached.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "workflows/policy.hpp"

namespace cauce::workflows {

enum class CoveredPart : std::uint8_t { clause, row, action, exit, step, digest };

/// One part that a test can reach: a clause or an exit by being true, a row by deciding, an action by being
/// taken, a step or digest by being raised.
struct CoverageItem {
  CoveredPart part = CoveredPart::clause;
  std::string owner = {};  ///< name of the focalización, table, plan or ladder that it stands in
  dsl::Span span = {};
  bool reached = false;
  bool was_false = false;    ///< it (or the condition of an action) was asked, and the answer was no
  bool was_unknown = false;  ///< the same, and the answer was sin dato
};

/// Watches tests run. The policy must outlive it.
class Coverage : public rules::EvaluationObserver {
 public:
  explicit Coverage(const Policy& policy);

  void evaluated(const rules::Expression& expression, const Value& value) override;
  void taken(const Transition& transition) { reach(&transition); }
  void raised(const LadderStep& step) { reach(&step); }
  void raised(const Digest& digest) { reach(&digest); }

  /// Those of one declaration together, in the order of the policy.
  const std::vector<CoverageItem>& items() const { return items_; }

 private:
  /// What it means that an expression is evaluated.
  enum class Role : std::uint8_t { truth, result, condition };
  struct Watched {
    std::size_t item;
    Role role;
  };

  std::size_t add(CoveredPart part, const std::string& owner, dsl::Span span);
  void add_clauses(const std::string& owner, const std::vector<rules::TargetingClause>& clauses);
  void add_plan(const PlanKind& plan);
  void add_ladder(const Ladder& ladder);
  void watch(const rules::Expression& expression, std::size_t item, Role role) {
    watched_.emplace(&expression, Watched{item, role});
  }
  void reach(const void* part) { items_.at(parts_.at(part)).reached = true; }

  std::vector<CoverageItem> items_;
  std::unordered_map<const rules::Expression*, Watched> watched_;
  std::unordered_map<const void*, std::size_t> parts_;  ///< transitions, steps, digests
};

}  // namespace cauce::workflows
