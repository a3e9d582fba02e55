#include "engine/query_rows.hpp"

#include <map>

#include "dsl/fold.hpp"
#include "engine/alerts.hpp"
#include "engine/store/store.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/plan_slots.hpp"

namespace cauce::engine {
namespace {

using rules::Scope;
using rules::Type;
using rules::Value;
using workflows::ObligationType;
using workflows::PlanKindId;

/// Beyond all that plans and entities number.
constexpr std::uint32_t added_slots = 8U << 24;

/// Facts with a few more: what people expect to see beside what the language names.
class ExtendedFacts : public rules::Facts {
 public:
  ExtendedFacts(std::unique_ptr<rules::Facts> inner, std::vector<Value> added)
      : inner_(std::move(inner)), added_(std::move(added)) {}
  Value value(std::uint32_t slot) const override {
    if (slot >= added_slots) return added_.at(slot - added_slots);
    return inner_ ? inner_->value(slot) : Value(rules::Missing());
  }
  std::size_t size(std::uint32_t collection) const override { return inner_ ? inner_->size(collection) : 0; }
  const rules::Facts& element(std::uint32_t collection, std::size_t index) const override {
    return inner_->element(collection, index);
  }
  Value ask(rules::ThingQuestion question, std::uint32_t thing,
            const std::optional<rules::Period>& period) const override {
    return inner_ ? inner_->ask(question, thing, period) : Value(rules::Missing());
  }

