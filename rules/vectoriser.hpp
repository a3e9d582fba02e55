// Expressions over entities as operators over columns: the same values as evaluate() gives, for many rows at
// a time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rules/entity_columns.hpp"
#include "rules/expression.hpp"
#include "rules/vectorised.hpp"

namespace cauce::rules {

/// Makes expressions over one kind of entity into operators.
///
/// Numbers are units of a power of ten in 64 bits, and only where the bounds of the data and of every step
/// prove that they fit; then no step rounds, and decimal128 would give the same. What cannot be done so (a
/// division by what is no constant, say) is evaluated row by row within the least condition around it, and
/// where there is no condition around it there is no operator.
class Vectoriser {
 public:
  /// `row_by_row`: nothing is done in columns, so that an observer is told of all that is evaluated.
  Vectoriser(const Ruleset& rules, const Territory& territory, EntityKindId kind, Date as_of,
             EvaluationObserver* observer = nullptr, bool row_by_row = false);
  Vectoriser(const Vectoriser&) = delete;  // its operators point at it
  Vectoriser& operator=(const Vectoriser&) = delete;

  /// An expression of any type; truth values as units 0 and 1.
  std::optional<Vectorised> units_of(const Expression& expression);
  /// A condition.
  Operator truth_of(const Expression& condition);
  /// The value of an expression for one row, as evaluate() gives it.
  Value value_of(const Expression& expression, std::uint32_t row);

  const Texts& texts() const { return columns_.texts(); }
  /// Rows in which something may have gone wrong (a division by zero, no row of a table), rising. Those in
  /// which nothing did may be among them.
  std::vector<std::uint32_t> rows_to_look_at() const;

 private:
  class Compilation;

  const Ruleset& rules_;
  const Territory& territory_;
  EntityKindId kind_;
  Date as_of_;
  EvaluationObserver* observer_;
  bool row_by_row_;
  EntityColumns columns_;
  std::vector<std::uint32_t> faulty_;
};

}  // namespace cauce::rules
