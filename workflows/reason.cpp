#include "workflows/reason.hpp"

#include <string>
#include <utf8proc.h>

#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

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

bool has_control_characters(std::string_view text) {
  while (!text.empty()) {
    utf8proc_int32_t c = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &c);
    if (length <= 0 || is_control(c)) return true;
    text.remove_prefix(static_cast<std::size_t>(length));
  }
  return false;
}

std::optional<Refusal> refuse_as_reason(std::string_view reason) {
  if (is_blank(reason) || !has_control_characters(reason)) return std::nullopt;
  return Refusal{RefusalKind::invalid_input,
                 "el motivo va en un solo renglón, sin saltos de línea ni caracteres de control"};
}

std::optional<Refusal> refuse_without_reason(std::string_view reason, std::string_view what_for) {
  if (is_blank(reason)) {
    return Refusal{RefusalKind::invalid_input, "falta el motivo",
                   "escriba por qué se " + std::string(what_for)};
  }
  return refuse_as_reason(reason);
}

}  // namespace cauce::workflows
