#include "engine/query_narrowing.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/ordered_number.hpp"
#include "rules/comparison_operator.hpp"
#include "rules/entities.hpp"
#include "rules/walk.hpp"
#include "workflows/lifecycle.hpp"
#include "workflows/plan_slots.hpp"

namespace cauce::engine {
namespace {

using dsl::BinaryOp;
using rules::Expression;
using rules::Value;
using workflows::ObligationAttribute;
using workflows::ObligationState;
using workflows::PlanAttribute;

const SqlCondition always;
const SqlCondition never{"0"};

// --- Conditions put together

void add_values(SqlCondition& to, const SqlCondition& from) {
  to.values.insert(to.values.end(), from.values.begin(), from.values.end());
}

SqlCondition all_of(SqlCondition a, const SqlCondition& b) {
  if (a.never() || b.never()) return never;
  // Either one is enough to find the rows by.
  const auto open_before = a.open_before ? a.open_before : b.open_before;
  if (a.always()) {
    a = b;
  } else if (!b.always()) {
    a.sql = "(" + a.sql + " AND " + b.sql + ")";
    add_values(a, b);
  }
  a.open_before = open_before;
  return a;
}

SqlCondition any_of(SqlCondition a, const SqlCondition& b) {
  if (a.never()) return b;
  if (b.never()) return a;
  if (a.always() || b.always()) return always;
  a.sql = "(" + a.sql + " OR " + b.sql + ")";
  add_values(a, b);
  if (a.open_before != b.open_before) a.open_before.reset();
  return a;
}

// --- What an expression reads

/// Nothing but slots of the thing at hand for which `is_read` holds.
template <typename Predicate>
bool reads_only(const Expression& expression, const Predicate& is_read) {
  bool only = true;
  rules::for_each_node(expression, [&](const Expression& node) {
    if (const auto* read = std::get_if<rules::ReadSlot>(&node.node)) only = only && is_read(read->slot.index);
    if (std::holds_alternative<rules::Aggregation>(node.node)) only = false;
    if (std::holds_alternative<rules::AskThing>(node.node)) only = false;
  });
  return only;
}

bool is_of_entity(std::uint32_t slot) {
  return slot < workflows::plan_slots;
}

/// What is the same of all plans of one kind and version.
class KindFacts : public rules::Facts {
 public:
  explicit KindFacts(const workflows::PlanKind& kind) : kind_(kind) {}
  static bool has(std::uint32_t slot) { return slot == workflows::slot_of(PlanAttribute::kind); }
  Value value(std::uint32_t slot) const override {
    return has(slot) ? Value(kind_.name) : Value(rules::Missing());
  }

