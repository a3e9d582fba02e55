#include "workflows/ladder.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace cauce::workflows {

namespace {

/// What is open and has a day: the only obligations that an alert can be about.
bool can_alert(const Obligation& obligation) {
  const bool open =
      obligation.state == ObligationState::pending || obligation.state == ObligationState::returned;
  return open && obligation.enforceable_from && deadline_in_force(obligation);
}

/// Nobody is to be told of what became exigible only after the moment of a step.
bool counts_for(const Obligation& obligation, const LocalTime& moment) {
  return moment >= LocalTime{*obligation.enforceable_from, obligation.enforceable_at};
}

/// The policy whose ladder holds for an obligation, and that ladder.
struct LadderInForce {
  const Policy* policy = nullptr;
  const Ladder* ladder = nullptr;
};
LadderInForce ladder_in_force(const World& world, const Plan& plan, ObligationId id,
                              const AlertRecord& record) {
  const auto frozen = record.ladders.find(id);
  if (frozen == record.ladders.end()) {
    const Policy& policy = world.policy(plan.policy_version);
    const auto& ladder = at(policy.plans, plan.kind).ladder;
    return {&policy, ladder ? &at(policy.ladders, *ladder) : nullptr};
  }
  const Policy& policy = world.policy(frozen->second);
  const auto kind = policy.find_plan(plan.id.kind);
  if (!kind || !at(policy.plans, *kind).ladder) return {&policy, nullptr};
  return {&policy, &at(policy.ladders, *at(policy.plans, *kind).ladder)};
}

/// What a role of one version is in another: the one of its name, or else the only new one of its title.
std::optional<RoleId> same_role(const rules::Ruleset& from, RoleId role, const rules::Ruleset& to) {
  if (&from == &to) return role;
  const rules::Role& known = at(from.roles, role);
  if (const auto same = to.find_role(known.name)) return same;
  std::optional<RoleId> alike;
  for (std::uint32_t i = 0; i < to.roles.size(); ++i) {
    const rules::Role& other = to.roles[i];
    if (known.title.empty() || other.title != known.title || from.find_role(other.name)) continue;
    if (alike) return std::nullopt;
    alike = RoleId{i};
  }
  return alike;
}

/// Whether a role of the first version is called so in it, or in one of those up to the last.
bool is_called(const World& world, PolicyVersion first, PolicyVersion last, RoleId role,
               const std::string& name) {
  const rules::Ruleset& from = *world.policy(first).rules;
  for (PolicyVersion version = first; version <= last; ++version) {
    const rules::Ruleset& to = *world.policy(version).rules;
    const auto same = same_role(from, role, to);
    if (same && at(to.roles, *same).name == name) return true;
  }
  return false;
}

/// The roles that a step is addressed to, each once, as `rules` number them: `responsable` is whoever is in
/// charge of the obligation. `named_in` are the rules of the ladder.
std::vector<RoleId> recipient_roles(const LadderStep& step, const rules::Ruleset& named_in,
                                    const ObligationKind& kind, const rules::Ruleset& rules) {
  std::vector<RoleId> roles;
  const auto add = [&](RoleId role) {
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
  };
  for (const Recipient& recipient : step.recipients) {
    if (!recipient.role) {
      std::for_each(kind.in_charge.begin(), kind.in_charge.end(), add);
    } else if (const auto role = same_role(named_in, *recipient.role, rules)) {
      add(*role);
    }
  }
  return roles;
}

/// Calls `visit(index, step, repetition, moment)` for each step that falls for the obligation up to `until`
/// (none: ever).
template <typename Visit>
void each_step(const Ladder& ladder, const Obligation& obligation, const rules::Calendar& calendar,
               const std::optional<LocalTime>& until, const Visit& visit) {
  const Date due = *deadline_in_force(obligation);
  for (std::uint32_t index = 0; index < ladder.steps.size(); ++index) {
    const LadderStep& step = ladder.steps[index];
    for (std::uint32_t repetition = 0; repetition <= static_cast<std::uint32_t>(step.repeat_times);
         ++repetition) {
      const LocalTime moment = step_moment(ladder, step, repetition, due, calendar);
      if (until && moment > *until) break;
      if (counts_for(obligation, moment)) visit(index, step, repetition, moment);
    }
  }
}

/// Steps of one obligation whose moment has come, whoever handled them, by moment.
std::vector<DueStep> reached_steps(const World& world, const Plan& plan, ObligationId id,
                                   const LadderInForce& in_force, const LocalTime& now) {
  const Policy& policy = world.policy(plan.policy_version);
  const PlanKind& kind = at(policy.plans, plan.kind);
  const Obligation& obligation = plan.obligation(id);
  const ObligationKind& obligation_kind = kind_of(kind, obligation);
  const EntityRef entity{kind.entity, plan.id.entity};
  std::vector<DueStep> reached;
  each_step(
      *in_force.ladder, obligation, policy.rules->calendar, now,
      [&](std::uint32_t index, const LadderStep& step, std::uint32_t repetition, const LocalTime& moment) {
        for (const RoleId role :
             recipient_roles(step, *in_force.policy->rules, obligation_kind, *policy.rules)) {
          const auto territory =
              territory_of(*policy.rules, world.territory(plan.policy_version), role, entity);
          if (!territory) continue;
          reached.push_back({{plan.id, id, obligation.deadline_number, index, repetition,
                              at(policy.rules->roles, role).name, *territory},
                             moment,
                             role});
        }
      });
  std::stable_sort(reached.begin(), reached.end(),
                   [](const DueStep& a, const DueStep& b) { return a.moment < b.moment; });
  return reached;
}

/// Who has acknowledged an earlier one of its repetitions.
std::set<std::string> acknowledged_by(const StepKey& key, const AlertRecord& record) {
  std::set<std::string> persons;
  StepKey earlier = key;
  for (earlier.repetition = 0; earlier.repetition < key.repetition; ++earlier.repetition) {
    if (const auto known = record.acknowledged.find(earlier); known != record.acknowledged.end())
      persons.insert(known->second.begin(), known->second.end());
  }
  return persons;
}

/// Whether alerts may go out at `now`: on a working day, from `hour` on.
bool may_send(const rules::Calendar& calendar, const rules::TimeOfDay& hour, const LocalTime& now) {
  return calendar.is_working_day(now.date) && now.time >= hour;
}

/// The first moment from `now` on at which alerts may go out.
LocalTime first_to_send(const rules::Calendar& calendar, const rules::TimeOfDay& hour, const LocalTime& now) {
  if (may_send(calendar, hour, now)) return now;
  return {calendar.next_working_day(now.date), hour};
}

template <typename Key>
bool is_silent(const std::map<Key, std::vector<SilentTime>>& silences, const Key& what,
               const LocalTime& moment) {
  const auto known = silences.find(what);
  return known != silences.end() &&
         std::any_of(known->second.begin(), known->second.end(), [&](const SilentTime& silence) {
           return silence.from <= moment && moment < silence.until;
         });
}

/// What fell in a silence of its obligation. A step that falls before the deadline was given goes out once it
/// is.
void silence(std::vector<DueStep>& steps, const AlertRecord& record, const LocalTime& given,
             const rules::TimeOfDay& hour, const rules::Calendar& calendar) {
  for (DueStep& step : steps) {
    const LocalTime first = step.moment < given ? first_to_send(calendar, hour, given) : step.moment;
    if (is_silent(record.silences, step.key.obligation, first)) step.fate = StepFate::silenced;
  }
}

/// What becomes of those that no silence holds back. `steps` are of one obligation, by moment. Whoever
/// acknowledges speaks for themselves: others who hold the role, or hold it by now, are still told.
void decide_fates(std::vector<DueStep>& steps, const AlertRecord& record, const Team& team, Date today) {
  for (DueStep& step : steps) {
    if (step.fate != StepFate::sent) continue;
    step.spared = acknowledged_by(step.key, record);
    if (step.spared.empty()) continue;
    const std::vector<std::string> holders = team.acting(step.role, step.key.territory, today).persons;
    const bool all = std::all_of(holders.begin(), holders.end(),
                                 [&](const std::string& person) { return step.spared.contains(person); });
    if (all && !holders.empty()) step.fate = StepFate::acknowledged;
  }
  for (auto step = steps.begin(); step != steps.end(); ++step) {
    if (step->fate != StepFate::sent) continue;
    const bool later_one = std::any_of(std::next(step), steps.end(), [&](const DueStep& later) {
      return later.role == step->role && later.fate == StepFate::sent;
    });
    if (later_one) step->fate = StepFate::overtaken;
  }
}

/// The day that a digest line names last, and the working day on which it goes out.
struct DigestDay {
  Date named;
  LocalTime moment;
};
DigestDay last_digest_day(const Digest& digest, const rules::Calendar& calendar, const LocalTime& now) {
  const int back = (rules::iso_weekday(now.date) - digest.iso_weekday + 7) % 7;
  Date named = now.date - std::chrono::days{back};
  while (true) {
    const LocalTime moment{calendar.next_working_day(named), digest.at};
    if (moment <= now) return {named, moment};
    named -= std::chrono::days{7};
  }
}

/// The last minute before a moment.
LocalTime just_before(const LocalTime& moment) {
  const int minute = moment.time.hour * 60 + moment.time.minute - 1;
  if (minute < 0) return {moment.date - std::chrono::days{1}, {23, 59}};
  return {moment.date, {minute / 60, minute % 60}};
}

/// Whether an obligation belongs in a digest of `moment`: owed then, and overdue or due within the horizon.
bool in_digest(const Obligation& obligation, const LocalTime& moment, Date horizon) {
  return can_alert(obligation) && counts_for(obligation, moment) && obligation.open_since <= moment &&
         *deadline_in_force(obligation) <= horizon;
}

/// The first moment after `now` of a digest line.
LocalTime next_digest_of(const Digest& digest, const rules::Calendar& calendar, const LocalTime& now) {
  Date named = last_digest_day(digest, calendar, now).named;
  while (true) {
    named += std::chrono::days{7};
    const LocalTime moment{calendar.next_working_day(named), digest.at};
    if (moment > now) return moment;
  }
}

}  // namespace

