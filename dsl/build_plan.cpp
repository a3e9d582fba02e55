// Plans and ladders of alerts.
#include <algorithm>

#include "dsl/build.hpp"

namespace cauce::dsl::build {
namespace {

EdgeDayOfMonth edge_day(View node) {
  const auto of_month = node.find(Kind::month);
  return {node.get(Kind::edge).value<bool>(), node.has(Kind::working_mark),
          of_month ? std::optional(month(*of_month)) : std::nullopt};
}

decltype(Deadline::rule) deadline_rule(View node, Diagnostics& diagnostics) {
  const auto days = [&] { return offset(node.get(Kind::offset), diagnostics); };
  switch (node.kind()) {
    case Kind::after_period:
      return AfterPeriod{days()};
    case Kind::after_anchor:
      return AfterAnchor{days(), name(node.get(Kind::name))};
    case Kind::before_date:
      return BeforeDate{days(), date(node.get(Kind::date))};
    case Kind::edge_day:
      return edge_day(node);
    case Kind::nth_day:
      return NthDayOfNextMonth{node.has(Kind::working_mark), integer(node.get(Kind::integer), diagnostics)};
    default:
      return OnDate{date(node)};
  }
}

Deadline deadline(View due, Diagnostics& diagnostics) {
  const View rule = due.first();
  const auto rolling = due.find(Kind::rolling);
  return {deadline_rule(rule, diagnostics), rolling ? rolling->value<Rolling>() : Rolling::next_working_day,
          join(rule.span(), due.span())};
}

Integer days_of(View clause, Diagnostics& diagnostics) {
  return integer(clause.get(Kind::integer), diagnostics);
}

Component component(View node, Diagnostics& diagnostics) {
  return {head(node), node.has(Kind::required_mark),
          all(node, Kind::field, [&](View one) { return field(one, diagnostics); })};
}

Recurrence recurrence(View node) {
  Recurrence built{node.get(Kind::period_unit).value<PeriodUnit>()};
  if (const auto from = node.find(Kind::from)) built.from = month(from->get(Kind::month));
  if (const auto to = node.find(Kind::to)) built.to = month(to->get(Kind::month));
  if (const auto except = node.find(Kind::except)) built.except = all(*except, Kind::month, month);
  built.span = node.span();
  return built;
}

/// The clauses that reports and milestones have in common. Whether `clause` is one of them.
template <typename Obligation>
bool obligation_clause(Obligation& built, View clause, Once& once, Diagnostics& diagnostics) {
  switch (clause.kind()) {
    case Kind::due:
      if (once(clause, "vence")) built.due = deadline(clause, diagnostics);
      return true;
    case Kind::in_charge:
      if (once(clause, "a cargo de")) built.in_charge = names(clause);
      return true;
    case Kind::validators:
      if (once(clause, "valida")) built.validators = names(clause);
      return true;
    case Kind::correction:
      if (once(clause, "corrige en")) built.correction_days = days_of(clause, diagnostics);
      return true;
    case Kind::citations:
      append_citations(built.sources, clause);
      return true;
    default:
      return false;
  }
}

std::variant<Offset, DateRef> closing(View clause, Diagnostics& diagnostics) {
  const View when = clause.first();
  if (when.is(Kind::date)) return date(when);
  return offset(when, diagnostics);
}

Report report(View node, Diagnostics& diagnostics) {
  Report built{head(node), recurrence(node.get(Kind::recurrence))};
  Once once(diagnostics);
  for (const View clause : node) {
    if (obligation_clause(built, clause, once, diagnostics)) continue;
    if (clause.is(Kind::field)) built.fields.push_back(field(clause, diagnostics));
    if (clause.is(Kind::closes) && once(clause, "cierra")) built.closes = closing(clause, diagnostics);
  }
  return built;
}

void append_names(std::vector<Name>& to, View clause) {
  for (Name& one : names(clause))
    to.push_back(std::move(one));
}

Contribution contribution(View node) {
  auto parts = names(node);
  return {std::move(parts.at(0)), std::move(parts.at(1))};
}

Hito hito(View node, Diagnostics& diagnostics) {
  Hito built{head(node)};
  Once once(diagnostics);
  for (const View clause : node) {
    if (obligation_clause(built, clause, once, diagnostics)) continue;
    switch (clause.kind()) {
      case Kind::weight:
        if (once(clause, "peso")) built.weight = number(clause.get(Kind::number));
        break;
      case Kind::required_names:
        append_names(built.required, clause);
        break;
      case Kind::services:
        append_names(built.services, clause);
        break;
      case Kind::contributes:
        for (const View one : clause)
          built.contributes.push_back(contribution(one));
        break;
      case Kind::evidence:
        built.evidence_required = once(clause, "evidencia") || built.evidence_required;
        break;
      default:
        break;
    }
  }
  return built;
}

Transition transition(View node, Diagnostics& diagnostics) {
  auto action_and_target = names(node);
  Transition built{names(node.get(Kind::names)), std::move(action_and_target.at(0)),
                   std::move(action_and_target.at(1))};
  if (const auto demand = node.find(Kind::demand)) built.demand = demand->value<Demand>();
  built.other_person = node.has(Kind::other_person);
  if (const auto condition = node.find(Kind::condition)) {
    built.condition = expression(condition->first(), diagnostics);
  }
  built.reason = reason(node);
  built.span = node.span();
  return built;
}

Stage stage(View node, Diagnostics& diagnostics) {
  return {head(node), node.has(Kind::initial_mark), node.has(Kind::final_mark),
          all(node, Kind::transition, [&](View one) { return transition(one, diagnostics); })};
}

Clause exit_clause(View node, Diagnostics& diagnostics) {
  return {expression(node.first(), diagnostics), reason(node), node.span()};
}

Indicator indicator(View node, Diagnostics& diagnostics) {
  View value = node.first();
  for (const View child : node)
    value = child;
  return {head(node), expression(value, diagnostics)};
}

Level level(View node) {
  return {name(node.get(Kind::name)), signed_number(node.get(Kind::signed_number))};
}

Levels levels(View node) {
  return {name(node.get(Kind::name)), all(node, Kind::level, level), node.span()};
}

PhaseDecl phase(View node, Diagnostics& diagnostics) {
  const View keyword = node.get(Kind::phase_word);
  PhaseDecl built{keyword.value<PhaseKeyword>()};
  built.keyword_span = keyword.span();
  built.span = node.span();
  Once once(diagnostics);
  for (const View part : node) {
    switch (part.kind()) {
      case Kind::exit_clause:
        built.exits.push_back(exit_clause(part, diagnostics));
        break;
      case Kind::starts:
        if (once(part, "desde")) built.from = date(part.get(Kind::date));
        break;
      case Kind::due:
        if (once(part, "vence")) built.due = deadline(part, diagnostics);
        break;
      case Kind::grace:
        if (once(part, "gracia")) built.grace_days = days_of(part, diagnostics);
        break;
      case Kind::stage:
        built.stages.push_back(stage(part, diagnostics));
        break;
      case Kind::report:
        built.reports.push_back(report(part, diagnostics));
        break;
      case Kind::hito:
        built.hitos.push_back(hito(part, diagnostics));
        break;
      case Kind::indicator:
        built.indicators.push_back(indicator(part, diagnostics));
        break;
      case Kind::levels:
        built.levels.push_back(levels(part));
        break;
      default:
        break;
    }
  }
  return built;
}

std::string_view phase_name(PhaseKeyword phase) {
  switch (phase) {
    case PhaseKeyword::formulation:
      return "formulación";
    case PhaseKeyword::monitoring:
      return "seguimiento";
    default:
      return "evaluación";
  }
}

LadderStep ladder_step(View node, Diagnostics& diagnostics) {
  LadderStep built{moment(node.get(Kind::moment), diagnostics)};
  if (const auto repeat = node.find(Kind::repeat)) {
    const auto counts = all(*repeat, Kind::integer, [&](View one) { return integer(one, diagnostics); });
    built.repeat_every = counts.front();
    built.repeat_times = counts.back();
  }
  built.verb = node.get(Kind::step_verb).value<StepVerb>();
  built.recipients = names(node.get(Kind::recipients));
  built.span = node.span();
  return built;
}

DigestLine digest(View node, Diagnostics& diagnostics) {
  DigestLine built{weekday(node.get(Kind::weekday))};
  if (const auto at = node.find(Kind::at_clock)) built.at = clock(*at, diagnostics);
  built.recipients = names(node.get(Kind::recipients));
  built.span = node.span();
  return built;
}

}  // namespace

Offset offset(View node, Diagnostics& diagnostics) {
  const auto unit = node.find(Kind::day_unit);
  return {integer(node.get(Kind::integer), diagnostics), unit ? unit->value<DayUnit>() : DayUnit::unspecified,
          node.span()};
}

StepMoment moment(View node, Diagnostics& diagnostics) {
  const auto days = node.find(Kind::offset);
  return {node.get(Kind::moment_side).value<StepSide>(),
          days ? std::optional(offset(*days, diagnostics)) : std::nullopt, node.span()};
}

PlanDecl plan(View node, Diagnostics& diagnostics) {
  PlanDecl built{head(node), names(node).at(1)};
  Once once(diagnostics);
  for (const View part : node) {
    switch (part.kind()) {
      case Kind::focused:
        built.targeting = name(part.get(Kind::name));
        break;
      case Kind::linked:
        if (once(part, "vinculado a")) built.linked_to = name(part.get(Kind::name));
        break;
      case Kind::in_charge:
        if (once(part, "a cargo de")) built.in_charge = names(part);
        break;
      case Kind::use_ladder:
        if (once(part, "alertas")) built.ladder = name(part.get(Kind::name));
        break;
      case Kind::grace:
        if (once(part, "gracia")) built.grace_days = days_of(part, diagnostics);
        break;
      case Kind::component:
        built.components.push_back(component(part, diagnostics));
        break;
      case Kind::report:
        built.reports.push_back(report(part, diagnostics));
        break;
      case Kind::hito:
        built.hitos.push_back(hito(part, diagnostics));
        break;
      case Kind::phase:
        if (once(part, phase_name(part.first().value<PhaseKeyword>())))
          built.phases.push_back(phase(part, diagnostics));
        break;
      case Kind::may_suspend:
        if (once(part, "suspende")) built.may_suspend = names(part);
        break;
      case Kind::may_resume:
        if (once(part, "reanuda")) built.may_resume = names(part);
        break;
      case Kind::may_cancel:
        if (once(part, "cancela")) built.may_cancel = names(part);
        break;
      default:
        break;
    }
  }
  return built;
}

LadderDecl ladder(View node, Diagnostics& diagnostics) {
  LadderDecl built{head(node)};
  if (const auto at = node.find(Kind::at_clock)) built.at = clock(*at, diagnostics);
  built.steps = all(node, Kind::step, [&](View one) { return ladder_step(one, diagnostics); });
  built.digests = all(node, Kind::digest, [&](View one) { return digest(one, diagnostics); });
  return built;
}

}  // namespace cauce::dsl::build
