#include "rules/verdicts.hpp"

#include <algorithm>
#include <array>

#include "rules/entities.hpp"

namespace cauce::rules {
namespace {

using Truths = std::array<std::uint8_t, batch_size>;

/// The status by the strongest exclusion, the weakest requirement and the strongest qualification: the four
/// cases of language.md, 2.6, in their order.
TargetStatus status_of(std::uint8_t exclusion, std::uint8_t requirement, std::uint8_t qualification) {
  if (exclusion == truth_yes) return TargetStatus::excluded;
  if (requirement == truth_no || qualification == truth_no) return TargetStatus::ineligible;
  if (exclusion == truth_unknown || requirement == truth_unknown || qualification == truth_unknown) {
    return TargetStatus::undetermined;
  }
  return TargetStatus::eligible;
}

/// By the three truth values together, so that it is looked up and not decided for every row.
std::array<TargetStatus, 27> all_statuses() {
  std::array<TargetStatus, 27> statuses{};
  for (std::uint8_t exclusion = 0; exclusion < 3; ++exclusion) {
    for (std::uint8_t requirement = 0; requirement < 3; ++requirement) {
      for (std::uint8_t qualification = 0; qualification < 3; ++qualification) {
        statuses.at(exclusion * 9U + requirement * 3U + qualification) =
            status_of(exclusion, requirement, qualification);
      }
    }
  }
  return statuses;
}

}  // namespace

bool orders_by_key(const TargetingSortKey& key, const EntityKind& kind) {
  const auto* read = std::get_if<ReadSlot>(&key.value.node);
  const bool by_score = key.by_score || key.by_score_part;
  return !by_score && read != nullptr && read->slot == Slot{0, static_cast<std::uint32_t>(kind.key_field)};
}

Judge::Judge(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
             EvaluationObserver* observer, bool row_by_row)
    : targeting_(targeting),
      size_(territory.of(targeting.entity).size()),
      vectoriser_(rules, territory, targeting.entity, as_of, observer, row_by_row),
      exclusions_(conditions_of(targeting.exclusions)),
      requirements_(conditions_of(targeting.requirements)),
      qualifications_(conditions_of(targeting.qualifications)),
      score_{nullptr, constant_of(UnitKind::number, 0)} {
  for (const TargetingScore& part : targeting.score) {
    parts_.push_back(answer_to(part.value));
    const auto& value = parts_.back().vectorised;
    score_.vectorised = score_.vectorised && value ? sum(*score_.vectorised, *value) : std::nullopt;
  }
  for (const TargetingQuota& quota : targeting.quotas)
    groups_.push_back(answer_to(quota.group));
  for (const TargetingMinimum& minimum : targeting.minimums)
    groups_.push_back(answer_to(minimum.group));
  for (const TargetingSortKey& key : targeting.order) {
    const bool by_value =
        !key.by_score && !key.by_score_part && !orders_by_key(key, at(rules.entities, targeting.entity));
    if (by_value) merits_.push_back(answer_to(key.value));
  }
}

std::vector<Operator> Judge::conditions_of(const std::vector<TargetingClause>& clauses) {
  std::vector<Operator> conditions;
  for (const TargetingClause& clause : clauses)
    conditions.push_back(vectoriser_.truth_of(clause.condition));
  return conditions;
}

Judge::Answer Judge::answer_to(const Expression& expression) {
  return {&expression, vectoriser_.units_of(expression)};
}

ResultColumn Judge::column_for(const Answer& answer) const {
  return answer.vectorised ? ResultColumn(*answer.vectorised, size_) : ResultColumn(size_);
}

Verdicts Judge::judge_all(bool keep_clauses) {
  Verdicts verdicts;
  verdicts.statuses.resize(size_);
  if (keep_clauses) {
    verdicts.clauses.resize(exclusions_.size() + requirements_.size() + qualifications_.size());
    for (auto& truths : verdicts.clauses)
      truths.reserve(size_);
  }
  verdicts.score = column_for(score_);
  const auto open = [&](std::vector<ResultColumn>& columns, const std::vector<Answer>& answers) {
    for (const Answer& answer : answers)
      columns.push_back(column_for(answer));
  };
  open(verdicts.parts, parts_);
  open(verdicts.groups, groups_);
  open(verdicts.merits, merits_);

  const auto total = static_cast<std::uint32_t>(size_);
  for (std::uint32_t first = 0; first < total; first += batch_size) {
    const Batch batch{first, std::min(batch_size, total - first)};
    const auto append_all = [&](std::vector<ResultColumn>& columns, const std::vector<Answer>& answers) {
      for (std::size_t i = 0; i < answers.size(); ++i)
        append(columns[i], answers[i], batch);
    };
    judge_clauses(verdicts, batch, keep_clauses);
    append_all(verdicts.parts, parts_);
    append_score(verdicts, batch);
    append_all(verdicts.groups, groups_);
    append_all(verdicts.merits, merits_);
    verify_places(verdicts, batch);
  }
  verdicts.rows_to_look_at = vectoriser_.rows_to_look_at();
  return verdicts;
}

void Judge::judge_clauses(Verdicts& verdicts, Batch batch, bool keep_clauses) {
  static const std::array<TargetStatus, 27> statuses = all_statuses();
  std::size_t clause = 0;
  const auto fold = [&](Truths& together, const std::vector<Operator>& conditions, auto join) {
    for (const Operator& condition : conditions) {
      const std::uint8_t* truths = condition->run(batch).known;
      for (std::uint32_t i = 0; i < batch.count; ++i)
        together[i] = join(together[i], truths[i]);
      if (keep_clauses) {
        auto& kept = verdicts.clauses[clause++];
        kept.insert(kept.end(), truths, truths + batch.count);
      }
    }
  };
  const auto greatest = [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); };
  const auto least = [](std::uint8_t a, std::uint8_t b) { return std::min(a, b); };
  Truths exclusion;
  Truths requirement;
  Truths qualification;
  exclusion.fill(truth_no);
  requirement.fill(truth_yes);
  qualification.fill(qualifications_.empty() ? truth_yes : truth_no);
  fold(exclusion, exclusions_, greatest);
  fold(requirement, requirements_, least);
  fold(qualification, qualifications_, greatest);
  for (std::uint32_t i = 0; i < batch.count; ++i) {
    verdicts.statuses[batch.first + i] = statuses[exclusion[i] * 9U + requirement[i] * 3U + qualification[i]];
  }
}

