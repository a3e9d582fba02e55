#include "engine/event_json.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"

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
using workflows::PlanKindId;
using workflows::StageId;

constexpr int format_version = 1;

// --- Writing: one overload of `write` an event
// --------------------------------------------------------------

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

constexpr std::array<std::pair<dsl::Demand, std::string_view>, 3> demands = {{
    {dsl::Demand::nothing, "nothing"},
    {dsl::Demand::motive, "motive"},
    {dsl::Demand::judgement, "judgement"},
}};

constexpr std::array<std::string_view, 7> type_names = {"text", "integer", "number", "truth",
                                                        "date", "one_of",  "nothing"};
constexpr std::array<std::string_view, 3> obligation_type_names = {"report", "milestone", "phase"};

std::string_view Writer::type_name(rules::TypeKind kind) {
  return type_names.at(static_cast<std::size_t>(kind));
}
std::string_view Writer::obligation_type_name(workflows::ObligationType type) {
  return obligation_type_names.at(static_cast<std::size_t>(type));
}

std::string_view Writer::demand_name(dsl::Demand demand) {
  return demands.at(static_cast<std::size_t>(demand)).second;
}

// --- Reading
// ------------------------------------------------------------------------------------------------

[[noreturn]] void unreadable(const std::string& what) {
  throw JournalUnreadable("el diario contiene algo que este programa no entiende: " + what);
}

template <typename T>
T known(std::optional<T> found, const std::string& name) {
  if (!found) unreadable("«" + name + "»");
  return *found;
}

Value value_from(const json& written, const rules::Type& type) {
  using rules::TypeKind;
  if (written.is_boolean() && type.kind == TypeKind::truth) return written.get<bool>();
  if (!written.is_string()) return rules::Missing();
  const auto text = written.get<std::string>();
  if (type.kind == TypeKind::text || type.kind == TypeKind::one_of) return text;
  if (type.kind == TypeKind::date) {
    if (const auto date = rules::parse_iso_date(text)) return *date;
  }
  if (type.is_numeric()) {
    if (const auto number = rules::Decimal::parse(text)) return *number;
  }
  return rules::Missing();
}

/// What was written of a field: under its name, or as another version of the policy spells that.
const json* written_of(const json& written, const Field& field) {
  if (const auto same = written.find(field.name); same != written.end()) return &*same;
  for (const auto& [name, value] : written.items()) {
    if (dsl::fold(name) == field.key) return &value;
  }
  return nullptr;
}

std::vector<Value> values_from(const json& written, const std::vector<Field>& fields) {
  std::vector<Value> values;
  values.reserve(fields.size());
  for (const Field& field : fields) {
    const json* found = written_of(written, field);
    values.push_back(found == nullptr ? Value() : value_from(*found, field.type));
  }
  return values;
}

/// Reads what Writer wrote. nlohmann's own errors (a member that is not there, of another type) are turned
/// into JournalUnreadable by event_from_json.
struct Reader {
  const json& payload;
  const PlanKind& kind;
  PlanKindId kind_id;

  static Date date(const json& written) {
    return known(rules::parse_iso_date(written.get<std::string>()), written.dump());
  }
  static std::optional<Date> date_or_none(const json& written) {
    if (written.is_null()) return std::nullopt;
    return date(written);
  }
  static std::optional<workflows::Period> period(const json& written) {
    if (written.is_null()) return std::nullopt;
    return known(workflows::Period::parse(written.get<std::string>()), written.dump());
  }
  Date date_at(const char* name) const { return date(payload.at(name)); }
  std::string text_at(const char* name) const { return payload.at(name).get<std::string>(); }
  workflows::Phase phase_at(const char* name) const {
    return known(workflows::find_phase(text_at(name)), text_at(name));
  }
  workflows::ObligationKindId obligation_kind(const json& name) const {
    const auto text = name.get<std::string>();
    return known(kind.find_obligation(text), text);
  }
  ObligationId obligation() const {
    return ObligationId{payload.at("obligation").at("index").get<std::uint32_t>()};
  }
  std::optional<StageId> stage(const json& name) const {
    if (name.is_null()) return std::nullopt;
    const std::string key = dsl::fold(name.get<std::string>());
    for (std::size_t i = 0; i < kind.stages.size(); ++i) {
      if (kind.stages[i].key == key) return StageId{static_cast<std::uint32_t>(i)};
    }
    unreadable("la etapa " + name.dump());
  }
  bool on_time() const { return payload.at("on_time").get<bool>(); }
  std::int64_t late_days() const { return payload.at("late_days").get<std::int64_t>(); }