std::optional<EntityRef> territory_of(const rules::Ruleset& rules, const rules::Territory& territory,
                                      RoleId role, const EntityRef& entity) {
  const rules::Role& declared = at(rules.roles, role);
  const auto is_scope = [&](EntityKindId kind) {
    return std::find(declared.scopes.begin(), declared.scopes.end(), kind) != declared.scopes.end();
  };
  if (entity.kind) {
    const auto row = territory.find(*entity.kind, entity.key);
    std::optional<EntityKindId> kind = entity.kind;
    while (row && kind) {
      if (is_scope(*kind)) {
        const std::uint32_t held_for = territory.ancestor(rules, *entity.kind, *row, *kind);
        if (held_for != rules::no_row) return EntityRef{*kind, territory.key_of(rules, *kind, held_for)};
      }
      kind = at(rules.entities, *kind).parent;
    }
  }
  if (declared.national) return EntityRef{};
  return std::nullopt;
}

LocalTime step_moment(const Ladder& ladder, const LadderStep& step, std::uint32_t repetition, Date due,
                      const rules::Calendar& calendar) {
  std::int64_t days = 1;  // al vencer: the first working day after the deadline
  if (step.side == dsl::StepSide::before) days = -step.offset.days;
  if (step.side == dsl::StepSide::after) days = step.offset.days;
  const Date first = calendar.add_working_days(due, days);
  return {calendar.add_working_days(first, static_cast<std::int64_t>(repetition) * step.repeat_every),
          ladder.at};
}

