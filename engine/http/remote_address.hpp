// From where somebody asks, written in one way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace cauce::engine {

struct RemoteAddress {
  std::string text;  ///< `192.0.2.1`, `2001:db8::1`; one of IPv4 that came over IPv6 is one of IPv4
  int port = 0;
};

RemoteAddress remote_address(const sockaddr_storage& storage);

/// An address as people and proxies write it, with or without a port: `192.0.2.1:5000`, `[2001:db8::1]`.
/// Nothing if it is none.
std::optional<std::string> parse_address(std::string_view text);

/// Whose requests are counted together: an address of IPv4; of IPv6 the network of one customer (/64), within
/// which whoever has it picks addresses as they like.
std::string network_of(const std::string& address);

/// Whether it is this machine.
bool is_loopback(std::string_view address);

}  // namespace cauce::engine
