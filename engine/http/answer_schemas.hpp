// docs/schema, embedded by CMake.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace cauce::engine {

/// Each by the name of its file, and its text.
const std::vector<std::pair<std::string_view, std::string_view>>& answer_schemas();

}  // namespace cauce::engine
