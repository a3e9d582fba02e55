#include "engine/http/heartbeat.hpp"

#include <httplib.h>

namespace cauce::engine {
namespace {

/// `https://host:port` and the rest.
struct Target {
  std::string server;
  std::string path = "/";
};

std::optional<Target> target_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return std::nullopt;
  const std::string name = url.substr(0, scheme);
  if (name != "http" && name != "https") return std::nullopt;
  const std::size_t host = scheme + 3;
  const std::size_t path = url.find('/', host);
  if (path == host || host == url.size()) return std::nullopt;
  if (url.find_first_of(" \t\r\n") != std::string::npos) return std::nullopt;
  if (path == std::string::npos) return Target{url};
  return Target{url.substr(0, path), url.substr(path)};
}

}  // namespace

bool is_callable(const std::string& url) {
  return target_of(url).has_value();
}

std::optional<std::string> beat(const std::string& url, const std::string& content) {
  const auto target = target_of(url);
  if (!target) return "«" + url + "» no es una dirección de internet";
  httplib::Client client(target->server);
  client.set_connection_timeout(5);
  client.set_read_timeout(5);
  client.set_write_timeout(5);
  const auto answer = client.Post(target->path, content, "application/json");
  if (!answer) return "no contesta (" + httplib::to_string(answer.error()) + ")";
  if (answer->status >= 300) return "contestó " + std::to_string(answer->status);
  return std::nullopt;
}

}  // namespace cauce::engine
