// All that a condition can be, by trying a value of each piece of what it reads. Parts that compare with
// nothing constant may be anything, each time anew.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/expression.hpp"
#include "rules/pieces.hpp"

namespace cauce::rules {

/// What the slots of a scope hold, with the bounds that expressions no longer know. A slot that is not there
/// is not looked into.
using SlotTypes = std::map<std::uint32_t, Type>;

/// A set of true, false and unknown.
using Truths = std::uint8_t;
inline constexpr Truths can_hold = 1;
inline constexpr Truths can_fail = 2;
inline constexpr Truths can_be_unknown = 4;
inline constexpr Truths anything = 7;

/// One thing compared with constants, or asked for by itself: what a piece of its values decides.
struct Atom {
  const ReadSlot* slot = nullptr;
  std::vector<const Expression*> constants = {};
  bool has_order = false;
};
std::optional<Atom> atom_of(const Expression& expression);

/// `… y …` or `… o …`; `no …`. Null for anything else.
const BinaryOperation* logical(const Expression& expression);
const UnaryOperation* negation(const Expression& expression);
/// What is between `y` and `y` (or `o` and `o`), however it was nested.
std::vector<const Expression*> operands_of(const Expression& expression, dsl::BinaryOp op);

/// A slot with its values in pieces. The number after the last piece is sin dato.
struct Variable {
  std::string name;
  Type type;
  Domain domain;
};
using Variables = std::map<std::uint32_t, Variable>;  // by slot

/// One piece for each variable, as facts.
class Trial : public Facts {
 public:
  explicit Trial(const Variables& variables) : variables_(variables) {}

  Value value(std::uint32_t slot) const override;
  /// To the next combination of `slots`; false after the last.
  bool advance(const std::set<std::uint32_t>& slots);

  std::map<std::uint32_t, std::uint32_t> pieces = {};

 private:
  const Variables& variables_;
};

/// Conditions over one set of slots on one date.
class Possibilities {
 public:
  Possibilities(const std::vector<const Expression*>& conditions, const SlotTypes& slots,
                const Ruleset& rules, Date as_of);

  /// The slots that are looked into.
  const Variables& variables() const { return variables_; }
  std::set<std::uint32_t> slots_of(const Expression& condition) const;

  /// What `condition` can be over all values. Anything if that would take too long to know.
  Truths of(const Expression& condition);
  /// What it can be with the values of a trial.
  Truths in(const Expression& condition, const Trial& trial) const;

  /// Calls `visit` with every combination of pieces of `read`, as long as it gives true. False if there are
  /// too many.
  template <typename Visit>
  bool try_all(const std::set<std::uint32_t>& read, const Visit& visit) {
    if (!spend_on(read)) return false;
    Trial trial(variables_);
    for (const std::uint32_t slot : read)
      trial.pieces[slot] = 0;
    do {
      if (!visit(trial)) return true;
    } while (trial.advance(read));
    return true;
  }

 private:
  using Operands = std::vector<const Expression*>;

  bool spend_on(const std::set<std::uint32_t>& read);
  std::vector<Operands> group_by_slots(const Operands& operands) const;
  Truths of_related(const Operands& operands, dsl::BinaryOp op);

  const SlotTypes& slots_;
  EvaluationContext context_;
  Variables variables_;
  /// How many combinations of pieces are tried for one condition. Beyond, nothing is said.
  std::uint64_t left_ = 20'000;
};

/// The days from which the parameters that conditions read have their values, and one before all.
std::vector<Date> days_of(const std::vector<const Expression*>& conditions, const Ruleset& rules);

}  // namespace cauce::rules
