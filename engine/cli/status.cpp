// cauce estado: where one plan stands, or all by region and phase.
#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/contribution_output.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/plan_view.hpp"
#include "engine/cli/table.hpp"
#include "engine/overview.hpp"
#include "workflows/plan_scope.hpp"
#include "workflows/state_in_words.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine::cli {
namespace {

using workflows::Phase;
using workflows::Standing;

struct Options {
  std::optional<std::string> plan;
  bool contributions = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("PLAN", options.plan, "un plan; si no, la cuenta de todos por región y fase");
  arguments.flag("--aportes", options.contributions,
                 "el avance de todos por frente, plazo, servicio y forma de acción");
}

// --- One plan
// -------------------------------------------------------------------------------------------------

Json obligation_json(const PlanView& view, const workflows::Obligation& obligation) {
  const workflows::ObligationKind& kind = view.kind_of(obligation);
  Json json = {{"name", kind.name}, {"kind", name_of(kind.type)}};
  if (obligation.period) json["period"] = obligation.period->to_string();
  if (const auto due = workflows::deadline_in_force(obligation)) json["due"] = rules::to_iso(*due);
  if (obligation.missed) json["missed"] = rules::to_iso(*obligation.missed);
  json["state"] = workflows::name_of(obligation.state);
  json["overdue"] = view.is_overdue(obligation);
  if (obligation.on_time) json["on_time"] = *obligation.on_time;
  json["late_days"] = view.late_days(obligation);
  if (obligation.former) json["former"] = true;
  return json;
}

/// Live, or as they were frozen when the plan closed.
Json indicators_json(const PlanView& view) {
  const auto values = workflows::indicator_values(view.world, view.plan, view.today);
  Json json = Json::array();
  for (std::size_t i = 0; i < view.kind.indicators.size(); ++i) {
    const workflows::Indicator& indicator = view.kind.indicators[i];
    json.push_back({{"name", indicator.name}, {"value", to_json(values.at(i))}, {"level", nullptr}});
    if (std::string level = workflows::level_of(indicator, values.at(i)); !level.empty())
      json.back()["level"] = std::move(level);
  }
  return json;
}

std::vector<workflows::ContributionLine> contributions_of(const PlanView& view) {
  workflows::ContributionTally tally;
  tally.add(view.plan, view.kind, *view.policy.rules);
  return tally.lines();
}

Json plan_json(const PlanView& view) {
  const workflows::Plan& plan = view.plan;
  Json json = {{"id", plan.id.to_string()},
               {"version", plan.version},
               {"policy_version", plan.policy_version},
               {"phase", workflows::name_of(plan.lifecycle.phase)},
               {"standing", workflows::name_of(plan.lifecycle.standing)},
               {"stage", nullptr},
               {"progress", to_json(workflows::progress(plan, view.kind))},
               {"obligations", Json::array()}};
  if (plan.stage) json["stage"] = at(view.kind.stages, *plan.stage).name;
  for (const workflows::Obligation& obligation : plan.obligations) {
    json["obligations"].push_back(obligation_json(view, obligation));
  }
  json["indicators"] = indicators_json(view);
  json["contributions"] = to_json(contributions_of(view));
  return json;
}

std::string in_words(const rules::Value& value) {
  return rules::is_missing(value) ? std::string("sin dato") : in_table(value);
}

void print_head(const PlanView& view, System& system, Session& session) {
  const workflows::Plan& plan = view.plan;
  session.out << out_style(session).bold(plan.id.to_string()) << "  " << view.kind.title << ", "
              << view.entity_name() << "\n"
              << "  fase       " << workflows::spanish_name(plan.lifecycle.phase);
  if (plan.stage) session.out << ", etapa " << quote(at(view.kind.stages, *plan.stage).title);
  if (plan.lifecycle.standing != Standing::active) {
    session.out << " (" << workflows::spanish_name(plan.lifecycle.standing) << ")";
  }
  session.out << "\n  avance     " << in_words(workflows::progress(plan, view.kind)) << "\n"
              << "  a cargo    " << view.in_charge(view.kind.in_charge, system) << "\n"
              << "  versión    " << plan.version << " (de la política, la " << plan.policy_version << ")\n";
}

/// What can be done now, and by whom.
void print_actions(const PlanView& view, Session& session) {
  if (!view.plan.stage || view.plan.lifecycle.standing != Standing::active) return;
  for (const workflows::Transition& transition : at(view.kind.stages, *view.plan.stage).transitions) {
    session.out << "  se puede   " << transition.action << " → "
                << at(view.kind.stages, transition.target).title << " ("
                << join(workflows::titles_of(view.policy, transition.roles), "o") << ")\n";
  }
}

void print_components(const PlanView& view, Session& session) {
  if (view.kind.components.empty()) return;
  TextTable table({{"Componente"}, {"Obligatorio"}, {"Estado"}});
  for (std::size_t i = 0; i < view.kind.components.size(); ++i) {
    const workflows::ComponentKind& component = view.kind.components[i];
    table.add({component.title, component.required ? "sí" : "no",
               workflows::is_complete(view.plan.components.at(i), component) ? "completo" : "por completar"});
  }
  session.out << "\n";
  print(table, session);
}

std::string state_of(const PlanView& view, const workflows::Obligation& obligation) {
  if (view.is_overdue(obligation)) return workflows::overdue_in_words(view.kind, obligation);
  return workflows::state_in_words(view.kind, obligation);
}

std::string due_of(const workflows::Obligation& obligation, const workflows::ObligationKind& kind) {
  if (const auto due = workflows::deadline_in_force(obligation)) return rules::to_iso(*due);
  return kind.due ? "por fijar" : "sin plazo";
}

void print_obligations(const PlanView& view, Session& session) {
  TextTable table({{"Vence"}, {"Obligación"}, {"Periodo"}, {"Estado"}, {"Mora", Align::right}});
  std::vector<const workflows::Obligation*> order;
  for (const workflows::Obligation& obligation : view.plan.obligations)
    order.push_back(&obligation);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return workflows::deadline_in_force(*a).value_or(rules::Date::max()) <
           workflows::deadline_in_force(*b).value_or(rules::Date::max());
  });
  for (const workflows::Obligation* obligation : order) {
    const workflows::ObligationKind& kind = view.kind_of(*obligation);
    const std::int64_t late = view.late_days(*obligation);
    const bool record = obligation->former || obligation->state == workflows::ObligationState::retired;
    table.add({due_of(*obligation, kind), record ? kind.title + " (ya no se pide)" : kind.title,
               obligation->period ? obligation->period->to_string() : "", state_of(view, *obligation),
               late > 0 ? std::to_string(late) : ""});
  }
  session.out << "\n";
  print(table, session);
}

