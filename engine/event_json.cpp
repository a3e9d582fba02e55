#include "engine/event_json.hpp"

#include <nlohmann/json.hpp>

#include "engine/event_json_words.hpp"

namespace cauce::engine {
namespace {

using nlohmann::json;
using rules::Date;
using rules::Field;
using rules::Value;
using workflows::Event;
using workflows::ObligationId;
using workflows::Plan;
using workflows::PlanKind;
using workflows::StageId;

// One overload of `write` an event.

json to_json(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  if (const auto* number = std::get_if<rules::Decimal>(&value)) return number->to_string();
  if (const auto* date = std::get_if<Date>(&value)) return rules::to_iso(*date);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return nullptr;
}

json values_by_name(const std::vector<Field>& fields, const std::vector<Value>& values) {
  json object = json::object();
  for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i) {
    object[fields[i].name] = to_json(values[i]);
  }
  return object;
}

json to_json(const std::optional<Date>& date) {
  return date ? json(rules::to_iso(*date)) : json(nullptr);
}

json to_json(const std::optional<workflows::Period>& period) {
  return period ? json(period->to_string()) : json(nullptr);
}

struct Writer {
  const Plan& plan;
  const PlanKind& kind;

  json stage(const std::optional<StageId>& stage) const {
    return stage ? json(workflows::at(kind.stages, *stage).name) : json(nullptr);
  }
  const workflows::ObligationKind& kind_of(ObligationId id) const {
    return workflows::kind_of(kind, plan.obligation(id));
  }
  /// Its name and period are for people and for migrations; its index is what it is.
  json obligation(ObligationId id) const {
    return {{"index", static_cast<std::uint32_t>(id)},
            {"name", kind_of(id).name},
            {"period", to_json(plan.obligation(id).period)}};
  }
  json opened(const workflows::OpenedObligation& opened) const {
    return {{"name", workflows::at(kind.obligations, opened.kind).name},
            {"period", to_json(opened.period)},
            {"due", to_json(opened.due)},
            {"closes", to_json(opened.closes)},
            {"enforceable_from", to_json(opened.enforceable_from)},
            {"not_due", opened.not_due}};
  }

  json write(const workflows::PlanCreated& event) const {
    json obligations = json::array();
    for (const auto& obligation : event.obligations)
      obligations.push_back(opened(obligation));
    return {{"plan", event.plan.to_string()},
            {"policy_version", event.policy_version},
            {"on", rules::to_iso(event.on)},
            {"linked_to", event.linked_to ? json(event.linked_to->to_string()) : json(nullptr)},
            {"stage", stage(event.stage)},
            {"obligations", obligations},
            {"components", event.components}};
  }
  json write(const workflows::ComponentCompleted& event) const {
    const auto& component = workflows::at(kind.components, event.component);
    return {{"component", component.name}, {"fields", values_by_name(component.fields, event.fields)}};
  }
  json write(const workflows::StageChanged& event) const {
    return {{"action", event.action},
            {"from", stage(event.from)},
            {"to", stage(event.to)},
            {"demand", demand_name(event.demand)},
            {"text", event.text}};
  }
  json write(const workflows::PhaseEnded& event) const {
    return {{"ended", name_of(event.ended)},
            {"entered", name_of(event.entered)},
            {"on", rules::to_iso(event.on)},
            {"stage", stage(event.stage)}};
  }
  json write(const workflows::PhaseReopened& event) const {
    return {{"left", name_of(event.left)},
            {"reopened", name_of(event.reopened)},
            {"stage", stage(event.stage)},
            {"reason", event.reason}};
  }
  json write(const workflows::BecameEnforceable& event) const {
    return {{"obligation", obligation(event.obligation)}, {"from", rules::to_iso(event.from)}};
  }
  json write(const workflows::DeadlineSet& event) const {
    json written = {{"obligation", obligation(event.obligation)},
                    {"due", to_json(event.due)},
                    {"closes", to_json(event.closes)},
                    {"number", event.number},
                    {"cause", name_of(event.cause)},
                    {"reason", event.reason},
                    {"correction_due", to_json(event.correction_due)}};
    if (event.missed) written["missed"] = rules::to_iso(*event.missed);
    return written;
  }
  json write(const workflows::ReportDelivered& event) const {
    return {{"obligation", obligation(event.obligation)},
            {"on", rules::to_iso(event.on)},
            {"fields", values_by_name(kind_of(event.obligation).fields, event.fields)},
            {"on_time", event.on_time},
            {"late_days", event.late_days}};
  }
  json write(const workflows::HitoAchieved& event) const {
    return {{"obligation", obligation(event.obligation)},
            {"happened_on", rules::to_iso(event.happened_on)},
            {"evidence", event.evidence},
            {"on_time", event.on_time},
            {"late_days", event.late_days}};
  }
  json write(const workflows::PhaseFulfilled& event) const {
    return {{"obligation", obligation(event.obligation)},
            {"on", rules::to_iso(event.on)},
            {"on_time", event.on_time},
            {"late_days", event.late_days}};
  }
  json write(const workflows::ObligationValidated& event) const {
    return {{"obligation", obligation(event.obligation)}, {"text", event.text}};
  }
  json write(const workflows::ObligationReturned& event) const {
    return {{"obligation", obligation(event.obligation)},
            {"reason", event.reason},
            {"correction_due", rules::to_iso(event.correction_due)}};
  }
  json write(const workflows::ObligationWaived& event) const {
    return {{"obligation", obligation(event.obligation)},
            {"reason", event.reason},
            {"on", rules::to_iso(event.on)}};
  }
  json write(const workflows::ObligationReopened& event) const {
    return {{"obligation", obligation(event.obligation)}, {"reason", event.reason}};
  }
  json write(const workflows::ObligationAnnulled& event) const {
    return {{"obligation", obligation(event.obligation)}, {"reason", event.reason}};
  }
  json write(const workflows::ObligationNotOwed& event) const {
    return {{"obligation", obligation(event.obligation)}};
  }
  json write(const workflows::ObligationVoided& event) const {
    return {{"obligation", obligation(event.obligation)}};
  }
  json write(const workflows::PlanSuspended& event) const { return dated(event.on, event.reason); }
  json write(const workflows::PlanResumed& event) const {
    json written = dated(event.on, event.reason);
    written["working_days"] = event.working_days;
    return written;
  }
  json write(const workflows::PlanCancelled& event) const { return dated(event.on, event.reason); }
  json write(const workflows::IndicatorsFrozen& event) const {
    json values = json::object();
    for (std::size_t i = 0; i < kind.indicators.size() && i < event.values.size(); ++i) {
      values[kind.indicators[i].name] = to_json(event.values[i]);
    }
    return {{"values", values}};
  }

