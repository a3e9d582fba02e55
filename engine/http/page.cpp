#include "engine/http/page.hpp"

#include <algorithm>
#include <charconv>

#include "engine/hash.hpp"

namespace cauce::engine {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t mark_size = 16;

std::string mark_of(const Json& item) {
  return to_hex(blake2b_256(item.dump(-1, ' ', false, Json::error_handler_t::replace))).substr(0, mark_size);
}

struct Place {
  std::size_t index = 0;  ///< of the first that was not shown
  std::string mark;       ///< of the last that was
};

std::optional<Place> place_of(const std::string& cursor) {
  const std::size_t dash = cursor.find('-');
  if (dash == cursor.npos || cursor.size() - dash - 1 != mark_size) return std::nullopt;
  Place place{0, cursor.substr(dash + 1)};
  const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + dash, place.index);
  if (error != std::errc() || end != cursor.data() + dash || place.index == 0) return std::nullopt;
  return place;
}

/// Where the page begins.
std::size_t begin_of(const Json& list, const Place& place) {
  const std::size_t last = place.index - 1;
  if (last < list.size() && mark_of(list[last]) == place.mark) return place.index;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (mark_of(list[i]) == place.mark) return i + 1;
  }
  return std::min(place.index, list.size());
}

}  // namespace

PageOutcome cut_page(Json& answer, const Page& page) {
  PageOutcome outcome;
  const bool has_rows = answer.is_object() && answer.contains("rows") && answer["rows"].is_array();
  if (!answer.is_array() && !has_rows) return outcome;
  Json& list = has_rows ? answer["rows"] : answer;
  outcome.total = list.size();
  if (!page.limit && !page.cursor) return outcome;
  std::size_t begin = 0;
  if (page.cursor) {
    const auto place = place_of(*page.cursor);
    if (!place) {
      outcome.bad_cursor = true;
      return outcome;
    }
    begin = begin_of(list, *place);
  }
  const std::size_t end = std::min(list.size(), begin + page.limit.value_or(longest_page));
  if (end < list.size() && end > begin) outcome.next = std::to_string(end) + "-" + mark_of(list[end - 1]);
  Json part = Json::array();
  for (std::size_t i = begin; i < end; ++i)
    part.push_back(std::move(list[i]));
  list = std::move(part);
  return outcome;
}

}  // namespace cauce::engine
