// cauce vigilar: the daemon, or one round of it.
#include <filesystem>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/channel.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/http_service.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/mail_config.hpp"
#include "engine/cli/text.hpp"
#include "engine/daemon.hpp"
#include "engine/http/api_server.hpp"
#include "engine/http/heartbeat.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  bool once = false;
  std::optional<std::string> mail_folder;
  bool wait = false;
  bool accept_clock = false;
  std::optional<std::string> listen;
  std::optional<std::string> heartbeat;
  std::optional<std::string> config;
  bool check_config = false;
  std::optional<std::string> trial;
};

void take_service(Arguments& arguments, Options& options) {
  arguments.flag("--espera", options.wait, "si otro proceso vigila ya esta base, espera a que termine");
  arguments.flag("--aceptar-reloj", options.accept_clock,
                 "la hora de la máquina es la correcta, aunque parezca que no");
  arguments.option("--escuchar", "DIRECCIÓN:PUERTO", options.listen,
                   "responde ahí /salud y /métricas, como 127.0.0.1:9464");
  arguments.option("--latido", "URL", options.heartbeat,
                   "la dirección a la que llama después de cada ronda que salió bien");
}

void take(Arguments& arguments, Options& options) {
  arguments.flag("--una-vez", options.once, "una sola ronda, y termina");
  arguments.option("--buzón,--buzon", "CARPETA", options.mail_folder,
                   "dónde deja los mensajes el canal «archivo» (si no, «buzon» junto a la base)");
  arguments.option("--config", "ARCHIVO", options.config,
                   "por dónde salen los mensajes (si no, quedan en la carpeta)");
  arguments.flag("--revisar-config", options.check_config,
                 "dice qué está mal en la configuración, y termina");
  arguments.option("--prueba-correo", "CORREO", options.trial, "envía un mensaje de prueba, y termina");
  take_service(arguments, options);
}

bool did_something(const RoundReport& report) {
  const Round& alerts = report.alerts;
  const Deliveries& sent = report.deliveries;
  return alerts.raised + alerts.superseded + alerts.digests + alerts.muted + alerts.nobody + sent.sent +
             sent.to_retry + sent.dead >
         0;
}

void print_round(const RoundReport& report, Session& session) {
  if (session.globals.json) {
    Json json = {{"raised", report.alerts.raised},   {"superseded", report.alerts.superseded},
                 {"digests", report.alerts.digests}, {"muted", report.alerts.muted},
                 {"nobody", report.alerts.nobody},   {"messages", report.alerts.messages},
                 {"sent", report.deliveries.sent},   {"retry", report.deliveries.to_retry},
                 {"dead", report.deliveries.dead}};
    if (report.held) json["held"] = *report.held;
    print_json(json, session);
    return;
  }
  if (report.held) {
    say_error(session, "no se avisa a nadie: " + *report.held,
              "corrija la hora; si es la correcta, «--aceptar-reloj»");
    return;
  }
  session.out << count_of(report.alerts.raised, "aviso", "avisos") << ", "
              << count_of(report.alerts.digests, "resumen", "resúmenes") << ", "
              << count_of(report.alerts.messages, "mensaje", "mensajes") << "; "
              << count_of(report.deliveries.sent, "enviado", "enviados");
  if (report.alerts.superseded > 0) session.out << "; " << report.alerts.superseded << " superados";
  if (report.alerts.muted > 0) session.out << "; " << report.alerts.muted << " silenciados o ya reconocidos";
  if (report.alerts.nobody > 0) session.out << "; " << report.alerts.nobody << " sin quien los reciba";
  if (report.deliveries.to_retry > 0) session.out << "; " << report.deliveries.to_retry << " por reintentar";
  if (report.deliveries.dead > 0) session.out << "; " << report.deliveries.dead << " sin entregar";
  session.out << "\n" << std::flush;
}

