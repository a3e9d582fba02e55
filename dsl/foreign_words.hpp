// Words of other languages and of spreadsheets, and the words of this one that mean the same.
#pragma once

#include <optional>
#include <string_view>

namespace cauce::dsl {

struct ForeignWord {
  std::string_view written;  ///< folded
  std::string_view meant;
};

/// What joins or begins expressions: `and`, `then`.
std::optional<std::string_view> meant_operator(std::string_view folded);
/// What is a value or its absence: `true` is `sí`. What is only to be explained gives nothing: see `null`.
std::optional<std::string_view> meant_value(std::string_view folded);
/// `null`, `vacío`: here one asks `x sin dato`.
bool means_missing(std::string_view folded);
/// `todos`, `cualquiera`, `ambos`: in a table it is `-`.
bool means_any(std::string_view folded);
/// `otros`, `resto`: what no other row of a table takes.
bool means_rest(std::string_view folded);
/// `hoy`: here it is `corte`.
bool means_today(std::string_view folded);
/// Numbers in words: `diez`.
std::optional<std::string_view> meant_number(std::string_view folded);
/// Functions: `round`.
std::optional<std::string_view> meant_function(std::string_view folded);
/// Types of fields: `string`, `booleano`, `enteros`.
std::optional<std::string_view> meant_type(std::string_view folded);

}  // namespace cauce::dsl
