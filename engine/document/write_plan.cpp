// plan.
#include <array>

#include "engine/document/writing.hpp"
#include "workflows/owed.hpp"
#include "workflows/plan_words.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine::document {
namespace {

using rules::spaced;
using rules::with_capital;
using workflows::ObligationKind;
using workflows::ObligationType;
using workflows::Phase;
using workflows::PhaseRules;
using workflows::PlanKind;

constexpr std::array<Phase, 3> phases = {Phase::formulation, Phase::monitoring, Phase::evaluation};

/// `título: texto obligatorio`
std::string in_words(const rules::Field& field) {
  return shown(field.title) + ": " + rules::type_in_words(field.type) +
         (field.required ? ", obligatorio" : "");
}

class PlanWriter {
 public:
  PlanWriter(Writing& writing, const PlanKind& kind)
      : writing_(writing), kind_(kind), names_(writing.policy, kind) {}

  void write() {
    writing_.begin_chapter("capitulo-" + kind_.key, kind_.title + " (" + kind_.name + ")");
    write_subject();
    write_components();
    if (owes_any(std::nullopt)) {
      begin("obligaciones", "Lo que se debe durante todo el plan");
      write_obligations(std::nullopt);
    }
    for (const Phase phase : phases)
      write_phase(phase);
    write_indicators();
    write_standing();
    write_calendar();
  }

 private:
  void begin(const std::string& part, const std::string& title) {
    writing_.begin_article(article_of(kind_) + "-" + part, title);
  }

  Text condition(const rules::Expression& expression) const {
    return to_runs(rules::condition_in_words(expression, {writing_.rules, writing_.sources, names_}));
  }

  // --- What it is

  void write_subject() {
    writing_.begin_article(article_of(kind_), "Qué es y quién lo hace", kind_.title);
    writing_.remark(kind_.span);
    const rules::Noun entity = rules::to_noun(at(writing_.rules.entities, kind_.entity).title);
    Text text = plain("Hay un plan de esta clase por cada " + entity.text);
    if (kind_.targeting) {
      const rules::Targeting& targeting = at(writing_.rules.targetings, *kind_.targeting);
      text = text + " de los que selecciona la focalización «" + targeting.title + "» (";
      text += reference(article_of(targeting));
      text = text + ")";
    }
    text = text + " y vigencia.";
    if (!kind_.in_charge.empty()) text = text + " A cargo: " + writing_.roles(kind_.in_charge) + ".";
    if (kind_.linked_to) {
      const PlanKind& linked = at(writing_.policy.plans, *kind_.linked_to);
      text = text + " Está vinculado al plan «" + linked.title + "» (";
      text += reference(article_of(linked));
      text = text + ") de la entidad más cercana por encima.";
    }
    if (kind_.ladder) {
      const workflows::Ladder& ladder = at(writing_.policy.ladders, *kind_.ladder);
      text = text + " Sus avisos siguen la escalera «" + ladder.title + "» (";
      text += reference(article_of(ladder));
      text = text + ").";
    }
    writing_.say(std::move(text));
    writing_.say(
        "El plan pasa por la formulación, el seguimiento y la evaluación, siempre en ese orden, y después "
        "queda "
        "cerrado. Ninguna fase cambia solo porque pase el tiempo.");
    const LifeGraph graph = life_graph(writing_.policy, kind_, writing_.sources, false);
    writing_.add(Figure{"vida-" + kind_.key, "Vida del plan: " + kind_.title, writing_.draw(graph),
                        to_mermaid(graph)});
  }

  void write_components() {
    if (kind_.components.empty()) return;
    begin("componentes", "De qué se compone el documento del plan");
    Table table{"Componentes", {"Componente", "Exigencia", "Contenido"}, {}};
    for (const workflows::ComponentKind& component : kind_.components) {
      writing_.remark(component.span, component.title);
      writing_.index(component.title);
      Text content;
      for (const rules::Field& field : component.fields)
        content = content + (content.empty() ? "" : "; ") + in_words(field);
      table.rows.push_back({plain(component.title),
                            plain(component.required ? "obligatorio" : "puede faltar"), std::move(content)});
    }
    writing_.add(std::move(table));
  }

  // --- What is owed

