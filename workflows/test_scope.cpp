#include "workflows/test_scope.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "dsl/syntax_walk.hpp"
#include "workflows/plan_scope.hpp"

namespace cauce::workflows {

namespace {

rules::Value due_in(const Policy& policy, const ObligationKind& obligation,
                    const std::optional<Period>& period) {
  if (!obligation.due) return rules::Missing();
  const auto& periods = obligation.periods;
  if (period && std::find(periods.begin(), periods.end(), *period) == periods.end()) return rules::Missing();
  const rules::Ruleset& rules = *policy.rules;
  const auto day = rules::due_date(*obligation.due, {rules.vigencia, period, {}}, rules.calendar);
  return day ? rules::Value(*day) : rules::Value(rules::Missing());
}

}  // namespace

const ObligationKind& tested_obligation(const Policy& policy, std::uint32_t thing) {
  return policy.plans.at(thing / obligations_per_kind).obligations.at(thing % obligations_per_kind);
}

rules::Value answer_of_no_plan(const Policy& policy, rules::ThingQuestion question, std::uint32_t thing,
                               const std::optional<Period>& period) {
  if (question != rules::ThingQuestion::due) return rules::Missing();
  const ObligationKind& obligation = tested_obligation(policy, thing);
  if (period || obligation.periods.empty()) return due_in(policy, obligation, period);
  rules::Value first;
  for (const Period& one : obligation.periods) {
    rules::Value day = due_in(policy, obligation, one);
    if (rules::is_missing(first) || (!rules::is_missing(day) && day < first)) first = std::move(day);
  }
  return first;
}

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
  rules::Scope scope;
  scope.shared = {&entity, &plans_};
  scope.slots.emplace("puntaje",
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

bool asks_if_selected(const dsl::CallExpr& call) {
  return call.callee.key == "seleccionado" && call.arguments.size() == 1;
}

void rewrite(dsl::Expr& expression, const rules::Field& key) {
  for_each_child(expression, [&](dsl::Expr& child) { rewrite(child, key); });
  auto* call = std::get_if<dsl::CallExpr>(&expression.node);
  if (call == nullptr || !asks_if_selected(*call)) return;
  const dsl::Span span = expression.span;
  const auto named = [&] { return name_expression(key.name, span); };
  dsl::Expr has_key{dsl::PresenceExpr{named(), true}, span};
  dsl::Expr same_key{
      dsl::BinaryExpr{dsl::BinaryOp::equal, span, named(), std::move(call->arguments.front().value)}, span};
  dsl::Expr is_it{dsl::BinaryExpr{dsl::BinaryOp::logical_and, span, std::move(has_key), std::move(same_key)},
                  span};
  dsl::Argument selected{name_expression("seleccionados", span), std::nullopt, std::move(is_it)};
  expression.node = dsl::CallExpr{name_at("alguno", call->callee.span), {std::move(selected)}};
}

void collect(const dsl::Expr& expression, std::vector<SelectedCall>& calls) {
  for_each_child(expression, [&](const dsl::Expr& child) { collect(child, calls); });
  const auto* call = std::get_if<dsl::CallExpr>(&expression.node);
  if (call == nullptr || !asks_if_selected(*call)) return;
  const auto* key = std::get_if<dsl::TextLiteral>(&call->arguments.front().value.node);
  if (key != nullptr) calls.push_back({expression.span, key->text.value});
}

}  // namespace

std::vector<SelectedCall> selected_calls(const dsl::Expr& expression) {
  std::vector<SelectedCall> calls;
  collect(expression, calls);
  return calls;
}

dsl::Expr without_selected_calls(dsl::Expr expression, const rules::Field& key) {
  rewrite(expression, key);
  return expression;
}

}  // namespace cauce::workflows
