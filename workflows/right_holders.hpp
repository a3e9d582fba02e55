// Who may do what needs a right over the system.
#pragma once

#include <string>
#include <vector>

#include "workflows/team.hpp"

namespace cauce::workflows {

/// The titles of the roles that have `right`.
std::vector<std::string> roles_with(const rules::Ruleset& rules, rules::Right right);
/// The persons who have it on `day`, each once.
std::vector<std::string> persons_with(const Team& team, rules::Right right, Date day);

}  // namespace cauce::workflows