/// Where the channel `archivo` leaves messages, which is also where those of a rehearsal stay.
void place_mail(const Options& options, const std::string& base, bool rehearsal, Config& config,
                Session& session) {
  if (options.mail_folder || !config.mail_folder) {
    config.mail_folder =
        options.mail_folder.value_or((std::filesystem::path(base).parent_path() / "buzon").string());
  }
  if (!rehearsal || config.channel == Channel::archivo) return;
  config.channel = Channel::archivo;
  say_note(session, "la base es un ensayo: los mensajes quedan en " + *config.mail_folder);
}

int run(const Options& options, Session& session) {
  if (session.globals.now && !options.once) throw WrongUsage("«--ahora» va con «--una-vez»");
  check_listen_option(options.listen);
  if (options.check_config) {
    if (!options.config) throw WrongUsage("«--revisar-config» va con «--config ARCHIVO»");
    return check_config(*options.config, session);
  }
  std::optional<Config> config = load_config(options.config, session);
  if (!config) return exit_refused;
  if (options.trial) {
    place_mail(options, base_path(session), false, *config, session);
    return send_trial(*config, *options.trial, session);
  }
  const auto system = open_system(session);
  place_mail(options, system->path(), system->is_rehearsal(), *config, session);
  WatchOptions how;
  how.once = options.once;
  how.accept_clock = options.accept_clock;
  how.listen = options.listen;
  how.heartbeat = options.heartbeat;
  if (how.heartbeat && !is_callable(*how.heartbeat)) {
    throw WrongUsage(quote("--latido " + *how.heartbeat) + " no es una dirección de internet",
                     "empieza por http:// o https://");
  }
  how.sender = make_sender(*config, session.environment.clock);
  how.from = config->from;
  how.link = config->link;
  try {
    const WatchLock lock(system->path(), options.wait);
    if (options.once) {
      const RoundReport report = watch_once(*system, how);
      print_round(report, session);
      return report.held ? exit_refused : exit_done;
    }
    std::optional<ApiServer> http;
    if (config->http.listen) {
      http.emplace(system->path(), session.environment.clock, config->http);
      say_note(session, where_it_answers(*http, config->http));
      session.err << std::flush;
    }
    std::optional<std::string> said;
    watch(
        *system, how,
        [&](const RoundReport& report) {
          if (did_something(report) || (report.held && report.held != said)) print_round(report, session);
          said = report.held;
        },
        [&](const std::string& failure) { say_error(session, failure); },
        [&](WatchOptions& running) {
          std::optional<Config> changed = load_config_again(options.config, session);
          if (!changed) return;
          if (http) {
            renew_http(*http, changed->http, session);
          } else if (changed->http.listen) {
            say_http_waits(session);
          }
          place_mail(options, system->path(), system->is_rehearsal(), *changed, session);
          running.sender = make_sender(*changed, session.environment.clock);
          running.from = changed->from;
          running.link = changed->link;
        });
    return exit_done;
  } catch (const AlreadyWatched& already) {
    say_error(session, already.what());
    return exit_unusable_database;
  }
}

}  // namespace

Command watch_command() {
  return {"vigilar",
          "watch",
          Group::alerts,
          Access::runs,
          "vigila los plazos y avisa a quien deba saber",
          "$ cauce vigilar --una-vez\n"
          "14 avisos, 0 resúmenes, 6 mensajes; 6 enviados\n"
          "$ cauce vigilar --escuchar 127.0.0.1:9464 --latido https://latidos.example.org/cauce"
          "\n"
          "$ cauce vigilar --config /etc/cauce/cauce.toml --revisar-config\n"
          "/etc/cauce/cauce.toml: sin errores ni avisos\n"
          "canal smtp, de Cauce <cauce@example.org>\n"
          "  correo.example.org:587, cifrado desde el saludo (starttls), como cauce\n"
          "$ cauce vigilar --config /etc/cauce/cauce.toml --prueba-correo ana@example.org\n"
          "enviado a ana@example.org por smtp: correo.example.org:587: 250 2.0.0 Ok: queued as 4XYZ",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
