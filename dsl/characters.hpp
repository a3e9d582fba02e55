// What the characters of a text are, beyond ASCII.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cauce::dsl {

/// Whether a text is empty or nothing but spaces of any kind and line ends. What is not UTF-8 is not blank.
bool is_blank(std::string_view text);

/// Whether a text has what would break a line, or the order in which it is read: control characters,
/// separators of lines, changes of direction, or bytes that are not UTF-8.
bool has_control_characters(std::string_view text);

/// The text with a sign in the place of each of those characters, and of the marks that change direction
/// unseen; line ends and tabs stay. `␛` for ESC, `�` for what has no sign of its own.
std::string with_controls_shown(std::string_view text);

struct Character {
  std::int32_t code = 0;  ///< its Unicode code point
  std::size_t bytes = 1;
};
/// The first character of a text that is not empty; U+FFFD of one byte where it is not UTF-8.
Character first_character(std::string_view text);

/// Whether a character has no shape of its own: a control character, a separator of lines, or one that only
/// changes how others are shown. It would hide in a key, or turn what others read.
bool is_unseen(std::int32_t code);

}  // namespace cauce::dsl