  bool owes_any(std::optional<Phase> phase) const {
    for (const ObligationKind& obligation : kind_.obligations) {
      if (obligation.phase == phase && obligation.type != ObligationType::phase) return true;
    }
    return false;
  }

  void write_obligations(std::optional<Phase> phase) {
    for (const ObligationKind& obligation : kind_.obligations) {
      if (obligation.phase != phase || obligation.type == ObligationType::phase) continue;
      writing_.index(obligation.title);
      writing_.say(strong(with_capital(obligation.type == ObligationType::report ? "reporte" : "hito")) +
                   " «" + shown(obligation.title) + "»." + cited(obligation));
      writing_.remark(obligation.span);
      writing_.add(List{false, obligation.type == ObligationType::report ? lines_of_report(obligation)
                                                                         : lines_of_hito(obligation)});
    }
  }

  /// ` Según Ley 152 de 1994, art. 40.`
  std::string cited(const ObligationKind& obligation) {
    const Text text = writing_.cite(obligation.sources);
    if (text.empty()) return {};
    std::string words = text.front().text + ".";
    words.replace(1, 1, "S");
    return words;
  }

  std::string deadline_of(const ObligationKind& obligation) const {
    return obligation.due ? "Vence: " + workflows::in_words(*obligation.due, kind_) + "." : "No tiene plazo.";
  }

  void add_people(const ObligationKind& obligation, std::vector<Text>& lines) const {
    if (!obligation.in_charge.empty())
      lines.push_back(plain("A cargo: " + writing_.roles(obligation.in_charge) + "."));
    if (obligation.validators.empty()) return;
    lines.push_back(plain("Valida: " + writing_.roles(obligation.validators) +
                          ". Lo devuelto se corrige en " +
                          workflows::in_words({obligation.correction_days, rules::DayUnit::working}) + "."));
  }

  std::vector<Text> lines_of_report(const ObligationKind& report) const {
    std::vector<Text> lines = {plain("Se entrega " + workflows::recurrence_in_words(report) + "."),
                               plain(deadline_of(report))};
    if (const std::string closing = workflows::closing_in_words(report); !closing.empty()) {
      const bool offset = std::holds_alternative<rules::DayOffset>(*report.closes);
      lines.push_back(
          plain("Vencido el plazo se sigue recibiendo, con mora, hasta " +
                (offset ? workflows::in_words(std::get<rules::DayOffset>(*report.closes)) + " después"
                        : "el " + closing) +
                "; luego, solo si un superior lo reabre con un motivo."));
    }
    add_people(report, lines);
    if (!report.fields.empty()) {
      Text content = plain("Contiene: ");
      for (const rules::Field& field : report.fields)
        content = content + (content.size() > 1 ? "; " : "") + in_words(field);
      lines.push_back(content + ".");
    }
    return lines;
  }

  std::vector<Text> lines_of_hito(const ObligationKind& hito) const {
    std::vector<Text> lines = {plain(deadline_of(hito))};
    lines.push_back(plain("Pesa " + (hito.weight ? hito.weight->to_string() : std::string("1")) +
                          " en el avance del plan."));
    if (!hito.required.empty()) {
      std::vector<std::string> names;
      for (const workflows::ObligationKindId id : hito.required)
        names.push_back(workflows::the(at(kind_.obligations, id)));
      lines.push_back(plain("Antes se cumple " + rules::joined(names, "y") + "."));
    }
    if (!hito.services.empty()) {
      std::vector<std::string> names;
      for (const rules::ServiceId id : hito.services)
        names.push_back("«" + at(writing_.rules.services, id).title + "»");
      lines.push_back(plain("Se apoya en " + rules::joined(names, "y") + "."));
    }
    if (!hito.contributes.empty()) {
      std::vector<std::string> names;
      for (const workflows::Contribution& contribution : hito.contributes)
        names.push_back(contribution_in_words(contribution));
      lines.push_back(plain("Aporta " + rules::joined(names, "y") + "."));
    }
    if (hito.evidence_required) lines.push_back(plain("Se acompaña de una evidencia."));
    add_people(hito, lines);
    return lines;
  }

  std::string contribution_in_words(const workflows::Contribution& contribution) const {
    constexpr std::array<std::string_view, 3> terms = {"corto", "mediano", "largo"};
    return "al resultado de " + std::string(terms.at(static_cast<std::size_t>(contribution.term))) +
           " plazo de «" + at(writing_.rules.fronts, contribution.front).title + "»";
  }

