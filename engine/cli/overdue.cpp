// cauce vencidos: what is late, how late, and who is in charge.
#include <algorithm>
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/plan_view.hpp"
#include "engine/cli/table.hpp"
#include "engine/overview.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::optional<std::string> by;
};

void take(Arguments& arguments, Options& options) {
  arguments.option("--por", "ENTIDAD", options.by, "cuentas por clase de entidad: región, departamento…");
}

/// One that is overdue, of one of the plans given to find_overdue.
struct Overdue {
  std::shared_ptr<const PlanView> view;
  const workflows::Obligation* obligation = nullptr;
  rules::Date due;  ///< from which its delay counts
  std::int64_t late_days = 0;
};

/// The latest first.
std::vector<Overdue> find_overdue(const std::vector<workflows::Plan>& plans, const World& world,
                                  rules::Date today, const Session& session) {
  std::vector<Overdue> all;
  for (const workflows::Plan& plan : plans) {
    if (!sees(sight_of(session), world, plan)) continue;
    const auto view = std::make_shared<const PlanView>(world, plan, today);
    for (const workflows::Obligation& obligation : plan.obligations) {
      const auto due = workflows::late_after(obligation);
      all.push_back({view, &obligation, due.value_or(today), view->late_days(obligation)});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Overdue& a, const Overdue& b) { return a.late_days > b.late_days; });
  return all;
}

Json to_json(const std::vector<Overdue>& all) {
  Json json = Json::array();
  for (const Overdue& item : all) {
    Json entry = {{"plan", item.view->plan.id.to_string()},
                  {"entity", item.view->entity_name()},
                  {"obligation", item.view->kind_of(*item.obligation).name},
                  {"kind", name_of(item.view->kind_of(*item.obligation).type)}};
    if (item.obligation->period) entry["period"] = item.obligation->period->to_string();
    entry["due"] = rules::to_iso(item.due);
    entry["late_days"] = item.late_days;
    json.push_back(std::move(entry));
  }
  return json;
}

void print_list(const std::vector<Overdue>& all, System& system, Session& session) {
  TextTable table(
      {{"Plan"}, {"Entidad"}, {"Obligación"}, {"Periodo"}, {"Venció"}, {"Mora", Align::right}, {"A cargo"}});
  for (const Overdue& item : all) {
    const workflows::ObligationKind& kind = item.view->kind_of(*item.obligation);
    table.add({item.view->plan.id.to_string(), item.view->entity_name(), kind.title,
               item.obligation->period ? item.obligation->period->to_string() : "", rules::to_iso(item.due),
               std::to_string(item.late_days), item.view->in_charge(kind.in_charge, system)});
  }
  print(table, session);
}

struct Count {
  std::size_t obligations = 0;
  std::size_t plans = 0;
  std::int64_t most_late = 0;
};

/// Counts by the name of the entity above; plans that have none of that kind above them go together.
std::map<std::string, Count> count_by(const std::vector<Overdue>& all, rules::EntityKindId kind) {
  std::map<std::string, Count> counts;
  std::map<std::string, std::vector<PlanId>> plans;
  for (const Overdue& item : all) {
    const std::string name = item.view->ancestor_name(kind);
    Count& count = counts[name];
    ++count.obligations;
    count.most_late = std::max(count.most_late, item.late_days);
    std::vector<PlanId>& seen = plans[name];
    if (std::find(seen.begin(), seen.end(), item.view->plan.id) == seen.end())
      seen.push_back(item.view->plan.id);
    count.plans = seen.size();
  }
  return counts;
}

void print_counts(const std::map<std::string, Count>& counts, const std::string& title, Session& session) {
  if (session.globals.json) {
    Json json = Json::array();
    for (const auto& [name, count] : counts) {
      json.push_back({{"group", name},
                      {"obligations", count.obligations},
                      {"plans", count.plans},
                      {"most_late_days", count.most_late}});
    }
    print_json(json, session);
    return;
  }
  TextTable table(
      {{title}, {"Vencidos", Align::right}, {"Planes", Align::right}, {"Mayor mora", Align::right}});
  for (const auto& [name, count] : counts) {
    table.add({name.empty() ? "(ninguna)" : name, std::to_string(count.obligations),
               std::to_string(count.plans), std::to_string(count.most_late)});
  }
  print(table, session);
}

int run(const Options& options, Session& session) {
  const auto system = open_system(session);
  const rules::Ruleset& rules = *system->policy(system->current_version())->rules;
  const rules::Date today = reading_date(session, *system);
  const std::vector<workflows::Plan> plans = overdue_plans(*system, today);
  const std::vector<Overdue> all = find_overdue(plans, system->world(), today, session);
  if (options.by) {
    const rules::EntityKindId kind = entity_kind_option(rules, *options.by);
    print_counts(count_by(all, kind), at(rules.entities, kind).title, session);
  } else if (session.globals.json) {
    print_json(to_json(all), session);
  } else if (!all.empty()) {
    print_list(all, *system, session);
  }
  if (!session.globals.json) {
    const std::string at_date = " al " + rules::to_iso(today);
    say_note(session, all.empty() ? "nada está vencido" + at_date
                                  : count_of(all.size(), "obligación vencida", "obligaciones vencidas") +
                                        at_date + "; la mora va en días hábiles");
  }
  return exit_done;
}

}  // namespace

Command overdue_command() {
  return {"vencidos",
          "overdue",
          Group::asking,
          Access::reads,
          "muestra lo vencido, con cuánta mora y quién está a cargo",
          "$ cauce vencidos --por región\n"
          "región        Vencidos  Planes  Mayor mora\n"
          "RAP Pacífico        12       9           7",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
