#include "workflows/right_holders.hpp"

#include <algorithm>

namespace cauce::workflows {

std::vector<std::string> roles_with(const rules::Ruleset& rules, rules::Right right) {
  std::vector<std::string> titles;
  for (const rules::Role& role : rules.roles) {
    if (std::find(role.rights.begin(), role.rights.end(), right) != role.rights.end())
      titles.push_back(role.title);
  }
  return titles;
}

std::vector<std::string> persons_with(const Team& team, rules::Right right, Date day) {
  std::vector<std::string> persons;
  for (const Assignment& assignment : team.assignments()) {
    const std::string& person = assignment.person;
    const bool is_told = std::find(persons.begin(), persons.end(), person) != persons.end();
    if (!is_told && team.has_right(person, right, day)) persons.push_back(person);
  }
  return persons;
}

}  // namespace cauce::workflows