  // --- Phases

  void write_phase(Phase phase) {
    const PhaseRules& rules = kind_.phase(phase);
    begin(std::string(name_of(phase)), with_capital(std::string(spanish_name(phase))));
    writing_.say(when(phase, rules));
    if (!rules.stages.empty()) {
      write_stages(rules);
    } else {
      writing_.say(
          "La fase no tiene etapas propias: la termina, con la acción «terminar», quien está a cargo del "
          "plan (" +
          writing_.roles(kind_.in_charge, "o") + ").");
    }
    List exits;
    for (const workflows::Condition& exit : rules.exits)
      exits.items.push_back(condition(exit.expression) + writing_.reason(exit.because, exit.sources) + ".");
    if (!exits.items.empty()) {
      writing_.say("Para terminar la fase se exige además:");
      writing_.add(std::move(exits));
    }
    write_obligations(phase);
  }

  std::string when(Phase phase, const PhaseRules& rules) const {
    const std::string the_phase = with_capital(workflows::the(phase));
    std::string text =
        the_phase +
        (rules.from ? " empieza el " + rules::to_spanish(*rules.from) +
                          ": antes no se puede actuar en ella ni se debe nada de ella."
                    : std::string(" empieza cuando ") +
                          (phase == Phase::formulation ? "se crea el plan." : "termina la fase anterior."));
    if (rules.end_obligation) {
      const ObligationKind& end = at(kind_.obligations, *rules.end_obligation);
      if (end.due) text += " Debe terminar en este plazo: " + workflows::in_words(*end.due, kind_) + ".";
    }
    return text + " Lo que se hace exigible tarde tiene " +
           workflows::in_words({rules.grace_days, rules::DayUnit::working}) + " de gracia.";
  }

  void write_stages(const PhaseRules& rules) {
    std::vector<std::string> names;
    Table table{"Etapas y acciones", {"En la etapa", "Acción", "Quién puede", "Pasa a", "Condiciones"}, {}};
    for (const workflows::StageId id : rules.stages) {
      const workflows::Stage& stage = at(kind_.stages, id);
      writing_.remark(stage.span, title_of(stage));
      for (const workflows::Transition& transition : stage.transitions) {
        table.rows.push_back(
            {plain(title_of(stage)), plain(spaced(transition.action)),
             plain(rules::joined(workflows::titles_of(writing_.policy, transition.roles), "o")),
             plain(title_of(at(kind_.stages, transition.target))), conditions_of(transition)});
      }
      if (stage.final) table.rows.push_back({plain(title_of(stage)), plain("termina la fase"), {}, {}, {}});
    }
    if (rules.initial)
      writing_.say("Empieza en la etapa «" + title_of(at(kind_.stages, *rules.initial)) + "».");
    writing_.add(std::move(table));
  }

  static std::string title_of(const workflows::Stage& stage) { return spaced(stage.title); }

  Text conditions_of(const workflows::Transition& transition) {
    Text text;
    if (const std::string demands = workflows::demands_in_words(transition); !demands.empty())
      text = plain(demands);
    if (transition.condition)
      text = text + (text.empty() ? "si " : "; si ") + condition(*transition.condition);
    return text + writing_.reason(transition.because, transition.sources);
  }

  // --- Evaluation and the rest

  void write_indicators() {
    if (kind_.indicators.empty()) return;
    begin("indicadores", "Indicadores");
    writing_.say("Se pueden leer en todo momento y quedan fijos cuando el plan se cierra.");
    Table table{"Indicadores", {"Indicador", "Cálculo", "Niveles"}, {}};
    for (const workflows::Indicator& indicator : kind_.indicators) {
      writing_.remark(indicator.span, indicator.title);
      writing_.index(indicator.title);
      std::string levels;
      for (const workflows::Level& level : indicator.levels)
        levels += (levels.empty() ? "" : "; ") + spaced(level.name) + ", desde " + level.from.to_string();
      table.rows.push_back(
          {plain(indicator.title), code(writing_.words(indicator.value.span)), plain(levels)});
    }
    writing_.add(std::move(table));
  }

