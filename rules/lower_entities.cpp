// entidad: kinds of territorial entity, a tree by `en`, and their fields.
#include <algorithm>

#include "rules/graph.hpp"
#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

using Declarations = std::vector<const dsl::EntityDecl*>;
using Index = std::map<std::string_view, std::size_t>;

std::vector<std::vector<std::size_t>> parents_of(const Declarations& declarations, const Index& index) {
  std::vector<std::vector<std::size_t>> parents;
  for (const auto* declaration : declarations) {
    std::vector<std::size_t>& above = parents.emplace_back();
    if (!declaration->parent) continue;
    if (const auto found = index.find(declaration->parent->key); found != index.end()) {
      above.push_back(found->second);
    }
  }
  return parents;
}

void report_circle(const std::vector<std::size_t>& circle, const Declarations& declarations,
                   Lowering& lowering) {
  std::vector<std::string> names;
  for (const std::size_t i : circle) {
    names.push_back("«" + declarations[i]->head.name.text + "»");
    lowering.fail(declarations[i]->head.name);
  }
  const dsl::EntityDecl& first = *declarations[circle.front()];
  lowering.report(dsl::Code::circular_definition, first.parent->span,
                  "las entidades forman un círculo: " + join_circle(names, " en "),
                  "la más grande va sin «en»");
}

/// The fields that could be read. The name of one that could not is broken, and the entity goes on without
/// it.
std::vector<Field> lower_fields(const dsl::EntityDecl& declaration, Lowering& lowering) {
  std::vector<Field> fields;
  std::map<std::string_view, dsl::Span> seen;
  for (const dsl::FieldDecl& written : declaration.fields) {
    const auto [first, is_new] = seen.emplace(written.name.key, written.name.span);
    if (!is_new) {
      lowering.diagnostics.push_back({dsl::Code::declared_twice,
                                      written.name.span,
                                      "la entidad ya tiene un campo «" + written.name.text + "»",
                                      "cambie el nombre de uno de los dos",
                                      {},
                                      {{first->second, "se declaró aquí"}}});
      continue;
    }
    if (auto field = to_field(written, lowering.vigencia(), lowering.diagnostics)) {
      fields.push_back(*std::move(field));
    } else {
      lowering.fail(written.name);
    }
  }
  return fields;
}

/// The place of the one field that is `clave`.
std::optional<std::size_t> find_key(const dsl::EntityDecl& declaration, const std::vector<Field>& fields,
                                    Lowering& lowering) {
  std::optional<std::size_t> key;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].is_key) continue;
    if (key) {
      lowering.diagnostics.push_back({dsl::Code::clause_twice,
                                      fields[i].span,
                                      "la entidad ya tiene otra clave",
                                      "quite «clave» de uno de los dos campos",
                                      {},
                                      {{fields[*key].span, "la primera está aquí"}}});
      return std::nullopt;
    }
    key = i;
  }
  if (!key) {
    const bool is_broken = std::any_of(declaration.fields.begin(), declaration.fields.end(),
                                       [](const dsl::FieldDecl& field) { return field.is_key; });
    if (!is_broken) {
      lowering.report(dsl::Code::clause_missing, declaration.head.name.span,
                      "la entidad «" + declaration.head.name.text + "» no tiene clave",
                      "escriba «texto clave» en el campo que la identifica, por ejemplo su código");
    }
    return std::nullopt;
  }
  if (fields[*key].type.kind != TypeKind::text) {
    lowering.report(dsl::Code::wrong_type, fields[*key].span,
                    "la clave «" + fields[*key].name + "» es «" + fields[*key].type.to_spanish() + "»",
                    "una clave es un texto: así conserva los ceros de la izquierda");
    return std::nullopt;
  }
  return key;
}

/// How many kinds may lie above another. Each has its names in every kind below it.
constexpr std::size_t most_levels_above = 20;

/// How many lie above a kind, itself counted.
std::size_t count_levels(const std::vector<EntityKind>& kinds, EntityKindId kind) {
  std::size_t levels = 1;
  for (auto above = at(kinds, kind).parent; above; above = at(kinds, *above).parent)
    ++levels;
  return levels;
}

std::optional<EntityKind> lower_entity(const dsl::EntityDecl& declaration, const Index& lowered,
                                       const std::vector<EntityKind>& kinds, Lowering& lowering) {
  EntityKind kind;
  static_cast<Named&>(kind) = to_named(declaration.head);
  kind.fields = lower_fields(declaration, lowering);
  const auto key = find_key(declaration, kind.fields, lowering);
  bool ok = key.has_value();
  if (key) kind.key_field = *key;
  if (kind.fields.size() >= parent_key_slot) {
    lowering.report(dsl::Code::out_of_range, declaration.head.name.span,
                    "la entidad «" + kind.name + "» tiene " + std::to_string(kind.fields.size()) + " campos",
                    "puede tener hasta " + std::to_string(parent_key_slot - 1));
    ok = false;
  }
  if (declaration.parent) {
    const auto parent = lowered.find(declaration.parent->key);
    if (parent != lowered.end()) {
      kind.parent = static_cast<EntityKindId>(parent->second);
      const std::size_t levels = count_levels(kinds, *kind.parent);
      if (levels > most_levels_above) {
        lowering.report(dsl::Code::out_of_range, declaration.parent->span,
                        "la entidad «" + kind.name + "» tiene " + std::to_string(levels) + " encima",
                        "puede tener hasta " + std::to_string(most_levels_above));
        ok = false;
      }
    } else {
      lowering.report_unknown(NameKind::entity, *declaration.parent);
      ok = false;
    }
  }
  if (declaration.parent_column) kind.parent_column = declaration.parent_column->value;
  if (declaration.file) kind.file = declaration.file->value;
  if (!ok) return std::nullopt;
  return kind;
}

}  // namespace

std::vector<EntityKind> lower_entities(const std::vector<dsl::EntityDecl>& declarations, Lowering& lowering) {
  const Declarations kept = distinct(declarations, NameKind::entity, lowering.diagnostics);
  Index index;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    index.emplace(kept[i]->head.name.key, i);
  }
  const NeedOrder order = order_by_need(parents_of(kept, index));
  for (const auto& circle : order.circles) {
    report_circle(circle, kept, lowering);
  }
  std::vector<EntityKind> kinds;
  Index lowered;
  for (const std::size_t i : order.order) {
    if (auto kind = lower_entity(*kept[i], lowered, kinds, lowering)) {
      lowered.emplace(kept[i]->head.name.key, kinds.size());
      kinds.push_back(*std::move(kind));
    } else {
      lowering.fail(kept[i]->head.name);
    }
  }
  return kinds;
}

void check_clashes(Lowering& lowering) {
  for (const EntityKind& kind : lowering.rules.entities) {
    for (const Field& field : kind.fields) {
      const auto found = lowering.rules.parameters_by_key.find(field.key);
      if (found == lowering.rules.parameters_by_key.end()) continue;
      lowering.diagnostics.push_back(
          {dsl::Code::name_clash,
           field.span,
           "el campo «" + field.name + "» se confunde con un parámetro de igual nombre",
           "cambie el nombre de uno de los dos",
           {},
           {{lowering.rules.parameters[found->second].span, "el parámetro se declaró aquí"}}});
    }
  }
}

}  // namespace cauce::rules
