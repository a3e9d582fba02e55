#include "workflows/coverage.hpp"

namespace cauce::workflows {

Coverage::Coverage(const Policy& policy) {
  for (const rules::Targeting& targeting : policy.rules->targetings) {
    add_clauses(targeting.name, targeting.exclusions);
    add_clauses(targeting.name, targeting.requirements);
    add_clauses(targeting.name, targeting.qualifications);
  }
  for (const rules::Table& table : policy.rules->tables) {
    for (const rules::TableRow& row : table.rows)
      watch(row.result, add(CoveredPart::row, table.name, row.span), Role::result);
  }
  for (const PlanKind& plan : policy.plans)
    add_plan(plan);
  for (const Ladder& ladder : policy.ladders)
    add_ladder(ladder);
}

std::size_t Coverage::add(CoveredPart part, const std::string& owner, dsl::Span span) {
  items_.push_back({part, owner, span});
  return items_.size() - 1;
}

void Coverage::add_clauses(const std::string& owner, const std::vector<rules::TargetingClause>& clauses) {
  for (const rules::TargetingClause& clause : clauses)
    watch(clause.condition, add(CoveredPart::clause, owner, clause.span), Role::truth);
}

void Coverage::add_plan(const PlanKind& plan) {
  for (const Stage& stage : plan.stages) {
    for (const Transition& transition : stage.transitions) {
      const std::size_t item = add(CoveredPart::action, plan.name, transition.span);
      parts_.emplace(&transition, item);
      if (transition.condition) watch(*transition.condition, item, Role::condition);
    }
  }
  for (const PhaseRules& phase : plan.phases) {
    for (const Condition& exit : phase.exits)
      watch(exit.expression, add(CoveredPart::exit, plan.name, exit.span), Role::truth);
  }
}

void Coverage::add_ladder(const Ladder& ladder) {
  for (const LadderStep& step : ladder.steps)
    parts_.emplace(&step, add(CoveredPart::step, ladder.name, step.span));
  for (const Digest& digest : ladder.digests)
    parts_.emplace(&digest, add(CoveredPart::digest, ladder.name, digest.span));
}

void Coverage::evaluated(const rules::Expression& expression, const Value& value) {
  const auto found = watched_.find(&expression);
  if (found == watched_.end()) return;
  CoverageItem& item = items_.at(found->second.item);
  if (found->second.role == Role::result) {
    item.reached = true;
    return;
  }
  const auto truth = rules::truth(value);
  if (!truth) item.was_unknown = true;
  if (truth == false) item.was_false = true;
  if (truth == true && found->second.role == Role::truth) item.reached = true;
}

}  // namespace cauce::workflows
