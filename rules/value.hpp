// The values of the language and their types.
#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/date.hpp"
#include "rules/decimal.hpp"

namespace cauce::rules {

/// *sin dato*
struct Missing {
  auto operator<=>(const Missing&) const = default;
};

/// A value, or *sin dato*. Enumerators are texts, spelled as their type declares them. Values of one type are
/// ordered as the language orders them: texts by code points, `no` before `sí`.
using Value = std::variant<Missing, bool, Decimal, Date, std::string>;

inline bool is_missing(const Value& value) {
  return std::holds_alternative<Missing>(value);
}
/// For a truth value of three-valued logic: nothing when it is missing.
inline std::optional<bool> truth(const Value& value) {
  if (const bool* known = std::get_if<bool>(&value)) return *known;
  return std::nullopt;
}

/// As people read it: `sí`, `0.3`, `2024-02-07`, the text itself, `sin dato`.
std::string to_display(const Value& value);

enum class TypeKind : std::uint8_t { text, integer, number, truth, date, one_of, nothing };

/// A type. `nothing` is that of the literal `sin dato`, which fits everywhere.
struct Type {
  TypeKind kind = TypeKind::text;
  std::shared_ptr<const std::vector<std::string>> values = {};  ///< of one_of, in their order
  std::optional<Value> low = {};                                ///< both bounds belong
  std::optional<Value> high = {};

  /// Whether they are one type for operators: bounds apart, and two `uno de` with the same values are one.
  bool same_as(const Type& other) const;
  bool is_numeric() const { return kind == TypeKind::integer || kind == TypeKind::number; }
  /// Whether a value of type `other` may stand where this one is expected: an entero is a número.
  bool accepts(const Type& other) const;
  /// `número`, `sí o no`, `uno de {ESP, 1}` …
  std::string to_spanish() const;

  static Type text();
  static Type integer();
  static Type number();
  static Type truth();
  static Type date();
  static Type nothing();
};

/// The enumerator of `type` that `text` names (compared as names are), spelled as declared.
std::optional<std::string> find_enumerator(const Type& type, std::string_view text);

/// Reads a value as a cell of data gives it: decimal point, ISO dates, `sí/no`, `s/n`, `1/0`, `true/false`;
/// an empty or blank text is *sin dato*. If it cannot be read or lies outside the bounds, `error` says in
/// Spanish what was expected.
std::optional<Value> read_value(std::string_view cell, const Type& type, std::string& error);

}  // namespace cauce::rules
