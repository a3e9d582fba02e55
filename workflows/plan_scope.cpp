#include "workflows/plan_scope.hpp"

#include <algorithm>
#include <set>

#include "dsl/fold.hpp"
#include "dsl/syntax_walk.hpp"
#include "workflows/plan_slots.hpp"

namespace cauce::workflows {
namespace {

using rules::CollectionBinding;
using rules::Scope;
using rules::SlotBinding;
using rules::ThingKind;
using rules::Type;

Type one_of(std::vector<std::string> values) {
  return {
      rules::TypeKind::one_of, std::make_shared<const std::vector<std::string>>(std::move(values)), {}, {}};
}

/// Binds `name`; a name that is there already is replaced.
void bind_slot(Scope& scope, std::string name, std::uint32_t slot, const Type& type,
               dsl::Span declared = {}) {
  std::string key = dsl::fold(name);
  scope.slots.insert_or_assign(std::move(key), SlotBinding{slot, type, std::move(name), declared});
}

/// The types that the plans of all kinds share.
struct SharedTypes {
  Type phase;
  Type standing;
  Type kind;
  Type progress;
  Type count;
};

/// A number from 0 to 100.
Type part_of_hundred() {
  Type type = Type::number();
  type.low = Value(rules::Decimal(0));
  type.high = Value(rules::Decimal(100));
  return type;
}

Type natural_number() {
  Type type = Type::integer();
  type.low = Value(rules::Decimal(0));
  return type;
}

SharedTypes shared_types(const std::vector<const PlanKind*>& kinds) {
  std::vector<std::string> phases;
  for (const Phase phase : {Phase::formulation, Phase::monitoring, Phase::evaluation, Phase::closed}) {
    phases.emplace_back(spanish_name(phase));
  }
  std::vector<std::string> standings;
  for (const Standing standing : {Standing::active, Standing::suspended, Standing::cancelled}) {
    standings.emplace_back(spanish_name(standing));
  }
  std::vector<std::string> names;
  for (const PlanKind* kind : kinds)
    names.push_back(kind->name);
  return {one_of(std::move(phases)), one_of(std::move(standings)), one_of(std::move(names)),
          part_of_hundred(), natural_number()};
}

/// The stages of a kind, each name once, and what stands in where there is none.
Type stage_type(const PlanKind& kind) {
  std::vector<std::string> names;
  std::set<std::string, std::less<>> keys;
  for (const Stage& stage : kind.stages) {
    if (keys.insert(stage.key).second) names.push_back(stage.name);
  }
  for (const std::string_view without : {stage_under_way, stage_finished}) {
    if (keys.emplace(without).second) names.emplace_back(without);
  }
  return one_of(std::move(names));
}

void bind_attributes(Scope& scope, const PlanKind& kind, const SharedTypes& shared) {
  bind_slot(scope, "fase", slot_of(PlanAttribute::phase), shared.phase);
  bind_slot(scope, "etapa", slot_of(PlanAttribute::stage), stage_type(kind));
  bind_slot(scope, "situación", slot_of(PlanAttribute::standing), shared.standing);
  bind_slot(scope, "vencidos", slot_of(PlanAttribute::overdue), shared.count);
  bind_slot(scope, "componentes_completos", slot_of(PlanAttribute::components_complete), Type::truth());
  bind_slot(scope, "avance", slot_of(PlanAttribute::progress), shared.progress);
  bind_slot(scope, "tipo", slot_of(PlanAttribute::kind), shared.kind);
  bind_slot(scope, "entidad", slot_of(PlanAttribute::entity), Type::text());
  bind_slot(scope, "vigencia", slot_of(PlanAttribute::vigencia), Type::integer());
}

/// The fields of the entity bare, its kind and those above it as objects. An attribute of the plan wins over
/// a field of its name (`municipio.tipo` is the field).
void bind_entity(Scope& scope, const PlanKind& kind, const rules::Ruleset& rules,
                 const rules::EntityScopes& entities) {
  const rules::EntityKind& entity = at(rules.entities, kind.entity);
  const Scope& fields = entities.of(kind.entity);
  scope.shared = {&fields};
  const auto key_slot = static_cast<std::uint32_t>(entity.key_field);
  scope.objects.insert_or_assign(
      entity.key,
      rules::ObjectBinding{SlotBinding{key_slot, Type::text(), entity.name, entity.span}, &fields});
}

ThingKind thing_kind(ObligationType type) {
  switch (type) {
    case ObligationType::report:
      return ThingKind::report;
    case ObligationType::hito:
      return ThingKind::hito;
    case ObligationType::phase:
      break;
  }
  return ThingKind::phase;
}

void bind_things(Scope& scope, const PlanKind& kind) {
  for (std::uint32_t i = 0; i < kind.components.size(); ++i) {
    scope.things.insert_or_assign(kind.components[i].key, rules::ThingBinding{i, ThingKind::component, {}});
  }
  for (std::uint32_t i = 0; i < kind.obligations.size(); ++i) {
    const ObligationKind& obligation = kind.obligations[i];
    const bool periodic = obligation.type == ObligationType::report && !obligation.periods.empty();
    const auto unit =
        periodic ? std::optional<rules::PeriodUnit>(obligation.periods.front().unit) : std::nullopt;
    scope.things.insert_or_assign(obligation.key, rules::ThingBinding{i, thing_kind(obligation.type), unit});
  }
}

/// What hitos and reports both have.
void bind_obligation(Scope& scope) {
  bind_slot(scope, "nombre", slot_of(ObligationAttribute::name), Type::text());
  bind_slot(scope, "vencido", slot_of(ObligationAttribute::overdue), Type::truth());
  bind_slot(scope, "exigido", slot_of(ObligationAttribute::enforced), Type::truth());
  bind_slot(scope, "a_tiempo", slot_of(ObligationAttribute::on_time), Type::truth());
  bind_slot(scope, "vence", slot_of(ObligationAttribute::due), Type::date());
  bind_slot(scope, "fecha", slot_of(ObligationAttribute::date), Type::date());
  bind_slot(scope, "días_de_mora", slot_of(ObligationAttribute::late_days), Type::integer());
}

void bind_report(Scope& scope) {
  bind_obligation(scope);
  bind_slot(scope, "entregado", slot_of(ObligationAttribute::delivered), Type::truth());
  bind_slot(scope, "validado", slot_of(ObligationAttribute::validated), Type::truth());
  bind_slot(scope, "periodo", slot_of(ObligationAttribute::period), Type::text());
}

/// The fields of all reports of a kind. Of those that share a name the first one counts; if their types are
/// not one, no report has that name in common and none is bound.
void bind_report_fields(Scope& scope, const PlanKind& kind) {
  std::set<std::string, std::less<>> at_odds;
  for (std::uint32_t i = 0; i < kind.obligations.size(); ++i) {
    const std::vector<rules::Field>& fields = kind.obligations[i].fields;
    for (std::uint32_t j = 0; j < fields.size(); ++j) {
      const rules::Field& field = fields[j];
      const auto there = scope.slots.find(field.key);
      if (there == scope.slots.end()) {
        bind_slot(scope, field.name, slot_of_report_field(i, j), field.type, field.span);
      } else if (!there->second.type.same_as(field.type)) {
        at_odds.insert(field.key);
      }
    }
  }
  for (const std::string& key : at_odds)
    scope.slots.erase(key);
}

}  // namespace

struct PlanScopes::Parts {
  struct OfKind {
    Scope plan;
    Scope hito;
    Scope report;
    Scope component;
    std::vector<std::string> indicators;  ///< their keys
  };
  std::vector<OfKind> kinds;  ///< sized once: scopes point at one another
  std::map<const Scope*, PlanKindId> kind_of_scope;