  json write(const workflows::ObligationRetired& event) const {
    return {{"obligation", obligation(event.obligation)}};
  }
  json write(const workflows::PlanMigrated& event) const {
    json obligations = json::array();
    for (const workflows::MigratedObligation& migrated : event.obligations)
      obligations.push_back(migrated_obligation(migrated));
    json added = json::array();
    for (const auto& obligation : event.added)
      added.push_back(opened(obligation));
    json components = json::object();
    for (std::size_t i = 0; i < event.components.size() && i < kind.components.size(); ++i) {
      if (event.components[i].fields.empty()) continue;
      const auto& component = kind.components[i];
      components[component.name] = values_by_name(component.fields, event.components[i].fields);
    }
    json renamings = json::array();
    for (const workflows::Renaming& renaming : event.renamings)
      renamings.push_back({{"from", renaming.from}, {"to", renaming.to}});
    json written = {{"from", event.from},
                    {"to", event.to},
                    {"stage", stage(event.stage)},
                    {"linked_to", event.linked_to ? json(event.linked_to->to_string()) : json(nullptr)},
                    {"obligations", obligations},
                    {"added", added},
                    {"components", components},
                    {"left_behind", event.left_behind}};
    if (!renamings.empty()) written["renamings"] = renamings;
    return written;
  }
  /// What the new version does not have is told in full, so that nobody needs to ask the former; null: it
  /// stays the record that it is.
  json migrated_obligation(const workflows::MigratedObligation& migrated) const {
    if (migrated.kind) {
      const auto& what = workflows::at(kind.obligations, *migrated.kind);
      json written = {{"name", what.name}, {"fields", values_by_name(what.fields, migrated.fields)}};
      if (migrated.restored) written["restored"] = true;
      if (migrated.put_off) written["put_off"] = true;
      return written;
    }
    if (!migrated.former) return nullptr;
    const workflows::ObligationKind& what = *migrated.former;
    json fields = json::array();
    for (std::size_t i = 0; i < what.fields.size() && i < migrated.fields.size(); ++i) {
      fields.push_back({{"name", what.fields[i].name},
                        {"type", type_name(what.fields[i].type.kind)},
                        {"value", to_json(migrated.fields[i])}});
    }
    return {{"former",
             {{"name", what.name},
              {"title", what.title},
              {"type", obligation_type_name(what.type)},
              {"phase", what.phase ? json(name_of(*what.phase)) : json(nullptr)}}},
            {"fields", fields}};
  }
  static std::string_view type_name(rules::TypeKind kind);
  static std::string_view obligation_type_name(workflows::ObligationType type);

  static json dated(Date on, const std::string& reason) {
    return {{"on", rules::to_iso(on)}, {"reason", reason}};
  }
  static std::string_view demand_name(dsl::Demand demand);
};

std::string_view Writer::type_name(rules::TypeKind kind) {
  return field_type_words.at(static_cast<std::size_t>(kind));
}
std::string_view Writer::obligation_type_name(workflows::ObligationType type) {
  return obligation_type_words.at(static_cast<std::size_t>(type));
}

std::string_view Writer::demand_name(dsl::Demand demand) {
  return demand_words.at(static_cast<std::size_t>(demand)).second;
}

bool is_delivery(const Event& event) {
  return std::holds_alternative<workflows::ReportDelivered>(event) ||
         std::holds_alternative<workflows::HitoAchieved>(event);
}

}  // namespace

std::string to_json(const Event& event, const Plan& plan, const PlanKind& kind, const EventNotes& notes) {
  const Writer writer = {plan, kind};
  json payload = std::visit([&](const auto& one) { return writer.write(one); }, event);
  payload["v"] = event_format_version;
  if (!notes.acting_role.empty()) payload["by"] = {{"role", notes.acting_role}, {"stand_in", notes.stand_in}};
  if (!notes.fingerprint.empty() && is_delivery(event)) payload["fingerprint"] = notes.fingerprint;
  return payload.dump();
}

std::string fields_to_json(const std::vector<Field>& fields, const std::vector<Value>& values) {
  return values_by_name(fields, values).dump();
}

}  // namespace cauce::engine
