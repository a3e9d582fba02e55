#include "rules/condition_analysis.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "rules/entities.hpp"
#include "rules/lower.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {

namespace {

// --- What is said

/// Of a name that stands for the phase or the stage at hand.
bool has_one_value(const Type& type) {
  return type.kind == TypeKind::one_of && type.values->size() == 1;
}

/// What the type of `name` alone says of it: `mdm va de 0 a 100`; empty if that is nothing.
std::string limits_of(const std::string& name, const Type& type) {
  if (has_one_value(type)) return "aquí " + name + " es siempre " + type.values->front();
  if (type.low && type.high) return name + " va de " + to_display(*type.low) + " a " + to_display(*type.high);
  if (type.low) return name + " nunca es menor que " + to_display(*type.low);
  if (type.high) return name + " nunca es mayor que " + to_display(*type.high);
  return "";
}

bool has_fraction(const Expression* constant) {
  const auto* literal = std::get_if<Literal>(&constant->node);
  const auto* number = literal == nullptr ? nullptr : std::get_if<Decimal>(&literal->value);
  return number != nullptr && !number->is_integer();
}

/// Whether its value is written in it and depends on nothing else: `2 > 1`, `sí`.
bool is_fixed(const Expression& expression) {
  bool fixed = true;
  for_each_node(expression, [&](const Expression& node) {
    fixed = fixed && !std::holds_alternative<ReadSlot>(node.node) &&
            !std::holds_alternative<ReadParameter>(node.node) &&
            !std::holds_alternative<ReadAsOf>(node.node) && !std::holds_alternative<CallTable>(node.node) &&
            !std::holds_alternative<Aggregation>(node.node) && !std::holds_alternative<AskThing>(node.node);
  });
  return fixed;
}

/// What comparing a thing with itself gives wherever it is known: `mdm < mdm`. Nothing for other conditions.
std::optional<bool> compared_with_itself(const Expression& condition) {
  using dsl::BinaryOp;
  const auto* operation = std::get_if<BinaryOperation>(&condition.node);
  if (operation == nullptr || !same(*operation->left, *operation->right)) return std::nullopt;
  switch (operation->op) {
    case BinaryOp::equal:
    case BinaryOp::less_equal:
    case BinaryOp::greater_equal:
      return true;
    case BinaryOp::not_equal:
    case BinaryOp::less:
    case BinaryOp::greater:
      return false;
    default:
      return std::nullopt;
  }
}

/// `]40..40]`
bool is_empty_range(const Expression& condition) {
  const auto* within = std::get_if<Within>(&condition.node);
  if (within == nullptr || !(within->low_open || within->high_open)) return false;
  const auto* low = std::get_if<Literal>(&within->low->node);
  const auto* high = std::get_if<Literal>(&within->high->node);
  return low != nullptr && high != nullptr && low->value == high->value;
}

class ConditionCheck {
 public:
  ConditionCheck(const SlotTypes& slots, const Ruleset& rules, dsl::Diagnostics& diagnostics)
      : slots_(slots), rules_(rules), diagnostics_(diagnostics) {}

  /// Whether something was said: then it is the reason of all that stands around it.
  bool check(const Expression& condition) {
    if (const BinaryOperation* operation = logical(condition)) {
      bool said = false;
      for (const Expression* operand : operands_of(condition, operation->op))
        said = check(*operand) || said;
      return said || judge(condition);
    }
    if (const UnaryOperation* no = negation(condition)) return check(*no->operand);
    if (const auto* choice = std::get_if<Choice>(&condition.node)) {
      // Its own condition is looked at by check_conditionals.
      const bool consequence = check_outcome(*choice->consequence);
      return check_outcome(*choice->alternative) || consequence || judge(condition);
    }
    return judge_fixed(condition) || judge(condition);
  }

 private:
  /// `si … entonces sí si no mdm > 3`: an outcome may well be fixed.
  bool check_outcome(const Expression& outcome) { return !is_fixed(outcome) && check(outcome); }

  /// What no data can change.
  bool judge_fixed(const Expression& condition) {
    std::optional<bool> holds = compared_with_itself(condition);
    std::string why = "compara una cosa consigo misma";
    const bool needs_data = holds.has_value() && !is_fixed(condition);
    if (is_fixed(condition)) {
      const Variables nothing;
      const EvaluationContext context{rules_, *make_date(first_year, 1, 1)};
      holds = truth(evaluate(condition, Trial(nothing), context));
      why = "no depende de ningún dato";
    }
    if (!holds) return false;
    const std::string_view what = !*holds      ? "esta condición nunca se cumple"
                                  : needs_data ? "esta condición se cumple siempre que hay dato"
                                               : "esta condición se cumple siempre";
    diagnostics_.push_back({dsl::Code::condition_always, condition.span, std::string(what) + ": " + why,
                            "compare un campo con otra cosa, o quítela"});
    return true;
  }

