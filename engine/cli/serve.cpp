// cauce servir: the HTTP interface by itself.
#include <csignal>
#include <ostream>
#include <pthread.h>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
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

/// Waits until somebody wants this process to end.
void await_end() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  int signal = 0;
  sigwait(&ends, &signal);
}

/// From now on those signals wait until they are asked for.
void hold_signals() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
}

int run(const Options& options, Session& session) {
  std::optional<Config> config = load_config(options.config, session);
  if (!config) return exit_refused;
  const std::string base = open_system(session)->path();
  HttpOptions http = config->http;
  if (options.listen) http.listen = options.listen;
  hold_signals();
  const ApiServer server(base, session.environment.clock, http);
  say_note(session, std::string(http.certificate ? "https" : "http") + ", puerto " +
                        std::to_string(server.port()) + "; Ctrl-C termina");
  session.err << std::flush;
  await_end();
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
