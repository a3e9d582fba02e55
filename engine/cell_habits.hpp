// What spreadsheets and forms put into cells that the data format does not have, and what to write instead.
#pragma once

#include <string>
#include <string_view>

#include "rules/value.hpp"

namespace cauce::engine {

/// What to do about a cell that could not be read as `type`, in Spanish; empty if that is not known.
/// `decimal`: the mark that the file has for decimals.
std::string help_with_cell(std::string_view cell, const rules::Type& type, char decimal);

/// Whether a cell is digits, perhaps with a minus before them, with exactly one `mark` between them.
bool is_decimal_with(std::string_view cell, char mark);

/// Whether a cell says in words or signs that there is no value: `-`, `N/A`, `sin dato`.
bool says_that_nothing_is_known(std::string_view cell);

/// Whether a spreadsheet wrote a long number with an exponent: `1.5E+05`.
bool is_shortened_number(std::string_view cell);

/// Whether a formula failed there: `#N/A`, `#¡REF!`, `#DIV/0!`. Even a text is not that.
bool is_failed_formula(std::string_view cell);

}  // namespace cauce::engine
