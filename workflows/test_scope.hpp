// What expressions outside of plans can name, in tests and by hand: kinds of plan, and in a test of a
// focalización the entity at hand, its score and who was selected.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "rules/scope.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

/// How a test numbers the obligations of all kinds of plan.
inline constexpr std::uint32_t obligations_per_kind = 1U << 16;
constexpr std::uint32_t test_thing(PlanKindId kind, ObligationKindId obligation) {
  return static_cast<std::uint32_t>(kind) * obligations_per_kind + static_cast<std::uint32_t>(obligation);
}

/// The obligation that a test numbers so.
const ObligationKind& tested_obligation(const Policy& policy, std::uint32_t thing);
/// When it is due in the vigencia; without a period, the first of all. Nothing else is known of a plan that
/// does not exist.
rules::Value answer_of_no_plan(const Policy& policy, rules::ThingQuestion question, std::uint32_t thing,
                               const std::optional<Period>& period);

// What a test of a focalización reads besides the entity, whose slots are those of rules/entities.hpp.
inline constexpr std::uint32_t score_slot = 1U << 24;        ///< `puntaje`
inline constexpr std::uint32_t score_part_slots = 2U << 24;  ///< its parts, in their order
inline constexpr std::uint32_t selected_collection = 0;      ///< `seleccionados`

/// The scopes of tests. They live as long as this object and the policy.
class TestScopes {
 public:
  explicit TestScopes(const Policy& policy);
  TestScopes(const TestScopes&) = delete;
  TestScopes& operator=(const TestScopes&) = delete;

  /// `PAT.informe_mensual`, to be asked when it is due. For a `prueba` of nothing.
  rules::Scope plans() const { return {.shared = {&plans_}}; }
  /// The same, and an entity of a focalización.
  rules::Scope of(rules::TargetingId targeting) const;

 private:
  const Policy& policy_;
  rules::Scope plans_;
  std::deque<rules::Scope> things_;  ///< by PlanKindId
};

/// `seleccionado("05001")` said as the language says everything else:
/// `alguno(seleccionados donde código con dato y código = "05001")`, `key` being the entity's key, which one
/// that a test makes up does not have.
dsl::Expr without_selected_calls(dsl::Expr expression, const rules::Field& key);

/// `seleccionado("05001")` as it stands in a test.
struct SelectedCall {
  dsl::Span span;
  std::string key;
};
/// Those of an expression that say their key outright.
std::vector<SelectedCall> selected_calls(const dsl::Expr& expression);

}  // namespace cauce::workflows
