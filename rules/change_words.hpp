// What would have to be different, in Spanish words: `la gestión fuera menor que 52 (es 56.8)`.
#pragma once

#include <string>

#include "rules/counterfactual.hpp"
#include "rules/phrase.hpp"

namespace cauce::rules {

/// What follows «si»: the field, the values that it would have, and in parentheses what it holds.
std::string change_in_words(const FieldChange& change, const PhraseNames& names);
/// What follows «si» for one answer to an open question: `la gestión fuera de 40 o más`.
std::string answer_in_words(const OpenQuestion& question, const ValueRange& range, const PhraseNames& names);
/// A number to four decimals at most: what is exact stands in JSON.
std::string short_number(Decimal number);
/// A value in prose, numbers to four decimals at most.
std::string short_value(const Value& value);

}  // namespace cauce::rules
