#include "engine/number_marks.hpp"

#include <algorithm>

#include "engine/cell_habits.hpp"
#include "engine/cell_words.hpp"
#include "rules/decimal.hpp"

namespace cauce::engine {
namespace {

/// `1.234`: what a mark with three digits behind it does, and as many as three before, cannot be told.
bool may_write_thousands(std::string_view cell, char mark) {
  if (cell.starts_with('-')) cell.remove_prefix(1);
  const std::size_t place = cell.find(mark);
  return place != cell.npos && place > 0 && place <= 3 && cell.front() != '0' && cell.size() == place + 4 &&
         is_decimal_with(cell, mark);
}

/// The same number with `mark` taken for one that keeps thousands apart.
rules::Value with_thousands(std::string_view cell, char mark) {
  std::string digits(cell);
  std::erase(digits, mark);
  return rules::Decimal::parse(digits).value();
}

bool is_out_of_bounds(const rules::Value& value, const rules::Type& type) {
  return (type.low && value < *type.low) || (type.high && *type.high < value);
}

/// A cell whose decimals go with a comma, as one with a decimal point; nothing if it has a point already.
std::optional<std::string> with_decimal_point(std::string_view cell) {
  if (cell.find('.') != cell.npos) return std::nullopt;
  std::string pointed(cell);
  std::replace(pointed.begin(), pointed.end(), ',', '.');
  return pointed;
}

}  // namespace

void NumberMarksFinder::look_at(std::size_t line, std::size_t column, std::string_view cell,
                                const rules::Type& type) {
  const bool comma = is_decimal_with(cell, ',');
  if (!comma && !is_decimal_with(cell, '.')) return;
  std::optional<Place>& first = comma ? comma_ : point_;
  if (!first) first = Place{line, column, std::string(cell)};
  const char mark = comma ? ',' : '.';
  if (!may_write_thousands(cell, mark) || is_out_of_bounds(with_thousands(cell, mark), type))
    tells_[column] = true;
}

NumberMarks NumberMarksFinder::find(const std::optional<char>& given, DataErrors& errors) const {
  if (!needs_cells(given)) return {given.value_or('.'), std::vector<bool>(tells_.size())};
  if (comma_ && point_) {
    errors.push_back(
        {table_.file, point_->line, table_.headings[point_->column],
         quote_cell(point_->cell) + " lleva punto, y " + quote_cell(comma_->cell) + " (línea " +
             std::to_string(comma_->line) + ", columna " + quote_cell(table_.headings[comma_->column]) +
             ") coma",
         "deje una sola forma, o diga cuál es la de los decimales: «--decimal ,» o «--decimal .»"});
  }
  NumberMarks marks{comma_ ? ',' : '.', {}};
  // Who separates cells with semicolons has the comma for decimals; of tabs that cannot be said.
  const bool settled = comma_ && table_.separator == ';';
  for (const bool tells : tells_)
    marks.may_be_thousands.push_back(!settled && !tells);
  return marks;
}

std::optional<rules::Value> read_number(std::string_view cell, const rules::Type& type,
                                        const NumberMarks& marks, std::size_t column, std::string& error) {
  const bool integer = type.kind == rules::TypeKind::integer;
  if ((integer || marks.may_be_thousands[column]) && may_write_thousands(cell, marks.decimal)) {
    error = std::string("no se sabe si separa miles o decimales") +
            (integer ? ", y se esperaba un número entero" : "");
    return std::nullopt;
  }
  if (marks.decimal == '.') return rules::read_value(cell, type, error);
  const auto pointed = with_decimal_point(cell);
  if (!pointed) {
    error = "en este archivo los decimales van con coma, y aquí hay un punto";
    return std::nullopt;
  }
  auto value = rules::read_value(*pointed, type, error);
  const std::string point_example = "con punto decimal (12.5)";
  if (const std::size_t place = error.find(point_example); !value && place != error.npos) {
    error.replace(place, point_example.size(), "con coma decimal (12,5)");
  }
  return value;
}

PlainNumbers::PlainNumbers(const rules::Type& type, const NumberMarks& marks, std::size_t column)
    : low_(type.low), high_(type.high) {
  const bool has_decimals = type.kind == rules::TypeKind::number;
  if (has_decimals && !marks.may_be_thousands[column]) mark_ = marks.decimal;
}

std::optional<rules::Scaled> PlainNumbers::read(std::string_view cell) const {
  const auto number = rules::parse_scaled(cell, mark_);
  const bool within = number && low_.keeps(*number, std::strong_ordering::less) &&
                      high_.keeps(*number, std::strong_ordering::greater);
  return within ? number : std::nullopt;
}

PlainNumbers::Bound::Bound(const std::optional<rules::Value>& bound) : is_there(bound.has_value()) {
  const auto* number = bound ? std::get_if<rules::Decimal>(&*bound) : nullptr;
  if (number != nullptr) value = rules::to_scaled(*number);
}

bool PlainNumbers::Bound::keeps(rules::Scaled number, std::strong_ordering beyond) const {
  if (!is_there) return true;
  const auto order = value ? rules::compare(number, *value) : std::nullopt;
  return order && *order != beyond;
}

std::string help_with_number(std::string_view cell, const rules::Type& type, const NumberMarks& marks,
                             std::size_t column) {
  const bool is_whole = type.kind == rules::TypeKind::integer;
  if (is_whole || !marks.may_be_thousands[column] || !may_write_thousands(cell, marks.decimal))
    return help_with_cell(cell, type, marks.decimal);
  return "escriba " + rules::to_display(with_thousands(cell, marks.decimal)) +
         " si son miles; si son decimales, dé «--decimal " + marks.decimal + "»";
}

}  // namespace cauce::engine
