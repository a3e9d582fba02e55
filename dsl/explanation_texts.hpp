// The files of dsl/explanations/ as they stand; CMake makes explanation_texts.cpp of them.
#pragma once

#include <span>
#include <string_view>

namespace cauce::dsl {

struct ExplanationText {
  std::string_view name;  ///< of the file, without its extension: `E0201`, `base`
  std::string_view text;
};

std::span<const ExplanationText> explanation_texts();

}  // namespace cauce::dsl
