// Plans, obligations and components as facts: what the slots of plan_slots.hpp read.
#include <algorithm>
#include <utility>

#include "workflows/plan_scope.hpp"
#include "workflows/plan_slots.hpp"

namespace cauce::workflows {
namespace {

using rules::Decimal;
using rules::Facts;
using rules::Missing;
using rules::ThingQuestion;

bool is_delivered(const Obligation& obligation) {
  return obligation.state == ObligationState::delivered || obligation.state == ObligationState::validated;
}

/// *Exigido*: resolved by delivery, or past its deadline, also one that was extended afterwards. While a plan
/// is suspended nothing falls due.
bool is_enforced(const Plan& plan, const Obligation& obligation, const ObligationKind& kind, Date today) {
  const bool done = is_achieved(obligation) || is_delivered(obligation);
  if (done && is_resolved(obligation, kind)) return true;
  const Date reached = plan.suspended_on ? std::min(today, *plan.suspended_on) : today;
  const auto due = judged_deadline(obligation);
  return obligation.enforceable_from && due && *due < reached;
}

/// Unknown until it is exigido; what is past its deadline and was never delivered is not on time.
Value on_time(const Plan& plan, const Obligation& obligation, const ObligationKind& kind, Date today) {
  if (!is_enforced(plan, obligation, kind, today)) return Missing();
  return obligation.on_time.value_or(false);
}

Value date_or_missing(const std::optional<Date>& date) {
  return date ? Value(*date) : Value(Missing());
}

Value integer(std::int64_t number) {
  return Decimal(number);
}

Decimal weight_of(const ObligationKind& kind) {
  return kind.weight.value_or(Decimal(1));
}

/// Where a thing of one version of a kind stands in another: by its name, since numbers may differ.
template <typename T>
std::optional<std::size_t> same_in(const std::vector<T>& to, const std::vector<T>& from, std::size_t index) {
  if (&to == &from) return index;
  const auto found =
      std::find_if(to.begin(), to.end(), [&](const T& item) { return item.key == from.at(index).key; });
  if (found == to.end()) return std::nullopt;
  return static_cast<std::size_t>(found - to.begin());
}

class PlanFacts;

class ObligationFacts : public Facts {
 public:
  ObligationFacts(const PlanFacts& plan, const Obligation& obligation)
      : plan_(plan), obligation_(obligation) {}
  Value value(std::uint32_t slot) const override;

 private:
  Value attribute(ObligationAttribute attribute) const;
  Value field(std::uint32_t slot) const;

  const PlanFacts& plan_;
  const Obligation& obligation_;
};

class ComponentFacts : public Facts {
 public:
  ComponentFacts(const PlanFacts& plan, std::size_t component) : plan_(plan), component_(component) {}
  Value value(std::uint32_t slot) const override;

 private:
  const PlanFacts& plan_;
  std::size_t component_;
};

/// A plan, for expressions that `reader` bound: the policy of the plan itself or, when another plan reads it,
/// of that one. Numbers of `reader` are turned into the plan's own by the names of things.
class PlanFacts : public Facts {
 public:
  PlanFacts(const World& world, const Plan& plan, Date today)
      : PlanFacts(world, plan, today, plan.policy_version, plan.kind) {}
  PlanFacts(const World& world, const Plan& plan, Date today, PolicyVersion reader, PlanKindId read_as)
      : world_(world),
        plan_(plan),
        today_(today),
        policy_(world.policy(plan.policy_version)),
        kind_(at(policy_.plans, plan.kind)),
        reader_version_(reader),
        reader_(reader == plan.policy_version ? policy_ : world.policy(reader)),
        read_as_(at(reader_.plans, read_as)) {}

  Value value(std::uint32_t slot) const override;
  std::size_t size(std::uint32_t collection) const override { return elements(collection).size(); }
  const Facts& element(std::uint32_t collection, std::size_t index) const override {
    return *elements(collection).at(index);
  }
  Value ask(ThingQuestion question, std::uint32_t thing, const std::optional<Period>& period) const override;

  /// The value of an indicator by its place in the plan's own kind: live, or frozen when it is closed.
  Value indicator(std::size_t indicator) const;

  const Plan& plan() const { return plan_; }
  Date today() const { return today_; }
  const PlanKind& kind() const { return kind_; }
  const PlanKind& read_as() const { return read_as_; }
  const rules::Ruleset& rules() const { return *policy_.rules; }

 private:
  using Elements = std::vector<std::unique_ptr<const Facts>>;

