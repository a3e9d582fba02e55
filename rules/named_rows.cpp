#include "rules/named_rows.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "rules/noun.hpp"

namespace cauce::rules {
namespace {

constexpr std::size_t most_named = 10;

/// `19100 Bolívar (Cauca)`: where it lies tells those of one name apart.
std::string with_parent(std::uint32_t row, const Ruleset& rules, const Territory& territory,
                        EntityKindId kind) {
  std::string text = territory.key_of(rules, kind, row) + " " + territory.name_of(rules, kind, row);
  const auto parent = at(rules.entities, kind).parent;
  if (!parent) return text;
  const std::uint32_t above = territory.ancestor(rules, kind, row, *parent);
  return above == no_row ? text : text + " (" + territory.name_of(rules, *parent, above) + ")";
}

std::string_view without_zeros(std::string_view key) {
  return key.substr(std::min(key.find_first_not_of('0'), key.size()));
}

/// The row whose key a spreadsheet has shortened, or whose key or name is nearest.
std::uint32_t nearest_row(std::string_view given, const Ruleset& rules, const Territory& territory,
                          EntityKindId kind) {
  std::vector<std::string> known;
  for (std::uint32_t row = 0; row < territory.of(kind).size(); ++row) {
    known.push_back(territory.key_of(rules, kind, row));
    if (without_zeros(known.back()) == without_zeros(given)) return row;
    known.push_back(territory.name_of(rules, kind, row));
  }
  const std::string_view nearest = dsl::nearest_name(given, {known.begin(), known.end()});
  if (nearest.empty()) return no_row;
  return static_cast<std::uint32_t>((std::find(known.begin(), known.end(), nearest) - known.begin()) / 2);
}

}  // namespace

std::vector<std::uint32_t> rows_named(std::string_view name, const Ruleset& rules, const Territory& territory,
                                      EntityKindId kind) {
  std::vector<std::uint32_t> rows;
  const std::string folded = dsl::fold(name);
  for (std::uint32_t row = 0; row < territory.of(kind).size(); ++row) {
    if (dsl::fold(territory.name_of(rules, kind, row)) == folded) rows.push_back(row);
  }
  return rows;
}

std::string suggested_key(std::string_view given, const Ruleset& rules, const Territory& territory,
                          EntityKindId kind) {
  const std::vector<std::uint32_t> rows = rows_named(given, rules, territory, kind);
  if (rows.size() == 1) {
    return "la clave de " + territory.name_of(rules, kind, rows.front()) + " es " +
           territory.key_of(rules, kind, rows.front());
  }
  if (!rows.empty()) {
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < std::min(rows.size(), most_named); ++i)
      shown.push_back(with_parent(rows[i], rules, territory, kind));
    if (rows.size() > most_named) shown.push_back(std::to_string(rows.size() - most_named) + " más");
    return "con ese nombre hay " + std::to_string(rows.size()) + ": " + joined(shown, "y");
  }
  const std::uint32_t nearest = nearest_row(given, rules, territory, kind);
  if (nearest == no_row) return {};
  return "¿quiso decir " + with_parent(nearest, rules, territory, kind) + "?";
}

}  // namespace cauce::rules
