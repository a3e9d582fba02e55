#include "rules/motion.hpp"

#include <algorithm>
#include <functional>

#include "rules/breakpoints.hpp"
#include "rules/field_pieces.hpp"
#include "rules/ruleset.hpp"
#include "rules/table.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {
namespace {

bool is_comparison(dsl::BinaryOp op) {
  using dsl::BinaryOp;
  return op == BinaryOp::equal || op == BinaryOp::not_equal || op == BinaryOp::less ||
         op == BinaryOp::less_equal || op == BinaryOp::greater || op == BinaryOp::greater_equal;
}

const Expression& zero() {
  static const Expression number{Literal{Decimal(0)}, Type::number(), {}};
  return number;
}

// --- Motions

Motion still() {
  return {0, Decimal(0)};
}

Motion in_steps(Motion motion) {
  return motion.direction == 0 ? still() : Motion{motion.direction, std::nullopt};
}

Motion reversed(const Motion& motion) {
  return {-motion.direction, motion.slope ? std::optional(-*motion.slope) : std::nullopt};
}

Motion straight(Decimal slope) {
  return {slope > Decimal(0) ? 1 : slope < Decimal(0) ? -1 : 0, slope};
}

std::optional<Motion> sum(const std::optional<Motion>& a, const std::optional<Motion>& b) {
  if (!a || !b) return std::nullopt;
  if (a->slope && b->slope) {
    if (const auto slope = add(*a->slope, *b->slope)) return straight(*slope);
  }
  if (a->direction == 0) return b;
  if (b->direction == 0 || a->direction == b->direction) return Motion{a->direction, std::nullopt};
  return std::nullopt;
}

int sign_of(const Value& value) {
  const auto* number = std::get_if<Decimal>(&value);
  return number == nullptr || *number == Decimal(0) ? 0 : *number > Decimal(0) ? 1 : -1;
}

/// Times something that has one sign all the way, and stays as it is if the slope is to be kept.
Motion scaled(const Motion& motion, const Value& factor, bool factor_is_still) {
  const auto* number = std::get_if<Decimal>(&factor);
  if (factor_is_still && motion.slope && number != nullptr) {
    if (const auto slope = multiply(*motion.slope, *number)) return straight(*slope);
  }
  return in_steps({motion.direction * sign_of(factor), std::nullopt});
}

class Following {
 public:
  Following(std::uint32_t slot, const Facts& facts, const EvaluationContext& context)
      : slot_(slot), facts_(facts), context_(context) {}

  std::optional<Motion> follow(const Expression& expression) const {
    if (!reads(expression, slot_)) return still();
    if (is_slot(expression, slot_))
      return Motion{1, expression.type.is_numeric() ? std::optional(Decimal(1)) : std::nullopt};
    if (!has_order(expression.type)) return still();  // its comparisons decide it
    if (const auto* unary = std::get_if<UnaryOperation>(&expression.node)) {
      const auto operand = follow(*unary->operand);
      return operand ? std::optional(reversed(*operand)) : std::nullopt;
    }
    if (const auto* binary = std::get_if<BinaryOperation>(&expression.node)) return follow(*binary);
    if (const auto* choice = std::get_if<Choice>(&expression.node)) {
      const auto condition = truth(value_of(*choice->condition));
      if (!condition) return still();
      return follow(*condition ? *choice->consequence : *choice->alternative);
    }
    if (const auto* call = std::get_if<CallFunction>(&expression.node)) return follow(*call);
    if (const auto* call = std::get_if<CallTable>(&expression.node)) {
      return decides_rows_only(*call, slot_, context_.rules) ? std::optional(still()) : std::nullopt;
    }
    return std::nullopt;
  }

 private:
  Value value_of(const Expression& expression) const { return evaluate(expression, facts_, context_); }

