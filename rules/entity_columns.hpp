// The data of the entities of a kind as operators, for expressions that are evaluated for all of them
// together.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/texts.hpp"
#include "rules/vectorised.hpp"

namespace cauce::rules {

/// What expressions over a kind of entity read by their slots. The columns of the entities themselves are
/// read where they stand, those of their parents through them. The territory must outlive it, and not change.
class EntityColumns {
 public:
  EntityColumns(const Ruleset& rules, const Territory& territory, EntityKindId kind)
      : rules_(rules), territory_(territory), kind_(kind) {}

  /// What reads one slot of every entity. Nothing if there are values that 64 bits do not hold exactly.
  std::optional<Vectorised> find(std::uint32_t slot);
  /// All texts that are read by units.
  Texts& texts() { return texts_; }
  const Texts& texts() const { return texts_; }

 private:
  /// One value a row, with the texts of all columns numbered together.
  struct Column {
    UnitKind kind = UnitKind::nothing;
    int decimals = 0;
    UnitRange range = {};
    std::vector<std::int64_t> units = {};
    std::vector<std::uint8_t> known = {};

    Lanes lanes() const { return {units.empty() ? nullptr : units.data(), known.data()}; }
  };
  /// A field of the parent that lies `level` above an entity of `kind`.
  struct Place {
    EntityKindId kind;
    std::size_t level;
    std::size_t field;
    auto operator<=>(const Place&) const = default;
  };

  std::optional<Place> place_of(std::uint32_t slot) const;
  std::optional<Vectorised> make(Place place);
  Vectorised read_own(const ValueColumn& column);
  Vectorised read_above(EntityKindId kind, const Column& parents);
  const Column* find_column(Place place);
  std::optional<Column> make_column(Place place);
  Column copy_own(EntityKindId kind, std::size_t field);
  std::vector<std::int64_t> places_of(const Texts& texts);

  const Ruleset& rules_;
  const Territory& territory_;
  EntityKindId kind_;
  Texts texts_;
  std::map<std::uint32_t, std::optional<Vectorised>> by_slot_;
  std::map<Place, std::optional<Column>> columns_;
};

}  // namespace cauce::rules
