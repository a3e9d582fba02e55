#include "workflows/warn_plans.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/condition_analysis.hpp"
#include "workflows/asked_values.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/plan_slots.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

using rules::Decimal;

void warn_of_weights(const PlanKind& kind, dsl::Diagnostics& diagnostics) {
  std::optional<Decimal> sum = Decimal(0);
  std::vector<std::string> without;
  bool any = false;
  bool share = false;
  for (const ObligationKind& obligation : kind.obligations) {
    if (obligation.type != ObligationType::hito) continue;
    if (obligation.weight) any = true;
    if (obligation.weight && Decimal(0) < *obligation.weight && *obligation.weight < Decimal(1)) share = true;
    if (!obligation.weight) without.push_back(quoted(obligation.name));
    if (sum) sum = add(*sum, obligation.weight.value_or(Decimal(1)));
  }
  if (!any || !sum || *sum == Decimal(100)) return;
  dsl::Diagnostic warning{
      dsl::Code::weights_not_100, kind.span,
      "los pesos de los hitos del plan " + quoted(kind.name) + " suman " + sum->to_string() + ", no 100"};
  if (share || *sum == Decimal(1)) warning.help = "un peso se escribe sin «%», como «peso 20»: «20%» es 0.2";
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
    for (const auto* roles : {&kind.in_charge, &kind.may_suspend, &kind.may_resume, &kind.may_cancel})
      check_roles(kind, *roles, kind.span);
    for (const ObligationKind& obligation : kind.obligations) {
      if (obligation.in_charge != kind.in_charge) check_roles(kind, obligation.in_charge, obligation.span);
      check_roles(kind, obligation.validators, obligation.span);
    }
    for (const Stage& stage : kind.stages) {
      for (const Transition& action : stage.transitions)
        check_roles(kind, action.roles, action.span);
    }
    if (kind.ladder && ladders_.emplace(*kind.ladder, kind.entity).second)
      check_ladder(kind, at(policy_.ladders, *kind.ladder));
  }

 private:
  void check_ladder(const PlanKind& kind, const Ladder& ladder) {
    for (const LadderStep& step : ladder.steps) {
      for (const Recipient& recipient : step.recipients) {
        if (recipient.role) check_roles(kind, {*recipient.role}, step.span);
      }
    }
    for (const Digest& digest : ladder.digests)
      check_roles(kind, digest.recipients, digest.span);
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
  std::set<std::pair<LadderId, EntityKindId>> ladders_;  ///< what was said of them holds for all plans
};

// --- Actions that are never taken

bool holds_all(const std::vector<RoleId>& some, const std::vector<RoleId>& all) {
  return std::all_of(all.begin(), all.end(),
                     [&](RoleId role) { return std::find(some.begin(), some.end(), role) != some.end(); });
}

bool hold_one(const std::vector<RoleId>& some, const std::vector<RoleId>& others) {
  return std::any_of(others.begin(), others.end(),
                     [&](RoleId role) { return std::find(some.begin(), some.end(), role) != some.end(); });
}

/// Actions of one name in one stage. The first whose condition holds is taken, and one that is unknown does
/// not hold.
class ActionWarnings {
 public:
  ActionWarnings(const Stage& stage, const rules::SlotTypes& slots, const rules::Ruleset& rules,
                 dsl::Diagnostics& diagnostics)
      : stage_(stage), slots_(slots), rules_(rules), diagnostics_(diagnostics) {}

  void check() {
    // With how many of its name an action is compared: the first ones.
    constexpr std::size_t most_compared = 20;
    std::map<std::string_view, std::vector<const Transition*>> by_name;
    for (const Transition& later : stage_.transitions) {
      std::vector<const Transition*>& earlier = by_name[later.action_key];
      const bool shadowed = std::any_of(earlier.begin(), earlier.end(),
                                        [&](const Transition* one) { return check_shadowed(*one, later); });
      if (!shadowed) {
        std::any_of(earlier.begin(), earlier.end(),
                    [&](const Transition* one) { return check_overlap(*one, later); });
      }
      if (earlier.size() < most_compared) earlier.push_back(&later);
    }
  }

 private:
  bool check_shadowed(const Transition& earlier, const Transition& later) {
    if (!holds_all(earlier.roles, later.roles)) return false;
    if (earlier.condition &&
        !(later.condition && rules::surely_implied(*earlier.condition, *later.condition, slots_, rules_))) {
      return false;
    }
    const bool always = !earlier.condition;
    report(dsl::Code::action_never_taken, later,
           " nunca se toma: " + std::string(always ? "hay otra antes, sin condición"
                                                   : "hay otra antes que vale siempre que esta vale"),
           always ? "ponga a la primera una condición, o quite esta"
                  : "cambie una de las condiciones, o quite esta",
           {earlier.span, always ? "siempre se toma esta" : "se toma esta"});
    return true;
  }

