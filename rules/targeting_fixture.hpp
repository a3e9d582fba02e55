// A small territory and the parts of a focalización, made by hand for its tests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/entities.hpp"
#include "rules/targeting.hpp"

namespace cauce::rules::fixture {

constexpr EntityKindId department{0};
constexpr EntityKindId town{1};

/// The fields of a town, which are their slots too.
enum Slots : std::uint32_t {
  code,
  barred,
  required,
  first_call,
  second_call,
  first_part,
  second_part,
  poverty,
  area
};

inline Field field(std::string name, Type type, bool is_key = false) {
  Field made;
  made.name = name;
  made.key = name;
  made.title = std::move(name);
  made.type = std::move(type);
  made.is_key = is_key;
  return made;
}

/// departamento (código) and municipio (every slot above) en departamento.
inline Ruleset rules() {
  Ruleset made;
  EntityKind& departments = made.entities.emplace_back();
  departments.name = departments.key = "departamento";
  departments.fields = {field("código", Type::text(), true)};
  EntityKind& towns = made.entities.emplace_back();
  towns.name = towns.key = "municipio";
  towns.parent = department;
  towns.fields = {field("código", Type::text(), true), field("excluido", Type::truth()),
                  field("requerido", Type::truth()),   field("llamado", Type::truth()),
                  field("pdet", Type::truth()),        field("mdm", Type::number()),
                  field("idf", Type::number()),        field("ipm", Type::number()),
                  field("zona", Type::text())};
  return made;
}

inline Expression read(std::uint32_t slot) {
  static const Ruleset known = rules();
  if (slot == parent_key_slot) return {ReadSlot{{0, slot}, "departamento"}, Type::text(), {}};
  const Field& read_field = at(known.entities, town).fields.at(slot);
  return {ReadSlot{{0, slot}, read_field.name}, read_field.type, {}};
}

inline TargetingClause clause(std::uint32_t slot) {
  return {read(slot), {}, {}, {}};
}

inline TargetingScore part(std::uint32_t slot) {
  return {"p" + std::to_string(slot), "p" + std::to_string(slot), "", read(slot)};
}

inline TargetingSortKey by_score(bool descending = true) {
  return {{}, true, {}, descending};
}

inline TargetingSortKey by_field(std::uint32_t slot, bool descending = false) {
  return {read(slot), false, {}, descending};
}

inline TargetingMinimum minimum(std::int64_t count, std::uint32_t slot, std::string shown) {
  return {count, read(slot), std::move(shown), {}};
}

inline Targeting targeting() {
  Targeting made;
  made.name = made.key = "municipios";
  made.entity = town;
  return made;
}

/// A town, nothing of which is known but its key.
struct Town {
  std::string key;
  std::optional<bool> barred = {};
  std::optional<bool> required = {};
  std::optional<bool> first_call = {};
  std::optional<bool> second_call = {};
  std::optional<int> first_part = {};
  std::optional<int> second_part = {};
  std::optional<int> poverty = {};
  std::optional<std::string> area = {};
  std::optional<std::string> department = {};
};

template <typename T>
Value known_or_missing(const std::optional<T>& value) {
  if (!value) return Missing();
  return *value;
}

inline Value number_or_missing(const std::optional<int>& value) {
  if (!value) return Missing();
  return Decimal(*value);
}

inline Territory territory(const Ruleset& rules, const std::vector<Town>& towns) {
  Territory made = empty_territory(rules);
  std::vector<EntityRow> rows;
  for (const Town& each : towns) {
    rows.push_back({{Value(each.key), known_or_missing(each.barred), known_or_missing(each.required),
                     known_or_missing(each.first_call), known_or_missing(each.second_call),
                     number_or_missing(each.first_part), number_or_missing(each.second_part),
                     number_or_missing(each.poverty), known_or_missing(each.area)},
                    each.department.value_or("")});
  }
  add_entities(made, rules, town, rows, true);
  return made;
}

}  // namespace cauce::rules::fixture
