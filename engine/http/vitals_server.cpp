#include "engine/http/vitals_server.hpp"

#include <chrono>
#include <httplib.h>
#include <thread>

#include "engine/http/listen_address.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {

struct VitalsServer::Inside {
  httplib::Server server;
  std::thread thread;
  int port = 0;
};

VitalsServer::VitalsServer(const std::string& text, const VitalsBoard& board)
    : inside_(std::make_unique<Inside>()) {
  httplib::Server& server = inside_->server;
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
  server.set_payload_max_length(1024);
  server.set_read_timeout(5);
  server.set_write_timeout(5);
  server.new_task_queue = [] { return new httplib::ThreadPool(2); };
  inside_->port = bind_alone(server, text);
  inside_->thread = std::thread([&server] { server.listen_after_bind(); });
  // Until then it could not be stopped.
  while (!server.is_running())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

VitalsServer::~VitalsServer() {
  inside_->server.stop();
  inside_->thread.join();
}

int VitalsServer::port() const {
  return inside_->port;
}

}  // namespace cauce::engine