  workflows::OpenedObligation opened(const json& written) const {
    return {obligation_kind(written.at("name")),
            period(written.at("period")),
            date_or_none(written.at("due")),
            date_or_none(written.at("closes")),
            date_or_none(written.at("enforceable_from")),
            written.at("not_due").get<bool>()};
  }
  Event plan_created() const {
    workflows::PlanCreated event;
    event.plan = known(workflows::PlanId::parse(text_at("plan")), text_at("plan"));
    event.kind = kind_id;
    event.policy_version = payload.at("policy_version").get<std::int64_t>();
    event.on = date_at("on");
    if (!payload.at("linked_to").is_null()) {
      event.linked_to = known(workflows::PlanId::parse(text_at("linked_to")), text_at("linked_to"));
    }
    event.stage = stage(payload.at("stage"));
    for (const json& written : payload.at("obligations"))
      event.obligations.push_back(opened(written));
    event.components = payload.at("components").get<std::uint32_t>();
    return event;
  }
  Event component_completed() const {
    const auto component = known(kind.find_component(text_at("component")), text_at("component"));
    return workflows::ComponentCompleted{
        component, values_from(payload.at("fields"), workflows::at(kind.components, component).fields)};
  }
  Event stage_changed() const {
    workflows::StageChanged event;
    event.action = text_at("action");
    event.from = known(stage(payload.at("from")), "from");
    event.to = known(stage(payload.at("to")), "to");
    for (const auto& [demand, name] : demands) {
      if (name == text_at("demand")) event.demand = demand;
    }
    event.text = text_at("text");
    return event;
  }
  Event phase_ended() const {
    return workflows::PhaseEnded{phase_at("ended"), phase_at("entered"), date_at("on"),
                                 stage(payload.at("stage"))};
  }
  Event phase_reopened() const {
    return workflows::PhaseReopened{phase_at("left"), phase_at("reopened"), stage(payload.at("stage")),
                                    text_at("reason")};
  }
  Event became_enforceable() const { return workflows::BecameEnforceable{obligation(), date_at("from")}; }
  Event deadline_set() const {
    return workflows::DeadlineSet{obligation(),
                                  date_or_none(payload.at("due")),
                                  date_or_none(payload.at("closes")),
                                  payload.at("number").get<std::uint32_t>(),
                                  cause(),
                                  text_at("reason"),
                                  date_or_none(payload.at("correction_due")),
                                  date_or_none(payload.value("missed", json()))};
  }
  workflows::DeadlineCause cause() const {
    using workflows::DeadlineCause;
    const std::string name = text_at("cause");
    for (const auto cause :
         {DeadlineCause::anchor, DeadlineCause::grace, DeadlineCause::extension, DeadlineCause::resumption,
          DeadlineCause::migration, DeadlineCause::correction, DeadlineCause::reopening}) {
      if (workflows::name_of(cause) == name) return cause;
    }
    unreadable("la causa «" + name + "»");
  }
  Event report_delivered() const {
    const auto report = obligation_kind(payload.at("obligation").at("name"));
    return workflows::ReportDelivered{
        obligation(), date_at("on"),
        values_from(payload.at("fields"), workflows::at(kind.obligations, report).fields), on_time(),
        late_days()};
  }
  Event hito_achieved() const {
    return workflows::HitoAchieved{obligation(), date_at("happened_on"), text_at("evidence"), on_time(),
                                   late_days()};
  }
  Event phase_fulfilled() const {
    return workflows::PhaseFulfilled{obligation(), date_at("on"), on_time(), late_days()};
  }
  Event validated() const { return workflows::ObligationValidated{obligation(), text_at("text")}; }
  Event returned() const {
    return workflows::ObligationReturned{obligation(), text_at("reason"), date_at("correction_due")};
  }
  Event waived() const { return workflows::ObligationWaived{obligation(), text_at("reason"), date_at("on")}; }
  Event reopened() const { return workflows::ObligationReopened{obligation(), text_at("reason")}; }
  Event annulled() const { return workflows::ObligationAnnulled{obligation(), text_at("reason")}; }
  Event not_owed() const { return workflows::ObligationNotOwed{obligation()}; }
  Event voided() const { return workflows::ObligationVoided{obligation()}; }
  Event suspended() const { return workflows::PlanSuspended{date_at("on"), text_at("reason")}; }
  Event resumed() const {
    return workflows::PlanResumed{date_at("on"), text_at("reason"),
                                  payload.at("working_days").get<std::int64_t>()};
  }
  Event cancelled() const { return workflows::PlanCancelled{date_at("on"), text_at("reason")}; }
  Event retired() const { return workflows::ObligationRetired{obligation()}; }
  template <std::size_t size>
  static std::size_t place_in(const std::array<std::string_view, size>& names, const json& written) {
    const auto name = written.get<std::string>();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) unreadable("«" + name + "»");
    return static_cast<std::size_t>(found - names.begin());
  }
  workflows::MigratedObligation migrated(const json& written) const {
    workflows::MigratedObligation result;
    if (written.is_null()) return result;
    if (const auto former = written.find("former"); former != written.end()) {
      workflows::ObligationKind what;
      what.name = former->at("name").get<std::string>();
      what.key = dsl::fold(what.name);
      what.title = former->at("title").get<std::string>();
      what.type = static_cast<workflows::ObligationType>(place_in(obligation_type_names, former->at("type")));
      if (const json& phase = former->at("phase"); !phase.is_null())
        what.phase = known(workflows::find_phase(phase.get<std::string>()), phase.dump());
      for (const json& each : written.at("fields")) {
        Field field;
        field.name = each.at("name").get<std::string>();
        field.key = dsl::fold(field.name);
        field.type.kind = static_cast<rules::TypeKind>(place_in(type_names, each.at("type")));
        result.fields.push_back(value_from(each.at("value"), field.type));
        what.fields.push_back(std::move(field));
      }
      result.former = workflows::FormerKind(what);
      return result;
    }
    result.kind = obligation_kind(written.at("name"));
    result.restored = written.value("restored", false);
    result.put_off = written.value("put_off", false);
    if (const json& fields = written.at("fields"); !fields.empty())
      result.fields = values_from(fields, workflows::at(kind.obligations, *result.kind).fields);
    return result;
  }
  Event plan_migrated() const {
    workflows::PlanMigrated event;
    event.from = payload.at("from").get<std::int64_t>();
    event.to = payload.at("to").get<std::int64_t>();
    event.kind = kind_id;
    event.stage = stage(payload.at("stage"));
    if (!payload.at("linked_to").is_null())
      event.linked_to = known(workflows::PlanId::parse(text_at("linked_to")), text_at("linked_to"));
    for (const json& written : payload.at("obligations"))
      event.obligations.push_back(migrated(written));
    for (const json& written : payload.at("added"))
      event.added.push_back(opened(written));
    event.components.resize(kind.components.size());
    for (const auto& [name, fields] : payload.at("components").items()) {
      const auto id = known(kind.find_component(name), name);
      event.components.at(static_cast<std::size_t>(id)).fields =
          values_from(fields, workflows::at(kind.components, id).fields);
    }
    event.left_behind = payload.at("left_behind").get<std::vector<std::string>>();
    if (const auto renamings = payload.find("renamings"); renamings != payload.end()) {
      for (const json& written : *renamings)
        event.renamings.push_back(
            {written.at("from").get<std::string>(), written.at("to").get<std::string>()});
    }
    return event;
  }
  Event indicators_frozen() const {
    std::vector<Field> fields;
    for (const auto& indicator : kind.indicators) {
      fields.push_back({{indicator.name, indicator.key, indicator.title, {}}, {}, indicator.value.type});
    }
    return workflows::IndicatorsFrozen{values_from(payload.at("values"), fields)};
  }
};

