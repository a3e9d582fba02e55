#include "engine/role_terms.hpp"

#include <functional>
#include <set>

namespace cauce::engine {

std::optional<rules::EntityKindId> RoleTerms::find_scope(const rules::Role& role,
                                                         const std::string& key) const {
  for (const rules::EntityKindId kind : role.scopes) {
    if (territory.find(kind, key)) return kind;
  }
  return std::nullopt;
}

bool RoleTerms::can_be_held(const rules::Role& role, const std::string& entity) const {
  return entity.empty() ? role.national : find_scope(role, entity).has_value();
}

std::vector<RoleTerms> role_terms(const workflows::World& world,
                                  const std::vector<const workflows::Plan*>& plans) {
  std::set<workflows::PolicyVersion, std::greater<>> versions{world.current_version()};
  for (const workflows::Plan* plan : plans)
    versions.insert(plan->policy_version);
  std::vector<RoleTerms> all;
  for (const workflows::PolicyVersion version : versions)
    all.push_back({*world.policy(version).rules, world.territory(version)});
  return all;
}

std::optional<KnownRole> find_role(const std::vector<RoleTerms>& all, const std::string& name,
                                   const std::string& entity) {
  const RoleTerms* first = nullptr;
  for (const RoleTerms& terms : all) {
    const auto id = terms.rules.find_role(name);
    if (!id) continue;
    if (first == nullptr) first = &terms;
    const rules::Role& role = rules::at(terms.rules.roles, *id);
    if (terms.can_be_held(role, entity)) return KnownRole{terms, role};
  }
  if (first == nullptr) return std::nullopt;
  return KnownRole{*first, rules::at(first->rules.roles, *first->rules.find_role(name))};
}

}  // namespace cauce::engine
