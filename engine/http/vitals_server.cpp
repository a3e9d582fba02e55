#include "engine/http/vitals_server.hpp"

#include "engine/http/guarded_server.hpp"
#include "engine/http/listen_address.hpp"

namespace cauce::engine {

namespace {

/// Few ask, and little.
constexpr ConnectionLimits few{.most_body = 1024, .served = 8, .waiting = 8};

}  // namespace

struct VitalsServer::Inside {
  GuardedServer server{few};
  int port = 0;
};

VitalsServer::VitalsServer(const std::string& text, const VitalsBoard& board)
    : inside_(std::make_unique<Inside>()) {
  GuardedServer& server = inside_->server;
  const auto health = [&board](const httplib::Request&, httplib::Response& response) {
    const Vitals vitals = board.read();
    response.status = vitals.well() ? 200 : 503;
    response.set_content(health_of(vitals), "application/json; charset=utf-8");
  };
  const auto metrics = [&board](const httplib::Request&, httplib::Response& response) {
    response.set_content(metrics_of(board.read()), "text/plain; version=0.0.4; charset=utf-8");
  };
  server.Get("/salud", health).Get("/health", health);
  server.Get("/métricas", metrics).Get("/metricas", metrics).Get("/metrics", metrics);
  inside_->port = bind_alone(server, text);
  server.begin();
}

VitalsServer::~VitalsServer() = default;

int VitalsServer::port() const {
  return inside_->port;
}

}  // namespace cauce::engine
