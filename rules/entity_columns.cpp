#include "rules/entity_columns.hpp"

#include <memory>

namespace cauce::rules {
namespace {

/// How `known` says of a value that it is not.
std::uint8_t not_known(UnitKind kind) {
  return kind == UnitKind::truth ? truth_unknown : std::uint8_t{0};
}

/// Of no row of the parents there is nothing known.
Operator gather(const std::vector<std::uint32_t>& parents, Lanes values, std::uint8_t none) {
  return units_by([&parents, values, none](Batch batch, std::int64_t* units, std::uint8_t* known) {
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      const std::uint32_t row = parents[batch.first + i];
      known[i] = row == no_row ? none : values.known[row];
      units[i] = row == no_row || values.units == nullptr ? 0 : values.units[row];
    }
  });
}

}  // namespace

std::optional<Vectorised> EntityColumns::find(std::uint32_t slot) {
  auto found = by_slot_.find(slot);
  if (found == by_slot_.end()) {
    const auto place = place_of(slot);
    found = by_slot_.emplace(slot, place ? make(*place) : std::nullopt).first;
  }
  return found->second;
}

std::optional<EntityColumns::Place> EntityColumns::place_of(std::uint32_t slot) const {
  Place place{kind_, slot / slots_per_level, slot % slots_per_level};
  const bool parent_key = place.field == parent_key_slot;
  if (parent_key) ++place.level;
  EntityKindId kind = kind_;
  for (std::size_t below = 0; below < place.level; ++below) {
    const auto parent = at(rules_.entities, kind).parent;
    if (!parent) return std::nullopt;
    kind = *parent;
  }
  if (parent_key) place.field = at(rules_.entities, kind).key_field;
  return place;
}

std::optional<Vectorised> EntityColumns::make(Place place) {
  const EntityTable& table = territory_.of(place.kind);
  const bool is_key_of_invented = place.field == table.key_field && !table.invented.empty();
  if (place.level == 0 && !is_key_of_invented) {
    const ValueColumn& column = table.columns.at(place.field);
    return column.in_units() ? std::optional(read_own(column)) : std::nullopt;
  }
  if (place.level == 0) {
    const Column* own = find_column(place);
    return Vectorised{std::make_shared<ReadLanes>(own->lanes()), own->kind, own->decimals, own->range};
  }
  const EntityKindId parent = at(rules_.entities, place.kind).parent.value();
  const Column* parents = find_column({parent, place.level - 1, place.field});
  if (parents == nullptr) return std::nullopt;
  return read_above(place.kind, *parents);
}

/// Texts are numbered in each column by itself: read with the numbers that they have together.
Vectorised EntityColumns::read_own(const ValueColumn& column) {
  const Lanes lanes{column.units().empty() ? nullptr : column.units().data(), column.known().data()};
  if (column.kind() != UnitKind::text) {
    return {std::make_shared<ReadLanes>(lanes), column.kind(), column.decimals(), column.range()};
  }
  const auto texts = std::make_shared<const NumberedTexts>(NumberedTexts{lanes, places_of(column.texts())});
  Operator op = units_by([texts](Batch batch, std::int64_t* units, std::uint8_t* known) {
    const std::int64_t* numbers = texts->lanes.units + batch.first;
    for (std::uint32_t i = 0; i < batch.count; ++i)
      units[i] = texts->places[static_cast<std::size_t>(numbers[i])];
    std::copy_n(texts->lanes.known + batch.first, batch.count, known);
  });
  const UnitRange places{0, static_cast<std::int64_t>(texts_.size())};
  return {std::move(op), UnitKind::text, 0, places, std::nullopt, texts};
}

Vectorised EntityColumns::read_above(EntityKindId kind, const Column& parents) {
  Operator op = gather(territory_.of(kind).parent, parents.lanes(), not_known(parents.kind));
  return {std::move(op), parents.kind, parents.decimals, parents.range};
}

/// The place among all texts of each text of a column; at least one, which stands where none is known.
std::vector<std::int64_t> EntityColumns::places_of(const Texts& texts) {
  std::vector<std::int64_t> places(std::max<std::size_t>(texts.size(), 1), 0);
  for (std::size_t text = 0; text < texts.size(); ++text)
    places[text] = texts_.place_of(texts.at(static_cast<std::int64_t>(text)));
  return places;
}

const EntityColumns::Column* EntityColumns::find_column(Place place) {
  auto found = columns_.find(place);
  if (found == columns_.end()) found = columns_.emplace(place, make_column(place)).first;
  return found->second ? &*found->second : nullptr;
}

std::optional<EntityColumns::Column> EntityColumns::make_column(Place place) {
  if (place.level == 0) {
    if (!territory_.of(place.kind).columns.at(place.field).in_units()) return std::nullopt;
    return copy_own(place.kind, place.field);
  }
  const EntityKindId parent = at(rules_.entities, place.kind).parent.value();
  const Column* above = find_column({parent, place.level - 1, place.field});
  if (above == nullptr) return std::nullopt;
  Column column{.kind = above->kind, .decimals = above->decimals, .range = above->range};
  for (const std::uint32_t row : territory_.of(place.kind).parent) {
    column.known.push_back(row == no_row ? not_known(above->kind) : above->known[row]);
    if (above->kind != UnitKind::truth) column.units.push_back(row == no_row ? 0 : above->units[row]);
  }
  return column;
}

/// For every rule the key of who was made up is sin dato.
EntityColumns::Column EntityColumns::copy_own(EntityKindId kind, std::size_t field) {
  const EntityTable& table = territory_.of(kind);
  const ValueColumn& own = table.columns.at(field);
  Column column{own.kind(), own.decimals(), own.range(), own.units(), own.known()};
  if (own.kind() == UnitKind::text) {
    const std::vector<std::int64_t> places = places_of(own.texts());
    for (std::int64_t& text : column.units)
      text = places[static_cast<std::size_t>(text)];
    column.range = {0, static_cast<std::int64_t>(texts_.size())};
  }
  if (field == table.key_field) {
    for (const std::uint32_t row : table.invented)
      column.known.at(row) = 0;
  }
  return column;
}

}  // namespace cauce::rules