  bool reads_itself() const { return &kind_ == &read_as_; }
  Value attribute(PlanAttribute attribute) const;
  Value stage() const;
  Value read_entity(std::uint32_t slot) const;
  Value components_complete() const;
  std::int64_t count_overdue() const;
  const Elements& elements(std::uint32_t collection) const;
  Elements make_elements(std::uint32_t collection) const;
  Elements obligations_of(ObligationType type) const;
  Value ask_one(ThingQuestion question, const Obligation& obligation) const;
  Value ask_all(ThingQuestion question, const std::vector<const Obligation*>& obligations) const;

  const World& world_;
  const Plan& plan_;
  Date today_;
  const Policy& policy_;
  const PlanKind& kind_;
  PolicyVersion reader_version_;
  const Policy& reader_;
  const PlanKind& read_as_;
  // Made when first read, for as long as the facts live.
  mutable std::vector<std::optional<Value>> indicators_;
  mutable std::vector<std::optional<Elements>> elements_;
};

// --- The plan

Value PlanFacts::value(std::uint32_t slot) const {
  if (slot < plan_slots) return read_entity(slot);
  if (slot < indicator_slots) return attribute(static_cast<PlanAttribute>(slot - plan_slots));
  const auto own = same_in(kind_.indicators, read_as_.indicators, slot - indicator_slots);
  return own ? indicator(*own) : Missing();
}

Value PlanFacts::read_entity(std::uint32_t slot) const {
  // Fields are numbered as the reader's version has them.
  const rules::Territory& territory = world_.territory(reader_version_);
  const auto row = territory.find(read_as_.entity, plan_.id.entity);
  if (!row) return Missing();
  return rules::EntityFacts(*reader_.rules, territory, read_as_.entity, *row).value(slot);
}

Value PlanFacts::attribute(PlanAttribute attribute) const {
  switch (attribute) {
    case PlanAttribute::id:
      return plan_.id.to_string();
    case PlanAttribute::phase:
      return std::string(spanish_name(plan_.lifecycle.phase));
    case PlanAttribute::stage:
      return stage();
    case PlanAttribute::standing:
      return std::string(spanish_name(plan_.lifecycle.standing));
    case PlanAttribute::overdue:
      return integer(count_overdue());
    case PlanAttribute::components_complete:
      return components_complete();
    case PlanAttribute::progress:
      return progress(plan_, kind_);
    case PlanAttribute::kind:
      return read_as_.name;
    case PlanAttribute::entity:
      return plan_.id.entity;
    case PlanAttribute::vigencia:
      return integer(plan_.id.vigencia);
  }
  return Missing();
}

Value PlanFacts::stage() const {
  if (plan_.lifecycle.phase == Phase::closed) return std::string(stage_finished);
  if (!plan_.stage) return std::string(stage_under_way);
  // A name that two phases share is spelled as its first.
  const std::string& key = at(kind_.stages, *plan_.stage).key;
  return std::find_if(kind_.stages.begin(), kind_.stages.end(),
                      [&](const Stage& stage) { return stage.key == key; })
      ->name;
}

Value PlanFacts::components_complete() const {
  for (std::size_t i = 0; i < kind_.components.size(); ++i) {
    if (kind_.components[i].required && !is_complete(plan_.components.at(i), kind_.components[i])) {
      return false;
    }
  }
  return true;
}

std::int64_t PlanFacts::count_overdue() const {
  return std::count_if(plan_.obligations.begin(), plan_.obligations.end(),
                       [&](const Obligation& obligation) { return is_overdue(plan_, obligation, today_); });
}

Value PlanFacts::indicator(std::size_t indicator) const {
  if (plan_.lifecycle.phase == Phase::closed && indicator < plan_.frozen_indicators.size()) {
    return plan_.frozen_indicators[indicator];
  }
  if (!reads_itself()) return PlanFacts(world_, plan_, today_).indicator(indicator);
  indicators_.resize(kind_.indicators.size());
  if (!indicators_[indicator]) {
    const rules::EvaluationContext context{rules(), today_, nullptr, world_.observer()};
    // Indicators do not read one another in a circle: the checker saw to that.
    const Value value = rules::evaluate(kind_.indicators[indicator].value, *this, context);
    indicators_[indicator] = value;
  }
  return *indicators_[indicator];
}

const PlanFacts::Elements& PlanFacts::elements(std::uint32_t collection) const {
  if (elements_.empty()) elements_.resize(linked_collections + reader_.plans.size());
  std::optional<Elements>& made = elements_.at(collection);
  if (!made) made = make_elements(collection);
  return *made;
}

PlanFacts::Elements PlanFacts::make_elements(std::uint32_t collection) const {
  if (collection == hito_collection) return obligations_of(ObligationType::hito);
  if (collection == report_collection) return obligations_of(ObligationType::report);
  Elements elements;
  if (collection == component_collection) {
    for (std::size_t i = 0; i < kind_.components.size(); ++i) {
      elements.push_back(std::make_unique<ComponentFacts>(*this, i));
    }
    return elements;
  }
  const auto linked = static_cast<PlanKindId>(collection - linked_collections);
  for (const Plan* plan : world_.linked_plans(plan_.id, at(reader_.plans, linked).name)) {
    elements.push_back(std::make_unique<PlanFacts>(world_, *plan, today_, reader_version_, linked));
  }
  return elements;
}

PlanFacts::Elements PlanFacts::obligations_of(ObligationType type) const {
  Elements elements;
  for (const Obligation& obligation : plan_.obligations) {
    if (!counts(obligation) || kind_of(kind_, obligation).type != type) continue;
    elements.push_back(std::make_unique<ObligationFacts>(*this, obligation));
  }
  return elements;
}

// --- Things by their name

Value PlanFacts::ask(ThingQuestion question, std::uint32_t thing, const std::optional<Period>& period) const {
  if (question == ThingQuestion::complete) {
    const auto own = same_in(kind_.components, read_as_.components, thing);
    if (!own) return Missing();
    return is_complete(plan_.components.at(*own), kind_.components[*own]);
  }
  const auto own = same_in(kind_.obligations, read_as_.obligations, thing);
  if (!own) return Missing();
  std::vector<const Obligation*> asked;
  for (const Obligation& obligation : plan_.obligations) {
    const bool is_asked = obligation.kind == static_cast<ObligationKindId>(*own);
    if (is_asked && (!period || obligation.period == period)) asked.push_back(&obligation);
  }
  if (asked.size() == 1) return ask_one(question, *asked.front());
  return ask_all(question, asked);
}

Value PlanFacts::ask_one(ThingQuestion question, const Obligation& obligation) const {
  switch (question) {
    case ThingQuestion::achieved:
      return is_achieved(obligation);
    case ThingQuestion::delivered:
      return is_delivered(obligation);
    case ThingQuestion::validated:
      return obligation.state == ObligationState::validated;
    case ThingQuestion::overdue:
      return is_overdue(plan_, obligation, today_);
    case ThingQuestion::due:
      return date_or_missing(deadline_in_force(obligation));
    case ThingQuestion::complete:
      break;
  }
  return Missing();
}

/// Of a periodic report without a period: delivered or validated when each period that is owed is, overdue
/// when one is, due on the first day on which one that is open falls due.
Value PlanFacts::ask_all(ThingQuestion question, const std::vector<const Obligation*>& obligations) const {
  if (obligations.empty()) return Missing();
  if (question == ThingQuestion::due) {
    std::optional<Date> first;
    for (const Obligation* obligation : obligations) {
      const bool open = !is_resolved(*obligation, kind_of(kind_, *obligation));
      if (open && obligation->due && (!first || *obligation->due < *first)) first = obligation->due;
    }
    return date_or_missing(first);
  }
  const bool for_any = question == ThingQuestion::overdue;
  for (const Obligation* obligation : obligations) {
    if (counts(*obligation) && rules::truth(ask_one(question, *obligation)) == for_any) return for_any;
  }
  return !for_any;
}

// --- Elements

Value ObligationFacts::value(std::uint32_t slot) const {
  if (slot < element_slots) return plan_.value(slot);
  if (slot >= report_field_slots) return field(slot - report_field_slots);
  return attribute(static_cast<ObligationAttribute>(slot - element_slots));
}

Value ObligationFacts::attribute(ObligationAttribute attribute) const {
  const ObligationKind& kind = kind_of(plan_.kind(), obligation_);
  switch (attribute) {
    case ObligationAttribute::name:
      return kind.name;
    case ObligationAttribute::achieved:
      return is_achieved(obligation_);
    case ObligationAttribute::delivered:
      return is_delivered(obligation_);
    case ObligationAttribute::validated:
      return obligation_.state == ObligationState::validated;
    case ObligationAttribute::overdue:
      return is_overdue(plan_.plan(), obligation_, plan_.today());
    case ObligationAttribute::enforced:
      return is_enforced(plan_.plan(), obligation_, kind, plan_.today());
    case ObligationAttribute::on_time:
      return on_time(plan_.plan(), obligation_, kind, plan_.today());
    case ObligationAttribute::weight:
      return weight_of(kind);
    case ObligationAttribute::due:
      return date_or_missing(deadline_in_force(obligation_));
    case ObligationAttribute::date:
      return date_or_missing(obligation_.fulfilled_on);
    case ObligationAttribute::late_days:
      return integer(late_days(obligation_, plan_.today(), plan_.rules().calendar));
    case ObligationAttribute::period:
      return obligation_.period ? Value(obligation_.period->to_string()) : Value(Missing());
  }
  return Missing();
}

/// A field of the last delivery; sin dato in a report that has no such field.
Value ObligationFacts::field(std::uint32_t slot) const {
  const ObligationKind& declared = plan_.read_as().obligations.at(slot / fields_per_report);
  const std::string& key = declared.fields.at(slot % fields_per_report).key;
  const std::vector<rules::Field>& fields = kind_of(plan_.kind(), obligation_).fields;
  for (std::size_t i = 0; i < fields.size() && i < obligation_.fields.size(); ++i) {
    if (fields[i].key == key) return obligation_.fields[i];
  }
  return Missing();
}

Value ComponentFacts::value(std::uint32_t slot) const {
  if (slot < element_slots) return plan_.value(slot);
  const ComponentKind& kind = plan_.kind().components.at(component_);
  switch (static_cast<ComponentAttribute>(slot - element_slots)) {
    case ComponentAttribute::name:
      return kind.name;
    case ComponentAttribute::complete:
      return is_complete(plan_.plan().components.at(component_), kind);
    case ComponentAttribute::required:
      return kind.required;
  }
  return Missing();
}

/// An element that keeps the plan that it belongs to.
template <typename Element>
class Standalone : public Facts {
 public:
  template <typename Part>
  Standalone(const World& world, const Plan& plan, Date today, const Part& part)
      : plan_(world, plan, today), element_(plan_, part) {}
  Value value(std::uint32_t slot) const override { return element_.value(slot); }