using ReadEvent = Event (Reader::*)() const;
const std::map<std::string_view, ReadEvent>& readers() {
  static const std::map<std::string_view, ReadEvent> table = {
      {"PlanCreated", &Reader::plan_created},
      {"ComponentCompleted", &Reader::component_completed},
      {"StageChanged", &Reader::stage_changed},
      {"PhaseEnded", &Reader::phase_ended},
      {"PhaseReopened", &Reader::phase_reopened},
      {"BecameEnforceable", &Reader::became_enforceable},
      {"DeadlineSet", &Reader::deadline_set},
      {"ReportDelivered", &Reader::report_delivered},
      {"HitoAchieved", &Reader::hito_achieved},
      {"PhaseFulfilled", &Reader::phase_fulfilled},
      {"ObligationValidated", &Reader::validated},
      {"ObligationReturned", &Reader::returned},
      {"ObligationWaived", &Reader::waived},
      {"ObligationReopened", &Reader::reopened},
      {"ObligationAnnulled", &Reader::annulled},
      {"ObligationNotOwed", &Reader::not_owed},
      {"ObligationVoided", &Reader::voided},
      {"PlanSuspended", &Reader::suspended},
      {"PlanResumed", &Reader::resumed},
      {"PlanCancelled", &Reader::cancelled},
      {"IndicatorsFrozen", &Reader::indicators_frozen},
      {"ObligationRetired", &Reader::retired},
      {"PlanMigrated", &Reader::plan_migrated},
  };
  return table;
}

