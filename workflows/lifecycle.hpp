// What every plan of every policy goes through, fixed at compile time: formulación, seguimiento, evaluación,
// cerrado, and beside it activo, suspendido, cancelado. A Boost.MSM machine behind enums and one function.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace cauce::workflows {

enum class Phase : std::uint8_t { formulation, monitoring, evaluation, closed };
enum class Standing : std::uint8_t { active, suspended, cancelled };

std::string_view name_of(Phase phase);        ///< `formulation` …, for the database and for machines
std::string_view name_of(Standing standing);  ///< `active` …
std::string_view spanish_name(Phase phase);   ///< `formulación`, `seguimiento`, `evaluación`, `cerrado`
std::string_view spanish_name(Standing standing);              ///< `activo`, `suspendido`, `cancelado`
std::optional<Phase> find_phase(std::string_view name);        ///< by the form of name_of
std::optional<Standing> find_standing(std::string_view name);  ///< by the form of name_of

struct LifecycleState {
  Phase phase = Phase::formulation;
  Standing standing = Standing::active;
  bool operator==(const LifecycleState&) const = default;
};

// What may happen to it. `granted` is what the policy answered (its conditions and rights hold): guards read
// nothing else.
struct FinishPhase {
  bool exit_granted = false;
};
struct ReopenPhase {
  bool granted = false;
};  ///< one phase back
struct SuspendPlan {
  bool granted = false;
};
struct ResumePlan {
  bool granted = false;
};
struct CancelPlan {
  bool granted = false;
};  ///< from activo and from suspendido
using LifecycleInput = std::variant<FinishPhase, ReopenPhase, SuspendPlan, ResumePlan, CancelPlan>;

/// The state after `input`, or nothing if the lifecycle has no such transition or it was not granted.
std::optional<LifecycleState> advance(LifecycleState state, const LifecycleInput& input);

}  // namespace cauce::workflows
