#include "engine/http/listen_address.hpp"

#include <charconv>
#include <httplib.h>

#include "engine/policy_files.hpp"

namespace cauce::engine {

std::optional<ListenAddress> parse_listen_address(const std::string& text) {
  ListenAddress address;
  const std::size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
  if (colon != std::string::npos && colon > 0) address.host = text.substr(0, colon);
  if (address.host.front() == '[' && address.host.back() == ']')
    address.host = address.host.substr(1, address.host.size() - 2);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  const bool is_number = error == std::errc() && end == port.data() + port.size() && !port.empty();
  if (!is_number || address.port < 0 || address.port > 65535) return std::nullopt;
  return address;
}

ListenAddress listen_address(const std::string& text) {
  if (auto address = parse_listen_address(text)) return *std::move(address);
  throw FileUnusable("«" + text + "» no es una dirección para escuchar; se escribe como 127.0.0.1:9464");
}

int bind_alone(httplib::Server& server, const std::string& text) {
  const ListenAddress address = listen_address(text);
  // The library would let two programs share a port, and each get a part of what is asked.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  const bool any = address.port == 0;
  const int port = any ? server.bind_to_any_port(address.host) : address.port;
  const bool bound = any ? port > 0 : server.bind_to_port(address.host, address.port);
  if (!bound) throw FileUnusable("no se puede escuchar en «" + text + "»: ¿está ocupado ese puerto?");
  return port;
}

}  // namespace cauce::engine
