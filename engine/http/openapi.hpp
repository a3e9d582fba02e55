// The OpenAPI 3.1 document, made of the table of routes and of docs/schema.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace cauce::engine {

nlohmann::ordered_json openapi_document();

}  // namespace cauce::engine
