#include "rules/absent_values.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/fold.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {
namespace {

/// A column of the data.
struct Column {
  EntityKindId kind;
  std::size_t field;
  auto operator<=>(const Column&) const = default;
};

/// The texts of each column that was asked for.
class TextsOfData {
 public:
  TextsOfData(const Ruleset& rules, const Territory& territory) : rules_(rules), territory_(territory) {}

  using Texts = std::set<std::string_view>;

  const Texts& of(const Column& column) {
    const auto [known, is_new] = texts_.try_emplace(column);
    if (is_new) {
      const EntityTable& table = territory_.of(column.kind);
      for (std::size_t row = 0; row < table.size(); ++row) {
        if (table.columns[column.field].is_known(row))
          known->second.insert(table.columns[column.field].text_at(row));
      }
    }
    return known->second;
  }

  /// Where a slot of an entity of `kind` is kept, if that is a text.
  std::optional<Column> column_of(EntityKindId kind, std::uint32_t slot) const {
    std::optional<EntityKindId> owner = kind;
    std::uint32_t level = slot / slots_per_level + (slot % slots_per_level == parent_key_slot ? 1 : 0);
    for (; owner && level > 0; --level)
      owner = at(rules_.entities, *owner).parent;
    if (!owner) return std::nullopt;
    const EntityKind& declared = at(rules_.entities, *owner);
    const std::size_t field =
        slot % slots_per_level == parent_key_slot ? declared.key_field : slot % slots_per_level;
    if (field >= declared.fields.size() || declared.fields[field].type.kind != TypeKind::text)
      return std::nullopt;
    return Column{*owner, field};
  }

  /// The key of the entity that is called `name`, where `column` holds keys; empty if none is.
  std::string key_of_named(const Column& column, std::string_view name) const {
    const EntityKind& declared = at(rules_.entities, column.kind);
    if (column.field != declared.key_field) return {};
    const EntityTable& table = territory_.of(column.kind);
    for (std::uint32_t row = 0; row < table.size(); ++row) {
      if (territory_.name_of(rules_, column.kind, row) == name) return std::string(table.key(row));
    }
    return {};
  }

 private:
  const Ruleset& rules_;
  const Territory& territory_;
  std::map<Column, Texts> texts_;
};

class AbsentValues {
 public:
  AbsentValues(const Ruleset& rules, const Territory& territory, dsl::Diagnostics& diagnostics)
      : texts_(rules, territory), diagnostics_(diagnostics) {}

  void check(const Targeting& targeting) {
    kind_ = targeting.entity;
    for (const auto* clauses : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
      for (const TargetingClause& clause : *clauses)
        check(clause.condition);
    }
    for (const TargetingScore& part : targeting.score)
      check(part.value);
    for (const TargetingQuota& quota : targeting.quotas) {
      for (const auto& [name, limit] : quota.named)
        check(quota.group, name, quota.span);
    }
  }

 private:
  void check(const Expression& expression) {
    if (std::holds_alternative<Aggregation>(expression.node)) return;  // its slots are those of its elements
    if (const auto* operation = std::get_if<BinaryOperation>(&expression.node);
        operation != nullptr &&
        (operation->op == dsl::BinaryOp::equal || operation->op == dsl::BinaryOp::not_equal)) {
      check_pair(*operation->left, *operation->right);
      check_pair(*operation->right, *operation->left);
    } else if (const auto* membership = std::get_if<Membership>(&expression.node)) {
      for (const Expression& value : membership->values)
        check_pair(*membership->operand, value);
    }
    for_each_child(expression, [&](const Expression& child) { check(child); });
  }

  void check_pair(const Expression& compared, const Expression& with) {
    const auto* literal = std::get_if<Literal>(&with.node);
    const auto* text = literal == nullptr ? nullptr : std::get_if<std::string>(&literal->value);
    if (text != nullptr) check(compared, *text, with.span);
  }

  void check(const Expression& compared, const std::string& text, dsl::Span span) {
    const auto* read = std::get_if<ReadSlot>(&compared.node);
    if (read == nullptr || read->slot.depth != 0) return;
    const auto column = texts_.column_of(kind_, read->slot.index);
    if (!column) return;
    const TextsOfData::Texts& known = texts_.of(*column);
    if (known.empty() || known.contains(text)) return;
    dsl::Diagnostic& warning = diagnostics_.emplace_back(
        dsl::Diagnostic{dsl::Code::condition_always, span,
                        "en los datos nadie tiene «" + text + "» en «" + read->name + "»"});
    if (const std::string key = texts_.key_of_named(*column, text); !key.empty()) {
      warning.help = "«" + read->name + "» es una clave, y la de " + text + " es \"" + key + "\"";
    } else if (const auto near = dsl::nearest_name(text, {known.begin(), known.end()}); !near.empty()) {
      warning.help = "¿quiso decir \"" + std::string(near) + "\"?";
    }
  }

  TextsOfData texts_;
  dsl::Diagnostics& diagnostics_;
  EntityKindId kind_ = {};
};

}  // namespace

void warn_of_absent_values(const Ruleset& rules, const Territory& territory, dsl::Diagnostics& diagnostics) {
  AbsentValues values(rules, territory, diagnostics);
  for (const Targeting& targeting : rules.targetings)
    values.check(targeting);
}

}  // namespace cauce::rules
