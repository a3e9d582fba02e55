// One `escenario`: its steps name roles, actions and obligations of its plan, and its dates go forward.
#include <algorithm>
#include <optional>

#include "workflows/asked_periods.hpp"
#include "workflows/check_tests.hpp"
#include "workflows/lower_deadline.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/test_years.hpp"

namespace cauce::workflows {
namespace {

class ScenarioCheck {
 public:
  ScenarioCheck(const dsl::ScenarioDecl& scenario, const Policy& policy, PlanKindId kind, TestNames& names,
                Lowering& lowering)
      : scenario_(scenario),
        policy_(policy),
        kind_(at(policy.plans, kind)),
        scope_(policy.plan_scopes->plan(kind)),
        tests_(names),
        names_(names.of(kind)),
        lowering_(lowering) {}

  void check() {
    for (const dsl::ScenarioLine& line : scenario_.lines) {
      std::visit([&](const auto& one) { check_line(one); }, line);
    }
    const bool expects = std::any_of(
        scenario_.lines.begin(), scenario_.lines.end(),
        [](const dsl::ScenarioLine& line) { return std::holds_alternative<dsl::Expectation>(line); });
    if (!expects) report(scenario_.head.name.span, "el escenario no espera nada", "escriba «espera …»");
  }

 private:
  void report(dsl::Span span, std::string message, std::string help = {}) {
    lowering_.report(dsl::Code::wrong_test, span, std::move(message), std::move(help));
  }

  void check_line(const dsl::Given& given) {
    check_record(given.record, tests_.of(kind_.entity), lowering_);
    check_bounds(given.record, tests_.of(kind_.entity), lowering_);
    if (begun_)
      report(given.record.span, "«dado» va antes del primer «el»", "súbalo al comienzo del escenario");
  }

  void check_line(const dsl::Created& created) {
    if (created_) {
      report(created.date.span, "el plan se crea dos veces", "deje un solo «creado el …»");
    } else if (begun_) {
      report(created.date.span, "«creado» va antes del primer «el»", "súbalo al comienzo del escenario");
    }
    created_ = true;
    advance_to(created.date);
  }

  void check_line(const dsl::Step& step) {
    begun_ = true;
    advance_to(step.date);
    if (step.action) check_action(*step.action);
  }

  /// What is written later happens later, or on the same day.
  void advance_to(const dsl::DateRef& written) {
    const auto date = lowering_.date(written);
    if (!date || !applies_) return;  // of another vigencia: it does not run in this one
    if (today_ && *date < *today_) {
      report(
          written.span,
          "el " + rules::to_spanish(*date) + " es antes del paso anterior, del " + rules::to_spanish(*today_),
          "las fechas de un escenario no retroceden");
      return;
    }
    today_ = date;
  }

  // --- Actions

  void check_action(const dsl::PlanAction& action) {
    lowering_.find<RoleId>(action.role, lowering_.names().roles, rules::NameKind::role);
    if (action.date) lowering_.date(*action.date);
    check_until(action);
    switch (action.verb) {
      case dsl::ActionVerb::complete:
        return check_component(action);
      case dsl::ActionVerb::execute:
        return check_stage_action(*action.target);
      case dsl::ActionVerb::deliver:
        return check_delivery(action);
      case dsl::ActionVerb::achieve:
        find_obligation(*action.target, ObligationType::hito, hito_noun);
        return;
      case dsl::ActionVerb::suspend:
      case dsl::ActionVerb::resume:
      case dsl::ActionVerb::cancel:
        return;
      default:
        check_obligation(action);
    }
  }

  /// `hasta D` belongs to `prorroga`, which needs it.
  void check_until(const dsl::PlanAction& action) {
    const bool extends = action.verb == dsl::ActionVerb::extend;
    if (extends && !action.date)
      report(action.span, "falta hasta cuándo se prorroga", "escriba «hasta» y la fecha");
    if (action.date && !extends && action.verb != dsl::ActionVerb::achieve)
      report(action.date->span, "«hasta» va solo con «prorroga»", "quite la fecha");
  }

  void check_component(const dsl::PlanAction& action) {
    const auto component = names_.components.find(action.target->key);
    if (!component) {
      lowering_.report_unknown(*action.target, component_noun, names_.components);
    } else if (action.record) {
      check_record(*action.record, tests_.of(kind_.components.at(*component).fields), lowering_);
    }
  }

  void check_stage_action(const dsl::Name& action) {
    if (!names_.actions.find(action.key)) lowering_.report_unknown(action, action_noun, names_.actions);
  }

  void check_delivery(const dsl::PlanAction& action) {
    const ObligationKind* delivered = find_obligation(*action.target, ObligationType::report, report_noun);
    if (action.with)
      report(action.with->span, "«con» no dice nada en «entrega»",
             "lo que se entrega va entre llaves: { campo: valor }");
    if (delivered == nullptr) return;
    check_period(action, *delivered);
    if (action.record) check_record(*action.record, tests_.of(delivered->fields), lowering_);
  }

  void check_obligation(const dsl::PlanAction& action) {
    const ObligationKind* obligation = find_obligation(*action.target, std::nullopt, obligation_noun);
    if (obligation != nullptr) check_period(action, *obligation);
  }