  std::optional<Motion> follow(const BinaryOperation& operation) const {
    const auto left = follow(*operation.left);
    const auto right = follow(*operation.right);
    if (!left || !right) return std::nullopt;
    const auto turned = [&](const Expression& of, const Motion& motion, const Expression& factor,
                            const Motion& of_factor) {
      return reads(of, slot_) ? scaled(motion, value_of(factor), of_factor.direction == 0) : still();
    };
    switch (operation.op) {
      case dsl::BinaryOp::add:
        return sum(left, right);
      case dsl::BinaryOp::subtract:
        return sum(left, reversed(*right));
      case dsl::BinaryOp::multiply:
        return sum(turned(*operation.left, *left, *operation.right, *right),
                   turned(*operation.right, *right, *operation.left, *left));
      case dsl::BinaryOp::divide: {
        const Value divisor = value_of(*operation.right);
        const auto* number = std::get_if<Decimal>(&divisor);
        if (number == nullptr || *number == Decimal(0)) return still();  // sin dato
        const auto inverse = divide(Decimal(1), *number);
        if (right->direction == 0 && left->slope && inverse) return scaled(*left, *inverse, true);
        return sum(scaled(*left, divisor, false), reversed(scaled(*right, value_of(*operation.left), false)));
      }
      default:
        return std::nullopt;
    }
  }

  std::optional<Motion> follow(const CallFunction& call) const {
    std::vector<std::optional<Motion>> arguments;
    for (const Expression& argument : call.arguments)
      arguments.push_back(follow(argument));
    const auto stepping = [](const std::optional<Motion>& motion) {
      return motion ? std::optional(in_steps(*motion)) : std::nullopt;
    };
    const auto back = [](const std::optional<Motion>& motion) {
      return motion ? std::optional(reversed(*motion)) : std::nullopt;
    };
    switch (call.function) {
      case Function::minimum:
      case Function::maximum:
        return arguments[chosen(call)];
      case Function::absolute:
        return sign_of(value_of(call.arguments[0])) < 0 ? back(arguments[0]) : arguments[0];
      case Function::round:
      case Function::truncate:
        return reads(call.arguments[1], slot_) ? std::nullopt : stepping(arguments[0]);
      case Function::year:
        return stepping(arguments[0]);
      case Function::days_between:
      case Function::working_days_between:
        return stepping(sum(arguments[1], back(arguments[0])));
      case Function::add_days:
      case Function::add_working_days:
        return stepping(sum(arguments[0], arguments[1]));
      case Function::if_missing:
        return arguments[is_missing(value_of(call.arguments[0])) ? 1 : 0];
      case Function::month:
      case Function::day:
      case Function::contains:
      case Function::starts_with:
      case Function::length:
        break;
    }
    const bool all_still =
        std::all_of(arguments.begin(), arguments.end(),
                    [](const std::optional<Motion>& motion) { return motion && motion->direction == 0; });
    return all_still ? std::optional(still()) : std::nullopt;
  }

  /// Which argument is the least or the greatest here.
  std::size_t chosen(const CallFunction& call) const {
    std::size_t best = 0;
    Value of_best = value_of(call.arguments[0]);
    for (std::size_t i = 1; i < call.arguments.size(); ++i) {
      const Value value = value_of(call.arguments[i]);
      const bool better = call.function == Function::minimum ? value < of_best : value > of_best;
      if (!better) continue;
      best = i;
      of_best = value;
    }
    return best;
  }

  std::uint32_t slot_;
  const Facts& facts_;
  const EvaluationContext& context_;
};

// --- Comparisons

class Gathering {
 public:
  Gathering(std::uint32_t slot, const Ruleset& rules) : slot_(slot), rules_(rules) {}

  void look_at(const Expression& expression) {
    if (!reads(expression, slot_)) return;
    for_each_child(expression, [&](const Expression& child) { look_at(child); });
    if (const auto* binary = std::get_if<BinaryOperation>(&expression.node)) {
      look_at(*binary);
    } else if (const auto* within = std::get_if<Within>(&expression.node)) {
      compare(*within->operand, *within->low);
      compare(*within->operand, *within->high);
    } else if (const auto* membership = std::get_if<Membership>(&expression.node)) {
      for (const Expression& value : membership->values)
        compare(*membership->operand, value);
    } else if (const auto* function = std::get_if<CallFunction>(&expression.node)) {
      look_at(*function);
    } else if (const auto* table = std::get_if<CallTable>(&expression.node)) {
      look_at(*table);
    }
  }

