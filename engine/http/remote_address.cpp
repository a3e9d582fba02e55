#include "engine/http/remote_address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>

namespace cauce::engine {
namespace {

std::string text_of(const in_addr& address) {
  char text[INET_ADDRSTRLEN] = {};
  ::inet_ntop(AF_INET, &address, text, sizeof text);
  return text;
}

std::string text_of(const in6_addr& address) {
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    in_addr inside = {};
    std::copy_n(address.s6_addr + 12, 4, reinterpret_cast<std::uint8_t*>(&inside));
    return text_of(inside);
  }
  char text[INET6_ADDRSTRLEN] = {};
  ::inet_ntop(AF_INET6, &address, text, sizeof text);
  return text;
}

std::optional<in6_addr> parse_v6(const std::string& text) {
  in6_addr address = {};
  if (::inet_pton(AF_INET6, text.c_str(), &address) != 1) return std::nullopt;
  return address;
}

/// Without brackets, and without the port behind.
std::string without_port(std::string_view text) {
  if (text.starts_with('[')) return std::string(text.substr(1, text.find(']') - 1));
  const std::size_t colon = text.find(':');
  const bool has_one = colon != text.npos && text.find(':', colon + 1) == text.npos;
  return std::string(has_one ? text.substr(0, colon) : text);
}

}  // namespace

RemoteAddress remote_address(const sockaddr_storage& storage) {
  if (storage.ss_family == AF_INET) {
    const auto& in = reinterpret_cast<const sockaddr_in&>(storage);
    return {text_of(in.sin_addr), ntohs(in.sin_port)};
  }
  if (storage.ss_family == AF_INET6) {
    const auto& in = reinterpret_cast<const sockaddr_in6&>(storage);
    return {text_of(in.sin6_addr), ntohs(in.sin6_port)};
  }
  return {};
}

std::optional<std::string> parse_address(std::string_view text) {
  constexpr const char* blanks = " \t";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return std::nullopt;
  const std::string address = without_port(text.substr(begin, text.find_last_not_of(blanks) - begin + 1));
  in_addr v4 = {};
  if (::inet_pton(AF_INET, address.c_str(), &v4) == 1) return text_of(v4);
  if (const auto v6 = parse_v6(address)) return text_of(*v6);
  return std::nullopt;
}

std::string network_of(const std::string& address) {
  auto v6 = parse_v6(address);
  if (!v6) return address;
  std::fill_n(v6->s6_addr + 8, 8, std::uint8_t{0});
  return text_of(*v6) + "/64";
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

}  // namespace cauce::engine