void print_indicators(const PlanView& view, Session& session) {
  if (view.kind.indicators.empty()) return;
  const auto values = workflows::indicator_values(view.world, view.plan, view.today);
  const bool frozen = view.plan.lifecycle.phase == Phase::closed;
  TextTable table({{frozen ? "Indicador (en firme)" : "Indicador"}, {"Valor", Align::right}, {"Nivel"}});
  for (std::size_t i = 0; i < view.kind.indicators.size(); ++i) {
    table.add({view.kind.indicators[i].title, in_words(values.at(i)),
               workflows::level_of(view.kind.indicators[i], values.at(i))});
  }
  session.out << "\n";
  print(table, session);
}

int show_plan(System& system, const std::string& text, rules::Date today, Session& session) {
  const auto id = find_plan(system, text, session);
  if (!id) return exit_refused;
  const World& world = system.world();
  const PlanView view(world, *world.plan(*id), today);
  if (session.globals.json) {
    print_json(plan_json(view), session);
    return exit_done;
  }
  print_head(view, system, session);
  print_actions(view, session);
  print_components(view, session);
  print_obligations(view, session);
  print_indicators(view, session);
  if (const auto lines = contributions_of(view); !lines.empty()) {
    session.out << "\n";
    print(lines, session);
  }
  return exit_done;
}

// --- All plans
// ------------------------------------------------------------------------------------------------

struct Tally {
  std::array<std::size_t, 4> phases = {};  ///< by Phase, of the active
  std::size_t suspended = 0;
  std::size_t cancelled = 0;
  std::size_t overdue = 0;

  std::size_t plans() const { return phases[0] + phases[1] + phases[2] + phases[3] + suspended + cancelled; }
};

/// By region and kind of plan.
using Tallies = std::map<std::pair<std::string, std::string>, Tally>;

/// The names of the regions over entities; many plans are of one.
class Regions {
 public:
  explicit Regions(System& system)
      : world_(system.world()), topmost_(topmost_kind(*world_.policy(system.current_version()).rules)) {}

  const std::string& over(const PlanStanding& standing) {
    const std::string& entity_kind = entity_kind_of(standing);
    const auto [known, is_new] = names_.try_emplace({entity_kind, standing.plan.entity});
    if (is_new) known->second = ancestor_name(world_, entity_kind, standing.plan.entity, topmost_);
    return known->second;
  }

