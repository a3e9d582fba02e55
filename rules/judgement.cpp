#include "rules/judgement.hpp"

#include <algorithm>

#include "dsl/fold.hpp"

namespace cauce::rules {
namespace {

using List = StatusReason::List;

void add_once(std::vector<std::string>& names, const std::vector<std::string>& more) {
  for (const std::string& name : more) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
}

/// What one entity gets from the policy's expressions, gathered with what is missing in them.
class Judging {
 public:
  Judging(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
          std::uint32_t row, EvaluationObserver* observer)
      : targeting_(targeting),
        rules_(rules),
        facts_(rules, territory, targeting.entity, row),
        as_of_(as_of),
        observer_(observer) {
    result_.row = row;
  }

  /// From now on a group that is unknown matters only for want of one of these (folded) names.
  void ask_only_for(const std::set<std::string>* named) { named_ = named; }

  Judgement make() {
    judge_clauses();
    score();
    group();
    const bool counts = targeting_.total_quota || !targeting_.quotas.empty() || !targeting_.minimums.empty();
    if (result_.status == TargetStatus::eligible && counts && unknown_place_) {
      result_.status = TargetStatus::undetermined;
    }
    if (result_.status == TargetStatus::eligible || result_.status == TargetStatus::undetermined) {
      add_once(result_.missing, missing_in_place_);
    }
    return {std::move(result_), std::move(faults_)};
  }

 private:
  /// A value, and the names that made it unknown.
  struct Evaluated {
    Value value;
    std::vector<std::string> missing;
  };

  Evaluated value_of(const Expression& expression) {
    EvaluationNotes notes;
    Value value = evaluate(expression, facts_, {rules_, as_of_, &notes, observer_});
    add_once(faults_, notes.faults);
    if (!is_missing(value)) notes.missing.clear();
    return {std::move(value), std::move(notes.missing)};
  }

  /// The truth values of a list of clauses, how many there are of each, and what is missing in them.
  struct Verdicts {
    List list;
    std::vector<Value> values;
    std::vector<std::string> missing;

    bool some(std::optional<bool> wanted) const {
      return std::any_of(values.begin(), values.end(), [&](const Value& v) { return truth(v) == wanted; });
    }
    bool all(std::optional<bool> wanted) const {
      return std::all_of(values.begin(), values.end(), [&](const Value& v) { return truth(v) == wanted; });
    }
  };

  Verdicts judge(List list, const std::vector<TargetingClause>& clauses) {
    Verdicts verdicts{list, {}, {}};
    for (const TargetingClause& clause : clauses) {
      Evaluated condition = value_of(clause.condition);
      verdicts.values.push_back(std::move(condition.value));
      add_once(verdicts.missing, condition.missing);
    }
    return verdicts;
  }

  /// The clauses of a list that gave `verdict` are reasons of the status.
  void because(const Verdicts& verdicts, std::optional<bool> verdict) {
    for (std::size_t clause = 0; clause < verdicts.values.size(); ++clause) {
      if (truth(verdicts.values[clause]) != verdict) continue;
      result_.reasons.push_back({verdicts.list, static_cast<std::uint32_t>(clause), verdicts.values[clause]});
    }
    if (!verdict) add_once(result_.missing, verdicts.missing);
  }

  /// Status, clause by clause, by three-valued logic: the four cases of language.md, 2.6, in their order.
  void judge_clauses() {
    const Verdicts exclusions = judge(List::exclusion, targeting_.exclusions);
    const Verdicts requirements = judge(List::requirement, targeting_.requirements);
    const Verdicts qualifications = judge(List::qualification, targeting_.qualifications);
    const bool none_qualifies = !qualifications.values.empty() && qualifications.all(false);
    const bool may_qualify = !qualifications.some(true) && qualifications.some(std::nullopt);

    if (exclusions.some(true)) {
      result_.status = TargetStatus::excluded;
      because(exclusions, true);
    } else if (requirements.some(false) || none_qualifies) {
      result_.status = TargetStatus::ineligible;
      because(requirements, false);
      if (none_qualifies) because(qualifications, false);
    } else if (exclusions.some(std::nullopt) || requirements.some(std::nullopt) || may_qualify) {
      result_.status = TargetStatus::undetermined;
      because(exclusions, std::nullopt);
      because(requirements, std::nullopt);
      if (may_qualify) because(qualifications, std::nullopt);
    } else {
      result_.status = TargetStatus::eligible;
      because(qualifications, true);
    }
  }

  /// The sum of the parts; unknown if one of them is, or if the sum has no number.
  void score() {
    result_.score = Decimal();
    for (const TargetingScore& part : targeting_.score) {
      Evaluated evaluated = value_of(part.value);
      const Decimal* known = std::get_if<Decimal>(&evaluated.value);
      result_.score = known && result_.score ? add(*result_.score, *known) : std::nullopt;
      add_once(missing_in_place_, evaluated.missing);
      result_.parts.push_back(std::move(evaluated.value));
    }
    if (!result_.score) unknown_place_ = true;
  }

  void group() {
    for (const TargetingQuota& quota : targeting_.quotas)
      add_group(quota.group);
    for (const TargetingMinimum& minimum : targeting_.minimums)
      add_group(minimum.group);
  }

  void add_group(const Expression& expression) {
    const Evaluated evaluated = value_of(expression);
    const bool known = !is_missing(evaluated.value);
    result_.groups.push_back(known ? to_display(evaluated.value) : "");
    if (known || !is_asked_for(evaluated.missing)) return;
    unknown_place_ = true;
    add_once(missing_in_place_, evaluated.missing);
  }

  /// `departamento.nombre` is asked for where the departamento is.
  bool is_asked_for(const std::vector<std::string>& missing) const {
    return named_ == nullptr || std::any_of(missing.begin(), missing.end(), [&](const std::string& name) {
             return named_->contains(dsl::fold(name.substr(0, name.find('.'))));
           });
  }

  const Targeting& targeting_;
  const Ruleset& rules_;
  EntityFacts facts_;
  Date as_of_;
  EvaluationObserver* observer_;
  const std::set<std::string>* named_ = nullptr;
  TargetResult result_;
  bool unknown_place_ = false;  // its score or a group is not known
  std::vector<std::string> missing_in_place_;
  std::vector<std::string> faults_;
};

}  // namespace

Judgement judge_one(const Targeting& targeting, const Ruleset& rules, const Territory& territory, Date as_of,
                    std::uint32_t row, const std::set<std::string>* named, EvaluationObserver* observer) {
  Judging judging(targeting, rules, territory, as_of, row, observer);
  judging.ask_only_for(named);
  return judging.make();
}

}  // namespace cauce::rules
