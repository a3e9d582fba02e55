#include "engine/cli/json_output.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

namespace cauce::engine::cli {

Json to_json(const rules::Value& value) {
  if (rules::is_missing(value)) return nullptr;
  if (const auto truth = rules::truth(value)) return *truth;
  return rules::to_display(value);
}

std::string name_of(rules::TypeKind kind) {
  switch (kind) {
    case rules::TypeKind::text:
      return "text";
    case rules::TypeKind::integer:
      return "integer";
    case rules::TypeKind::number:
      return "number";
    case rules::TypeKind::truth:
      return "truth";
    case rules::TypeKind::date:
      return "date";
    case rules::TypeKind::one_of:
      return "one_of";
    case rules::TypeKind::nothing:
      return "nothing";
  }
  return "";
}

Json error_json(std::string_view message, std::string_view help) {
  Json json = {{"message", message}};
  if (!help.empty()) json["help"] = help;
  return json;
}

void print_json(const Json& json, Session& session) {
  session.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

}  // namespace cauce::engine::cli
