#include "workflows/test_names.hpp"

#include <algorithm>

namespace cauce::workflows {
namespace {

/// The action that ends a phase without stages.
constexpr std::string_view finish_action = "terminar";

Columns columns_of(const std::vector<rules::Field>& fields) {
  Columns columns;
  for (const rules::Field& field : fields)
    columns.add(field.key, field.name, field.type);
  return columns;
}

Columns columns_of(EntityKindId entity, const rules::Ruleset& rules) {
  Columns columns = columns_of(at(rules.entities, entity).fields);
  for (auto above = at(rules.entities, entity).parent; above; above = at(rules.entities, *above).parent) {
    const rules::EntityKind& kind = at(rules.entities, *above);
    columns.add(kind.key, kind.name, rules::Type::text());
  }
  return columns;
}

Index actions_of(const PlanKind& kind) {
  Index actions;
  for (const Stage& stage : kind.stages) {
    for (const Transition& transition : stage.transitions)
      actions.add(transition.action_key, transition.action);
  }
  const bool without_stages = std::any_of(kind.phases.begin(), kind.phases.end(),
                                          [](const PhaseRules& phase) { return phase.stages.empty(); });
  if (without_stages) actions.add(std::string(finish_action), std::string(finish_action));
  return actions;
}

}  // namespace

const Columns& TestNames::of(EntityKindId entity) {
  const auto [known, is_new] = entities_.try_emplace(entity);
  if (is_new) known->second = columns_of(entity, *policy_.rules);
  return known->second;
}

const Columns& TestNames::of(const std::vector<rules::Field>& fields) {
  const auto [known, is_new] = forms_.try_emplace(&fields);
  if (is_new) known->second = columns_of(fields);
  return known->second;
}

const PlanNames& TestNames::of(PlanKindId plan) {
  const auto [known, is_new] = plans_.try_emplace(plan);
  PlanNames& names = known->second;
  if (!is_new) return names;
  const PlanKind& kind = at(policy_.plans, plan);
  names.obligations = Index(kind.obligations);
  names.components = Index(kind.components);
  names.actions = actions_of(kind);
  if (!kind.ladder) return names;
  for (const LadderStep& step : at(policy_.ladders, *kind.ladder).steps)
    names.steps.emplace(step.side, step.offset.days);
  return names;
}

const std::set<std::string_view>& TestNames::reasons_of(rules::TargetingId id) {
  const auto [known, is_new] = reasons_.try_emplace(id);
  if (!is_new) return known->second;
  const rules::Targeting& targeting = at(policy_.rules->targetings, id);
  for (const auto* clauses : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
    for (const rules::TargetingClause& clause : *clauses)
      known->second.insert(clause.because);
  }
  return known->second;
}

}  // namespace cauce::workflows