 private:
  PlanFacts plan_;
  Element element_;
};

}  // namespace

std::unique_ptr<Facts> plan_facts(const World& world, const Plan& plan, Date today) {
  return std::make_unique<PlanFacts>(world, plan, today);
}

std::unique_ptr<Facts> obligation_facts(const World& world, const Plan& plan, ObligationId obligation,
                                        Date today) {
  return std::make_unique<Standalone<ObligationFacts>>(world, plan, today, plan.obligation(obligation));
}

std::unique_ptr<Facts> component_facts(const World& world, const Plan& plan, ComponentId component,
                                       Date today) {
  return std::make_unique<Standalone<ComponentFacts>>(world, plan, today,
                                                      static_cast<std::size_t>(component));
}

bool counts(const Obligation& obligation) {
  if (obligation.former) return false;
  switch (obligation.state) {
    case ObligationState::waived:
    case ObligationState::not_due:
    case ObligationState::void_:
    case ObligationState::retired:
      return false;
    default:
      return true;
  }
}

bool is_achieved(const Obligation& obligation) {
  return obligation.state == ObligationState::achieved || obligation.state == ObligationState::validated;
}

bool is_complete(const ComponentState& component, const ComponentKind& kind) {
  bool has_content = false;
  for (std::size_t i = 0; i < kind.fields.size(); ++i) {
    const bool filled = i < component.fields.size() && !rules::is_missing(component.fields[i]);
    if (kind.fields[i].required && !filled) return false;
    has_content = has_content || filled;
  }
  return has_content;
}

Value progress(const Plan& plan, const PlanKind& kind) {
  std::optional<Decimal> all = Decimal(0);
  std::optional<Decimal> achieved = Decimal(0);
  bool any = false;
  for (const Obligation& obligation : plan.obligations) {
    if (!counts(obligation)) continue;
    const ObligationKind& hito = kind_of(kind, obligation);
    if (hito.type != ObligationType::hito) continue;
    any = true;
    if (all) all = add(*all, weight_of(hito));
    if (achieved && is_achieved(obligation)) achieved = add(*achieved, weight_of(hito));
  }
  if (!any || !all || !achieved) return Missing();
  const auto hundredfold = multiply(Decimal(100), *achieved);
  const auto share = hundredfold ? divide(*hundredfold, *all) : std::nullopt;
  return share ? Value(*share) : Value(Missing());
}

std::vector<Value> indicator_values(const World& world, const Plan& plan, Date today) {
  const PlanFacts facts(world, plan, today);
  std::vector<Value> values;
  for (std::size_t i = 0; i < facts.kind().indicators.size(); ++i)
    values.push_back(facts.indicator(i));
  return values;
}

std::string level_of(const Indicator& indicator, const Value& value) {
  const auto* number = std::get_if<Decimal>(&value);
  if (number == nullptr) return {};
  for (const Level& level : indicator.levels) {
    if (*number >= level.from) return level.name;
  }
  return {};
}

}  // namespace cauce::workflows
