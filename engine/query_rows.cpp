#include "engine/query_rows.hpp"

#include <algorithm>
#include <map>

#include "dsl/fold.hpp"
#include "engine/alerts.hpp"
#include "engine/asked_plan.hpp"
#include "engine/journal_player.hpp"
#include "engine/local_time.hpp"
#include "engine/ordered_number.hpp"
#include "engine/query_narrowing.hpp"
#include "engine/store/asking_tables.hpp"
#include "rules/walk.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/plan_slots.hpp"

namespace cauce::engine {
namespace {

using rules::Scope;
using rules::Type;
using rules::Value;
using workflows::ObligationType;
using workflows::PlanAttribute;
using workflows::PlanKindId;

/// Beyond all that plans and entities number.
constexpr std::uint32_t added_slots = plan_id_slot;

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

// --- Plans and what is in them, as the tables have them
// ------------------------------------------------------------------------------

/// What the rows of one query share.
class TableReading {
 public:
  TableReading(System& system, rules::Date today, Sight sight)
      : tables_(system.store().asking_tables()),
        world_(system.world()),
        today_(today),
        sight_(std::move(sight)) {}

  AskingTables& tables() { return tables_; }
  const World& world() const { return world_; }
  rules::Date today() const { return today_; }
  UnmetByEntities& unmet() { return unmet_; }

  bool sees_everything() const { return sight_.everything; }
  /// Whether the one who asks may see what concerns an entity; there are many plans of one.
  bool sees(const std::string& entity_kind, const std::string& entity) {
    if (sight_.everything) return true;
    const auto [known, is_new] = seen_.try_emplace({entity_kind, entity}, false);
    if (is_new) known->second = sees_entity(sight_, world_, entity_kind, entity);
    return known->second;
  }

  Value overdue_of(const std::string& plan) {
    if (!overdue_) count_overdue();
    const auto found = overdue_->find(plan);
    return rules::Decimal(found == overdue_->end() ? 0 : found->second);
  }
  /// Nothing if it was not written yet, or cannot be read.
  std::optional<Value> progress_of(const std::string& plan) {
    const auto row = tables_.progress_of(plan);
    if (!row) return std::nullopt;
    if (!row->progress) return Value(rules::Missing());
    return from_ordered(*row->progress);
  }

 private:
  void count_overdue() {
    overdue_.emplace();
    tables_.each_open_before(rules::to_iso(today_), [&](const PlanRow& row, const ObligationRow& obligation) {
      const Plan plan = plan_from_row(row);
      if (workflows::is_overdue(plan, obligation_from_row(obligation), today_)) ++(*overdue_)[row.id];
    });
  }

  AskingTables& tables_;
  const World& world_;
  rules::Date today_;
  Sight sight_;
  std::map<std::pair<std::string, std::string>, bool> seen_;
  UnmetByEntities unmet_;
  std::optional<std::map<std::string, std::int64_t>> overdue_;
};

std::string entity_name(const World& world, const workflows::Policy& policy, const Plan& plan) {
  const workflows::PlanKind& kind = at(policy.plans, plan.kind);
  const rules::Territory& territory = world.territory(plan.policy_version);
  const auto row = territory.find(kind.entity, plan.id.entity);
  return row ? territory.name_of(*policy.rules, kind.entity, *row) : plan.id.entity;
}

/// A plan by its row. What the row does not say is asked of the plan as the journal makes it.
class PlanRowFacts : public rules::Facts {
 public:
  PlanRowFacts(TableReading& reading, Plan plan)
      : reading_(reading),
        plan_(std::move(plan)),
        by_row_(workflows::plan_facts(reading.world(), plan_, reading.today())) {}

  const Plan& plan() const { return plan_; }

