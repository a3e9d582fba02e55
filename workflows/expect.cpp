#include "workflows/expect.hpp"

#include <utility>

#include "rules/comparison_operator.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

using rules::Expression;
using rules::to_display;

std::string_view symbol_of(dsl::BinaryOp op) {
  switch (op) {
    case dsl::BinaryOp::not_equal:
      return "!=";
    case dsl::BinaryOp::less:
      return "<";
    case dsl::BinaryOp::less_equal:
      return "<=";
    case dsl::BinaryOp::greater:
      return ">";
    case dsl::BinaryOp::greater_equal:
      return ">=";
    default:
      return "=";
  }
}

bool is_comparison(dsl::BinaryOp op) {
  return op == dsl::BinaryOp::equal || op == dsl::BinaryOp::not_equal || symbol_of(op) != "=";
}

/// Says of an expression that is not true what was expected, and what was.
class Explanation {
 public:
  Explanation(const rules::Facts& facts, const rules::EvaluationContext& context)
      : facts_(facts), context_{context.rules, context.as_of} {}

  std::vector<FailedExpectation> of(const Expression& expression) {
    visit(expression);
    return std::move(failures_);
  }

 private:
  Value value_of(const Expression& expression) const { return rules::evaluate(expression, facts_, context_); }

  void visit(const Expression& expression) {
    const auto* both = std::get_if<rules::BinaryOperation>(&expression.node);
    if (both != nullptr && both->op == dsl::BinaryOp::logical_and) {
      visit(*both->left);
      visit(*both->right);
      return;
    }
    rules::EvaluationNotes notes;
    notes.keep_trace = true;
    const Value value = rules::evaluate(expression, facts_, {context_.rules, context_.as_of, &notes});
    if (rules::truth(value) == true) return;
    FailedExpectation failure{expression.span, message_of(expression, value)};
    note_missing(notes.missing, failure.notes);
    for (std::string& fault : notes.faults)
      failure.notes.push_back(std::move(fault));
    failure.trace = std::move(notes.trace);
    failures_.push_back(std::move(failure));
  }

  std::string message_of(const Expression& expression, const Value& value) const {
    if (const auto* operation = std::get_if<rules::BinaryOperation>(&expression.node);
        operation != nullptr && is_comparison(operation->op)) {
      return compared(*operation);
    }
    if (const auto* one = std::get_if<rules::Membership>(&expression.node)) return among(*one);
    if (const auto* range = std::get_if<rules::Within>(&expression.node)) return within(*range);
    if (const auto* presence = std::get_if<rules::Presence>(&expression.node)) {
      return was(presence->present ? "con dato" : "sin dato", value_of(*presence->operand));
    }
    if (const auto* negation = std::get_if<rules::UnaryOperation>(&expression.node))
      return was("no", value_of(*negation->operand));
    return was("sí", value);
  }

  static std::string was(const std::string& expected, const Value& value) {
    return "esperado " + expected + ", fue " + to_display(value);
  }

  std::string compared(const rules::BinaryOperation& operation) const {
    const bool literal_first = std::holds_alternative<rules::Literal>(operation.left->node);
    const Expression& subject = literal_first ? *operation.right : *operation.left;
    const Expression& other = literal_first ? *operation.left : *operation.right;
    const dsl::BinaryOp op = literal_first ? rules::mirrored(operation.op) : operation.op;
    const std::string expected = to_display(value_of(other));
    return was(op == dsl::BinaryOp::equal ? expected : std::string(symbol_of(op)) + " " + expected,
               value_of(subject));
  }

  std::string among(const rules::Membership& membership) const {
    std::string values;
    for (const Expression& value : membership.values)
      values += (values.empty() ? "" : ", ") + to_display(value_of(value));
    return was("uno de {" + values + "}", value_of(*membership.operand));
  }

  std::string within(const rules::Within& range) const {
    const std::string bounds = (range.low_open ? "]" : "[") + to_display(value_of(*range.low)) + ".." +
                               to_display(value_of(*range.high)) + (range.high_open ? "[" : "]");
    return was("en " + bounds, value_of(*range.operand));
  }

  const rules::Facts& facts_;
  const rules::EvaluationContext context_;
  std::vector<FailedExpectation> failures_ = {};
};

}  // namespace

std::vector<FailedExpectation> expect_true(const Expression& expression, const rules::Facts& facts,
                                           const rules::EvaluationContext& context) {
  if (rules::truth(rules::evaluate(expression, facts, context)) == true) return {};
  return Explanation(facts, context).of(expression);
}

void note_missing(const std::vector<std::string>& missing, std::vector<std::string>& notes) {
  if (!missing.empty()) notes.push_back("sin dato: " + listed(missing));
}

std::vector<rules::TraceStep> trace_of(const Expression& expression, const rules::Facts& facts,
                                       const rules::EvaluationContext& context) {
  rules::EvaluationNotes notes;
  notes.keep_trace = true;
  rules::evaluate(expression, facts, {context.rules, context.as_of, &notes});
  return std::move(notes.trace);
}

}  // namespace cauce::workflows
