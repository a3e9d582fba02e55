#include "engine/silence.hpp"

#include <algorithm>

#include "engine/alert_event.hpp"
#include "workflows/ladder.hpp"

namespace cauce::engine {
namespace {

using workflows::EntityRef;
using workflows::ObligationId;
using workflows::PlanKind;
using workflows::Policy;
using workflows::RefusalKind;

constexpr rules::TimeOfDay hour_of_notices{8, 0};

const PlanKind& kind_of(System& system, const Plan& plan) {
  return at(system.policy(plan.policy_version)->plans, plan.kind);
}

/// Those in charge of anything in the plan.
std::vector<workflows::RoleId> in_charge(const PlanKind& kind) {
  std::vector<workflows::RoleId> roles = kind.in_charge;
  for (const workflows::ObligationKind& obligation : kind.obligations)
    roles.insert(roles.end(), obligation.in_charge.begin(), obligation.in_charge.end());
  return roles;
}

std::optional<Refusal> refuse(System& system, const Plan& plan, const Actor& actor) {
  if (actor.trusted) return std::nullopt;
  const PlanKind& kind = kind_of(system, plan);
  const workflows::Team& team = system.world().team(plan.policy_version);
  if (team.superior_of(actor.person, in_charge(kind), {kind.entity, plan.id.entity}, system.now().date))
    return std::nullopt;
  return Refusal{RefusalKind::not_allowed,
                 "«" + actor.person + "» no es superior de quien tiene a cargo " + plan.id.to_string(),
                 "solo un superior puede silenciar lo que otros deben"};
}

Refusal no_such(const std::string& what) {
  return {RefusalKind::unknown_name, what};
}

/// The only obligation of that name and period.
Result<ObligationId> find_obligation(System& system, const Plan& plan, const SilenceRequest& request) {
  const PlanKind& kind = kind_of(system, plan);
  const auto kind_id = kind.find_obligation(request.obligation);
  if (!kind_id) return no_such("el plan no tiene nada llamado «" + request.obligation + "»");
  std::optional<ObligationId> found;
  for (std::uint32_t i = 0; i < plan.obligations.size(); ++i) {
    const workflows::Obligation& obligation = plan.obligations[i];
    if (obligation.kind != *kind_id || (request.period && obligation.period != request.period)) continue;
    if (found) {
      return Refusal{RefusalKind::invalid_input, "«" + request.obligation + "» se debe en varios periodos",
                     "diga cuál, como 2024-05"};
    }
    found = ObligationId{i};
  }
  if (!found) return no_such("«" + request.obligation + "» no se debe en ese periodo");
  return *found;
}

/// When the owner is told; empty where that would be at once.
std::string tell_at(System& system, const Plan& plan, workflows::Date until) {
  const auto policy = system.policy(plan.policy_version);
  const LocalTime moment{policy->rules->calendar.add_working_days(until, -1), hour_of_notices};
  const Instant instant = to_instant(moment, policy->rules->zone);
  return instant > system.now().instant ? to_iso(instant) : std::string();
}

/// The first full minute from an instant on: whoever speaks within a minute speaks for none of its moments.
LocalTime next_minute(const std::string& instant, const std::string& zone) {
  const Instant known = parse_iso_instant(instant).value();
  return to_local(known + std::chrono::minutes(1) - std::chrono::milliseconds(1), zone);
}

workflows::SilentTime silent_time(const SilenceRow& row, const std::string& zone) {
  const rules::Date last = rules::parse_iso_date(row.until_day).value();
  LocalTime until{last + std::chrono::days{1}, {0, 0}};
  if (row.ended_at) until = std::min(until, next_minute(*row.ended_at, zone));
  return {next_minute(row.set_at, zone), until};
}

Silence to_silence(System& system, const SilenceRow& row) {
  Silence silence{row.id, row.plan, {}, {}, row.until_day, row.reason, row.owner};
  silence.ended = row.ended_at || row.until_day < rules::to_iso(system.now().date);
  const auto id = PlanId::parse(row.plan);
  const Plan* plan = id ? system.world().plan(*id) : nullptr;
  if (!plan || !row.obligation) return silence;
  const auto& obligation = plan->obligation(ObligationId{static_cast<std::uint32_t>(*row.obligation)});
  silence.obligation = workflows::kind_of(kind_of(system, *plan), obligation).name;
  if (obligation.period) silence.period = obligation.period->to_string();
  return silence;
}

Result<Silence> set(System& system, const SilenceRequest& request, const Actor& actor) {
  const Plan* plan = system.world().plan(request.plan);
  if (!plan) return no_such("no existe el plan " + request.plan.to_string());
  if (auto refusal = refuse(system, *plan, actor)) return *refusal;
  if (request.until < system.now().date) {
    return Refusal{RefusalKind::invalid_input, "el " + rules::to_iso(request.until) + " ya pasó",
                   "un silencio termina hoy o después"};
  }
  SilenceRow row;
  row.plan = request.plan.to_string();
  if (!request.obligation.empty()) {
    const auto obligation = find_obligation(system, *plan, request);
    if (!obligation) return obligation.refusal();
    row.obligation = static_cast<std::int64_t>(obligation.value());
  }
  row.until_day = rules::to_iso(request.until);
  row.reason = request.reason;
  row.owner = actor.person;
  row.tell_at = tell_at(system, *plan, request.until);
  const StoredEvent event = system.record(silence_set, silence_payload(row), actor);
  row.id = event.sequence;
  project_alert_event(system.store().alert_tables(), event);
  return to_silence(system, row);
}

Result<Silence> end(System& system, std::int64_t id, const Actor& actor) {
  auto row = system.store().alert_tables().silence(id);
  if (!row || row->ended_at) return no_such_silence(id);
  const Plan* plan = system.world().plan(PlanId::parse(row->plan).value());
  if (row->owner != actor.person) {
    if (auto refusal = refuse(system, *plan, actor)) return *refusal;
  }
  const StoredEvent event = system.record(silence_ended, silence_ended_payload(id), actor);
  project_alert_event(system.store().alert_tables(), event);
  row->ended_at = event.instant;
  return to_silence(system, *row);
}

/// What is looked at and what is changed are of one moment.
template <typename Change>
Result<Silence> at_one_moment(System& system, const Change& change) {
  std::optional<Result<Silence>> outcome;
  system.together([&] { outcome.emplace(change()); });
  return std::move(*outcome);
}

}  // namespace

Refusal no_such_silence(std::int64_t id) {
  return no_such("no hay ningún silencio " + std::to_string(id));
}

Result<Silence> silence(System& system, const SilenceRequest& request, const Actor& actor) {
  return at_one_moment(system, [&] { return set(system, request, actor); });
}

Result<Silence> end_silence(System& system, std::int64_t id, const Actor& actor) {
  return at_one_moment(system, [&] { return end(system, id, actor); });
}

std::vector<Silence> list_silences(System& system) {
  std::vector<Silence> silences;
  for (const SilenceRow& row : system.store().alert_tables().silences())
    silences.push_back(to_silence(system, row));
  return silences;
}

std::vector<workflows::SilentTime> silent_times(System& system, const std::vector<SilenceRow>& silences,
                                                const Plan& plan, ObligationId obligation) {
  const std::string plan_id = plan.id.to_string();
  std::vector<workflows::SilentTime> times;
  for (const SilenceRow& row : silences) {
    const bool is_about = !row.obligation || *row.obligation == static_cast<std::int64_t>(obligation);
    if (row.plan == plan_id && is_about)
      times.push_back(silent_time(row, system.policy(plan.policy_version)->rules->zone));
  }
  return times;
}

std::string end_of_silence(System& system, const SilenceRow& row) {
  const Silence silence = to_silence(system, row);
  std::string what = silence.plan;
  if (!silence.obligation.empty()) what += ", " + silence.obligation;
  if (!silence.period.empty()) what += " " + silence.period;
  return "El silencio que usted puso a los avisos de " + what + " («" + silence.reason + "») termina el " +
         silence.until + "; desde el día siguiente se avisa otra vez.";
}

}  // namespace cauce::engine
