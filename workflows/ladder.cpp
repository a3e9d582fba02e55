#include "workflows/ladder.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace cauce::workflows {

namespace {

const PlanKind& kind_of_plan(const World& world, const Plan& plan) {
  return at(world.policy(plan.policy_version).plans, plan.kind);
}

/// What is open and has a day: the only obligations that an alert can be about.
bool can_alert(const Obligation& obligation) {
  const bool open =
      obligation.state == ObligationState::pending || obligation.state == ObligationState::returned;
  return open && obligation.enforceable_from && deadline_in_force(obligation);
}

/// The roles that a step is addressed to, each once: `responsable` is whoever is in charge of the obligation.
std::vector<RoleId> recipient_roles(const LadderStep& step, const ObligationKind& kind) {
  std::vector<RoleId> roles;
  const auto add = [&](RoleId role) {
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
  };
  for (const Recipient& recipient : step.recipients) {
    if (recipient.role) {
      add(*recipient.role);
    } else {
      std::for_each(kind.in_charge.begin(), kind.in_charge.end(), add);
    }
  }
  return roles;
}

/// Steps of one obligation whose moment has come, whoever handled them, by moment.
std::vector<DueStep> reached_steps(const World& world, const Plan& plan, ObligationId id,
                                   const Ladder& ladder, const LocalTime& now) {
  const Policy& policy = world.policy(plan.policy_version);
  const PlanKind& kind = at(policy.plans, plan.kind);
  const Obligation& obligation = plan.obligation(id);
  const ObligationKind& obligation_kind = kind_of(kind, obligation);
  const EntityRef entity{kind.entity, plan.id.entity};
  const Date due = *deadline_in_force(obligation);

  std::vector<DueStep> reached;
  for (std::uint32_t index = 0; index < ladder.steps.size(); ++index) {
    const LadderStep& step = ladder.steps[index];
    for (std::uint32_t repetition = 0; repetition <= static_cast<std::uint32_t>(step.repeat_times);
         ++repetition) {
      const LocalTime moment = step_moment(ladder, step, repetition, due, policy.rules->calendar);
      if (moment > now) break;
      if (moment.date < *obligation.enforceable_from) continue;
      for (const RoleId role : recipient_roles(step, obligation_kind)) {
        const auto territory =
            territory_of(*policy.rules, world.territory(plan.policy_version), role, entity);
        if (!territory) continue;
        reached.push_back({{plan.id, id, obligation.deadline_number, index, repetition,
                            at(policy.rules->roles, role).name, *territory},
                           moment,
                           role,
                           false});
      }
    }
  }
  std::stable_sort(reached.begin(), reached.end(),
                   [](const DueStep& a, const DueStep& b) { return a.moment < b.moment; });
  return reached;
}

/// Marks all but the latest step of each role as superseded. `steps` are of one obligation, by moment.
void mark_superseded(std::vector<DueStep>& steps) {
  for (auto step = steps.begin(); step != steps.end(); ++step) {
    step->superseded = std::any_of(std::next(step), steps.end(),
                                   [&](const DueStep& later) { return later.role == step->role; });
  }
}

/// Whether alerts may go out at `now`: on a working day, from `hour` on.
bool may_send(const rules::Calendar& calendar, const rules::TimeOfDay& hour, const LocalTime& now) {
  return calendar.is_working_day(now.date) && now.time >= hour;
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

/// Whether an obligation belongs in a digest of `day`: overdue then, or due within the horizon.
bool in_digest(const Obligation& obligation, Date day, const rules::Calendar& calendar) {
  return can_alert(obligation) && *obligation.enforceable_from <= day &&
         *deadline_in_force(obligation) <= calendar.add_working_days(day, digest_horizon);
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

std::vector<DueStep> due_steps(const World& world, const Plan& plan, const std::set<StepKey>& handled,
                               const LocalTime& now) {
  const Policy& policy = world.policy(plan.policy_version);
  const PlanKind& kind = kind_of_plan(world, plan);
  if (!kind.ladder || plan.lifecycle.standing != Standing::active) return {};
  const Ladder& ladder = at(policy.ladders, *kind.ladder);
  if (!may_send(policy.rules->calendar, ladder.at, now)) return {};

  std::vector<DueStep> due;
  for (std::uint32_t index = 0; index < plan.obligations.size(); ++index) {
    if (!can_alert(plan.obligations[index])) continue;
    std::vector<DueStep> steps = reached_steps(world, plan, ObligationId{index}, ladder, now);
    std::erase_if(steps, [&](const DueStep& step) { return handled.contains(step.key); });
    mark_superseded(steps);
    std::move(steps.begin(), steps.end(), std::back_inserter(due));
  }
  return due;
}

std::vector<DueDigest> due_digests(const World& world, PolicyVersion version,
                                   const std::vector<const Plan*>& plans, const std::set<DigestKey>& handled,
                                   const LocalTime& now) {
  const Policy& policy = world.policy(version);
  const rules::Calendar& calendar = policy.rules->calendar;
  std::map<DigestKey, DueDigest> digests;
  for (const Ladder& ladder : policy.ladders) {
    for (std::uint32_t line = 0; line < ladder.digests.size(); ++line) {
      const Digest& digest = ladder.digests[line];
      if (!may_send(calendar, digest.at, now)) continue;
      const DigestDay day = last_digest_day(digest, calendar, now);
      for (const Plan* plan : plans) {
        const Policy& own = world.policy(plan->policy_version);
        const PlanKind& kind = at(own.plans, plan->kind);
        if (plan->lifecycle.standing != Standing::active || !kind.ladder ||
            at(own.ladders, *kind.ladder).key != ladder.key) {
          continue;
        }
        for (const RoleId role : digest.recipients) {
          const std::string& role_name = at(policy.rules->roles, role).name;
          const auto own_role = own.rules->find_role(role_name);
          if (!own_role) continue;
          const auto territory = territory_of(*own.rules, world.territory(plan->policy_version), *own_role,
                                              {kind.entity, plan->id.entity});
          if (!territory) continue;
          const DigestKey key{ladder.name, line, day.named, role_name, *territory};
          if (handled.contains(key)) continue;
          for (std::uint32_t index = 0; index < plan->obligations.size(); ++index) {
            if (!in_digest(plan->obligations[index], day.moment.date, calendar)) continue;
            DueDigest& due = digests.try_emplace(key, DueDigest{key, day.moment, role, {}}).first->second;
            due.open.emplace_back(plan->id, ObligationId{index});
          }
        }
      }
    }
  }
  std::vector<DueDigest> due;
  for (auto& [key, digest] : digests)
    due.push_back(std::move(digest));
  return due;
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
