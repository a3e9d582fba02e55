#include "engine/administrator.hpp"

#include <algorithm>

#include "workflows/right_holders.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine {
namespace {

using rules::Right;

constexpr Right rights[] = {Right::publish, Right::import,   Right::assign, Right::migrate,
                            Right::plans,   Right::accounts, Right::audit};

void add_new(std::vector<std::string>& all, const std::vector<std::string>& some) {
  for (const std::string& one : some) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  }
}

}  // namespace

std::optional<Refusal> refuse_unless_administrator(System& system, const Actor& actor) {
  if (actor.trusted) return std::nullopt;
  const World& world = system.world();
  const PolicyVersion version = world.current_version();
  Refusal refusal{workflows::RefusalKind::not_allowed,
                  workflows::quoted(actor.person) + " no administra nada del sistema"};
  if (version == 0) return refusal;
  const workflows::Team& team = world.team(version);
  const workflows::Date today = system.now().date;
  for (const Right right : rights) {
    if (team.has_right(actor.person, right, today)) return std::nullopt;
    add_new(refusal.who_could, workflows::roles_with(*world.policy(version).rules, right));
    add_new(refusal.holders, workflows::persons_with(team, right, today));
  }
  return refusal;
}

}  // namespace cauce::engine
