#include "workflows/asked_values.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "rules/functions.hpp"
#include "rules/walk.hpp"
#include "workflows/plan_slots.hpp"

namespace cauce::workflows {
namespace {

/// Far beyond all slots of a plan.
constexpr std::uint32_t first_slot = 0x70000000;

bool is_of_its_own(rules::ThingQuestion question) {
  return question != rules::ThingQuestion::due && question != rules::ThingQuestion::overdue;
}

}  // namespace

bool AskedValues::are_independent(const std::vector<const rules::Expression*>& conditions) {
  using Way = std::pair<rules::ThingQuestion, bool>;  // and whether of one period
  std::map<std::pair<bool, std::uint32_t>, std::set<Way>> ways;
  bool sums_up = false;
  for (const rules::Expression* condition : conditions) {
    rules::for_each_node(*condition, [&](const rules::Expression& node) {
      if (const auto* asked = std::get_if<rules::AskThing>(&node.node)) {
        const bool of_component = asked->question == rules::ThingQuestion::complete;
        ways[{of_component, asked->thing}].emplace(asked->question, asked->period.has_value());
      } else if (const auto* read = std::get_if<rules::ReadSlot>(&node.node)) {
        sums_up = sums_up || read->slot.index == slot_of(PlanAttribute::progress) ||
                  read->slot.index == slot_of(PlanAttribute::overdue) ||
                  read->slot.index == slot_of(PlanAttribute::components_complete);
      }
    });
  }
  const bool one_way =
      std::all_of(ways.begin(), ways.end(), [](const auto& thing) { return thing.second.size() == 1; });
  return one_way && (ways.empty() || !sums_up);
}

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
         (asked.period ? ", " + asked.period->to_spanish() : "") + ")";
}

}  // namespace cauce::workflows
