// /salud and /métricas over HTTP.
#pragma once

#include <memory>
#include <string>

#include "engine/vitals.hpp"

namespace cauce::engine {

/// Answers in a thread of its own while it lives: `/salud` (also `/health`) with 200, or 503 and why;
/// `/métricas` (also `/metrics`) for Prometheus. FileUnusable if it cannot listen.
class VitalsServer {
 public:
  /// `address` is `127.0.0.1:9464`, `[::1]:9464` or just a port, on this machine. Port 0: any that is free.
  VitalsServer(const std::string& address, const VitalsBoard& board);
  ~VitalsServer();
  VitalsServer(const VitalsServer&) = delete;
  VitalsServer& operator=(const VitalsServer&) = delete;

  int port() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace cauce::engine
