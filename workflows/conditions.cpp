#include "workflows/conditions.hpp"

#include "workflows/plan_scope.hpp"
#include "workflows/plan_slots.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

/// Finds, in a condition that is false, which of its conjuncts are so because of a component: those can be
/// named one by one.
class MissingComponents {
 public:
  MissingComponents(const Plan& plan, const PlanKind& kind) : plan_(plan), kind_(kind) {}

  std::vector<std::string> of(const rules::Expression& condition) {
    visit(condition);
    return std::move(reasons_);
  }

 private:
  void visit(const rules::Expression& expression) {
    if (const auto* both = std::get_if<rules::BinaryOperation>(&expression.node);
        both && both->op == dsl::BinaryOp::logical_and) {
      visit(*both->left);
      visit(*both->right);
    } else if (const auto* slot = std::get_if<rules::ReadSlot>(&expression.node);
               slot && slot->slot.index == slot_of(PlanAttribute::components_complete)) {
      for (std::size_t index = 0; index < kind_.components.size(); ++index) {
        if (kind_.components[index].required) report(index);
      }
    } else if (const auto* ask = std::get_if<rules::AskThing>(&expression.node);
               ask && ask->question == rules::ThingQuestion::complete) {
      report(ask->thing);
    }
  }

  void report(std::size_t component) {
    if (component >= kind_.components.size()) return;
    if (is_complete(plan_.components.at(component), kind_.components[component])) return;
    const std::string reason =
        "el componente " + quoted(kind_.components[component].name) + " está incompleto";
    for (const std::string& given : reasons_) {
      if (given == reason) return;
    }
    reasons_.push_back(reason);
  }

  const Plan& plan_;
  const PlanKind& kind_;
  std::vector<std::string> reasons_;
};

}  // namespace

Verdict judge(const World& world, const Plan& plan, const rules::Expression& condition,
              const std::string& because, Date today) {
  const Policy& policy = world.policy(plan.policy_version);
  const auto facts = plan_facts(world, plan, today);
  rules::EvaluationNotes notes;
  Verdict verdict;
  verdict.holds =
      rules::truth(rules::evaluate(condition, *facts, {*policy.rules, today, &notes, world.observer()}));
  if (verdict.holds == true) return verdict;

  if (!verdict.holds) {
    for (const std::string& name : notes.missing)
      verdict.reasons.push_back("falta el dato " + quoted(name));
    for (const std::string& fault : notes.faults)
      verdict.reasons.push_back(fault);
    if (verdict.reasons.empty()) verdict.reasons.push_back("faltan datos para saber si se cumple");
    return verdict;
  }
  verdict.reasons.push_back(because.empty() ? "no se cumple la condición" : because);
  for (std::string& reason : MissingComponents(plan, at(policy.plans, plan.kind)).of(condition))
    verdict.reasons.push_back(std::move(reason));
  return verdict;
}

}  // namespace cauce::workflows
