// The *latido*: an address that is called after each round, so that somebody else notices when the one who
// should warn is dead.
#pragma once

#include <optional>
#include <string>

namespace cauce::engine {

/// Whether `url` is one that can be called: http or https, with a host.
bool is_callable(const std::string& url);

/// Posts `content` (JSON) to `url`; waits five seconds at most. Why it did not arrive, in Spanish; nothing if
/// it did.
std::optional<std::string> beat(const std::string& url, const std::string& content);

}  // namespace cauce::engine
