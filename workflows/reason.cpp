#include "workflows/reason.hpp"

#include <string>

#include "dsl/characters.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {

std::optional<Refusal> refuse_as_reason(std::string_view reason) {
  if (is_blank(reason) || !dsl::has_control_characters(reason)) return std::nullopt;
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
