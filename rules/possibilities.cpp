#include "rules/possibilities.hpp"

#include <algorithm>

#include "rules/logic.hpp"
#include "rules/ruleset.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {

namespace {

// --- Sets of truth values

Truths only(std::optional<bool> truth) {
  return !truth ? can_be_unknown : *truth ? can_hold : can_fail;
}

template <typename Visit>
void for_each_truth(Truths truths, const Visit& visit) {
  if ((truths & can_hold) != 0) visit(std::optional<bool>(true));
  if ((truths & can_fail) != 0) visit(std::optional<bool>(false));
  if ((truths & can_be_unknown) != 0) visit(std::optional<bool>());
}

Truths negated(Truths truths) {
  Truths result = 0;
  for_each_truth(truths, [&](std::optional<bool> truth) { result |= only(kleene_not(truth)); });
  return result;
}

Truths joined(dsl::BinaryOp op, Truths left, Truths right) {
  Truths result = 0;
  for_each_truth(left, [&](std::optional<bool> a) {
    for_each_truth(right, [&](std::optional<bool> b) {
      result |= only(op == dsl::BinaryOp::logical_and ? kleene_and(a, b) : kleene_or(a, b));
    });
  });
  return result;
}

// --- What an expression reads

bool is_comparison(dsl::BinaryOp op) {
  using dsl::BinaryOp;
  return op == BinaryOp::equal || op == BinaryOp::not_equal || op == BinaryOp::less ||
         op == BinaryOp::less_equal || op == BinaryOp::greater || op == BinaryOp::greater_equal;
}

bool is_constant(const Expression& expression) {
  return std::holds_alternative<Literal>(expression.node) ||
         std::holds_alternative<ReadParameter>(expression.node);
}

/// What is between `y` and `y` (or `o` and `o`), however it was nested.
void flatten(const Expression& expression, dsl::BinaryOp op, std::vector<const Expression*>& operands) {
  const BinaryOperation* operation = logical(expression);
  if (operation == nullptr || operation->op != op) {
    operands.push_back(&expression);
    return;
  }
  flatten(*operation->left, op, operands);
  flatten(*operation->right, op, operands);
}

/// The atoms within the logic of a condition.
template <typename Visit>
void for_each_atom(const Expression& condition, const SlotTypes& slots, const Visit& visit) {
  if (const BinaryOperation* operation = logical(condition)) {
    for_each_atom(*operation->left, slots, visit);
    for_each_atom(*operation->right, slots, visit);
  } else if (const UnaryOperation* no = negation(condition)) {
    for_each_atom(*no->operand, slots, visit);
  } else if (const auto* choice = std::get_if<Choice>(&condition.node)) {
    for_each_atom(*choice->condition, slots, visit);
    for_each_atom(*choice->consequence, slots, visit);
    for_each_atom(*choice->alternative, slots, visit);
  } else if (const auto atom = atom_of(condition); atom && slots.contains(atom->slot->slot.index)) {
    visit(*atom);
  }
}

}  // namespace

const BinaryOperation* logical(const Expression& expression) {
  const auto* operation = std::get_if<BinaryOperation>(&expression.node);
  const bool is_logical = operation != nullptr && (operation->op == dsl::BinaryOp::logical_and ||
                                                   operation->op == dsl::BinaryOp::logical_or);
  return is_logical ? operation : nullptr;
}

const UnaryOperation* negation(const Expression& expression) {
  const auto* operation = std::get_if<UnaryOperation>(&expression.node);
  return operation != nullptr && operation->op == dsl::UnaryOp::logical_not ? operation : nullptr;
}

std::optional<Atom> atom_of(const Expression& expression) {
  const auto make = [](const Expression& operand, std::vector<const Expression*> constants, bool has_order) {
    const auto* slot = std::get_if<ReadSlot>(&operand.node);
    const bool constant = std::all_of(constants.begin(), constants.end(),
                                      [](const Expression* value) { return is_constant(*value); });
    return slot != nullptr && slot->slot.depth == 0 && constant
               ? std::optional(Atom{slot, std::move(constants), has_order})
               : std::nullopt;
  };
  if (std::holds_alternative<ReadSlot>(expression.node)) return make(expression, {}, false);
  if (const auto* presence = std::get_if<Presence>(&expression.node))
    return make(*presence->operand, {}, false);
  if (const auto* within = std::get_if<Within>(&expression.node)) {
    return make(*within->operand, {&*within->low, &*within->high}, true);
  }
  if (const auto* membership = std::get_if<Membership>(&expression.node)) {
    std::vector<const Expression*> values;
    for (const Expression& value : membership->values)
      values.push_back(&value);
    return make(*membership->operand, std::move(values), false);
  }
  const auto* operation = std::get_if<BinaryOperation>(&expression.node);
  if (operation == nullptr || !is_comparison(operation->op)) return std::nullopt;
  const bool has_order = operation->op != dsl::BinaryOp::equal && operation->op != dsl::BinaryOp::not_equal;
  if (auto atom = make(*operation->left, {&*operation->right}, has_order)) return atom;
  return make(*operation->right, {&*operation->left}, has_order);
}

std::vector<const Expression*> operands_of(const Expression& expression, dsl::BinaryOp op) {
  std::vector<const Expression*> operands;
  flatten(expression, op, operands);
  return operands;
}

// --- Trying the pieces

Value Trial::value(std::uint32_t slot) const {
  const Variable& variable = variables_.at(slot);
  const std::uint32_t piece = pieces.at(slot);
  return piece == variable.domain.size() ? Value(Missing{}) : variable.domain.sample(piece);
}

