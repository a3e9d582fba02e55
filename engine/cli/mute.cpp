// cauce alertas reconocer, silenciar, silencios, reanudar: what people answer to alerts.
#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/alerts.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/table.hpp"
#include "engine/cli/text.hpp"
#include "engine/silence.hpp"
#include "workflows/reason.hpp"

namespace cauce::engine::cli {
namespace {

// --- reconocer

struct AcknowledgeOptions {
  std::vector<std::string> alerts;
};

void take_acknowledge(Arguments& arguments, AcknowledgeOptions& options) {
  arguments.required("AVISO", options.alerts, "su número, como lo da «cauce alertas»");
}

/// An alert out of sight is none, so that nobody learns by a refusal whom others have told what.
bool is_in_sight(System& system, std::int64_t id, const Session& session) {
  const Sight& sight = sight_of(session);
  if (sight.everything) return true;
  const World& world = system.world();
  const std::vector<Alert> alerts = list_alerts(system);
  return std::any_of(alerts.begin(), alerts.end(),
                     [&](const Alert& alert) { return alert.id == id && sees(sight, world, alert); });
}

int run_acknowledge(const AcknowledgeOptions& options, Session& session) {
  const auto system = open_system(session);
  const Actor actor = actor_of(session);
  Json json = Json::array();
  for (const std::string& number : options.alerts) {
    const std::int64_t id = number_option(number, "AVISO");
    const auto alert = is_in_sight(*system, id, session) ? acknowledge(*system, id, actor)
                                                         : Result<Alert>(no_such_alert(id));
    if (!alert) return report_refusal(*system, alert.refusal(), system->current_version(), session);
    json.push_back({{"id", alert.value().id}, {"state", name_of(alert.value().state)}});
    if (!session.globals.json)
      session.out << "aviso " << number << ": reconocido; no se le repite, y sigue escalando\n";
  }
  if (session.globals.json) print_json(json, session);
  return exit_done;
}

// --- silenciar

struct SilenceOptions {
  std::string plan;
  std::optional<std::string> obligation;
  std::optional<std::string> period;
  std::string until;
  std::string reason;
};

void take_silence(Arguments& arguments, SilenceOptions& options) {
  arguments.required("PLAN", options.plan, "de qué plan");
  arguments.optional("OBLIGACIÓN", options.obligation, "solo de este reporte, hito o fase");
  arguments.optional("PERIODO", options.period, "solo de este periodo, como 2024-05");
  arguments.required_option("--hasta", "AAAA-MM-DD", options.until, "el último día en que se calla");
  arguments.required_option("--motivo", "TEXTO", options.reason, "por qué");
}

Json to_json(const Silence& silence) {
  Json json = {{"id", silence.id}, {"plan", silence.plan}};
  if (!silence.obligation.empty()) json["obligation"] = silence.obligation;
  if (!silence.period.empty()) json["period"] = silence.period;
  json["until"] = silence.until;
  json["reason"] = silence.reason;
  json["owner"] = silence.owner;
  json["ended"] = silence.ended;
  return json;
}

int run_silence(const SilenceOptions& options, Session& session) {
  const auto system = open_system(session);
  const auto plan = find_plan(*system, options.plan, session);
  if (!plan) return exit_refused;
  if (const auto refusal = workflows::refuse_without_reason(options.reason, "por qué se silencia"))
    return report_refusal(*system, *refusal, system->current_version(), session);
  const auto outcome = silence(*system,
                               {*plan, options.obligation.value_or(""), period_option(options.period),
                                date_option(options.until, "--hasta"), options.reason},
                               actor_of(session));
  if (!outcome) return report_refusal(*system, outcome.refusal(), system->current_version(), session);
  if (session.globals.json) {
    print_json(to_json(outcome.value()), session);
  } else {
    session.out << "silencio " << outcome.value().id << ": nadie recibe avisos de " << outcome.value().plan
                << (outcome.value().obligation.empty() ? "" : ", " + outcome.value().obligation)
                << " hasta el " << outcome.value().until << "; un día hábil antes se le recuerda a usted\n";
  }
  return exit_done;
}

// --- reanudar

struct EndOptions {
  std::string silence;
};

void take_end(Arguments& arguments, EndOptions& options) {
  arguments.required("SILENCIO", options.silence, "su número, como lo da «cauce alertas silencios»");
}

bool is_seen(System& system, const Silence& silence, const Session& session) {
  const auto plan = PlanId::parse(silence.plan);
  const workflows::Plan* found = plan ? system.world().plan(*plan) : nullptr;
  return found != nullptr && sees(sight_of(session), system.world(), *found);
}

/// As of alerts.
bool is_silence_in_sight(System& system, std::int64_t id, const Session& session) {
  if (sight_of(session).everything) return true;
  const std::vector<Silence> silences = list_silences(system);
  return std::any_of(silences.begin(), silences.end(), [&](const Silence& silence) {
    return silence.id == id && is_seen(system, silence, session);
  });
}

int run_end(const EndOptions& options, Session& session) {
  const auto system = open_system(session);
  const std::int64_t id = number_option(options.silence, "SILENCIO");
  const auto outcome = is_silence_in_sight(*system, id, session) ? end_silence(*system, id, actor_of(session))
                                                                 : Result<Silence>(no_such_silence(id));
  if (!outcome) return report_refusal(*system, outcome.refusal(), system->current_version(), session);
  if (session.globals.json) {
    print_json(to_json(outcome.value()), session);
  } else {
    session.out << "silencio " << options.silence << ": terminado; desde hoy se avisa otra vez\n";
  }
  return exit_done;
}

// --- silencios

struct ListOptions {
  bool all = false;
};

void take_list(Arguments& arguments, ListOptions& options) {
  arguments.flag("--todos", options.all, "también los que ya terminaron");
}

int run_list(const ListOptions& options, Session& session) {
  const auto system = open_system(session);
  Json json = Json::array();
  TextTable table(
      {{"N.º", Align::right}, {"Plan"}, {"Obligación"}, {"Periodo"}, {"Hasta"}, {"De"}, {"Motivo"}});
  const std::vector<Silence> silences = list_silences(*system);
  for (const Silence& silence : silences) {
    if (!is_seen(*system, silence, session)) continue;
    if (silence.ended && !options.all) continue;
    json.push_back(to_json(silence));
    table.add({std::to_string(silence.id), silence.plan, silence.obligation, silence.period, silence.until,
               silence.owner, silence.reason});
  }
  if (session.globals.json) {
    print_json(json, session);
    return exit_done;
  }
  if (!table.empty()) print(table, session);
  say_note(session, count_of(json.size(), "silencio", "silencios"));
  return exit_done;
}

}  // namespace

Command acknowledge_command() {
  return {"alertas reconocer",
          "alerts acknowledge",
          Group::alerts,
          Access::writes,
          "dice que un aviso se recibió: no se repite",
          "$ cauce alertas reconocer 812 --como ana.gomez\n"
          "aviso 812: reconocido; no se le repite, y sigue escalando",
          with_options<AcknowledgeOptions>(take_acknowledge, run_acknowledge)};
}

Command silence_command() {
  return {
      "alertas silenciar",
      "alerts silence",
      Group::alerts,
      Access::writes,
      "calla por unos días los avisos de un plan o de una obligación",
      "$ cauce alertas silenciar PAT/05002/2024 diagnóstico --hasta 2024-05-17 --motivo 'Paro' --como marta\n"
      "silencio 901: nadie recibe avisos de PAT/05002/2024, diagnóstico hasta el 2024-05-17; …",
      with_options<SilenceOptions>(take_silence, run_silence)};
}

Command end_silence_command() {
  return {"alertas reanudar",
          "alerts unsilence",
          Group::alerts,
          Access::writes,
          "termina un silencio antes de su día",
          "$ cauce alertas reanudar 901 --como marta\n"
          "silencio 901: terminado; desde hoy se avisa otra vez",
          with_options<EndOptions>(take_end, run_end)};
}

Command silences_command() {
  return {"alertas silencios",
          "alerts silences",
          Group::alerts,
          Access::lists,
          "muestra qué está en silencio, hasta cuándo y por qué",
          "$ cauce alertas silencios\n"
          "N.º  Plan            Obligación   Periodo  Hasta       De     Motivo\n"
          "901  PAT/05002/2024  diagnóstico           2024-05-17  marta  Paro",
          with_options<ListOptions>(take_list, run_list)};
}

}  // namespace cauce::engine::cli
