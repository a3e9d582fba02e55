// A focalización tried in a test: on the entities of `datos`, on one that the test describes, or on both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/source.hpp"
#include "workflows/given_entity.hpp"
#include "workflows/test_result.hpp"

namespace cauce::workflows {

/// What every trial of one test has in common. It all must outlive the trial.
struct TrialSetting {
  const Policy& policy;
  const dsl::Sources& sources;
  const rules::Targeting& targeting;
  Date as_of;
  const rules::Territory& data;  ///< of `datos`; else empty
  rules::EvaluationObserver* observer = nullptr;
};

class TargetingTrial {
 public:
  /// Only the data.
  explicit TargetingTrial(const TrialSetting& setting);
  /// The data, and the entity that `values` describe.
  TargetingTrial(const TrialSetting& setting, const GivenValues& values);

  bool has_entity() const { return row_.has_value(); }
  /// The described entity as facts.
  rules::EntityFacts entity() const { return entity_at(*row_); }
  rules::EntityFacts entity_at(std::uint32_t row) const {
    return {*setting_.policy.rules, territory_, setting_.targeting.entity, row};
  }
  /// What the rules say of the described entity by itself: its status, its score.
  const rules::TargetResult& judged() const;
  /// Who is selected of all, the described entity among them.
  const rules::Selection& selection() const;
  /// The rows that are selected, in order.
  const std::vector<std::uint32_t>& selected() const;

  /// Nothing if the described entity has the status `expected`.
  std::optional<FailedExpectation> expect_status(dsl::TargetState expected, dsl::Span span) const;
  /// The same, and (where `reason` says so) for that reason.
  std::optional<FailedExpectation> expect(const dsl::ExpectState& expected, dsl::Span span) const;
  /// What became of the entity with that key, for an expectation about who is selected.
  /// Whether its data have the entity with that key.
  bool has(const std::string& key) const;
  void explain_selection(const std::string& key, FailedExpectation& failure) const;
  /// How the score of the described entity comes about.
  std::vector<rules::TraceStep> trace_score() const;

 private:
  const rules::TargetResult& result_for(rules::TargetStatus expected) const;
  void explain(std::uint32_t row, const rules::TargetResult& result, FailedExpectation& failure) const;
  bool gives(const rules::TargetingClause& clause, const dsl::Reason& reason) const;

  const TrialSetting& setting_;
  rules::Territory territory_;
  std::optional<std::uint32_t> row_ = {};
  std::set<std::string> named_ = {};
  mutable std::optional<rules::TargetResult> judged_ = {};
  mutable std::optional<rules::Selection> selection_ = {};
  mutable std::optional<std::vector<std::uint32_t>> selected_ = {};
};

}  // namespace cauce::workflows
