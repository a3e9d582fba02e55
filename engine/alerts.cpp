#include "engine/alerts.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "engine/alert_event.hpp"
#include "engine/alert_letter.hpp"
#include "engine/digests.hpp"
#include "engine/settings.hpp"
#include "engine/silence.hpp"
#include "engine/store/store.hpp"
#include "rules/noun.hpp"
#include "workflows/ladder.hpp"

namespace cauce::engine {

namespace {

using workflows::AlertRecord;
using workflows::DueStep;
using workflows::EntityRef;
using workflows::Holders;
using workflows::ObligationId;
using workflows::Policy;
using workflows::StepFate;

LocalTime local_now(System& system) {
  return to_local(system.now().instant, system.policy(system.current_version())->rules->zone);
}

/// Cheap, and never false where something is due.
bool anything_may_be_due(System& system) {
  AlertTables& tables = system.store().alert_tables();
  const std::string now = to_iso(system.now().instant);
  return tables.any_watched_by(now) || DigestsLookedAt(system).lack_one() ||
         !tables.silences_to_tell(now).empty();
}

/// Raises what is due: the alerts, and for each person the one message that gathers theirs.
class RoundWriter {
 public:
  RoundWriter(System& system, const std::string& channel, const std::string& link)
      : system_(system),
        channel_(channel),
        link_(link),
        world_(system.world()),
        today_(local_now(system).date) {}

  void raise(const DueStep& due, const AlertRecord& record) {
    const Plan& plan = *world_.plan(due.key.plan);
    const workflows::LadderStep& step =
        workflows::ladder_of(world_, plan, due.key.obligation, record)->steps.at(due.key.step);

    AlertRow alert;
    alert.key = to_json(due.key, *world_.policy(plan.policy_version).rules, channel_);
    alert.plan = due.key.plan.to_string();
    alert.obligation = static_cast<std::int64_t>(due.key.obligation);
    alert.step = step.text;
    alert.repetition = due.key.repetition;
    AlertReason reason = due.key.repetition > 0 ? AlertReason::repetition : AlertReason::step;
    if (step.verb == dsl::StepVerb::escalate) reason = AlertReason::escalation;
    alert.reason = name_of(reason);
    alert.state = name_of(due.fate == StepFate::overtaken ? AlertState::superseded : AlertState::raised);
    if (due.fate == StepFate::overtaken) alert.not_sent_because = "overtaken";
    if (due.fate == StepFate::acknowledged) alert.not_sent_because = "acknowledged";
    if (due.fate == StepFate::silenced) alert.not_sent_because = "silenced";
    if (due.fate == StepFate::sent) {
      ++round_.raised;
    } else if (due.fate == StepFate::overtaken) {
      ++round_.superseded;
    } else {
      ++round_.muted;
    }
    const Mention mention{0, due.key.plan, due.key.obligation, due.key.deadline_number, step.text};
    send(alert, due.role, due.key.territory, due.moment, plan.policy_version, {mention}, due.spared);
  }

  void raise(const DigestToRaise& digest) {
    const workflows::DueDigest& due = digest.due;
    std::vector<Mention> mentions;
    for (const auto& [plan, obligation] : due.open) {
      mentions.push_back({0, plan, obligation, world_.plan(plan)->obligation(obligation).deadline_number});
    }
    AlertRow alert;
    alert.key = to_json(due.key, *world_.policy(digest.version).rules, channel_);
    alert.step = text_of(world_.policy(digest.version), due);
    alert.reason = name_of(AlertReason::digest);
    alert.state = name_of(due.overtaken ? AlertState::superseded : AlertState::raised);
    if (due.overtaken) alert.not_sent_because = "overtaken";
    ++(due.overtaken ? round_.superseded : round_.digests);
    send(alert, due.role, due.key.territory, due.moment, digest.version, std::move(mentions));
  }

  /// Tells the owner of a silence that it ends.
  void raise(SilenceRow silence) {
    AlertRow alert;
    alert.key = silence_key(silence.id, channel_);
    alert.step = end_of_silence_step;
    alert.reason = name_of(AlertReason::silence);
    alert.state = name_of(AlertState::raised);
    alert.moment = silence.tell_at;
    record(alert);
    silence.told = true;
    system_.store().alert_tables().update_silence(silence);
    letters_[silence.owner].remarks.push_back({alert.id, end_of_silence(system_, silence)});
    ++round_.raised;
  }

  /// Writes the messages; the round is then complete.
  Round finish() {
    for (auto& [person, letter] : letters_) {
      letter.link = link_;
      post_letter(system_, person, channel_, letter);
    }
    round_.messages = letters_.size();
    return round_;
  }

