#include "rules/expression.hpp"

#include <algorithm>
#include <stdexcept>

#include "rules/functions.hpp"
#include "rules/logic.hpp"
#include "rules/ruleset.hpp"
#include "rules/table.hpp"

namespace cauce::rules {

std::size_t Facts::size(std::uint32_t) const {
  return 0;
}

const Facts& Facts::element(std::uint32_t, std::size_t) const {
  throw std::logic_error("these facts have no collections");
}

Value Facts::ask(ThingQuestion, std::uint32_t, const std::optional<Period>&) const {
  return Missing{};
}

namespace {

/// The facts at hand and, within an aggregate, those around them.
struct Frame {
  const Facts& facts;
  const Frame* outer = nullptr;
};

const Facts* facts_at(const Frame& frame, std::uint16_t depth) {
  const Frame* at = &frame;
  for (; depth > 0 && at != nullptr; --depth) {
    at = at->outer;
  }
  return at == nullptr ? nullptr : &at->facts;
}

Value from_truth(std::optional<bool> value) {
  if (value) return *value;
  return Missing{};
}

class Evaluator {
 public:
  explicit Evaluator(const EvaluationContext& context) : context_(context), notes_(context.notes) {}

  Value evaluate(const Expression& expression, const Frame& frame);

  // One for each kind of node.
  Value operator()(const Literal& node, const Frame& frame);
  Value operator()(const ReadSlot& node, const Frame& frame);
  Value operator()(const ReadParameter& node, const Frame& frame);
  Value operator()(const ReadAsOf& node, const Frame& frame);
  Value operator()(const UnaryOperation& node, const Frame& frame);
  Value operator()(const BinaryOperation& node, const Frame& frame);
  Value operator()(const Choice& node, const Frame& frame);
  Value operator()(const Membership& node, const Frame& frame);
  Value operator()(const Within& node, const Frame& frame);
  Value operator()(const Presence& node, const Frame& frame);
  Value operator()(const CallFunction& node, const Frame& frame);
  Value operator()(const CallTable& node, const Frame& frame);
  Value operator()(const Aggregation& node, const Frame& frame);
  Value operator()(const AskThing& node, const Frame& frame);

 private:
  /// One element of a collection being looked at: a step of its own around those of its expressions.
  class ElementStep {
   public:
    ElementStep(Evaluator& evaluator, const Aggregation& node, std::size_t index);
    ~ElementStep() { evaluator_.depth_ = outer_depth_; }
    ElementStep(const ElementStep&) = delete;
    ElementStep& operator=(const ElementStep&) = delete;
    void gives(const Value& value);

   private:
    Evaluator& evaluator_;
    int outer_depth_;
    std::optional<std::size_t> step_ = {};
  };

  bool keeps_trace() const { return notes_ != nullptr && notes_->keep_trace; }
  const Value& borrow(const Expression& expression, const Frame& frame, Value& storage);
  Value arithmetic(dsl::BinaryOp op, const Value& a, const Value& b);
  Value if_missing(const CallFunction& node, const Frame& frame);
  Value all_or_any(const Aggregation& node, const Facts& facts, const Frame& frame);
  Value count(const Aggregation& node, const Facts& facts, const Frame& frame);
  Value fold_values(const Aggregation& node, const Facts& facts, const Frame& frame);
  std::optional<bool> is_counted(const Aggregation& node, const Frame& element);
  void trace_rows(std::uint32_t table, const TableOutcome& outcome);
  Value finish(const Aggregation& node, const std::optional<Value>& total, std::int64_t counted);
  void note_missing(const std::string& name);
  void note_fault(std::string_view fault);