  bool judge(const Expression& condition) {
    Truths possible = 0;
    Variables variables;
    for (const Date day : days_of({&condition}, rules_)) {
      Possibilities possibilities({&condition}, slots_, rules_, day);
      possible |= possibilities.of(condition);
      variables = possibilities.variables();
    }
    if (variables.empty()) return false;
    if ((possible & can_hold) == 0) {
      report(condition, "esta condición nunca se cumple",
             variables.size() == 1 ? "ningún valor de " + names_of(variables) + " la cumple"
                                   : "ninguna combinación de " + names_of(variables) + " la cumple",
             "corrija el valor con el que compara, o quítela", variables);
      return true;
    }
    if ((possible & can_fail) != 0) return false;
    report(condition,
           (possible & can_be_unknown) != 0 && may_be_missing(variables)
               ? "esta condición se cumple siempre que hay dato"
               : "esta condición se cumple siempre",
           "todos los valores de " + names_of(variables) + " la cumplen",
           "corrija el valor con el que compara, o quítela", variables);
    return true;
  }

  static bool may_be_missing(const Variables& variables) {
    return !std::all_of(variables.begin(), variables.end(),
                        [](const auto& variable) { return has_one_value(variable.second.type); });
  }

  static std::string names_of(const Variables& variables) {
    std::vector<std::string> names;
    for (const auto& [slot, variable] : variables)
      names.push_back(variable.name);
    return join_names(names);
  }

  /// Where one thing is compared but once, what it can be is the reason.
  void report(const Expression& condition, std::string what, std::string why, std::string help,
              const Variables& variables) {
    if (const auto atom = atom_of(condition); atom && variables.size() == 1) {
      const auto& [name, type, domain] = variables.begin()->second;
      const bool whole = type.kind == TypeKind::integer &&
                         std::any_of(atom->constants.begin(), atom->constants.end(), has_fraction);
      const std::string limits = whole ? name + " es un número entero" : limits_of(name, type);
      if (!limits.empty()) why = limits;
      if (is_empty_range(condition)) why = "entre los límites del rango no hay nada";
    }
    diagnostics_.push_back(
        {dsl::Code::condition_always, condition.span, std::move(what) + ": " + why, std::move(help)});
  }

  const SlotTypes& slots_;
  const Ruleset& rules_;
  dsl::Diagnostics& diagnostics_;
};

/// The conditions within the aggregates of an expression, each over the elements of its collection.
class AggregateCheck {
 public:
  AggregateCheck(const Scope& scope, const Ruleset& rules, dsl::Diagnostics& diagnostics)
      : rules_(rules), diagnostics_(diagnostics) {
    for (const Scope* at = &scope; at != nullptr; at = at->outer)
      frames_.insert(frames_.begin(), at);
  }

  void check(const Expression& expression) {
    const auto* aggregation = std::get_if<Aggregation>(&expression.node);
    if (aggregation == nullptr) return check_children(expression);
    const Scope* element = element_of(*aggregation);
    if (element == nullptr) return;
    const SlotTypes slots = slot_types(*element);
    for (const Expression& condition : aggregation->where)
      check_condition(condition, slots, rules_, diagnostics_);
    for (const Expression& value : aggregation->value)
      check_conditionals(value, slots, rules_, diagnostics_);
    frames_.push_back(element);
    check_children(expression);
    frames_.pop_back();
  }

 private:
  void check_children(const Expression& expression) {
    for_each_child(expression, [&](const Expression& child) { check(child); });
  }

  const Scope* element_of(const Aggregation& aggregation) const {
    const Scope& scope = *frames_.at(frames_.size() - 1 - aggregation.depth);
    const auto found =
        std::find_if(scope.collections.begin(), scope.collections.end(),
                     [&](const auto& named) { return named.second.index == aggregation.collection; });
    return found == scope.collections.end() ? nullptr : found->second.element;
  }

