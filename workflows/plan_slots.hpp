// How expressions over a plan number what they read: scopes bind these numbers, facts answer them. The
// entity's fields keep the numbers of rules/entities.hpp, so that a plan passes them on; an element of a
// plan's collections passes on all that is the plan's.
#pragma once

#include <cstdint>
#include <string_view>

#include "workflows/policy.hpp"

namespace cauce::workflows {

// Blocks of slots. Those of the entity lie below the first.
inline constexpr std::uint32_t plan_slots = 1U << 24;
inline constexpr std::uint32_t indicator_slots = 2U << 24;
inline constexpr std::uint32_t element_slots = 3U << 24;
inline constexpr std::uint32_t report_field_slots = 4U << 24;

enum class PlanAttribute : std::uint8_t {
  id,
  phase,
  stage,
  standing,
  overdue,
  components_complete,
  progress,
  kind,
  entity,
  vigencia
};
enum class ObligationAttribute : std::uint8_t {
  name,
  achieved,
  delivered,
  validated,
  overdue,
  enforced,
  on_time,
  weight,
  due,
  date,
  late_days,
  period
};
enum class ComponentAttribute : std::uint8_t { name, complete, required };

constexpr std::uint32_t slot_of(PlanAttribute attribute) {
  return plan_slots + static_cast<std::uint32_t>(attribute);
}
constexpr std::uint32_t slot_of(ObligationAttribute attribute) {
  return element_slots + static_cast<std::uint32_t>(attribute);
}
constexpr std::uint32_t slot_of(ComponentAttribute attribute) {
  return element_slots + static_cast<std::uint32_t>(attribute);
}

/// A field of the reports of a plan goes by the first report that has it.
inline constexpr std::uint32_t fields_per_report = 1024;
constexpr std::uint32_t slot_of_report_field(std::uint32_t report, std::uint32_t field) {
  return report_field_slots + report * fields_per_report + field;
}

// Collections of a plan; those of linked plans follow, by PlanKindId.
inline constexpr std::uint32_t hito_collection = 0;
inline constexpr std::uint32_t report_collection = 1;
inline constexpr std::uint32_t component_collection = 2;
inline constexpr std::uint32_t linked_collections = 3;

// `etapa` where the policy declares none: in a phase without stages, and when the plan is closed.
inline constexpr std::string_view stage_under_way = "en_curso";
inline constexpr std::string_view stage_finished = "terminada";

}  // namespace cauce::workflows