const Ladder* ladder_of(const World& world, const Plan& plan, ObligationId id, const AlertRecord& record) {
  return ladder_in_force(world, plan, id, record).ladder;
}

std::vector<RoleId> roles_now(const World& world, const Plan& plan, const StepKey& key,
                              const AlertRecord& record) {
  const LadderInForce in_force = ladder_in_force(world, plan, key.obligation, record);
  if (!in_force.ladder || key.step >= in_force.ladder->steps.size()) return {};
  const Policy& policy = world.policy(plan.policy_version);
  const auto frozen = record.ladders.find(key.obligation);
  const PolicyVersion first = frozen == record.ladders.end() ? plan.policy_version : frozen->second;
  bool to_those_in_charge = false;
  for (const Recipient& recipient : in_force.ladder->steps[key.step].recipients) {
    if (!recipient.role) {
      to_those_in_charge = true;
    } else if (is_called(world, first, plan.policy_version, *recipient.role, key.role)) {
      const auto role = same_role(*in_force.policy->rules, *recipient.role, *policy.rules);
      return role ? std::vector{*role} : std::vector<RoleId>();
    }
  }
  if (!to_those_in_charge) return {};
  return kind_of(at(policy.plans, plan.kind), plan.obligation(key.obligation)).in_charge;
}

void carry_over(const World& world, const Plan& plan, AlertRecord& record) {
  if (record.ladders.empty()) return;
  const Policy& policy = world.policy(plan.policy_version);
  const EntityRef entity{at(policy.plans, plan.kind).entity, plan.id.entity};
  const std::set<StepKey> handled = record.handled;
  for (const StepKey& key : handled) {
    if (!record.ladders.contains(key.obligation)) continue;
    for (const RoleId role : roles_now(world, plan, key, record)) {
      const auto territory = territory_of(*policy.rules, world.territory(plan.policy_version), role, entity);
      if (!territory) continue;
      StepKey now = key;
      now.role = at(policy.rules->roles, role).name;
      now.territory = *territory;
      record.handled.insert(now);
      if (const auto known = record.acknowledged.find(key); known != record.acknowledged.end()) {
        const std::set<std::string> persons = known->second;
        record.acknowledged[now].insert(persons.begin(), persons.end());
      }
    }
  }
}

