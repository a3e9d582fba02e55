// Small whole numbers as dates and periods write them: digits and nothing else.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace cauce::rules {

/// The number that `text` writes with digits alone; nothing if it is empty, has anything else or is too
/// large.
inline std::optional<int> parse_digits(std::string_view text) {
  int number = 0;
  if (text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace cauce::rules
