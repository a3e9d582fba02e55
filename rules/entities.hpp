// The data of a country's territory: for each kind of entity, its rows in columns.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "rules/expression.hpp"
#include "rules/ruleset.hpp"
#include "rules/scope.hpp"
#include "rules/value_column.hpp"

namespace cauce::rules {

inline constexpr std::uint32_t no_row = 0xFFFFFFFF;

/// All entities of one kind. columns[f][row] is the value of field f.
struct EntityTable {
  std::vector<ValueColumn> columns = {};
  std::size_t key_field = 0;
  std::vector<std::uint32_t> parent = {};  ///< row of the parent in its own table, or no_row
  /// Rows that a test made up: their key tells them apart, and for every rule it is sin dato.
  std::set<std::uint32_t> invented = {};

  std::size_t size() const { return parent.size(); }
  /// Keys are unique, so the place of a key among the texts of its column is its row.
  std::optional<std::uint32_t> find(std::string_view key) const;
  std::string_view key(std::uint32_t row) const { return columns[key_field].text_at(row); }
};

/// The tables by EntityKindId.
struct Territory {
  std::vector<EntityTable> kinds;

  const EntityTable& of(EntityKindId kind) const { return at(kinds, kind); }
  std::optional<std::uint32_t> find(EntityKindId kind, std::string_view key) const;
  /// The key and the shown name (field `nombre` if there is one, else the key) of a row.
  std::string key_of(const Ruleset& rules, EntityKindId kind, std::uint32_t row) const;
  std::string name_of(const Ruleset& rules, EntityKindId kind, std::uint32_t row) const;
  /// The row of the nearest entity of kind `ancestor` at or above a row; no_row if there is none.
  std::uint32_t ancestor(const Ruleset& rules, EntityKindId kind, std::uint32_t row,
                         EntityKindId ancestor) const;
};

/// One row to be added: values by field, and the key of its parent (empty: none known).
struct EntityRow {
  std::vector<Value> values;
  std::string parent_key;
};
/// Adds to the table of `kind`, in the order of `rows`; keys are unique and parents known, else
/// std::invalid_argument (the import has checked them). With `create_parents`, unknown parents are added by
/// their key only. Parents go in before their children.
void add_entities(Territory& territory, const Ruleset& rules, EntityKindId kind,
                  const std::vector<EntityRow>& rows, bool create_parents = false);

/// An empty table of one kind, and one for each kind of the rules.
EntityTable empty_table(const EntityKind& kind);
Territory empty_territory(const Ruleset& rules);

// How expressions over an entity number what they read: slot = level * slots_per_level + field, level 0 being
// the entity itself, 1 its parent and so on; the last slot of a level is the key of the parent of that level
// as `departamento`.
inline constexpr std::uint32_t slots_per_level = 1024;
inline constexpr std::uint32_t parent_key_slot = slots_per_level - 1;

/// The scopes of a kind of entity: its fields, its parents by kind (`departamento.nombre`). Bare names reach
/// the entity's own fields and its parents' kinds. They live as long as this object.
class EntityScopes {
 public:
  explicit EntityScopes(const std::vector<EntityKind>& kinds);
  EntityScopes(EntityScopes&&) = default;  // not copied: the scopes point at one another
  const Scope& of(EntityKindId kind) const;

 private:
  /// By kind, then by how far it lies above the entity at hand: all kinds below it share these. Never moved,
  /// since they point at one another.
  std::vector<std::deque<Scope>> levels_;
};

/// One entity as facts.
class EntityFacts : public Facts {
 public:
  EntityFacts(const Ruleset& rules, const Territory& territory, EntityKindId kind, std::uint32_t row);
  Value value(std::uint32_t slot) const override;

 private:
  const Ruleset& rules_;
  const Territory& territory_;
  EntityKindId kind_;
  std::uint32_t row_;
};

}  // namespace cauce::rules
