// The functions of expressions (language.md, 3): how they are called and what they give.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rules/expression.hpp"

namespace cauce::rules {

/// What a function takes in one place.
enum class ArgumentKind : std::uint8_t { number, integer, text, date };

/// A function with a fixed list of arguments, each of one kind. `mínimo`, `máximo` and `si_falta`, whose
/// arguments are of one type whatever it is, have none here.
struct FunctionInfo {
  Function function;
  std::string_view key;    ///< its folded name
  std::string_view usage;  ///< as people call it: `redondea(x, n)`
  std::vector<ArgumentKind> arguments;
  TypeKind result;
};

/// All functions of fixed arguments.
std::span<const FunctionInfo> all_functions();
/// Those of fixed arguments by their folded name.
const FunctionInfo* find_function(std::string_view folded);

/// `cuenta`, `suma` … by their folded name.
std::optional<Aggregate> find_aggregate(std::string_view folded);
/// `cumplido`, `vence` … by their folded name.
std::optional<ThingQuestion> find_question(std::string_view folded);
/// As people call them: `promedio`, `vence`.
std::string_view spanish_name(Aggregate aggregate);
std::string_view spanish_name(ThingQuestion question);

/// Whether `folded` is the name of any function or `corte`, which no declaration may take.
bool is_function_name(std::string_view folded);
/// Their names, for suggestions.
const std::vector<std::string_view>& function_names();

/// What a function gives for known arguments of the right types (`si_falta` apart). What has no value is sin
/// dato, and `fault` says in Spanish why.
Value call_function(Function function, const std::vector<Value>& arguments, const Calendar& calendar,
                    std::string& fault);

/// Of the faults of arithmetic: what overflowed.
inline constexpr std::string_view overflow_fault = "un resultado no cabe en 34 cifras";

}  // namespace cauce::rules
