// The reasons that people give for what they do. They are kept for ever and shown in many places: a reason
// says something, in one line.
#pragma once

#include <optional>
#include <string_view>

#include "workflows/decide.hpp"

namespace cauce::workflows {

/// That what was given as a reason cannot be kept; nothing if it can, or is blank.
std::optional<Refusal> refuse_as_reason(std::string_view reason);
/// The same, and that a blank one says nothing: `escriba por qué se devuelve`.
std::optional<Refusal> refuse_without_reason(std::string_view reason, std::string_view what_for);

}  // namespace cauce::workflows
