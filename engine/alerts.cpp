#include "engine/alerts.hpp"

#include <algorithm>
#include <set>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "engine/alert_event.hpp"
#include "engine/hash.hpp"
#include "engine/store/store.hpp"
#include "workflows/ladder.hpp"

namespace cauce::engine {

namespace {

using workflows::DigestKey;
using workflows::DueDigest;
using workflows::DueStep;
using workflows::EntityRef;
using workflows::Holders;
using workflows::ObligationId;
using workflows::ObligationKind;
using workflows::PlanKind;
using workflows::Policy;
using workflows::StepKey;

/// What is due in one round.
struct Due {
  std::vector<DueStep> steps;
  std::vector<DueDigest> digests;
  bool empty() const { return steps.empty() && digests.empty(); }
};

std::set<StepKey> handled_steps(System& system, const PlanId& plan, const rules::Ruleset& rules) {
  std::set<StepKey> handled;
  for (const std::string& json : system.store().alert_tables().alert_keys(plan.to_string())) {
    if (auto key = step_key_from_json(json, rules)) handled.insert(std::move(*key));
  }
  return handled;
}

std::set<DigestKey> handled_digests(System& system, const rules::Ruleset& rules) {
  std::set<DigestKey> handled;
  for (const std::string& json : system.store().alert_tables().alert_keys(std::nullopt)) {
    if (auto key = digest_key_from_json(json, rules)) handled.insert(std::move(*key));
  }
  return handled;
}

LocalTime local_now(System& system) {
  return to_local(system.now().instant, system.policy(system.current_version())->rules->zone);
}

Due find_due(System& system) {
  Due due;
  const World& world = system.world();
  const std::vector<const Plan*> plans = system.all_plans();
  const LocalTime now = local_now(system);
  for (const Plan* plan : plans) {
    // Most plans have nothing due, handled or not: only the others are worth asking what was handled.
    if (workflows::due_steps(world, *plan, {}, now).empty()) continue;
    const rules::Ruleset& rules = *world.policy(plan->policy_version).rules;
    auto steps = workflows::due_steps(world, *plan, handled_steps(system, plan->id, rules), now);
    std::move(steps.begin(), steps.end(), std::back_inserter(due.steps));
  }
  const workflows::PolicyVersion version = system.current_version();
  due.digests = workflows::due_digests(world, version, plans,
                                       handled_digests(system, *world.policy(version).rules), now);
  return due;
}

/// Raises what is due: the alerts, and for each person the one message that gathers theirs.
class RoundWriter {
 public:
  RoundWriter(System& system, const std::string& channel)
      : system_(system), channel_(channel), world_(system.world()), today_(local_now(system).date) {}

  void raise(const DueStep& due) {
    const Plan& plan = *world_.plan(due.key.plan);
    const Policy& policy = world_.policy(plan.policy_version);
    const PlanKind& kind = at(policy.plans, plan.kind);
    const workflows::LadderStep& step = at(policy.ladders, *kind.ladder).steps.at(due.key.step);

    AlertRow alert;
    alert.key = to_json(due.key, *policy.rules, channel_);
    alert.plan = due.key.plan.to_string();
    alert.obligation = static_cast<std::int64_t>(due.key.obligation);
    alert.step = step.text;
    alert.repetition = due.key.repetition;
    AlertReason reason = due.key.repetition > 0 ? AlertReason::repetition : AlertReason::step;
    if (step.verb == dsl::StepVerb::escalate) reason = AlertReason::escalation;
    if (due.superseded) {
      alert.state = name_of(AlertState::superseded);
      alert.not_sent_because = "overtaken";
      ++round_.superseded;
    } else {
      ++round_.raised;
    }
    send(alert, due.role, due.key.territory, due.moment, reason, plan.policy_version,
         {item_of(plan, due.key.obligation, step.text)});
  }

  void raise(const DueDigest& due) {
    const workflows::PolicyVersion version = system_.current_version();
    const Policy& policy = world_.policy(version);
    std::vector<NoticeItem> items;
    for (const auto& [plan, obligation] : due.open) {
      items.push_back(item_of(*world_.plan(plan), obligation, ""));
    }
    AlertRow alert;
    alert.key = to_json(due.key, *policy.rules, channel_);
    for (const workflows::Ladder& ladder : policy.ladders) {
      if (ladder.name == due.key.ladder) alert.step = ladder.digests.at(due.key.line).text;
    }
    ++round_.digests;
    send(alert, due.role, due.key.territory, due.moment, AlertReason::digest, version, std::move(items));
  }