  Value value(std::uint32_t slot) const override {
    if (slot == plan_id_slot) return plan_.id.to_string();
    if (slot == entity_name_slot)
      return entity_name(reading_.world(), reading_.world().policy(plan_.policy_version), plan_);
    if (slot == slot_of(PlanAttribute::overdue)) return reading_.overdue_of(plan_.id.to_string());
    if (slot == slot_of(PlanAttribute::progress)) {
      if (const auto progress = reading_.progress_of(plan_.id.to_string())) return *progress;
    }
    const bool in_row = slot < workflows::indicator_slots && slot != slot_of(PlanAttribute::progress) &&
                        slot != slot_of(PlanAttribute::components_complete);
    return in_row ? by_row_->value(slot) : whole().value(slot);
  }
  std::size_t size(std::uint32_t collection) const override { return whole().size(collection); }
  const rules::Facts& element(std::uint32_t collection, std::size_t index) const override {
    return whole().element(collection, index);
  }
  Value ask(rules::ThingQuestion question, std::uint32_t thing,
            const std::optional<rules::Period>& period) const override {
    return whole().ask(question, thing, period);
  }

 private:
  const rules::Facts& whole() const {
    if (!whole_)
      whole_ = workflows::plan_facts(reading_.world(), *reading_.world().plan(plan_.id), reading_.today());
    return *whole_;
  }

  TableReading& reading_;
  Plan plan_;
  std::unique_ptr<rules::Facts> by_row_;
  mutable std::unique_ptr<rules::Facts> whole_;
};

/// Something in a plan, by its row and that of the plan.
class PartRowFacts : public rules::Facts {
 public:
  PartRowFacts(const PlanRowFacts& plan, std::unique_ptr<rules::Facts> part, const std::string& title,
               std::int64_t number)
      : plan_(plan), part_(std::move(part)), title_(title), number_(number) {}
  Value value(std::uint32_t slot) const override {
    if (slot == part_title_slot) return title_;
    if (slot == part_number_slot) return rules::Decimal(number_);
    const bool of_part = slot >= workflows::element_slots && slot < plan_id_slot;
    return of_part ? part_->value(slot) : plan_.value(slot);
  }

 private:
  const PlanRowFacts& plan_;
  std::unique_ptr<rules::Facts> part_;
  const std::string& title_;
  std::int64_t number_;
};

/// In what plans have to be alike so that all that is read of them is the same: where they stand, beside the
/// kind. Nothing if more is read.
std::optional<AlikeIn> alike_for(const BoundRow& read) {
  AlikeIn alike;
  bool only = true;
  const auto look = [&](const rules::Expression& node) {
    if (const auto* slot = std::get_if<rules::ReadSlot>(&node.node)) {
      const std::uint32_t index = slot->slot.index;
      if (index == slot_of(PlanAttribute::phase)) {
        alike.phase = true;
      } else if (index == slot_of(PlanAttribute::standing)) {
        alike.standing = true;
      } else if (index == slot_of(PlanAttribute::stage)) {
        alike.stage = alike.phase = true;  // that of a closed plan goes by its phase
      } else if (index != slot_of(PlanAttribute::kind)) {
        only = false;
      }
    }
    if (std::holds_alternative<rules::Aggregation>(node.node)) only = false;
    if (std::holds_alternative<rules::AskThing>(node.node)) only = false;
  };
  if (read.where) rules::for_each_node(*read.where, look);
  for (const rules::Expression& value : read.values)
    rules::for_each_node(value, look);
  return only ? std::optional(alike) : std::nullopt;
}

/// Rows of plans of one kind under one version, whose ids may spell the kind in several ways.
class TableRows {
 public:
  TableRows(std::shared_ptr<TableReading> reading, PolicyVersion version, PlanKindId kind, PlanPart part)
      : reading_(std::move(reading)), version_(version), kind_(kind), part_(part) {}

  void add(const PlansOfKind& spelled) { spelled_.push_back(spelled); }

  std::size_t count_plans() const {
    std::size_t count = 0;
    const auto alike = reading_->sees_everything() ? std::optional(AlikeIn()) : std::nullopt;
    for (const PlansOfKind& of : spelled_)
      visit_plans(of, {}, alike, false, [&](const rules::Facts&, std::size_t times) { count += times; });
    return count;
  }

  void each(const BoundRow& read, bool in_order, const RowGroup::Visitor& visit) const {
    SqlCondition where;
    if (read.where) {
      where = QueryNarrowing(reading_->world(), version_, kind_, part_, reading_->today(), reading_->unmet())
                  .may_hold(*read.where);
    }
    if (where.never()) return;
    for (const PlansOfKind& of : spelled_) {
      switch (part_) {
        case PlanPart::plan:
          visit_plans(of, where, counted_together(read, in_order), in_order, visit);
          break;
        case PlanPart::component:
          visit_components(of, where, in_order, visit);
          break;
        case PlanPart::hito:
        case PlanPart::report:
          visit_obligations(of, where, in_order, visit);
          break;
      }
    }
  }

