// The texts of headers, as RFC 9110 writes and compares them.
#pragma once

#include <string>
#include <string_view>

namespace cauce::engine {

/// Without the blanks and tabs around it (5.6.3).
std::string_view trimmed(std::string_view text);

/// In small letters, of ASCII alone: how names and types compare.
std::string lower(std::string_view text);

}  // namespace cauce::engine