  bool check_overlap(const Transition& earlier, const Transition& later) {
    if (!earlier.condition || !hold_one(earlier.roles, later.roles)) return false;
    const rules::Expression always{rules::Literal{true}, rules::Type::truth(), later.span};
    const auto example = rules::example_of_both(*earlier.condition,
                                                later.condition ? *later.condition : always, slots_, rules_);
    if (!example) return false;
    report(dsl::Code::actions_overlap, later,
           " puede valer a la vez que otra: con " + *example + " valen las dos, y se toma la primera",
           later.condition ? "cambie las condiciones para que nunca valgan las dos"
                           : "ponga a esta la condición contraria",
           {earlier.span, "se toma esta"});
    return true;
  }

  void report(dsl::Code code, const Transition& action, const std::string& what, std::string help,
              dsl::Related related) {
    diagnostics_.push_back(
        {code,
         action.span,
         "la acción " + quoted(action.action) + " de la etapa " + quoted(stage_.name) + what,
         std::move(help),
         {},
         {std::move(related)}});
  }

  const Stage& stage_;
  const rules::SlotTypes& slots_;
  const rules::Ruleset& rules_;
  dsl::Diagnostics& diagnostics_;
};

// --- Conditions

/// The type of a name of which only one value is possible.
rules::Type only(std::string_view value) {
  return {rules::TypeKind::one_of,
          std::make_shared<const std::vector<std::string>>(std::vector<std::string>{std::string(value)}),
          {},
          {}};
}

void warn_of_conditions(const Policy& policy, PlanKindId id, dsl::Diagnostics& diagnostics) {
  const PlanKind& kind = at(policy.plans, id);
  const rules::Ruleset& rules = *policy.rules;
  const rules::Scope& scope = policy.plan_scopes->plan(id);
  rules::SlotTypes slots = rules::slot_types(scope);
  for (const Indicator& indicator : kind.indicators) {
    rules::check_conditionals(indicator.value, slots, rules, diagnostics);
    rules::check_aggregates(indicator.value, scope, rules, diagnostics);
  }
  // The phase and the stage are known where the others stand. All slots are copied for none of them.
  rules::Type& phase_type = slots.at(slot_of(PlanAttribute::phase));
  rules::Type& stage_type = slots.at(slot_of(PlanAttribute::stage));
  AskedValues asked(kind, slots);
  for (const Phase phase : {Phase::formulation, Phase::monitoring, Phase::evaluation}) {
    phase_type = only(spanish_name(phase));
    for (const Condition& exit : kind.phase(phase).exits) {
      const bool independent = AskedValues::are_independent({&exit.expression});
      rules::check_condition(independent ? asked.in(exit.expression) : exit.expression, slots, rules,
                             diagnostics);
      rules::check_aggregates(exit.expression, scope, rules, diagnostics);
    }
  }
  for (Stage stage : kind.stages) {
    phase_type = only(spanish_name(stage.phase));
    stage_type = only(stage.name);
    std::map<std::string, std::vector<const rules::Expression*>> conditions;  // by action
    for (const Transition& action : stage.transitions) {
      if (action.condition) conditions[action.action_key].push_back(&*action.condition);
    }
    std::set<std::string> independent;
    for (const auto& [action, written] : conditions) {
      if (AskedValues::are_independent(written)) independent.insert(action);
    }
    for (Transition& action : stage.transitions) {
      if (!action.condition) continue;
      rules::check_aggregates(*action.condition, scope, rules, diagnostics);
      if (independent.contains(action.action_key)) action.condition = asked.in(*std::move(action.condition));
      rules::check_condition(*action.condition, slots, rules, diagnostics);
    }
    ActionWarnings(stage, slots, rules, diagnostics).check();
  }
}

}  // namespace

void warn_about_plans(const Policy& policy, dsl::Diagnostics& diagnostics) {
  ReachWarnings reach(policy, diagnostics);
  for (const PlanKind& kind : policy.plans) {
    warn_of_weights(kind, diagnostics);
    reach.check(kind);
    warn_of_conditions(policy, static_cast<PlanKindId>(&kind - policy.plans.data()), diagnostics);
  }
}

}  // namespace cauce::workflows
