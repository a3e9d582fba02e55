// Commands on plans: decided, recorded, and projected into the tables.
#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/delivery_fingerprint.hpp"
#include "engine/event_json.hpp"
#include "engine/plan_rows.hpp"
#include "engine/system_parts.hpp"
#include "workflows/deliverer.hpp"

namespace cauce::engine {
namespace {

using rules::EntityKindId;
using workflows::PlanKind;
using workflows::PlanKindId;
using workflows::Policy;

/// `está activo, en formulación, etapa «borrador»`
std::string present_state(const Plan& plan, const PlanKind& kind) {
  std::string text = "está " + std::string(spanish_name(plan.lifecycle.standing)) + ", en " +
                     std::string(spanish_name(plan.lifecycle.phase));
  if (plan.stage) text += ", etapa «" + workflows::at(kind.stages, *plan.stage).name + "»";
  return text;
}

/// What the plan now is, for who saw it otherwise.
Refusal stale(const Plan& plan, const PlanKind& kind, const std::string& zone,
              const std::optional<StoredEvent>& last, std::int64_t seen) {
  Refusal refusal;
  const std::string version = "va en la versión " + std::to_string(plan.version);
  if (seen > plan.version) {
    refusal.message = "el plan " + plan.id.to_string() + " no ha tenido una versión " + std::to_string(seen) +
                      ": " + version;
  } else {
    refusal.message =
        "el plan " + plan.id.to_string() + " cambió: " + version + ", no en la " + std::to_string(seen);
  }
  refusal.reasons.push_back(present_state(plan, kind));
  const auto instant = last ? parse_iso_instant(last->instant) : std::nullopt;
  if (instant)
    refusal.reasons.push_back("su último cambio lo hizo «" + last->actor + "», el " +
                              rules::to_spanish(to_local(*instant, zone).date));
  refusal.help = "vuelva a mirar el plan («cauce estado " + plan.id.to_string() + "») y repita la orden";
  return refusal;
}

/// Kinds whose plans others are tied to come first.
std::vector<PlanKindId> linked_kinds_first(const Policy& policy) {
  std::vector<PlanKindId> order;
  const auto place = [&](const auto& self, PlanKindId kind) -> void {
    if (std::find(order.begin(), order.end(), kind) != order.end()) return;
    if (const auto above = workflows::at(policy.plans, kind).linked_to) self(self, *above);
    order.push_back(kind);
  };
  for (std::size_t i = 0; i < policy.plans.size(); ++i)
    place(place, PlanKindId{static_cast<std::uint32_t>(i)});
  return order;
}

/// The plans of a kind that there should be: one per entity, or per selected one.
std::vector<PlanId> plans_to_be(const StoredWorld& world, const Policy& policy, const PlanKind& kind) {
  const rules::Ruleset& rules = *policy.rules;
  std::vector<PlanId> ids;
  for (std::uint32_t row = 0; row < world.territory().of(kind.entity).size(); ++row) {
    const std::string entity = world.territory().key_of(rules, kind.entity, row);
    if (kind.targeting) {
      const auto& targeting = rules::at(rules.targetings, *kind.targeting);
      if (!world.is_selected(targeting.name, entity)) continue;
    }
    ids.push_back({kind.name, entity, rules.vigencia});
  }
  return ids;
}

/// The plan that a decision is about: one that it makes is named by what it is, not by the caller.
const PlanId& plan_of(const workflows::Decision& decision, const PlanId& asked) {
  if (decision.events.empty()) return asked;
  const auto* created = std::get_if<workflows::PlanCreated>(&decision.events.front());
  return created ? created->plan : asked;
}

void count_obligations(const Plan& plan, PlanCreation& creation) {
  creation.obligations += plan.obligations.size();
  for (const workflows::Obligation& obligation : plan.obligations) {
    if (!obligation.due && obligation.state == workflows::ObligationState::pending) ++creation.without_due;
  }
}

}  // namespace

Result<RunOutcome> System::Parts::run(const PlanId& id, const Command& command, const Actor& actor,
                                      const RunOptions& options) {
  const Plan* plan = world.plan(id);
  DeliveryFingerprint fingerprint;
  if (plan) {
    const Policy& policy = world.policy(plan->policy_version);
    const PlanKind& kind = workflows::at(policy.plans, plan->kind);
    if (options.if_version && plan->version != *options.if_version)
      return stale(*plan, kind, policy.rules->zone, store->event(plan->version), *options.if_version);
    fingerprint = fingerprint_of(command, *plan, kind, options.idempotency_key);
  }
  const Moment now = moment(plan ? plan->policy_version : world.current_version());
  if (!fingerprint.value.empty()) {
    const auto last = store->last_delivery(id.to_string(), fingerprint.obligation);
    const bool counts = last && (options.idempotency_key || !last->annulled);
    if (counts && last->fingerprint == fingerprint.value) {
      // Only who may deliver it learns that it is there.
      if (auto refusal = workflows::refuse_deliverer(world, id, command, now, actor)) return *refusal;
      return RunOutcome{plan->version, {}, true};
    }
  }
  auto decision = workflows::decide(world, id, command, now, actor);
  if (!decision) return decision.refusal();
  if (decision.value().events.empty()) return RunOutcome{plan->version, std::move(decision.value()), true};
  const std::int64_t version =
      record(plan_of(decision.value(), id), decision.value(), actor, now, fingerprint.value);
  return RunOutcome{version, std::move(decision.value()), false};
}

/// Writes what was decided; gives the plan's version after it.
std::int64_t System::Parts::record(const PlanId& id, const workflows::Decision& decision, const Actor& actor,
                                   const Moment& now, const std::string& fingerprint) {
  const Plan* before = world.plan(id);
  Plan plan = before ? *before : Plan();
  struct Delivery {
    StoredEvent stored;
    const workflows::Event* event;
  };
  std::vector<Delivery> recorded;
  const EventNotes notes = {decision.acting_role, decision.stand_in, fingerprint};
  for (const workflows::Event& event : decision.events) {
    plan = workflows::evolve(std::move(plan), event, {actor.person, {now.date, now.time}});
    const PlanKind& kind = workflows::at(world.policy(plan.policy_version).plans, plan.kind);
    StoredEvent stored = append(workflows::kind_of(event), to_json(event, plan, kind, notes), actor,
                                now.instant, plan.policy_version, id.to_string());
    plan.version = stored.sequence;
    recorded.push_back({std::move(stored), &event});
  }
  if (recorded.empty()) return plan.version;
  const Policy& policy = world.policy(plan.policy_version);
  const PlanKind& kind = workflows::at(policy.plans, plan.kind);
  put_rows(*store, plan, policy, before);
  for (const Delivery& delivery : recorded)
    put_delivery(*store, delivery.stored, *delivery.event, plan, kind);
  const std::int64_t version = plan.version;
  world.keep_plan(std::move(plan));
  return version;
}

Result<RunOutcome> System::run(const PlanId& plan, const Command& command, const Actor& actor,
                               const RunOptions& options) {
  if (parts_->store->depth() == 0 && !parts_->world.has_read(plan)) {
    world();
    parts_->read_ahead(plan);
  }
  Parts::Transaction transaction(*parts_);
  auto outcome = parts_->run(plan, command, actor, options);
  if (outcome) transaction.commit();
  return outcome;
}

System::BatchOutcome System::run_all(const std::vector<std::pair<PlanId, Command>>& commands,
                                     const Actor& actor, Batch batch, const Progress& progress) {
  if (parts_->store->depth() == 0) {
    world();
    for (const auto& [plan, command] : commands)
      parts_->read_ahead(plan);
  }
  Parts::Transaction transaction(*parts_);
  BatchOutcome outcome;
  outcome.outcomes.reserve(commands.size());
  for (const auto& [plan, command] : commands) {
    outcome.outcomes.push_back(parts_->run(plan, command, actor, {}));
    if (!outcome.outcomes.back()) ++outcome.refused;
    if (progress) progress(outcome.outcomes.size(), commands.size());
  }
  outcome.recorded = outcome.refused == 0 || batch == Batch::partial;
  if (outcome.recorded) transaction.commit();
  return outcome;
}

Result<PlanCreation> System::create_plans(const std::optional<std::string>& kind, const Actor& actor,
                                          const Progress& progress) {
  Parts::Transaction transaction(*parts_);
  StoredWorld& world = parts_->world;
  if (auto refusal = parts_->lacks_right(rules::Right::plans, actor)) return *refusal;
  const auto policy = world.shared_policy(world.current_version());
  if (kind && !policy->find_plan(*kind)) {
    return Refusal{workflows::RefusalKind::unknown_name, "no hay ningún tipo de plan «" + *kind + "»"};
  }
  std::vector<PlanId> ids;
  for (const PlanKindId each : linked_kinds_first(*policy)) {
    if (kind && policy->find_plan(*kind) != each) continue;
    const auto of_kind = plans_to_be(world, *policy, workflows::at(policy->plans, each));
    ids.insert(ids.end(), of_kind.begin(), of_kind.end());
  }
  PlanCreation creation;
  const Actor trusted = {actor.person, true};  // the right was checked above
  for (std::size_t done = 0; done < ids.size(); ++done) {
    const PlanId& id = ids[done];
    if (progress) progress(done, ids.size());
    if (world.plan(id)) {
      ++creation.existing;
      continue;
    }
    const auto outcome = parts_->run(id, workflows::CreatePlan{id.kind, id.entity}, trusted, {});
    if (!outcome) {
      Refusal refusal = outcome.refusal();
      refusal.message = "no se puede crear " + id.to_string() + ": " + refusal.message;
      return refusal;
    }
    ++creation.created;
    ++creation.by_kind[id.kind];
    count_obligations(*world.plan(id), creation);
  }
  if (progress) progress(ids.size(), ids.size());
  transaction.commit();
  return creation;
}

}  // namespace cauce::engine
