// What of a condition the tables can answer themselves: rows for which it may hold, or be unknown, are read,
// and the others left where they are. What is read is evaluated again, so a condition that SQL can express in
// part only, or not at all, is no less right, only slower.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "engine/store/asking_tables.hpp"
#include "rules/expression.hpp"
#include "workflows/decide.hpp"

namespace cauce::engine {

/// What the rows of a query are: plans, or what is in them.
enum class PlanPart { plan, hito, report, component };

/// Beyond all slots of plans and of what is in them: the plan's id, and the name of its entity; of what is in
/// a plan its title, and its number there, which never changes.
inline constexpr std::uint32_t plan_id_slot = 8U << 24;
inline constexpr std::uint32_t entity_name_slot = plan_id_slot + 1;
inline constexpr std::uint32_t part_title_slot = plan_id_slot + 2;
inline constexpr std::uint32_t part_number_slot = plan_id_slot + 3;

/// Entities for which a condition over nothing but them is not met, by the condition's place and what is
/// asked of it; kinds of plan for the same entities ask it alike.
using UnmetByEntities =
    std::map<std::tuple<workflows::PolicyVersion, rules::EntityKindId, std::size_t, std::size_t, bool>,
             std::set<std::string>>;

class QueryNarrowing {
 public:
  /// Of plans of one kind under one version of the policy, on `today`.
  QueryNarrowing(const workflows::World& world, workflows::PolicyVersion version, workflows::PlanKindId kind,
                 PlanPart part, rules::Date today, UnmetByEntities& unmet);

  /// What holds of every row for which `condition` is true or unknown.
  SqlCondition may_hold(const rules::Expression& condition) const { return may_be(condition, true); }

 private:
  /// What holds of every row for which `expression` is `wanted` or unknown.
  SqlCondition may_be(const rules::Expression& expression, bool wanted) const;
  SqlCondition both_may_be(const rules::Expression& a, const rules::Expression& b, bool wanted) const;
  SqlCondition either_may_be(const rules::Expression& a, const rules::Expression& b, bool wanted) const;
  SqlCondition compared(dsl::BinaryOp op, const rules::Expression& a, const rules::Expression& b,
                        bool wanted) const;
  SqlCondition attribute(std::uint32_t slot, bool wanted) const;
  SqlCondition overdue_plans(dsl::BinaryOp op, const rules::Value& value) const;
  SqlCondition of_entities(const rules::Expression& condition, bool wanted) const;
  rules::Value constant(const rules::Expression& expression) const;

  const workflows::World& world_;
  workflows::PolicyVersion version_;
  const workflows::Policy& policy_;
  const workflows::PlanKind& kind_;
  PlanPart part_;
  rules::Date today_;
  UnmetByEntities& unmet_;
};

}  // namespace cauce::engine
