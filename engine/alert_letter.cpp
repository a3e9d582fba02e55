#include "engine/alert_letter.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "engine/alert_event.hpp"
#include "engine/alerts.hpp"
#include "engine/hash.hpp"
#include "engine/notice.hpp"
#include "workflows/ladder.hpp"

namespace cauce::engine {

namespace {

using nlohmann::json;
using workflows::EntityRef;
using workflows::Holders;
using workflows::Obligation;
using workflows::ObligationId;
using workflows::ObligationKind;
using workflows::ObligationType;
using workflows::PlanKind;
using workflows::Policy;

std::string name_of_person(System& system, const std::string& id) {
  const auto known = system.person(id);
  return known && !known->name.empty() ? known->name : id;
}

/// `Enlace Territorial: Ana Pérez, Luis Gómez`, or `Enlace Territorial (vacante)`
std::string in_charge(System& system, const Plan& plan, const ObligationKind& obligation) {
  const World& world = system.world();
  const Policy& policy = world.policy(plan.policy_version);
  const EntityRef entity{at(policy.plans, plan.kind).entity, plan.id.entity};
  std::string text;
  for (const workflows::RoleId role : obligation.in_charge) {
    if (!text.empty()) text += "; ";
    text += at(policy.rules->roles, role).title;
    const Holders holders = world.team(plan.policy_version).holders(role, entity, system.now().date);
    if (holders.persons.empty()) {
      text += " (vacante)";
      continue;
    }
    const char* before = ": ";
    for (const std::string& person : holders.persons) {
      text += before + name_of_person(system, person);
      before = ", ";
    }
  }
  return text;
}

std::string what_to_do(const Plan& plan, const Obligation& obligation, const ObligationKind& kind) {
  const std::string id = plan.id.to_string();
  switch (kind.type) {
    case ObligationType::report: {
      std::string command = "cauce reportar " + id + " " + kind.name;
      if (obligation.period) command += " " + obligation.period->to_string();
      for (const rules::Field& field : kind.fields) {
        if (field.required) command += " --campo " + field.name + "=…";
      }
      return command;
    }
    case ObligationType::hito:
      return "cauce cumplir " + id + " " + kind.name + " --el AAAA-MM-DD" +
             (kind.evidence_required ? " --evidencia …" : "");
    case ObligationType::phase:
      return "cauce estado " + id;  // which says what it lacks
  }
  return {};
}

/// The address of a plan, as bytes that stand in an address for themselves.
std::string link_to(const std::string& link, const std::string& plan) {
  const std::size_t place = link.find(plan_in_link);
  if (place == link.npos) return {};
  std::string path;
  for (const char c : plan) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      path += c;
      continue;
    }
    constexpr char digits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    path += {'%', digits[byte >> 4], digits[byte & 0xF]};
  }
  std::string whole = link;
  return whole.replace(place, plan_in_link.size(), path);
}

NoticeItem item_of(System& system, const Mention& mention, const std::string& link) {
  const World& world = system.world();
  const Plan& plan = *world.plan(mention.plan);
  const Policy& policy = world.policy(plan.policy_version);
  const PlanKind& kind = at(policy.plans, plan.kind);
  const Obligation& obligation = plan.obligation(mention.obligation);
  const ObligationKind& obligation_kind = workflows::kind_of(kind, obligation);
  NoticeItem item;
  item.plan = plan.id.to_string();
  item.plan_title = kind.title;
  const rules::Territory& territory = world.territory(plan.policy_version);
  const auto row = territory.find(kind.entity, plan.id.entity);
  item.entity_name = row ? territory.name_of(*policy.rules, kind.entity, *row) : plan.id.entity;
  item.obligation = obligation_kind.title;
  if (obligation_kind.type == ObligationType::phase) {
    item.obligation = "Fin de la fase de " + obligation_kind.name;
  }
  if (obligation.period) item.period = obligation.period->to_spanish();
  item.due = *deadline_in_force(obligation);
  if (obligation.state == workflows::ObligationState::pending) item.missed = obligation.missed;
  const rules::Date today = system.now().date;
  if (workflows::is_overdue(plan, obligation, today))
    item.late_days = late_days(obligation, today, policy.rules->calendar);
  item.in_charge = in_charge(system, plan, obligation_kind);
  item.what_to_do = what_to_do(plan, obligation, obligation_kind);
  item.is_phase = obligation_kind.type == ObligationType::phase;
  item.link = link_to(link, item.plan);
  if (!mention.why.empty()) item.why = {mention.why};
  if (!mention.stands_in_for.empty()) item.stands_in_for = {mention.stands_in_for};
  return item;
}

