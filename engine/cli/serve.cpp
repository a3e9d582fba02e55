// cauce servir: the HTTP interface by itself.
#include <csignal>
#include <ostream>
#include <pthread.h>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/http_service.hpp"
#include "engine/cli/mail_config.hpp"
#include "engine/cli/text.hpp"
#include "engine/config.hpp"
#include "engine/http/api_server.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::optional<std::string> listen;
  std::optional<std::string> config;
};

void take(Arguments& arguments, Options& options) {
  arguments.option("--escuchar", "DIRECCIÓN:PUERTO", options.listen,
                   "dónde responde (si no, lo que diga [http], o 127.0.0.1:8080)");
  arguments.option("--config", "ARCHIVO", options.config, "la configuración, con su sección [http]");
}

/// The signals that mean something to it, which wait from now on until they are asked for.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
      sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  int next() const {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }

 private:
  sigset_t set_{};
};

/// What it answers of, and at which hour: tokens, sessions and all that the base dates go by that one.
struct Served {
  std::string base;
  std::shared_ptr<const Clock> clock;
};

Served served(Session& session) {
  const auto system = open_system(session);
  const std::string& zone = system->policy(system->current_version())->rules->zone;
  return {system->path(), clock_for(session, system->is_rehearsal(), zone)};
}

HttpOptions http_options(const Options& options, const Config& config) {
  HttpOptions http = config.http;
  if (options.listen) http.listen = options.listen;
  return http;
}

int run(const Options& options, Session& session) {
  check_listen_option(options.listen);
  std::optional<Config> config = load_config(options.config, session);
  if (!config) return exit_refused;
  const auto [base, clock] = served(session);
  const HttpOptions http = http_options(options, *config);
  const Signals signals;
  ApiServer server(base, clock, http);
  say_note(session, where_it_answers(server, http) + "; Ctrl-C termina");
  session.err << std::flush;
  while (signals.next() == SIGHUP) {
    if (const auto changed = load_config_again(options.config, session))
      renew_http(server, http_options(options, *changed), session);
  }
  return exit_done;
}

}  // namespace

Command serve_command() {
  return {"servir",
          "serve",
          Group::asking,
          Access::runs,
          "responde por HTTP lo mismo que la línea de órdenes",
          "$ cauce servir --escuchar 127.0.0.1:8080\n"
          "http, puerto 8080; Ctrl-C termina\n"
          "$ curl -H \"Authorization: Bearer $FICHA\" http://127.0.0.1:8080/api/v1/planes/PAT/05002/2024",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
