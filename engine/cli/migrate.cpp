// cauce migrar: passes plans to another version of the policy, or shows what that would do.
#include <algorithm>
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/text.hpp"
#include "engine/query.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::vector<std::string> plans;
  std::optional<std::string> where;
  std::optional<std::string> version;
  std::vector<std::string> renamings;
  bool only_show = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.option("--plan", "PLAN", options.plans, "solo este plan; se puede repetir");
  arguments.option("--donde", "CONDICIÓN", options.where,
                   "solo los planes que la cumplen, como en «consultar»: 'fase = seguimiento'");
  arguments.option("--versión,--version", "N", options.version,
                   "a esta versión; si no, a la que está en vigor");
  arguments.option("--mapear", "HOY=NUEVO", options.renamings,
                   "una etapa, obligación, componente o campo que cambia de nombre; se puede repetir");
  arguments.flag("--plan-solo", options.only_show, "muestra qué cambiaría en cada plan; no hace nada");
}

std::vector<workflows::Renaming> renamings_of(const std::vector<std::string>& pairs) {
  std::vector<workflows::Renaming> renamings;
  for (const std::string& pair : pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos || equals == 0 || equals + 1 == pair.size())
      throw WrongUsage("en «--mapear» se esperaba HOY=NUEVO y no " + quote(pair));
    renamings.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
  }
  return renamings;
}

// --- Which plans

/// Those that a condition holds of; nothing, after having said so, if it has mistakes.
std::optional<std::vector<PlanId>> plans_where(System& system, const std::string& condition,
                                               Session& session) {
  const dsl::Sources sources = {{"condición", "planes donde " + condition + " muestra plan"}};
  dsl::Diagnostics diagnostics;
  const auto answer = answer_query(system, sources, 0, system.now().date, diagnostics);
  if (!answer) {
    print_diagnostics(session, diagnostics, sources);
    return std::nullopt;
  }
  if (answer->undetermined > 0) {
    say_note(session, count_of(answer->undetermined, "plan", "planes") + " por verificar" +
                          (answer->missing.empty() ? std::string() : ": " + join(answer->missing)) +
                          (answer->undetermined == 1 ? "; se queda como está" : "; se quedan como están"));
  }
  std::vector<PlanId> plans;
  for (const auto& row : answer->rows) {
    if (const auto id = PlanId::parse(std::get<std::string>(row.front()))) plans.push_back(*id);
  }
  return plans;
}

/// The plans that are asked for by name; else all those of the condition that can pass: not in the version
/// already, not closed or cancelled.
std::optional<std::vector<PlanId>> asked_plans(System& system, const Options& options, PolicyVersion to,
                                               Session& session) {
  std::vector<PlanId> plans;
  for (const std::string& name : options.plans) {
    const auto plan = find_plan(system, name, session);
    if (!plan) return std::nullopt;
    if (std::find(plans.begin(), plans.end(), *plan) == plans.end()) plans.push_back(*plan);
  }
  if (!options.plans.empty()) return plans;

  if (options.where) {
    const auto found = plans_where(system, *options.where, session);
    if (!found) return std::nullopt;
    plans = *found;
  } else {
    for (const workflows::Plan* plan : system.all_plans())
      plans.push_back(plan->id);
  }
  const World& world = system.world();
  std::erase_if(plans, [&](const PlanId& id) { return world.plan(id)->policy_version == to; });
  const std::size_t before = plans.size();
  std::erase_if(plans, [&](const PlanId& id) {
    const workflows::LifecycleState state = world.plan(id)->lifecycle;
    return state.phase == workflows::Phase::closed || state.standing == workflows::Standing::cancelled;
  });
  if (const std::size_t ended = before - plans.size(); ended > 0)
    say_note(session, count_of(ended, "plan cerrado o cancelado se queda como está",
                               "planes cerrados o cancelados se quedan como están"));
  return plans;
}

// --- What is told

Json to_json(const workflows::MigrationChange& change) {
  Json json = {{"effect", name_of(change.effect)}, {"name", change.name}};
  if (!change.new_name.empty()) json["new_name"] = change.new_name;
  if (change.period) json["period"] = change.period->to_string();
  if (change.from) json["from"] = rules::to_iso(*change.from);
  if (change.to) json["to"] = rules::to_iso(*change.to);
  return json;
}

void print_as_json(const std::vector<PlanMigration>& told, const Options& options, PolicyVersion to,
                   Session& session) {
  Json migrated = Json::array();
  Json refused = Json::array();
  for (const PlanMigration& one : told) {
    if (one.refusal) {
      refused.push_back({{"plan", one.plan.to_string()},
                         {"message", one.refusal->message},
                         {"reasons", one.refusal->reasons},
                         {"help", one.refusal->help}});
      continue;
    }
    Json changes = Json::array();
    for (const workflows::MigrationChange& change : one.changes)
      changes.push_back(to_json(change));
    migrated.push_back(
        {{"plan", one.plan.to_string()}, {"changes", changes}, {"left_behind", one.left_behind}});
  }
  print_json(
      {{"policy_version", to}, {"applied", !options.only_show}, {"migrated", migrated}, {"refused", refused}},
      session);
}

