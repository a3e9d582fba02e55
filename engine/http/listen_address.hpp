// Where a server listens.
#pragma once

#include <optional>
#include <string>

namespace httplib {
class Server;
}

namespace cauce::engine {

struct ListenAddress {
  std::string host = "127.0.0.1";
  int port = -1;
};

/// `127.0.0.1:9464`, `[::1]:9464` or just a port, on this machine.
std::optional<ListenAddress> parse_listen_address(const std::string& text);
/// The same; FileUnusable where it is none.
ListenAddress listen_address(const std::string& text);

/// Takes that address for a server, port 0 being whichever is free, and returns its port. No other program
/// can take it meanwhile. FileUnusable if it cannot be had.
int bind_alone(httplib::Server& server, const std::string& text);

}  // namespace cauce::engine