 private:
  /// Keeps the alert, and puts it into the letters of those who hold the role now, save those who are spared.
  void send(AlertRow& alert, workflows::RoleId role, const EntityRef& territory, const LocalTime& moment,
            workflows::PolicyVersion version, std::vector<Mention> mentions,
            const std::set<std::string>& spared = {}) {
    const rules::Ruleset& rules = *world_.policy(version).rules;
    const Holders holders = world_.team(version).acting(role, territory, today_);
    alert.role = at(rules.roles, role).name;
    alert.territory_kind = territory.kind ? at(rules.entities, *territory.kind).name : "";
    alert.territory = territory.key;
    alert.moment = to_iso(to_instant(moment, rules.zone));
    if (holders.stand_in) alert.stood_in_by = at(rules.roles, holders.role).name;
    if (holders.persons.empty() && !alert.not_sent_because) {
      alert.not_sent_because = "vacant";
      ++round_.nobody;
    }
    record(alert);
    if (alert.not_sent_because) return;
    for (Mention& mention : mentions) {
      mention.alert = alert.id;
      if (holders.stand_in) mention.stands_in_for = at(rules.roles, role).title;
    }
    for (const std::string& person : holders.persons) {
      if (spared.contains(person)) continue;
      Letter& letter = letters_[person];
      letter.has_digest = letter.has_digest || alert.reason == name_of(AlertReason::digest);
      letter.mentions.insert(letter.mentions.end(), mentions.begin(), mentions.end());
    }
  }

  void record(AlertRow& alert) {
    const bool superseded = alert.state == name_of(AlertState::superseded);
    const StoredEvent event =
        system_.record(superseded ? alert_superseded : alert_raised, alert_payload(alert), the_daemon);
    alert.id = event.sequence;
    alert.raised_at = event.instant;
    system_.store().alert_tables().add_alert(alert);
  }

  System& system_;
  const std::string& channel_;
  const std::string& link_;
  const World& world_;
  const rules::Date today_;
  std::map<std::string, Letter> letters_;  ///< by person
  Round round_;
};

/// Raises the steps of what is to be looked at by now, and notes when to look next.
void raise_steps(System& system, RoundWriter& writer, const LocalTime& now) {
  const World& world = system.world();
  AlertTables& tables = system.store().alert_tables();
  for (WatchRow& row : tables.watched_by(to_iso(system.now().instant))) {
    const auto plan_id = PlanId::parse(row.plan);
    const Plan* plan = plan_id ? world.plan(*plan_id) : nullptr;
    if (!plan) throw std::logic_error("an alert is watched of no plan: " + row.plan);
    const ObligationId id{static_cast<std::uint32_t>(row.obligation)};
    const AlertRecord record = alert_record(system, *plan, id);
    for (const DueStep& step : workflows::due_steps(world, *plan, id, record, now))
      writer.raise(step, record);
    row.moment.reset();
    if (const auto next = workflows::next_look(world, *plan, id, record, now))
      row.moment = to_iso(to_instant(*next, world.policy(plan->policy_version).rules->zone));
    tables.put_watch(row);
  }
}

}  // namespace

std::string_view name_of(AlertReason reason) {
  switch (reason) {
    case AlertReason::step:
      return "step";
    case AlertReason::repetition:
      return "repetition";
    case AlertReason::escalation:
      return "escalation";
    case AlertReason::digest:
      return "digest";
    case AlertReason::silence:
      return "silence";
  }
  return {};
}

std::string_view name_of(AlertState state) {
  switch (state) {
    case AlertState::raised:
      return "raised";
    case AlertState::superseded:
      return "superseded";
    case AlertState::withdrawn:
      return "withdrawn";
    case AlertState::acknowledged:
      return "acknowledged";
  }
  return {};
}

namespace {

constexpr std::string_view acknowledged_word = "reconocida";
constexpr std::string_view superseded_word = "superada";
constexpr std::string_view sent_word = "enviada";

/// Why an alert was not sent, as it is kept and for people.
struct NotSentReason {
  std::string_view kept;
  std::string_view in_words;
};
constexpr std::array<NotSentReason, 6> not_sent_reasons{{{"vacant", "nadie tiene el rol"},
                                                         {"silenced", "silenciada"},
                                                         {"acknowledged", "ya reconocida"},
                                                         {"resolved", "retirada: ya se cumplió"},
                                                         {"suspended", "retirada: plan suspendido"},
                                                         {"moved", "retirada: cambió el plazo"}}};

/// That of the message that carries an alert.
std::string_view in_words(OutboxState state) {
  return state == OutboxState::sent ? sent_word : spanish_name(state);
}

}  // namespace

std::string state_in_words(const Alert& alert) {
  if (alert.state == AlertState::superseded) return std::string(superseded_word);
  if (alert.state == AlertState::acknowledged) return std::string(acknowledged_word);
  for (const NotSentReason& reason : not_sent_reasons) {
    if (alert.not_sent_because == reason.kept) return std::string(reason.in_words);
  }
  return std::string(in_words(alert.message.value_or(OutboxState::pending)));
}

const std::vector<std::string>& states_in_words() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> words;
    for (const OutboxState state :
         {OutboxState::pending, OutboxState::leased, OutboxState::sent, OutboxState::retry,
          OutboxState::uncertain, OutboxState::dead, OutboxState::withdrawn})
      words.emplace_back(in_words(state));
    words.emplace_back(acknowledged_word);
    words.emplace_back(superseded_word);
    for (const NotSentReason& reason : not_sent_reasons)
      words.emplace_back(reason.in_words);
    return words;
  }();
  return all;
}

