#include "engine/foresight.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dsl/fold.hpp"
#include "engine/digests.hpp"
#include "engine/silence.hpp"
#include "workflows/ladder.hpp"
#include "workflows/opening.hpp"

namespace cauce::engine {
namespace {

using workflows::AlertRecord;
using workflows::Date;
using workflows::Event;
using workflows::Obligation;
using workflows::ObligationId;
using workflows::ObligationKind;
using workflows::ObligationType;
using workflows::PlanKind;
using workflows::Policy;

constexpr rules::TimeOfDay noon{12, 0};  // when what is assumed to be done is done

/// The world of now, in which the plans go on by themselves.
class ForeseenWorld : public World {
 public:
  explicit ForeseenWorld(System& system) : now_(system.world()) {
    for (const Plan* plan : system.all_plans())
      plans_.emplace(plan->id, *plan);
  }

  const Policy& policy(PolicyVersion version) const override { return now_.policy(version); }
  PolicyVersion current_version() const override { return now_.current_version(); }
  const rules::Territory& territory(PolicyVersion version) const override { return now_.territory(version); }
  const workflows::Team& team(PolicyVersion version) const override { return now_.team(version); }
  const Plan* plan(const PlanId& id) const override {
    const auto found = plans_.find(id);
    return found == plans_.end() ? nullptr : &found->second;
  }
  std::vector<const Plan*> linked_plans(const PlanId& id, std::string_view kind) const override {
    std::vector<const Plan*> linked;
    for (const auto& [other, plan] : plans_) {
      if (plan.linked_to == id && dsl::same_name(other.kind, kind)) linked.push_back(&plan);
    }
    return linked;
  }
  bool is_selected(std::string_view targeting, const std::string& entity) const override {
    return now_.is_selected(targeting, entity);
  }

  std::map<PlanId, Plan>& plans() { return plans_; }

 private:
  const World& now_;
  std::map<PlanId, Plan> plans_;
};

/// How late each plan, and each kind of obligation, has been so far.
class History {
 public:
  explicit History(const std::map<PlanId, Plan>& plans) {
    for (const auto& [id, plan] : plans) {
      for (const Obligation& obligation : plan.obligations) {
        if (!obligation.on_time) continue;
        const std::int64_t late = *obligation.on_time ? 0 : obligation.late_days.value_or(0);
        by_plan_[id].push_back(late);
        by_kind_[{id.kind, obligation.kind}].push_back(late);
      }
    }
  }

  /// Working days; nothing without any past.
  std::optional<std::int64_t> lateness(const PlanId& plan, const Obligation& obligation) {
    if (const auto known = by_plan_.find(plan); known != by_plan_.end()) return median(known->second);
    const auto known = by_kind_.find({plan.kind, obligation.kind});
    if (known != by_kind_.end()) return median(known->second);
    return std::nullopt;
  }

 private:
  static std::int64_t median(std::vector<std::int64_t>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
  }

  std::map<PlanId, std::vector<std::int64_t>> by_plan_;
  std::map<std::pair<std::string, workflows::ObligationKindId>, std::vector<std::int64_t>> by_kind_;
};

class Foreseeing {
 public:
  Foreseeing(System& system, Date until, Assumption assumption, const Progress& progress)
      : system_(system),
        policy_(system.policy(system.current_version())),
        until_(until),
        assumption_(assumption),
        progress_(progress),
        world_(system),
        history_(world_.plans()),
        start_(to_local(system.now().instant, policy_->rules->zone)),
        now_(start_),
        digests_(digest_looks(system, DigestsLookedAt(system))),
        silences_(system.store().alert_tables().silences()) {}

  Foresight run() {
    for (const auto& [id, plan] : world_.plans()) {
      for (std::uint32_t i = 0; i < plan.obligations.size(); ++i)
        schedule(plan, ObligationId{i});
    }
    agenda_.insert({now_, What::digest});  // what nobody has sent yet
    for (std::size_t i = 0; i < silences_.size(); ++i)
      schedule_end(silences_[i], i);
    const LocalTime end{until_, {23, 59}};
    while (!agenda_.empty() && agenda_.begin()->moment <= end) {
      const Entry entry = *agenda_.begin();
      agenda_.erase(agenda_.begin());
      now_ = std::max(now_, entry.moment);
      tell_progress();
      take(entry);
    }
    std::stable_sort(result_.all.begin(), result_.all.end(),
                     [](const Foreseen& a, const Foreseen& b) { return a.moment < b.moment; });
    result_.messages = messages_.size();
    if (progress_) progress_(days(), days());
    return std::move(result_);
  }

