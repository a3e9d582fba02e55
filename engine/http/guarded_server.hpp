// cpp-httplib's server behind a connection of our own: one that reads the head by the letter, waits for
// nobody longer than it said, and speaks TLS.
#pragma once

#include <atomic>
#include <chrono>
#include <httplib.h>
#include <map>
#include <memory>
#include <mutex>
#include <openssl/ssl.h>
#include <optional>
#include <string>

#include "engine/http/request_head.hpp"

namespace cauce::engine {

struct TlsFiles {
  std::string certificate;  ///< with those that vouch for it, PEM
  std::string key;
};

struct ConnectionLimits {
  std::size_t most_body = 8 << 20;
  std::chrono::milliseconds head{10'000};   ///< until the whole head is there
  std::chrono::milliseconds body{60'000};   ///< until the whole body is
  std::chrono::milliseconds write{15'000};  ///< without a byte being taken
  std::chrono::milliseconds idle{15'000};   ///< between requests
  std::size_t requests = 100;               ///< in one connection
  std::size_t connections_each = 16;        ///< at once from one address
};

class GuardedServer : public httplib::Server {
 public:
  /// FileUnusable if the certificate or the key cannot be used.
  GuardedServer(const ConnectionLimits& limits, const std::optional<TlsFiles>& tls);

  /// Addresses from which any number of connections may come: those of proxies.
  void trust(const std::string& address) { trusted_.push_back(address); }
  /// No request begins after this.
  void wind_down() { winding_down_ = true; }
  bool is_winding_down() const { return winding_down_; }

 private:
  bool process_and_close_socket(socket_t sock) override;
  void serve(class Connection& connection);
  bool enter(const std::string& address);
  void leave(const std::string& address);

  const ConnectionLimits limits_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> tls_{nullptr, SSL_CTX_free};
  std::vector<std::string> trusted_;
  std::atomic<bool> winding_down_ = false;
  std::mutex mutex_;
  std::map<std::string, std::size_t> open_;  ///< connections by address
};

}  // namespace cauce::engine