  const EvaluationContext& context_;
  EvaluationNotes* notes_;
  int depth_ = 0;
  std::size_t step_ = 0;  ///< the step at hand, while a trace is kept
};

/// What the trace calls a step, and what it points at.
TraceStep first_look(const Expression& expression, int depth) {
  TraceStep step{.span = expression.span, .value = Missing{}, .depth = depth};
  if (const auto* parameter = std::get_if<ReadParameter>(&expression.node)) {
    step.kind = TraceStep::Kind::parameter;
    step.index = parameter->parameter;
  } else if (std::holds_alternative<ReadSlot>(expression.node) ||
             std::holds_alternative<AskThing>(expression.node)) {
    step.kind = TraceStep::Kind::read;
  }
  return step;
}

Value Evaluator::evaluate(const Expression& expression, const Frame& frame) {
  const auto visit = [&] {
    return std::visit([&](const auto& node) { return (*this)(node, frame); }, expression.node);
  };
  if (notes_ == nullptr) return visit();

  const bool traced = notes_->keep_trace && !std::holds_alternative<Literal>(expression.node);
  const std::size_t missing_before = notes_->missing.size();
  const std::size_t step = notes_->trace.size();
  const std::size_t outer_step = step_;
  if (traced) {
    notes_->trace.push_back(first_look(expression, depth_));
    step_ = step;
  }
  ++depth_;
  Value value = visit();
  --depth_;
  step_ = outer_step;
  // What was missing within did not matter if there is a value all the same.
  if (!is_missing(value)) notes_->missing.resize(missing_before);
  if (traced) notes_->trace[step].value = value;
  return value;
}

/// The value without a copy where it stands ready.
const Value& Evaluator::borrow(const Expression& expression, const Frame& frame, Value& storage) {
  if (const auto* literal = std::get_if<Literal>(&expression.node)) return literal->value;
  storage = evaluate(expression, frame);
  return storage;
}

Value Evaluator::operator()(const Literal& node, const Frame&) {
  return node.value;
}

Value Evaluator::operator()(const ReadSlot& node, const Frame& frame) {
  const Facts* facts = facts_at(frame, node.slot.depth);
  Value value = facts == nullptr ? Value{Missing{}} : facts->value(node.slot.index);
  if (is_missing(value)) note_missing(node.name);
  return value;
}

Value Evaluator::operator()(const ReadParameter& node, const Frame&) {
  const Parameter& parameter = context_.rules.parameters.at(node.parameter);
  const ParameterValue& held = parameter.value_on(context_.as_of);
  if (keeps_trace()) {
    notes_->trace[step_].item = static_cast<std::size_t>(&held - parameter.values.data());
  }
  return held.value;
}

Value Evaluator::operator()(const ReadAsOf&, const Frame&) {
  return context_.as_of;
}

Value Evaluator::operator()(const UnaryOperation& node, const Frame& frame) {
  const Value operand = evaluate(*node.operand, frame);
  if (is_missing(operand)) return Missing{};
  if (node.op == dsl::UnaryOp::logical_not) return !std::get<bool>(operand);
  return -std::get<Decimal>(operand);
}

Value Evaluator::operator()(const BinaryOperation& node, const Frame& frame) {
  if (node.op == dsl::BinaryOp::logical_and || node.op == dsl::BinaryOp::logical_or) {
    const bool decides = node.op == dsl::BinaryOp::logical_or;
    const auto left = truth(evaluate(*node.left, frame));
    if (left == decides) return decides;
    const auto right = truth(evaluate(*node.right, frame));
    return from_truth(decides ? kleene_or(left, right) : kleene_and(left, right));
  }
  Value left_storage;
  Value right_storage;
  const Value& left = borrow(*node.left, frame, left_storage);
  const Value& right = borrow(*node.right, frame, right_storage);
  switch (node.op) {
    case dsl::BinaryOp::add:
    case dsl::BinaryOp::subtract:
    case dsl::BinaryOp::multiply:
    case dsl::BinaryOp::divide:
      return arithmetic(node.op, left, right);
    default:
      return from_truth(compare(node.op, left, right));
  }
}

Value Evaluator::arithmetic(dsl::BinaryOp op, const Value& a, const Value& b) {
  if (is_missing(a) || is_missing(b)) return Missing{};
  const Decimal& left = std::get<Decimal>(a);
  const Decimal& right = std::get<Decimal>(b);
  if (op == dsl::BinaryOp::divide && right == Decimal(0)) {
    note_fault("división por cero");
    return Missing{};
  }
  const auto result = op == dsl::BinaryOp::add        ? add(left, right)
                      : op == dsl::BinaryOp::subtract ? subtract(left, right)
                      : op == dsl::BinaryOp::multiply ? multiply(left, right)
                                                      : divide(left, right);
  if (result) return *result;
  note_fault(overflow_fault);
  return Missing{};
}

Value Evaluator::operator()(const Choice& node, const Frame& frame) {
  const auto condition = truth(evaluate(*node.condition, frame));
  if (!condition) return Missing{};
  return evaluate(*condition ? *node.consequence : *node.alternative, frame);
}

Value Evaluator::operator()(const Membership& node, const Frame& frame) {
  Value operand_storage;
  const Value& operand = borrow(*node.operand, frame, operand_storage);
  std::optional<bool> found = false;
  for (const Expression& candidate : node.values) {
    Value storage;
    found = kleene_or(found, compare(dsl::BinaryOp::equal, operand, borrow(candidate, frame, storage)));
    if (found == true) break;
  }
  return from_truth(found);
}

Value Evaluator::operator()(const Within& node, const Frame& frame) {
  Value operand_storage;
  Value low_storage;
  Value high_storage;
  const Value& operand = borrow(*node.operand, frame, operand_storage);
  const Value& low = borrow(*node.low, frame, low_storage);
  const Value& high = borrow(*node.high, frame, high_storage);
  return from_truth(is_within(operand, low, high, node.low_open, node.high_open));
}

Value Evaluator::operator()(const Presence& node, const Frame& frame) {
  return is_missing(evaluate(*node.operand, frame)) != node.present;
}

Value Evaluator::operator()(const CallFunction& node, const Frame& frame) {
  if (node.function == Function::if_missing) return if_missing(node, frame);
  std::vector<Value> arguments;
  arguments.reserve(node.arguments.size());
  bool known = true;
  for (const Expression& argument : node.arguments) {
    arguments.push_back(evaluate(argument, frame));
    known = known && !is_missing(arguments.back());
  }
  if (!known) return Missing{};
  std::string fault;
  Value value = call_function(node.function, arguments, context_.rules.calendar, fault);
  if (!fault.empty()) note_fault(fault);
  return value;
}

Value Evaluator::if_missing(const CallFunction& node, const Frame& frame) {
  Value value = evaluate(node.arguments[0], frame);
  return is_missing(value) ? evaluate(node.arguments[1], frame) : value;
}

Value Evaluator::operator()(const CallTable& node, const Frame& frame) {
  std::vector<Value> arguments;
  arguments.reserve(node.arguments.size());
  for (const Expression& argument : node.arguments) {
    arguments.push_back(evaluate(argument, frame));
  }
  const Table& table = context_.rules.tables.at(node.table);
  TableOutcome outcome = decide(table, arguments, context_);
  if (keeps_trace()) trace_rows(node.table, outcome);
  return std::move(outcome.value);
}

void Evaluator::trace_rows(std::uint32_t table, const TableOutcome& outcome) {
  for (const std::string& fault : outcome.faults)
    note_fault(fault);
  for (const std::size_t row : outcome.matched) {
    notes_->trace.push_back({.span = context_.rules.tables[table].rows[row].span,
                             .value = outcome.value,
                             .depth = depth_,
                             .kind = TraceStep::Kind::row,
                             .index = table,
                             .item = row});
  }
}

Evaluator::ElementStep::ElementStep(Evaluator& evaluator, const Aggregation& node, std::size_t index)
    : evaluator_(evaluator), outer_depth_(evaluator.depth_) {
  const bool asks_nothing = node.where.empty() && node.value.empty();  // `cuenta(hitos)`
  if (asks_nothing || !evaluator.keeps_trace()) return;
  std::vector<TraceStep>& trace = evaluator.notes_->trace;
  step_ = trace.size();
  trace.push_back({.span = trace.at(evaluator.step_).span,
                   .value = Missing{},
                   .depth = evaluator.depth_++,
                   .kind = TraceStep::Kind::element,
                   .item = index});
}

void Evaluator::ElementStep::gives(const Value& value) {
  if (step_) evaluator_.notes_->trace[*step_].value = value;
}

Value Evaluator::operator()(const Aggregation& node, const Frame& frame) {
  const Facts* facts = facts_at(frame, node.depth);
  if (facts == nullptr) return Missing{};
  switch (node.aggregate) {
    case Aggregate::all:
    case Aggregate::any:
      return all_or_any(node, *facts, frame);
    case Aggregate::count:
      return count(node, *facts, frame);
    default:
      return fold_values(node, *facts, frame);
  }
}

/// Whether the element belongs to what is counted; nothing: unknown.
std::optional<bool> Evaluator::is_counted(const Aggregation& node, const Frame& element) {
  return node.where.empty() ? true : truth(evaluate(node.where.front(), element));
}

Value Evaluator::all_or_any(const Aggregation& node, const Facts& facts, const Frame& frame) {
  const bool decides = node.aggregate == Aggregate::any;
  std::optional<bool> result = !decides;
  for (std::size_t i = 0; i < facts.size(node.collection); ++i) {
    ElementStep step(*this, node, i);
    const auto holds_here = is_counted(node, {facts.element(node.collection, i), &frame});
    step.gives(from_truth(holds_here));
    result = decides ? kleene_or(result, holds_here) : kleene_and(result, holds_here);
    if (result == decides) break;
  }
  return from_truth(result);
}

Value Evaluator::count(const Aggregation& node, const Facts& facts, const Frame& frame) {
  std::int64_t counted = 0;
  bool known = true;
  for (std::size_t i = 0; i < facts.size(node.collection); ++i) {
    ElementStep step(*this, node, i);
    const auto holds_here = is_counted(node, {facts.element(node.collection, i), &frame});
    step.gives(from_truth(holds_here));
    known = known && holds_here.has_value();
    counted += holds_here.value_or(false) ? 1 : 0;
  }
  if (!known) return Missing{};
  return Decimal(counted);
}

/// suma, promedio, máximo and mínimo. An unknown element makes them unknown; the others are still looked at,
/// so that all that is missing gets its name.
Value Evaluator::fold_values(const Aggregation& node, const Facts& facts, const Frame& frame) {
  std::optional<Value> total;
  std::int64_t counted = 0;
  bool known = true;
  for (std::size_t i = 0; i < facts.size(node.collection); ++i) {
    const Frame element{facts.element(node.collection, i), &frame};
    ElementStep step(*this, node, i);
    const auto belongs = is_counted(node, element);
    step.gives(from_truth(belongs));
    if (belongs == false) continue;
    Value value = belongs ? evaluate(node.value.front(), element) : Value{Missing{}};
    step.gives(value);
    known = known && !is_missing(value);
    if (!known) continue;
    ++counted;
    if (!total) {
      total = std::move(value);
    } else if (node.aggregate == Aggregate::maximum || node.aggregate == Aggregate::minimum) {
      const auto better = node.aggregate == Aggregate::maximum ? dsl::BinaryOp::greater : dsl::BinaryOp::less;
      if (compare(better, value, *total) == true) total = std::move(value);
    } else {
      total = arithmetic(dsl::BinaryOp::add, *total, value);
      known = !is_missing(*total);
    }
  }
  return known ? finish(node, total, counted) : Missing{};
}

Value Evaluator::finish(const Aggregation& node, const std::optional<Value>& total, std::int64_t counted) {
  if (!total) return node.aggregate == Aggregate::sum ? Value{Decimal(0)} : Value{Missing{}};
  if (node.aggregate == Aggregate::average) {
    return arithmetic(dsl::BinaryOp::divide, *total, Decimal(counted));
  }
  return *total;
}

Value Evaluator::operator()(const AskThing& node, const Frame& frame) {
  const Facts* facts = facts_at(frame, node.depth);
  return facts == nullptr ? Value{Missing{}} : facts->ask(node.question, node.thing, node.period);
}

void note_once(std::vector<std::string>& list, std::string_view text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.emplace_back(text);
}

void Evaluator::note_missing(const std::string& name) {
  if (notes_ != nullptr) note_once(notes_->missing, name);
}

void Evaluator::note_fault(std::string_view fault) {
  if (notes_ == nullptr) return;
  note_once(notes_->faults, fault);
  if (notes_->keep_trace) notes_->trace.at(step_).fault = fault;
}

}  // namespace

Value evaluate(const Expression& expression, const Facts& facts, const EvaluationContext& context) {
  Value value = Evaluator(context).evaluate(expression, Frame{facts});
  if (context.observer != nullptr) context.observer->evaluated(expression, value);
  return value;
}

}  // namespace cauce::rules
