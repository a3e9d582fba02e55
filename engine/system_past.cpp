// The system as it was: a part of the journal played into a store of its own, which is then asked like any
// other.
#include <algorithm>
#include <map>
#include <utility>

#include "engine/alert_event.hpp"
#include "engine/journal_player.hpp"
#include "engine/system_parts.hpp"

namespace cauce::engine {
namespace {

using workflows::Date;
using workflows::Event;

/// The first instant after `day`.
Instant end_of(Date day, const std::string& zone) {
  return to_instant({day + std::chrono::days(1), {0, 0}}, zone);
}

/// Whether the event follows from the one before, recorded by the same command.
bool follows(const Event& event) {
  if (const auto* deadline = std::get_if<workflows::DeadlineSet>(&event))
    return deadline->cause != workflows::DeadlineCause::extension;
  return std::holds_alternative<workflows::BecameEnforceable>(event) ||
         std::holds_alternative<workflows::PhaseEnded>(event) ||
         std::holds_alternative<workflows::PhaseFulfilled>(event) ||
         std::holds_alternative<workflows::ObligationNotOwed>(event) ||
         std::holds_alternative<workflows::ObligationVoided>(event) ||
         std::holds_alternative<workflows::ObligationRetired>(event) ||
         std::holds_alternative<workflows::IndicatorsFrozen>(event);
}

/// The obligation that an event of a plan is about, if it is about one.
std::optional<workflows::ObligationId> obligation_of(const Event& event) {
  return std::visit(
      [](const auto& one) -> std::optional<workflows::ObligationId> {
        if constexpr (requires { one.obligation; }) return one.obligation;
        return std::nullopt;
      },
      event);
}

/// How many obligations each plan has as far as it was played: a migration that came later adds some of which
/// the plan of that day knew nothing.
class KnownObligations {
 public:
  bool has_what(const std::string& plan, const Event& event) const {
    const auto about = obligation_of(event);
    const auto known = counts_.find(plan);
    return !about || (known != counts_.end() && static_cast<std::size_t>(*about) < known->second);
  }
  void add(const std::string& plan, const Event& event) {
    if (const auto* created = std::get_if<workflows::PlanCreated>(&event))
      counts_[plan] = created->obligations.size();
    if (const auto* migrated = std::get_if<workflows::PlanMigrated>(&event))
      counts_[plan] += migrated->added.size();
  }

 private:
  std::map<std::string, std::size_t> counts_;
};

/// On which day that happened which the journal holds, in the order in which it was recorded: a milestone on
/// the day on which it was reached (not before a migration made it one of the plan's), an annulment on the
/// day of what never counted, the rest when it was recorded.
class Occurrences {
 public:
  Date day_of(const std::string& plan, Date recorded, const Event& event) {
    Date& last = last_day_[plan];
    if (!follows(event)) last = day_of_act(plan, recorded, event);
    return last;
  }

 private:
  using OfObligation = std::pair<std::string, workflows::ObligationId>;

  Date day_of_act(const std::string& plan, Date recorded, const Event& event) {
    if (const auto* created = std::get_if<workflows::PlanCreated>(&event))
      add_obligations(plan, created->obligations.size(), recorded);
    if (const auto* migrated = std::get_if<workflows::PlanMigrated>(&event))
      add_obligations(plan, migrated->added.size(), recorded);
    if (const auto* hito = std::get_if<workflows::HitoAchieved>(&event)) {
      const Date owed_since = added_[plan].at(static_cast<std::size_t>(hito->obligation));
      return fulfilled_[{plan, hito->obligation}] = std::max(hito->happened_on, owed_since);
    }
    if (const auto* report = std::get_if<workflows::ReportDelivered>(&event))
      return fulfilled_[{plan, report->obligation}] = recorded;
    if (const auto* annulled = std::get_if<workflows::ObligationAnnulled>(&event)) {
      const auto what = fulfilled_.find({plan, annulled->obligation});
      if (what != fulfilled_.end()) return what->second;
    }
    return recorded;
  }

  void add_obligations(const std::string& plan, std::size_t number, Date day) {
    std::vector<Date>& added = added_[plan];
    added.insert(added.end(), number, day);
  }

  std::map<std::string, Date> last_day_;            ///< of the last act on each plan
  std::map<std::string, std::vector<Date>> added_;  ///< the day on which each obligation came to the plan
  std::map<OfObligation, Date> fulfilled_;
};

void copy_people(Store& from, Store& to) {
  to.begin();
  for (const Person& person : from.people())
    to.put_person(person);
  to.commit();
}

}  // namespace

/// A system over what was played, whose clock stands at the end of the day.
std::unique_ptr<System> System::over(std::unique_ptr<Store> past, Instant end) {
  if (past->last_policy_version() == 0) return nullptr;
  copy_people(*parts_->store, *past);
  const auto clock = std::make_shared<ManualClock>(end - std::chrono::seconds(1));
  return std::unique_ptr<System>(new System(std::make_unique<Parts>(std::move(past), clock)));
}

std::unique_ptr<System> System::as_recorded(Date day) {
  world();  // all is read at one moment
  const Instant end = end_of(day, policy(current_version())->rules->zone);
  const std::string end_text = to_iso(end);
  JournalPlayer player(JournalPlayer::Rows::of_plans);
  parts_->store->each_event([&](const StoredEvent& event) {
    if (event.instant < end_text) player.play(event);
  });
  return over(player.finish(), end);
}

std::unique_ptr<System> System::as_occurred(Date day) {
  const World& now = world();
  const Instant end = end_of(day, policy(current_version())->rules->zone);
  const std::string end_text = to_iso(end);
  const auto first = parts_->store->event(1);
  if (first && first->instant >= end_text) return nullptr;
  JournalPlayer player(JournalPlayer::Rows::of_plans);
  Occurrences occurrences;
  KnownObligations known;
  parts_->store->each_event([&](const StoredEvent& event) {
    if (event.plan) {
      const workflows::Policy& in_force = now.policy(event.policy_version);
      const Date recorded =
          to_moment(parse_iso_instant(event.instant).value_or(end), in_force.rules->zone).date;
      const Event what = plan_event(event, in_force);
      const Date happened = occurrences.day_of(*event.plan, recorded, what);
      if (happened > day || !known.has_what(*event.plan, what)) return;
      known.add(*event.plan, what);
      player.play(event);
    } else if (event.instant < end_text || !is_about_alerts(event.kind)) {
      // Policies, people, data and selections are as they are known today; nobody was told before they were.
      player.play(event);
    }
  });
  return over(player.finish(), end);
}

}  // namespace cauce::engine