  void write_standing() {
    begin("situacion", "Suspensión, reanudación y cancelación");
    const auto who = [&](const std::vector<rules::RoleId>& named) {
      return named.empty() ? "un superior de quien está a cargo" : writing_.roles(named, "o");
    };
    writing_.add(
        List{false,
             {plain("Lo puede suspender " + who(kind_.may_suspend) +
                    ". Mientras está suspendido nada vence y no sale ningún aviso."),
              plain("Lo puede reanudar " + who(kind_.may_resume) +
                    ". Los plazos que no habían pasado se corren los días hábiles de la suspensión."),
              plain("Lo puede cancelar " + who(kind_.may_cancel) +
                    ", con un motivo. Lo que estaba abierto queda sin efecto.")}});
  }

  void write_calendar() {
    const std::string vigencia = std::to_string(writing_.rules.vigencia);
    begin("calendario", "Calendario de la vigencia " + vigencia);
    Table dated{"Plazos", {"Vence", "Obligación", "Periodo", "Regla"}, {}};
    Table undated{"Por fijar o sin plazo", {"Obligación", "Periodo", "Regla"}, {}};
    for (const workflows::Owed& owed : workflows::owed_in_vigencia(kind_, writing_.rules)) {
      const bool of_a_period = owed.period && owed.period->unit != rules::PeriodUnit::year;
      const Text what = plain(owed.obligation->type == ObligationType::phase
                                  ? "Fin " + workflows::of_the(*owed.obligation->phase)
                                  : shown(owed.obligation->title));
      const Text period = plain(of_a_period ? owed.period->to_spanish() : "");
      if (owed.day) {
        const std::string day = std::string(rules::weekday_name(rules::iso_weekday(owed.day->due))) + " " +
                                rules::to_spanish(owed.day->due);
        dated.rows.push_back(
            {plain(day), what, period, plain(workflows::rule_in_words(owed, writing_.rules))});
      } else {
        undated.rows.push_back({what, period,
                                plain(owed.obligation->due ? workflows::in_words(*owed.obligation->due, kind_)
                                                           : std::string("sin plazo"))});
      }
    }
    if (dated.rows.empty() && undated.rows.empty()) writing_.say("El plan no debe nada con plazo.");
    if (!dated.rows.empty()) writing_.add(std::move(dated));
    if (!undated.rows.empty()) writing_.add(std::move(undated));
  }

  Writing& writing_;
  const PlanKind& kind_;
  workflows::PlanNames names_;
};

}  // namespace

void write_plans(Writing& writing) {
  for (const PlanKind& kind : writing.policy.plans)
    PlanWriter(writing, kind).write();
}

void write_ladders(Writing& writing) {
  writing.begin_chapter("avisos", "Avisos");
  for (const workflows::Ladder& ladder : writing.policy.ladders) {
    writing.begin_article(article_of(ladder), "Escalera: " + ladder.title, ladder.title);
    writing.remark(ladder.span);
    writing.say("Los avisos salen en días hábiles, desde las " + workflows::in_words(ladder.at) +
                ". De los que coinciden para una misma obligación y un mismo rol sale el último. Si nadie "
                "tiene el rol, "
                "el aviso va a su superior.");
    if (!ladder.steps.empty()) {
      Table table{"Línea de tiempo", {"Cuándo", "Qué se hace"}, {}};
      for (const workflows::LadderStep& step : ladder.steps)
        table.rows.push_back({plain(workflows::moment_in_words(step)),
                              plain(with_capital(workflows::message_in_words(step, writing.policy)) + ".")});
      writing.add(std::move(table));
    }
    for (const workflows::Digest& digest : ladder.digests)
      writing.say("Un resumen de lo que está abierto va " + workflows::in_words(digest, writing.policy) +
                  ". Si ese día es festivo, va el siguiente día hábil; si no hay nada abierto, no va.");
    Text used;
    for (const PlanKind& kind : writing.policy.plans) {
      if (!kind.ladder || &at(writing.policy.ladders, *kind.ladder) != &ladder) continue;
      used = used + (used.empty() ? "La usan los planes: " : ", ") + kind.title + " (";
      used += reference(article_of(kind));
      used = used + ")";
    }
    if (!used.empty()) writing.say(used + ".");
  }
}

}  // namespace cauce::engine::document