  /// Writes the messages; the round is then complete.
  Round finish() {
    const std::string programme = world_.policy(system_.current_version()).rules->program.title;
    for (auto& [person, letter] : letters_) {
      const auto known = system_.person(person);
      Notice notice = write_notice(programme, known && !known->name.empty() ? known->name : person,
                                   letter.items, letter.has_digest ? head_of_journal() : std::string());
      MessageRow message;
      message.message_id = new_message_id();
      message.person = person;
      message.channel = channel_;
      message.state = "pending";
      message.content =
          nlohmann::json{{"subject", notice.subject}, {"text", notice.text}, {"html", notice.html}}.dump();
      message.created_at = to_iso(system_.now().instant);
      system_.store().alert_tables().add_message(message, letter.alerts);
      system_.record(message_written, written_payload(message, letter.alerts), the_daemon);
      ++round_.messages;
    }
    return round_;
  }

 private:
  struct Letter {
    std::vector<NoticeItem> items;
    std::vector<std::int64_t> alerts;
    bool has_digest = false;
  };

  std::string head_of_journal() const {
    const auto head = system_.store().head();
    return head ? std::to_string(head->sequence) + ":" + to_hex(head->hash) : std::string();
  }

  /// Keeps the alert, and puts it into the letters of those who hold the role now.
  void send(AlertRow& alert, workflows::RoleId role, const EntityRef& territory, const LocalTime& moment,
            AlertReason reason, workflows::PolicyVersion version, std::vector<NoticeItem> items) {
    const rules::Ruleset& rules = *world_.policy(version).rules;
    const Holders holders = world_.team(version).acting(role, territory, today_);
    alert.role = at(rules.roles, role).name;
    alert.territory_kind = territory.kind ? at(rules.entities, *territory.kind).name : "";
    alert.territory = territory.key;
    alert.reason = name_of(reason);
    alert.moment = to_iso(to_instant(moment, rules.zone));
    if (holders.stand_in) alert.stood_in_by = at(rules.roles, holders.role).name;
    if (alert.state.empty()) {
      alert.state = name_of(AlertState::raised);
      if (holders.persons.empty()) {
        alert.not_sent_because = "vacant";
        ++round_.nobody;
      }
    }
    const bool superseded = alert.state == name_of(AlertState::superseded);
    const StoredEvent event =
        system_.record(superseded ? alert_superseded : alert_raised, alert_payload(alert), the_daemon);
    alert.id = event.sequence;
    alert.raised_at = event.instant;
    system_.store().alert_tables().add_alert(alert);
    if (superseded) return;
    for (NoticeItem& item : items) {
      if (holders.stand_in) item.stands_in_for = {at(rules.roles, role).title};
    }
    for (const std::string& person : holders.persons) {
      Letter& letter = letters_[person];
      letter.alerts.push_back(alert.id);
      letter.has_digest = letter.has_digest || reason == AlertReason::digest;
      letter.items.insert(letter.items.end(), items.begin(), items.end());
    }
  }

  NoticeItem item_of(const Plan& plan, ObligationId id, const std::string& why) const {
    const Policy& policy = world_.policy(plan.policy_version);
    const PlanKind& kind = at(policy.plans, plan.kind);
    const workflows::Obligation& obligation = plan.obligation(id);
    const ObligationKind& obligation_kind = workflows::kind_of(kind, obligation);
    NoticeItem item;
    item.plan = plan.id.to_string();
    item.plan_title = kind.title;
    const rules::Territory& territory = world_.territory(plan.policy_version);
    const auto row = territory.find(kind.entity, plan.id.entity);
    item.entity_name = row ? territory.name_of(*policy.rules, kind.entity, *row) : plan.id.entity;
    item.obligation = obligation_kind.title;
    if (obligation_kind.type == workflows::ObligationType::phase) {
      item.obligation = "Fin de la fase de " + obligation_kind.name;
    }
    if (obligation.period) item.period = obligation.period->to_spanish();
    item.due = *deadline_in_force(obligation);
    item.late_days = late_days(obligation, today_, policy.rules->calendar);
    item.in_charge = in_charge(plan, obligation_kind);
    item.what_to_do = what_to_do(plan, obligation, obligation_kind);
    if (!why.empty()) item.why = {why};
    return item;
  }

  /// `Enlace Territorial: Ana Pérez, Luis Gómez`, or `Enlace Territorial (vacante)`
  std::string in_charge(const Plan& plan, const ObligationKind& obligation) const {
    const Policy& policy = world_.policy(plan.policy_version);
    const EntityRef entity{at(policy.plans, plan.kind).entity, plan.id.entity};
    std::string text;
    for (const workflows::RoleId role : obligation.in_charge) {
      if (!text.empty()) text += "; ";
      text += at(policy.rules->roles, role).title;
      const Holders holders = world_.team(plan.policy_version).holders(role, entity, today_);
      if (holders.persons.empty()) {
        text += " (vacante)";
        continue;
      }
      const char* before = ": ";
      for (const std::string& person : holders.persons) {
        const auto known = system_.person(person);
        text += before + (known && !known->name.empty() ? known->name : person);
        before = ", ";
      }
    }
    return text;
  }

