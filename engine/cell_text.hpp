// Whether the characters of a cell are those that were written: what nobody sees, and what a change of
// encoding spoiled.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cauce::engine {

/// What is wrong with the characters of a cell, in Spanish, and what to do about it.
struct UnsoundText {
  std::string message;
  std::string help;
};
/// Line ends within a cell are sound. `cell` is UTF-8.
std::optional<UnsoundText> find_unsound(std::string_view cell);

/// Whether any cell of a text may be unsound: quick enough to ask of every file. Of a sound text in other
/// letters than the Latin ones it may say so too.
bool may_be_unsound(std::string_view text);

/// A cell as a message shows it: on one line, with a name for what nobody sees (`⟨U+200B⟩`), cut where it is
/// long.
std::string shown(std::string_view cell);

/// Text of Windows-1252 in UTF-8; nothing if it has a byte that Windows-1252 does not have.
std::optional<std::string> from_windows_1252(std::string_view bytes);

/// A text whose bytes that are no UTF-8 are read as Windows-1252.
std::string mended_utf8(std::string_view text);

}  // namespace cauce::engine
