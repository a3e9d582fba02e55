#include "engine/wake.hpp"

#include <cstring>
#include <optional>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace cauce::engine {
namespace {

std::string socket_path(const std::string& base) {
  return base + ".despertar";
}

/// Nothing if the path is longer than an address may be.
std::optional<sockaddr_un> address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

int new_socket() {
  return ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

}  // namespace

WakeSocket::WakeSocket(const std::string& base) : path_(socket_path(base)) {
  const auto address = address_of(path_);
  if (!address) return;
  file_ = new_socket();
  if (file_ < 0) return;
  ::unlink(path_.c_str());  // of one that died: whoever makes this holds the lock of the database
  if (::bind(file_, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0) return;
  ::close(file_);
  file_ = -1;
}

WakeSocket::~WakeSocket() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(path_.c_str());
}

void WakeSocket::drain() const {
  char bytes[256];
  while (file_ >= 0 && ::recv(file_, bytes, sizeof bytes, 0) > 0) {
  }
}

void wake_watcher(const std::string& base) noexcept {
  const std::string path = socket_path(base);
  // Where nobody watches there is no socket, which is cheaper to see than to try.
  if (::access(path.c_str(), W_OK) != 0) return;
  const auto address = address_of(path);
  const int file = address ? new_socket() : -1;
  if (file < 0) return;
  (void)::sendto(file, "x", 1, 0, reinterpret_cast<const sockaddr*>(&*address), sizeof *address);
  ::close(file);
}

}  // namespace cauce::engine
