#include "workflows/scenario_world.hpp"

#include <algorithm>

#include "dsl/fold.hpp"

namespace cauce::workflows {
namespace {

std::string key_of(const Policy& policy, const rules::Territory& territory, EntityKindId kind,
                   std::uint32_t row) {
  return territory.key_of(*policy.rules, kind, row);
}

}  // namespace

ScenarioWorld::ScenarioWorld(const Policy& policy, PlanKindId kind, const GivenValues& values,
                             rules::EvaluationObserver* observer)
    : policy_(policy), observer_(observer), territory_(rules::empty_territory(*policy.rules)) {
  const std::uint32_t row = add_given(territory_, *policy.rules, at(policy.plans, kind).entity, values, true);
  want_above(kind, row);
  wanted_.push_back({kind, row});
  tested_ = id_of(wanted_.back());
  want_below(kind, row);
  invent_people();
}

bool ScenarioWorld::is_wanted(PlanKindId kind) const {
  return std::any_of(wanted_.begin(), wanted_.end(),
                     [&](const Wanted& wanted) { return wanted.kind == kind; });
}

PlanId ScenarioWorld::id_of(const Wanted& wanted) const {
  const PlanKind& kind = at(policy_.plans, wanted.kind);
  return {kind.name, key_of(policy_, territory_, kind.entity, wanted.row), policy_.rules->vigencia};
}

/// The plan to which one of `kind` is tied, and those to which that one is.
void ScenarioWorld::want_above(PlanKindId kind, std::uint32_t row) {
  const PlanKind& below = at(policy_.plans, kind);
  if (!below.linked_to) return;
  const EntityKindId entity = at(policy_.plans, *below.linked_to).entity;
  const std::uint32_t above = territory_.ancestor(*policy_.rules, below.entity, row, entity);
  if (above == rules::no_row) return;
  want_above(*below.linked_to, above);
  wanted_.push_back({*below.linked_to, above});
}

/// One plan of each kind that is tied to one of `kind`, and of those that are tied to these.
void ScenarioWorld::want_below(PlanKindId kind, std::uint32_t row) {
  for (std::uint32_t i = 0; i < policy_.plans.size(); ++i) {
    const auto below = static_cast<PlanKindId>(i);
    const PlanKind& linked = policy_.plans[i];
    if (linked.linked_to != kind || is_wanted(below)) continue;
    const std::uint32_t entity = row_below(linked.entity, at(policy_.plans, kind).entity, row);
    wanted_.push_back({below, entity});
    want_below(below, entity);
  }
}

/// An invented entity of `kind` that lies in the given one, or that one itself if it is of that kind.
std::uint32_t ScenarioWorld::row_below(EntityKindId kind, EntityKindId above, std::uint32_t row) {
  if (kind == above) return row;
  const auto& entities = policy_.rules->entities;
  GivenValues values;
  values[at(entities, above).key] = key_of(policy_, territory_, above, row);
  return add_given(territory_, *policy_.rules, kind, values, true);
}

void ScenarioWorld::invent_people() {
  std::vector<Assignment> assignments;
  for (std::uint32_t i = 0; i < policy_.rules->roles.size(); ++i) {
    const rules::Role& role = policy_.rules->roles[i];
    const auto id = static_cast<RoleId>(i);
    if (role.national) assignments.push_back({role.name, id, {}});
    for (const EntityKindId scope : role.scopes) {
      for (std::uint32_t row = 0; row < territory_.of(scope).size(); ++row)
        assignments.push_back({role.name, id, {scope, key_of(policy_, territory_, scope, row)}});
    }
  }
  team_ = Team(*policy_.rules, territory_, std::move(assignments));
}

const Plan* ScenarioWorld::plan(const PlanId& id) const {
  const auto found = plans_.find(id);
  return found == plans_.end() ? nullptr : &found->second;
}

std::vector<const Plan*> ScenarioWorld::linked_plans(const PlanId& id, std::string_view kind) const {
  std::vector<const Plan*> linked;
  for (const auto& [other, plan] : plans_) {
    if (plan.linked_to == id && dsl::same_name(other.kind, kind)) linked.push_back(&plan);
  }
  return linked;
}

std::optional<Refusal> ScenarioWorld::create_plans(const Moment& moment) {
  const Actor nobody{{}, true};
  for (const Wanted& wanted : wanted_) {
    const PlanId id = id_of(wanted);
    const auto created = decide(*this, id, CreatePlan{id.kind, id.entity}, moment, nobody);
    if (!created) return created.refusal();
    Plan plan;
    for (const Event& event : created.value().events)
      plan = evolve(std::move(plan), event, {{}, {moment.date, moment.time}});
    plans_.emplace(id, std::move(plan));
  }
  return std::nullopt;
}

void ScenarioWorld::apply(const Decision& decision, const Moment& moment, const Actor& actor) {
  Plan& plan = plans_.at(tested_);
  for (const Event& event : decision.events)
    plan = evolve(std::move(plan), event, {actor.person, {moment.date, moment.time}});
}

}  // namespace cauce::workflows
