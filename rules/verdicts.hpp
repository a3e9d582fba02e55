// What the rules of a focalización say of every entity of its kind, in columns: statuses before anybody is
// chosen, the truth of each clause, scores, groups and what is ordered by.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rules/result_column.hpp"
#include "rules/ruleset.hpp"
#include "rules/targeting.hpp"
#include "rules/vectoriser.hpp"

namespace cauce::rules {

struct Verdicts {
  std::vector<TargetStatus> statuses;
  /// For each clause (exclusions, requirements, qualifications) its truth by row; none if not kept.
  std::vector<std::vector<std::uint8_t>> clauses;
  std::vector<ResultColumn> parts;
  ResultColumn score{0};
  std::vector<ResultColumn> groups;            ///< one for each quota line and then each minimum line
  std::vector<ResultColumn> merits;            ///< one for each sort key that is not by score nor by key
  std::vector<std::uint32_t> rows_to_look_at;  ///< as of Vectoriser
};

/// Whether a sort key is the key of the entity itself.
bool orders_by_key(const TargetingSortKey& key, const EntityKind& kind);

/// Judges all entities of the targeting's kind, batch by batch.
class Judge {
 public:
  /// As of Vectoriser.
  Judge(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
        EvaluationObserver* observer = nullptr, bool row_by_row = false);

  /// `keep_clauses`: what each clause gave is kept, from which reasons are told.
  Verdicts judge_all(bool keep_clauses = true);
  const Texts& texts() const { return vectoriser_.texts(); }

 private:
  /// To an expression; in columns, or else row by row.
  struct Answer {
    const Expression* expression;
    std::optional<Vectorised> vectorised;
  };

  std::vector<Operator> conditions_of(const std::vector<TargetingClause>& clauses);
  Answer answer_to(const Expression& expression);
  ResultColumn column_for(const Answer& answer) const;
  void append(ResultColumn& column, const Answer& answer, Batch batch);
  void append_score(Verdicts& verdicts, Batch batch);
  void judge_clauses(Verdicts& verdicts, Batch batch, bool keep_clauses);
  void verify_places(Verdicts& verdicts, Batch batch);

  const Targeting& targeting_;
  std::size_t size_;
  Vectoriser vectoriser_;
  std::vector<Operator> exclusions_;
  std::vector<Operator> requirements_;
  std::vector<Operator> qualifications_;
  std::vector<Answer> parts_;
  Answer score_;  ///< the sum of the parts, which no expression is
  std::vector<Answer> groups_;
  std::vector<Answer> merits_;
};

}  // namespace cauce::rules