  Comparisons found() && { return std::move(found_); }

 private:
  static bool is_constant(const Expression& expression) {
    return std::holds_alternative<Literal>(expression.node) ||
           std::holds_alternative<ReadParameter>(expression.node);
  }

  void compare(const Expression& left, const Expression& right) {
    const bool of_order = has_order(left.type) && has_order(right.type);
    const bool breakpoint =
        (is_slot(left, slot_) && is_constant(right)) || (is_slot(right, slot_) && is_constant(left));
    if (of_order && !breakpoint && (reads(left, slot_) || reads(right, slot_)))
      found_.list.push_back({&left, &right});
  }

  void look_at(const BinaryOperation& operation) {
    if (is_comparison(operation.op)) compare(*operation.left, *operation.right);
    // A factor that changes its sign turns the other one about.
    if (operation.op == dsl::BinaryOp::multiply && reads(*operation.left, slot_) &&
        reads(*operation.right, slot_)) {
      with_zero(*operation.left);
      with_zero(*operation.right);
    } else if (operation.op == dsl::BinaryOp::divide && reads(*operation.right, slot_)) {
      with_zero(*operation.left);
      with_zero(*operation.right);
    }
  }

  /// Also for the slot itself: its breakpoints are what conditions compare it with, and this is none.
  void with_zero(const Expression& expression) {
    if (reads(expression, slot_)) found_.list.push_back({&expression, &zero()});
  }

  void look_at(const CallFunction& call) {
    if (call.function == Function::absolute) with_zero(call.arguments[0]);
    if (call.function != Function::minimum && call.function != Function::maximum) return;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Comparison pair{&call.arguments[j], &call.arguments[i]};
        if (reads(*pair.left, slot_) || reads(*pair.right, slot_)) found_.list.push_back(pair);
      }
    }
  }

  void look_at(const CallTable& call) {
    found_.all = found_.all && decides_rows_only(call, slot_, rules_);
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      if (!reads(call.arguments[i], slot_)) continue;
      for (const TableRow& row : rules_.tables.at(call.table).rows) {
        for (const CellTest& test : row.cells.at(i).tests) {
          if (const auto* comparison = std::get_if<CellCompare>(&test)) {
            compare(call.arguments[i], comparison->value);
          } else if (const auto* range = std::get_if<CellRange>(&test)) {
            compare(call.arguments[i], range->low);
            compare(call.arguments[i], range->high);
          }
        }
      }
    }
  }

  std::uint32_t slot_;
  const Ruleset& rules_;
  Comparisons found_;
};

}  // namespace

std::optional<Motion> motion_of(const Expression& expression, std::uint32_t slot, const Facts& facts,
                                const EvaluationContext& context) {
  return Following(slot, facts, context).follow(expression);
}

Comparisons comparisons_of(const Expression& expression, std::uint32_t slot, const Ruleset& rules) {
  Gathering gathering(slot, rules);
  gathering.look_at(expression);
  return std::move(gathering).found();
}

std::optional<int> side_of(const Comparison& comparison, const Facts& facts,
                           const EvaluationContext& context) {
  const Value left = evaluate(*comparison.left, facts, context);
  const Value right = evaluate(*comparison.right, facts, context);
  if (is_missing(left) || is_missing(right)) return std::nullopt;
  return left < right ? -1 : left == right ? 0 : 1;
}

std::optional<Motion> motion_of(const Comparison& comparison, std::uint32_t slot, const Facts& facts,
                                const EvaluationContext& context) {
  const auto right = motion_of(*comparison.right, slot, facts, context);
  return sum(motion_of(*comparison.left, slot, facts, context),
             right ? std::optional(reversed(*right)) : std::nullopt);
}

}  // namespace cauce::rules