std::string spanish_state(const Alert& alert) {
  const std::string state = state_in_words(alert);
  return state == acknowledged_word ? state + " por " + rules::joined(alert.acknowledged_by, "y") : state;
}

AlertRecord alert_record(System& system, const Plan& plan, ObligationId id) {
  AlertTables& tables = system.store().alert_tables();
  const std::string plan_id = plan.id.to_string();
  const rules::Ruleset& rules = *system.policy(plan.policy_version)->rules;
  AlertRecord record;
  for (const AlertKeyRow& row : tables.alert_keys(plan_id, static_cast<std::int64_t>(id))) {
    const auto key = step_key_from_json(row.key, rules);
    if (!key) continue;
    record.handled.insert(*key);
    if (row.state != name_of(AlertState::acknowledged)) continue;
    const auto persons = tables.acknowledgements_of(row.id);
    record.acknowledged[*key].insert(persons.begin(), persons.end());
  }
  for (const auto& [obligation, version] : tables.frozen_ladders(plan_id))
    record.ladders.emplace(ObligationId{static_cast<std::uint32_t>(obligation)}, version);
  workflows::carry_over(system.world(), plan, record);
  if (auto silences = silent_times(system, tables.silences_of(plan_id), plan, id); !silences.empty())
    record.silences.emplace(id, std::move(silences));
  return record;
}

Round raise_due(System& system, const std::string& channel, const std::string& link) {
  if (system.current_version() == 0) return {};
  system.world();  // as others have left it by now
  if (!anything_may_be_due(system)) return {};
  Round round;
  system.together([&] {
    const LocalTime now = local_now(system);
    RoundWriter writer(system, channel, link);
    raise_steps(system, writer, now);
    if (DigestsLookedAt looked(system); looked.lack_one()) {
      for (const DigestToRaise& digest : find_digests(system, looked))
        writer.raise(digest);
      looked.keep();
    }
    for (const SilenceRow& silence :
         system.store().alert_tables().silences_to_tell(to_iso(system.now().instant)))
      writer.raise(silence);
    round = writer.finish();
  });
  return round;
}

std::optional<Instant> next_round(System& system) {
  if (system.current_version() == 0) return std::nullopt;
  AlertTables& tables = system.store().alert_tables();
  auto next = next_digest(system);
  for (const auto& other : {tables.next_watch(), tables.next_silence_to_tell()}) {
    // What stands without a moment is to be looked at at once.
    const auto moment = other ? parse_iso_instant(*other).value_or(system.now().instant) : next;
    if (moment && (!next || *moment < *next)) next = moment;
  }
  return next;
}