 private:
  enum class What : std::uint8_t { falls_due, look, digest, silence_ends, fulfil };
  struct Entry {
    LocalTime moment;
    What what = What::look;
    PlanId plan = {};
    ObligationId obligation{};
    std::size_t silence = 0;  ///< in silences_
    auto operator<=>(const Entry&) const = default;
  };

  std::size_t days() const {
    return static_cast<std::size_t>(std::max<std::int64_t>(0, (until_ - start_.date).count()));
  }

  void tell_progress() const {
    const auto passed = static_cast<std::size_t>((now_.date - start_.date).count());
    if (progress_) progress_(std::min(passed, days()), days());
  }

  // --- What is to come

  void schedule(const Plan& plan, ObligationId id) {
    const Obligation& obligation = plan.obligation(id);
    const auto due = deadline_in_force(obligation);
    if (!due || !is_open(obligation) || plan.lifecycle.standing != workflows::Standing::active) return;
    if (*due >= now_.date) agenda_.insert({{*due, {0, 0}}, What::falls_due, plan.id, id});
    const AlertRecord& record = record_of(plan, id);
    const Policy& policy = world_.policy(plan.policy_version);
    if (const auto* ladder = workflows::ladder_of(world_, plan, id, record)) {
      const auto first = workflows::next_step(*ladder, plan, id, policy.rules->calendar, std::nullopt);
      if (first) agenda_.insert({std::max(now_, *first), What::look, plan.id, id});
    }
    if (!obligation.enforceable_from) return;
    if (const auto late = lateness(plan, obligation)) {
      const Date day = policy.rules->calendar.add_working_days(*due, *late);
      agenda_.insert({std::max(now_, LocalTime{std::max(day, *obligation.enforceable_from), noon}),
                      What::fulfil, plan.id, id});
    }
  }

  std::optional<std::int64_t> lateness(const Plan& plan, const Obligation& obligation) {
    switch (assumption_) {
      case Assumption::nobody:
        return std::nullopt;
      case Assumption::everybody:
        return 0;
      case Assumption::history:
        return history_.lateness(plan.id, obligation);
    }
    return std::nullopt;
  }

  void schedule_end(const SilenceRow& silence, std::size_t index) {
    const auto moment = parse_iso_instant(silence.tell_at);
    if (!moment || silence.told || silence.ended_at) return;
    const LocalTime local = to_local(*moment, policy_->rules->zone);
    agenda_.insert({std::max(now_, local), What::silence_ends, {}, {}, index});
  }

  void schedule_digests() {
    std::optional<LocalTime> first;
    for (const auto& [version, look] : digests_) {
      const auto next = workflows::next_digest(world_.policy(version), now_);
      if (next && (!first || *next < *first)) first = next;
    }
    if (first) agenda_.insert({*first, What::digest});
  }

  /// What was done about an obligation before: at first as the tables have it.
  AlertRecord& record_of(const Plan& plan, ObligationId id) {
    const auto known = records_.find({plan.id, id});
    if (known != records_.end()) return known->second;
    return records_.emplace(std::pair(plan.id, id), alert_record(system_, plan, id)).first->second;
  }

  // --- What comes

  void take(const Entry& entry) {
    if (entry.what == What::digest) return raise_digests();
    if (entry.what == What::silence_ends) return tell_end_of(silences_[entry.silence]);
    Plan& plan = world_.plans().at(entry.plan);
    switch (entry.what) {
      case What::falls_due:
        return note_deadline(plan, entry);
      case What::look:
        return raise_steps(plan, entry.obligation);
      case What::fulfil:
        return fulfil(plan, entry.obligation);
      case What::digest:
      case What::silence_ends:
        return;
    }
  }

  void tell_end_of(const SilenceRow& silence) {
    Foreseen foreseen{now_, silence.plan};
    foreseen.step = end_of_silence_step;
    foreseen.reason = AlertReason::silence;
    foreseen.persons = {silence.owner};
    messages_.insert({now_, silence.owner});
    result_.all.push_back(std::move(foreseen));
    ++result_.alerts;
  }