std::vector<DueStep> due_steps(const World& world, const Plan& plan, ObligationId id,
                               const AlertRecord& record, const LocalTime& now) {
  const Policy& policy = world.policy(plan.policy_version);
  if (plan.lifecycle.standing != Standing::active || !can_alert(plan.obligation(id))) return {};
  const LadderInForce in_force = ladder_in_force(world, plan, id, record);
  if (!in_force.ladder || !may_send(policy.rules->calendar, in_force.ladder->at, now)) return {};
  std::vector<DueStep> steps = reached_steps(world, plan, id, in_force, now);
  std::erase_if(steps, [&](const DueStep& step) { return record.handled.contains(step.key); });
  silence(steps, record, plan.obligation(id).open_since, in_force.ladder->at, policy.rules->calendar);
  decide_fates(steps, record, world.team(plan.policy_version), now.date);
  return steps;
}

std::vector<DueStep> due_steps(const World& world, const Plan& plan, const AlertRecord& record,
                               const LocalTime& now) {
  std::vector<DueStep> due;
  for (std::uint32_t index = 0; index < plan.obligations.size(); ++index) {
    std::vector<DueStep> steps = due_steps(world, plan, ObligationId{index}, record, now);
    std::move(steps.begin(), steps.end(), std::back_inserter(due));
  }
  return due;
}

std::optional<LocalTime> next_step(const Ladder& ladder, const Plan& plan, ObligationId id,
                                   const rules::Calendar& calendar, const std::optional<LocalTime>& after) {
  const Obligation& obligation = plan.obligation(id);
  if (plan.lifecycle.standing != Standing::active || !can_alert(obligation)) return std::nullopt;
  std::optional<LocalTime> next;
  each_step(ladder, obligation, calendar, std::nullopt,
            [&](std::uint32_t, const LadderStep&, std::uint32_t, const LocalTime& moment) {
              if ((!after || moment > *after) && (!next || moment < *next)) next = moment;
            });
  return next;
}

std::optional<LocalTime> next_look(const World& world, const Plan& plan, ObligationId id,
                                   const AlertRecord& record, const LocalTime& now) {
  const Ladder* ladder = ladder_of(world, plan, id, record);
  if (!ladder) return std::nullopt;
  const rules::Calendar& calendar = world.policy(plan.policy_version).rules->calendar;
  if (may_send(calendar, ladder->at, now)) return next_step(*ladder, plan, id, calendar, now);
  // What is due already waits for the next hour at which it may go out.
  const auto first = next_step(*ladder, plan, id, calendar, std::nullopt);
  if (!first) return std::nullopt;
  return std::max(first_to_send(calendar, ladder->at, now), *first);
}

std::optional<Withdrawal> why_withdraw(const Plan& plan, ObligationId id, std::uint32_t deadline_number) {
  const Obligation& obligation = plan.obligation(id);
  if (plan.lifecycle.standing == Standing::suspended) return Withdrawal::suspended;
  if (plan.lifecycle.standing == Standing::cancelled || !is_open(obligation)) return Withdrawal::resolved;
  if (obligation.deadline_number != deadline_number || !can_alert(obligation)) return Withdrawal::moved;
  return std::nullopt;
}

namespace {

/// The digests of one line of a ladder, for all that is open in `plans`.
class DigestLine {
 public:
  DigestLine(const World& world, PolicyVersion version, const std::vector<const Plan*>& plans,
             const Ladder& ladder, std::uint32_t line)
      : world_(world),
        version_(version),
        policy_(world.policy(version)),
        plans_(plans),
        ladder_(ladder),
        line_(line) {}

  /// Those of one of its days.
  std::vector<DueDigest> of(const DigestDay& day, const DigestRecord& record) const {
    const Date horizon = policy_.rules->calendar.add_working_days(day.moment.date, digest_horizon);
    std::map<DigestKey, DueDigest> digests;
    for (const Plan* plan : plans_) {
      if (!is_told_of(*plan)) continue;
      for (const RoleId role : ladder_.digests[line_].recipients) {
        const auto key = key_for(*plan, role, day.named);
        if (!key || record.handled.contains(*key)) continue;
        for (std::uint32_t index = 0; index < plan->obligations.size(); ++index) {
          if (!in_digest(plan->obligations[index], day.moment, horizon)) continue;
          if (is_silent(record.silences, {plan->id, ObligationId{index}}, day.moment)) continue;
          DueDigest& due = digests.try_emplace(*key, DueDigest{*key, day.moment, role, line_}).first->second;
          due.open.emplace_back(plan->id, ObligationId{index});
        }
      }
    }
    std::vector<DueDigest> all;
    for (auto& [key, digest] : digests)
      all.push_back(std::move(digest));
    return all;
  }

