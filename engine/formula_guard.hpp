// Texts that a spreadsheet would run as a formula, wherever they are handed out to one.
#pragma once

#include <string_view>

namespace cauce::engine {

/// Whether the cell begins as formulas do: with = + - @, tab or carriage return.
bool begins_a_formula(std::string_view cell);
/// Whether it begins so and is no number either.
bool runs_as_formula(std::string_view cell);

}  // namespace cauce::engine