 private:
  const workflows::PlanKind& kind() const { return at(reading_->world().policy(version_).plans, kind_); }

  /// Where only some are seen, each has to be looked at.
  std::optional<AlikeIn> counted_together(const BoundRow& read, bool in_order) const {
    return in_order || !reading_->sees_everything() ? std::nullopt : alike_for(read);
  }

  bool sees(const Plan& plan) const {
    const auto& entities = reading_->world().policy(version_).rules->entities;
    return reading_->sees(at(entities, kind().entity).name, plan.id.entity);
  }

  Plan plan_of(const PlanRow& row) const {
    Plan plan = plan_from_row(row);
    plan.kind = kind_;
    plan.stage = row.stage ? find_stage(kind(), *row.stage) : std::nullopt;
    return plan;
  }

  void visit_plans(const PlansOfKind& of, const SqlCondition& where, const std::optional<AlikeIn>& alike,
                   bool in_order, const RowGroup::Visitor& visit) const {
    if (alike) {
      reading_->tables().each_plan_alike(of, where, *alike, [&](const PlanRow& row, std::size_t times) {
        visit(PlanRowFacts(*reading_, plan_of(row)), times);
      });
      return;
    }
    reading_->tables().each_plan(of, where, in_order, [&](const PlanRow& row) {
      Plan plan = plan_of(row);
      if (sees(plan)) visit(PlanRowFacts(*reading_, std::move(plan)), 1);
    });
  }

  void visit_components(const PlansOfKind& of, const SqlCondition& where, bool in_order,
                        const RowGroup::Visitor& visit) const {
    reading_->tables().each_component(
        of, where, in_order, [&](const PlanRow& row, const ComponentRow& component) {
          const auto number = static_cast<std::size_t>(component.number);
          if (number >= kind().components.size()) return;  // of a version that the plan has left
          Plan plan = plan_of(row);
          if (!sees(plan)) return;
          plan.components.resize(kind().components.size());
          plan.components[number] = component_from_row(component, kind().components[number]);
          const PlanRowFacts facts(*reading_, std::move(plan));
          visit(
              PartRowFacts(facts,
                           workflows::component_facts(
                               reading_->world(), facts.plan(),
                               workflows::ComponentId{static_cast<std::uint32_t>(number)}, reading_->today()),
                           kind().components[number].title, component.number),
              1);
        });
  }

  void visit_obligations(const PlansOfKind& of, SqlCondition where, bool in_order,
                         const RowGroup::Visitor& visit) const {
    const ObligationType type = part_ == PlanPart::hito ? ObligationType::hito : ObligationType::report;
    where.sql +=
        part_ == PlanPart::hito ? " AND obligation.type = 'milestone'" : " AND obligation.type = 'report'";
    reading_->tables().each_obligation(
        of, where, in_order, [&](const PlanRow& row, const ObligationRow& one) {
          const auto kind_id = kind().find_obligation(one.name);
          // What no version asks for any more counts nowhere.
          if (!kind_id || at(kind().obligations, *kind_id).type != type) return;
          workflows::Obligation obligation = obligation_from_row(one);
          obligation.kind = *kind_id;
          if (!workflows::counts(obligation)) return;
          obligation.fields = fields_from_row(one, at(kind().obligations, *kind_id));
          Plan plan = plan_of(row);
          if (!sees(plan)) return;
          plan.obligations.push_back(std::move(obligation));
          const PlanRowFacts facts(*reading_, std::move(plan));
          visit(PartRowFacts(facts,
                             workflows::obligation_facts(reading_->world(), facts.plan(),
                                                         workflows::ObligationId{0}, reading_->today()),
                             at(kind().obligations, *kind_id).title, one.number),
                1);
        });
  }

  std::shared_ptr<TableReading> reading_;
  PolicyVersion version_;
  PlanKindId kind_;
  PlanPart part_;
  std::vector<PlansOfKind> spelled_;
};

// --- The same, of plans as the journal makes them
// ------------------------------------------------------------------------------

class PlanRows {
 public:
  PlanRows(System& system, PlanPart part, rules::Date today) : system_(system), part_(part), today_(today) {}

