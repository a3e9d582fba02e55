#include "workflows/lower_plan.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "rules/compile.hpp"
#include "workflows/lower_obligations.hpp"
#include "workflows/lower_stages.hpp"
#include "workflows/plan_scope.hpp"

namespace cauce::workflows {
namespace {

constexpr int longest_grace = 100;  // working days

/// The superiors of roles, each once.
std::vector<RoleId> superiors_of(const std::vector<RoleId>& roles, const rules::Ruleset& rules) {
  std::vector<RoleId> superiors;
  std::set<RoleId> seen;
  for (const RoleId role : roles) {
    for (auto above = at(rules.roles, role).superior; above; above = at(rules.roles, *above).superior) {
      if (seen.insert(*above).second) superiors.push_back(*above);
    }
  }
  return superiors;
}

int lower_grace(const std::optional<dsl::Integer>& written, int otherwise, Lowering& lowering) {
  if (!written) return otherwise;
  return lowering.count(*written, 0, longest_grace, "la gracia").value_or(otherwise);
}

void lower_targeting(PlanDraft& draft, Lowering& lowering) {
  if (!draft.written->targeting) return;
  const dsl::Name& name = *draft.written->targeting;
  const auto targeting =
      lowering.find<rules::TargetingId>(name, lowering.names().targetings, rules::NameKind::targeting);
  if (!targeting) return;
  const rules::Ruleset& rules = lowering.rules();
  const EntityKindId chosen = at(rules.targetings, *targeting).entity;
  if (chosen != draft.kind.entity) {
    lowering.report(dsl::Code::wrong_plan_owner, name.span,
                    "la focalización " + quoted(name.text) + " es de " +
                        quoted(at(rules.entities, chosen).name) + ", y el plan es por " +
                        quoted(at(rules.entities, draft.kind.entity).name),
                    "nombre una focalización de " + quoted(at(rules.entities, draft.kind.entity).name));
  }
  draft.kind.targeting = targeting;
}

/// Who is in charge, and who may suspend, resume and cancel: the superiors where the policy does not say.
void lower_people(PlanDraft& draft, Lowering& lowering) {
  const dsl::PlanDecl& written = *draft.written;
  draft.kind.in_charge = lowering.find_roles(written.in_charge);
  const std::vector<RoleId> superiors = superiors_of(draft.kind.in_charge, lowering.rules());
  const auto roles = [&](const std::vector<dsl::Name>& names) {
    return names.empty() ? superiors : lowering.find_roles(names);
  };
  draft.kind.may_suspend = roles(written.may_suspend);
  draft.kind.may_resume = roles(written.may_resume);
  draft.kind.may_cancel = roles(written.may_cancel);
}

/// What a component without fields has: one obligatory text.
rules::Field only_text(const rules::Named& component) {
  rules::Field field;
  static_cast<rules::Named&>(field) = {"texto", "texto", component.title, component.span};
  field.required = true;
  return field;
}

void lower_components(PlanDraft& draft, Lowering& lowering) {
  std::map<std::string_view, dsl::Span> seen;
  for (const dsl::Component& written : draft.written->components) {
    const dsl::Name& name = written.head.name;
    const auto [first, is_new] = seen.emplace(name.key, name.span);
    if (!is_new) lowering.report_twice(name, component_noun, first->second);
    ComponentKind& component = draft.kind.components.emplace_back();
    static_cast<rules::Named&>(component) = lowering.named(written.head, component_noun);
    component.required = written.required;
    component.fields = lower_fields(written.fields, lowering);
    if (component.fields.empty()) component.fields.push_back(only_text(component));
  }
}

/// `sobresaliente desde 90%` of an indicator that is the progress of the plan, which goes up to 100.
void warn_of_percentage(const dsl::Level& level, const dsl::Expr& measured, Lowering& lowering) {
  const auto* name = std::get_if<dsl::NameExpr>(&measured.node);
  const dsl::Number& from = level.from.number;
  if (!from.percent || name == nullptr || name->name.key != "avance") return;
  lowering.diagnostics().push_back({dsl::Code::doubtful_percentage, level.from.span,
                                    "«avance» llega hasta 100, y " + quoted(from.digits + "%") + " es " +
                                        rules::to_decimal(from).to_string(),
                                    "si quiere decir " + from.digits + " de esos 100, quite el signo «%»",
                                    from.digits});
}

/// The levels of an indicator that is `measured`, highest first.
void lower_levels(const dsl::Levels& written, const dsl::Expr& measured, Indicator& indicator,
                  Lowering& lowering) {
  if (!indicator.levels.empty()) {
    lowering.report(dsl::Code::clause_twice, written.indicator.span,
                    "los niveles de " + quoted(indicator.name) + " están dos veces",
                    "júntelos en un «nivel»");
    return;
  }
  std::map<std::string_view, dsl::Span> names;
  std::map<rules::Decimal, std::string_view> begins;
  for (const dsl::Level& level : written.levels) {
    const auto [first, is_new] = names.emplace(level.name.key, level.name.span);
    if (!is_new) lowering.report_twice(level.name, level_noun, first->second);
    warn_of_percentage(level, measured, lowering);
    const rules::Decimal from = rules::to_decimal(level.from);
    const auto [same, is_first] = begins.emplace(from, level.name.text);
    if (!is_first) {
      lowering.report(dsl::Code::wrong_levels, level.from.span,
                      "los niveles " + quoted(same->second) + " y " + quoted(level.name.text) +
                          " empiezan en el mismo valor",
                      "dé a cada nivel un valor distinto");
    }
    indicator.levels.push_back({level.name.text, from});
  }
  std::stable_sort(indicator.levels.begin(), indicator.levels.end(),
                   [](const Level& a, const Level& b) { return a.from > b.from; });
}

class IndicatorLowering {
 public:
  IndicatorLowering(PlanKind& kind, Lowering& lowering) : kind_(kind), lowering_(lowering) {}