bool is_delivery(const Event& event) {
  return std::holds_alternative<workflows::ReportDelivered>(event) ||
         std::holds_alternative<workflows::HitoAchieved>(event);
}

json parse_payload(const std::string& payload) {
  json parsed = json::parse(payload);
  const int version = parsed.at("v").get<int>();
  if (version > format_version) unreadable("un asiento de formato " + std::to_string(version));
  return parsed;
}

}  // namespace

std::string to_json(const Event& event, const Plan& plan, const PlanKind& kind, const EventNotes& notes) {
  const Writer writer = {plan, kind};
  json payload = std::visit([&](const auto& one) { return writer.write(one); }, event);
  payload["v"] = format_version;
  if (!notes.acting_role.empty()) payload["by"] = {{"role", notes.acting_role}, {"stand_in", notes.stand_in}};
  if (!notes.fingerprint.empty() && is_delivery(event)) payload["fingerprint"] = notes.fingerprint;
  return payload.dump();
}

Event event_from_json(std::string_view event_kind, const std::string& payload,
                      const workflows::Policy& policy, PlanKindId kind) {
  const auto reader = readers().find(event_kind);
  if (reader == readers().end()) unreadable("un asiento «" + std::string(event_kind) + "»");
  try {
    const json parsed = parse_payload(payload);
    return (Reader{parsed, workflows::at(policy.plans, kind), kind}.*reader->second)();
  } catch (const json::exception& error) {
    unreadable(std::string(event_kind) + ": " + error.what());
  }
}

EventNotes notes_from_json(const std::string& payload) {
  try {
    const json parsed = parse_payload(payload);
    EventNotes notes;
    notes.fingerprint = parsed.value("fingerprint", "");
    if (const auto by = parsed.find("by"); by != parsed.end()) {
      notes.acting_role = by->at("role").get<std::string>();
      notes.stand_in = by->at("stand_in").get<bool>();
    }
    return notes;
  } catch (const json::exception& error) {
    unreadable(error.what());
  }
}

std::string fields_to_json(const std::vector<Field>& fields, const std::vector<Value>& values) {
  return values_by_name(fields, values).dump();
}

std::vector<Value> fields_from_json(const std::vector<Field>& fields, const std::string& written) {
  try {
    return values_from(json::parse(written), fields);
  } catch (const json::exception& error) {
    unreadable(error.what());
  }
}

}  // namespace cauce::engine
