#include "engine/journal_player.hpp"

#include "engine/plan_rows.hpp"
#include "engine/system_event.hpp"

namespace cauce::engine {

using workflows::Plan;

JournalPlayer::JournalPlayer(Rows rows)
    : rows_(rows), store_(create_store_in_memory()), world_(std::make_unique<StoredWorld>(*store_)) {
  store_->begin();
}

void JournalPlayer::play(const StoredEvent& event) {
  store_->append(event);
  if (event.plan) {
    play_on_plan(event);
  } else {
    project_system_event(*store_, event);
  }
}

std::unique_ptr<Store> JournalPlayer::finish() {
  if (rows_ == Rows::all) {
    for (const auto& [id, plan] : plans_)
      put_rows(*store_, plan, world_->policy(plan.policy_version));
  } else {
    store_->set_setting(plans_only_setting, "yes");
  }
  store_->commit();
  world_.reset();
  return std::move(store_);
}

const workflows::PlanKind& JournalPlayer::kind_of(const Plan& plan) const {
  return workflows::at(world_->policy(plan.policy_version).plans, plan.kind);
}

void JournalPlayer::play_on_plan(const StoredEvent& event) {
  const bool is_new = !plans_.contains(*event.plan);
  if (!is_new && rows_ == Rows::of_plans) return;
  Plan& plan = plans_[*event.plan];
  const workflows::Policy& policy = world_->policy(event.policy_version);
  plan = replay_event(std::move(plan), event, policy);
  // Rows of deliveries and alerts refer to that of the plan.
  if (is_new) put_plan_row(*store_, plan, kind_of(plan));
  if (rows_ == Rows::of_plans) return;
  put_delivery(*store_, event, plan_event(event, policy), plan, kind_of(plan));
}

}  // namespace cauce::engine
