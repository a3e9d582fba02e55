// The content of a request: an object of JSON.
#pragma once

#include <string_view>
#include <variant>

#include <nlohmann/json.hpp>

#include "engine/http/parameter_mistake.hpp"

namespace cauce::engine {

/// The object that `text` is, or why it is none. Each name stands once: of two, a reader would take one and
/// the writer mean the other. What has more parts than any request needs is not kept, so that no text costs
/// more than the reading of it.
std::variant<nlohmann::json, ParameterMistake> read_json_body(std::string_view text);

}  // namespace cauce::engine
