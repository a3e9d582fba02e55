// Passing plans to another version of the policy.
#include <set>

#include "dsl/fold.hpp"
#include "engine/alert_event.hpp"
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

/// The obligations of a plan of which somebody was told already: their ladder stays what it was.
std::vector<std::int64_t> told_of(Store& store, const Plan& plan) {
  std::vector<std::int64_t> told;
  for (std::size_t i = 0; i < plan.obligations.size(); ++i) {
    const auto number = static_cast<std::int64_t>(i);
    if (workflows::is_open(plan.obligations[i]) &&
        !store.alert_tables().alert_keys(plan.id.to_string(), number).empty())
      told.push_back(number);
  }
  return told;
}

}  // namespace

/// Of a ladder that was frozen before, the first version holds.
void System::freeze_ladders(const Plan& before) {
  AlertTables& tables = parts_->store->alert_tables();
  const std::string plan = before.id.to_string();
  const auto frozen = tables.frozen_ladders(plan);
  for (const std::int64_t obligation : told_of(*parts_->store, before)) {
    const bool known = std::any_of(frozen.begin(), frozen.end(),
                                   [&](const auto& ladder) { return ladder.first == obligation; });
    if (known) continue;
    record(ladder_frozen, frozen_payload(plan, obligation, before.policy_version), the_daemon);
    tables.freeze_ladder(plan, obligation, before.policy_version);
    tables.put_watch({plan, obligation, std::string()});
  }
}

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
      freeze_ladders(before);
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
