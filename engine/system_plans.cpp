// Commands on plans: decided, recorded, and projected into the tables.
#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/event_json.hpp"
#include "engine/hash.hpp"
#include "engine/plan_rows.hpp"
#include "engine/system_parts.hpp"

namespace cauce::engine {
namespace {

using rules::EntityKindId;
using workflows::Period;
using workflows::PlanKind;
using workflows::PlanKindId;
using workflows::Policy;

Refusal stale(const Plan& plan, std::int64_t seen) {
  Refusal refusal;
  refusal.message = "el plan " + plan.id.to_string() + " cambió: va en la versión " +
                    std::to_string(plan.version) + ", no en la " + std::to_string(seen);
  refusal.help = "vuelva a mirar el plan («cauce estado " + plan.id.to_string() + "») y repita la orden";
  return refusal;
}

/// The obligation that a command names: the only one of its name where it names no period.
std::optional<workflows::ObligationId> find_obligation(const Plan& plan, const PlanKind& kind,
                                                       const std::string& name,
                                                       const std::optional<Period>& period) {
  const auto obligation_kind = kind.find_obligation(name);
  if (!obligation_kind) return std::nullopt;
  std::optional<workflows::ObligationId> found;
  for (std::size_t i = 0; i < plan.obligations.size(); ++i) {
    const workflows::Obligation& obligation = plan.obligations[i];
    if (obligation.kind != *obligation_kind || (period && obligation.period != period)) continue;
    if (obligation.state == workflows::ObligationState::retired) continue;
    if (found) return std::nullopt;
    found = workflows::ObligationId{static_cast<std::uint32_t>(i)};
  }
  return found;
}

/// What is delivered, whatever the order of its fields.
std::string content_of(const workflows::DeliverReport& command) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const workflows::FieldInput& field : command.fields)
    fields.emplace_back(dsl::fold(field.name), field.text);
  std::sort(fields.begin(), fields.end());
  std::string content;
  for (const auto& [name, text] : fields) {
    append_part(content, name);
    append_part(content, text);
  }
  return content;
}

std::string content_of(const workflows::AchieveHito& command) {
  std::string content;
  append_part(content, command.happened_on ? rules::to_iso(*command.happened_on) : std::string());
  append_part(content, command.evidence);
  return content;
}

std::string hash_of(const workflows::Obligation& obligation, std::int64_t number, const std::string& content,
                    const std::optional<std::string>& key) {
  std::string bytes;
  append_part(bytes, std::to_string(number));
  append_part(bytes, key ? "key" : std::to_string(obligation.returns + obligation.reopenings));
  append_part(bytes, key ? *key : content);
  return to_hex(blake2b_256(bytes));
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

DeliveryFingerprint fingerprint_of(const Command& command, const Plan& plan, const PlanKind& kind,
                                   const std::optional<std::string>& key) {
  std::optional<workflows::ObligationId> obligation;
  std::string content;
  if (const auto* report = std::get_if<workflows::DeliverReport>(&command)) {
    obligation = find_obligation(plan, kind, report->report, report->period);
    content = content_of(*report);
  } else if (const auto* hito = std::get_if<workflows::AchieveHito>(&command)) {
    obligation = find_obligation(plan, kind, hito->hito, std::nullopt);
    content = content_of(*hito);
  }
  if (!obligation) return {};
  const auto number = static_cast<std::int64_t>(*obligation);
  return {number, hash_of(plan.obligation(*obligation), number, content, key)};
}

Result<RunOutcome> System::Parts::run(const PlanId& id, const Command& command, const Actor& actor,
                                      const RunOptions& options) {
  const Plan* plan = world.plan(id);
  DeliveryFingerprint fingerprint;
  if (plan) {
    if (options.if_version && plan->version != *options.if_version) return stale(*plan, *options.if_version);
    const PlanKind& kind = workflows::at(world.policy(plan->policy_version).plans, plan->kind);
    fingerprint = fingerprint_of(command, *plan, kind, options.idempotency_key);
  }
  if (!fingerprint.value.empty()) {
    const auto last = store->last_delivery(id.to_string(), fingerprint.obligation);
    const bool counts = last && (options.idempotency_key || !last->annulled);
    if (counts && last->fingerprint == fingerprint.value) return RunOutcome{plan->version, {}, true};
  }
  const Moment now = moment(plan ? plan->policy_version : world.current_version());
  auto decision = workflows::decide(world, id, command, now, actor);
  if (!decision) return decision.refusal();
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
  Parts::Transaction transaction(*parts_);
  auto outcome = parts_->run(plan, command, actor, options);
  if (outcome) transaction.commit();
  return outcome;
}

System::BatchOutcome System::run_all(const std::vector<std::pair<PlanId, Command>>& commands,
                                     const Actor& actor, Batch batch, const Progress& progress) {
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
