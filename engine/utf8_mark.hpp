// The mark by which spreadsheet programs know that a file of texts is in UTF-8.
#pragma once

#include <string_view>

namespace cauce::engine {

inline constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

}  // namespace cauce::engine