 private:
  const workflows::PlanKind& kind_;
};

std::optional<std::uint32_t> slot_read(const Expression& expression) {
  const auto* read = std::get_if<rules::ReadSlot>(&expression.node);
  return read == nullptr ? std::nullopt : std::optional(read->slot.index);
}

// --- Comparisons

bool is_comparison(BinaryOp op) {
  return op >= BinaryOp::equal && op <= BinaryOp::greater_equal;
}

std::string in_sql(BinaryOp op) {
  switch (op) {
    case BinaryOp::equal:
      return " = ?";
    case BinaryOp::not_equal:
      return " <> ?";
    case BinaryOp::less:
      return " < ?";
    case BinaryOp::less_equal:
      return " <= ?";
    case BinaryOp::greater:
      return " > ?";
    case BinaryOp::greater_equal:
      return " >= ?";
    default:
      throw std::logic_error("no comparison");
  }
}

// --- Columns

/// A column that holds what a slot reads, and how a value of the language is written in it: nothing if it is
/// not.
struct Column {
  std::string sql;
  bool may_be_null = false;
  std::optional<SqlValue> (*written)(const Value&) = nullptr;
};

std::optional<SqlValue> as_text(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr ? std::nullopt : std::optional<SqlValue>(*text);
}
std::optional<SqlValue> as_day(const Value& value) {
  const auto* date = std::get_if<rules::Date>(&value);
  return date == nullptr ? std::nullopt : std::optional<SqlValue>(rules::to_iso(*date));
}
std::optional<SqlValue> as_number(const Value& value) {
  const auto* number = std::get_if<rules::Decimal>(&value);
  return number == nullptr ? std::nullopt : std::optional<SqlValue>(SqlBlob{to_ordered(*number)});
}
std::optional<SqlValue> as_phase(const Value& value) {
  for (const auto phase : {workflows::Phase::formulation, workflows::Phase::monitoring,
                           workflows::Phase::evaluation, workflows::Phase::closed}) {
    if (value == Value(std::string(spanish_name(phase)))) return std::string(name_of(phase));
  }
  return std::nullopt;
}
std::optional<SqlValue> as_standing(const Value& value) {
  for (const auto standing :
       {workflows::Standing::active, workflows::Standing::suspended, workflows::Standing::cancelled}) {
    if (value == Value(std::string(spanish_name(standing)))) return std::string(name_of(standing));
  }
  return std::nullopt;
}

std::optional<Column> column_of(std::uint32_t slot, PlanPart part) {
  static const std::map<std::uint32_t, Column> of_plan = {
      {plan_id_slot, {"plan.id", false, as_text}},
      {slot_of(PlanAttribute::id), {"plan.id", false, as_text}},
      {slot_of(PlanAttribute::entity), {"plan.entity", false, as_text}},
      {slot_of(PlanAttribute::phase), {"plan.phase", false, as_phase}},
      {slot_of(PlanAttribute::standing), {"plan.standing", false, as_standing}},
      // Null also for a plan of which it was not written yet.
      {slot_of(PlanAttribute::progress),
       {"(SELECT progress FROM plan_progress WHERE plan_progress.plan = plan.id)", true, as_number}},
  };
  static const std::map<std::uint32_t, Column> of_obligation = {
      {slot_of(ObligationAttribute::name), {"obligation.name", false, as_text}},
      {slot_of(ObligationAttribute::date), {"obligation.fulfilled_on", true, as_day}},
      {slot_of(ObligationAttribute::period), {"obligation.period", true, as_text}},
  };
  // What is returned is due by the end of its correction; only reports are returned.
  static const std::map<std::uint32_t, Column> of_hito = {
      {slot_of(ObligationAttribute::due), {"obligation.due", true, as_day}},
  };
  static const std::map<std::uint32_t, Column> of_report = {
      {slot_of(ObligationAttribute::due),
       {"(CASE WHEN obligation.state = 'returned' THEN obligation.correction_due ELSE obligation.due END)",
        true, as_day}},
  };
  const auto in = [&](const std::map<std::uint32_t, Column>& columns) -> std::optional<Column> {
    const auto found = columns.find(slot);
    return found == columns.end() ? std::nullopt : std::optional(found->second);
  };
  if (const auto found = in(of_plan)) return found;
  if (part != PlanPart::hito && part != PlanPart::report) return std::nullopt;
  if (const auto found = in(part == PlanPart::hito ? of_hito : of_report)) return found;
  return in(of_obligation);
}

SqlCondition has_state(std::initializer_list<ObligationState> states, bool wanted) {
  SqlCondition condition{wanted ? "obligation.state IN (" : "obligation.state NOT IN ("};
  for (const ObligationState state : states) {
    condition.sql += condition.values.empty() ? "?" : ", ?";
    condition.values.emplace_back(std::string(name_of(state)));
  }
  condition.sql += ")";
  return condition;
}

}  // namespace

QueryNarrowing::QueryNarrowing(const workflows::World& world, workflows::PolicyVersion version,
                               workflows::PlanKindId kind, PlanPart part, rules::Date today,
                               UnmetByEntities& unmet)
    : world_(world),
      version_(version),
      policy_(world.policy(version)),
      kind_(at(policy_.plans, kind)),
      part_(part),
      today_(today),
      unmet_(unmet) {}

SqlCondition QueryNarrowing::may_be(const Expression& expression, bool wanted) const {
  if (reads_only(expression, KindFacts::has)) {
    const Value value = constant(expression);
    return rules::is_missing(value) || rules::truth(value) == wanted ? always : never;
  }
  if (reads_only(expression, is_of_entity)) return of_entities(expression, wanted);
  if (const auto slot = slot_read(expression)) return attribute(*slot, wanted);
  if (const auto* unary = std::get_if<rules::UnaryOperation>(&expression.node)) {
    return unary->op == dsl::UnaryOp::logical_not ? may_be(*unary->operand, !wanted) : always;
  }
  if (const auto* binary = std::get_if<rules::BinaryOperation>(&expression.node)) {
    if (is_comparison(binary->op)) return compared(binary->op, *binary->left, *binary->right, wanted);
    if (binary->op == BinaryOp::logical_and) return both_may_be(*binary->left, *binary->right, wanted);
    if (binary->op == BinaryOp::logical_or) return either_may_be(*binary->left, *binary->right, wanted);
    return always;
  }
  if (const auto* within = std::get_if<rules::Within>(&expression.node)) {
    const SqlCondition low = compared(within->low_open ? BinaryOp::greater : BinaryOp::greater_equal,
                                      *within->operand, *within->low, wanted);
    const SqlCondition high = compared(within->high_open ? BinaryOp::less : BinaryOp::less_equal,
                                       *within->operand, *within->high, wanted);
    return wanted ? all_of(low, high) : any_of(low, high);
  }
  if (const auto* membership = std::get_if<rules::Membership>(&expression.node)) {
    SqlCondition all = wanted ? never : always;
    for (const Expression& value : membership->values) {
      const SqlCondition one = compared(BinaryOp::equal, *membership->operand, value, wanted);
      all = wanted ? any_of(std::move(all), one) : all_of(std::move(all), one);
    }
    return all;
  }
  if (const auto* presence = std::get_if<rules::Presence>(&expression.node)) {
    const auto slot = slot_read(*presence->operand);
    const auto column = slot ? column_of(*slot, part_) : std::nullopt;
    // What was not written yet may be known all the same.
    if (!column || *slot == slot_of(PlanAttribute::progress)) return always;
    return {column->sql + (presence->present == wanted ? " IS NOT NULL" : " IS NULL")};
  }
  return always;
}

SqlCondition QueryNarrowing::both_may_be(const Expression& a, const Expression& b, bool wanted) const {
  if (!wanted) return any_of(may_be(a, false), may_be(b, false));
  return all_of(may_be(a, true), may_be(b, true));
}

SqlCondition QueryNarrowing::either_may_be(const Expression& a, const Expression& b, bool wanted) const {
  if (!wanted) return all_of(may_be(a, false), may_be(b, false));
  return any_of(may_be(a, true), may_be(b, true));
}

SqlCondition QueryNarrowing::compared(BinaryOp op, const Expression& a, const Expression& b,
                                      bool wanted) const {
  if (!slot_read(a)) return slot_read(b) ? compared(rules::mirrored(op), b, a, wanted) : always;
  const std::uint32_t slot = *slot_read(a);
  if (!reads_only(b, KindFacts::has)) return always;
  const Value value = constant(b);
  if (rules::is_missing(value)) return always;
  const BinaryOp asked = wanted ? op : rules::opposite(op);
  if (slot == slot_of(PlanAttribute::overdue)) return overdue_plans(asked, value);
  const auto column = column_of(slot, part_);
  const auto written = column ? column->written(value) : std::nullopt;
  if (!written) return always;
  SqlCondition condition{column->sql + in_sql(asked), {*written}};
  if (column->may_be_null) condition.sql = "(" + condition.sql + " OR " + column->sql + " IS NULL)";
  return condition;
}

SqlCondition QueryNarrowing::attribute(std::uint32_t slot, bool wanted) const {
  if (part_ != PlanPart::hito && part_ != PlanPart::report) return always;
  if (slot == slot_of(ObligationAttribute::achieved))
    return has_state({ObligationState::achieved, ObligationState::validated}, wanted);
  if (slot == slot_of(ObligationAttribute::delivered))
    return has_state({ObligationState::delivered, ObligationState::validated}, wanted);
  if (slot == slot_of(ObligationAttribute::validated)) return has_state({ObligationState::validated}, wanted);
  if (slot == slot_of(ObligationAttribute::overdue) && wanted) {
    const std::string today = rules::to_iso(today_);
    SqlCondition condition{
        "((obligation.state = 'pending' AND obligation.due < ?) OR obligation.state = 'returned')", {today}};
    condition.open_before = today;
    return condition;
  }
  return always;
}

/// Where nothing is overdue the number is 0.
SqlCondition QueryNarrowing::overdue_plans(BinaryOp op, const Value& value) const {
  const auto* number = std::get_if<rules::Decimal>(&value);
  if (number == nullptr) return always;
  const bool greater = op == BinaryOp::greater || op == BinaryOp::greater_equal;
  const bool less_than_one =
      op == BinaryOp::greater_equal ? *number <= rules::Decimal(0) : *number < rules::Decimal(0);
  const bool other_than_none = op == BinaryOp::equal && *number != rules::Decimal(0);
  if ((!greater || less_than_one) && !other_than_none) return always;
  return {
      "plan.id IN (SELECT plan FROM obligation WHERE state = 'pending' AND due < ?"
      " UNION ALL SELECT plan FROM obligation WHERE state = 'returned')",
      {rules::to_iso(today_)}};
}

SqlCondition QueryNarrowing::of_entities(const Expression& condition, bool wanted) const {
  const auto [known, is_new] =
      unmet_.try_emplace({version_, kind_.entity, condition.span.begin, condition.span.end, wanted});
  if (is_new) {
    const rules::Territory& territory = world_.territory(version_);
    for (std::uint32_t row = 0; row < territory.of(kind_.entity).size(); ++row) {
      const rules::EntityFacts entity(*policy_.rules, territory, kind_.entity, row);
      const Value value = rules::evaluate(condition, entity, {*policy_.rules, today_});
      if (!rules::is_missing(value) && rules::truth(value) != wanted)
        known->second.insert(territory.key_of(*policy_.rules, kind_.entity, row));
    }
  }
  if (known->second.empty()) return always;
  return {"plan.entity NOT IN (SELECT value FROM json_each(?))", {nlohmann::json(known->second).dump()}};
}

Value QueryNarrowing::constant(const Expression& expression) const {
  return rules::evaluate(expression, KindFacts(kind_), {*policy_.rules, today_});
}

}  // namespace cauce::engine
