// Expressions after names are bound and types are known, and their evaluation by three-valued logic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dsl/syntax.hpp"
#include "rules/calendar.hpp"
#include "rules/period.hpp"
#include "rules/value.hpp"

namespace cauce::rules {

struct Ruleset;
struct Expression;

/// Something an expression reads from the thing at hand (a field, an attribute, an argument …): its number in
/// the scope in which the expression was bound, and how many scopes further out that is (0: the innermost).
struct Slot {
  std::uint16_t depth = 0;
  std::uint32_t index = 0;
  bool operator==(const Slot&) const = default;
};

enum class Function : std::uint8_t {
  minimum,
  maximum,
  round,
  truncate,
  absolute,
  year,
  month,
  day,
  days_between,
  working_days_between,
  add_days,
  add_working_days,
  contains,
  starts_with,
  length,
  if_missing,
};
enum class Aggregate : std::uint8_t { count, sum, average, maximum, minimum, all, any };
/// What can be asked of an obligation or component by its name: `cumplido(h)`, `vence(o, periodo)`.
enum class ThingQuestion : std::uint8_t { achieved, delivered, validated, overdue, due, complete };

struct Literal {
  Value value;
};
struct ReadSlot {
  Slot slot;
  std::string name;  ///< as people call it, for what is missing and for traces
};
struct ReadParameter {
  std::uint32_t parameter = 0;  ///< index into Ruleset::parameters; its value on the date of evaluation
};
/// `corte`
struct ReadAsOf {};
struct UnaryOperation {
  dsl::UnaryOp op;
  dsl::Box<Expression> operand;
};
struct BinaryOperation {
  dsl::BinaryOp op;
  dsl::Box<Expression> left;
  dsl::Box<Expression> right;
};
struct Choice {
  dsl::Box<Expression> condition;
  dsl::Box<Expression> consequence;
  dsl::Box<Expression> alternative;
};
/// `en {…}`
struct Membership {
  dsl::Box<Expression> operand;
  std::vector<Expression> values;
};
/// `en [a..b]`, `entre a y b`
struct Within {
  dsl::Box<Expression> operand;
  dsl::Box<Expression> low;
  dsl::Box<Expression> high;
  bool low_open = false;
  bool high_open = false;
};
struct Presence {
  dsl::Box<Expression> operand;
  bool present = false;
};
struct CallFunction {
  Function function;
  std::vector<Expression> arguments;
};
struct CallTable {
  std::uint32_t table = 0;  ///< index into Ruleset::tables
  std::vector<Expression> arguments;
};
/// `promedio(EXPR de C donde COND)`: `value` and `where` are bound in the scope of an element of the
/// collection.
struct Aggregation {
  Aggregate aggregate;
  std::uint32_t collection = 0;  ///< its number in the scope at `depth`
  std::uint16_t depth = 0;
  std::vector<Expression> value;  ///< none for count, all, any
  std::vector<Expression> where;  ///< none or one
};
struct AskThing {
  ThingQuestion question;
  std::uint32_t thing = 0;  ///< its number in the scope at `depth`
  std::uint16_t depth = 0;
  std::optional<Period> period = {};
};

struct Expression {
  using Node =
      std::variant<Literal, ReadSlot, ReadParameter, ReadAsOf, UnaryOperation, BinaryOperation, Choice,
                   Membership, Within, Presence, CallFunction, CallTable, Aggregation, AskThing>;
  Node node;
  Type type;
  dsl::Span span;
};

/// The thing at hand: where slots, collections and named things get their values. What a number means was
/// agreed when the expression was bound (scope.hpp).
class Facts {
 public:
  virtual ~Facts() = default;
  virtual Value value(std::uint32_t slot) const = 0;
  /// How many elements a collection has, and each of them. A thing without collections has none.
  virtual std::size_t size(std::uint32_t collection) const;
  virtual const Facts& element(std::uint32_t collection, std::size_t index) const;
  virtual Value ask(ThingQuestion question, std::uint32_t thing, const std::optional<Period>& period) const;
};

/// A step of an evaluation, for `--traza` and explanations: what was evaluated and what it gave. Steps stand
/// in the order in which they were begun, those within another after it and one deeper.
struct TraceStep {
  enum class Kind : std::uint8_t {
    expression,  ///< made of the steps within it
    read,        ///< a field, attribute, argument, or what is asked of a thing by its name
    parameter,   ///< `index` of Ruleset::parameters, `item` of its values: the one in force
    row,         ///< a row of a table that was true: `index` of Ruleset::tables, `item` of its rows
    element,     ///< of a collection: `item` is its place, the value whether it belongs or what it adds
  };
  dsl::Span span;
  Value value;
  int depth = 0;
  Kind kind = Kind::expression;
  std::uint32_t index = 0;
  std::size_t item = 0;
  std::string fault = {};  ///< why there is no value, where the step itself went wrong
};

/// What an evaluation leaves behind besides its value. Give one only when it is wanted.
struct EvaluationNotes {
  /// Names that are sin dato and for that made the value sin dato, once each, in the order read. What was
  /// missing but did not matter (`si_falta`, a false beside it) is not among them.
  std::vector<std::string> missing = {};
  std::vector<std::string> faults = {};  ///< division by zero, overflow, no row of a table: in Spanish
  bool keep_trace = false;
  std::vector<TraceStep> trace = {};
};

/// Told of every whole expression that was evaluated (a clause, a condition, the result of a table's row) and
/// what it gave: that is how tests learn which parts of a policy they have reached.
class EvaluationObserver {
 public:
  virtual ~EvaluationObserver() = default;
  virtual void evaluated(const Expression& expression, const Value& value) = 0;
};

/// Under what an expression is evaluated.
struct EvaluationContext {
  const Ruleset& rules;
  Date as_of;
  EvaluationNotes* notes = nullptr;
  EvaluationObserver* observer = nullptr;
};

/// The value of `expression` for `facts`. Total: it always ends, and never throws for what the data holds.
Value evaluate(const Expression& expression, const Facts& facts, const EvaluationContext& context);

}  // namespace cauce::rules