  void add(const dsl::PhaseDecl& phase) {
    for (const dsl::Indicator& written : phase.indicators) {
      Indicator& indicator = kind_.indicators.emplace_back();
      measured_.push_back(&written.value);
      static_cast<rules::Named&>(indicator) = lowering_.named(written.head, indicator_noun);
      const dsl::Name& name = written.head.name;
      if (names_.add(name.key, name.text)) {
        check_clash(name);
      } else {
        lowering_.report_twice(name, indicator_noun, kind_.indicators.at(*names_.find(name.key)).span);
      }
    }
  }

  void add_levels(const dsl::PhaseDecl& phase) {
    for (const dsl::Levels& written : phase.levels) {
      const auto number = names_.find(written.indicator.key);
      if (number) {
        lower_levels(written, *measured_.at(*number), kind_.indicators.at(*number), lowering_);
      } else {
        lowering_.report_unknown(written.indicator, indicator_noun, names_);
      }
    }
  }

  /// The fields of reports stand beside indicators, parameters and what every report has.
  void check_report_fields() {
    for (const ObligationKind& obligation : kind_.obligations) {
      for (const rules::Field& field : obligation.fields) {
        if (is_report_attribute(field.key)) {
          clash(field.name, field.span, "todo reporte ya tiene " + quoted(field.name), std::nullopt);
        } else if (const auto indicator = names_.find(field.key)) {
          clash(field.name, field.span,
                "el campo " + quoted(field.name) + " se confunde con un indicador de igual nombre",
                kind_.indicators.at(*indicator).span);
        } else {
          check_parameter("el campo ", field.name, field.key, field.span);
        }
      }
    }
  }

 private:
  void check_clash(const dsl::Name& name) {
    if (is_plan_attribute(name.key)) {
      clash(name.text, name.span, "todo plan ya tiene " + quoted(name.text), std::nullopt);
      return;
    }
    const rules::EntityKind& entity = at(lowering_.rules().entities, kind_.entity);
    const auto field = std::find_if(entity.fields.begin(), entity.fields.end(),
                                    [&](const rules::Field& one) { return one.key == name.key; });
    if (field != entity.fields.end()) {
      clash(name.text, name.span,
            "el indicador " + quoted(name.text) + " se confunde con un campo de " + quoted(entity.name),
            field->span);
      return;
    }
    check_parameter("el indicador ", name.text, name.key, name.span);
  }

