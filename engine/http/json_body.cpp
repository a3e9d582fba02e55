#include "engine/http/json_body.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cauce::engine {
namespace {

using Json = nlohmann::json;  // in which a name is found at once

constexpr std::size_t most_parts = 20'000;  ///< names, values, beginnings and ends

/// Looks at the names as they are read.
class Names {
 public:
  void look_at(Json::parse_event_t event, const Json& read) {
    if (event == Json::parse_event_t::object_start) open_.emplace_back();
    if (event == Json::parse_event_t::object_end) open_.pop_back();
    if (event != Json::parse_event_t::key) return;
    const auto& name = read.get_ref<const std::string&>();
    if (!open_.back().insert(name).second && !twice_) twice_ = name;
  }
  const std::optional<std::string>& twice() const { return twice_; }

 private:
  std::vector<std::set<std::string>> open_;  ///< of the objects that are not at their end
  std::optional<std::string> twice_;
};

}  // namespace

std::variant<nlohmann::json, ParameterMistake> read_json_body(std::string_view text) {
  std::size_t parts = 0;
  Names names;
  const auto is_kept = [&](int, Json::parse_event_t event, const Json& read) {
    if (++parts > most_parts) return false;
    names.look_at(event, read);
    return true;
  };
  Json body = Json::parse(text, is_kept, false);
  if (parts > most_parts)
    return ParameterMistake{"", "el contenido tiene demasiados datos: pártalo en varias peticiones"};
  if (body.is_discarded()) return ParameterMistake{"", "el contenido no es JSON"};
  if (!body.is_object()) return ParameterMistake{"", "el contenido es un objeto de JSON: {…}"};
  if (names.twice()) return ParameterMistake{*names.twice(), "viene más de una vez"};
  return body;
}

}  // namespace cauce::engine
