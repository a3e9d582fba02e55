#include "rules/entities.hpp"

#include <stdexcept>

namespace cauce::rules {
namespace {

constexpr std::string_view name_field = "nombre";

EntityTable& table_of(Territory& territory, EntityKindId kind) {
  return territory.kinds.at(static_cast<std::size_t>(kind));
}

/// A place in the territory: a row of the table of its kind.
struct Row {
  EntityKindId kind;
  std::uint32_t row = no_row;
};

/// The parent of a row; nothing if its kind has no parent or the row's is not known.
std::optional<Row> parent_of(const Ruleset& rules, const Territory& territory, Row child) {
  const auto kind = at(rules.entities, child.kind).parent;
  if (!kind) return std::nullopt;
  const std::uint32_t row = territory.of(child.kind).parent.at(child.row);
  if (row == no_row) return std::nullopt;
  return Row{*kind, row};
}

bool is_invented(const Territory& territory, Row entity) {
  return territory.of(entity.kind).invented.contains(entity.row);
}

Value key_value(const Territory& territory, Row entity) {
  const EntityTable& table = territory.of(entity.kind);
  return table.columns[table.key_field].at(entity.row);
}

void add_row(EntityTable& table, const EntityKind& kind, const std::vector<Value>& values,
             std::uint32_t parent) {
  if (values.size() != kind.fields.size()) {
    throw std::invalid_argument("a row of " + kind.name + " has another number of fields");
  }
  const std::string* key = std::get_if<std::string>(&values.at(kind.key_field));
  if (!key) throw std::invalid_argument("a row of " + kind.name + " has no key");
  if (table.find(*key)) throw std::invalid_argument(kind.name + " " + *key + " is there twice");
  for (std::size_t field = 0; field < values.size(); ++field)
    table.columns[field].push_back(values[field]);
  table.parent.push_back(parent);
}

void add_row_by_key(EntityTable& table, const EntityKind& kind, const std::string& key) {
  std::vector<Value> values(kind.fields.size());
  values.at(kind.key_field) = key;
  add_row(table, kind, values, no_row);
}

/// The row of the parent that a row names; no_row if it names none.
std::uint32_t find_parent(Territory& territory, const Ruleset& rules, const EntityKind& kind,
                          const std::string& key, bool create) {
  if (key.empty()) return no_row;
  if (!kind.parent) throw std::invalid_argument(kind.name + " has no parent kind");
  EntityTable& parents = table_of(territory, *kind.parent);
  if (const auto found = parents.find(key)) return *found;
  const EntityKind& parent_kind = at(rules.entities, *kind.parent);
  if (!create) throw std::invalid_argument("unknown " + parent_kind.name + " " + key);
  add_row_by_key(parents, parent_kind, key);
  return static_cast<std::uint32_t>(parents.size() - 1);
}

/// A kind and those above it, nearest first.
std::vector<const EntityKind*> lineage(const std::vector<EntityKind>& kinds, const EntityKind& kind) {
  std::vector<const EntityKind*> line = {&kind};
  while (line.back()->parent)
    line.push_back(&at(kinds, *line.back()->parent));
  return line;
}

/// `departamento.nombre` for a field of a parent, `nombre` for one of the entity itself.
std::string shown_name(const EntityKind& owner, const Field& field, std::size_t level) {
  return level == 0 ? field.name : owner.name + "." + field.name;
}

/// The key of the entity at `level` of a line, as a value of its kind's name.
SlotBinding key_slot(const EntityKind& kind, std::size_t level) {
  const auto slot = level == 0 ? static_cast<std::uint32_t>(kind.key_field)
                               : static_cast<std::uint32_t>(level - 1) * slots_per_level + parent_key_slot;
  return {slot, Type::text(), kind.name, kind.span};
}

}  // namespace

std::optional<std::uint32_t> EntityTable::find(std::string_view key) const {
  const auto place = columns[key_field].texts().find(key);
  if (!place) return std::nullopt;
  return static_cast<std::uint32_t>(*place);
}

std::optional<std::uint32_t> Territory::find(EntityKindId kind, std::string_view key) const {
  return of(kind).find(key);
}

std::string Territory::key_of(const Ruleset&, EntityKindId kind, std::uint32_t row) const {
  return std::string(of(kind).key(row));
}

std::string Territory::name_of(const Ruleset& rules, EntityKindId kind, std::uint32_t row) const {
  const std::vector<Field>& fields = at(rules.entities, kind).fields;
  for (std::size_t field = 0; field < fields.size(); ++field) {
    if (fields[field].key != name_field) continue;
    const Value name = of(kind).columns[field].at(row);
    if (!is_missing(name)) return to_display(name);
  }
  return key_of(rules, kind, row);
}

std::uint32_t Territory::ancestor(const Ruleset& rules, EntityKindId kind, std::uint32_t row,
                                  EntityKindId ancestor) const {
  std::optional<Row> entity = Row{kind, row};
  while (entity && entity->kind != ancestor)
    entity = parent_of(rules, *this, *entity);
  return entity ? entity->row : no_row;
}

void add_entities(Territory& territory, const Ruleset& rules, EntityKindId kind,
                  const std::vector<EntityRow>& rows, bool create_parents) {
  const EntityKind& declared = at(rules.entities, kind);
  for (const EntityRow& row : rows) {
    const std::uint32_t parent = find_parent(territory, rules, declared, row.parent_key, create_parents);
    add_row(table_of(territory, kind), declared, row.values, parent);
  }
}

EntityTable empty_table(const EntityKind& kind) {
  EntityTable table;
  for (const Field& field : kind.fields)
    table.columns.emplace_back(field.type.kind);
  table.key_field = kind.key_field;
  return table;
}

Territory empty_territory(const Ruleset& rules) {
  Territory territory;
  for (const EntityKind& kind : rules.entities)
    territory.kinds.push_back(empty_table(kind));
  return territory;
}

EntityScopes::EntityScopes(const std::vector<EntityKind>& kinds) : levels_(kinds.size()) {
  for (const EntityKind& kind : kinds) {
    const auto line = lineage(kinds, kind);
    const auto scopes_of = [&](std::size_t level) -> std::deque<Scope>& {
      return levels_[static_cast<std::size_t>(line[level] - kinds.data())];
    };
    for (std::size_t level = line.size(); level-- > 0;) {
      // Parents stand before children, so that the nearer levels of each kind are there already.
      if (scopes_of(level).size() > level) continue;
      Scope& scope = scopes_of(level).emplace_back();
      const EntityKind& owner = *line[level];
      for (std::size_t field = 0; field < owner.fields.size(); ++field) {
        const auto slot = static_cast<std::uint32_t>(level * slots_per_level + field);
        scope.slots[owner.fields[field].key] = {slot, owner.fields[field].type,
                                                shown_name(owner, owner.fields[field], level),
                                                owner.fields[field].span};
      }
      // The entity itself goes by the name of its kind too: `municipio`.
      for (std::size_t above = level == 0 ? 0 : level + 1; above < line.size(); ++above)
        scope.objects[line[above]->key] = {key_slot(*line[above], above), &scopes_of(above)[above]};
    }
  }
}

const Scope& EntityScopes::of(EntityKindId kind) const {
  return at(levels_, kind).front();
}

EntityFacts::EntityFacts(const Ruleset& rules, const Territory& territory, EntityKindId kind,
                         std::uint32_t row)
    : rules_(rules), territory_(territory), kind_(kind), row_(row) {}

Value EntityFacts::value(std::uint32_t slot) const {
  std::optional<Row> entity = Row{kind_, row_};
  for (std::uint32_t level = slot / slots_per_level; entity && level > 0; --level) {
    entity = parent_of(rules_, territory_, *entity);
  }
  if (!entity) return Missing();
  const std::uint32_t field = slot % slots_per_level;
  if (field != parent_key_slot) {
    if (field == at(rules_.entities, entity->kind).key_field && is_invented(territory_, *entity))
      return Missing();
    return territory_.of(entity->kind).columns.at(field).at(entity->row);
  }
  const auto parent = parent_of(rules_, territory_, *entity);
  return parent && !is_invented(territory_, *parent) ? key_value(territory_, *parent) : Missing();
}

}  // namespace cauce::rules
