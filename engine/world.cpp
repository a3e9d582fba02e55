#include "engine/world.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "engine/clock.hpp"
#include "engine/event_json.hpp"
#include "engine/published_policy.hpp"
#include "engine/system_event.hpp"
#include "workflows/compile_published.hpp"

namespace cauce::engine {
namespace {

using rules::EntityKindId;
using rules::Ruleset;
using workflows::Plan;
using workflows::PlanId;
using workflows::Policy;
using workflows::PolicyVersion;

std::shared_ptr<const Policy> compile_stored(const PolicyRow& row) {
  dsl::Sources sources;
  for (const PolicyFileRow& file : row.files)
    sources.push_back({file.name, file.text});
  auto policy = workflows::compile_published(sources, row.vigencia);
  if (!policy) {
    const std::string named = "la política publicada como versión " + std::to_string(row.version);
    if (row.files.empty() || published_row(sources, {}).sha256 != row.sha256)
      throw JournalUnreadable(named + " no está como se publicó: alguien cambió la base; use un respaldo");
    throw JournalUnreadable(named + " ya no se entiende; la escribió otra versión de Cauce");
  }
  return policy;
}

PlanId parse_id(const std::string& text) {
  const auto id = PlanId::parse(text);
  if (!id) throw JournalUnreadable("el diario nombra el plan «" + text + "», que no es un nombre de plan");
  return *id;
}

/// Rows by the kind of the policy that they belong to; kinds that it does not have are left out.
rules::Territory build_territory(const Ruleset& rules, const std::vector<EntityRecord>& records) {
  std::vector<std::vector<rules::EntityRow>> rows(rules.entities.size());
  for (const EntityRecord& record : records) {
    const auto kind = rules.find_entity(record.kind);
    if (!kind) continue;
    const rules::EntityKind& declared = rules::at(rules.entities, *kind);
    rules::EntityRow row = {fields_from_json(declared.fields, record.fields), record.parent};
    row.values.at(declared.key_field) = record.key;  // what the column is called may have changed
    rows[static_cast<std::size_t>(*kind)].push_back(std::move(row));
  }
  rules::Territory territory = rules::empty_territory(rules);
  for (std::size_t kind = 0; kind < rows.size(); ++kind) {  // parents before children
    rules::add_entities(territory, rules, EntityKindId{static_cast<std::uint32_t>(kind)}, rows[kind], true);
  }
  return territory;
}

std::optional<rules::Date> parse_day(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return rules::parse_iso_date(*text);
}

/// Assignments in the terms of a policy; those of roles or kinds that it does not have are left out.
std::vector<workflows::Assignment> build_assignments(const Ruleset& rules,
                                                     const std::vector<AssignmentRow>& rows) {
  std::vector<workflows::Assignment> assignments;
  for (const AssignmentRow& row : rows) {
    const auto role = rules.find_role(row.role);
    const auto kind = rules.find_entity(row.entity_kind);
    const bool national = row.entity_kind.empty();
    if (!role || (!national && !kind)) continue;
    assignments.push_back(
        {row.person, *role, {kind, row.entity}, parse_day(row.from_day), parse_day(row.to_day)});
  }
  return assignments;
}

}  // namespace

workflows::Event plan_event(const StoredEvent& event, const Policy& policy) {
  const PlanId id = parse_id(event.plan.value_or(""));
  const auto kind = policy.find_plan(id.kind);
  if (!kind) throw JournalUnreadable("el diario nombra el tipo de plan «" + id.kind + "», que no existe");
  return event_from_json(event.kind, event.payload, policy, *kind);
}

Plan replay_event(Plan plan, const StoredEvent& event, const Policy& policy) {
  const auto instant = parse_iso_instant(event.instant);
  if (!instant) {
    throw JournalUnreadable("el asiento " + std::to_string(event.sequence) + " no dice cuándo fue: «" +
                            event.instant + "»");
  }
  plan = workflows::evolve(std::move(plan), plan_event(event, policy),
                           {event.actor, to_local(*instant, policy.rules->zone)});
  plan.version = event.sequence;
  return plan;
}

const std::shared_ptr<const Policy>& StoredWorld::shared_policy(PolicyVersion version) const {
  auto& policy = policies_[version];
  if (!policy) {
    const auto row = store_.policy(version);
    if (!row) {
      throw JournalUnreadable(
          "falta la versión " + std::to_string(version) +
          " de la política, que el diario nombra: alguien cambió la base; use un respaldo");
    }
    policy = compile_stored(*row);
  }
  return policy;
}

const Policy& StoredWorld::policy(PolicyVersion version) const {
  return *shared_policy(version);
}

PolicyVersion StoredWorld::current_version() const {
  if (!current_version_) current_version_ = store_.last_policy_version();
  return *current_version_;
}

const rules::Territory& StoredWorld::territory(PolicyVersion version) const {
  auto& territory = views_[version].territory;
  if (!territory) {
    territory =
        std::make_unique<rules::Territory>(build_territory(*policy(version).rules, store_.entities()));
  }
  return *territory;
}

const workflows::Team& StoredWorld::team(PolicyVersion version) const {
  auto& team = views_[version].team;
  if (!team) {
    const Ruleset& rules = *policy(version).rules;
    team = std::make_unique<workflows::Team>(rules, territory(version),
                                             build_assignments(rules, store_.assignments()));
  }
  return *team;
}

void StoredWorld::replay(std::map<PlanId, Plan>& plans, const StoredEvent& event) const {
  Plan& plan = plans[parse_id(event.plan.value_or(""))];
  plan = replay_event(std::move(plan), event, policy(event.policy_version));
}

const Plan* StoredWorld::plan(const PlanId& id) const {
  if (const auto known = plans_.find(id); known != plans_.end()) return &known->second;
  if (all_plans_) return nullptr;
  std::map<PlanId, Plan> found;
  store_.each_event_of(id.to_string(), [&](const StoredEvent& event) { replay(found, event); });
  if (found.empty()) return nullptr;
  plans_.merge(found);
  return &plans_.at(id);
}

std::vector<const Plan*> StoredWorld::plans() const {
  if (!all_plans_) {
    std::map<PlanId, Plan> found;
    store_.each_plan_event([&](const StoredEvent& event) { replay(found, event); });
    plans_.merge(found);  // those that are known stay where they are: someone may hold them
    all_plans_ = true;
  }
  std::vector<const Plan*> plans;
  for (const auto& [id, plan] : plans_)
    plans.push_back(&plan);
  return plans;
}

std::vector<const Plan*> StoredWorld::linked_plans(const PlanId& id, std::string_view kind) const {
  auto known = linked_.find(id);
  if (known == linked_.end()) {
    known = linked_.emplace(id, std::vector<PlanId>()).first;
    for (const std::string& linked : store_.plans_linked_to(id.to_string()))
      known->second.push_back(parse_id(linked));
  }
  std::vector<const Plan*> plans;
  for (const PlanId& linked : known->second) {
    if (dsl::same_name(linked.kind, kind)) plans.push_back(plan(linked));
  }
  return plans;
}

bool StoredWorld::is_selected(std::string_view targeting, const std::string& entity) const {
  const std::string key = dsl::fold(targeting);
  auto known = selected_.find(key);
  if (known == selected_.end()) {
    known = selected_.emplace(key, std::set<std::string>()).first;
    if (const auto selection = store_.selection(key)) {
      for (const SelectionResultRow& result : selection->results) {
        if (result.status == "selected") known->second.insert(result.entity);
      }
    }
  }
  return known->second.contains(entity);
}

bool StoredWorld::has_read(const PlanId& id) const {
  const auto plan = plans_.find(id);
  if (plan == plans_.end()) return false;
  const auto view = views_.find(plan->second.policy_version);
  return view != views_.end() && view->second.team;
}

void StoredWorld::keep_policy(PolicyVersion version, std::shared_ptr<const Policy> policy) {
  policies_[version] = std::move(policy);
  current_version_.reset();
}

void StoredWorld::keep_plan(Plan plan) {
  const auto known = plans_.find(plan.id);
  if (known != plans_.end()) {
    if (known->second.linked_to != plan.linked_to) linked_.clear();
    known->second = std::move(plan);
    return;
  }
  if (plan.linked_to) linked_.erase(*plan.linked_to);
  plans_.emplace(plan.id, std::move(plan));
}

void StoredWorld::forget_territory() {
  views_.clear();
}

void StoredWorld::forget_people() {
  for (auto& [version, view] : views_)
    view.team.reset();
}

void StoredWorld::forget_selections() {
  selected_.clear();
}

std::int64_t StoredWorld::last_event() const {
  const auto head = store_.head();
  return head ? head->sequence : 0;
}

void StoredWorld::catch_up() {
  constexpr std::int64_t most_learnt = 1000;  // of more, what is asked for is sooner read anew
  const std::int64_t last = last_event();
  if (last < seen_ || last - seen_ > most_learnt) {
    forget();
  } else {
    for (std::int64_t sequence = seen_ + 1; sequence <= last; ++sequence) {
      if (const auto event = store_.event(sequence)) learn(*event);
    }
  }
  seen_ = last;
}

/// Of the system's own events only these change what is kept here.
void StoredWorld::learn(const StoredEvent& event) {
  if (event.plan) return learn_of_plan(event);
  if (event.kind == policy_published) current_version_.reset();
  if (event.kind == entities_imported) forget_territory();
  if (event.kind == people_imported) forget_people();
  if (event.kind == selection_applied) forget_selections();
}

void StoredWorld::learn_of_plan(const StoredEvent& event) {
  const PlanId id = parse_id(*event.plan);
  const auto known = plans_.find(id);
  if (known == plans_.end() && !all_plans_) {
    linked_.clear();  // it may be new
    return;
  }
  Plan plan = known == plans_.end() ? Plan() : known->second;
  if (event.sequence <= plan.version) return;  // read since, or written by ourselves
  keep_plan(replay_event(std::move(plan), event, policy(event.policy_version)));
}

void StoredWorld::forget() {
  current_version_.reset();
  views_.clear();
  plans_.clear();
  all_plans_ = false;
  linked_.clear();
  selected_.clear();
}

void StoredWorld::forget_all() {
  forget();
  policies_.clear();
}

}  // namespace cauce::engine
