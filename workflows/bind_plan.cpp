#include "workflows/bind_plan.hpp"

#include <algorithm>
#include <map>

#include "rules/graph.hpp"
#include "workflows/asked_periods.hpp"

namespace cauce::workflows {
namespace {

using IndicatorRef = PlanScopes::IndicatorRef;

constexpr std::size_t most_related = 20;

void check_periods(const rules::Expression& expression, const PlanKind& kind, Lowering& lowering) {
  check_asked_periods(
      expression, [&](std::uint32_t thing) -> const ObligationKind& { return kind.obligations.at(thing); },
      lowering);
}

std::optional<rules::Expression> bind_truth(const dsl::Expr& written, const PlanKind& kind,
                                            const rules::Scope& scope, Lowering& lowering) {
  auto bound = rules::bind(written, scope, lowering.rules(), rules::Type::truth(), lowering.diagnostics());
  if (!bound) {
    lowering.spoil();
  } else {
    check_periods(*bound, kind, lowering);
  }
  return bound;
}

/// The indicators of all kinds, one after another.
struct IndicatorList {
  std::vector<IndicatorRef> refs;
  std::vector<const dsl::Indicator*> written;
  std::map<IndicatorRef, std::size_t> places;
};

IndicatorList list_indicators(const std::vector<PlanDraft>& drafts) {
  IndicatorList list;
  for (std::size_t kind = 0; kind < drafts.size(); ++kind) {
    std::size_t indicator = 0;
    for (const dsl::PhaseDecl& phase : drafts[kind].written->phases) {
      for (const dsl::Indicator& written : phase.indicators) {
        const IndicatorRef ref{static_cast<PlanKindId>(kind), indicator++};
        list.places[ref] = list.refs.size();
        list.refs.push_back(ref);
        list.written.push_back(&written);
      }
    }
  }
  return list;
}

void report_circle(const std::vector<std::size_t>& circle, const IndicatorList& list, Lowering& lowering) {
  // Of a name that every plan has already, that is said, and what it reads may be what the plan has.
  const bool told = std::any_of(circle.begin(), circle.end(), [&](std::size_t i) {
    return is_plan_attribute(list.written[i]->head.name.key);
  });
  if (told) return;
  std::vector<std::string_view> names;
  for (const std::size_t i : circle)
    names.push_back(list.written[i]->head.name.text);
  const std::string message = circle.size() == 1
                                  ? "el indicador " + list_quoted(names) + " se define por sí mismo"
                                  : "los indicadores " + list_quoted(names) + " se definen en círculo";
  auto& diagnostic =
      lowering.report(dsl::Code::circular_definition, list.written[circle.front()]->value.span, message,
                      "defina uno de ellos por los hitos, los reportes o los componentes");
  for (std::size_t i = 1; i < std::min(circle.size(), most_related); ++i) {
    diagnostic.related.push_back({list.written[circle[i]]->value.span, quoted(names[i]) + " se define aquí"});
  }
}

/// Indicators that read one another are evaluated one within the other, and with them all that nests in each.
constexpr std::size_t longest_chain = 50;

void report_chain(const dsl::Head& indicator, std::size_t length, Lowering& lowering) {
  lowering.report(dsl::Code::out_of_range, indicator.name.span,
                  "el indicador " + quoted(indicator.name.text) +
                      " se calcula con otro, que se calcula con otro, y así " + std::to_string(length - 1) +
                      " veces",
                  "pueden ser hasta " + std::to_string(longest_chain - 1) + ": reúna varios en uno");
}

void check_levels(const Indicator& indicator, Lowering& lowering) {
  if (indicator.levels.empty() || indicator.value.type.is_numeric()) return;
  lowering.report(dsl::Code::wrong_levels, indicator.span,
                  "el indicador " + quoted(indicator.name) + " tiene niveles y es " +
                      quoted(indicator.value.type.to_spanish()),
                  "solo un número tiene niveles");
}

}  // namespace

void bind_indicators(std::vector<PlanDraft>& drafts, PlanScopes& scopes, std::vector<Lowering>& lowerings) {
  const IndicatorList list = list_indicators(drafts);
  std::vector<std::vector<std::size_t>> needs;
  for (std::size_t i = 0; i < list.refs.size(); ++i) {
    std::vector<std::size_t>& of_this = needs.emplace_back();
    for (const IndicatorRef& read : scopes.indicators_read(list.written[i]->value, list.refs[i].kind)) {
      of_this.push_back(list.places.at(read));
    }
  }
  const auto lowering_of = [&](std::size_t i) -> Lowering& {
    return lowerings.at(static_cast<std::size_t>(list.refs[i].kind));
  };

  const rules::NeedOrder order = rules::order_by_need(needs);
  for (const std::vector<std::size_t>& circle : order.circles) {
    for (const std::size_t i : circle)
      lowering_of(i).spoil();
    report_circle(circle, list, lowering_of(circle.front()));
  }
  std::vector<std::size_t> chains(list.refs.size(), 1);
  for (const std::size_t i : order.order) {
    const IndicatorRef ref = list.refs[i];
    Lowering& lowering = lowering_of(i);
    for (const std::size_t read : needs[i])
      chains[i] = std::max(chains[i], chains[read] + 1);
    // Once for each chain: those further along it are as right as this one makes them.
    if (chains[i] == longest_chain + 1) report_chain(list.written[i]->head, chains[i], lowering);
    auto bound = rules::bind(list.written[i]->value, scopes.plan(ref.kind), lowering.rules(), std::nullopt,
                             lowering.diagnostics());
    if (!bound) {
      lowering.spoil();
      continue;
    }
    scopes.set_type(ref, bound->type);
    PlanKind& kind = drafts[static_cast<std::size_t>(ref.kind)].kind;
    check_periods(*bound, kind, lowering);
    Indicator& indicator = kind.indicators.at(ref.indicator);
    indicator.value = *std::move(bound);
    check_levels(indicator, lowering);
  }
}

void bind_conditions(PlanDraft& draft, const rules::Scope& scope, Lowering& lowering) {
  auto stage = draft.kind.stages.begin();
  for (const dsl::PhaseDecl& phase : draft.written->phases) {
    for (const dsl::Stage& written : phase.stages) {
      auto transition = (stage++)->transitions.begin();
      for (const dsl::Transition& action : written.transitions) {
        if (action.condition)
          transition->condition = bind_truth(*action.condition, draft.kind, scope, lowering);
        ++transition;
      }
    }
    PhaseRules& rules = draft.kind.phases.at(static_cast<std::size_t>(phase_of(phase.phase)));
    for (const dsl::Clause& exit : phase.exits) {
      auto bound = bind_truth(exit.condition, draft.kind, scope, lowering);
      auto sources = lowering.cite(exit.reason.sources);
      if (!bound) continue;
      rules.exits.push_back({*std::move(bound),
                             exit.reason.because ? exit.reason.because->value : std::string(),
                             std::move(sources), exit.span});
    }
  }
}

}  // namespace cauce::workflows
