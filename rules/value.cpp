#include "rules/value.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "dsl/source.hpp"

namespace cauce::rules {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";  // left in cells by spreadsheets

/// Without the blanks at both ends.
std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  for (bool shorter = true; shorter && !text.empty();) {
    const std::size_t size = text.size();
    while (!text.empty() && is_blank(text.front()))
      text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
      text.remove_suffix(1);
    if (text.starts_with(no_break_space)) text.remove_prefix(no_break_space.size());
    if (text.ends_with(no_break_space)) text.remove_suffix(no_break_space.size());
    shorter = text.size() < size;
  }
  return text;
}

std::string_view kind_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::text:
      return "texto";
    case TypeKind::integer:
      return "entero";
    case TypeKind::number:
      return "número";
    case TypeKind::truth:
      return "sí o no";
    case TypeKind::date:
      return "fecha";
    case TypeKind::one_of:
      return "uno de";
    case TypeKind::nothing:
      return "sin dato";
  }
  return "";
}

/// ` de 0 a 100`, ` desde 0`, ` hasta 2024-12-31` or nothing.
std::string bounds_of(const Type& type) {
  if (type.low && type.high) return " de " + to_display(*type.low) + " a " + to_display(*type.high);
  if (type.low) return " desde " + to_display(*type.low);
  if (type.high) return " hasta " + to_display(*type.high);
  return "";
}

std::string expected(const Type& type) {
  switch (type.kind) {
    case TypeKind::text:
    case TypeKind::nothing:
      return "se esperaba un texto";
    case TypeKind::integer:
      return "se esperaba un número entero" + bounds_of(type) + ", sin puntos de miles";
    case TypeKind::number:
      return "se esperaba un número" + bounds_of(type) + ", con punto decimal (12.5)";
    case TypeKind::truth:
      return "se esperaba sí o no";
    case TypeKind::date:
      return "se esperaba una fecha" + bounds_of(type) + ", escrita como 2024-02-07";
    case TypeKind::one_of:
      return "se esperaba " + type.to_spanish();
  }
  return "";
}

std::optional<bool> read_truth(std::string_view text) {
  if (text == "1" || text == "0") return text == "1";
  const std::string word = dsl::fold(text);
  for (const std::string_view yes : {"si", "s", "1", "true"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"no", "n", "0", "false"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

/// The value that a text which is not blank writes, before its bounds are looked at.
std::optional<Value> read_unbounded(std::string_view text, const Type& type) {
  switch (type.kind) {
    case TypeKind::text:
    case TypeKind::nothing:
      return Value(std::string(text));
    case TypeKind::integer:
    case TypeKind::number: {
      const auto number = Decimal::parse(text);
      if (!number || (type.kind == TypeKind::integer && !number->is_integer())) return std::nullopt;
      return Value(*number);
    }
    case TypeKind::truth: {
      const auto truth_value = read_truth(text);
      if (!truth_value) return std::nullopt;
      return Value(*truth_value);
    }
    case TypeKind::date: {
      const auto date = parse_iso_date(text);
      if (!date) return std::nullopt;
      return Value(*date);
    }
    case TypeKind::one_of: {
      auto enumerator = find_enumerator(type, text);
      if (!enumerator) return std::nullopt;
      return Value(*std::move(enumerator));
    }
  }
  return std::nullopt;
}

/// Bounds are values of the type itself, so the order of values of one type is enough.
bool within_bounds(const Value& value, const Type& type) {
  if (type.low && value.index() == type.low->index() && value < *type.low) return false;
  return !(type.high && value.index() == type.high->index() && *type.high < value);
}

std::vector<std::string> sorted_values(const Type& type) {
  std::vector<std::string> values = type.values ? *type.values : std::vector<std::string>();
  std::sort(values.begin(), values.end());
  return values;
}

Type of_kind(TypeKind kind) {
  Type type;
  type.kind = kind;
  return type;
}

}  // namespace

std::string to_display(const Value& value) {
  struct Display {
    std::string operator()(Missing) const { return "sin dato"; }
    std::string operator()(bool truth_value) const { return truth_value ? "sí" : "no"; }
    std::string operator()(const Decimal& number) const { return number.to_string(); }
    std::string operator()(Date date) const { return to_iso(date); }
    std::string operator()(const std::string& text) const { return text; }
  };
  return std::visit(Display(), value);
}

bool Type::same_as(const Type& other) const {
  if (kind != other.kind) return false;
  if (kind != TypeKind::one_of || values == other.values) return true;
  if (!values || !other.values || values->size() != other.values->size()) return false;
  return *values == *other.values || sorted_values(*this) == sorted_values(other);
}

bool Type::accepts(const Type& other) const {
  if (other.kind == TypeKind::nothing) return true;
  if (kind == TypeKind::number && other.kind == TypeKind::integer) return true;
  return same_as(other);
}

std::string Type::to_spanish() const {
  std::string name(kind_name(kind));
  if (kind != TypeKind::one_of) return name;
  std::string list;
  for (const std::string& value : values ? *values : std::vector<std::string>()) {
    list += (list.empty() ? "" : ", ") + value;
  }
  return name + " {" + list + "}";
}

Type Type::text() {
  return of_kind(TypeKind::text);
}
Type Type::integer() {
  return of_kind(TypeKind::integer);
}
Type Type::number() {
  return of_kind(TypeKind::number);
}
Type Type::truth() {
  return of_kind(TypeKind::truth);
}
Type Type::date() {
  return of_kind(TypeKind::date);
}
Type Type::nothing() {
  return of_kind(TypeKind::nothing);
}

std::optional<std::string> find_enumerator(const Type& type, std::string_view text) {
  if (!type.values) return std::nullopt;
  // Most are spelled as declared, and no two fold to one.
  const std::vector<std::string>& values = *type.values;
  if (const auto same = std::find(values.begin(), values.end(), text); same != values.end()) return *same;
  const std::string wanted = dsl::fold(text);
  for (const std::string& value : values) {
    if (dsl::fold(value) == wanted) return value;
  }
  return std::nullopt;
}

std::optional<Value> read_value(std::string_view cell, const Type& type, std::string& error) {
  const std::string_view text = trimmed(cell);
  if (text.empty()) return Value(Missing());
  if (dsl::find_invalid_utf8(text) != text.npos) {
    error = "el texto no es UTF-8";
    return std::nullopt;
  }
  auto value = read_unbounded(text, type);
  if (!value || !within_bounds(*value, type)) {
    error = expected(type);
    return std::nullopt;
  }
  return value;
}

}  // namespace cauce::rules