 private:
  std::unique_ptr<rules::Facts> inner_;
  std::vector<Value> added_;
};

void add_slot(Scope& scope, const std::string& name, const Type& type, std::uint32_t& next) {
  // What the language names itself stays as it is.
  scope.slots.try_emplace(dsl::fold(name), rules::SlotBinding{next, type, name, {}});
  ++next;
}

std::shared_ptr<const Scope> with_texts(Scope scope, const std::vector<std::string>& names) {
  std::uint32_t next = added_slots;
  for (const std::string& name : names)
    add_slot(scope, name, Type::text(), next);
  return std::make_shared<const Scope>(std::move(scope));
}

// --- Plans and what is in them
// ------------------------------------------------------------------------------

enum class PlanPart { plan, hito, report, component };

const Scope& scope_of(const workflows::Policy& policy, PlanKindId kind, PlanPart part) {
  switch (part) {
    case PlanPart::plan:
      return policy.plan_scopes->plan(kind);
    case PlanPart::hito:
      return policy.plan_scopes->hito(kind);
    case PlanPart::report:
      return policy.plan_scopes->report(kind);
    case PlanPart::component:
      break;
  }
  return policy.plan_scopes->component(kind);
}

Value entity_name(const World& world, const workflows::Policy& policy, const Plan& plan,
                  const workflows::PlanKind& kind) {
  const rules::Territory& territory = world.territory(plan.policy_version);
  const auto row = territory.find(kind.entity, plan.id.entity);
  if (!row) return plan.id.entity;
  return territory.name_of(*policy.rules, kind.entity, *row);
}

void add_plan_rows(const World& world, const workflows::Policy& policy, const Plan& plan, PlanPart part,
                   rules::Date today, RowGroup& group) {
  const workflows::PlanKind& kind = at(policy.plans, plan.kind);
  const std::vector<Value> added = {plan.id.to_string(), entity_name(world, policy, plan, kind)};
  const auto add = [&](std::unique_ptr<rules::Facts> facts) {
    group.rows.push_back(std::make_unique<ExtendedFacts>(std::move(facts), added));
  };
  if (part == PlanPart::plan) return add(workflows::plan_facts(world, plan, today));
  if (part == PlanPart::component) {
    for (std::uint32_t i = 0; i < kind.components.size(); ++i) {
      add(workflows::component_facts(world, plan, workflows::ComponentId{i}, today));
    }
    return;
  }
  const ObligationType type = part == PlanPart::hito ? ObligationType::hito : ObligationType::report;
  for (std::uint32_t i = 0; i < plan.obligations.size(); ++i) {
    const workflows::Obligation& obligation = plan.obligations[i];
    if (!workflows::counts(obligation) || workflows::kind_of(kind, obligation).type != type) continue;
    add(workflows::obligation_facts(world, plan, workflows::ObligationId{i}, today));
  }
}

std::vector<RowGroup> plan_groups(System& system, PlanPart part, rules::Date today, const Sight& sight) {
  const World& world = system.world();
  std::map<std::pair<PolicyVersion, PlanKindId>, RowGroup> groups;
  const auto group_of = [&](PolicyVersion version, PlanKindId id) -> RowGroup& {
    const auto [found, is_new] = groups.try_emplace({version, id});
    if (is_new) {
      const auto policy = system.policy(version);
      found->second.called = "los planes " + at(policy->plans, id).name;
      found->second.policy = policy;
      found->second.scope = with_texts(scope_of(*policy, id, part), {"plan", "nombre_de_la_entidad"});
    }
    return found->second;
  };
  // The kinds of the policy in force are there even without plans, so that mistakes in a query still show.
  const PolicyVersion current = system.current_version();
  for (std::uint32_t i = 0; i < system.policy(current)->plans.size(); ++i)
    group_of(current, PlanKindId{i});
  for (const Plan* plan : system.all_plans()) {
    if (!sees(sight, world, *plan)) continue;
    RowGroup& group = group_of(plan->policy_version, plan->kind);
    add_plan_rows(world, *group.policy, *plan, part, today, group);
  }
  std::vector<RowGroup> all;
  for (auto& [key, group] : groups)
    all.push_back(std::move(group));
  return all;
}

// --- Entities
// -------------------------------------------------------------------------------------------------

Collection entities(System& system, rules::EntityKindId kind, const Sight& sight) {
  const auto policy = system.policy(system.current_version());
  const World& world = system.world();
  const rules::Territory& territory = world.territory();
  const rules::EntityKind& entity = at(policy->rules->entities, kind);
  // The scope belongs to the policy, which the group keeps alive.
  RowGroup group{"las entidades " + entity.name,
                 policy,
                 std::shared_ptr<const Scope>(policy, &policy->entity_scopes->of(kind)),
                 {}};
  for (std::uint32_t row = 0; row < territory.of(kind).size(); ++row) {
    if (!sees_entity(sight, world, kind, territory.key_of(*policy->rules, kind, row))) continue;
    group.rows.push_back(std::make_unique<rules::EntityFacts>(*policy->rules, territory, kind, row));
  }
  Collection collection;
  for (const rules::Field& field : entity.fields)
    collection.shown.push_back(field.name);
  if (entity.parent) collection.shown.push_back(at(policy->rules->entities, *entity.parent).name);
  collection.groups.push_back(std::move(group));
  return collection;
}

// --- Records of texts: people, alerts
// -------------------------------------------------------------------------

Value text_or_missing(const std::string& text) {
  return text.empty() ? Value(rules::Missing()) : Value(text);
}

/// Rows of texts under names; an empty text is *sin dato*.
Collection records(System& system, const std::string& called, const std::vector<std::string>& names,
                   const std::vector<std::vector<std::string>>& rows) {
  RowGroup group{called, system.policy(system.current_version()), with_texts({}, names), {}};
  for (const std::vector<std::string>& row : rows) {
    std::vector<Value> values;
    for (const std::string& text : row)
      values.push_back(text_or_missing(text));
    group.rows.push_back(std::make_unique<ExtendedFacts>(nullptr, std::move(values)));
  }
  Collection collection{{}, names};
  collection.groups.push_back(std::move(group));
  return collection;
}

/// One row an assignment; who has none has one row without it. Of the others, those who hold something where
/// one does oneself.
Collection people(System& system, const Sight& sight) {
  const World& world = system.world();
  std::vector<std::vector<std::string>> rows;
  const std::vector<AssignmentRow> assignments = system.store().assignments();
  for (const Person& person : system.people()) {
    const std::size_t before = rows.size();
    for (const AssignmentRow& assignment : assignments) {
      if (assignment.person != person.id) continue;
      const bool own = person.id == sight.person;
      if (!own && !sees_entity(sight, world, assignment.entity_kind, assignment.entity)) continue;
      rows.push_back({person.id, person.name, person.address, assignment.role, assignment.entity_kind,
                      assignment.entity, assignment.from_day.value_or(""), assignment.to_day.value_or("")});
    }
    const bool shown_without = sight.everything || person.id == sight.person;
    if (rows.size() == before && shown_without)
      rows.push_back({person.id, person.name, person.address, "", "", "", "", ""});
  }
  return records(system, "las personas",
                 {"persona", "nombre", "correo", "rol", "clase_de_entidad", "entidad", "desde", "hasta"},
                 rows);
}

Collection alerts(System& system, const Sight& sight) {
  std::vector<std::vector<std::string>> rows;
  const World& world = system.world();
  for (const Alert& alert : list_alerts(system)) {
    if (!sees(sight, world, alert)) continue;
    std::string recipients;
    for (const std::string& person : alert.recipients)
      recipients += (recipients.empty() ? "" : ", ") + person;
    rows.push_back({alert.raised_at, alert.plan, alert.obligation, alert.period, alert.step, alert.role,
                    recipients, spanish_state(alert)});
  }
  return records(system, "las alertas",
                 {"instante", "plan", "obligación", "periodo", "peldaño", "rol", "recibe", "estado"}, rows);
}

}  // namespace

std::optional<Collection> gather_rows(System& system, const std::string& name, rules::Date today,
                                      const Sight& sight) {
  if (name == "planes") {
    return Collection{plan_groups(system, PlanPart::plan, today, sight),
                      {"plan", "nombre_de_la_entidad", "fase", "etapa", "situación", "vencidos", "avance"}};
  }
  if (name == "hitos") {
    return Collection{
        plan_groups(system, PlanPart::hito, today, sight),
        {"plan", "nombre_de_la_entidad", "nombre", "vence", "cumplido", "vencido", "días_de_mora"}};
  }
  if (name == "reportes") {
    return Collection{plan_groups(system, PlanPart::report, today, sight),
                      {"plan", "nombre_de_la_entidad", "nombre", "periodo", "vence", "entregado", "vencido",
                       "días_de_mora"}};
  }
  if (name == "componentes") {
    return Collection{plan_groups(system, PlanPart::component, today, sight),
                      {"plan", "nombre_de_la_entidad", "nombre", "obligatorio", "completo"}};
  }
  if (name == "personas") return people(system, sight);
  if (name == "alertas") return alerts(system, sight);
  const auto& rules = *system.policy(system.current_version())->rules;
  if (const auto kind = rules.find_entity(name)) return entities(system, *kind, sight);
  return std::nullopt;
}

std::vector<std::string> collection_names(System& system) {
  std::vector<std::string> names = {"planes", "hitos", "reportes", "componentes", "alertas", "personas"};
  for (const rules::EntityKind& kind : system.policy(system.current_version())->rules->entities) {
    names.push_back(kind.name);
  }
  return names;
}

}  // namespace cauce::engine