  static std::string what_to_do(const Plan& plan, const workflows::Obligation& obligation,
                                const ObligationKind& kind) {
    const std::string id = plan.id.to_string();
    switch (kind.type) {
      case workflows::ObligationType::report: {
        std::string command = "cauce reportar " + id + " " + kind.name;
        if (obligation.period) command += " " + obligation.period->to_string();
        for (const rules::Field& field : kind.fields) {
          if (field.required) command += " --campo " + field.name + "=…";
        }
        return command;
      }
      case workflows::ObligationType::hito:
        return "cauce cumplir " + id + " " + kind.name + " --el AAAA-MM-DD" +
               (kind.evidence_required ? " --evidencia …" : "");
      case workflows::ObligationType::phase:
        return "cauce estado " + id;
    }
    return {};
  }

  /// Sorts by the instant at which it was written; the rest is chance.
  std::string new_message_id() const {
    unsigned char random[6];
    randombytes_buf(random, sizeof random);
    char hex[2 * sizeof random + 1];
    sodium_bin2hex(hex, sizeof hex, random, sizeof random);
    std::string instant = to_iso(system_.now().instant);
    std::erase_if(instant, [](char c) { return c == '-' || c == ':' || c == '.'; });
    return "aviso-" + instant + "-" + hex + "@cauce";
  }

  System& system_;
  const std::string& channel_;
  const World& world_;
  const rules::Date today_;
  std::map<std::string, Letter> letters_;  ///< by person
  Round round_;
};

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
  }
  return {};
}

std::string_view name_of(AlertState state) {
  return state == AlertState::raised ? "raised" : "superseded";
}

std::string spanish_state(const Alert& alert) {
  if (alert.state == AlertState::superseded) return "superada";
  if (alert.not_sent_because == "vacant") return "nadie tiene el rol";
  if (alert.message == OutboxState::sent) return "enviada";
  return std::string(spanish_name(alert.message.value_or(OutboxState::pending)));
}

Round raise_due(System& system, const std::string& channel) {
  if (system.current_version() == 0 || find_due(system).empty()) return {};
  Round round;
  system.together([&] {
    // Looked at again: only what is seen within the transaction is sure to be nobody else's.
    const Due due = find_due(system);
    RoundWriter writer(system, channel);
    for (const DueStep& step : due.steps)
      writer.raise(step);
    for (const DueDigest& digest : due.digests)
      writer.raise(digest);
    round = writer.finish();
  });
  return round;
}

namespace {

/// Of the states of several messages, the one that wants attention first.
std::optional<OutboxState> least_far(const std::vector<std::string>& states) {
  for (const OutboxState state : {OutboxState::dead, OutboxState::uncertain, OutboxState::retry,
                                  OutboxState::leased, OutboxState::pending, OutboxState::sent}) {
    if (std::find(states.begin(), states.end(), name_of(state)) != states.end()) return state;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Alert> list_alerts(System& system, const AlertFilter& filter) {
  const std::optional<std::string> plan =
      filter.plan ? std::optional(filter.plan->to_string()) : std::nullopt;
  std::vector<Alert> alerts;
  AlertTables& tables = system.store().alert_tables();
  for (const AlertRow& row : tables.alerts(plan)) {
    if (!filter.with_superseded && row.state == name_of(AlertState::superseded)) continue;
    Alert alert;
    alert.id = row.id;
    alert.recipients = tables.recipients_of(row.id);
    alert.message = least_far(tables.message_states_of(row.id));
    if (filter.person && std::find(alert.recipients.begin(), alert.recipients.end(), *filter.person) ==
                             alert.recipients.end()) {
      continue;
    }
    if (row.plan) {
      alert.plan = *row.plan;
      const auto id = PlanId::parse(*row.plan);
      if (const Plan* found = id ? system.world().plan(*id) : nullptr) {
        const auto& obligation = found->obligation(
            workflows::ObligationId{static_cast<std::uint32_t>(row.obligation.value_or(0))});
        const auto policy = system.policy(found->policy_version);
        alert.obligation = workflows::kind_of(at(policy->plans, found->kind), obligation).name;
        if (obligation.period) alert.period = obligation.period->to_string();
      }
    }
    alert.step = row.step;
    alert.repetition = static_cast<std::uint32_t>(row.repetition);
    alert.role = row.role;
    alert.territory = row.territory;
    alert.stood_in_by = row.stood_in_by;
    alert.raised_at = row.raised_at;
    for (const AlertReason reason :
         {AlertReason::step, AlertReason::repetition, AlertReason::escalation, AlertReason::digest}) {
      if (row.reason == name_of(reason)) alert.reason = reason;
    }
    alert.state = row.state == name_of(AlertState::raised) ? AlertState::raised : AlertState::superseded;
    alert.not_sent_because = row.not_sent_because.value_or("");
    alerts.push_back(std::move(alert));
  }
  return alerts;
}

}  // namespace cauce::engine
