// Which alerts are due: a pure function of obligations, ladders and the time (language.md, 2.8).
#pragma once

#include <compare>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "workflows/decide.hpp"

namespace cauce::workflows {

/// A civil date and time in the policy's zone.
struct LocalTime {
  Date date;
  rules::TimeOfDay time = {};
  auto operator<=>(const LocalTime&) const = default;
};

/// What makes an alert the one it is: raised once, ever.
struct StepKey {
  PlanId plan;
  ObligationId obligation{};
  std::uint32_t deadline_number = 1;
  std::uint32_t step = 0;        ///< in the ladder
  std::uint32_t repetition = 0;  ///< 0 the first time
  std::string role = {};         ///< recipient role, as the policy spells it
  EntityRef territory = {};      ///< for which the role is asked
  auto operator<=>(const StepKey&) const = default;
};

/// A step that is due and was not raised.
struct DueStep {
  StepKey key;
  LocalTime moment;         ///< when it was to go out
  RoleId role{};            ///< recipient role
  bool superseded = false;  ///< *superado*: a later step for the same obligation and role is due as well
};

/// The entity for which a role is asked when something of `entity` is at stake: the entity itself or the
/// nearest above it of a kind for which the role is held; for a national role, none. Nothing if the role is
/// held for no entity at or above it.
std::optional<EntityRef> territory_of(const rules::Ruleset& rules, const rules::Territory& territory,
                                      RoleId role, const EntityRef& entity);

/// The moment of a step of a ladder for a deadline: the N-th working day before or after, `al vencer` the
/// first working day after it.
LocalTime step_moment(const Ladder& ladder, const LadderStep& step, std::uint32_t repetition, Date due,
                      const rules::Calendar& calendar);

/// The steps of one plan's open obligations that are due at `now` and not in `handled` (raised or superseded
/// before). Only the latest for an obligation and recipient role is not superseded. Nothing on a non-working
/// day or before the ladder's hour.
std::vector<DueStep> due_steps(const World& world, const Plan& plan, const std::set<StepKey>& handled,
                               const LocalTime& now);

struct DigestKey {
  std::string ladder;
  std::uint32_t line = 0;
  Date date;  ///< the day named by the line, before it moves to a working day
  std::string role;
  EntityRef territory = {};
  auto operator<=>(const DigestKey&) const = default;
};
/// A digest that is due: what is open for whoever holds the role in the territory, as of the digest's own
/// day: what was overdue, and what falls due within the next `digest_horizon` working days.
struct DueDigest {
  DigestKey key;
  LocalTime moment;
  RoleId role{};
  std::vector<std::pair<PlanId, ObligationId>> open = {};
};
inline constexpr int digest_horizon = 5;

/// The digests of a policy that are due at `now`, the latest of each line only, and not in `handled`. None
/// where nothing is open.
std::vector<DueDigest> due_digests(const World& world, PolicyVersion version,
                                   const std::vector<const Plan*>& plans, const std::set<DigestKey>& handled,
                                   const LocalTime& now);
/// The first moment after `now` at which anything of the policy can be due: steps and digests fall on working
/// days, at the hour of their ladder or line. Nothing if the policy has no ladder.
std::optional<LocalTime> next_round(const Policy& policy, const LocalTime& now);

}  // namespace cauce::workflows
