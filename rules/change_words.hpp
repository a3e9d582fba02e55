// What would have to be different, in Spanish words: `la gestión fuera menor que 52 (es 56.8)`.
#pragma once

#include <string>

#include "rules/counterfactual.hpp"
#include "rules/phrase.hpp"
#include "rules/targeting.hpp"

namespace cauce::rules {

/// What follows «si»: the field, the values that it would have, and in parentheses what it holds.
std::string change_in_words(const FieldChange& change, const PhraseNames& names);
/// The same of other values of a field that has been named: `fuera menor que 40`.
std::string range_in_words(const FieldChange& change, const ValueRange& range, const PhraseNames& names);
/// The condition of one answer to an open question: `Si la gestión fuera de 40 o más`, `Con cualquier valor
/// de la gestión`.
std::string answer_in_words(const OpenQuestion& question, const ValueRange& range, const PhraseNames& names);
/// Names of fields that are missing, as people call them where the targeting reads them: `la gestión y los
/// ingresos propios`. `plural`: they are several, or one that is.
struct MissingThings {
  std::string words;
  bool plural = false;
};
MissingThings missing_in_words(const std::vector<std::string>& missing, const Targeting& targeting,
                               const Ruleset& rules);
/// A number to four decimals, or as many as it takes not to be 0: what is exact stands in JSON.
std::string short_number(Decimal number);
/// A value in prose, numbers to four decimals at most.
std::string short_value(const Value& value);

}  // namespace cauce::rules
