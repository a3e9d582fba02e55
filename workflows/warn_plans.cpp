#include "workflows/warn_plans.hpp"

#include <algorithm>
#include <utility>

#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

using rules::Decimal;

void warn_of_weights(const PlanKind& kind, dsl::Diagnostics& diagnostics) {
  std::optional<Decimal> sum = Decimal(0);
  std::vector<std::string> without;
  bool any = false;
  for (const ObligationKind& obligation : kind.obligations) {
    if (obligation.type != ObligationType::hito) continue;
    if (obligation.weight) any = true;
    if (!obligation.weight) without.push_back(quoted(obligation.name));
    if (sum) sum = add(*sum, obligation.weight.value_or(Decimal(1)));
  }
  if (!any || !sum || *sum == Decimal(100)) return;
  dsl::Diagnostic warning{
      dsl::Code::weights_not_100, kind.span,
      "los pesos de los hitos del plan " + quoted(kind.name) + " suman " + sum->to_string() + ", no 100"};
  if (!without.empty()) warning.help = "un hito sin «peso» cuenta 1, y aquí no lo tienen: " + listed(without);
  diagnostics.push_back(std::move(warning));
}

// --- Roles that nobody can hold there

/// Whether a role is held for a kind of entity or one that contains it.
bool reaches(const rules::Ruleset& rules, RoleId role, EntityKindId entity) {
  const rules::Role& held = at(rules.roles, role);
  if (held.national) return true;
  for (std::optional<EntityKindId> kind = entity; kind; kind = at(rules.entities, *kind).parent) {
    if (std::find(held.scopes.begin(), held.scopes.end(), *kind) != held.scopes.end()) return true;
  }
  return false;
}

class ReachWarnings {
 public:
  ReachWarnings(const Policy& policy, dsl::Diagnostics& diagnostics)
      : policy_(policy), rules_(*policy.rules), diagnostics_(diagnostics) {}

  void check(const PlanKind& kind) {
    check_roles(kind, kind.in_charge, kind.span);
    for (const ObligationKind& obligation : kind.obligations) {
      if (obligation.in_charge != kind.in_charge) check_roles(kind, obligation.in_charge, obligation.span);
      check_roles(kind, obligation.validators, obligation.span);
    }
    for (const Stage& stage : kind.stages) {
      for (const Transition& action : stage.transitions)
        check_roles(kind, action.roles, action.span);
    }
    if (kind.ladder) check_ladder(kind, at(policy_.ladders, *kind.ladder));
  }

 private:
  void check_ladder(const PlanKind& kind, const Ladder& ladder) {
    for (const LadderStep& step : ladder.steps) {
      for (const Recipient& recipient : step.recipients) {
        if (recipient.role) check_roles(kind, {*recipient.role}, step.span);
      }
    }
  }

  void check_roles(const PlanKind& kind, const std::vector<RoleId>& roles, dsl::Span span) {
    for (const RoleId role : roles) {
      if (reaches(rules_, role, kind.entity)) continue;
      std::vector<std::string> scopes;
      for (const EntityKindId scope : at(rules_.roles, role).scopes) {
        scopes.push_back(at(rules_.entities, scope).name);
      }
      diagnostics_.push_back({dsl::Code::role_out_of_reach, span,
                              "el rol " + quoted(at(rules_.roles, role).name) + " es por " + listed(scopes) +
                                  ", y nadie puede tenerlo para el plan " + quoted(kind.name) +
                                  ", que es por " + at(rules_.entities, kind.entity).name,
                              "actuaría siempre su superior: nombre un rol que alcance a " +
                                  at(rules_.entities, kind.entity).name});
    }
  }

  const Policy& policy_;
  const rules::Ruleset& rules_;
  dsl::Diagnostics& diagnostics_;
};

// --- Actions that are never taken

bool holds_all(const std::vector<RoleId>& some, const std::vector<RoleId>& all) {
  return std::all_of(all.begin(), all.end(),
                     [&](RoleId role) { return std::find(some.begin(), some.end(), role) != some.end(); });
}

/// The first action that holds is taken: one without a condition leaves nothing to those after it.
void warn_of_shadowed_actions(const Stage& stage, dsl::Diagnostics& diagnostics) {
  for (auto later = stage.transitions.begin(); later != stage.transitions.end(); ++later) {
    const auto earlier = std::find_if(stage.transitions.begin(), later, [&](const Transition& other) {
      return other.action_key == later->action_key && !other.condition && !other.other_person &&
             holds_all(other.roles, later->roles);
    });
    if (earlier == later) continue;
    diagnostics.push_back({dsl::Code::action_never_taken,
                           later->span,
                           "la acción " + quoted(later->action) + " de la etapa " + quoted(stage.name) +
                               " nunca se toma: hay otra antes, sin condición",
                           "ponga a la primera una condición, o quite esta",
                           {},
                           {{earlier->span, "siempre se toma esta"}}});
  }
}

}  // namespace

void warn_about_plans(const Policy& policy, dsl::Diagnostics& diagnostics) {
  ReachWarnings reach(policy, diagnostics);
  for (const PlanKind& kind : policy.plans) {
    warn_of_weights(kind, diagnostics);
    reach.check(kind);
    for (const Stage& stage : kind.stages)
      warn_of_shadowed_actions(stage, diagnostics);
  }
}

}  // namespace cauce::workflows
