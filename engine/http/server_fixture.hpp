// The HTTP interface in a test: a server that runs over the system of system_for_tests.hpp, and who asks it.
#pragma once

#include <arpa/inet.h>
#include <chrono>
#include <httplib.h>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/account.hpp"
#include "engine/http/api_server.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine {

/// Bytes to a server and back, as they are.
class RawConnection {
 public:
  /// From and to addresses of this machine, of which it has many: 127.0.0.1, 127.0.0.2 …
  explicit RawConnection(int port, const char* from = "127.0.0.1", const char* to = "127.0.0.1") {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in here = address_of(from, 0);
    const sockaddr_in there = address_of(to, port);
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0 ||
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0)
      throw std::runtime_error("no connection");
  }
  ~RawConnection() { ::close(socket_); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  bool send(std::string_view bytes) { return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0; }
  /// All that comes until the other side closes, or says nothing more for a while.
  std::string receive(std::chrono::milliseconds patience = std::chrono::milliseconds(3000)) {
    std::string all;
    char bytes[4096];
    pollfd wait{socket_, POLLIN, 0};
    while (::poll(&wait, 1, static_cast<int>(patience.count())) > 0) {
      const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
      if (got <= 0) break;
      all.append(bytes, static_cast<std::size_t>(got));
    }
    return all;
  }
  /// The beginning of what comes, as soon as there is any.
  std::string receive_some(std::chrono::milliseconds patience) {
    char bytes[4096];
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return {};
    const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
    return got > 0 ? std::string(bytes, static_cast<std::size_t>(got)) : std::string();
  }

 private:
  static sockaddr_in address_of(const char* text, int port) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::inet_pton(AF_INET, text, &address.sin_addr) != 1) throw std::logic_error("no address");
    return address;
  }

  int socket_ = -1;
};

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    world.set_up();
    options.listen = "127.0.0.1:0";
    options.requests_per_minute = 100'000;
    options.log_ins_per_minute = 1'000;
    options.log = [this](const std::string& line) {
      const std::scoped_lock lock(log_mutex);
      log += line + "\n";
    };
    for (const char* person : {"dora", "ana", "luis", "carla", "paz"})
      taken_for_granted(open_account(*world.system, person, world.set_up_actor));
  }

  void start() { server.emplace(world.path, world.clock, options); }
  httplib::Client client() {
    if (!server) start();
    httplib::Client http("127.0.0.1", server->port());
    http.set_read_timeout(30);
    return http;
  }

  std::string token_of(const std::string& person, bool may_write = true,
                       std::vector<std::string> commands = {}) {
    return taken_for_granted(issue_token(*world.system, {person, "prueba", may_write, std::move(commands)},
                                         world.set_up_actor))
        .text;
  }
  static httplib::Headers bearing(const std::string& token, httplib::Headers more = {}) {
    more.emplace("Authorization", "Bearer " + token);
    return more;
  }
  static nlohmann::json json_of(const httplib::Result& result) {
    return result ? nlohmann::json::parse(result->body, nullptr, false) : nlohmann::json();
  }
  httplib::Result get(const std::string& path, const std::string& token, httplib::Headers more = {}) {
    return client().Get("/api/v1" + path, bearing(token, std::move(more)));
  }
  httplib::Result post(const std::string& path, const std::string& token, const std::string& body,
                       httplib::Headers more = {}, const std::string& type = "application/json") {
    return client().Post("/api/v1" + path, bearing(token, std::move(more)), body, type);
  }

  SystemForTests world;
  HttpOptions options;
  std::mutex log_mutex;
  std::string log;
  std::optional<ApiServer> server;
};

}  // namespace cauce::engine