  const Ruleset& rules_;
  dsl::Diagnostics& diagnostics_;
  std::vector<const Scope*> frames_;  ///< the innermost last, as when the expression was bound
};

/// The slots of a scope and, under its objects, those that the same facts answer.
void collect(const Scope& scope, std::set<const Scope*>& seen, SlotTypes& types) {
  if (!seen.insert(&scope).second) return;
  for (const auto& [key, slot] : scope.slots)
    types.emplace(slot.index, slot.type);
  for (const auto& [key, object] : scope.objects) {
    if (object.self) types.emplace(object.self->index, object.self->type);
    if (object.members != nullptr) collect(*object.members, seen, types);
  }
  for (const Scope* shared : scope.shared)
    collect(*shared, seen, types);
}

}  // namespace

SlotTypes slot_types(const Scope& scope) {
  SlotTypes types;
  std::set<const Scope*> seen;
  collect(scope, seen, types);
  return types;
}

void check_condition(const Expression& condition, const SlotTypes& slots, const Ruleset& rules,
                     dsl::Diagnostics& diagnostics) {
  ConditionCheck(slots, rules, diagnostics).check(condition);
  check_conditionals(condition, slots, rules, diagnostics);
}

void check_conditionals(const Expression& expression, const SlotTypes& slots, const Ruleset& rules,
                        dsl::Diagnostics& diagnostics) {
  // Within an aggregate the slots are those of its elements: see check_aggregates.
  if (std::holds_alternative<Aggregation>(expression.node)) return;
  if (const auto* choice = std::get_if<Choice>(&expression.node)) {
    ConditionCheck(slots, rules, diagnostics).check(*choice->condition);
  }
  for_each_child(expression,
                 [&](const Expression& child) { check_conditionals(child, slots, rules, diagnostics); });
}

void check_aggregates(const Expression& expression, const Scope& scope, const Ruleset& rules,
                      dsl::Diagnostics& diagnostics) {
  AggregateCheck(scope, rules, diagnostics).check(expression);
}

std::optional<std::string> example_of_both(const Expression& a, const Expression& b, const SlotTypes& slots,
                                           const Ruleset& rules) {
  for (const Date day : days_of({&a, &b}, rules)) {
    Possibilities possibilities({&a, &b}, slots, rules, day);
    std::set<std::uint32_t> read = possibilities.slots_of(a);
    read.merge(possibilities.slots_of(b));
    std::optional<std::string> example;
    possibilities.try_all(read, [&](const Trial& trial) {
      if (possibilities.in(a, trial) != can_hold || possibilities.in(b, trial) != can_hold) return true;
      std::vector<std::string> parts;
      for (const auto& [slot, piece] : trial.pieces) {
        const auto& [name, type, domain] = possibilities.variables().at(slot);
        parts.push_back(piece == domain.size() ? name + " sin dato" : domain.describe(name, piece));
      }
      example = parts.empty() ? "cualquier dato" : join_names(parts);
      return false;
    });
    if (example) return example;
  }
  return std::nullopt;
}

bool surely_implied(const Expression& first, const Expression& second, const SlotTypes& slots,
                    const Ruleset& rules) {
  if (same(first, second)) return true;
  for (const Date day : days_of({&first, &second}, rules)) {
    Possibilities possibilities({&first, &second}, slots, rules, day);
    std::set<std::uint32_t> read = possibilities.slots_of(first);
    read.merge(possibilities.slots_of(second));
    bool implied = true;
    bool possible = false;  // what never holds implies nothing worth saying
    const bool tried = possibilities.try_all(read, [&](const Trial& trial) {
      const bool may_hold = (possibilities.in(second, trial) & can_hold) != 0;
      possible = possible || may_hold;
      implied = !may_hold || possibilities.in(first, trial) == can_hold;
      return implied;
    });
    if (!tried || !implied || !possible) return false;
  }
  return true;
}

void check_conditions(const Ruleset& rules, const EntityScopes& scopes, dsl::Diagnostics& diagnostics) {
  std::map<EntityKindId, SlotTypes> slots_of_kinds;
  for (const Targeting& targeting : rules.targetings) {
    const auto [known, is_new] = slots_of_kinds.try_emplace(targeting.entity);
    SlotTypes& slots = known->second;
    if (is_new) slots = slot_types(scopes.of(targeting.entity));
    for (const auto* clauses : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
      for (const TargetingClause& clause : *clauses)
        check_condition(clause.condition, slots, rules, diagnostics);
    }
    for (const TargetingScore& part : targeting.score)
      check_conditionals(part.value, slots, rules, diagnostics);
  }
  for (const Table& table : rules.tables) {
    SlotTypes slots;
    for (std::uint32_t i = 0; i < table.parameters.size(); ++i)
      slots.emplace(i, table.parameters[i].type);
    for (const TableRow& row : table.rows)
      check_conditionals(row.result, slots, rules, diagnostics);
  }
}

}  // namespace cauce::rules