  void add(const Plan& plan) { plans_.push_back(&plan); }

  std::size_t count_plans() const { return plans_.size(); }

  void each(const RowGroup::Visitor& visit) const {
    for (const Plan* plan : plans_)
      visit_rows_of(*plan, visit);
  }

 private:
  void visit_rows_of(const Plan& plan, const RowGroup::Visitor& visit) const {
    const World& world = system_.world();
    const workflows::Policy& policy = world.policy(plan.policy_version);
    const workflows::PlanKind& kind = at(policy.plans, plan.kind);
    const Value id = plan.id.to_string();
    const Value entity = entity_name(world, policy, plan);
    if (part_ == PlanPart::plan)
      return visit(ExtendedFacts(workflows::plan_facts(world, plan, today_), {id, entity}), 1);
    const auto add = [&](std::unique_ptr<rules::Facts> facts, const std::string& title,
                         std::uint32_t number) {
      visit(ExtendedFacts(std::move(facts), {id, entity, title, rules::Decimal(std::int64_t{number})}), 1);
    };
    if (part_ == PlanPart::component) {
      for (std::uint32_t i = 0; i < kind.components.size(); ++i)
        add(workflows::component_facts(world, plan, workflows::ComponentId{i}, today_),
            kind.components[i].title, i);
      return;
    }
    const ObligationType type = part_ == PlanPart::hito ? ObligationType::hito : ObligationType::report;
    for (std::uint32_t i = 0; i < plan.obligations.size(); ++i) {
      const workflows::Obligation& obligation = plan.obligations[i];
      const workflows::ObligationKind& what = workflows::kind_of(kind, obligation);
      if (!workflows::counts(obligation) || what.type != type) continue;
      add(workflows::obligation_facts(world, plan, workflows::ObligationId{i}, today_), what.title, i);
    }
  }

