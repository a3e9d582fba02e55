#include "engine/service_manager.hpp"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace cauce::engine {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// `WATCHDOG_USEC`, if it is meant for this process.
std::optional<std::chrono::milliseconds> half_of_watchdog() {
  const std::string process = variable("WATCHDOG_PID");
  if (!process.empty() && process != std::to_string(::getpid())) return std::nullopt;
  const auto microseconds = std::strtoll(variable("WATCHDOG_USEC").c_str(), nullptr, 10);
  if (microseconds <= 0) return std::nullopt;
  return std::chrono::milliseconds(microseconds / 2000);
}

}  // namespace

ServiceManager::ServiceManager() : socket_(variable("NOTIFY_SOCKET")), watchdog_(half_of_watchdog()) {}

void ServiceManager::ready() const {
  tell("READY=1");
}
void ServiceManager::status(const std::string& words) const {
  tell("STATUS=" + words);
}
void ServiceManager::reloading() const {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.tv_sec * 1'000'000 + now.tv_nsec / 1'000));
}
void ServiceManager::stopping() const {
  tell("STOPPING=1");
}
void ServiceManager::alive() const {
  if (watchdog_) tell("WATCHDOG=1");
}

void ServiceManager::tell(const std::string& state) const {
  sockaddr_un address{};
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_.front() == '@') address.sun_path[0] = '\0';  // an abstract one
  const int file = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (file < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  (void)::sendto(file, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address),
                 size);
  ::close(file);
}

}  // namespace cauce::engine
