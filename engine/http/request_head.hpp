// The head of a request as it came over the wire, read by the letter (RFC 9112): whatever two programs could
// understand in two ways is refused, so that nobody smuggles a request past a proxy.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cauce::engine {

inline constexpr std::size_t longest_head = 16 * 1024;
inline constexpr std::size_t longest_target = 4 * 1024;
inline constexpr std::size_t longest_header = 8'000;  ///< of one line: the library takes no longer ones
inline constexpr std::size_t most_headers = 64;

struct RequestHead {
  std::string method;
  std::string target;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< names in lower case
  std::size_t content_length = 0;
  bool keeps_alive = true;

  /// As it is handed on: what was read and nothing else.
  std::string to_text() const;
};

struct HeadProblem {
  int status = 400;
  std::string why;  ///< Spanish
};

/// Reads a head up to and with the empty line that ends it. A body of more than `most_body` bytes is refused.
std::variant<RequestHead, HeadProblem> read_head(std::string_view text, std::size_t most_body);

}  // namespace cauce::engine
