// Long answers in parts: `limite` and `cursor`.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace cauce::engine {

inline constexpr std::size_t longest_page = 1000;

struct Page {
  std::optional<std::size_t> limit = {};
  std::optional<std::string> cursor = {};
};

struct PageOutcome {
  std::optional<std::string> next = {};  ///< the cursor of the next page
  std::optional<std::size_t> total = {};
  bool bad_cursor = false;
};

/// Leaves of a list (or of the member `rows` of an object) the page that is asked for. It begins behind the
/// item that was last shown, wherever that stands now; where it is gone, at its place.
PageOutcome cut_page(nlohmann::ordered_json& answer, const Page& page);

}  // namespace cauce::engine
