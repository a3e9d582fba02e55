#include "engine/http/api_server.hpp"

#include <csignal>
#include <pthread.h>
#include <thread>

#include "engine/http/api.hpp"
#include "engine/http/guarded_server.hpp"
#include "engine/http/listen_address.hpp"
#include "engine/http/problem.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

/// Connections that wait for their requests beside those that are worked on.
constexpr std::size_t waiting_threads = 12;

std::optional<TlsFiles> tls_of(const HttpOptions& options) {
  if (!options.certificate && !options.key) return std::nullopt;
  if (!options.certificate || !options.key)
    throw FileUnusable("para TLS van las dos cosas: el certificado y su llave");
  return TlsFiles{*options.certificate, *options.key};
}

/// Whether only this machine can reach it.
bool is_this_machine(const std::string& host) {
  return host.starts_with("127.") || host == "::1" || host == "localhost";
}

/// Threads that are made while this lives are sent no signals: those are for whoever watches.
class SignalsElsewhere {
 public:
  SignalsElsewhere() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsElsewhere() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsElsewhere(const SignalsElsewhere&) = delete;
  SignalsElsewhere& operator=(const SignalsElsewhere&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

struct ApiServer::Inside {
  Inside(const std::string& base, std::shared_ptr<const Clock> clock, const HttpOptions& options)
      : limits{.head = options.head_time},
        api(base, std::move(clock), options),
        server(limits, tls_of(options)) {}

  const ConnectionLimits limits;
  Api api;
  GuardedServer server;
  std::thread thread = {};
  int port = 0;
};

ApiServer::ApiServer(const std::string& base, std::shared_ptr<const Clock> clock, const HttpOptions& options)
    : inside_(std::make_unique<Inside>(base, std::move(clock), options)) {
  const std::string text = options.listen.value_or("127.0.0.1:8080");
  const ListenAddress address = listen_address(text);
  if (!options.certificate && options.proxies.empty() && !is_this_machine(address.host)) {
    throw FileUnusable(
        "sin certificado no se escucha en «" + text +
        "»: las fichas y claves irían a la vista. Dé certificado y llave, o escuche en 127.0.0.1");
  }
  GuardedServer& server = inside_->server;
  Api& api = inside_->api;
  for (const std::string& proxy : options.proxies)
    server.trust(proxy);
  const auto answer = [&api](const httplib::Request& request, httplib::Response& response) {
    api.answer(request, response);
  };
  server.Get("/.*", answer).Post("/.*", answer).Put("/.*", answer).Patch("/.*", answer).Delete("/.*", answer);
  server.Options("/.*", answer);
  // What does not come as far as a route: a body that broke off, a method that nobody knows.
  server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (!response.body.empty() || response.status < 400) return;
    response.set_content(to_text(problem(response.status, "la petición no se entiende o no llegó entera")),
                         problem_type);
  });
  server.set_payload_max_length(inside_->limits.most_body);
  const std::size_t threads = waiting_threads + static_cast<std::size_t>(options.systems + options.streams);
  server.new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
  inside_->port = bind_alone(server, text);
  {
    const SignalsElsewhere quiet;
    inside_->thread = std::thread([&server] { server.listen_after_bind(); });
  }
  // Until then it could not be stopped.
  while (!server.is_running())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

ApiServer::~ApiServer() {
  inside_->api.wind_down();
  inside_->server.wind_down();
  inside_->server.stop();
  inside_->thread.join();
}

int ApiServer::port() const {
  return inside_->port;
}

}  // namespace cauce::engine