  Foreseen about(const Plan& plan, ObligationId id, const LocalTime& moment) const {
    const PlanKind& kind = at(world_.policy(plan.policy_version).plans, plan.kind);
    const Obligation& obligation = plan.obligation(id);
    const ObligationKind& what = workflows::kind_of(kind, obligation);
    Foreseen foreseen{moment, plan.id.to_string()};
    foreseen.obligation = what.type == ObligationType::phase ? "Fin de la fase de " + what.name : what.title;
    if (obligation.period) foreseen.period = obligation.period->to_spanish();
    return foreseen;
  }

  void note_deadline(const Plan& plan, const Entry& entry) {
    const Obligation& obligation = plan.obligation(entry.obligation);
    if (!is_open(obligation) || deadline_in_force(obligation) != entry.moment.date) return;
    if (!obligation.enforceable_from) return;  // its phase has not begun: then it will have another day
    result_.all.push_back(about(plan, entry.obligation, entry.moment));
    ++result_.deadlines;
  }

  void raise_steps(const Plan& plan, ObligationId id) {
    AlertRecord& record = record_of(plan, id);
    for (const workflows::DueStep& step : workflows::due_steps(world_, plan, id, record, now_)) {
      if (step.fate == workflows::StepFate::sent) {
        const auto& said = workflows::ladder_of(world_, plan, id, record)->steps.at(step.key.step);
        Foreseen foreseen = about(plan, id, now_);
        foreseen.step = said.text;
        if (step.key.repetition > 0) foreseen.reason = AlertReason::repetition;
        if (said.verb == dsl::StepVerb::escalate) foreseen.reason = AlertReason::escalation;
        address(foreseen, plan.policy_version, step.role, step.key.territory, step.spared);
        ++result_.alerts;
      }
      record.handled.insert(step.key);
    }
    if (const auto next = workflows::next_look(world_, plan, id, record, now_))
      agenda_.insert({*next, What::look, plan.id, id});
  }

  void raise_digests() {
    std::vector<const Plan*> plans;
    for (const auto& [id, plan] : world_.plans())
      plans.push_back(&plan);
    for (auto& [version, look] : digests_) {
      look.now = now_;
      look.record.silences.clear();
    }
    for (const SilenceRow& silence : silences_) {
      const Plan& plan = world_.plans().at(PlanId::parse(silence.plan).value());
      auto& silences = digests_.at(plan.policy_version).record.silences;
      for (std::uint32_t i = 0; i < plan.obligations.size(); ++i) {
        auto& known = silences[{plan.id, ObligationId{i}}];
        for (const auto& time : silent_times(system_, {silence}, plan, ObligationId{i}))
          known.push_back(time);
      }
    }
    for (const DigestToRaise& digest : due_digests(world_, plans, digests_)) {
      if (digest.due.overtaken) continue;
      Foreseen foreseen{now_};
      foreseen.step = text_of(world_.policy(digest.version), digest.due);
      foreseen.reason = AlertReason::digest;
      foreseen.open = digest.due.open.size();
      address(foreseen, digest.version, digest.due.role, digest.due.key.territory);
      ++result_.digests;
    }
    for (auto& [version, look] : digests_)
      look_until(world_.policy(version), look);
    schedule_digests();
  }

  void address(Foreseen& foreseen, PolicyVersion version, workflows::RoleId role,
               const workflows::EntityRef& territory, const std::set<std::string>& spared = {}) {
    foreseen.role = at(world_.policy(version).rules->roles, role).name;
    foreseen.territory = territory.key;
    foreseen.persons = world_.team(version).acting(role, territory, now_.date).persons;
    std::erase_if(foreseen.persons, [&](const std::string& person) { return spared.contains(person); });
    for (const std::string& person : foreseen.persons)
      messages_.insert({now_, person});
    result_.all.push_back(std::move(foreseen));
  }

  // --- What people are taken to do