  OfKind& of(PlanKindId kind) { return kinds.at(static_cast<std::size_t>(kind)); }
  void bind_elements(OfKind& parts, const PlanKind& kind);
  void bind_collections(const std::vector<const PlanKind*>& all);
};

void PlanScopes::Parts::bind_elements(OfKind& parts, const PlanKind& kind) {
  bind_obligation(parts.hito);
  bind_slot(parts.hito, "cumplido", slot_of(ObligationAttribute::achieved), Type::truth());
  bind_slot(parts.hito, "peso", slot_of(ObligationAttribute::weight), Type::number());

  bind_report(parts.report);
  bind_report_fields(parts.report, kind);

  bind_slot(parts.component, "completo", slot_of(ComponentAttribute::complete), Type::truth());
  bind_slot(parts.component, "obligatorio", slot_of(ComponentAttribute::required), Type::truth());
  bind_slot(parts.component, "nombre", slot_of(ComponentAttribute::name), Type::text());

  const SlotBinding itself{slot_of(PlanAttribute::id), Type::text(), "plan", kind.span};
  for (Scope* element : {&parts.hito, &parts.report, &parts.component}) {
    element->objects["plan"] = {itself, &parts.plan};
  }
}

void PlanScopes::Parts::bind_collections(const std::vector<const PlanKind*>& all) {
  for (OfKind& parts : kinds) {
    parts.plan.collections["hitos"] = {hito_collection, &parts.hito};
    parts.plan.collections["reportes"] = {report_collection, &parts.report};
    parts.plan.collections["componentes"] = {component_collection, &parts.component};
  }
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (!all[i]->linked_to) continue;
    of(*all[i]->linked_to).plan.collections[all[i]->key] = {linked_collections + i, &kinds[i].plan};
  }
}

