#include "engine/cell_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <iconv.h>
#include <memory>

#include "dsl/characters.hpp"
#include "dsl/source.hpp"

namespace cauce::engine {
namespace {

/// Converts all of a text between two encodings of iconv; nothing if it cannot.
std::optional<std::string> convert(std::string_view text, const char* from, const char* to) {
  const std::unique_ptr<void, decltype(&iconv_close)> converter(iconv_open(to, from), &iconv_close);
  std::string converted(text.size() * 3, '\0');  // no character of Windows-1252 takes more than three bytes
  char* in = const_cast<char*>(text.data());     // iconv does not write to it
  std::size_t in_left = text.size();
  char* out = converted.data();
  std::size_t out_left = converted.size();
  if (iconv(converter.get(), &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1))
    return std::nullopt;
  converted.resize(converted.size() - out_left);
  return converted;
}

/// How many bytes a line end or a tab takes at the beginning of a text; 0 if there is none. A carriage return
/// alone is none: it would write over what stands before it.
std::size_t blank_at(std::string_view text) {
  if (text.starts_with("\r\n")) return 2;
  return text.starts_with('\n') || text.starts_with('\t') ? 1 : 0;
}

/// What was written, where UTF-8 was taken for an encoding of one byte a letter (`MedellÃ­n`); nothing where
/// it was not.
std::optional<std::string> before_it_was_misread(std::string_view cell) {
  // What Ã, Â and the beginning of â€œ are in UTF-8: letters of Spanish and its quotes begin so when they are
  // misread.
  constexpr std::array<std::string_view, 3> beginnings = {"\xC3\x83", "\xC3\x82", "\xC3\xA2\xE2"};
  const bool likely = std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
    return cell.find(beginning) != cell.npos;
  });
  if (!likely) return std::nullopt;
  for (const char* encoding : {"WINDOWS-1252", "ISO-8859-1"}) {
    auto written = convert(cell, "UTF-8", encoding);
    if (written && dsl::find_invalid_utf8(*written) == written->npos) return written;
  }
  return std::nullopt;
}

using Byte = unsigned char;

/// Whether something that may be unsound begins at a byte, given the two after it. Without a branch, so that
/// the compiler asks it of many bytes at once.
inline bool is_suspicious(Byte byte, Byte next, Byte third) {
  const auto is = [](Byte value, Byte from, Byte to) { return (from <= value) & (value <= to); };
  const bool control = ((byte < 0x20) & (byte != '\t') & (byte != '\n') & (byte != '\r')) | (byte == 0x7F);
  const bool lone_return = (byte == '\r') & (next != '\n');
  const bool unseen_of_latin = (byte == 0xC2) & (is(next, 0x80, 0x9F) | (next == 0xAD));
  const bool misread = (byte == 0xC3) & (is(next, 0x82, 0x83) | ((next == 0xA2) & (third == 0xE2)));
  const bool unseen_mark = (next == 0x80) & (is(third, 0x8B, 0x8F) | is(third, 0xA8, 0xAE));
  const bool unseen_of_marks = (byte == 0xE2) & ((next == 0x81) | unseen_mark);
  const bool beyond_latin = (byte >= 0xD8) & (byte != 0xE2);
  return control | lone_return | unseen_of_latin | misread | unseen_of_marks | beyond_latin;
}

}  // namespace

std::optional<UnsoundText> find_unsound(std::string_view cell) {
  if (const auto written = before_it_was_misread(cell)) {
    return UnsoundText{"sus letras se dañaron al cambiar de codificación",
                       "¿es «" + shown(*written) + "»? Guarde los datos otra vez como «CSV UTF-8»"};
  }
  for (std::string_view rest = cell; !rest.empty();) {
    if (const std::size_t blank = blank_at(rest)) {
      rest.remove_prefix(blank);
      continue;
    }
    const dsl::Character next = dsl::first_character(rest);
    if (next.code == 0xFFFD) {
      return UnsoundText{"se le perdió una letra al cambiar de codificación", "escriba otra vez la celda"};
    }
    if (next.code == 0)
      return UnsoundText{"tiene un byte nulo, que no es texto", "borre la celda y escríbala otra vez"};
    if (dsl::is_unseen(next.code))
      return UnsoundText{"tiene un carácter que no se ve", "borre la celda y escríbala otra vez"};
    rest.remove_prefix(next.bytes);
  }
  return std::nullopt;
}

bool may_be_unsound(std::string_view text) {
  constexpr std::size_t block = 64;
  constexpr std::size_t looked_ahead = 2;
  for (; text.size() >= block + looked_ahead; text.remove_prefix(block)) {
    const auto* bytes = reinterpret_cast<const Byte*>(text.data());
    Byte any = 0;
    for (std::size_t i = 0; i < block; ++i)
      any |= static_cast<Byte>(is_suspicious(bytes[i], bytes[i + 1], bytes[i + 2]));
    if (any != 0) return true;
  }
  const auto at = [&](std::size_t i) { return static_cast<Byte>(i < text.size() ? text[i] : '\n'); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_suspicious(at(i), at(i + 1), at(i + 2))) return true;
  }
  return false;
}

std::string shown(std::string_view cell) {
  constexpr std::size_t most_characters = 60;
  const std::string mended = mended_utf8(cell);
  std::string text;
  std::size_t characters = 0;
  for (std::string_view rest = mended; !rest.empty(); ++characters) {
    if (characters == most_characters) return text + "…";
    const std::size_t blank = blank_at(rest);
    const dsl::Character next = dsl::first_character(rest);
    if (blank > 0) {
      text += ' ';
    } else if (dsl::is_unseen(next.code)) {
      std::array<char, 16> name{};
      std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(next.code));
      text.append("⟨").append(name.data()).append("⟩");
    } else {
      text += rest.substr(0, next.bytes);
    }
    rest.remove_prefix(std::max(blank, next.bytes));
  }
  return text;
}

std::optional<std::string> from_windows_1252(std::string_view bytes) {
  return convert(bytes, "WINDOWS-1252", "UTF-8");
}

std::string mended_utf8(std::string_view text) {
  std::string mended;
  for (;;) {
    const std::size_t invalid = dsl::find_invalid_utf8(text);
    mended += text.substr(0, invalid);
    if (invalid == text.npos) return mended;
    mended += from_windows_1252(text.substr(invalid, 1)).value_or("\uFFFD");
    text.remove_prefix(invalid + 1);
  }
}

}  // namespace cauce::engine