bool Trial::advance(const std::set<std::uint32_t>& slots) {
  for (const std::uint32_t slot : slots) {
    if (++pieces[slot] <= variables_.at(slot).domain.size()) return true;
    pieces[slot] = 0;
  }
  return false;
}

Possibilities::Possibilities(const std::vector<const Expression*>& conditions, const SlotTypes& slots,
                             const Ruleset& rules, Date as_of)
    : slots_(slots), context_{rules, as_of} {
  struct Mention {
    std::string name;
    std::vector<Value> values;
    bool has_order = false;
  };
  std::map<std::uint32_t, Mention> mentions;
  for (const Expression* condition : conditions) {
    for_each_atom(*condition, slots, [&](const Atom& atom) {
      Mention& mention = mentions[atom.slot->slot.index];
      mention.name = atom.slot->name;
      mention.has_order = mention.has_order || atom.has_order;
      for (const Expression* constant : atom.constants) {
        Value value = evaluate(*constant, Trial(variables_), context_);
        if (!is_missing(value)) mention.values.push_back(std::move(value));
      }
    });
  }
  for (auto& [slot, mention] : mentions) {
    const Type& type = slots.at(slot);
    variables_.emplace(
        slot, Variable{mention.name, type, Domain(type, std::move(mention.values), mention.has_order)});
  }
}

Truths Possibilities::of(const Expression& condition) {
  const BinaryOperation* operation = logical(condition);
  if (operation == nullptr) return of_related({&condition}, dsl::BinaryOp::logical_and);
  const Operands operands = operands_of(condition, operation->op);
  // Parts that read nothing in common go their own ways.
  Truths all = operation->op == dsl::BinaryOp::logical_and ? can_hold : can_fail;
  for (const auto& related : group_by_slots(operands))
    all = joined(operation->op, all, of_related(related, operation->op));
  return all;
}

std::set<std::uint32_t> Possibilities::slots_of(const Expression& condition) const {
  std::set<std::uint32_t> read;
  for_each_atom(condition, slots_, [&](const Atom& atom) { read.insert(atom.slot->slot.index); });
  return read;
}

bool Possibilities::spend_on(const std::set<std::uint32_t>& read) {
  std::uint64_t combinations = 1;
  for (const std::uint32_t slot : read) {
    combinations *= variables_.at(slot).domain.size() + 1;
    if (combinations > left_) return false;
  }
  left_ -= combinations;
  return true;
}

Truths Possibilities::in(const Expression& condition, const Trial& trial) const {
  if (const BinaryOperation* operation = logical(condition)) {
    return joined(operation->op, in(*operation->left, trial), in(*operation->right, trial));
  }
  if (const UnaryOperation* no = negation(condition)) return negated(in(*no->operand, trial));
  if (const auto* choice = std::get_if<Choice>(&condition.node)) {
    const Truths first = in(*choice->condition, trial);
    Truths result = first & can_be_unknown;
    if ((first & can_hold) != 0) result |= in(*choice->consequence, trial);
    if ((first & can_fail) != 0) result |= in(*choice->alternative, trial);
    return result;
  }
  const auto atom = atom_of(condition);
  const bool literal = std::holds_alternative<Literal>(condition.node);
  if (literal || (atom && slots_.contains(atom->slot->slot.index))) {
    return only(truth(evaluate(condition, trial, context_)));
  }
  return anything;  // a parameter too: alone, it is a switch of its author's
}

/// Those that read nothing in common stand apart.
std::vector<Possibilities::Operands> Possibilities::group_by_slots(const Operands& operands) const {
  std::vector<Operands> groups;
  std::vector<std::set<std::uint32_t>> read;
  for (const Expression* operand : operands) {
    Operands group = {operand};
    std::set<std::uint32_t> slots = slots_of(*operand);
    for (std::size_t i = groups.size(); i-- > 0;) {
      const bool apart = std::none_of(slots.begin(), slots.end(),
                                      [&](std::uint32_t slot) { return read[i].contains(slot); });
      if (apart) continue;
      group.insert(group.begin(), groups[i].begin(), groups[i].end());
      slots.insert(read[i].begin(), read[i].end());
      groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(i));
      read.erase(read.begin() + static_cast<std::ptrdiff_t>(i));
    }
    groups.push_back(std::move(group));
    read.push_back(std::move(slots));
  }
  return groups;
}

Truths Possibilities::of_related(const Operands& operands, dsl::BinaryOp op) {
  std::set<std::uint32_t> read;
  for (const Expression* operand : operands)
    read.merge(slots_of(*operand));
  Truths possible = 0;
  const bool tried = try_all(read, [&](const Trial& trial) {
    Truths here = in(*operands.front(), trial);
    for (std::size_t i = 1; i < operands.size(); ++i)
      here = joined(op, here, in(*operands[i], trial));
    possible |= here;
    return possible != anything;
  });
  if (tried) return possible;
  if (operands.size() == 1 && logical(*operands.front()) != nullptr) return of(*operands.front());
  return anything;
}

std::vector<Date> days_of(const std::vector<const Expression*>& conditions, const Ruleset& rules) {
  std::set<Date> days = {*make_date(first_year, 1, 1)};
  for (const Expression* condition : conditions) {
    for_each_node(*condition, [&](const Expression& node) {
      const auto* read = std::get_if<ReadParameter>(&node.node);
      if (read == nullptr) return;
      for (const ParameterValue& value : rules.parameters.at(read->parameter).values) {
        if (value.from) days.insert(*value.from);
      }
    });
  }
  return {days.begin(), days.end()};
}

}  // namespace cauce::rules
