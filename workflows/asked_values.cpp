#include "workflows/asked_values.hpp"

#include "rules/functions.hpp"
#include "rules/walk.hpp"

namespace cauce::workflows {
namespace {

/// Far beyond all slots of a plan.
constexpr std::uint32_t first_slot = 0x70000000;

bool is_of_its_own(rules::ThingQuestion question) {
  return question != rules::ThingQuestion::due && question != rules::ThingQuestion::overdue;
}

}  // namespace

rules::Expression AskedValues::in(rules::Expression condition) {
  replace(condition);
  return condition;
}

void AskedValues::replace(rules::Expression& expression) {
  if (std::holds_alternative<rules::Aggregation>(expression.node)) return;
  const auto* asked = std::get_if<rules::AskThing>(&expression.node);
  if (asked == nullptr) {
    rules::for_each_child(expression, [&](rules::Expression& child) { replace(child); });
    return;
  }
  if (asked->depth != 0 || !is_of_its_own(asked->question)) return;
  const auto [known, is_new] = known_.try_emplace(Key{asked->question, asked->thing, asked->period},
                                                  first_slot + static_cast<std::uint32_t>(known_.size()));
  if (is_new) slots_.emplace(known->second, rules::Type::truth());
  expression.node = rules::ReadSlot{{0, known->second}, name_of(*asked)};
}

std::string AskedValues::name_of(const rules::AskThing& asked) const {
  const std::string& thing = asked.question == rules::ThingQuestion::complete
                                 ? kind_.components.at(asked.thing).name
                                 : kind_.obligations.at(asked.thing).name;
  return std::string(rules::spanish_name(asked.question)) + "(" + thing +
         (asked.period ? ", " + asked.period->to_string() : "") + ")";
}

}  // namespace cauce::workflows
