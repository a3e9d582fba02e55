// How the HTTP interface runs: `[http]` of the configuration.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cauce::engine {

struct HttpOptions {
  std::optional<std::string> listen = {};  ///< `127.0.0.1:8080`; none: it does not run
  std::optional<std::string> certificate = {};
  std::optional<std::string> key = {};
  std::vector<std::string> proxies = {};  ///< addresses whose X-Forwarded-For is believed
  int requests_per_minute = 600;          ///< of each token, and each address
  int log_ins_per_minute = 5;             ///< and wrong tokens, of each address
  int systems = 4;                        ///< requests that work on the database at once
  int streams = 16;                       ///< that follow changes at once
  /// Bytes of what is told at once: whoever asks for everything again and again must not take the memory of
  /// what sends the alerts.
  std::size_t longest_answer = 32 << 20;
  std::chrono::milliseconds head_time{10'000};  ///< until the whole head of a request is there
  /// Where each line of the access log goes; none: to the error stream.
  std::function<void(const std::string&)> log = {};
};

}  // namespace cauce::engine
