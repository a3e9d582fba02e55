#include "dsl/scan.hpp"

#include <algorithm>
#include <array>
#include <utf8proc.h>

namespace cauce::dsl {
namespace {

struct CodePoint {
  utf8proc_int32_t value = -1;  ///< -1 at the end of the text
  std::size_t length = 0;
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {byte, 1};
  CodePoint read;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &read.value);
  read.length = length > 0 ? static_cast<std::size_t>(length) : 1;
  return read;
}

bool is_letter(utf8proc_int32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const auto category = utf8proc_category(c);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_word_part(utf8proc_int32_t c) {
  if (c < 0x80) return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
  const auto category = utf8proc_category(c);
  return is_letter(c) || category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
         category == UTF8PROC_CATEGORY_ND;
}

/// Blanks within a line. Pasted text brings spaces that do not break; they mean no more than others.
bool is_blank(utf8proc_int32_t c) {
  if (c < 0x80) return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
  return utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

}  // namespace

std::size_t skip_blanks(std::string_view text, std::size_t at, LineEnds line_ends) {
  while (at < text.size()) {
    const CodePoint c = code_point_at(text, at);
    if (is_blank(c.value)) {
      at += c.length;
    } else if (line_ends == LineEnds::skip && c.value == '\n') {
      ++at;
    } else if (line_ends == LineEnds::skip && c.value == '#') {
      at = line_end(text, at);
    } else {
      break;
    }
  }
  return at;
}

std::size_t blanks_begin(std::string_view text, std::size_t at) {
  while (at > text_begin(text)) {
    std::size_t before = at - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U)
      --before;
    if (!is_blank(code_point_at(text, before).value)) break;
    at = before;
  }
  return at;
}

std::size_t word_end(std::string_view text, std::size_t at) {
  CodePoint c = code_point_at(text, at);
  if (!is_letter(c.value)) return at;
  do {
    at += c.length;
    c = code_point_at(text, at);
  } while (is_word_part(c.value));
  return at;
}

bool continues_word(std::string_view text, std::size_t at) {
  return is_word_part(code_point_at(text, at).value);
}

std::size_t string_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '"') return at + 1;
    const bool escape = text[at] == '\\' && at + 1 < text.size() && text[at + 1] != '\n';
    if (escape) ++at;
  }
  return std::string_view::npos;
}

std::size_t digits_end(std::string_view text, std::size_t at) {
  while (is_digit_at(text, at)) {
    ++at;
    if (at < text.size() && text[at] == '_' && is_digit_at(text, at + 1)) ++at;
  }
  return at;
}

std::size_t number_end(std::string_view text, std::size_t at) {
  std::size_t end = digits_end(text, at);
  if (end == at) return at;
  if (end < text.size() && text[end] == '.' && is_digit_at(text, end + 1)) end = digits_end(text, end + 1);
  if (end < text.size() && text[end] == '%') ++end;
  return continues_word(text, end) ? at : end;
}

std::size_t code_point_end(std::string_view text, std::size_t at) {
  return at + code_point_at(text, at).length;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

std::size_t piece_end(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  if (const std::size_t end = word_end(text, at); end > at) return end;
  if (is_digit(text[at])) {
    std::size_t end = std::max(digits_end(text, at), number_end(text, at));
    while (continues_word(text, end))
      end += code_point_at(text, end).length;
    return end;
  }
  if (text[at] == '"') {
    const std::size_t end = string_end(text, at);
    return end == std::string_view::npos ? line_end(text, at) : end;
  }
  static constexpr std::array<std::string_view, 9> pairs = {
      "=>", "==", "!=", "<=", ">=", "<>", "..", "&&", "||"};
  const auto begins_here = [&](std::string_view pair) {
    return text[at] == pair[0] && at + 1 < text.size() && text[at + 1] == pair[1];
  };
  const bool is_pair = std::any_of(pairs.begin(), pairs.end(), begins_here);
  return is_pair ? at + 2 : code_point_end(text, at);
}

std::size_t text_begin(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  return text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

}  // namespace cauce::dsl
