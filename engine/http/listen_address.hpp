// Where a server listens.
#pragma once

#include <string>

namespace cauce::engine {

struct ListenAddress {
  std::string host = "127.0.0.1";
  int port = -1;
};

/// `127.0.0.1:9464`, `[::1]:9464` or just a port, on this machine. FileUnusable otherwise.
ListenAddress listen_address(const std::string& text);

}  // namespace cauce::engine
