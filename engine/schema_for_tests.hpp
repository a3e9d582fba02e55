// Whether JSON is what a schema of docs/schema says.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace cauce::engine {

// The part of JSON Schema that docs/schema/ uses: type, enum, required, properties, additionalProperties,
// items.

inline bool is_of_type(const nlohmann::json& value, const std::string& type) {
  return (type == "string" && value.is_string()) || (type == "integer" && value.is_number_integer()) ||
         (type == "boolean" && value.is_boolean()) || (type == "null" && value.is_null()) ||
         (type == "object" && value.is_object()) || (type == "array" && value.is_array());
}

/// What does not fit, each with its place; empty if all fits.
inline std::vector<std::string> mismatches(const nlohmann::json& value, const nlohmann::json& schema,
                                           const std::string& place) {
  using nlohmann::json;
  std::vector<std::string> found;
  const auto add_all = [&](std::vector<std::string> more) {
    found.insert(found.end(), more.begin(), more.end());
  };
  const json types = schema.at("type").is_array() ? schema.at("type") : json::array({schema.at("type")});
  if (std::none_of(types.begin(), types.end(), [&](const json& type) { return is_of_type(value, type); })) {
    return {place + ": " + value.dump() + " no es " + types.dump()};
  }
  if (schema.contains("enum")) {
    const json& values = schema.at("enum");
    if (std::find(values.begin(), values.end(), value) == values.end())
      found.push_back(place + ": " + value.dump());
  }
  if (value.is_object()) {
    for (const json& name : schema.value("required", json::array())) {
      if (!value.contains(name.get<std::string>())) found.push_back(place + ": falta " + name.dump());
    }
    const json properties = schema.value("properties", json::object());
    const json others = schema.value("additionalProperties", json(true));
    for (const auto& [name, item] : value.items()) {
      if (properties.contains(name)) {
        add_all(mismatches(item, properties.at(name), place + "." + name));
      } else if (others.is_object()) {
        add_all(mismatches(item, others, place + "." + name));
      } else if (others == json(false)) {
        found.push_back(place + ": sobra " + name);
      }
    }
  }
  if (value.is_array()) {
    for (const json& item : value)
      add_all(mismatches(item, schema.at("items"), place + "[]"));
  }
  return found;
}

}  // namespace cauce::engine