/// Sorts by the instant at which it was written; the rest is chance.
std::string new_message_id(Instant now) {
  unsigned char random[6];
  randombytes_buf(random, sizeof random);
  char hex[2 * sizeof random + 1];
  sodium_bin2hex(hex, sizeof hex, random, sizeof random);
  std::string instant = to_iso(now);
  std::erase_if(instant, [](char c) { return c == '-' || c == ':' || c == '.'; });
  return "aviso-" + instant + "-" + hex + "@cauce";
}

std::string head_of_journal(System& system) {
  const auto head = system.store().head();
  return head ? std::to_string(head->sequence) + ":" + to_hex(head->hash) : std::string();
}

// --- What a message keeps: its words, and what they speak of

std::string content_of(System& system, const std::string& person, const Letter& letter) {
  std::vector<NoticeItem> items;
  json mentions = json::array();
  for (const Mention& mention : letter.mentions) {
    items.push_back(item_of(system, mention, letter.link));
    mentions.push_back({{"alert", mention.alert},
                        {"plan", mention.plan.to_string()},
                        {"obligation", static_cast<std::uint32_t>(mention.obligation)},
                        {"deadline_number", mention.deadline_number},
                        {"why", mention.why},
                        {"stands_in_for", mention.stands_in_for}});
  }
  std::vector<std::string> said;
  json remarks = json::array();
  for (const Remark& remark : letter.remarks) {
    said.push_back(remark.text);
    remarks.push_back({{"alert", remark.alert}, {"text", remark.text}});
  }
  const World& world = system.world();
  NoticeFrame frame;
  if (letter.has_digest) frame.journal_head = head_of_journal(system);
  if (letter.link.find(plan_in_link) == std::string::npos) frame.link = letter.link;
  frame.remarks = std::move(said);
  const Notice notice = write_notice(world.policy(world.current_version()).rules->program.title,
                                     name_of_person(system, person), items, frame);
  return json{{"subject", notice.subject}, {"text", notice.text}, {"html", notice.html},
              {"mentions", mentions},      {"remarks", remarks},  {"has_digest", letter.has_digest},
              {"link", letter.link}}
      .dump();
}

/// Nothing where the message was written before letters kept what they speak of.
std::optional<Letter> letter_from(const std::string& content) {
  const json kept = json::parse(content.empty() ? "{}" : content);
  if (!kept.contains("mentions")) return std::nullopt;
  Letter letter;
  letter.has_digest = kept.at("has_digest");
  letter.link = kept.value("link", "");
  for (const json& mention : kept.at("mentions")) {
    const auto plan = PlanId::parse(mention.at("plan").get<std::string>());
    if (!plan) continue;
    letter.mentions.push_back(
        {mention.at("alert"), *plan, ObligationId{mention.at("obligation").get<std::uint32_t>()},
         mention.at("deadline_number"), mention.at("why"), mention.at("stands_in_for")});
  }
  for (const json& remark : kept.at("remarks"))
    letter.remarks.push_back({remark.at("alert"), remark.at("text")});
  return letter;
}

// --- Looking at a message again

std::string_view name_of(workflows::Withdrawal why) {
  switch (why) {
    case workflows::Withdrawal::resolved:
      return "resolved";
    case workflows::Withdrawal::suspended:
      return "suspended";
    case workflows::Withdrawal::moved:
      return "moved";
  }
  return {};
}

class Revision {
 public:
  Revision(System& system, MessageRow& message, const Letter& before)
      : system_(system), message_(message), before_(before) {}

  /// False if nothing is left to be sent.
  bool make() {
    for (const Mention& mention : before_.mentions)
      look_at(mention);
    left_.remarks = before_.remarks;
    left_.has_digest = before_.has_digest;
    left_.link = before_.link;
    if (left_.mentions.size() == before_.mentions.size()) return true;
    for (const auto& [person, letter] : for_others_)
      post_letter(system_, person, message_.channel, letter);
    const std::vector<std::int64_t> alerts = left_.alerts();
    message_.state = alerts.empty() ? "withdrawn" : message_.state;
    message_.content = left_.empty() ? message_.content : content_of(system_, message_.person, left_);
    tables().revise_message(message_, alerts);
    system_.record(message_revised, revised_payload(message_, alerts), the_daemon);
    withdraw_what_nobody_carries(alerts);
    return !alerts.empty();
  }