PlanScopes::PlanScopes(const rules::Ruleset& rules, const rules::EntityScopes& entities,
                       const std::vector<const PlanKind*>& kinds)
    : parts_(std::make_unique<Parts>()) {
  parts_->kinds.resize(kinds.size());
  const SharedTypes shared = shared_types(kinds);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    Parts::OfKind& parts = parts_->kinds[i];
    const PlanKind& kind = *kinds[i];
    bind_entity(parts.plan, kind, rules, entities);
    bind_attributes(parts.plan, kind, shared);
    for (std::uint32_t j = 0; j < kind.indicators.size(); ++j) {
      const Indicator& indicator = kind.indicators[j];
      bind_slot(parts.plan, indicator.name, indicator_slots + j, Type::number(), indicator.span);
      parts.indicators.push_back(indicator.key);
    }
    parts_->kind_of_scope[&parts.plan] = static_cast<PlanKindId>(i);
    bind_things(parts.plan, kind);
    parts_->bind_elements(parts, kind);
  }
  parts_->bind_collections(kinds);
}

PlanScopes::~PlanScopes() = default;

const Scope& PlanScopes::plan(PlanKindId kind) const {
  return parts_->of(kind).plan;
}
const Scope& PlanScopes::hito(PlanKindId kind) const {
  return parts_->of(kind).hito;
}
const Scope& PlanScopes::report(PlanKindId kind) const {
  return parts_->of(kind).report;
}
const Scope& PlanScopes::component(PlanKindId kind) const {
  return parts_->of(kind).component;
}

void PlanScopes::set_type(IndicatorRef indicator, const rules::Type& type) {
  Parts::OfKind& parts = parts_->of(indicator.kind);
  parts.plan.slots.at(parts.indicators.at(indicator.indicator)).type = type;
}

bool is_plan_attribute(std::string_view key) {
  static const Scope attributes = [] {
    Scope scope;
    bind_attributes(scope, PlanKind{}, shared_types({}));
    return scope;
  }();
  return attributes.slots.contains(key);
}

bool is_report_attribute(std::string_view key) {
  static const Scope attributes = [] {
    Scope scope;
    bind_report(scope);
    return scope;
  }();
  return attributes.slots.contains(key) || key == "plan";
}

// --- Which indicators an expression reads

