#include "workflows/test_scope.hpp"

#include "dsl/fold.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/syntax_walk.hpp"

namespace cauce::workflows {

TestScopes::TestScopes(const Policy& policy) : policy_(policy) {
  for (std::uint32_t i = 0; i < policy.plans.size(); ++i) {
    const PlanKind& kind = policy.plans[i];
    rules::Scope& things = things_.emplace_back();
    for (const auto& [key, thing] : policy.plan_scopes->plan(static_cast<PlanKindId>(i)).things) {
      if (thing.kind == rules::ThingKind::component) continue;
      rules::ThingBinding binding = thing;
      binding.index = test_thing(static_cast<PlanKindId>(i), static_cast<ObligationKindId>(thing.index));
      things.things.emplace(key, binding);
    }
    plans_.objects[kind.key] = {std::nullopt, &things};
  }
}

rules::Scope TestScopes::of(rules::TargetingId targeting) const {
  const rules::Targeting& tested = at(policy_.rules->targetings, targeting);
  const rules::Scope& entity = policy_.entity_scopes->of(tested.entity);
  rules::Scope scope = entity;
  for (const auto& [key, plan] : plans_.objects)
    scope.objects.emplace(key, plan);
  scope.slots.insert_or_assign("puntaje",
                               rules::SlotBinding{score_slot, rules::Type::number(), "puntaje", tested.span});
  for (std::uint32_t i = 0; i < tested.score.size(); ++i) {
    const rules::TargetingScore& part = tested.score[i];
    scope.slots.emplace(
        part.key, rules::SlotBinding{score_part_slots + i, rules::Type::number(), part.name, tested.span});
  }
  scope.collections["seleccionados"] = {selected_collection, &entity};
  return scope;
}

namespace {

dsl::Name name_at(const std::string& text, dsl::Span span) {
  return {text, dsl::fold(text), span};
}

dsl::Expr name_expression(const std::string& text, dsl::Span span) {
  return {dsl::NameExpr{name_at(text, span)}, span};
}

void rewrite(dsl::Expr& expression, const rules::Field& key) {
  for_each_child(expression, [&](dsl::Expr& child) { rewrite(child, key); });
  auto* call = std::get_if<dsl::CallExpr>(&expression.node);
  if (call == nullptr || call->callee.key != "seleccionado" || call->arguments.size() != 1) return;
  const dsl::Span span = expression.span;
  dsl::Expr is_it{dsl::BinaryExpr{dsl::BinaryOp::equal, span, name_expression(key.name, span),
                                  std::move(call->arguments.front().value)},
                  span};
  dsl::Argument selected{name_expression("seleccionados", span), std::nullopt, std::move(is_it)};
  expression.node = dsl::CallExpr{name_at("alguno", call->callee.span), {std::move(selected)}};
}

}  // namespace

dsl::Expr without_selected_calls(dsl::Expr expression, const rules::Field& key) {
  rewrite(expression, key);
  return expression;
}

}  // namespace cauce::workflows
