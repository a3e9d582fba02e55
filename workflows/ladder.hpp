// Which alerts are due: a pure function of obligations, ladders and the time (language.md, 2.8).
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "workflows/decide.hpp"

namespace cauce::workflows {

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

/// A time in which nobody is told of something: from its first moment on, up to one that is no longer in it.
struct SilentTime {
  LocalTime from;
  LocalTime until;
};

/// What was done about the obligations of one plan before, as far as it bears on what is due.
struct AlertRecord {
  std::set<StepKey> handled = {};  ///< raised, or recorded with the reason why not
  std::map<StepKey, std::set<std::string>> acknowledged = {};  ///< which of them, and by whom
  /// The version under which the first step of an obligation was raised, where its plan has left it since:
  /// the ladder of an obligation is frozen then.
  std::map<ObligationId, PolicyVersion> ladders = {};
  /// Those that are over as well: what fell in one is not sent later.
  std::map<ObligationId, std::vector<SilentTime>> silences = {};
};

/// What becomes of a step that is due.
enum class StepFate : std::uint8_t {
  sent,
  overtaken,     ///< *superado*: a later step for the same obligation and role is due as well
  acknowledged,  ///< it repeats what all who would receive it have acknowledged
  silenced       ///< its moment fell in a silence, whether that is over by now or not
};

/// A step that is due and was not handled.
struct DueStep {
  StepKey key;
  LocalTime moment;  ///< when it was to go out
  RoleId role{};     ///< recipient role, as the version of the plan has it
  StepFate fate = StepFate::sent;
  std::set<std::string> spared = {};  ///< who has acknowledged what it repeats, and is not told again
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

/// The ladder by which an obligation of the plan is told; none if its kind has none.
const Ladder* ladder_of(const World& world, const Plan& plan, ObligationId id, const AlertRecord& record);

/// Those who are meant by a step that was handled, as the plan's version names them: what went to
/// `responsable` is of whoever is in charge by now, what went to a role is of the one that it is now called.
std::vector<RoleId> roles_now(const World& world, const Plan& plan, const StepKey& key,
                              const AlertRecord& record);
/// Takes what was handled, and acknowledged, by a ladder of a version that the plan has left as handled for
/// those who are meant by it now: a role that changes its name is not told again.
void carry_over(const World& world, const Plan& plan, AlertRecord& record);

/// The steps of one open obligation that are due at `now` and were not handled, by moment. Of those for one
/// recipient role only the latest is sent. Nothing on a non-working day or before the ladder's hour.
std::vector<DueStep> due_steps(const World& world, const Plan& plan, ObligationId id,
                               const AlertRecord& record, const LocalTime& now);
/// Those of all obligations of the plan.
std::vector<DueStep> due_steps(const World& world, const Plan& plan, const AlertRecord& record,
                               const LocalTime& now);

/// The first moment after `after` (none: ever) at which a step for the obligation falls. Nothing if there is
/// none, or nobody is to be told of the obligation as it is.
std::optional<LocalTime> next_step(const Ladder& ladder, const Plan& plan, ObligationId id,
                                   const rules::Calendar& calendar, const std::optional<LocalTime>& after);
/// When the obligation is to be looked at next, after a look at `now`: never later than its next step is due.
std::optional<LocalTime> next_look(const World& world, const Plan& plan, ObligationId id,
                                   const AlertRecord& record, const LocalTime& now);

/// Why somebody need not be told any more of what was raised.
enum class Withdrawal : std::uint8_t { resolved, suspended, moved };
/// Nothing while the obligation is still owed with that deadline.
std::optional<Withdrawal> why_withdraw(const Plan& plan, ObligationId id, std::uint32_t deadline_number);

/// What makes a digest the one it is. Its line is told by its day and hour, not by its place in the ladder:
/// another version of the policy may have the same line elsewhere, and another line in its place.
struct DigestKey {
  std::string ladder;
  Date date;  ///< the day named by the line, before it moves to a working day
  rules::TimeOfDay at = {};
  std::string role;
  EntityRef territory = {};
  auto operator<=>(const DigestKey&) const = default;
};
/// What was done about digests before.
struct DigestRecord {
  std::set<DigestKey> handled = {};
  std::map<std::pair<PlanId, ObligationId>, std::vector<SilentTime>> silences = {};
  /// Up to when each line of the policy was looked at, in their order: nothing of before is due any more, and
  /// what a line missed since is overtaken by its latest. Nothing is known to have been missed of a line
  /// without a moment.
  std::vector<std::optional<LocalTime>> looked_until = {};
};
/// A digest that is due: what is open for whoever holds the role in the territory, as of the digest's own
/// moment: what was overdue, and what falls due within the next `digest_horizon` working days. What is owed
/// only since then, or with another deadline, waits for the next one.
struct DueDigest {
  DigestKey key;
  LocalTime moment;
  RoleId role{};
  std::uint32_t line = 0;  ///< of the ladder, as the version has it
  std::vector<std::pair<PlanId, ObligationId>> open = {};
  bool overtaken =
      false;  ///< *superado*: a later one of its line is due as well, with all that is in this one
};
inline constexpr int digest_horizon = 5;

/// The digests of a version that are due at `now` and were not handled, about those of `plans` that belong to
/// it: the latest of each line, and those that were missed before it. None where nothing is open.
std::vector<DueDigest> due_digests(const World& world, PolicyVersion version,
                                   const std::vector<const Plan*>& plans, const DigestRecord& record,
                                   const LocalTime& now);
/// For each digest line of the policy, in order, the latest moment up to `now` at which it fell; nothing for
/// one that may not go out now.
std::vector<std::optional<LocalTime>> last_digests(const Policy& policy, const LocalTime& now);
/// The first moment after `now` at which a digest of the policy falls. Nothing if it has none.
std::optional<LocalTime> next_digest(const Policy& policy, const LocalTime& now);

/// The first moment after `now` at which anything of the policy can be due: steps and digests fall on working
/// days, at the hour of their ladder or line. Nothing if the policy has no ladder.
std::optional<LocalTime> next_round(const Policy& policy, const LocalTime& now);

}  // namespace cauce::workflows
