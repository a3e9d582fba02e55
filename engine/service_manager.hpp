// What is told to the service manager that started the process (systemd): the protocol of sd_notify(3), a
// datagram to the socket that NOTIFY_SOCKET names. Without one, nothing.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace cauce::engine {

class ServiceManager {
 public:
  /// As the environment of the process says.
  ServiceManager();

  void ready() const;
  void status(const std::string& words) const;
  void reloading() const;  ///< `ready` ends it
  void stopping() const;
  void alive() const;
  /// How often at least it wants to hear `alive`: half of what it waits. Nothing: it does not watch.
  std::optional<std::chrono::milliseconds> watchdog() const { return watchdog_; }

 private:
  void tell(const std::string& state) const;

  std::string socket_;
  std::optional<std::chrono::milliseconds> watchdog_;
};

}  // namespace cauce::engine
