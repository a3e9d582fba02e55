#include "dsl/characters.hpp"

#include <algorithm>
#include <utf8proc.h>

namespace cauce::dsl {
namespace {

bool is_ascii(utf8proc_int32_t c) {
  return c < 0x80;
}

/// Takes the next character off a text; -1 if it is not UTF-8.
utf8proc_int32_t take_character(std::string_view& text) {
  if (const auto first = static_cast<unsigned char>(text.front()); is_ascii(first)) {
    text.remove_prefix(1);
    return first;
  }
  utf8proc_int32_t character = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &character);
  if (length <= 0) return -1;
  text.remove_prefix(static_cast<std::size_t>(length));
  return character;
}

bool is_space(utf8proc_int32_t c) {
  if (is_ascii(c)) return c == ' ' || (c >= '\t' && c <= '\r');
  return utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

bool is_control(utf8proc_int32_t c) {
  if (is_ascii(c)) return c < ' ' || c == 0x7F;
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

/// U+200E, U+200F, U+061C: they turn the direction of what stands beside them.
bool is_direction_mark(utf8proc_int32_t c) {
  return c == 0x200E || c == 0x200F || c == 0x061C;
}

/// What is shown in the place of a control character: its picture, where Unicode has one.
std::string sign_of(utf8proc_int32_t c) {
  constexpr utf8proc_int32_t first_picture = 0x2400;
  constexpr utf8proc_int32_t picture_of_delete = 0x2421;
  constexpr utf8proc_int32_t no_sign = 0xFFFD;
  const utf8proc_int32_t sign = c >= 0 && c < ' ' ? first_picture + c
                                : c == 0x7F       ? picture_of_delete
                                                  : no_sign;
  utf8proc_uint8_t bytes[4];
  const auto length = utf8proc_encode_char(sign, bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
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

std::string with_controls_shown(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::string_view before = text;
    const utf8proc_int32_t character = take_character(text);
    if (character < 0) text.remove_prefix(1);
    const bool ends_line = character == '\n' || (character == '\r' && text.starts_with('\n'));
    const bool stays = ends_line || character == '\t' ||
                       (character >= 0 && !is_control(character) && !is_direction_mark(character));
    if (stays) {
      shown += before.substr(0, before.size() - text.size());
    } else {
      shown += sign_of(character);
    }
  }
  return shown;
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
