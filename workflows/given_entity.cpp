#include "workflows/given_entity.hpp"

#include <algorithm>
#include <stdexcept>

#include "rules/scope.hpp"

namespace cauce::workflows {
namespace {

/// A value in a test stands for itself.
class NoFacts : public rules::Facts {
 public:
  Value value(std::uint32_t) const override { return rules::Missing(); }
};

const std::string* text_in(const GivenValues& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? nullptr : std::get_if<std::string>(&found->second);
}

/// Adds rows of a test to a territory.
class GivenRows {
 public:
  GivenRows(rules::Territory& territory, const rules::Ruleset& rules, const GivenValues& values)
      : territory_(territory), rules_(rules), values_(values) {}

  std::uint32_t add_entity(EntityKindId kind) {
    const rules::EntityKind& declared = at(rules_.entities, kind);
    const std::uint32_t row = find_or_add(kind, declared.fields.at(declared.key_field).key);
    for (std::size_t field = 0; field < declared.fields.size(); ++field) {
      const auto given = values_.find(declared.fields[field].key);
      const bool is_key = field == declared.key_field;
      if (given != values_.end() && !is_key) table(kind).columns[field].set(row, given->second);
    }
    return row;
  }

  void link_upwards(EntityKindId kind, std::uint32_t row, bool all_above) {
    while (const auto above = at(rules_.entities, kind).parent) {
      const std::uint32_t known = table(kind).parent.at(row);
      const std::string& name = at(rules_.entities, *above).key;
      std::uint32_t parent = known;
      if (text_in(values_, name) != nullptr || (known == rules::no_row && (all_above || names_above(*above))))
        parent = find_or_add(*above, name);
      if (parent == rules::no_row) return;
      table(kind).parent.at(row) = parent;
      kind = *above;
      row = parent;
    }
  }

 private:
  rules::EntityTable& table(EntityKindId kind) { return territory_.kinds.at(static_cast<std::size_t>(kind)); }

  /// Whether the test names an entity above one of `kind`.
  bool names_above(EntityKindId kind) const {
    for (auto above = at(rules_.entities, kind).parent; above; above = at(rules_.entities, *above).parent) {
      if (text_in(values_, at(rules_.entities, *above).key) != nullptr) return true;
    }
    return false;
  }

  /// The row whose key the test gives under `name`; one that is made up if it gives none.
  std::uint32_t find_or_add(EntityKindId kind, const std::string& name) {
    const std::string* given = text_in(values_, name);
    if (given != nullptr) {
      const auto row = territory_.find(kind, *given);
      return row ? *row : add_row(kind, *given);
    }
    std::string key = at(rules_.entities, kind).name;
    while (territory_.find(kind, key))
      key += " de la prueba";
    const std::uint32_t row = add_row(kind, key);
    table(kind).invented.insert(row);
    return row;
  }

  std::uint32_t add_row(EntityKindId kind, const std::string& key) {
    const rules::EntityKind& declared = at(rules_.entities, kind);
    rules::EntityRow row{std::vector<Value>(declared.fields.size()), {}};
    row.values.at(declared.key_field) = key;
    rules::add_entities(territory_, rules_, kind, {row});
    return static_cast<std::uint32_t>(table(kind).size() - 1);
  }

  rules::Territory& territory_;
  const rules::Ruleset& rules_;
  const GivenValues& values_;
};

}  // namespace

Value value_given(const dsl::Expr& written, const rules::Type& type, const rules::Ruleset& rules,
                  Date as_of) {
  static const rules::Scope nothing;
  dsl::Diagnostics diagnostics;
  const auto bound = rules::bind(written, nothing, rules, type, diagnostics);
  if (!bound) throw std::logic_error("a value of a test does not fit, and the checker did not say so");
  return rules::evaluate(*bound, NoFacts(), {rules, as_of});
}

rules::Type type_given(const rules::Ruleset& rules, EntityKindId kind, std::string_view name) {
  for (const rules::Field& field : at(rules.entities, kind).fields) {
    if (field.key == name) return field.type;
  }
  return rules::Type::text();
}

GivenValues entity_given(const dsl::Record& record, const rules::Ruleset& rules, EntityKindId kind,
                         Date as_of) {
  GivenValues values;
  for (const dsl::Pair& pair : record.pairs) {
    const rules::Type type = type_given(rules, kind, pair.name.key);
    values[pair.name.key] = pair.value ? value_given(*pair.value, type, rules, as_of) : rules::Missing();
  }
  return values;
}

std::uint32_t add_given(rules::Territory& territory, const rules::Ruleset& rules, EntityKindId kind,
                        const GivenValues& values, bool all_above) {
  GivenRows rows(territory, rules, values);
  const std::uint32_t row = rows.add_entity(kind);
  rows.link_upwards(kind, row, all_above);
  return row;
}

}  // namespace cauce::workflows