  System& system_;
  PlanPart part_;
  rules::Date today_;
  std::vector<const Plan*> plans_;
};

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

template <typename Part>
void know(KnownTexts& texts, std::uint32_t name_slot, const Part& part) {
  texts[name_slot].insert(part.name);
  texts[part_title_slot].insert(part.title);
}

KnownTexts texts_of(const workflows::PlanKind& kind, PlanPart part) {
  KnownTexts texts;
  if (part == PlanPart::component) {
    for (const workflows::ComponentKind& component : kind.components)
      know(texts, slot_of(workflows::ComponentAttribute::name), component);
  } else if (part != PlanPart::plan) {
    const ObligationType type = part == PlanPart::hito ? ObligationType::hito : ObligationType::report;
    for (const workflows::ObligationKind& obligation : kind.obligations) {
      if (obligation.type == type) know(texts, slot_of(workflows::ObligationAttribute::name), obligation);
    }
  }
  return texts;
}

/// Kinds of plan, each under one version of the policy.
using KindKey = std::pair<PolicyVersion, PlanKindId>;

RowGroup group_of(System& system, const KindKey& key, PlanPart part) {
  const auto& [version, kind] = key;
  RowGroup group;
  group.policy = system.policy(version);
  std::vector<std::string> names = {"plan", "nombre_de_la_entidad"};
  if (part != PlanPart::plan) names.emplace_back("título");
  group.scope = with_texts(scope_of(*group.policy, kind, part), names);
  if (part != PlanPart::plan) group.of_plan = &group.policy->plan_scopes->plan(kind);
  group.plans = RowGroup::Plans{version, kind, {}, texts_of(at(group.policy->plans, kind), part)};
  return group;
}

/// The kinds of the policy in force, there even without plans, so that mistakes in a query still show.
std::vector<KindKey> kinds_in_force(System& system) {
  const PolicyVersion current = system.current_version();
  std::vector<KindKey> kinds;
  for (std::uint32_t i = 0; i < system.policy(current)->plans.size(); ++i)
    kinds.emplace_back(current, PlanKindId{i});
  return kinds;
}

std::vector<RowGroup> groups_by_tables(System& system, PlanPart part, rules::Date today, const Sight& sight) {
  system.world();  // all is read at one moment
  const auto reading = std::make_shared<TableReading>(system, today, sight);
  std::map<KindKey, std::shared_ptr<TableRows>> rows;
  const auto rows_of = [&](const KindKey& key) -> TableRows& {
    auto& of_key = rows[key];
    if (!of_key) of_key = std::make_shared<TableRows>(reading, key.first, key.second, part);
    return *of_key;
  };
  for (const KindKey& key : kinds_in_force(system))
    rows_of(key);
  for (const PlansOfKind& of : reading->tables().kinds_of_plans()) {
    if (const auto kind = system.policy(of.policy_version)->find_plan(of.kind))
      rows_of({of.policy_version, *kind}).add(of);
  }
  std::vector<RowGroup> groups;
  for (const auto& [key, of_key] : rows) {
    RowGroup group = group_of(system, key, part);
    group.each = [table = of_key](const BoundRow& read, bool in_order, const RowGroup::Visitor& visit) {
      table->each(read, in_order, visit);
    };
    group.plans->count = [table = of_key] { return table->count_plans(); };
    groups.push_back(std::move(group));
  }
  return groups;
}

std::vector<RowGroup> groups_by_plans(System& system, PlanPart part, rules::Date today, const Sight& sight) {
  std::map<KindKey, std::shared_ptr<PlanRows>> rows;
  const auto rows_of = [&](const KindKey& key) -> PlanRows& {
    auto& of_key = rows[key];
    if (!of_key) of_key = std::make_shared<PlanRows>(system, part, today);
    return *of_key;
  };
  for (const KindKey& key : kinds_in_force(system))
    rows_of(key);
  const World& world = system.world();
  for (const Plan* plan : system.all_plans()) {
    if (sees(sight, world, *plan)) rows_of({plan->policy_version, plan->kind}).add(*plan);
  }
  std::vector<RowGroup> groups;
  for (const auto& [key, of_key] : rows) {
    RowGroup group = group_of(system, key, part);
    group.each = [plans = of_key](const BoundRow&, bool, const RowGroup::Visitor& visit) {
      plans->each(visit);
    };
    group.plans->count = [plans = of_key] { return plans->count_plans(); };
    groups.push_back(std::move(group));
  }
  return groups;
}

std::vector<RowGroup> plan_groups(System& system, PlanPart part, rules::Date today, RowsFrom from,
                                  const Sight& sight) {
  return from == RowsFrom::tables ? groups_by_tables(system, part, today, sight)
                                  : groups_by_plans(system, part, today, sight);
}

// --- Entities
// -------------------------------------------------------------------------------------------------

Collection entities(System& system, rules::EntityKindId kind, const Sight& sight) {
  const auto policy = system.policy(system.current_version());
  const World& world = system.world();
  const rules::Territory& territory = world.territory();
  const rules::EntityKind& entity = at(policy->rules->entities, kind);
  // The scope belongs to the policy, which the group keeps alive.
  RowGroup group;
  group.policy = policy;
  group.scope = std::shared_ptr<const Scope>(policy, &policy->entity_scopes->of(kind));
  group.each = [policy, &world, &territory, kind, sight](const BoundRow&, bool,
                                                         const RowGroup::Visitor& visit) {
    for (std::uint32_t row = 0; row < territory.of(kind).size(); ++row) {
      if (sees_entity(sight, world, kind, territory.key_of(*policy->rules, kind, row)))
        visit(rules::EntityFacts(*policy->rules, territory, kind, row), 1);
    }
  };
  Collection collection;
  for (const rules::Field& field : entity.fields)
    collection.shown.push_back(field.name);
  if (entity.parent) collection.shown.push_back(at(policy->rules->entities, *entity.parent).name);
  collection.groups.push_back(std::move(group));
  return collection;
}

// --- Records: people, alerts
// -------------------------------------------------------------------------

/// What a record has, in the order of its values.
using RecordColumns = std::vector<std::pair<std::string, Type>>;
using Record = std::vector<Value>;
/// Gives every record for which the condition may hold or be unknown.
using EachRecord = std::function<void(const BoundRow&, const std::function<void(Record)>&)>;

Collection records(System& system, const RecordColumns& columns, EachRecord each) {
  RowGroup group;
  group.policy = system.policy(system.current_version());
  Scope scope;
  Collection collection;
  std::uint32_t next = added_slots;
  for (const auto& [name, type] : columns) {
    add_slot(scope, name, type, next);
    collection.shown.push_back(name);
  }
  group.scope = std::make_shared<const Scope>(std::move(scope));
  group.each = [each = std::move(each)](const BoundRow& read, bool, const RowGroup::Visitor& visit) {
    each(read, [&](Record record) { visit(ExtendedFacts(nullptr, std::move(record)), 1); });
  };
  collection.groups.push_back(std::move(group));
  return collection;
}

// Where a text is one of a few, its type says which: a condition that asks for another is a mistake.

Type one_of(std::vector<std::string> values) {
  return {
      rules::TypeKind::one_of, std::make_shared<const std::vector<std::string>>(std::move(values)), {}, {}};
}

/// A value of such a type as the type spells it.
Value spelled_by(const Type& type, const std::string& text) {
  return rules::find_enumerator(type, text).value_or(text);
}

void add_name(std::vector<std::string>& names, const std::string& name) {
  const bool is_there = std::any_of(names.begin(), names.end(),
                                    [&](const std::string& there) { return dsl::same_name(there, name); });
  if (!is_there) names.push_back(name);
}

/// What people and alerts of long ago may still name: the roles and kinds of entity of every version, those
/// in force first.
struct KnownNames {
  std::vector<std::string> roles;
  std::vector<std::string> entity_kinds;
};

KnownNames names_of_all_versions(System& system) {
  KnownNames names;
  for (PolicyVersion version = system.current_version(); version > 0; --version) {
    const auto policy = system.policy(version);
    for (const rules::Role& role : policy->rules->roles)
      add_name(names.roles, role.name);
    for (const rules::EntityKind& kind : policy->rules->entities)
      add_name(names.entity_kinds, kind.name);
  }
  return names;
}

Value day_or_missing(const std::optional<std::string>& day) {
  const auto date = day ? rules::parse_iso_date(*day) : std::nullopt;
  return date ? Value(*date) : Value(rules::Missing());
}

const std::string whole_nation = "nación";
const std::string without_role = "ninguno";
const std::string without_kind = "ninguna";

Value text_or_missing(const std::optional<std::string>& text) {
  return text && !text->empty() ? Value(*text) : Value(rules::Missing());
}

/// One row an assignment; who has none has one row that says so. Of the others, those who hold something
/// where one does oneself.
Collection people(System& system, const Sight& sight) {
  KnownNames names = names_of_all_versions(system);
  add_name(names.roles, without_role);
  add_name(names.entity_kinds, whole_nation);
  add_name(names.entity_kinds, without_kind);
  const Type role = one_of(std::move(names.roles));
  const Type entity_kind = one_of(std::move(names.entity_kinds));
  const auto each = [&system, sight, role, entity_kind](const BoundRow&,
                                                        const std::function<void(Record)>& visit) {
    const World& world = system.world();
    const std::vector<AssignmentRow> assignments = system.store().assignments();
    for (const Person& person : system.people()) {
      bool is_shown = false;
      for (const AssignmentRow& assignment : assignments) {
        if (assignment.person != person.id) continue;
        const bool own = person.id == sight.person;
        if (!own && !sees_entity(sight, world, assignment.entity_kind, assignment.entity)) continue;
        is_shown = true;
        const std::string& kind = assignment.entity_kind.empty() ? whole_nation : assignment.entity_kind;
        visit({person.id, person.name, text_or_missing(person.address), spelled_by(role, assignment.role),
               spelled_by(entity_kind, kind), assignment.entity, day_or_missing(assignment.from_day),
               day_or_missing(assignment.to_day)});
      }
      if (!is_shown && (sight.everything || person.id == sight.person)) {
        visit({person.id, person.name, text_or_missing(person.address), without_role, without_kind,
               std::string(), rules::Missing(), rules::Missing()});
      }
    }
  };
  return records(system,
                 {{"persona", Type::text()},
                  {"nombre", Type::text()},
                  {"correo", Type::text()},
                  {"rol", role},
                  {"clase_de_entidad", entity_kind},
                  {"entidad", Type::text()},
                  {"desde", Type::date()},
                  {"hasta", Type::date()}},
                 each);
}

/// The columns of an alert that are looked at before others are read.
enum AlertColumn : std::uint32_t { alert_instant, alert_day, alert_plan };

/// What a text must be for a condition to hold; nothing if it need not be any.
std::optional<std::string> required_text(const rules::Expression& where, std::uint32_t slot) {
  const auto* binary = std::get_if<rules::BinaryOperation>(&where.node);
  if (binary == nullptr) return std::nullopt;
  if (binary->op == dsl::BinaryOp::logical_and) {
    const auto left = required_text(*binary->left, slot);
    return left ? left : required_text(*binary->right, slot);
  }
  if (binary->op != dsl::BinaryOp::equal) return std::nullopt;
  for (const auto& [read, written] :
       {std::pair(&*binary->left, &*binary->right), std::pair(&*binary->right, &*binary->left)}) {
    const auto* of = std::get_if<rules::ReadSlot>(&read->node);
    const auto* constant = std::get_if<rules::Literal>(&written->node);
    if (of == nullptr || of->slot.index != slot || constant == nullptr) continue;
    if (const auto* text = std::get_if<std::string>(&constant->value)) return *text;
  }
  return std::nullopt;
}

std::string in_a_row(const std::vector<std::string>& persons) {
  std::string all;
  for (const std::string& person : persons)
    all += (all.empty() ? "" : ", ") + person;
  return all;
}

/// Nothing is unknown of a digest that has no plan: its texts are empty.
Collection alerts(System& system, const Sight& sight) {
  const Type role = one_of(names_of_all_versions(system).roles);
  const Type state = one_of(states_in_words());
  const auto each = [&system, sight, role](const BoundRow& read, const std::function<void(Record)>& visit) {
    const World& world = system.world();
    const std::string& zone = system.policy(system.current_version())->rules->zone;
    AlertFilter filter;
    const auto plan = read.where ? required_text(*read.where, added_slots + alert_plan) : std::nullopt;
    if (plan) filter.plan = PlanId::parse(*plan);
    if (plan && !plan->empty() && !filter.plan) return;  // no plan is called so
    for (const Alert& alert : list_alerts(system, filter)) {
      if (!sees(sight, world, alert)) continue;
      const auto instant = parse_iso_instant(alert.raised_at);
      const LocalTime local = to_local(instant.value_or(Instant()), zone);
      visit({local_time(local), local.date, alert.plan, alert.obligation, alert.period, alert.step,
             spelled_by(role, alert.role), in_a_row(alert.recipients), state_in_words(alert),
             in_a_row(alert.acknowledged_by)});
    }
  };
  return records(system,
                 {{"instante", Type::text()},
                  {"fecha", Type::date()},
                  {"plan", Type::text()},
                  {"obligación", Type::text()},
                  {"periodo", Type::text()},
                  {"peldaño", Type::text()},
                  {"rol", role},
                  {"recibe", Type::text()},
                  {"estado", state},
                  {"reconocida_por", Type::text()}},
                 each);
}

}  // namespace

RowsFrom rows_of(System& system) {
  return system.store().setting(plans_only_setting) ? RowsFrom::plans : RowsFrom::tables;
}

std::optional<Collection> gather_rows(System& system, const std::string& name, rules::Date today,
                                      RowsFrom from, const Sight& sight) {
  if (name == "planes") {
    return Collection{plan_groups(system, PlanPart::plan, today, from, sight),
                      {"plan", "nombre_de_la_entidad", "fase", "etapa", "situación", "vencidos", "avance"}};
  }
  if (name == "hitos") {
    return Collection{
        plan_groups(system, PlanPart::hito, today, from, sight),
        {"plan", "nombre_de_la_entidad", "nombre", "vence", "cumplido", "vencido", "días_de_mora"},
        true};
  }
  if (name == "reportes") {
    return Collection{plan_groups(system, PlanPart::report, today, from, sight),
                      {"plan", "nombre_de_la_entidad", "nombre", "periodo", "vence", "entregado", "vencido",
                       "días_de_mora"},
                      true};
  }
  if (name == "componentes") {
    return Collection{plan_groups(system, PlanPart::component, today, from, sight),
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
