// plan, alertas.
#include <algorithm>

#include "dsl/fold.hpp"
#include "rules/date.hpp"
#include "rules/noun.hpp"
#include "rules/phrase.hpp"
#include "workflows/outline.hpp"
#include "workflows/owed.hpp"
#include "workflows/plan_words.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

std::string_view term_in_words(rules::Term term) {
  switch (term) {
    case rules::Term::short_term:
      return "corto plazo";
    case rules::Term::medium_term:
      return "mediano plazo";
    case rules::Term::long_term:
      break;
  }
  return "largo plazo";
}

std::string working_days(int days) {
  return in_words(rules::DayOffset{days, rules::DayUnit::working});
}

class PlanOutline {
 public:
  PlanOutline(const Version& version, const PlanKind& kind)
      : version_(version), kind_(kind), names_(version.policy, kind) {}

  Part make() const {
    Part plan = part_of("el plan " + kind_.name, "", kind_);
    say_subject(plan);
    for (const ComponentKind& component : kind_.components) {
      Part part = part_of("el componente " + quoted(component.title), "componente", component);
      part.say("obligatorio", component.required ? "sí" : "");
      add_fields(part, component.fields);
      plan.parts.push_back(std::move(part));
    }
    for (const ObligationKind& obligation : kind_.obligations) {
      if (obligation.type != ObligationType::phase) plan.parts.push_back(outline(obligation));
    }
    for (const Phase phase : {Phase::formulation, Phase::monitoring, Phase::evaluation})
      plan.parts.push_back(outline(phase));
    for (const Indicator& indicator : kind_.indicators) {
      Part part = part_of("el indicador " + quoted(indicator.title), "indicador", indicator);
      part.say("cálculo", dsl::words_of(version_.sources, indicator.value.span),
               identity_of(version_, indicator.value.span));
      for (const Level& level : indicator.levels)
        part.say("nivel " + quoted(rules::spaced(level.name)), "desde " + level.from.to_string());
      plan.parts.push_back(std::move(part));
    }
    plan.know_by_content();
    return plan;
  }

 private:
  std::string roles(const std::vector<RoleId>& roles, std::string_view joint = "y") const {
    return rules::joined(titles_of(version_.policy, roles), joint);
  }

  void say_roles(Part& part, const std::string& label, const std::vector<RoleId>& who,
                 std::string_view joint = "y") const {
    part.say_things(label, roles(who, joint), keys_in(version_.rules().roles, who));
  }

  void say_subject(Part& plan) const {
    const rules::Ruleset& rules = version_.rules();
    const auto say_one = [&](const std::string& label, const auto& declared) {
      plan.say_things(label, rules::spaced(declared.title), declared.key);
    };
    say_one("uno por", at(rules.entities, kind_.entity));
    if (kind_.targeting) say_one("focalizado en", at(rules.targetings, *kind_.targeting));
    if (kind_.linked_to) say_one("vinculado a", at(version_.policy.plans, *kind_.linked_to));
    say_roles(plan, "a cargo de", kind_.in_charge);
    if (kind_.ladder) say_one("avisos", at(version_.policy.ladders, *kind_.ladder));
    plan.say("gracia", working_days(kind_.grace_days));
    say_roles(plan, "lo puede suspender", kind_.may_suspend, "o");
    say_roles(plan, "lo puede reanudar", kind_.may_resume, "o");
    say_roles(plan, "lo puede cancelar", kind_.may_cancel, "o");
  }

  static void add_fields(Part& part, const std::vector<rules::Field>& fields) {
    for (const rules::Field& field : fields)
      part.parts.push_back(outline_of(field));
  }