void Judge::append(ResultColumn& column, const Answer& answer, Batch batch) {
  if (answer.vectorised) return column.append(answer.vectorised->op->run(batch), batch.count);
  for (std::uint32_t i = 0; i < batch.count; ++i)
    column.append(vectoriser_.value_of(*answer.expression, batch.first + i));
}

/// The sum of the parts; unknown if one of them is, or if the sum has no number.
void Judge::append_score(Verdicts& verdicts, Batch batch) {
  if (score_.vectorised) return append(verdicts.score, score_, batch);
  for (std::uint32_t row = batch.first; row < batch.first + batch.count; ++row) {
    std::optional<Decimal> sum = Decimal();
    for (const ResultColumn& part : verdicts.parts) {
      const Value value = part.at(row, texts());
      const Decimal* known = std::get_if<Decimal>(&value);
      sum = known != nullptr && sum ? add(*sum, *known) : std::nullopt;
    }
    verdicts.score.append(sum ? Value(*sum) : Value(Missing()));
  }
}

/// Who would be eligible, but of whom it is not known where they stand or what they count in, is to be
/// verified.
void Judge::verify_places(Verdicts& verdicts, Batch batch) {
  if (!targeting_.total_quota && targeting_.quotas.empty() && targeting_.minimums.empty()) return;
  std::array<std::uint8_t, batch_size> all_known;
  all_known.fill(1);
  const auto verify = [&](const ResultColumn& column, const Answer& answer) {
    if (answer.vectorised) {
      const std::uint8_t* known = answer.vectorised->op->run(batch).known;
      for (std::uint32_t i = 0; i < batch.count; ++i)
        all_known[i] = both(all_known[i], known[i]);
      return;
    }
    for (std::uint32_t i = 0; i < batch.count; ++i)
      all_known[i] = both(all_known[i], column.is_known(batch.first + i) ? 1 : 0);
  };
  verify(verdicts.score, score_);
  for (std::size_t line = 0; line < groups_.size(); ++line)
    verify(verdicts.groups[line], groups_[line]);
  TargetStatus* statuses = verdicts.statuses.data() + batch.first;
  for (std::uint32_t i = 0; i < batch.count; ++i) {
    const bool to_verify = statuses[i] == TargetStatus::eligible && all_known[i] == 0;
    statuses[i] = to_verify ? TargetStatus::undetermined : statuses[i];
  }
}

}  // namespace cauce::rules