namespace {

/// The one of two that wants attention first.
std::optional<OutboxState> less_far(std::optional<OutboxState> a, const std::string& b) {
  for (const OutboxState state :
       {OutboxState::dead, OutboxState::uncertain, OutboxState::retry, OutboxState::leased,
        OutboxState::pending, OutboxState::sent, OutboxState::withdrawn}) {
    if (a == state || b == name_of(state)) return state;
  }
  return a;
}

/// An alert of the tables, without the messages that carry it.
Alert told_alert(System& system, const ToldAlertRow& row) {
  Alert alert;
  alert.id = row.id;
  alert.plan = row.plan.value_or("");
  if (row.obligation_name) {
    alert.obligation = *row.obligation_name;
    alert.period = row.period.value_or("");
  } else if (const auto id = row.plan ? PlanId::parse(*row.plan) : std::nullopt) {
    if (const Plan* plan = system.world().plan(*id)) {
      const auto number = static_cast<std::uint32_t>(row.obligation.value_or(0));
      const auto& obligation = plan->obligation(ObligationId{number});
      const auto policy = system.policy(plan->policy_version);
      alert.obligation = workflows::kind_of(at(policy->plans, plan->kind), obligation).name;
      if (obligation.period) alert.period = obligation.period->to_string();
    }
  }
  alert.step = row.step;
  alert.repetition = static_cast<std::uint32_t>(row.repetition);
  alert.role = row.role;
  alert.territory = row.territory;
  alert.stood_in_by = row.stood_in_by;
  alert.raised_at = row.raised_at;
  for (const AlertReason reason : {AlertReason::step, AlertReason::repetition, AlertReason::escalation,
                                   AlertReason::digest, AlertReason::silence}) {
    if (row.reason == name_of(reason)) alert.reason = reason;
  }
  for (const AlertState state :
       {AlertState::raised, AlertState::superseded, AlertState::withdrawn, AlertState::acknowledged}) {
    if (row.state == name_of(state)) alert.state = state;
  }
  alert.not_sent_because = row.not_sent_because.value_or("");
  if (alert.state == AlertState::acknowledged)
    alert.acknowledged_by = system.store().alert_tables().acknowledgements_of(row.id);
  return alert;
}

}  // namespace

std::vector<Alert> list_alerts(System& system, const AlertFilter& filter) {
  const std::optional<std::string> plan =
      filter.plan ? std::optional(filter.plan->to_string()) : std::nullopt;
  std::vector<Alert> alerts;
  system.store().alert_tables().each_told(plan, filter.with_superseded, [&](const ToldAlertRow& row) {
    if (alerts.empty() || alerts.back().id != row.id) alerts.push_back(told_alert(system, row));
    Alert& alert = alerts.back();
    if (!row.person) return;
    if (alert.recipients.empty() || alert.recipients.back() != *row.person)
      alert.recipients.push_back(*row.person);
    alert.message = less_far(alert.message, *row.message_state);
  });
  if (filter.person) {
    std::erase_if(alerts, [&](const Alert& alert) {
      return std::find(alert.recipients.begin(), alert.recipients.end(), *filter.person) ==
             alert.recipients.end();
    });
  }
  return alerts;
}

Refusal no_such_alert(std::int64_t id) {
  return {workflows::RefusalKind::unknown_name, "no hay ningún aviso " + std::to_string(id),
          "véalos con «cauce alertas»"};
}

Result<Alert> acknowledge(System& system, std::int64_t id, const Actor& actor) {
  const auto row = system.store().alert_tables().alert(id);
  AlertFilter filter;
  if (row && row->plan) filter.plan = PlanId::parse(*row->plan);
  const std::vector<Alert> all = list_alerts(system, filter);
  const auto found = std::find_if(all.begin(), all.end(), [&](const Alert& alert) { return alert.id == id; });
  if (found == all.end()) return no_such_alert(id);
  const auto& recipients = found->recipients;
  if (std::find(recipients.begin(), recipients.end(), actor.person) == recipients.end()) {
    Refusal refusal{workflows::RefusalKind::not_allowed,
                    "el aviso " + std::to_string(id) + " no fue para «" + actor.person + "»",
                    "lo reconoce quien lo recibió"};
    refusal.holders = recipients;
    return refusal;
  }
  Alert alert = *found;
  const bool goes_out = alert.state == AlertState::raised || alert.state == AlertState::acknowledged;
  auto& known = alert.acknowledged_by;
  if (goes_out && std::find(known.begin(), known.end(), actor.person) == known.end()) {
    system.together([&] {
      project_alert_event(system.store().alert_tables(),
                          system.record(alert_acknowledged, acknowledged_payload(id, actor.person), actor));
    });
    alert.state = AlertState::acknowledged;
    known.push_back(actor.person);
  }
  return alert;
}

bool sees(const Sight& sight, const World& world, const Alert& alert) {
  if (sight.everything) return true;
  const auto& to = alert.recipients;
  if (std::find(to.begin(), to.end(), sight.person) != to.end()) return true;
  const auto id = PlanId::parse(alert.plan);
  const Plan* plan = id ? world.plan(*id) : nullptr;
  return plan != nullptr && sees(sight, world, *plan);
}

}  // namespace cauce::engine
