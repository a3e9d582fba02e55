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
    Part plan{"el plan " + kind_.name, {kind_.key}};
    say_subject(plan);
    for (const ComponentKind& component : kind_.components) {
      Part part{"el componente " + quoted(component.title), {"componente " + component.key}};
      part.say("título", component.title);
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
      Part part{"el indicador " + quoted(indicator.title), {"indicador " + indicator.key}};
      part.say("título", indicator.title);
      part.say("cálculo", dsl::words_of(version_.sources, indicator.value.span),
               identity_of(version_, indicator.value.span));
      for (const Level& level : indicator.levels)
        part.say("nivel " + quoted(rules::spaced(level.name)), "desde " + level.from.to_string());
      plan.parts.push_back(std::move(part));
    }
    return plan;
  }

 private:
  std::string roles(const std::vector<RoleId>& roles, std::string_view joint = "y") const {
    return rules::joined(titles_of(version_.policy, roles), joint);
  }

  void say_subject(Part& plan) const {
    const rules::Ruleset& rules = version_.rules();
    plan.say("título", kind_.title);
    plan.say("uno por", at(rules.entities, kind_.entity).name);
    if (kind_.targeting) plan.say("focalizado en", at(rules.targetings, *kind_.targeting).name);
    if (kind_.linked_to) plan.say("vinculado a", at(version_.policy.plans, *kind_.linked_to).name);
    plan.say("a cargo de", roles(kind_.in_charge));
    if (kind_.ladder) plan.say("avisos", at(version_.policy.ladders, *kind_.ladder).name);
    plan.say("gracia", working_days(kind_.grace_days));
    plan.say("lo puede suspender", roles(kind_.may_suspend, "o"));
    plan.say("lo puede reanudar", roles(kind_.may_resume, "o"));
    plan.say("lo puede cancelar", roles(kind_.may_cancel, "o"));
  }

  static void add_fields(Part& part, const std::vector<rules::Field>& fields) {
    for (const rules::Field& field : fields)
      part.parts.push_back(outline_of(field));
  }

  Part outline(const ObligationKind& obligation) const {
    const rules::Ruleset& rules = version_.rules();
    Part part{the(obligation), {"obligación " + obligation.key}};
    part.say("título", obligation.title);
    part.say("se debe en", obligation.phase ? the(*obligation.phase) : "todo el plan");
    part.say_dated("deja de recibirse", closing_in_words(obligation), rules.vigencia);
    part.say("a cargo de", roles(obligation.in_charge));
    part.say("valida", roles(obligation.validators, "o"));
    if (!obligation.validators.empty()) part.say("se corrige en", working_days(obligation.correction_days));
    part.say("según", citations_in_words(obligation.sources, rules));
    if (obligation.weight) part.say("peso", obligation.weight->to_string());
    std::vector<std::string> required;
    for (const ObligationKindId id : obligation.required)
      required.push_back(the(at(kind_.obligations, id)));
    part.say("antes se cumple", listed(required));
    std::vector<std::string> services;
    for (const rules::ServiceId id : obligation.services)
      services.push_back(quoted(at(rules.services, id).title));
    part.say("mediante", listed(services));
    std::vector<std::string> contributions;
    for (const Contribution& contribution : obligation.contributes) {
      contributions.push_back(quoted(at(rules.fronts, contribution.front).title) + ", " +
                              std::string(term_in_words(contribution.term)));
    }
    part.say("aporta a", listed(contributions));
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
    if (rules.initial) part.say("primera etapa", title_of(*rules.initial));
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
    Part part{"la etapa " + quoted(rules::spaced(stage.title)), {"etapa " + stage.key}};
    part.say("título", stage.title);
    part.say("termina la fase", stage.final ? "sí" : "");
    for (const Transition& transition : stage.transitions) {
      const auto same_action =
          std::count_if(stage.transitions.begin(), stage.transitions.end(),
                        [&](const Transition& other) { return other.action_key == transition.action_key; });
      part.parts.push_back(outline(transition, same_action > 1));
    }
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
    Part part{std::move(title),
              {action + "/" + who + "/" + target + "/" + identity, action + "/" + who + "/" + target,
               action + "/" + who, action}};
    part.say("quién", who);
    part.say("pasa a", target);
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

/// A step keeps its moment or its message; the other is what changes.
Part outline(const LadderStep& step, const Ladder& ladder, const Policy& policy) {
  const std::string moment = moment_in_words(step);
  const std::string message = message_in_words(step, policy);
  Part part{title_of(step, ladder, policy), {moment + "/" + message, moment, message}};
  part.say("cuándo", moment);
  part.say("qué se hace", message);
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
    Part part{"la escalera " + quoted(ladder.title), {ladder.key}};
    part.say("título", ladder.title);
    part.say("desde las", in_words(ladder.at));
    for (const LadderStep& step : ladder.steps)
      part.parts.push_back(outline(step, ladder, version.policy));
    for (const Digest& digest : ladder.digests) {
      const std::string words = in_words(digest, version.policy);
      Part one{title_of(digest, ladder, version.policy),
               {words, "resumen " + std::to_string(digest.iso_weekday), "resumen"}};
      one.say("cuándo y a quién", words);
      part.parts.push_back(std::move(one));
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace cauce::workflows
