// What the rules of a focalización say of every entity of its kind, in columns: statuses before anybody is
// chosen, the truth of each clause, scores, groups and what is ordered by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ruleset.hpp"
#include "rules/targeting.hpp"
#include "rules/vectorised.hpp"

namespace cauce::rules {

/// The values that one expression has for all entities: in units where 64 bits hold them, else as they are.
struct ResultColumn {
  UnitKind kind = UnitKind::nothing;
  int decimals = 0;
  std::vector<std::int64_t> units = {};
  std::vector<std::uint8_t> known = {};
  std::vector<Value> values = {};  ///< instead of units

  bool in_units() const { return values.empty(); }
  bool is_known(std::size_t row) const { return in_units() ? known[row] != 0 : !is_missing(values[row]); }
  Value at(std::size_t row, const Texts& texts) const;
  /// Of a column of texts, without a copy; empty where it is not known.
  std::string_view text_at(std::size_t row, const Texts& texts) const;
};

struct Verdicts {
  std::vector<TargetStatus> statuses;
  /// For each clause (exclusions, requirements, qualifications) its truth by row; none if not kept.
  std::vector<std::vector<std::uint8_t>> clauses;
  std::vector<ResultColumn> parts;
  ResultColumn score;
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
  struct Answer {
    const Expression* expression;
    std::optional<Vectorised> vectorised;
  };

  std::vector<Operator> conditions_of(const std::vector<TargetingClause>& clauses);
  Answer answer_to(const Expression& expression);
  ResultColumn column_for(const std::optional<Vectorised>& vectorised) const;
  void append(ResultColumn& column, const Answer& answer, Batch batch);
  void append_score(Verdicts& verdicts, Batch batch);
  void judge_clauses(Verdicts& verdicts, Batch batch, bool keep_clauses);
  void verify_places(Verdicts& verdicts, Batch batch) const;

  const Targeting& targeting_;
  std::size_t size_;
  Vectoriser vectoriser_;
  std::vector<Operator> exclusions_;
  std::vector<Operator> requirements_;
  std::vector<Operator> qualifications_;
  std::vector<Answer> parts_;
  std::optional<Vectorised> score_;
  std::vector<Answer> groups_;
  std::vector<Answer> merits_;
};

}  // namespace cauce::rules