  void fulfil(Plan& plan, ObligationId id) {
    const Obligation& obligation = plan.obligation(id);
    if (!is_open(obligation) || plan.lifecycle.standing != workflows::Standing::active) return;
    const auto due = deadline_in_force(obligation);
    if (!due || (assumption_ == Assumption::everybody && *due > now_.date)) return;  // moved since
    const Plan before = plan;
    const Policy& policy = world_.policy(plan.policy_version);
    const PlanKind& kind = at(policy.plans, plan.kind);
    const ObligationKind& what = workflows::kind_of(kind, obligation);
    const Date today = now_.date;
    const std::int64_t late = late_days(obligation, today, policy.rules->calendar);
    switch (what.type) {
      case ObligationType::report:
        happen(plan, workflows::ReportDelivered{id, today, obligation.fields, late == 0, late});
        break;
      case ObligationType::hito:
        happen(plan, workflows::HitoAchieved{id, today, "", late == 0, late});
        break;
      case ObligationType::phase:
        happen(plan, workflows::PhaseFulfilled{id, today, late == 0, late});
        end_phase(plan, kind, *policy.rules);
        break;
    }
    for (Event& event :
         workflows::fix_deadlines(*policy.rules, kind, plan, before.obligation(id).kind, today))
      happen(plan, event);
    for (std::uint32_t i = 0; i < plan.obligations.size(); ++i) {
      if (!(plan.obligations[i] == before.obligations[i])) schedule(plan, ObligationId{i});
    }
  }

  void end_phase(Plan& plan, const PlanKind& kind, const rules::Ruleset& rules) {
    const workflows::Phase ended = plan.lifecycle.phase;
    if (ended == workflows::Phase::closed) return;
    const auto entered = static_cast<workflows::Phase>(static_cast<std::uint8_t>(ended) + 1);
    const bool closes = entered == workflows::Phase::closed;
    happen(plan, workflows::PhaseEnded{ended, entered, now_.date,
                                       closes ? std::nullopt : kind.phase(entered).initial});
    if (closes) return;
    for (Event& event : workflows::enter_phase(rules, kind, plan, entered, now_.date))
      happen(plan, event);
  }

  void happen(Plan& plan, const Event& event) {
    plan = workflows::evolve(std::move(plan), event, {{}, now_});
  }

  System& system_;
  std::shared_ptr<const Policy> policy_;
  Date until_;
  Assumption assumption_;
  const Progress& progress_;
  ForeseenWorld world_;
  History history_;
  LocalTime start_;
  LocalTime now_;
  DigestLooks digests_;  ///< what was looked at, and by now is taken to be
  std::vector<SilenceRow> silences_;
  std::set<Entry> agenda_;
  std::map<std::pair<PlanId, ObligationId>, AlertRecord> records_;
  std::set<std::pair<LocalTime, std::string>> messages_;
  Foresight result_;
};

constexpr std::pair<Assumption, std::string_view> assumptions[] = {
    {Assumption::nobody, "nadie"}, {Assumption::everybody, "todos"}, {Assumption::history, "historial"}};

}  // namespace

std::string_view spanish_name(Assumption assumption) {
  for (const auto& [each, name] : assumptions) {
    if (each == assumption) return name;
  }
  return {};
}

std::optional<Assumption> find_assumption(std::string_view spanish) {
  for (const auto& [each, name] : assumptions) {
    if (name == spanish) return each;
  }
  return std::nullopt;
}

Foresight foresee(System& system, Date until, Assumption assumption, const Progress& progress) {
  return Foreseeing(system, until, assumption, progress).run();
}

Foresight in_sight(const Foresight& foresight, const Sight& sight, const World& world) {
  if (sight.everything) return foresight;
  Foresight seen;
  std::set<std::pair<LocalTime, std::string>> messages;
  for (const Foreseen& foreseen : foresight.all) {
    const auto id = PlanId::parse(foreseen.plan);
    const Plan* plan = id ? world.plan(*id) : nullptr;
    const auto& to = foreseen.persons;
    const bool is_own = std::find(to.begin(), to.end(), sight.person) != to.end();
    if (!is_own && !(plan != nullptr && sees(sight, world, *plan))) continue;
    seen.all.push_back(foreseen);
    if (foreseen.is_deadline()) {
      ++seen.deadlines;
      continue;
    }
    ++(foreseen.reason == AlertReason::digest ? seen.digests : seen.alerts);
    for (const std::string& person : to)
      messages.insert({foreseen.moment, person});
  }
  seen.messages = messages.size();
  return seen;
}

}  // namespace cauce::engine
