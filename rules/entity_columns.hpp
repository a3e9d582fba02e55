// The data of the entities of a kind in typed columns, for expressions that are evaluated for all of them
// together.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/entities.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {

/// Truth values, numbered so that Kleene's *y* is the lesser of two and *o* the greater.
inline constexpr std::uint8_t truth_no = 0;
inline constexpr std::uint8_t truth_unknown = 1;
inline constexpr std::uint8_t truth_yes = 2;

/// What the units of a column count.
enum class UnitKind : std::uint8_t {
  nothing,  ///< no value is known
  truth,    ///< `known` holds the truth values, and there are no units
  number,   ///< units of 10^-decimals
  day,      ///< since 1970
  text,     ///< places in Texts
};

/// The least and the greatest that units can be, zero among them.
struct UnitRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// One value a row. Where it is not known its units are 0.
struct Column {
  UnitKind kind = UnitKind::nothing;
  int decimals = 0;
  UnitRange range = {};
  std::vector<std::int64_t> units = {};
  std::vector<std::uint8_t> known = {};
};

/// Each text once, so that equal texts are equal numbers. The texts themselves stay where they stand.
class Texts {
 public:
  std::int64_t place_of(std::string_view text);
  std::string_view at(std::int64_t place) const { return texts_[static_cast<std::size_t>(place)]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, std::int64_t> places_;
};

/// The columns that expressions over a kind of entity read by their slots, each made when it is first asked
/// for. The territory must outlive them, and not change.
class EntityColumns {
 public:
  EntityColumns(const Ruleset& rules, const Territory& territory, EntityKindId kind)
      : rules_(rules), territory_(territory), kind_(kind) {}

  std::size_t size() const { return territory_.of(kind_).size(); }
  /// Nothing if there are values that 64 bits do not hold exactly.
  const Column* find(std::uint32_t slot);
  Texts& texts() { return texts_; }
  const Texts& texts() const { return texts_; }

 private:
  std::optional<Column> make(std::uint32_t slot);
  std::optional<Column> make_own(EntityKindId kind, std::size_t field);
  const std::vector<std::uint32_t>& rows_above(std::size_t level);

  const Ruleset& rules_;
  const Territory& territory_;
  EntityKindId kind_;
  Texts texts_;
  std::map<std::uint32_t, std::optional<Column>> by_slot_;
  std::vector<std::vector<std::uint32_t>> above_;  ///< from level 1 on, the row of each entity's ancestor
};

}  // namespace cauce::rules
