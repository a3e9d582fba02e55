#include "engine/alert_event.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/event_json.hpp"

namespace cauce::engine {

namespace {

using Json = nlohmann::json;  // its keys are ordered, so that what it writes is canonical

void put_territory(Json& json, const workflows::EntityRef& territory, const rules::Ruleset& rules) {
  json["territory_kind"] = territory.kind ? rules::at(rules.entities, *territory.kind).name : "";
  json["territory"] = territory.key;
}

/// Nothing if the kind is not in the rules.
std::optional<workflows::EntityRef> territory_of(const Json& json, const rules::Ruleset& rules) {
  workflows::EntityRef territory;
  const std::string kind = json.at("territory_kind");
  if (!kind.empty()) {
    territory.kind = rules.find_entity(kind);
    if (!territory.kind) return std::nullopt;
  }
  territory.key = json.at("territory");
  return territory;
}

Json optional_text(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json(nullptr);
}

}  // namespace

bool is_about_alerts(std::string_view kind) {
  constexpr std::string_view kinds[] = {
      alert_raised,  alert_superseded, alert_withdrawn, alert_acknowledged, ladder_frozen,  silence_set,
      silence_ended, message_written,  message_revised, message_sent,       message_failed, message_requeued};
  return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

std::string to_json(const workflows::StepKey& key, const rules::Ruleset& rules, std::string_view channel) {
  Json json = {{"plan", key.plan.to_string()},
               {"obligation", static_cast<std::uint32_t>(key.obligation)},
               {"deadline_number", key.deadline_number},
               {"step", key.step},
               {"repetition", key.repetition},
               {"role", key.role},
               {"channel", channel}};
  put_territory(json, key.territory, rules);
  return json.dump();
}

std::string to_json(const workflows::DigestKey& key, const rules::Ruleset& rules, std::string_view channel) {
  Json json = {{"ladder", key.ladder}, {"date", rules::to_iso(key.date)},
               {"hour", key.at.hour},  {"minute", key.at.minute},
               {"role", key.role},     {"channel", channel}};
  put_territory(json, key.territory, rules);
  return json.dump();
}

std::optional<workflows::StepKey> step_key_from_json(const std::string& text, const rules::Ruleset& rules) {
  const Json json = Json::parse(text);
  const auto territory = territory_of(json, rules);
  const auto plan = workflows::PlanId::parse(json.at("plan").get<std::string>());
  if (!territory || !plan) return std::nullopt;
  return workflows::StepKey{*plan,
                            workflows::ObligationId{json.at("obligation").get<std::uint32_t>()},
                            json.at("deadline_number"),
                            json.at("step"),
                            json.at("repetition"),
                            json.at("role"),
                            *territory};
}

std::optional<workflows::DigestKey> digest_key_from_json(const std::string& text,
                                                         const rules::Ruleset& rules) {
  const Json json = Json::parse(text);
  if (!json.contains("hour")) return std::nullopt;  // not of a digest, or of one that told its line by its place
  const auto territory = territory_of(json, rules);
  const auto date = rules::parse_iso_date(json.at("date").get<std::string>());
  if (!territory || !date) return std::nullopt;
  return workflows::DigestKey{
      json.at("ladder"), *date, {json.at("hour"), json.at("minute")}, json.at("role"), *territory};
}

std::string alert_payload(const AlertRow& alert) {
  return Json{{"v", 1},
              {"key", Json::parse(alert.key)},
              {"step", alert.step},
              {"stood_in_by", alert.stood_in_by},
              {"reason", alert.reason},
              {"moment", alert.moment},
              {"state", alert.state},
              {"not_sent_because", optional_text(alert.not_sent_because)}}
      .dump();
}

AlertRow alert_from_event(const StoredEvent& event) {
  try {
    const Json json = Json::parse(event.payload);
    const Json& key = json.at("key");
    AlertRow alert;
    alert.id = event.sequence;
    alert.key = key.dump();
    if (key.contains("plan")) {
      alert.plan = key.at("plan");
      alert.obligation = key.at("obligation");
      alert.repetition = key.at("repetition");
    }
    alert.step = json.at("step");
    alert.role = key.at("role");
    alert.territory_kind = key.at("territory_kind");
    alert.territory = key.at("territory");
    alert.stood_in_by = json.at("stood_in_by");
    alert.reason = json.at("reason");
    alert.moment = json.at("moment");
    alert.raised_at = event.instant;
    alert.state = json.at("state");
    if (const Json& why = json.at("not_sent_because"); !why.is_null()) alert.not_sent_because = why;
    return alert;
  } catch (const Json::exception& error) {
    throw JournalUnreadable("el evento " + std::to_string(event.sequence) +
                            " no se puede leer: " + error.what());
  }
}

std::string written_payload(const MessageRow& message, const std::vector<std::int64_t>& alerts) {
  return Json{{"v", 1},
              {"message", message.message_id},
              {"person", message.person},
              {"channel", message.channel},
              {"created_at", message.created_at},
              {"alerts", alerts}}
      .dump();
}

std::string message_payload(const MessageRow& message) {
  return Json{{"v", 1},
              {"message", message.message_id},
              {"person", message.person},
              {"channel", message.channel},
              {"attempts", message.attempts},
              {"state", message.state},
              {"answer", message.answer.value_or("")}}
      .dump();
}

std::string silence_key(std::int64_t silence, std::string_view channel) {
  return Json{
      {"silence", silence}, {"role", ""}, {"territory_kind", ""}, {"territory", ""}, {"channel", channel}}
      .dump();
}

std::string withdrawn_payload(std::int64_t alert, std::string_view because) {
  return Json{{"v", 1}, {"alert", alert}, {"because", because}}.dump();
}

std::string acknowledged_payload(std::int64_t alert, std::string_view person) {
  return Json{{"v", 1}, {"alert", alert}, {"person", person}}.dump();
}

std::string frozen_payload(std::string_view plan, std::int64_t obligation, std::int64_t version) {
  return Json{{"v", 1}, {"plan", plan}, {"obligation", obligation}, {"version", version}}.dump();
}

std::string silence_payload(const SilenceRow& silence) {
  return Json{{"v", 1},
              {"plan", silence.plan},
              {"obligation", silence.obligation ? Json(*silence.obligation) : Json(nullptr)},
              {"until", silence.until_day},
              {"reason", silence.reason},
              {"owner", silence.owner},
              {"tell_at", silence.tell_at}}
      .dump();
}

std::string silence_ended_payload(std::int64_t silence) {
  return Json{{"v", 1}, {"silence", silence}}.dump();
}

std::string revised_payload(const MessageRow& message, const std::vector<std::int64_t>& alerts) {
  return Json{{"v", 1}, {"message", message.message_id}, {"alerts", alerts}}.dump();
}

namespace {

MessageRow known_message(AlertTables& tables, const StoredEvent& event, const std::string& id) {
  std::optional<MessageRow> message = tables.message(id);
  if (!message) {
    throw JournalUnreadable("el asiento " + std::to_string(event.sequence) + " es de un mensaje, «" + id +
                            "», que el diario no conoce: esta base se empezó con un Cauce anterior al 0.1.0, "
                            "cuyos avisos no se pueden reconstruir");
  }
  return std::move(*message);
}

void project_message(AlertTables& tables, const StoredEvent& event, const Json& json) {
  const std::string id = json.at("message");
  if (event.kind == message_written) {
    MessageRow message;
    message.message_id = id;
    message.person = json.at("person");
    message.channel = json.at("channel");
    message.state = "pending";
    message.created_at = json.at("created_at");
    tables.add_message(message, json.at("alerts"));
    return;
  }
  MessageRow message = known_message(tables, event, id);
  if (event.kind == message_revised) {
    const std::vector<std::int64_t> alerts = json.at("alerts");
    if (alerts.empty()) message.state = "withdrawn";
    tables.revise_message(message, alerts);
    return;
  }
  message.state = json.at("state");
  message.channel = json.at("channel");
  message.attempts = json.at("attempts");
  message.answer = json.at("answer");
  tables.update_message(message);
}

/// An alert about a silence: its owner has been told that it ends.
void project_raised(AlertTables& tables, const StoredEvent& event, const Json& json) {
  tables.add_alert(alert_from_event(event));
  const Json& key = json.at("key");
  if (!key.contains("silence")) return;
  if (auto silence = tables.silence(key.at("silence"))) {
    silence->told = true;
    tables.update_silence(*silence);
  }
}

void project_silence(AlertTables& tables, const StoredEvent& event, const Json& json) {
  SilenceRow silence;
  silence.id = event.sequence;
  silence.plan = json.at("plan");
  if (!json.at("obligation").is_null()) silence.obligation = json.at("obligation").get<std::int64_t>();
  silence.until_day = json.at("until");
  silence.reason = json.at("reason");
  silence.owner = json.at("owner");
  silence.tell_at = json.at("tell_at");
  silence.set_at = event.instant;
  tables.add_silence(silence);
}

void project_silence_ended(AlertTables& tables, const StoredEvent& event, const Json& json) {
  if (auto silence = tables.silence(json.at("silence"))) {
    silence->ended_at = event.instant;
    tables.update_silence(*silence);
  }
}

}  // namespace

void project_alert_event(AlertTables& tables, const StoredEvent& event) {
  const Json json = Json::parse(event.payload);
  if (event.kind == alert_raised || event.kind == alert_superseded)
    return project_raised(tables, event, json);
  if (event.kind == alert_withdrawn) {
    return tables.set_alert_state(json.at("alert"), "withdrawn", json.at("because").get<std::string>());
  }
  if (event.kind == alert_acknowledged) {
    tables.add_acknowledgement(json.at("alert"), json.at("person").get<std::string>());
    return tables.set_alert_state(json.at("alert"), "acknowledged", std::nullopt);
  }
  if (event.kind == ladder_frozen) {
    return tables.freeze_ladder(json.at("plan").get<std::string>(), json.at("obligation"),
                                json.at("version"));
  }
  if (event.kind == silence_set) return project_silence(tables, event, json);
  if (event.kind == silence_ended) return project_silence_ended(tables, event, json);
  project_message(tables, event, json);
}

}  // namespace cauce::engine
