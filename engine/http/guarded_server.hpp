// cpp-httplib's understanding of HTTP behind a door of our own: connections are let in, counted and answered
// here, each read by the letter and waited for no longer than it may take.
#pragma once

#include <atomic>
#include <functional>
#include <httplib.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/http/connection.hpp"
#include "engine/http/places.hpp"
#include "engine/http/tls_identity.hpp"

namespace cauce::engine {

class GuardedServer : public httplib::Server {
 public:
  /// What is answered to a connection that comes no further, and from where it came.
  using Refused = std::function<void(const std::string& address, const HeadProblem& what)>;

  explicit GuardedServer(const ConnectionLimits& limits, std::shared_ptr<const TlsIdentity> tls = nullptr);
  ~GuardedServer() override;

  /// Addresses from which any number of connections may come: those of proxies.
  void trust(const std::string& address) { trusted_.push_back(address); }
  /// From now on others than those, and this machine, are told that they cannot come in this way.
  void only_trusted() { only_trusted_ = true; }
  void on_refusal(Refused refused) { refused_ = std::move(refused); }

  /// Answers in threads of its own from now on, at the address that it has taken (`bind_alone`).
  void begin();
  /// No request begins after this.
  void wind_down();
  bool is_winding_down() const { return winding_down_; }
  /// The same, and returns when all that were under way have ended.
  void end();

 private:
  void let_in();
  bool is_trusted(const std::string& address) const;
  std::shared_ptr<void> take(Places& places, const std::string& address) const;
  void serve(Connection& connection);
  /// Tells one for whom there is no place so, once they have asked: before, it would be lost on them.
  void turn_away(Connection& connection) const;
  void refuse(Connection& connection, const HeadProblem& what) const;

  const ConnectionLimits limits_;
  const std::shared_ptr<const TlsIdentity> tls_;
  std::vector<std::string> trusted_;
  bool only_trusted_ = false;
  Refused refused_ = {};
  std::atomic<bool> winding_down_ = false;
  Places places_;
  Places turned_away_;
  Places large_bodies_;
  std::thread door_;
};

}  // namespace cauce::engine
