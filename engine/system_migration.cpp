// Passing plans to another version of the policy.
#include <set>

#include "engine/system_parts.hpp"
#include "workflows/plan_slots.hpp"
#include "workflows/renaming.hpp"

namespace cauce::engine {
namespace {

using workflows::PlanKind;
using workflows::RefusalKind;

const PlanKind& kind_of(const World& world, const Plan& plan) {
  return workflows::at(world.policy(plan.policy_version).plans, plan.kind);
}

/// The kinds of those plans, each with what it is in the version that they pass to, where it is something.
std::vector<workflows::PassingKind> passing_kinds(const World& world, const MigrationRequest& request) {
  std::set<const PlanKind*> seen;
  std::vector<workflows::PassingKind> kinds;
  const workflows::Policy& target = world.policy(request.to);
  for (const PlanId& id : request.plans) {
    const Plan* plan = world.plan(id);
    const auto there = target.find_plan(id.kind);
    if (!plan || !there || !seen.insert(&kind_of(world, *plan)).second) continue;
    kinds.push_back({kind_of(world, *plan), workflows::at(target.plans, *there)});
  }
  return kinds;
}

/// What `decision` does to the plan.
PlanMigration tell(const World& world, const Plan& before, const workflows::Decision& decision,
                   const Actor& actor) {
  PlanMigration told{before.id};
  Plan after = before;
  for (const workflows::Event& event : decision.events) {
    after = workflows::evolve(std::move(after), event, {actor.person});
    if (const auto* migrated = std::get_if<workflows::PlanMigrated>(&event))
      told.left_behind = migrated->left_behind;
  }
  told.changes =
      workflows::migration_changes({before, kind_of(world, before)}, {after, kind_of(world, after)});
  return told;
}

}  // namespace

Result<std::vector<PlanMigration>> System::migrate(
    const MigrationRequest& request, const Actor& actor,
    const std::function<void(std::size_t, std::size_t)>& progress) {
  Parts::Transaction transaction(*parts_);
  const World& world = parts_->world;
  if (auto refusal = parts_->lacks_right(rules::Right::migrate, actor)) return *refusal;
  if (request.to < 1 || request.to > world.current_version()) {
    return Refusal{RefusalKind::unknown_name, "no se ha publicado la versión " + std::to_string(request.to),
                   "la última es la " + std::to_string(world.current_version())};
  }
  if (const auto kinds = passing_kinds(world, request); !kinds.empty()) {
    if (auto refusal = workflows::refuse_renamings(kinds, request.renamings, request.to)) return *refusal;
  }

  const Actor trusted = {actor.person, true};  // the right was checked above
  const workflows::MigratePlan command{request.to, request.renamings};
  std::vector<PlanMigration> told;
  for (const PlanId& id : request.plans) {
    if (progress) progress(told.size(), request.plans.size());
    const Plan* found = world.plan(id);
    const Plan before = found ? *found : Plan{};
    const auto outcome = parts_->run(id, command, trusted, {});
    if (outcome) {
      told.push_back(tell(world, before, outcome.value().decision, actor));
    } else {
      told.push_back({id, outcome.refusal(), before.policy_version});
    }
  }
  if (progress) progress(told.size(), request.plans.size());
  if (!request.only_show) transaction.commit();  // what is shown is what would be done: it was, and is undone
  return told;
}

}  // namespace cauce::engine
