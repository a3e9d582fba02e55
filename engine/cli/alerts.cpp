// cauce alertas: what was raised, for whom, and why.
#include "engine/alerts.hpp"

#include <ostream>

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"
#include "engine/local_time.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::optional<std::string> plan;
  std::optional<std::string> person;
  bool all = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("PLAN", options.plan, "solo las de un plan");
  arguments.option("--para", "PERSONA", options.person, "solo las que recibió esta persona");
  arguments.flag("--todas", options.all, "también las superadas por un peldaño posterior");
}

Json to_json(const std::vector<Alert>& alerts) {
  Json json = Json::array();
  for (const Alert& alert : alerts) {
    Json item = {{"id", alert.id}, {"plan", alert.plan}, {"obligation", alert.obligation}};
    if (!alert.period.empty()) item["period"] = alert.period;
    item["step"] = alert.step;
    item["recipient"] = fmt::format("{}", fmt::join(alert.recipients, ", "));
    item["role"] = alert.role;
    item["raised_at"] = alert.raised_at;
    item["reason"] = name_of(alert.reason);
    item["state"] = name_of(alert.state);
    if (!alert.acknowledged_by.empty()) item["acknowledged_by"] = alert.acknowledged_by;
    if (alert.message) item["message"] = name_of(*alert.message);
    if (!alert.not_sent_because.empty()) item["not_sent_because"] = alert.not_sent_because;
    json.push_back(std::move(item));
  }
  return json;
}

void print_alerts(const std::vector<Alert>& alerts, const std::string& zone, Session& session) {
  TextTable table({{"N.º", Align::right},
                   {"Cuándo"},
                   {"Plan"},
                   {"Obligación"},
                   {"Periodo"},
                   {"Peldaño"},
                   {"Rol"},
                   {"Recibe"},
                   {"Estado"}});
  for (const Alert& alert : alerts) {
    table.add({std::to_string(alert.id), local_time(alert.raised_at, zone), alert.plan, alert.obligation,
               alert.period, alert.step, alert.role, join(alert.recipients), spanish_state(alert)});
  }
  if (!table.empty()) print(table, session);
  say_note(session, count_of(alerts.size(), "aviso", "avisos"));
}

int run(const Options& options, Session& session) {
  const auto system = open_system(session);
  AlertFilter filter;
  if (options.plan) {
    filter.plan = find_plan(*system, *options.plan, session);
    if (!filter.plan) return exit_refused;
  }
  filter.person = options.person;
  filter.with_superseded = options.all;
  std::vector<Alert> alerts = list_alerts(*system, filter);
  const World& world = system->world();
  std::erase_if(alerts, [&](const Alert& alert) { return !sees(sight_of(session), world, alert); });
  if (session.globals.json) {
    print_json(to_json(alerts), session);
  } else {
    print_alerts(alerts, system->policy(system->current_version())->rules->zone, session);
  }
  return exit_done;
}

}  // namespace

Command alerts_command() {
  return {
      "alertas",
      "alerts",
      Group::alerts,
      Access::lists,
      "muestra los avisos: de qué, a quién y por qué",
      "$ cauce alertas PAT/05002/2024\n"
      "N.º  Cuándo            Plan            Obligación       Periodo  Peldaño                         Rol\n"
      "812  2024-03-08 08:00  PAT/05002/2024  informe_mensual  2024-02  al vencer avisa al responsable  …",
      with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