  const ObligationKind* find_obligation(const dsl::Name& name, std::optional<ObligationType> type,
                                        std::string_view noun) {
    const auto fits = [&](const ObligationKind& obligation) { return !type || obligation.type == *type; };
    if (const auto number = names_.obligations.find(name.key)) {
      const ObligationKind& found = kind_.obligations.at(*number);
      if (fits(found)) return &found;
    }
    std::vector<std::string_view> names;
    if (lowering_.may_suggest()) {
      for (const ObligationKind& obligation : kind_.obligations) {
        if (fits(obligation)) names.push_back(obligation.name);
      }
    }
    lowering_.report_unknown(name, noun, names);
    return nullptr;
  }

  /// A report that is owed more than once needs its period; nothing else has one.
  void check_period(const dsl::PlanAction& action, const ObligationKind& obligation) {
    const std::vector<Period>& periods = obligation.periods;
    if (!action.period) {
      if (periods.size() < 2) return;
      lowering_.report(dsl::Code::wrong_period, action.target->span,
                       quoted(obligation.name) + " se debe varias veces, y falta decir de qué periodo",
                       "escriba «de» y el periodo, como en «de " + in_policy(periods.front()) + "»");
      return;
    }
    const auto period = rules::to_period(*action.period, lowering_.rules().vigencia);
    const bool elsewhere = period && period->year != lowering_.rules().vigencia;
    if (elsewhere) return;  // the test is of another vigencia, and runs only there
    if (period && std::find(periods.begin(), periods.end(), *period) != periods.end()) return;
    lowering_.report(
        dsl::Code::wrong_period, action.period->span,
        quoted(lowering_.words(action.period->span)) + " no es uno de los periodos de " +
            quoted(obligation.name),
        periods.empty() ? "quite el periodo: no se debe por periodos" : periods_in_words(obligation));
  }

  /// A period as a policy writes it within its vigencia: `mayo`, `trimestre 2`.
  static std::string in_policy(const Period& period) {
    switch (period.unit) {
      case rules::PeriodUnit::month:
        return std::string(rules::month_name(period.index));
      case rules::PeriodUnit::bimester:
        return "bimestre " + std::to_string(period.index);
      case rules::PeriodUnit::quarter:
        return "trimestre " + std::to_string(period.index);
      case rules::PeriodUnit::semester:
        return "semestre " + std::to_string(period.index);
      case rules::PeriodUnit::year:
        break;
    }
    return period.to_string();
  }

  // --- Expectations

  void check_line(const dsl::Expectation& expectation) {
    if (const auto* expr = std::get_if<dsl::Expr>(&expectation.expected)) {
      const rules::Type truth = rules::Type::truth();
      const auto bound = rules::bind(*expr, scope_, lowering_.rules(), truth, lowering_.diagnostics());
      if (!bound) return lowering_.spoil();
      check_asked_periods(
          *bound, [&](std::uint32_t thing) -> const ObligationKind& { return kind_.obligations.at(thing); },
          lowering_);
    } else if (const auto* refusal = std::get_if<dsl::ExpectRefusal>(&expectation.expected)) {
      check_action(*refusal->action);
    } else if (const auto* alert = std::get_if<dsl::ExpectAlert>(&expectation.expected)) {
      check_alert(*alert, expectation.span);
    } else {
      report(expectation.span, "un plan no tiene estado de focalización",
             "eso se espera en una «prueba» de una focalización");
    }
  }

  void check_alert(const dsl::ExpectAlert& alert, dsl::Span span) {
    if (alert.role) lowering_.find<RoleId>(*alert.role, lowering_.names().roles, rules::NameKind::role);
    if (alert.obligation) find_obligation(*alert.obligation, std::nullopt, obligation_noun);
    if (!kind_.ladder) {
      report(span, "el plan " + quoted(kind_.name) + " no tiene escalera, y no da alertas",
             "escriba en el plan «alertas» y el nombre de una escalera");
      return;
    }
    if (alert.step && alert.step->offset && !lower_offset(*alert.step->offset, lowering_)) return;
    const Ladder& ladder = at(policy_.ladders, *kind_.ladder);
    if (alert.digest && ladder.digests.empty()) {
      report(span, "la escalera " + quoted(ladder.name) + " no tiene resumen");
    }
    if (alert.step) check_step(*alert.step, ladder);
  }

  void check_step(const dsl::StepMoment& moment, const Ladder& ladder) {
    const std::int64_t days = moment.offset ? moment.offset->days.value : 0;
    if (names_.steps.contains({moment.side, days})) return;
    std::vector<std::string> steps;
    if (lowering_.may_suggest()) {
      for (const LadderStep& step : ladder.steps)
        steps.push_back(quoted(step.text));
    }
    report(
        moment.span,
        "la escalera " + quoted(ladder.name) + " no tiene un peldaño " + quoted(lowering_.words(moment.span)),
        steps.empty() ? "" : "sus peldaños son: " + listed(steps));
  }

  const dsl::ScenarioDecl& scenario_;
  const Policy& policy_;
  const PlanKind& kind_;
  const rules::Scope& scope_;
  TestNames& tests_;
  const PlanNames& names_;
  Lowering& lowering_;
  const bool applies_ = why_not_applicable(vigencia_of(scenario_), lowering_.rules().vigencia).empty();
  std::optional<Date> today_;
  bool created_ = false;
  bool begun_ = false;
};

}  // namespace

void check_scenario(const dsl::ScenarioDecl& scenario, const Policy& policy, TestNames& names,
                    Lowering& lowering) {
  const auto kind = lowering.find<PlanKindId>(scenario.plan, lowering.names().plans, rules::NameKind::plan);
  if (kind) ScenarioCheck(scenario, policy, *kind, names, lowering).check();
}

}  // namespace cauce::workflows
