#include "dsl/source.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utf8proc.h>

namespace cauce::dsl {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// How many bytes the code point at the beginning of `text` has; 0 if it is not UTF-8.
bool is_ascii(char letter) {
  return static_cast<unsigned char>(letter) < 0x80;
}

std::size_t code_point_length(std::string_view text) {
  if (is_ascii(text.front())) return 1;
  utf8proc_int32_t code_point = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  return length > 0 ? static_cast<std::size_t>(length) : 0;
}

}  // namespace

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    text.remove_prefix(std::max<std::size_t>(1, code_point_length(text)));
    ++count;
  }
  return count;
}

std::size_t find_invalid_utf8(std::string_view text) {
  constexpr std::uint64_t not_ascii = 0x8080808080808080;
  std::size_t offset = 0;
  while (offset < text.size()) {
    std::uint64_t word = not_ascii;  // most text is ASCII, which is told eight bytes at a time
    if (text.size() - offset >= sizeof word) std::memcpy(&word, text.data() + offset, sizeof word);
    if ((word & not_ascii) == 0) {
      offset += sizeof word;
      continue;
    }
    while (offset < text.size() && is_ascii(text[offset]))
      ++offset;
    if (offset == text.size()) break;
    const std::size_t length = code_point_length(text.substr(offset));
    if (length == 0) return offset;
    offset += length;
  }
  return std::string_view::npos;
}

std::string words_of(const Sources& sources, Span span) {
  if (span.file >= sources.size()) return {};
  const std::string_view text =
      std::string_view(sources[span.file].text).substr(span.begin, span.end - span.begin);
  std::string words;
  bool in_comment = false;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    if (letter == '\n') in_comment = false;
    if (in_comment) continue;
    if (in_text && letter == '\\' && i + 1 < text.size()) {
      words += letter;
      words += text[++i];
      continue;
    }
    if (letter == '"') in_text = !in_text;
    if (letter == '#' && !in_text) {
      in_comment = true;
      continue;
    }
    const bool blank = letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
    if (in_text || !blank) {
      words += letter;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

Place locate(const SourceFile& file, std::size_t offset) {
  std::string_view text = file.text;
  offset = std::min(offset, text.size());
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
    offset -= std::min(offset, byte_order_mark.size());
  }
  const std::string_view before = text.substr(0, offset);
  const std::size_t last_end = before.rfind('\n');
  const std::size_t line_begin = last_end == std::string_view::npos ? 0 : last_end + 1;
  std::string_view line = text.substr(line_begin, text.find('\n', line_begin) - line_begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return {1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
          1 + count_code_points(before.substr(line_begin)), line};
}

}  // namespace cauce::dsl