/// Words that hold of several plans are told once, with the plans.
class Shared {
 public:
  void add(const std::string& words, const PlanId& plan) {
    const auto [place, is_new] = plans_.try_emplace(words);
    if (is_new) order_.push_back(words);
    place->second.push_back(plan.to_string());
  }
  /// Calls `tell(words, plans)` in the order in which they came.
  template <typename Tell>
  void each(const Tell& tell) const {
    for (const std::string& words : order_)
      tell(words, plans_.at(words));
  }

 private:
  std::vector<std::string> order_ = {};
  std::map<std::string, std::vector<std::string>> plans_ = {};
};

constexpr std::size_t shown_by_name = 3;

void print_changes(const Shared& changes, std::size_t all, Session& session) {
  changes.each([&](const std::string& line, const std::vector<std::string>& plans) {
    session.out << "  " << line;
    if (plans.size() < all && plans.size() <= shown_by_name) {
      session.out << " (" << join(plans) << ")";
    } else if (all > 1) {
      session.out << " (" << (plans.size() == all ? "los " : "") << count_of(plans.size(), "plan", "planes")
                  << ")";
    }
    session.out << "\n";
  });
}

std::string words_of(const Refusal& refusal) {
  std::string words = refusal.message + "\n";
  for (const std::string& reason : refusal.reasons)
    words += "    - " + reason + "\n";
  if (!refusal.help.empty()) words += "    " + refusal.help + "\n";
  return words;
}

void print_refusals(const Shared& refusals, Session& session) {
  refusals.each([&](const std::string& words, std::vector<std::string> plans) {
    const std::size_t more = plans.size() - std::min(plans.size(), shown_by_name);
    plans.resize(plans.size() - more);
    if (more > 0) plans.push_back(std::to_string(more) + " más");
    session.out << "  " << join(plans) << ": " << words;
  });
}

void print_told(const std::vector<PlanMigration>& told, const Options& options, PolicyVersion to,
                Session& session) {
  Shared changes;
  Shared refusals;
  std::size_t refused = 0;
  for (const PlanMigration& one : told) {
    if (one.refusal) {
      refusals.add(words_of(*one.refusal), one.plan);
      ++refused;
    }
    for (const workflows::MigrationChange& change : one.changes)
      changes.add(workflows::to_spanish(change), one.plan);
    for (const std::string& left : one.left_behind)
      changes.add("deja de verse " + quote(left) + ", que queda en la historia", one.plan);
  }
  const std::size_t migrated = told.size() - refused;
  const std::string verb = options.only_show ? "pasaría" : "pasó";
  const std::string verbs = options.only_show ? "pasarían" : "pasaron";
  if (migrated > 0 || refused == 0)
    session.out << out_style(session).bold(count_of(migrated, "plan " + verb, "planes " + verbs) +
                                           " a la versión " + std::to_string(to))
                << "\n";
  print_changes(changes, migrated, session);
  if (refused > 0) {
    session.out << out_style(session).bold(
                       count_of(refused, "plan no puede pasar", "planes no pueden pasar") +
                       (options.only_show ? ""
                        : refused == 1    ? " y se queda como estaba"
                                          : " y se quedan como estaban"))
                << "\n";
    print_refusals(refusals, session);
  }
  if (options.only_show) say_only_shown(session);
}

int run(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  if (!options.plans.empty() && options.where) throw WrongUsage("van «--plan» o «--donde», no los dos");
  const auto renamings = renamings_of(options.renamings);
  const auto system = open_system(session);
  const PolicyVersion to =
      options.version ? number_option(*options.version, "--versión") : system->current_version();
  const auto plans = asked_plans(*system, options, to, session);
  if (!plans) return exit_refused;
  const auto told = system->migrate({to, *plans, renamings, options.only_show}, actor,
                                    progress_bar(session, "Pasando planes"));
  if (!told) return report_refusal(*system, told.refusal(), system->current_version(), session);
  if (session.globals.json) {
    print_as_json(told.value(), options, to, session);
  } else {
    print_told(told.value(), options, to, session);
  }
  const bool all_passed = std::none_of(told.value().begin(), told.value().end(),
                                       [](const PlanMigration& one) { return one.refusal.has_value(); });
  return all_passed ? exit_done : exit_refused;
}

}  // namespace

Command migrate_command() {
  return {
      "migrar",
      "migrate",
      Group::system_setup,
      Access::writes,
      "pasa planes a otra versión publicada de la política",
      "$ cauce migrar --donde 'fase = formulación' --mapear revisión=concertación --plan-solo --como marta\n"
      "398 planes pasarían a la versión 2\n"
      "  la etapa «revisión» pasa a ser «concertación» (31 planes)\n"
      "  aparece el hito «concejo_informado», que vence el 2024-06-14 (los 398 planes)\n"
      "  el hito «pdt_adoptado» pasa del 2024-05-31 al 2024-06-28 (los 398 planes)\n"
      "2 planes no pueden pasar\n"
      "  PAT/05002/2024: el plan está suspendido desde el 2 de mayo de 2024\n"
      "    debe reanudarse primero",
      with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
