// Stored events, read. By another library than the one that writes them: every plan that is looked at is made
// of its events, and simdjson reads them many times as fast.
#include <algorithm>
#include <map>
#include <simdjson.h>

#include "dsl/fold.hpp"
#include "engine/event_json.hpp"
#include "engine/event_json_words.hpp"

namespace cauce::engine {
namespace {

using rules::Date;
using rules::Field;
using rules::Value;
using workflows::Event;
using workflows::ObligationId;
using workflows::PlanKind;
using workflows::PlanKindId;
using workflows::StageId;

// Its values are views into what was parsed last in the thread.
using Json = simdjson::dom::element;
using JsonList = simdjson::dom::array;
using JsonObject = simdjson::dom::object;

Json parse(const std::string& text) {
  thread_local simdjson::dom::parser parser;
  return parser.parse(text);
}

[[noreturn]] void unreadable(const std::string& what) {
  throw JournalUnreadable("el diario contiene algo que este programa no entiende: " + what);
}

template <typename T>
T known(std::optional<T> found, std::string_view name) {
  if (!found) unreadable("«" + std::string(name) + "»");
  return *found;
}

std::string_view view(Json written) {
  return written;
}
std::string text(Json written) {
  return std::string(view(written));
}

Value value_from(Json written, const rules::Type& type) {
  using rules::TypeKind;
  if (written.is_bool() && type.kind == TypeKind::truth) return bool(written);
  if (!written.is_string()) return rules::Missing();
  const std::string_view text = written;
  if (type.kind == TypeKind::text || type.kind == TypeKind::one_of) return std::string(text);
  if (type.kind == TypeKind::date) {
    if (const auto date = rules::parse_iso_date(text)) return *date;
  }
  if (type.is_numeric()) {
    if (const auto number = rules::Decimal::parse(text)) return *number;
  }
  return rules::Missing();
}

/// Which of the things has that name: most often as it is spelled there, else however it is written.
template <typename Named>
std::optional<std::size_t> place_of(std::string_view name, const std::vector<Named>& things) {
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (things[i].name == name) return i;
  }
  const std::string key = dsl::fold(name);
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (things[i].key == key) return i;
  }
  return std::nullopt;
}

std::vector<Value> values_from(Json written, const std::vector<Field>& fields) {
  std::vector<Value> values(fields.size());
  if (written.is_null()) return values;
  for (const auto& [name, value] : JsonObject(written)) {
    if (const auto place = place_of(name, fields)) values[*place] = value_from(value, fields[*place].type);
  }
  return values;
}

/// Reads what Writer wrote. simdjson's own errors (a member that is not there, of another type) are turned
/// into JournalUnreadable by event_from_json.
struct Reader {
  Json payload;
  const PlanKind& kind;
  PlanKindId kind_id;

  static Date date(Json written) { return known(rules::parse_iso_date(view(written)), view(written)); }
  static std::optional<Date> date_or_none(Json written) {
    if (written.is_null()) return std::nullopt;
    return date(written);
  }
  static std::optional<workflows::Period> period(Json written) {
    if (written.is_null()) return std::nullopt;
    return known(workflows::Period::parse(view(written)), view(written));
  }
  Json at(const char* name) const { return payload[name]; }
  /// Of a member that events of before do not have.
  std::optional<Date> date_if_there(const char* name) const {
    auto written = payload[name];
    return written.error() ? std::nullopt : date_or_none(written.value());
  }
  Date date_at(const char* name) const { return date(at(name)); }
  std::string text_at(const char* name) const { return text(at(name)); }
  workflows::Phase phase_at(const char* name) const {
    return known(workflows::find_phase(view(at(name))), view(at(name)));
  }
  workflows::ObligationKindId obligation_kind(Json name) const {
    const std::size_t place = known(place_of(view(name), kind.obligations), view(name));
    return workflows::ObligationKindId{static_cast<std::uint32_t>(place)};
  }
  workflows::ComponentId component(std::string_view name) const {
    return workflows::ComponentId{static_cast<std::uint32_t>(known(place_of(name, kind.components), name))};
  }
  ObligationId obligation() const {
    return ObligationId{static_cast<std::uint32_t>(std::uint64_t(at("obligation")["index"]))};
  }
  std::optional<StageId> stage(Json name) const {
    if (name.is_null()) return std::nullopt;
    const auto place = place_of(view(name), kind.stages);
    if (!place) unreadable("la etapa «" + text(name) + "»");
    return StageId{static_cast<std::uint32_t>(*place)};
  }
  bool on_time() const { return at("on_time"); }
  std::int64_t late_days() const { return at("late_days"); }

