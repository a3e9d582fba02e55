#include "engine/http/listen_address.hpp"

#include <charconv>

#include "engine/policy_files.hpp"

namespace cauce::engine {

ListenAddress listen_address(const std::string& text) {
  ListenAddress address;
  const std::size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
  if (colon != std::string::npos && colon > 0) address.host = text.substr(0, colon);
  if (address.host.front() == '[' && address.host.back() == ']')
    address.host = address.host.substr(1, address.host.size() - 2);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  const bool is_number = error == std::errc() && end == port.data() + port.size() && !port.empty();
  if (!is_number || address.port < 0 || address.port > 65535) {
    throw FileUnusable("«" + text + "» no es una dirección para escuchar; se escribe como 127.0.0.1:9464");
  }
  return address;
}

}  // namespace cauce::engine
