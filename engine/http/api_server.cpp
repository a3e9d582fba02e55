#include "engine/http/api_server.hpp"

#include <tuple>

#include "engine/http/api.hpp"
#include "engine/http/guarded_server.hpp"
#include "engine/http/listen_address.hpp"
#include "engine/http/problem.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

/// Connections that wait for their requests beside those that are worked on.
constexpr std::size_t at_rest = 44;

ConnectionLimits limits_of(const HttpOptions& options) {
  return {.head = options.head_time,
          .served = at_rest + static_cast<std::size_t>(options.systems + options.streams)};
}

std::optional<TlsFiles> files_of(const HttpOptions& options) {
  if (!options.certificate && !options.key) return std::nullopt;
  if (!options.certificate || !options.key)
    throw FileUnusable("para TLS van las dos cosas: el certificado y su llave");
  return TlsFiles{*options.certificate, *options.key};
}

std::shared_ptr<TlsIdentity> identity_of(const HttpOptions& options) {
  const auto files = files_of(options);
  return files ? std::make_shared<TlsIdentity>(*files) : nullptr;
}

/// All that a server takes once.
auto fixed_settings(const HttpOptions& options) {
  return std::tuple(options.listen, options.certificate.has_value(), options.proxies,
                    options.requests_per_minute, options.log_ins_per_minute, options.systems, options.streams,
                    options.head_time);
}

}  // namespace

struct ApiServer::Inside {
  Inside(const std::string& base, std::shared_ptr<const Clock> clock, const HttpOptions& given)
      : options(given),
        tls(identity_of(given)),
        api(base, std::move(clock), given),
        server(limits_of(given), tls) {}

  const HttpOptions options;
  const std::shared_ptr<TlsIdentity> tls;  ///< none: in clear
  Api api;
  GuardedServer server;
  int port = 0;
};

ApiServer::ApiServer(const std::string& base, std::shared_ptr<const Clock> clock, const HttpOptions& options)
    : inside_(std::make_unique<Inside>(base, std::move(clock), options)) {
  const std::string text = options.listen.value_or("127.0.0.1:8080");
  const std::string host = listen_address(text).host;
  const bool is_in_clear = !inside_->tls && !is_loopback(host) && host != "localhost";
  if (is_in_clear && options.proxies.empty()) {
    throw FileUnusable(
        "sin certificado no se escucha en «" + text +
        "»: las fichas y claves irían a la vista. Dé certificado y llave, o escuche en 127.0.0.1");
  }
  GuardedServer& server = inside_->server;
  Api& api = inside_->api;
  for (const std::string& proxy : options.proxies)
    server.trust(proxy);
  if (is_in_clear) server.only_trusted();
  server.on_refusal(
      [&api](const std::string& address, const HeadProblem& what) { api.log_refusal(address, what.status); });
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
  inside_->port = bind_alone(server, text);
  server.begin();
}

ApiServer::~ApiServer() {
  inside_->api.wind_down();
  inside_->server.end();
}

int ApiServer::port() const {
  return inside_->port;
}

bool ApiServer::renew(const HttpOptions& wanted) {
  const auto files = files_of(wanted);
  if (inside_->tls && files) inside_->tls->read(*files);
  return fixed_settings(inside_->options) != fixed_settings(wanted);
}

}  // namespace cauce::engine