  workflows::OpenedObligation opened(Json written) const {
    return {obligation_kind(written["name"]),
            period(written["period"]),
            date_or_none(written["due"]),
            date_or_none(written["closes"]),
            date_or_none(written["enforceable_from"]),
            bool(written["not_due"])};
  }
  std::optional<workflows::PlanId> linked_to() const {
    const Json written = at("linked_to");
    if (written.is_null()) return std::nullopt;
    return known(workflows::PlanId::parse(view(written)), view(written));
  }
  Event plan_created() const {
    workflows::PlanCreated event;
    event.plan = known(workflows::PlanId::parse(view(at("plan"))), view(at("plan")));
    event.kind = kind_id;
    event.policy_version = std::int64_t(at("policy_version"));
    event.on = date_at("on");
    event.linked_to = linked_to();
    event.stage = stage(at("stage"));
    for (const Json written : JsonList(at("obligations")))
      event.obligations.push_back(opened(written));
    event.components = static_cast<std::uint32_t>(std::uint64_t(at("components")));
    return event;
  }
  Event component_completed() const {
    const auto id = component(view(at("component")));
    return workflows::ComponentCompleted{
        id, values_from(at("fields"), workflows::at(kind.components, id).fields)};
  }
  Event stage_changed() const {
    workflows::StageChanged event;
    event.action = text_at("action");
    event.from = known(stage(at("from")), "from");
    event.to = known(stage(at("to")), "to");
    for (const auto& [demand, name] : demand_words) {
      if (name == view(at("demand"))) event.demand = demand;
    }
    event.text = text_at("text");
    return event;
  }
  Event phase_ended() const {
    return workflows::PhaseEnded{phase_at("ended"), phase_at("entered"), date_at("on"), stage(at("stage"))};
  }
  Event phase_reopened() const {
    return workflows::PhaseReopened{phase_at("left"), phase_at("reopened"), stage(at("stage")),
                                    text_at("reason")};
  }
  Event became_enforceable() const { return workflows::BecameEnforceable{obligation(), date_at("from")}; }
  Event deadline_set() const {
    return workflows::DeadlineSet{obligation(),
                                  date_or_none(at("due")),
                                  date_or_none(at("closes")),
                                  static_cast<std::uint32_t>(std::uint64_t(at("number"))),
                                  cause(),
                                  text_at("reason"),
                                  date_or_none(at("correction_due")),
                                  date_if_there("missed")};
  }
  workflows::DeadlineCause cause() const {
    using workflows::DeadlineCause;
    const std::string_view name = at("cause");
    for (const auto cause :
         {DeadlineCause::anchor, DeadlineCause::grace, DeadlineCause::extension, DeadlineCause::resumption,
          DeadlineCause::migration, DeadlineCause::correction, DeadlineCause::reopening}) {
      if (workflows::name_of(cause) == name) return cause;
    }
    unreadable("la causa «" + std::string(name) + "»");
  }
  Event report_delivered() const {
    const auto report = obligation_kind(at("obligation")["name"]);
    return workflows::ReportDelivered{
        obligation(), date_at("on"),
        values_from(at("fields"), workflows::at(kind.obligations, report).fields), on_time(), late_days()};
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
    return workflows::PlanResumed{date_at("on"), text_at("reason"), std::int64_t(at("working_days"))};
  }
  Event cancelled() const { return workflows::PlanCancelled{date_at("on"), text_at("reason")}; }
  Event retired() const { return workflows::ObligationRetired{obligation()}; }
  template <std::size_t size>
  static std::size_t place_in(const std::array<std::string_view, size>& names, Json written) {
    const auto found = std::find(names.begin(), names.end(), view(written));
    if (found == names.end()) unreadable("«" + text(written) + "»");
    return static_cast<std::size_t>(found - names.begin());
  }
  static bool flag(JsonObject written, const char* name) {
    bool flag = false;
    const bool is_there = written[name].get(flag) == simdjson::SUCCESS;
    return is_there && flag;
  }
  workflows::MigratedObligation migrated(Json written) const {
    workflows::MigratedObligation result;
    if (written.is_null()) return result;
    if (Json former; written["former"].get(former) == simdjson::SUCCESS) {
      workflows::ObligationKind what;
      what.name = text(former["name"]);
      what.key = dsl::fold(what.name);
      what.title = text(former["title"]);
      what.type = static_cast<workflows::ObligationType>(place_in(obligation_type_words, former["type"]));
      if (const Json phase = former["phase"]; !phase.is_null())
        what.phase = known(workflows::find_phase(view(phase)), view(phase));
      for (const Json each : JsonList(written["fields"])) {
        Field field;
        field.name = text(each["name"]);
        field.key = dsl::fold(field.name);
        field.type.kind = static_cast<rules::TypeKind>(place_in(field_type_words, each["type"]));
        result.fields.push_back(value_from(each["value"], field.type));
        what.fields.push_back(std::move(field));
      }
      result.former = workflows::FormerKind(what);
      return result;
    }
    result.kind = obligation_kind(written["name"]);
    result.restored = flag(written, "restored");
    result.put_off = flag(written, "put_off");
    if (const JsonObject fields = written["fields"]; fields.size() > 0)
      result.fields = values_from(written["fields"], workflows::at(kind.obligations, *result.kind).fields);
    return result;
  }
  Event plan_migrated() const {
    workflows::PlanMigrated event;
    event.from = std::int64_t(at("from"));
    event.to = std::int64_t(at("to"));
    event.kind = kind_id;
    event.stage = stage(at("stage"));
    event.linked_to = linked_to();
    for (const Json written : JsonList(at("obligations")))
      event.obligations.push_back(migrated(written));
    for (const Json written : JsonList(at("added")))
      event.added.push_back(opened(written));
    event.components.resize(kind.components.size());
    for (const auto& [name, fields] : JsonObject(at("components"))) {
      const auto id = component(name);
      event.components.at(static_cast<std::size_t>(id)).fields =
          values_from(fields, workflows::at(kind.components, id).fields);
    }
    for (const Json written : JsonList(at("left_behind")))
      event.left_behind.push_back(text(written));
    if (JsonList renamings; payload["renamings"].get(renamings) == simdjson::SUCCESS) {
      for (const Json written : renamings)
        event.renamings.push_back({text(written["from"]), text(written["to"])});
    }
    return event;
  }
  Event indicators_frozen() const {
    std::vector<Field> fields;
    for (const auto& indicator : kind.indicators) {
      fields.push_back({{indicator.name, indicator.key, indicator.title, {}}, {}, indicator.value.type});
    }
    return workflows::IndicatorsFrozen{values_from(at("values"), fields)};
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

Json parse_payload(const std::string& payload) {
  const Json parsed = parse(payload);
  const std::int64_t version = parsed["v"];
  if (version > event_format_version) unreadable("un asiento de formato " + std::to_string(version));
  return parsed;
}

}  // namespace

Event event_from_json(std::string_view event_kind, const std::string& payload,
                      const workflows::Policy& policy, PlanKindId kind) {
  const auto reader = readers().find(event_kind);
  if (reader == readers().end()) unreadable("un asiento «" + std::string(event_kind) + "»");
  try {
    const Reader read = {parse_payload(payload), workflows::at(policy.plans, kind), kind};
    return (read.*reader->second)();
  } catch (const simdjson::simdjson_error& error) {
    unreadable(std::string(event_kind) + ": " + error.what());
  }
}

EventNotes notes_from_json(const std::string& payload) {
  try {
    const Json parsed = parse_payload(payload);
    EventNotes notes;
    if (std::string_view fingerprint; parsed["fingerprint"].get(fingerprint) == simdjson::SUCCESS)
      notes.fingerprint = fingerprint;
    if (Json by; parsed["by"].get(by) == simdjson::SUCCESS) {
      notes.acting_role = text(by["role"]);
      notes.stand_in = by["stand_in"];
    }
    return notes;
  } catch (const simdjson::simdjson_error& error) {
    unreadable(error.what());
  }
}

std::vector<Value> fields_from_json(const std::vector<Field>& fields, const std::string& written) {
  try {
    return values_from(parse(written), fields);
  } catch (const simdjson::simdjson_error& error) {
    unreadable(error.what());
  }
}

}  // namespace cauce::engine