  bool are_in(const Sight& sight, const PlanStanding& standing) const {
    return sees_entity(sight, world_, entity_kind_of(standing), standing.plan.entity);
  }

 private:
  const std::string& entity_kind_of(const PlanStanding& standing) const {
    const workflows::Policy& policy = world_.policy(standing.policy_version);
    const auto kind = policy.find_plan(standing.plan.kind);
    return kind ? at(policy.rules->entities, at(policy.plans, *kind).entity).name : standing.plan.kind;
  }

  const World& world_;
  rules::EntityKindId topmost_;
  std::map<std::pair<std::string, std::string>, std::string> names_;
};

Tallies tally(System& system, rules::Date today, const Sight& sight) {
  Regions regions(system);
  Tallies tallies;
  each_standing(system, today, [&](const PlanStanding& standing) {
    if (!regions.are_in(sight, standing)) return;
    Tally& counts = tallies[{regions.over(standing), standing.plan.kind}];
    counts.overdue += standing.overdue;
    switch (standing.lifecycle.standing) {
      case Standing::active:
        ++counts.phases.at(static_cast<std::size_t>(standing.lifecycle.phase));
        break;
      case Standing::suspended:
        ++counts.suspended;
        break;
      case Standing::cancelled:
        ++counts.cancelled;
        break;
    }
  });
  return tallies;
}

void print_tallies(const Tallies& tallies, const std::string& title, Session& session) {
  if (session.globals.json) {
    Json json = Json::array();
    for (const auto& [key, counts] : tallies) {
      json.push_back({{"region", key.first},
                      {"kind", key.second},
                      {"plans", counts.plans()},
                      {"formulation", counts.phases[0]},
                      {"monitoring", counts.phases[1]},
                      {"evaluation", counts.phases[2]},
                      {"closed", counts.phases[3]},
                      {"suspended", counts.suspended},
                      {"cancelled", counts.cancelled},
                      {"overdue", counts.overdue}});
    }
    print_json(json, session);
    return;
  }
  TextTable table({{title},
                   {"Plan"},
                   {"Planes", Align::right},
                   {"Formulación", Align::right},
                   {"Seguimiento", Align::right},
                   {"Evaluación", Align::right},
                   {"Cerrados", Align::right},
                   {"Suspendidos", Align::right},
                   {"Cancelados", Align::right},
                   {"Vencidos", Align::right}});
  for (const auto& [key, counts] : tallies) {
    table.add({key.first, key.second, std::to_string(counts.plans()), std::to_string(counts.phases[0]),
               std::to_string(counts.phases[1]), std::to_string(counts.phases[2]),
               std::to_string(counts.phases[3]), std::to_string(counts.suspended),
               std::to_string(counts.cancelled), std::to_string(counts.overdue)});
  }
  print(table, session);
}

/// Of all plans; what a cancelled one left open counts no more.
int show_contributions(System& system, Session& session) {
  workflows::ContributionTally tally;
  for (const workflows::Plan* plan : plans_in_sight(system, session)) {
    const auto policy = system.policy(plan->policy_version);
    tally.add(*plan, at(policy->plans, plan->kind), *policy->rules);
  }
  if (session.globals.json) {
    print_json(to_json(tally.lines()), session);
  } else {
    print(tally.lines(), session);
  }
  return exit_done;
}

int run(const Options& options, Session& session) {
  if (options.plan && options.contributions)
    throw WrongUsage("«--aportes» es de todos los planes; los de uno los dice «estado PLAN»");
  const auto system = open_system(session);
  const rules::Date today = reading_date(session, *system);
  if (options.contributions) return show_contributions(*system, session);
  if (options.plan) return show_plan(*system, *options.plan, today, session);
  const rules::Ruleset& rules = *system->policy(system->current_version())->rules;
  const Tallies tallies = tally(*system, today, sight_of(session));
  print_tallies(tallies, at(rules.entities, topmost_kind(rules)).title, session);
  if (tallies.empty()) {
    say_note(session, session.globals.recorded_by || session.globals.occurred_by
                          ? "el " + rules::to_iso(today) + " no había ningún plan"
                          : "no hay ningún plan: se crean con «cauce planes crear»");
  }
  return exit_done;
}

}  // namespace

Command status_command() {
  return {"estado",
          "status",
          Group::asking,
          Access::reads,
          "dice cómo va un plan, o todos por región y fase",
          "$ cauce estado PAT/05002/2024\n"
          "PAT/05002/2024  Plan de Asistencia Técnica, Abejorral\n"
          "  fase       formulación, etapa «borrador»\n"
          "  avance     0\n"
          "  …",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