  void check_parameter(std::string_view what, const std::string& name, const std::string& key,
                       dsl::Span span) {
    const rules::Ruleset& rules = lowering_.rules();
    const auto found = rules.parameters_by_key.find(key);
    if (found == rules.parameters_by_key.end()) return;
    clash(name, span, std::string(what) + quoted(name) + " se confunde con un parámetro de igual nombre",
          rules.parameters.at(found->second).span);
  }

  void clash(const std::string& name, dsl::Span span, std::string message, std::optional<dsl::Span> other) {
    auto& diagnostic = lowering_.report(dsl::Code::name_clash, span, std::move(message),
                                        "cambie el nombre de " + quoted(name));
    if (other) diagnostic.related.push_back({*other, "se declaró aquí"});
  }

  PlanKind& kind_;
  Lowering& lowering_;
  Index names_;
  std::vector<const dsl::Expr*> measured_;  ///< what each indicator is, as it was written
};

}  // namespace

Phase phase_of(dsl::PhaseKeyword keyword) {
  switch (keyword) {
    case dsl::PhaseKeyword::formulation:
      return Phase::formulation;
    case dsl::PhaseKeyword::monitoring:
      return Phase::monitoring;
    case dsl::PhaseKeyword::evaluation:
      break;
  }
  return Phase::evaluation;
}

void lower_form(PlanDraft& draft, Lowering& lowering) {
  const dsl::PlanDecl& written = *draft.written;
  PlanKind& kind = draft.kind;
  lower_targeting(draft, lowering);
  lower_people(draft, lowering);
  if (written.ladder) {
    kind.ladder = lowering.find<LadderId>(*written.ladder, lowering.names().ladders, rules::NameKind::ladder);
  }
  kind.grace_days = lower_grace(written.grace_days, kind.grace_days, lowering);
  for (PhaseRules& phase : kind.phases)
    phase.grace_days = kind.grace_days;
  lower_components(draft, lowering);
  lower_obligations(draft, lowering);

  IndicatorLowering indicators(kind, lowering);
  for (const dsl::PhaseDecl& phase : written.phases) {
    PhaseRules& rules = kind.phases.at(static_cast<std::size_t>(phase_of(phase.phase)));
    rules.span = phase.keyword_span;
    if (phase.from) rules.from = lowering.date(*phase.from);
    rules.grace_days = lower_grace(phase.grace_days, kind.grace_days, lowering);
    lower_stages(phase, kind, lowering);
    indicators.add(phase);
  }
  for (const dsl::PhaseDecl& phase : written.phases)
    indicators.add_levels(phase);
  indicators.check_report_fields();
}

void lower_link(PlanDraft& draft, const std::vector<PlanDraft>& drafts, Lowering& lowering) {
  if (!draft.written->linked_to) return;
  const dsl::Name& name = *draft.written->linked_to;
  const auto linked = lowering.find<PlanKindId>(name, lowering.names().plans, rules::NameKind::plan);
  if (!linked) return;
  const rules::Ruleset& rules = lowering.rules();
  const EntityKindId wanted = at(drafts, *linked).kind.entity;
  for (auto above = at(rules.entities, draft.kind.entity).parent; above;
       above = at(rules.entities, *above).parent) {
    if (*above == wanted) {
      draft.kind.linked_to = linked;
      return;
    }
  }
  const std::string& own = at(rules.entities, draft.kind.entity).name;
  lowering.report(dsl::Code::wrong_plan_owner, name.span,
                  "el plan " + quoted(name.text) + " es por " + quoted(at(rules.entities, wanted).name) +
                      ", que no está por encima de " + quoted(own),
                  "un plan se vincula al de una entidad que contiene a la suya");
}

}  // namespace cauce::workflows
