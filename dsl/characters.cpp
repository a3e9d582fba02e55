#include "dsl/characters.hpp"

#include <algorithm>
#include <utf8proc.h>

namespace cauce::dsl {
namespace {

/// Takes the next character off a text; -1 if it is not UTF-8.
utf8proc_int32_t take_character(std::string_view& text) {
  utf8proc_int32_t character = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &character);
  if (length <= 0) return -1;
  text.remove_prefix(static_cast<std::size_t>(length));
  return character;
}

bool is_space(utf8proc_int32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

bool is_control(utf8proc_int32_t c) {
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      break;
  }
  const bool turns_direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return turns_direction;
}

}  // namespace

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const utf8proc_int32_t character = take_character(text);
    if (character < 0 || !is_space(character)) return false;
  }
  return true;
}

bool has_control_characters(std::string_view text) {
  while (!text.empty()) {
    const utf8proc_int32_t character = take_character(text);
    if (character < 0 || is_control(character)) return true;
  }
  return false;
}

Character first_character(std::string_view text) {
  const std::size_t size = text.size();
  const utf8proc_int32_t code = take_character(text);
  if (code < 0) return {0xFFFD, 1};
  return {code, size - text.size()};
}

bool is_unseen(std::int32_t code) {
  return is_control(code) || utf8proc_category(code) == UTF8PROC_CATEGORY_CF;
}

}  // namespace cauce::dsl
