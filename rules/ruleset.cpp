#include "rules/ruleset.hpp"

#include <array>
#include <utility>

#include "dsl/fold.hpp"

namespace cauce::rules {

namespace {

constexpr std::array<std::pair<Right, std::string_view>, 7> rights = {{
    {Right::publish, "publicar"},
    {Right::import, "importar"},
    {Right::assign, "asignar"},
    {Right::migrate, "migrar"},
    {Right::plans, "planes"},
    {Right::accounts, "cuentas"},
    {Right::audit, "auditar"},
}};

template <typename Id>
std::optional<Id> find_named(const Ruleset::Numbers& numbers, std::string_view name) {
  const auto found = numbers.find(dsl::fold(name));
  if (found == numbers.end()) return std::nullopt;
  return static_cast<Id>(found->second);
}

}  // namespace

const ParameterValue& Parameter::value_on(Date date) const {
  const ParameterValue* held = &values.front();
  for (const ParameterValue& value : values) {
    if (value.from && *value.from > date) break;
    held = &value;
  }
  return *held;
}

std::optional<Right> find_right(std::string_view folded) {
  for (const auto& [right, name] : rights) {
    if (name == folded) return right;
  }
  return std::nullopt;
}

std::string_view spanish_name(Right right) {
  return rights.at(static_cast<std::size_t>(right)).second;
}

std::optional<RoleId> Ruleset::find_role(std::string_view name) const {
  return find_named<RoleId>(roles_by_key, name);
}

std::optional<EntityKindId> Ruleset::find_entity(std::string_view name) const {
  return find_named<EntityKindId>(entities_by_key, name);
}

std::optional<TargetingId> Ruleset::find_targeting(std::string_view name) const {
  return find_named<TargetingId>(targetings_by_key, name);
}

bool Ruleset::is_superior(RoleId superior, RoleId role) const {
  for (auto above = at(roles, role).superior; above; above = at(roles, *above).superior) {
    if (*above == superior) return true;
  }
  return false;
}

}  // namespace cauce::rules