  Part outline(const ObligationKind& obligation) const {
    const rules::Ruleset& rules = version_.rules();
    Part part = part_of(the(obligation), "obligación", obligation);
    part.say("se debe en", obligation.phase ? the(*obligation.phase) : "todo el plan");
    part.say_dated("deja de recibirse", closing_in_words(obligation), rules.vigencia);
    say_roles(part, "a cargo de", obligation.in_charge);
    say_roles(part, "valida", obligation.validators, "o");
    if (!obligation.validators.empty()) part.say("se corrige en", working_days(obligation.correction_days));
    part.say("según", citations_in_words(obligation.sources, rules));
    if (obligation.weight) part.say("peso", obligation.weight->to_string());
    std::vector<std::string> required;
    for (const ObligationKindId id : obligation.required)
      required.push_back(the(at(kind_.obligations, id)));
    part.say_things("antes se cumple", listed(required), keys_in(kind_.obligations, obligation.required));
    std::vector<std::string> services;
    for (const rules::ServiceId id : obligation.services)
      services.push_back(quoted(at(rules.services, id).title));
    part.say_things("mediante", listed(services), keys_in(rules.services, obligation.services));
    std::vector<std::string> contributions;
    std::string fronts;
    for (const Contribution& contribution : obligation.contributes) {
      contributions.push_back(quoted(at(rules.fronts, contribution.front).title) + ", " +
                              std::string(term_in_words(contribution.term)));
      fronts += at(rules.fronts, contribution.front).key + " " +
                std::string(term_in_words(contribution.term)) + " ";
    }
    part.say_things("aporta a", listed(contributions), fronts);
    part.say("evidencia", obligation.evidence_required ? "obligatoria" : "");
    add_fields(part, obligation.fields);
    return part;
  }

  Part outline(Phase phase) const {
    const PhaseRules& rules = kind_.phase(phase);
    Part part{the(phase), {std::string(name_of(phase))}};
    if (rules.from)
      part.say_dated("empieza", "el " + rules::to_spanish(*rules.from), version_.rules().vigencia);
    part.say("gracia", working_days(rules.grace_days));
    if (rules.initial)
      part.say_things("primera etapa", title_of(*rules.initial), at(kind_.stages, *rules.initial).key);
    for (const Condition& exit : rules.exits)
      part.parts.push_back(outline(exit));
    for (const StageId id : rules.stages)
      part.parts.push_back(outline(at(kind_.stages, id)));
    return part;
  }

  std::string words(const rules::Expression& condition) const {
    return rules::to_text(rules::condition_in_words(condition, {version_.rules(), version_.sources, names_}));
  }

  Part outline(const Condition& exit) const {
    const std::string condition = words(exit.expression);
    const std::string identity = identity_of(version_, exit.expression.span);
    const std::string because = exit.because.empty() ? "" : "porque " + dsl::fold(exit.because);
    Part part{"lo que se exige al terminar: " + condition, {identity, because}};
    part.say("condición", condition, identity);
    part.say("porque", exit.because);
    part.say("según", citations_in_words(exit.sources, version_.rules()));
    return part;
  }

  std::string title_of(StageId stage) const { return rules::spaced(at(kind_.stages, stage).title); }

  Part outline(const Stage& stage) const {
    Part part = part_of("la etapa " + quoted(rules::spaced(stage.title)), "etapa", stage);
    part.say("termina la fase", stage.final ? "sí" : "");
    for (const Transition& transition : stage.transitions) {
      const auto same_action =
          std::count_if(stage.transitions.begin(), stage.transitions.end(),
                        [&](const Transition& other) { return other.action_key == transition.action_key; });
      part.parts.push_back(outline(transition, same_action > 1));
    }
    part.know_by_content();
    return part;
  }

  /// One action may stand several times in a stage, with other conditions or for other people: the surer keys
  /// tell those apart, and the title then says more than the action.
  Part outline(const Transition& transition, bool among_others) const {
    const std::string who = roles(transition.roles, "o");
    const std::string target = title_of(transition.target);
    const std::string identity =
        transition.condition ? identity_of(version_, transition.condition->span) : std::string();
    const std::string& action = transition.action_key;
    std::string title = "la acción " + quoted(rules::spaced(transition.action));
    if (among_others) {
      title += " de " + who + " que pasa a " + quoted(target);
      if (transition.condition) title += " si " + words(*transition.condition);
    }
    const std::string roles_of = action + "/" + keys_in(version_.rules().roles, transition.roles);
    const std::string& target_key = at(kind_.stages, transition.target).key;
    Part part{std::move(title),
              {roles_of + "/" + target_key + "/" + identity, roles_of + "/" + target_key, roles_of, action}};
    say_roles(part, "quién", transition.roles, "o");
    part.say_things("pasa a", target, target_key);
    part.say("pide", demands_in_words(transition));
    if (transition.condition) part.say("si", words(*transition.condition), identity);
    part.say("porque", transition.because);
    part.say("según", citations_in_words(transition.sources, version_.rules()));
    return part;
  }

