#include "workflows/decide.hpp"

#include <array>
#include <stdexcept>
#include <type_traits>

#include "workflows/decision.hpp"

namespace cauce::workflows {
namespace {

constexpr std::array<std::string_view, 16> command_names = {"CreatePlan",
                                                            "CompleteComponent",
                                                            "Act",
                                                            "DeliverReport",
                                                            "AchieveHito",
                                                            "ValidateObligation",
                                                            "ReturnObligation",
                                                            "WaiveObligation",
                                                            "ExtendDeadline",
                                                            "ReopenObligation",
                                                            "AnnulObligation",
                                                            "Suspend",
                                                            "Resume",
                                                            "Cancel",
                                                            "ReopenPreviousPhase",
                                                            "MigratePlan"};
static_assert(command_names.size() == std::variant_size_v<Command>);

template <typename... Alternatives>
bool is_one_of(const Command& command) {
  return (std::holds_alternative<Alternatives>(command) || ...);
}

/// A plan that has ended takes nothing more, one that stands still only what sets it going or ends it.
std::optional<Refusal> refuse_where_it_stands(const Case& the_case, const Command& command) {
  const LifecycleState state = the_case.plan.lifecycle;
  if (state.standing == Standing::cancelled) {
    return Refusal{RefusalKind::wrong_state, "el plan está cancelado",
                   "un plan cancelado ya no admite cambios"};
  }
  if (state.standing == Standing::suspended && !is_one_of<Resume, Cancel, Suspend>(command)) {
    Refusal refusal{RefusalKind::wrong_state,
                    "el plan está suspendido desde el " + rules::to_spanish(*the_case.plan.suspended_on),
                    "debe reanudarse primero"};
    const auto& named = the_case.kind.may_resume;
    say_who_could(refusal, the_case,
                  named.empty() ? superiors_of(the_case.policy, the_case.kind.in_charge) : named);
    return refusal;
  }
  if (state.phase == Phase::closed && !is_one_of<ReopenPreviousPhase>(command)) {
    Refusal refusal{RefusalKind::closed, "el plan está cerrado",
                    "un superior puede reabrir la evaluación, con un motivo"};
    say_who_could(refusal, the_case, superiors_of(the_case.policy, the_case.kind.in_charge));
    return refusal;
  }
  return std::nullopt;
}

/// The declaration of what the command is about: the clause that refuses where no narrower one does.
std::optional<dsl::Span> declaration_of(const PlanKind& kind, const Command& command) {
  return std::visit(
      [&](const auto& given) -> std::optional<dsl::Span> {
        std::optional<ObligationKindId> obligation;
        if constexpr (requires { given.obligation; }) obligation = kind.find_obligation(given.obligation);
        if constexpr (requires { given.report; }) obligation = kind.find_obligation(given.report);
        if constexpr (requires { given.hito; }) obligation = kind.find_obligation(given.hito);
        if (obligation) return at(kind.obligations, *obligation).span;
        if constexpr (requires { given.component; }) {
          if (const auto component = kind.find_component(given.component))
            return at(kind.components, *component).span;
        }
        return std::nullopt;
      },
      command);
}

/// A slip in what was given points at no clause: the policy does not refuse it.
bool points_at_a_clause(const Refusal& refusal) {
  return refusal.kind != RefusalKind::unknown_name && refusal.kind != RefusalKind::invalid_input;
}

}  // namespace

std::string_view kind_of(const Command& command) {
  return command_names.at(command.index());
}

Result<Decision> decide(const World& world, const PlanId& id, const Command& command, const Moment& moment,
                        const Actor& actor) {
  if (const auto* create = std::get_if<CreatePlan>(&command))
    return decide_create(world, *create, moment, actor);

  const Plan* plan = world.plan(id);
  if (plan == nullptr) {
    return Refusal{RefusalKind::unknown_name, "no existe el plan " + quoted(id.to_string()),
                   "un plan se nombra TIPO/ENTIDAD/VIGENCIA"};
  }
  const Policy& policy = world.policy(plan->policy_version);
  const PlanKind& kind = at(policy.plans, plan->kind);
  const Case the_case{world, policy, kind, *plan, {kind.entity, plan->id.entity}, moment, actor};
  if (auto refusal = refuse_where_it_stands(the_case, command)) return *std::move(refusal);

  auto outcome = std::visit(
      [&](const auto& given) -> Result<Decision> {
        if constexpr (std::is_same_v<std::decay_t<decltype(given)>, CreatePlan>) {
          throw std::logic_error("CreatePlan was decided before");
        } else {
          return decide_command(the_case, given);
        }
      },
      command);
  if (outcome || outcome.refusal().clause || !points_at_a_clause(outcome.refusal())) return outcome;
  Refusal refusal = outcome.refusal();
  refusal.clause = declaration_of(kind, command);
  return refusal;
}

}  // namespace cauce::workflows