 private:
  bool is_told_of(const Plan& plan) const {
    if (plan.policy_version != version_ || plan.lifecycle.standing != Standing::active) return false;
    const auto& ladder = at(policy_.plans, plan.kind).ladder;
    return ladder && &at(policy_.ladders, *ladder) == &ladder_;
  }

  std::optional<DigestKey> key_for(const Plan& plan, RoleId role, Date named) const {
    const auto territory = territory_of(*policy_.rules, world_.territory(version_), role,
                                        {at(policy_.plans, plan.kind).entity, plan.id.entity});
    if (!territory) return std::nullopt;
    return DigestKey{ladder_.name, named, ladder_.digests[line_].at, at(policy_.rules->roles, role).name,
                     *territory};
  }

  const World& world_;
  PolicyVersion version_;
  const Policy& policy_;
  const std::vector<const Plan*>& plans_;
  const Ladder& ladder_;
  std::uint32_t line_;
};

}  // namespace

std::vector<DueDigest> due_digests(const World& world, PolicyVersion version,
                                   const std::vector<const Plan*>& plans, const DigestRecord& record,
                                   const LocalTime& now) {
  const Policy& policy = world.policy(version);
  const rules::Calendar& calendar = policy.rules->calendar;
  std::vector<DueDigest> due;
  std::size_t number = 0;  // of the line, in the policy
  for (const Ladder& ladder : policy.ladders) {
    for (std::uint32_t line = 0; line < ladder.digests.size(); ++line) {
      const auto looked_until =
          number < record.looked_until.size() ? record.looked_until[number] : std::nullopt;
      ++number;
      const Digest& digest = ladder.digests[line];
      if (!may_send(calendar, digest.at, now)) continue;
      const DigestLine digests(world, version, plans, ladder, line);
      const DigestDay latest = last_digest_day(digest, calendar, now);
      if (looked_until && latest.moment <= *looked_until) continue;
      for (DueDigest& one : digests.of(latest, record))
        due.push_back(std::move(one));
      DigestDay missed = last_digest_day(digest, calendar, just_before(latest.moment));
      while (looked_until && missed.moment > *looked_until) {
        for (DueDigest& one : digests.of(missed, record)) {
          one.overtaken = true;
          due.push_back(std::move(one));
        }
        missed = last_digest_day(digest, calendar, just_before(missed.moment));
      }
    }
  }
  std::sort(due.begin(), due.end(), [](const DueDigest& a, const DueDigest& b) {
    return std::tie(a.moment, a.key) < std::tie(b.moment, b.key);
  });
  return due;
}

std::vector<std::optional<LocalTime>> last_digests(const Policy& policy, const LocalTime& now) {
  const rules::Calendar& calendar = policy.rules->calendar;
  std::vector<std::optional<LocalTime>> last;
  for (const Ladder& ladder : policy.ladders) {
    for (const Digest& digest : ladder.digests) {
      last.emplace_back();
      if (may_send(calendar, digest.at, now)) last.back() = last_digest_day(digest, calendar, now).moment;
    }
  }
  return last;
}

std::optional<LocalTime> next_digest(const Policy& policy, const LocalTime& now) {
  std::optional<LocalTime> next;
  for (const Ladder& ladder : policy.ladders) {
    for (const Digest& digest : ladder.digests) {
      const LocalTime moment = next_digest_of(digest, policy.rules->calendar, now);
      if (!next || moment < *next) next = moment;
    }
  }
  return next;
}

std::optional<LocalTime> next_round(const Policy& policy, const LocalTime& now) {
  const rules::Calendar& calendar = policy.rules->calendar;
  std::optional<LocalTime> next;
  const auto consider = [&](const rules::TimeOfDay& hour) {
    LocalTime moment{calendar.next_working_day(now.date), hour};
    if (moment <= now) moment.date = calendar.add_working_days(now.date, 1);
    if (!next || moment < *next) next = moment;
  };
  for (const Ladder& ladder : policy.ladders) {
    consider(ladder.at);
    for (const Digest& digest : ladder.digests)
      consider(digest.at);
  }
  return next;
}

}  // namespace cauce::workflows