 private:
  AlertTables& tables() const { return system_.store().alert_tables(); }

  void look_at(const Mention& mention) {
    const Plan* plan = system_.world().plan(mention.plan);
    const auto why = plan ? workflows::why_withdraw(*plan, mention.obligation, mention.deadline_number)
                          : workflows::Withdrawal::resolved;
    if (why) {
      gone_[mention.alert] = name_of(*why);
      return;
    }
    const Holders holders = holders_of(mention.alert, *plan);
    const auto holds = [&](const std::string& person) {
      return std::find(holders.persons.begin(), holders.persons.end(), person) != holders.persons.end();
    };
    if (holds(message_.person)) {
      left_.mentions.push_back(mention);
      return;
    }
    if (holders.persons.empty()) gone_[mention.alert] = "vacant";
    const std::vector<std::string> told = tables().recipients_of(mention.alert);
    for (const std::string& person : holders.persons) {
      if (std::find(told.begin(), told.end(), person) != told.end()) continue;
      for_others_[person].mentions.push_back(mention);
      for_others_[person].has_digest = before_.has_digest;
      for_others_[person].link = before_.link;
    }
  }

  /// Who holds the role of an alert today, in the territory for which it was asked.
  Holders holders_of(std::int64_t id, const Plan& plan) const {
    const auto alert = tables().alert(id);
    const auto& rules = *system_.world().policy(plan.policy_version).rules;
    if (!alert) return {};
    EntityRef territory;
    if (!alert->territory_kind.empty())
      territory = {rules.find_entity(alert->territory_kind), alert->territory};
    Holders all;
    for (const workflows::RoleId role : roles_of(*alert, plan)) {
      const workflows::Team& team = system_.world().team(plan.policy_version);
      for (const std::string& person : team.acting(role, territory, system_.now().date).persons) {
        if (std::find(all.persons.begin(), all.persons.end(), person) == all.persons.end())
          all.persons.push_back(person);
      }
    }
    return all;
  }

  /// The role of an alert; where the plan has passed to a version that has no such role, those who are meant.
  std::vector<workflows::RoleId> roles_of(const AlertRow& alert, const Plan& plan) const {
    const auto& rules = *system_.world().policy(plan.policy_version).rules;
    if (const auto role = rules.find_role(alert.role)) return {*role};
    const auto key = alert.plan ? step_key_from_json(alert.key, rules) : std::nullopt;
    if (!key) return {};
    return workflows::roles_now(system_.world(), plan, *key, alert_record(system_, plan, key->obligation));
  }

  /// An alert of which part was sent to somebody stays raised.
  void withdraw_what_nobody_carries(const std::vector<std::int64_t>& left) {
    for (const auto& [alert, because] : gone_) {
      const bool is_left = std::find(left.begin(), left.end(), alert) != left.end();
      if (is_left || !tables().message_states_of(alert).empty()) continue;
      project_alert_event(tables(),
                          system_.record(alert_withdrawn, withdrawn_payload(alert, because), the_daemon));
    }
  }

  System& system_;
  MessageRow& message_;
  const Letter& before_;
  Letter left_;
  std::map<std::string, Letter> for_others_;  ///< by person
  std::map<std::int64_t, std::string> gone_;  ///< why, by alert
};

}  // namespace

std::vector<std::int64_t> Letter::alerts() const {
  std::set<std::int64_t> all;
  for (const Mention& mention : mentions)
    all.insert(mention.alert);
  for (const Remark& remark : remarks)
    all.insert(remark.alert);
  return {all.begin(), all.end()};
}

void post_letter(System& system, const std::string& person, const std::string& channel,
                 const Letter& letter) {
  const Instant now = system.now().instant;
  MessageRow message;
  message.message_id = new_message_id(now);
  message.person = person;
  message.channel = channel;
  message.state = "pending";
  message.content = content_of(system, person, letter);
  message.created_at = to_iso(now);
  const std::vector<std::int64_t> alerts = letter.alerts();
  system.store().alert_tables().add_message(message, alerts);
  system.record(message_written, written_payload(message, alerts), the_daemon);
}

bool revise_letter(System& system, MessageRow& message) {
  const auto letter = letter_from(message.content);
  if (!letter) return true;
  bool anything_left = true;
  system.together([&] { anything_left = Revision(system, message, *letter).make(); });
  return anything_left;
}

}  // namespace cauce::engine
