// Which way the value of an expression goes as one field of the entity rises, and what it compares on its way
// there. Between two values of the field where no such comparison turns, the way is one.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rules/expression.hpp"

namespace cauce::rules {

struct Motion {
  int direction = 0;                  ///< 1 rises, -1 falls, each perhaps in steps; 0 stays as it is
  std::optional<Decimal> slope = {};  ///< where it follows a straight line
};

/// How `expression` moves around the value that `facts` hold for the slot, up to where one of its comparisons
/// turns; nothing if it is not known to go one way.
std::optional<Motion> motion_of(const Expression& expression, std::uint32_t slot, const Facts& facts,
                                const EvaluationContext& context);

/// Two numbers or dates within an expression, whose order decides how it goes on.
struct Comparison {
  const Expression* left = nullptr;
  const Expression* right = nullptr;
};
struct Comparisons {
  std::vector<Comparison> list = {};  ///< the inner before the outer
  bool all = true;  ///< false: something else hangs on the slot too, which is not looked into
};
/// The comparisons that can turn as the slot rises, but those of the slot itself with constants: these are
/// its breakpoints. They point into `expression` and `rules`.
Comparisons comparisons_of(const Expression& expression, std::uint32_t slot, const Ruleset& rules);

/// 1, 0 or -1 as the left side is greater, equal or less; nothing where a side is sin dato.
std::optional<int> side_of(const Comparison& comparison, const Facts& facts,
                           const EvaluationContext& context);
/// How the difference of the two sides moves.
std::optional<Motion> motion_of(const Comparison& comparison, std::uint32_t slot, const Facts& facts,
                                const EvaluationContext& context);

}  // namespace cauce::rules
