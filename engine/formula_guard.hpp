// Texts that a spreadsheet would run as a formula, wherever they are handed out to one.
#pragma once

#include <string>
#include <string_view>

namespace cauce::engine {

/// Whether the cell begins as formulas do: with = + - @, tab or carriage return.
bool begins_a_formula(std::string_view cell);

/// Whether a spreadsheet could run something of the cell: all of it or, where it separates cells by
/// semicolons or tabs, a piece behind one of them or behind a line end. Numbers are none, nor the items of a
/// list (`- uno`).
bool holds_a_formula(std::string_view cell);

/// The cell with an apostrophe before each such piece, and without it.
std::string with_formula_guards(std::string_view cell);
std::string without_formula_guards(std::string_view cell);

}  // namespace cauce::engine