  const Version& version_;
  const PlanKind& kind_;
  PlanNames names_;
};

/// `el aviso 3 días hábiles antes del vencimiento`; with what is done where another step has that moment.
std::string title_of(const LadderStep& step, const Ladder& ladder, const Policy& policy) {
  const std::string moment = moment_in_words(step);
  const auto at_that_moment =
      std::count_if(ladder.steps.begin(), ladder.steps.end(),
                    [&](const LadderStep& other) { return moment_in_words(other) == moment; });
  const std::string title =
      "el aviso " + (step.side == dsl::StepSide::at_due ? std::string("al vencer") : moment);
  return at_that_moment == 1 ? title : title + " (" + message_in_words(step, policy) + ")";
}

/// `el resumen de cada lunes a las 7:00`; with its recipients where another one is sent then.
std::string title_of(const Digest& digest, const Ladder& ladder, const Policy& policy) {
  const auto moment = [&](const Digest& one) {
    return "cada " + std::string(rules::weekday_name(one.iso_weekday)) + " a las " + in_words(one.at);
  };
  const auto at_that_moment =
      std::count_if(ladder.digests.begin(), ladder.digests.end(),
                    [&](const Digest& other) { return moment(other) == moment(digest); });
  return "el resumen de " + (at_that_moment == 1 ? moment(digest) : in_words(digest, policy));
}

/// What a step does, by the names of the roles.
std::string identity_of(const LadderStep& step, const Policy& policy) {
  std::string identity = std::to_string(static_cast<int>(step.verb)) + " " +
                         std::to_string(step.repeat_every) + " " + std::to_string(step.repeat_times);
  for (const Recipient& recipient : step.recipients)
    identity += " " + (recipient.role ? at(policy.rules->roles, *recipient.role).key : "responsable");
  return identity;
}

/// A step keeps its moment or its message; the other is what changes.
Part outline(const LadderStep& step, const Ladder& ladder, const Policy& policy) {
  const std::string moment = moment_in_words(step);
  const std::string message = identity_of(step, policy);
  Part part{title_of(step, ladder, policy), {moment + "/" + message, moment, message}};
  part.say("cuándo", moment);
  part.say_things("qué se hace", message_in_words(step, policy), message);
  return part;
}

}  // namespace

std::vector<Part> outline_of_plans(const Version& version) {
  std::vector<Part> parts;
  for (const PlanKind& kind : version.policy.plans)
    parts.push_back(PlanOutline(version, kind).make());
  return parts;
}

std::vector<Part> outline_of_ladders(const Version& version) {
  std::vector<Part> parts;
  for (const Ladder& ladder : version.policy.ladders) {
    Part part = part_of("la escalera " + quoted(ladder.title), "", ladder);
    part.say("desde las", in_words(ladder.at));
    for (const LadderStep& step : ladder.steps)
      part.parts.push_back(outline(step, ladder, version.policy));
    for (const Digest& digest : ladder.digests) {
      const std::string words = in_words(digest, version.policy);
      Part one{title_of(digest, ladder, version.policy),
               {words, "resumen " + std::to_string(digest.iso_weekday), "resumen"}};
      one.say_things("cuándo y a quién", words,
                     std::to_string(digest.iso_weekday) + " " + in_words(digest.at) + " " +
                         keys_in(version.rules().roles, digest.recipients));
      part.parts.push_back(std::move(one));
    }
    part.know_by_content();
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace cauce::workflows
