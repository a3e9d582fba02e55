#include "rules/entity_columns.hpp"

#include <algorithm>

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

/// As many decimals as the value that has most.
std::optional<int> most_decimals(const std::vector<Value>& values) {
  int most = 0;
  for (const Value& value : values) {
    const auto* number = std::get_if<Decimal>(&value);
    if (number == nullptr) continue;
    const auto decimals = decimals_of(*number);
    if (!decimals) return std::nullopt;
    most = std::max(most, *decimals);
  }
  return most;
}

void add(Column& column, std::optional<std::int64_t> units) {
  column.units.push_back(units.value_or(0));
  column.known.push_back(units ? 1 : 0);
  column.range.low = std::min(column.range.low, column.units.back());
  column.range.high = std::max(column.range.high, column.units.back());
}

bool fill_numbers(Column& column, const std::vector<Value>& values) {
  const auto decimals = most_decimals(values);
  if (!decimals) return false;
  column.decimals = *decimals;
  for (const Value& value : values) {
    const auto* number = std::get_if<Decimal>(&value);
    const auto units = number != nullptr ? to_units(*number, *decimals) : std::nullopt;
    if (number != nullptr && !units) return false;
    add(column, units);
  }
  return true;
}

void fill_days(Column& column, const std::vector<Value>& values) {
  for (const Value& value : values) {
    const auto* date = std::get_if<Date>(&value);
    add(column,
        date != nullptr ? std::optional<std::int64_t>(date->time_since_epoch().count()) : std::nullopt);
  }
}

void fill_texts(Column& column, const std::vector<Value>& values, Texts& texts) {
  for (const Value& value : values) {
    const auto* text = std::get_if<std::string>(&value);
    add(column, text != nullptr ? std::optional(texts.place_of(*text)) : std::nullopt);
  }
}

void fill_truths(Column& column, const std::vector<Value>& values) {
  for (const Value& value : values) {
    const auto known = truth(value);
    column.known.push_back(!known ? truth_unknown : *known ? truth_yes : truth_no);
  }
}

}  // namespace

std::int64_t Texts::place_of(std::string_view text) {
  const auto [found, is_new] = places_.emplace(text, static_cast<std::int64_t>(texts_.size()));
  if (is_new) texts_.push_back(text);
  return found->second;
}

const Column* EntityColumns::find(std::uint32_t slot) {
  auto found = by_slot_.find(slot);
  if (found == by_slot_.end()) found = by_slot_.emplace(slot, make(slot)).first;
  return found->second ? &*found->second : nullptr;
}

/// The column of a kind's own field; for every rule the key of who was made up is sin dato.
std::optional<Column> EntityColumns::make_own(EntityKindId kind, std::size_t field) {
  const EntityTable& table = territory_.of(kind);
  const EntityKind& declared = at(rules_.entities, kind);
  const std::vector<Value>& values = table.columns.at(field);
  Column column{.kind = unit_kind(declared.fields.at(field).type.kind)};
  column.known.reserve(values.size());
  if (column.kind != UnitKind::truth) column.units.reserve(values.size());
  switch (column.kind) {
    case UnitKind::truth:
      fill_truths(column, values);
      break;
    case UnitKind::number:
      if (!fill_numbers(column, values)) return std::nullopt;
      break;
    case UnitKind::day:
      fill_days(column, values);
      break;
    case UnitKind::text:
    case UnitKind::nothing:
      fill_texts(column, values, texts_);
      break;
  }
  if (field == declared.key_field) {
    for (const std::uint32_t row : table.invented)
      column.known.at(row) = 0;
  }
  return column;
}

const std::vector<std::uint32_t>& EntityColumns::rows_above(std::size_t level) {
  EntityKindId kind = kind_;
  for (std::size_t below = 0; below < level; ++below) {
    const std::vector<std::uint32_t>& parents = territory_.of(kind).parent;
    if (above_.size() == below) {
      std::vector<std::uint32_t> rows = below == 0 ? parents : above_[below - 1];
      if (below > 0) {
        for (std::uint32_t& row : rows)
          row = row == no_row ? no_row : parents.at(row);
      }
      above_.push_back(std::move(rows));
    }
    kind = *at(rules_.entities, kind).parent;
  }
  return above_.at(level - 1);
}

std::optional<Column> EntityColumns::make(std::uint32_t slot) {
  std::size_t level = slot / slots_per_level;
  std::size_t field = slot % slots_per_level;
  const bool parent_key = field == parent_key_slot;
  if (parent_key) ++level;
  EntityKindId kind = kind_;
  for (std::size_t below = 0; below < level; ++below) {
    const auto parent = at(rules_.entities, kind).parent;
    if (!parent) return std::nullopt;
    kind = *parent;
  }
  if (parent_key) field = at(rules_.entities, kind).key_field;
  auto own = make_own(kind, field);
  if (level == 0 || !own) return own;

  Column column{.kind = own->kind, .decimals = own->decimals, .range = own->range};
  const std::uint8_t none = own->kind == UnitKind::truth ? truth_unknown : std::uint8_t{0};
  column.known.reserve(size());
  column.units.reserve(own->units.empty() ? 0 : size());
  for (const std::uint32_t row : rows_above(level)) {
    column.known.push_back(row == no_row ? none : own->known[row]);
    if (own->kind != UnitKind::truth) column.units.push_back(row == no_row ? 0 : own->units[row]);
  }
  return column;
}

}  // namespace cauce::rules
