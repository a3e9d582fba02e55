// Passing plans to another version of the policy.
#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/alert_event.hpp"
#include "engine/system_parts.hpp"
#include "workflows/names_of_plan.hpp"
#include "workflows/plan_slots.hpp"

namespace cauce::engine {
namespace {

using workflows::PlanKind;
using workflows::RefusalKind;

const PlanKind& kind_of(const World& world, const Plan& plan) {
  return workflows::at(world.policy(plan.policy_version).plans, plan.kind);
}

/// A renaming that concerns none of the plans, or names nothing of the version, is a slip of the pen.
std::optional<Refusal> refuse_idle_renaming(const World& world, const MigrationRequest& request) {
  for (const workflows::Renaming& renaming : request.renamings) {
    const bool is_known = std::any_of(request.plans.begin(), request.plans.end(), [&](const PlanId& id) {
      const Plan* plan = world.plan(id);
      return plan && workflows::has_anything(kind_of(world, *plan), renaming.from);
    });
    if (!is_known) {
      return Refusal{RefusalKind::unknown_name,
                     "ninguno de los planes tiene nada llamado «" + renaming.from + "»",
                     "se da primero el nombre que tiene hoy: «--mapear HOY=NUEVO»"};
    }
    const std::vector<PlanKind>& kinds = world.policy(request.to).plans;
    const bool is_placed = dsl::same_name(renaming.to, workflows::stage_under_way) ||
                           std::any_of(kinds.begin(), kinds.end(), [&](const PlanKind& kind) {
                             return workflows::has_anything(kind, renaming.to);
                           });
    if (!is_placed) {
      return Refusal{RefusalKind::unknown_name,
                     "la versión " + std::to_string(request.to) + " no tiene nada llamado «" + renaming.to +
                         "» que pueda ser «" + renaming.from + "»",
                     "véala con «cauce documentar»"};
    }
  }
  return std::nullopt;
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
  if (auto refusal = refuse_idle_renaming(world, request)) return *refusal;

  const Actor trusted = {actor.person, true};  // the right was checked above
  const workflows::MigratePlan command{request.to, request.renamings};
  std::vector<PlanMigration> told;
  for (const PlanId& id : request.plans) {
    if (progress) progress(told.size(), request.plans.size());
    const Plan* found = world.plan(id);
    const Plan before = found ? *found : Plan{};
    Result<workflows::Decision> decision = [&]() -> Result<workflows::Decision> {
      if (request.only_show)
        return workflows::decide(world, id, command, parts_->moment(before.policy_version), trusted);
      const auto outcome = parts_->run(id, command, trusted, {});
      if (!outcome) return outcome.refusal();
      freeze_ladders(before);
      return outcome.value().decision;
    }();
    if (decision) {
      told.push_back(tell(world, before, decision.value(), actor));
    } else {
      told.push_back({id, decision.refusal(), before.policy_version});
    }
  }
  if (progress) progress(told.size(), request.plans.size());
  if (!request.only_show) transaction.commit();
  return told;
}

}  // namespace cauce::engine
