#include "rules/value_column.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "rules/scaled.hpp"

namespace cauce::rules {
namespace {

UnitKind unit_kind(TypeKind kind) {
  switch (kind) {
    case TypeKind::truth:
      return UnitKind::truth;
    case TypeKind::integer:
    case TypeKind::number:
      return UnitKind::number;
    case TypeKind::date:
      return UnitKind::day;
    case TypeKind::text:
    case TypeKind::one_of:
      return UnitKind::text;
    case TypeKind::nothing:
      break;
  }
  return UnitKind::nothing;
}

std::uint8_t truth_number(bool holds) {
  return holds ? truth_yes : truth_no;
}

}  // namespace

Value value_of_units(UnitKind kind, int decimals, std::int64_t units, const Texts& texts) {
  switch (kind) {
    case UnitKind::truth:
      return units != 0;
    case UnitKind::number:
      return from_units(units, decimals);
    case UnitKind::day:
      return Date(std::chrono::days(units));
    case UnitKind::text:
      return std::string(texts.at(units));
    case UnitKind::nothing:
      break;
  }
  return Missing();
}

ValueColumn::ValueColumn(TypeKind type) : kind_(unit_kind(type)) {}

void ValueColumn::reserve(std::size_t rows) {
  known_.reserve(rows);
  if (kind_ != UnitKind::truth) units_.reserve(rows);
}

void ValueColumn::reserve_texts(std::size_t count) {
  texts_.reserve(count);
}

void ValueColumn::push_back(const Value& value) {
  if (in_units()) {
    if (const auto cell = cell_of(value)) {
      push_cell(*cell);
      return;
    }
    keep_as_values();
  }
  values_.push_back(value);
}

void ValueColumn::push_number(Scaled number) {
  if (in_units()) {
    if (const auto units = units_of(number)) {
      push_cell(known_cell(*units));
      return;
    }
    keep_as_values();
  }
  values_.push_back(from_units(number.units, number.decimals));
}

bool ValueColumn::push_text(std::string_view text) {
  const std::size_t before = texts_.size();
  push_cell(known_cell(texts_.place_of(text)));
  return texts_.size() > before;
}

void ValueColumn::push_again(std::size_t row) {
  if (in_units()) {
    push_cell({kind_ == UnitKind::truth ? 0 : units_.at(row), known_.at(row)});
  } else {
    values_.push_back(values_.at(row));
  }
}

void ValueColumn::set(std::size_t row, const Value& value) {
  if (in_units()) {
    if (const auto cell = cell_of(value)) {
      known_.at(row) = cell->known;
      if (kind_ != UnitKind::truth) units_.at(row) = cell->units;
      return;
    }
    keep_as_values();
  }
  values_.at(row) = value;
}

Value ValueColumn::at(std::size_t row) const {
  if (!in_units()) return values_.at(row);
  const std::uint8_t known = known_.at(row);
  if (kind_ == UnitKind::truth) return known == truth_unknown ? Value(Missing()) : Value(known == truth_yes);
  return known == 0 ? Value(Missing()) : value_of_units(kind_, decimals_, units_[row], texts_);
}

bool ValueColumn::is_known(std::size_t row) const {
  if (!in_units()) return !is_missing(values_.at(row));
  return known_.at(row) != (kind_ == UnitKind::truth ? truth_unknown : 0);
}

std::string_view ValueColumn::text_at(std::size_t row) const {
  if (in_units())
    return kind_ == UnitKind::text && is_known(row) ? texts_.at(units_[row]) : std::string_view();
  const auto* text = std::get_if<std::string>(&values_.at(row));
  return text != nullptr ? std::string_view(*text) : std::string_view();
}

ValueColumn::Iterator ValueColumn::begin() const {
  return {*this, 0};
}
ValueColumn::Iterator ValueColumn::end() const {
  return {*this, size()};
}

std::optional<ValueColumn::Cell> ValueColumn::cell_of(const Value& value) {
  if (is_missing(value)) return Cell{0, kind_ == UnitKind::truth ? truth_unknown : std::uint8_t{0}};
  std::optional<std::int64_t> units;
  if (const auto* number = std::get_if<Decimal>(&value); number != nullptr && kind_ == UnitKind::number) {
    const auto scaled = to_scaled(*number);
    units = scaled ? units_of(*scaled) : std::nullopt;
  } else if (const auto* text = std::get_if<std::string>(&value);
             text != nullptr && kind_ == UnitKind::text) {
    units = texts_.place_of(*text);
  } else if (const auto* date = std::get_if<Date>(&value); date != nullptr && kind_ == UnitKind::day) {
    units = date->time_since_epoch().count();
  } else if (const auto* holds = std::get_if<bool>(&value); holds != nullptr && kind_ == UnitKind::truth) {
    return Cell{0, truth_number(*holds)};
  }
  return units ? std::optional(known_cell(*units)) : std::nullopt;
}

std::optional<std::int64_t> ValueColumn::units_of(Scaled number) {
  if (number.decimals > decimals_ && !widen_to(number.decimals)) return std::nullopt;
  return times_power_of_ten(number.units, decimals_ - number.decimals);
}

ValueColumn::Cell ValueColumn::known_cell(std::int64_t units) {
  range_ = {std::min(range_.low, units), std::max(range_.high, units)};
  return {units, 1};
}

void ValueColumn::push_cell(Cell cell) {
  if (kind_ != UnitKind::truth) units_.push_back(cell.units);
  known_.push_back(cell.known);
}

/// Counts what there is in finer units; false if those are too many for 64 bits.
bool ValueColumn::widen_to(int decimals) {
  const int by = decimals - decimals_;
  const auto low = times_power_of_ten(range_.low, by);
  const auto high = times_power_of_ten(range_.high, by);
  if (!low || !high) return false;
  for (std::int64_t& units : units_)
    units = *times_power_of_ten(units, by);  // within the range
  range_ = {*low, *high};
  decimals_ = decimals;
  return true;
}

void ValueColumn::keep_as_values() {
  values_.assign(begin(), end());
  kept_as_values_ = true;
  units_ = {};
  known_ = {};
}

bool operator==(const ValueColumn& a, const ValueColumn& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

}  // namespace cauce::rules
