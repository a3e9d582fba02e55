// cauce alertas: what was raised, for whom, and why; cauce buzón: what became of the messages.
#include "engine/alerts.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"
#include "engine/outbox.hpp"

namespace cauce::engine::cli {
namespace {

// --- Alerts
// ---------------------------------------------------------------------------------------------------

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
    item["recipient"] = join(alert.recipients, ",");
    item["role"] = alert.role;
    item["raised_at"] = alert.raised_at;
    item["reason"] = name_of(alert.reason);
    item["state"] = name_of(alert.state);
    if (alert.message) item["message"] = name_of(*alert.message);
    if (!alert.not_sent_because.empty()) item["not_sent_because"] = alert.not_sent_because;
    json.push_back(std::move(item));
  }
  return json;
}

std::string local_time(const std::string& iso, const std::string& zone) {
  const auto instant = parse_iso_instant(iso);
  if (!instant) return iso;
  const LocalTime local = to_local(*instant, zone);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return rules::to_iso(local.date) + " " + two(local.time.hour) + ":" + two(local.time.minute);
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
  filter.with_superseded = options.all || session.globals.json;
  const std::vector<Alert> alerts = list_alerts(*system, filter);
  if (session.globals.json) {
    print_json(to_json(alerts), session);
  } else {
    print_alerts(alerts, system->policy(system->current_version())->rules->zone, session);
  }
  return exit_done;
}

// --- The outbox
// -----------------------------------------------------------------------------------------------

struct OutboxOptions {};
void take_outbox(Arguments&, OutboxOptions&) {}

int run_outbox(const OutboxOptions&, Session& session) {
  const auto system = open_system(session);
  const std::vector<OutboxMessage> messages = list_outbox(*system);
  if (session.globals.json) {
    Json json = Json::array();
    for (const OutboxMessage& message : messages) {
      json.push_back({{"id", message.id},
                      {"message_id", message.message_id},
                      {"channel", message.channel},
                      {"person", message.person},
                      {"subject", message.subject},
                      {"state", name_of(message.state)},
                      {"tries", message.tries},
                      {"next_try", message.next_try},
                      {"answer", message.answer}});
    }
    print_json(json, session);
    return exit_done;
  }
  TextTable table({{"N.º", Align::right},
                   {"Canal"},
                   {"Persona"},
                   {"Asunto"},
                   {"Estado"},
                   {"Intentos", Align::right},
                   {"Respuesta"}});
  for (const OutboxMessage& message : messages) {
    table.add({std::to_string(message.id), message.channel, message.person, message.subject,
               std::string(spanish_name(message.state)), std::to_string(message.tries), message.answer});
  }
  if (!table.empty()) print(table, session);
  say_note(session, count_of(messages.size(), "mensaje", "mensajes"));
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

Command outbox_command() {
  return {"buzón",
          "outbox",
          Group::alerts,
          Access::lists,
          "muestra qué fue de cada mensaje",
          "$ cauce buzón\n"
          "N.º  Canal    Persona  Asunto                    Estado   Intentos  Respuesta\n"
          "  1  archivo  ana      Cauce: 1 asunto vencido   enviado         1",
          with_options<OutboxOptions>(take_outbox, run_outbox)};
}

}  // namespace cauce::engine::cli
