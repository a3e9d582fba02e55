#include "engine/system_event.hpp"

#include <nlohmann/json.hpp>

#include "engine/alert_event.hpp"
#include "engine/event_json.hpp"

namespace cauce::engine {
namespace {

using nlohmann::json;

constexpr int format_version = 1;

template <typename T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}

template <typename T>
std::optional<T> optional_at(const json& object, const char* name) {
  const json& member = object.at(name);
  if (member.is_null()) return std::nullopt;
  return member.get<T>();
}

std::string text_at(const json& object, const char* name) {
  return object.at(name).get<std::string>();
}

PolicyRow policy_from(const json& payload, std::int64_t sequence) {
  PolicyRow policy = {payload.at("version").get<std::int64_t>(),
                      sequence,
                      text_at(payload, "program"),
                      payload.at("vigencia").get<int>(),
                      text_at(payload, "from_day"),
                      text_at(payload, "sha256")};
  for (const json& file : payload.at("files")) {
    policy.files.push_back({text_at(file, "name"), text_at(file, "sha256"), text_at(file, "text")});
  }
  return policy;
}

void project_entities(Store& store, const json& payload, std::int64_t sequence) {
  for (const json& entity : payload.at("entities")) {
    store.add_entity({text_at(entity, "kind"), text_at(entity, "key"), sequence, text_at(entity, "parent"),
                      entity.at("fields").dump()});
  }
}

void project_people(Store& store, const json& payload) {
  std::vector<AssignmentRow> assignments;
  for (const json& row : payload.at("assignments")) {
    assignments.push_back({text_at(row, "person"), text_at(row, "role"), text_at(row, "entity_kind"),
                           text_at(row, "entity"), optional_at<std::string>(row, "from"),
                           optional_at<std::string>(row, "to")});
  }
  store.replace_assignments(assignments);
}

SelectionRow selection_from(const json& payload, std::int64_t sequence) {
  SelectionRow selection = {sequence,
                            text_at(payload, "targeting"),
                            payload.at("policy_version").get<std::int64_t>(),
                            text_at(payload, "on_day"),
                            text_at(payload, "reason"),
                            payload.at("provisional").get<bool>()};
  for (const json& result : payload.at("results")) {
    selection.results.push_back(
        {text_at(result, "entity"), text_at(result, "status"), optional_at<std::string>(result, "score"),
         optional_at<std::int64_t>(result, "rank"), optional_at<std::string>(result, "by_hand"),
         optional_at<std::string>(result, "hand_reason"), optional_at<std::string>(result, "hand_person")});
  }
  return selection;
}

void project(Store& store, const StoredEvent& event, const json& payload) {
  if (event.kind == policy_published) store.add_policy(policy_from(payload, event.sequence));
  if (event.kind == entities_imported) project_entities(store, payload, event.sequence);
  if (event.kind == people_imported) project_people(store, payload);
  if (event.kind == alert_raised || event.kind == alert_superseded) {
    store.alert_tables().add_alert(alert_from_event(event));
  }
  if (is_about_messages(event.kind)) project_message_event(store.alert_tables(), event);
  if (event.kind == selection_applied) store.add_selection(selection_from(payload, event.sequence));
}

}  // namespace

std::string policy_payload(const PolicyRow& policy) {
  json files = json::array();
  for (const PolicyFileRow& file : policy.files) {
    files.push_back({{"name", file.name}, {"sha256", file.sha256}, {"text", file.text}});
  }
  return json({{"v", format_version},
               {"version", policy.version},
               {"program", policy.program},
               {"vigencia", policy.vigencia},
               {"from_day", policy.from_day},
               {"sha256", policy.sha256},
               {"files", files}})
      .dump();
}

std::string entities_payload(const std::vector<EntityRecord>& entities) {
  json rows = json::array();
  for (const EntityRecord& entity : entities) {
    rows.push_back({{"kind", entity.kind},
                    {"key", entity.key},
                    {"parent", entity.parent},
                    {"fields", json::parse(entity.fields)}});
  }
  return json({{"v", format_version}, {"entities", rows}}).dump();
}

std::string people_payload(const std::vector<AssignmentRow>& assignments) {
  json rows = json::array();
  for (const AssignmentRow& assignment : assignments) {
    rows.push_back({{"person", assignment.person},
                    {"role", assignment.role},
                    {"entity_kind", assignment.entity_kind},
                    {"entity", assignment.entity},
                    {"from", or_null(assignment.from_day)},
                    {"to", or_null(assignment.to_day)}});
  }
  return json({{"v", format_version}, {"assignments", rows}}).dump();
}

std::string selection_payload(const SelectionRow& selection) {
  json results = json::array();
  for (const SelectionResultRow& result : selection.results) {
    results.push_back({{"entity", result.entity},
                       {"status", result.status},
                       {"score", or_null(result.score)},
                       {"rank", or_null(result.rank)},
                       {"by_hand", or_null(result.by_hand)},
                       {"hand_reason", or_null(result.hand_reason)},
                       {"hand_person", or_null(result.hand_person)}});
  }
  return json({{"v", format_version},
               {"targeting", selection.targeting},
               {"policy_version", selection.policy_version},
               {"on_day", selection.on_day},
               {"reason", selection.reason},
               {"provisional", selection.provisional},
               {"results", results}})
      .dump();
}

void project_system_event(Store& store, const StoredEvent& event) {
  try {
    const json payload = json::parse(event.payload);
    if (payload.at("v").get<int>() > format_version) {
      throw JournalUnreadable("el asiento " + std::to_string(event.sequence) +
                              " es de una versión más nueva de Cauce");
    }
    project(store, event, payload);
  } catch (const json::exception& error) {
    throw JournalUnreadable("el asiento " + std::to_string(event.sequence) +
                            " no se puede leer: " + error.what());
  }
}

}  // namespace cauce::engine