namespace {

/// Scopes around an expression, the innermost last.
using Scopes = std::vector<const Scope*>;

const CollectionBinding* find_collection(const Scopes& around, const dsl::Name& name) {
  for (auto scope = around.rbegin(); scope != around.rend(); ++scope) {
    const auto found = (*scope)->collections.find(name.key);
    if (found != (*scope)->collections.end()) return &found->second;
  }
  return nullptr;
}

/// The scope of the names that an object has; nothing if the expression names no object.
const Scope* members_of(const Scopes& around, const dsl::Expr& object) {
  const auto in = [](const Scope& scope, const std::string& key) -> const Scope* {
    const rules::ObjectBinding* found = scope.find(&Scope::objects, key);
    return found == nullptr ? nullptr : found->members;
  };
  if (const auto* member = std::get_if<dsl::MemberExpr>(&object.node)) {
    const Scope* outer = members_of(around, *member->object);
    return outer == nullptr ? nullptr : in(*outer, member->member.key);
  }
  const auto* name = std::get_if<dsl::NameExpr>(&object.node);
  if (name == nullptr) return nullptr;
  for (auto scope = around.rbegin(); scope != around.rend(); ++scope) {
    if (const Scope* members = in(**scope, name->name.key)) return members;
  }
  return nullptr;
}

/// A slot that a name stands for, and the scope in which it was found.
struct Reading {
  const Scope* scope;
  std::uint32_t slot;
};

class ReadingCollector {
 public:
  void read(const dsl::Expr& expression, Scopes around) {
    if (const auto* name = std::get_if<dsl::NameExpr>(&expression.node)) {
      read_name(name->name, around);
    } else if (const auto* member = std::get_if<dsl::MemberExpr>(&expression.node)) {
      if (const Scope* members = members_of(around, *member->object)) note(members, member->member);
    } else if (const auto* call = std::get_if<dsl::CallExpr>(&expression.node)) {
      for (const dsl::Argument& argument : call->arguments)
        read_argument(argument, around);
    } else {
      for_each_child(expression, [&](const dsl::Expr& child) { read(child, around); });
    }
  }

  std::vector<Reading> readings;

 private:
  bool note(const Scope* scope, const dsl::Name& name) {
    const SlotBinding* found = scope->find(&Scope::slots, name.key);
    if (found == nullptr) return false;
    readings.push_back({scope, found->index});
    return true;
  }

  void read_name(const dsl::Name& name, const Scopes& around) {
    for (auto scope = around.rbegin(); scope != around.rend(); ++scope) {
      if (note(*scope, name)) return;
    }
  }

  /// `avance de PAT donde …`, `reportes donde …`: the element's names are nearer than those around.
  void read_argument(const dsl::Argument& argument, Scopes around) {
    const auto* counted = std::get_if<dsl::NameExpr>(&argument.value.node);
    const CollectionBinding* collection = nullptr;
    if (argument.collection) {
      collection = find_collection(around, *argument.collection);
    } else if (counted != nullptr) {
      collection = find_collection(around, counted->name);
    }
    if (collection != nullptr) around.push_back(collection->element);
    if (collection == nullptr || argument.collection) read(argument.value, around);
    if (argument.where) read(*argument.where, around);
  }
};

}  // namespace

std::vector<PlanScopes::IndicatorRef> PlanScopes::indicators_read(const dsl::Expr& expression,
                                                                  PlanKindId kind) const {
  ReadingCollector collector;
  collector.read(expression, {&plan(kind)});
  std::set<IndicatorRef> found;
  for (const Reading& reading : collector.readings) {
    const auto owner = parts_->kind_of_scope.find(reading.scope);
    if (owner == parts_->kind_of_scope.end() || reading.slot < indicator_slots) continue;
    const std::size_t indicator = reading.slot - indicator_slots;
    if (indicator < parts_->of(owner->second).indicators.size()) found.insert({owner->second, indicator});
  }
  return {found.begin(), found.end()};
}

}  // namespace cauce::workflows
